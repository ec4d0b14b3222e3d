//! Scalars as literals, or as what is parsed from one.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::made;
use super::place::{Place, Position};
use crate::emit::context::Context;
use crate::examples::kept;
use crate::model::{Scalar, Type};

/// What is longer than this is no text to show, in characters.
const LONG_TEXT: usize = 60;

/// A scalar as it is written in a place.
pub(super) fn scalar(
    cx: &Context<'_>,
    krate: &Ident,
    scalar: Scalar,
    ty: &Type,
    place: Place<'_>,
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
        Scalar::Base64 => quote!(b"content".to_vec().into()),
        Scalar::Null => quote!(()),
        parsed => {
            let shown = shown.as_ref().map(|shown| match shown {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            });
            let shown = shown.filter(|text| is_short(text));
            let text = shown.unwrap_or_else(|| made_text(parsed).to_owned());
            // What takes anything that turns into it does not say what is parsed.
            let ty = match parsed {
                Scalar::Uuid => quote!(::<#krate::Uuid>),
                Scalar::DateTime => quote!(::<#krate::DateTime>),
                Scalar::Date => quote!(::<#krate::Date>),
                Scalar::Time => quote!(::<#krate::Time>),
                _ => TokenStream::new(),
            };
            quote!(#text.parse #ty()?)
        }
    }
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

fn made_text(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Uuid => "3f6d2b1a-90c4-4e5d-8b7a-1c2d3e4f5a6b",
        Scalar::DateTime => "2030-01-31T09:30:00Z",
        Scalar::Date => "2030-01-31",
        Scalar::Time => "09:30:00Z",
        Scalar::Ip | Scalar::Ipv4 => "192.0.2.1",
        Scalar::Ipv6 => "2001:db8::1",
        Scalar::Url => "https://example.com/",
        _ => "1.5",
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
