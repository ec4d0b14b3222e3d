//! Scalars as literals, or as what is parsed from one.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::made;
use super::site::{Position, ValueSite};
use crate::emit::context::{Context, ident};
use crate::examples::kept;
use crate::model::{Scalar, Type};
use crate::text_format::Shown;

/// What is longer than this is no text to show, in characters.
const LONG_TEXT: usize = 60;

/// A scalar as it is written in a place.
pub(super) fn scalar(
    cx: &Context<'_>,
    krate: &Ident,
    scalar: Scalar,
    ty: &Type,
    place: ValueSite<'_>,
) -> TokenStream {
    let shown = place.shown.and_then(|shown| kept(cx.api, ty, shown));
    let text = shown.as_ref().and_then(Value::as_str);
    match scalar {
        Scalar::Bool => {
            let shown = shown.as_ref().and_then(Value::as_bool).unwrap_or(true);
            quote!(#shown)
        }
        Scalar::Integer(_) => {
            let shown = shown.as_ref().and_then(|shown| {
                shown
                    .as_i64()
                    .map(i128::from)
                    .or(shown.as_u64().map(i128::from))
            });
            let made = || made::integer(place.name, place.constraints);
            let number = Literal::i128_unsuffixed(shown.unwrap_or_else(made));
            quote!(#number)
        }
        Scalar::F32 | Scalar::F64 => {
            let number = shown.as_ref().and_then(Value::as_f64);
            let number = Literal::f64_unsuffixed(number.map_or(1.0, rounded));
            quote!(#number)
        }
        Scalar::String | Scalar::Binary => {
            let shown = text.filter(|text| is_short(text));
            let text =
                shown.map_or_else(|| made::text(place.name, place.constraints), str::to_owned);
            match place.position {
                Position::Argument => quote!(#text),
                Position::Owned => quote!(#text.to_owned()),
            }
        }
        Scalar::Null => quote!(()),
        Scalar::Decimal => parsed(shown.as_ref(), "1.5", None),
        Scalar::Text(format) => match format.facts().shown {
            Shown::Bytes(bytes) => {
                let bytes = Literal::byte_string(bytes.as_bytes());
                quote!(#bytes.to_vec().into())
            }
            Shown::Parsed(text) => parsed(shown.as_ref(), text, None),
            // What takes anything that turns into it does not say what is parsed.
            Shown::Named(text) => {
                let name = format.facts().rust.rsplit(':').next();
                parsed(shown.as_ref(), text, name.map(|name| (krate, name)))
            }
        },
    }
}

/// A value that is parsed from what the document shows or, where that is no text to show, from a made
/// text; as the type of the crate where it has to be named.
fn parsed(shown: Option<&Value>, made: &str, ty: Option<(&Ident, &str)>) -> TokenStream {
    let shown = shown.map(|shown| match shown {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let shown = shown.filter(|text| is_short(text));
    let text = shown.unwrap_or_else(|| made.to_owned());
    let ty = ty.map(|(krate, name)| {
        let name = ident(name);
        quote!(::<#krate::#name>)
    });
    quote!(#text.parse #ty()?)
}

/// Whether a text is one to show.
pub(super) fn is_short(text: &str) -> bool {
    text.chars().nth(LONG_TEXT).is_none() && !text.contains(char::is_control)
}

/// A number with two digits at most behind the point. What is near a constant of mathematics would
/// look like a mistake.
fn rounded(number: f64) -> f64 {
    let rounded = (number * 100.0).round() / 100.0;
    let is_constant = [std::f64::consts::PI, std::f64::consts::TAU]
        .iter()
        .any(|constant| (rounded.abs() - constant).abs() < 0.005);
    if is_constant || !rounded.is_finite() {
        1.5
    } else if rounded == 0.0 {
        number
    } else {
        rounded
    }
}

/// A text without escapes, where none of its characters needs one.
pub(super) fn raw(text: &str) -> Literal {
    let is_plain = text.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    let written = format!("r#\"{text}\"#");
    match written.parse() {
        Ok(literal) if is_plain && !text.contains("\"#") => literal,
        _ => Literal::string(text),
    }
}
