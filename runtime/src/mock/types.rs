//! Examples, taken through their types.

use serde_json::Value;

use super::same;
use crate::json::{self as codec, Json};

/// A function that takes a text through a type.
pub type Trip = fn(&str) -> Result<String, String>;

/// Takes a text through a type.
///
/// # Errors
/// When the text does not decode.
pub fn trip<T: Json>(text: &str) -> Result<String, String> {
    match codec::from_str::<T>(text) {
        Ok(value) => Ok(codec::to_string(&value)),
        Err(error) => Err(error.to_string()),
    }
}

/// Takes examples through their types: `examples` is an object of lists, by the name of the type.
///
/// # Panics
/// When one does not come back as it went in.
pub fn round_trips(examples: &str, types: &[(&str, Trip)]) {
    let examples: Value = parse(examples);
    let mut problems = Vec::new();
    for (name, trip) in types {
        for example in examples
            .get(name)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let result = trip(&example.to_string()).and_then(|text| same::texts(example, &text));
            if let Err(problem) = result {
                problems.push(format!("{name}: {problem}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

pub(super) fn parse(text: &str) -> Value {
    text.parse()
        .unwrap_or_else(|error| panic!("no JSON: {error}"))
}
