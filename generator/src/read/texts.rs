//! What stands in YAML where a string is meant: `version: 1.10` is the text `1.10`, not a number.
//!
//! The reader has made numbers and booleans of such scalars by then, and `1.10` is 1.1 to it. So
//! where a schema of strings holds one, its text is looked up in the source. That is a second pass
//! over the text, and only done where there is one.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser};
use serde_json::Value;

use super::value_path::ValuePath;
use crate::diagnostic::Pointer;

/// Gives those scalars their text back. Such as stand behind an alias are left as they are.
pub(super) fn keep(document: &mut Value, text: &str) {
    let mut wanted = BTreeMap::new();
    for key in ["version", "title"] {
        if let Some(value) = document.pointer(&format!("/info/{key}")) {
            want(value, &Pointer::root().key("info").key(key), &mut wanted);
        }
    }
    let root = Pointer::root();
    collect(document, &ValuePath::base(&root), &mut wanted);
    if wanted.is_empty() {
        return;
    }
    look_up(text, &mut wanted);
    for (pointer, found) in wanted {
        let place = pointer.trim_start_matches('#');
        if let (Some(found), Some(value)) = (found, document.pointer_mut(place)) {
            *value = Value::String(found);
        }
    }
}

/// The places, and the text at each once it has been found.
type Wanted = BTreeMap<String, Option<String>>;

fn want(value: &Value, at: &Pointer, wanted: &mut Wanted) {
    if value.is_number() || value.is_boolean() {
        wanted.insert(at.to_string(), None);
    }
}

fn collect(value: &Value, at: &ValuePath<'_>, wanted: &mut Wanted) {
    match value {
        Value::Object(keys) => {
            if keys.get("type").is_some_and(is_string) {
                values(keys, at, wanted);
            }
            for (key, inner) in keys {
                if inner.is_object() || inner.is_array() {
                    collect(inner, &at.key(key), wanted);
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                if inner.is_object() || inner.is_array() {
                    collect(inner, &at.index(index), wanted);
                }
            }
        }
        _ => {}
    }
}

/// Whether a `type` allows strings, and of other scalars null at most.
fn is_string(ty: &Value) -> bool {
    let is_text = |ty: &Value| ty.as_str() == Some("string");
    match ty {
        Value::Array(types) => {
            let is_other =
                |ty: &Value| matches!(ty.as_str(), Some("number" | "integer" | "boolean"));
            types.iter().any(is_text) && !types.iter().any(is_other)
        }
        ty => is_text(ty),
    }
}

/// The values that a schema of strings lists.
fn values(schema: &serde_json::Map<String, Value>, at: &ValuePath<'_>, wanted: &mut Wanted) {
    for key in ["const", "default", "example"] {
        if let Some(value) = schema.get(key) {
            want(value, &at.key(key).pointer(), wanted);
        }
    }
    for key in ["enum", "examples"] {
        if let Some(Value::Array(listed)) = schema.get(key) {
            for (index, value) in listed.iter().enumerate() {
                want(value, &at.key(key).index(index).pointer(), wanted);
            }
        }
    }
}

/// Where the scanner is: in an object, whose key it has read or not, or in a list.
enum Open {
    Map(Pointer, Option<Pointer>),
    List(Pointer, usize),
}

fn look_up(text: &str, wanted: &mut Wanted) {
    let mut open: Vec<Open> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, _))) = parser.next_event() {
        match event {
            Event::MappingStart(..) => {
                let at = take(&mut open);
                open.push(Open::Map(at, None));
            }
            Event::SequenceStart(..) => {
                let at = take(&mut open);
                open.push(Open::List(at, 0));
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Scalar(scalar, ..) => match open.last_mut() {
                Some(Open::Map(at, key @ None)) => *key = Some(at.key(&scalar)),
                _ => {
                    let at = take(&mut open).to_string();
                    if let Some(found) = wanted.get_mut(&at) {
                        *found = Some(scalar.into_owned());
                    }
                }
            },
            Event::Alias(_) => {
                take(&mut open);
            }
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
}

/// The place of the value that begins; the next one stands behind it.
fn take(open: &mut [Open]) -> Pointer {
    match open.last_mut() {
        None => Pointer::root(),
        Some(Open::List(at, index)) => {
            let here = at.index(*index);
            *index += 1;
            here
        }
        // What is itself a key has no pointer.
        Some(Open::Map(at, key)) => key.take().unwrap_or_else(|| at.key("")),
    }
}
