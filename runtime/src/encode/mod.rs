//! Parameters as they stand on the wire.
//!
//! A parameter's value comes as JSON, whatever its Rust type, and leaves as the text that its
//! place and style ask for. The table "Style Examples" of `OpenAPI` 3.0.4 is the truth; what that
//! table leaves undefined is decided in [`style`], each with its reason. [`Call`](crate::support::Call)
//! and the form bodies rely on this; it knows no HTTP client.

pub(crate) mod percent;
mod style;

use crate::json::Exact;
use crate::tables::{Location, Param, Style};

/// A parameter, or a field of a form, whose name need not be the document's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'n> {
    name: &'n str,
    location: Location,
    style: Style,
    explode: bool,
    allow_reserved: bool,
    allow_empty: bool,
}

impl Field<'static> {
    fn of(param: &Param) -> Self {
        let Param {
            name,
            location,
            style,
            explode,
            allow_reserved,
            allow_empty,
            rules: _,
        } = *param;
        Self {
            name,
            location,
            style,
            explode,
            allow_reserved,
            allow_empty,
        }
    }
}

/// The text of a parameter's value at its place, or nothing when the value is undefined: null,
/// an array or object without items, unless the document has its name sent without a value.
pub(crate) fn encode(param: &Param, value: &Exact) -> Option<String> {
    style::layout(&Field::of(param), value)
}

/// An object as `application/x-www-form-urlencoded`. A field that the document gives an encoding
/// is laid out as that has it; of the others an array repeats its key, and an object is its JSON
/// text, which is what the specification's default content types come to.
pub(crate) fn form(encoding: &[Param], members: &[(String, Exact)]) -> String {
    let fields = members.iter().filter_map(|(name, value)| {
        let given = encoding
            .iter()
            .find(|param| param.name == *name)
            .map(Field::of);
        let style = if matches!(value, Exact::Object(_)) {
            Style::Json
        } else {
            Style::Form
        };
        let location = Location::Query;
        let default = Field {
            name,
            location,
            style,
            explode: true,
            allow_reserved: false,
            allow_empty: false,
        };
        style::layout(&given.unwrap_or(default), value)
    });
    fields.collect::<Vec<_>>().join(separator(Location::Query))
}

/// What stands between two parameters of a place.
pub(crate) fn separator(location: Location) -> &'static str {
    match location {
        Location::Query => "&",
        Location::Cookie => "; ",
        Location::Path | Location::Header | Location::Body => "",
    }
}

#[cfg(test)]
mod tests;
