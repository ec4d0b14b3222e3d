//! Parameters as they stand on the wire.
//!
//! A parameter's value comes as JSON, whatever its Rust type, and leaves as the text that its
//! place and style ask for. The table "Style Examples" of `OpenAPI` 3.0.4 is the truth; what that
//! table leaves undefined is decided in [`style`], each with its reason. [`Call`](crate::support::Call)
//! and the form bodies rely on this; it knows no HTTP client.

pub(crate) mod percent;
mod style;

pub(crate) use self::style::separator;
use self::style::{Field, layout};
use crate::json::Exact;
use crate::tables::{Location, Param, Style};

/// The text of a parameter's value at its place, or nothing when the value is undefined: null,
/// an array or object without items, unless the document has its name sent without a value.
pub(crate) fn encode(param: &Param, value: &Exact) -> Option<String> {
    layout(&Field::of(param), value)
}

/// An object as `application/x-www-form-urlencoded`. A field that the document gives an encoding
/// is laid out as that has it; of the others an array repeats its key, and an object is its JSON
/// text, which is what the specification's default content types come to.
pub(crate) fn form(encoding: &[Param], members: &[(String, Exact)]) -> String {
    const VALUE: &Param = &Param::query("");
    const OBJECT: &Param = &Param::query("").style(Style::Json);
    let fields = members.iter().filter_map(|(name, value)| {
        let given = encoding.iter().find(|param| param.name == *name);
        let usual = if matches!(value, Exact::Object(_)) {
            OBJECT
        } else {
            VALUE
        };
        let param = given.unwrap_or(usual);
        layout(&Field { name, param }, value)
    });
    fields.collect::<Vec<_>>().join(separator(Location::Query))
}

#[cfg(test)]
mod tests;
