//! Parameters as they stand on the wire.
//!
//! A parameter's value comes as JSON, whatever its Rust type, and leaves as the text that its
//! place and style ask for. The table "Style Examples" of `OpenAPI` 3.0.4 is the truth; what that
//! table leaves undefined is decided in [`style`], each with its reason. [`Call`](crate::Call)
//! and the form bodies rely on this; it knows no HTTP client.

pub(crate) mod percent;
mod style;

use serde_json::Value;

use crate::api::{Param, Place};

/// The text of a parameter's value at its place, or nothing when the value is undefined: null,
/// an array or object without items.
pub(crate) fn encode(param: &Param, value: &Value) -> Option<String> {
    style::layout(param, value)
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
