//! What JSON type each key takes, and what was plainly meant by a value of another one.
//!
//! `openapiv3` refuses a whole object for one key of the wrong type. Here such a value is repaired
//! where its meaning is plain and taken out where it is not, with a warning at its place.

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostics, Pointer};

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expectation {
    Text,
    Boolean,
    Number,
    Count,
    Object,
    List,
    Names,
    Schema,
    SchemaOrBoolean,
    Discriminator,
    ExternalDocs,
    Examples,
}

/// Brings every key that `expected` knows to the shape it takes.
pub(super) fn repair(
    object: &mut Map<String, Value>,
    expected: fn(&str) -> Option<Expectation>,
    place: &dyn Fn() -> Pointer,
    diagnostics: &mut Diagnostics,
) {
    let wrong: Vec<(String, Expectation)> = object
        .iter()
        .filter_map(|(key, value)| Some((key, value, expected(key)?)))
        .filter(|(_, value, expectation)| !fits(*expectation, value))
        .map(|(key, _, expectation)| (key.clone(), expectation))
        .collect();
    for (key, expectation) in wrong {
        let Some(slot) = object.get_mut(&key) else {
            continue;
        };
        let value = slot.take();
        let shown = shown(&value);
        if value.is_null() {
            // It says nothing.
            object.shift_remove(&key);
            continue;
        }
        let repaired = repaired(expectation, value);
        let is_silent = expectation == Expectation::Discriminator && repaired.is_some();
        if !is_silent {
            let fate = match &repaired {
                Some(repaired) => format!("it is taken as {}", self::shown(repaired)),
                None => "it is ignored".to_owned(),
            };
            diagnostics
                .warn(
                    Code::InvalidKeyword,
                    place().key(&key),
                    format!("`{key}` cannot be {shown}; {fate}"),
                )
                .help(format!("`{key}` takes {}", described(expectation)));
        }
        match repaired {
            Some(repaired) => *slot = repaired,
            None => {
                object.shift_remove(&key);
            }
        }
    }
}

pub(super) fn shown(value: &Value) -> String {
    const MOST: usize = 60;
    let text = value.to_string();
    let mut shown: String = text.chars().take(MOST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// Whether a value has the JSON type that is expected.
fn fits(expectation: Expectation, value: &Value) -> bool {
    match expectation {
        Expectation::Text => value.is_string(),
        Expectation::Boolean => value.is_boolean(),
        Expectation::Number => value.is_number(),
        Expectation::Count => value.as_u64().is_some(),
        Expectation::Object | Expectation::Schema => value.is_object(),
        Expectation::List => value.is_array(),
        Expectation::Names => value
            .as_array()
            .is_some_and(|list| list.iter().all(Value::is_string)),
        Expectation::SchemaOrBoolean => value.is_object() || value.is_boolean(),
        Expectation::Discriminator => {
            value.get("propertyName").is_some_and(Value::is_string)
                && value.get("mapping").is_none_or(|mapping| {
                    mapping
                        .as_object()
                        .is_some_and(|map| map.values().all(Value::is_string))
                })
        }
        Expectation::ExternalDocs => {
            value.get("url").is_some_and(Value::is_string)
                && value.get("description").is_none_or(Value::is_string)
        }
        Expectation::Examples => value
            .as_object()
            .is_some_and(|map| map.values().all(is_example)),
    }
}

fn is_example(value: &Value) -> bool {
    let text = |key: &str| value.get(key).is_none_or(Value::is_string);
    value.is_object() && text("summary") && text("description") && text("externalValue")
}

/// An object with the one key that it must have, from the object or from its text alone.
fn only(value: Value, key: &str) -> Option<Value> {
    let text = match value {
        Value::Object(mut object) => object.remove(key)?,
        value => value,
    };
    text.is_string().then(|| json!({key: text}))
}

/// What was plainly meant by a value of the wrong JSON type.
fn repaired(expectation: Expectation, value: Value) -> Option<Value> {
    match (expectation, value) {
        (Expectation::Boolean, Value::String(text)) => text
            .trim()
            .to_ascii_lowercase()
            .parse::<bool>()
            .ok()
            .map(Value::Bool),
        (Expectation::Boolean, Value::Number(number)) => match number.as_u64() {
            Some(0) => Some(Value::Bool(false)),
            Some(1) => Some(Value::Bool(true)),
            _ => None,
        },
        (Expectation::Number | Expectation::Count, Value::String(text)) => {
            let number: Value = serde_json::from_str(text.trim()).ok()?;
            fits(expectation, &number).then_some(number)
        }
        // A count such as 1e3 or 10.0 is a whole number all the same.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (Expectation::Count, Value::Number(number)) => {
            let float = number.as_f64()?;
            (float >= 0.0 && float.fract() == 0.0).then(|| Value::from(float as u64))
        }
        (Expectation::Text, value @ (Value::Number(_) | Value::Bool(_))) => {
            Some(Value::String(value.to_string()))
        }
        (Expectation::Text, Value::Array(lines)) if lines.iter().all(Value::is_string) => {
            let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
            Some(Value::String(lines.join("\n")))
        }
        (Expectation::Discriminator, value) => only(value, "propertyName"),
        (Expectation::ExternalDocs, value) => only(value, "url"),
        (Expectation::Names, Value::Array(list)) => {
            Some(list.into_iter().filter_map(name_of).collect())
        }
        (Expectation::Names, Value::String(name)) => Some(json!([name])),
        (Expectation::List, value @ Value::Object(_)) => Some(Value::Array(vec![value])),
        (Expectation::Examples, Value::Array(list)) => {
            let named = list.into_iter().enumerate();
            Some(Value::Object(
                named
                    .map(|(index, value)| (index.to_string(), json!({"value": value})))
                    .collect(),
            ))
        }
        (Expectation::Examples, Value::Object(map)) => {
            let wrapped = map.into_iter().map(|(name, value)| {
                let value = if is_example(&value) {
                    value
                } else {
                    json!({"value": value})
                };
                (name, value)
            });
            Some(Value::Object(wrapped.collect()))
        }
        _ => None,
    }
}

/// A name in a list of names: text, a scalar, or an object that has one.
fn name_of(item: Value) -> Option<Value> {
    match item {
        Value::String(_) => Some(item),
        Value::Number(_) | Value::Bool(_) => Some(Value::String(item.to_string())),
        Value::Object(map) => map.get("name").filter(|name| name.is_string()).cloned(),
        _ => None,
    }
}

fn described(expectation: Expectation) -> &'static str {
    match expectation {
        Expectation::Text => "a string",
        Expectation::Boolean => "true or false",
        Expectation::Number => "a number",
        Expectation::Count => "a whole number that is not negative",
        Expectation::Object => "an object",
        Expectation::List => "a list",
        Expectation::Names => "a list of strings",
        Expectation::Schema => "a schema",
        Expectation::SchemaOrBoolean => "a schema, true or false",
        Expectation::Discriminator => {
            "an object with `propertyName`, and `mapping` from strings to strings"
        }
        Expectation::ExternalDocs => "an object with a `url`",
        Expectation::Examples => "an object of examples, each an object with a `value`",
    }
}

/// The keywords of a schema.
pub(super) fn of_schema(key: &str) -> Option<Expectation> {
    Some(match key {
        "title" | "description" | "type" | "format" | "pattern" => Expectation::Text,
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems"
        | "exclusiveMinimum" | "exclusiveMaximum" => Expectation::Boolean,
        "minimum" | "maximum" | "multipleOf" => Expectation::Number,
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            Expectation::Count
        }
        "properties" => Expectation::Object,
        "externalDocs" => Expectation::ExternalDocs,
        "enum" | "allOf" | "oneOf" | "anyOf" => Expectation::List,
        "required" => Expectation::Names,
        "items" | "not" => Expectation::Schema,
        "additionalProperties" => Expectation::SchemaOrBoolean,
        "discriminator" => Expectation::Discriminator,
        _ => return None,
    })
}

/// The keys of an operation.
pub(super) fn of_operation(key: &str) -> Option<Expectation> {
    Some(match key {
        "tags" => Expectation::Names,
        "summary" | "description" | "operationId" => Expectation::Text,
        "deprecated" => Expectation::Boolean,
        "parameters" | "servers" => Expectation::List,
        "requestBody" | "responses" | "callbacks" => Expectation::Object,
        "externalDocs" => Expectation::ExternalDocs,
        _ => return None,
    })
}

/// The keys of a parameter or a header.
pub(super) fn of_parameter(key: &str) -> Option<Expectation> {
    Some(match key {
        "name" | "in" | "description" | "style" => Expectation::Text,
        "required" | "deprecated" | "allowEmptyValue" | "explode" | "allowReserved" => {
            Expectation::Boolean
        }
        "schema" => Expectation::SchemaOrBoolean,
        "content" => Expectation::Object,
        "examples" => Expectation::Examples,
        _ => return None,
    })
}

/// The keys of a response or a request's body.
pub(super) fn of_body(key: &str) -> Option<Expectation> {
    Some(match key {
        "description" => Expectation::Text,
        "required" => Expectation::Boolean,
        "content" | "headers" | "links" => Expectation::Object,
        _ => return None,
    })
}

/// The keys of a media type and of an encoding.
pub(super) fn of_media_type(key: &str) -> Option<Expectation> {
    Some(match key {
        "schema" => Expectation::SchemaOrBoolean,
        "examples" => Expectation::Examples,
        "encoding" | "headers" => Expectation::Object,
        "contentType" | "style" => Expectation::Text,
        "explode" | "allowReserved" => Expectation::Boolean,
        _ => return None,
    })
}

/// The keys of a server, of its variables and of a tag.
pub(super) fn of_server(key: &str) -> Option<Expectation> {
    Some(match key {
        "url" | "name" | "description" | "default" | "summary" => Expectation::Text,
        "variables" => Expectation::Object,
        "enum" => Expectation::Names,
        "externalDocs" => Expectation::ExternalDocs,
        _ => return None,
    })
}

/// The keys of a security scheme and of its flows.
pub(super) fn of_security_scheme(key: &str) -> Option<Expectation> {
    Some(match key {
        "type" | "description" | "name" | "in" | "scheme" | "bearerFormat" | "openIdConnectUrl"
        | "authorizationUrl" | "tokenUrl" | "refreshUrl" => Expectation::Text,
        "flows" | "scopes" => Expectation::Object,
        _ => return None,
    })
}
