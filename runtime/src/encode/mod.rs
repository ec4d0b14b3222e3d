//! Parameters as they stand on the wire.
//!
//! A parameter's value comes as JSON, whatever its Rust type, and leaves as the text that its
//! place and style ask for. The table "Style Examples" of `OpenAPI` 3.0.4 is the truth; what that
//! table leaves undefined is decided in [`style`], each with its reason. [`Call`](crate::Call)
//! and the form bodies rely on this; it knows no HTTP client.

pub(crate) mod percent;
mod style;

use crate::api::{Param, Place, Style};
use crate::json::Exact;

/// A parameter, or a field of a form, whose name need not be the document's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field<'n> {
    name: &'n str,
    place: Place,
    style: Style,
    explode: bool,
    allow_reserved: bool,
}

impl Field<'static> {
    fn of(param: &Param) -> Self {
        let Param {
            name,
            place,
            style,
            explode,
            allow_reserved,
            rules: _,
        } = *param;
        Self {
            name,
            place,
            style,
            explode,
            allow_reserved,
        }
    }
}

/// The text of a parameter's value at its place, or nothing when the value is undefined: null,
/// an array or object without items.
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
        let place = Place::Query;
        let default = Field {
            name,
            place,
            style,
            explode: true,
            allow_reserved: false,
        };
        style::layout(&given.unwrap_or(default), value)
    });
    fields.collect::<Vec<_>>().join(separator(Place::Query))
}

/// What stands between two parameters of a place.
pub(crate) fn separator(place: Place) -> &'static str {
    match place {
        Place::Query => "&",
        Place::Cookie => "; ",
        Place::Path | Place::Header | Place::Body => "",
    }
}

#[cfg(test)]
mod tests;
