//! The styles: how an array or an object becomes one text.
//!
//! Where the specification leaves a combination undefined:
//! - `spaceDelimited` and `pipeDelimited` with `explode`, and on a single value, are laid out as
//!   `form`, which is what earlier versions of the specification said they equal;
//! - `deepObject` goes as deep as the value does (`a[b][c]=1`); an array in it repeats its key,
//!   unless its items have keys of their own: those are numbered (`a[0][b]=1`), and so are the items
//!   of an array that is itself a `deepObject` (`a[0]=1`);
//! - an array or object inside an array or object of the other styles is its JSON text;
//! - cookies are joined as cookies are (`; `), for `&` means nothing there.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Deref;

use super::percent;
use crate::json::Exact;
use crate::tables::{Location, Param, Style};

/// A parameter, or a field of a form, whose name need not be the document's.
#[derive(Clone, Copy)]
pub(super) struct Field<'n> {
    pub(super) name: &'n str,
    pub(super) param: &'n Param,
}

impl<'n> Field<'n> {
    pub(super) fn of(param: &'n Param) -> Self {
        let name = param.name;
        Self { name, param }
    }
}

impl Deref for Field<'_> {
    type Target = Param;

    fn deref(&self) -> &Param {
        self.param
    }
}

/// What stands between two parameters of a place.
pub(crate) fn separator(location: Location) -> &'static str {
    match location {
        Location::Query => "&",
        Location::Cookie => "; ",
        Location::Path | Location::Header | Location::Body => "",
    }
}

/// See [`super::encode`].
pub(super) fn layout(param: &Field<'_>, value: &Exact) -> Option<String> {
    if param.style == Style::Json && !value.is_null() {
        return Some(prefixed(param, &text(param, &value.to_string())));
    }
    match value {
        Exact::Null => None,
        // `allowEmptyValue`: in place of a parameter that would be left out.
        Exact::Array(items) if items.is_empty() && param.allow_empty => Some(prefixed(param, "")),
        Exact::Array(items) if param.style == Style::DeepObject => {
            let mut out = String::new();
            let name = key(param, param.name);
            for (index, item) in items.iter().enumerate() {
                deep(param, &format!("{name}%5B{index}%5D"), item, &mut out);
            }
            (!out.is_empty()).then_some(out)
        }
        Exact::Array(items) => {
            let items: Vec<String> = items
                .iter()
                .filter_map(|item| Some(text(param, &scalar(item)?).into_owned()))
                .collect();
            (!items.is_empty()).then(|| array(param, &items))
        }
        Exact::Object(members) => {
            let defined = members.iter().any(|(_, member)| !member.is_null());
            defined
                .then(|| object(param, members))
                .filter(|text| !text.is_empty())
        }
        Exact::Bool(_) | Exact::Number(_) | Exact::String(_) => {
            Some(prefixed(param, &text(param, &scalar(value)?)))
        }
    }
}

fn is_nested(value: &Exact) -> bool {
    matches!(value, Exact::Array(_) | Exact::Object(_))
}

/// A single value's own text; nothing when it is undefined.
fn scalar(value: &Exact) -> Option<Cow<'_, str>> {
    match value {
        Exact::Null => None,
        Exact::String(text) => Some(text.into()),
        other => Some(other.to_string().into()),
    }
}

/// A value's text, encoded for its place.
fn text<'t>(param: &Field<'_>, text: &'t str) -> Cow<'t, str> {
    match (param.location, param.allow_reserved) {
        (Location::Header | Location::Body, _) => text.into(),
        (Location::Query, true) => percent::reserved_in_query(text).into(),
        (Location::Path, true) => percent::reserved_in_path(text).into(),
        (Location::Query | Location::Path, false) | (Location::Cookie, _) => {
            percent::strict_text(text)
        }
    }
}

/// A key of the document's or the caller's; `allowReserved` is about values alone.
fn key<'n>(param: &Field<'_>, name: &'n str) -> Cow<'n, str> {
    match param.location {
        Location::Header => name.into(),
        _ => percent::strict_text(name),
    }
}

/// One finished value behind what its style puts in front.
fn prefixed(param: &Field<'_>, value: &str) -> String {
    match (param.location, param.style) {
        (Location::Query | Location::Cookie, _) => [&*key(param, param.name), "=", value].concat(),
        (_, Style::Label) => format!(".{value}"),
        (_, Style::Matrix) if value.is_empty() => format!(";{}", key(param, param.name)),
        (_, Style::Matrix) => format!(";{}={value}", key(param, param.name)),
        _ => value.to_owned(),
    }
}

/// What stands between the items of an array, or the keys and values of an object, that is not
/// exploded.
fn delimiter(style: Style) -> &'static str {
    match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    }
}

fn array(param: &Field<'_>, items: &[String]) -> String {
    match (param.location, param.style) {
        (Location::Query | Location::Cookie, _) | (_, Style::Matrix) if param.explode => {
            join_with(param, items)
        }
        (_, Style::Label) if param.explode => prefixed(param, &items.join(".")),
        _ => prefixed(param, &items.join(delimiter(param.style))),
    }
}

/// Each item behind the parameter's name.
fn join_with(param: &Field<'_>, items: &[String]) -> String {
    let items: Vec<String> = items.iter().map(|item| prefixed(param, item)).collect();
    items.join(separator(param.location))
}

fn object(param: &Field<'_>, members: &[(String, Exact)]) -> String {
    if param.style == Style::DeepObject {
        let mut out = String::new();
        let name = key(param, param.name);
        for (member, value) in members {
            deep(
                param,
                &format!("{name}%5B{}%5D", key(param, member)),
                value,
                &mut out,
            );
        }
        return out;
    }
    let members = members.iter().filter_map(|(name, value)| {
        let value = text(param, &scalar(value)?).into_owned();
        Some((key(param, name).into_owned(), value))
    });
    if !param.explode {
        let parts: Vec<String> = members.flat_map(|(name, value)| [name, value]).collect();
        return prefixed(param, &parts.join(delimiter(param.style)));
    }
    let pairs: Vec<String> = members
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    match (param.location, param.style) {
        (Location::Query | Location::Cookie, _) => pairs.join(separator(param.location)),
        (_, Style::Matrix) => pairs
            .iter()
            .fold(String::new(), |out, pair| out + ";" + pair),
        (_, Style::Label) => prefixed(param, &pairs.join(".")),
        _ => pairs.join(","),
    }
}

/// One member of a `deepObject`, under its key so far.
fn deep(param: &Field<'_>, name: &str, value: &Exact, out: &mut String) {
    match value {
        Exact::Null => {}
        Exact::Object(members) => {
            for (member, value) in members {
                deep(
                    param,
                    &format!("{name}%5B{}%5D", key(param, member)),
                    value,
                    out,
                );
            }
        }
        Exact::Array(items) => {
            // Members of one object could not be told from those of the next without a number.
            let is_numbered = items.iter().any(is_nested);
            for (index, item) in items.iter().enumerate() {
                if is_numbered {
                    deep(param, &format!("{name}%5B{index}%5D"), item, out);
                } else {
                    deep(param, name, item, out);
                }
            }
        }
        _ => {
            if let Some(value) = scalar(value) {
                let between = if out.is_empty() {
                    ""
                } else {
                    separator(param.location)
                };
                let _ = write!(out, "{between}{name}={}", text(param, &value));
            }
        }
    }
}
