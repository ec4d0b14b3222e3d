//! Values that a schema holds and that do not fit it: defaults, null among an enum's values, names
//! of required properties.

use serde_json::Value;

use super::rules::{Schema, SchemaUpgrade};
use crate::diagnostic::Code;
use crate::upgrade::walk::Position;

impl SchemaUpgrade<'_> {
    /// A default of another type than the schema's is repaired where it is plain, else ignored.
    pub(super) fn default_value(&mut self, schema: &mut Schema, place: &Position<'_>) {
        let (Some(ty), Some(default)) = (
            schema.get("type").and_then(Value::as_str),
            schema.get("default"),
        ) else {
            return;
        };
        let values = schema.get("enum").and_then(Value::as_array);
        // YAML reads the values of an enum as something else than text.
        let is_same = |a: &Value, b: &Value| a == b || plain(a) == plain(b);
        let is_listed = |value: &Value| {
            values.is_none_or(|values| values.iter().any(|listed| is_same(listed, value)))
        };
        // That there is no default is often said so.
        if default.is_null() || (fits(ty, default) && is_listed(default)) {
            return;
        }
        let repaired = as_type(ty, default).filter(is_listed);
        let fate = match &repaired {
            Some(value) => format!("it is taken as {value}"),
            None => "it is ignored".to_owned(),
        };
        let message = if fits(ty, default) {
            format!("the default is none of the values; {fate}")
        } else {
            format!("the default is not of the type `{ty}`; {fate}")
        };
        self.diagnostics.warn(
            Code::InvalidKeyword,
            place.pointer().key("default"),
            message,
        );
        match repaired {
            Some(value) => schema.insert("default".to_owned(), value),
            None => schema.shift_remove("default"),
        };
    }

    /// Null among the values of a schema that does not allow it: somebody has met it.
    pub(super) fn null_among_values(&mut self, schema: &mut Schema, place: &Position<'_>) {
        let has_null = schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| values.contains(&Value::Null));
        let is_nullable = schema.get("nullable") == Some(&Value::Bool(true));
        if has_null && !is_nullable && schema.contains_key("type") {
            let message = "null is among the values and not of the type; it is allowed";
            self.diagnostics
                .warn(Code::InvalidKeyword, place.pointer().key("enum"), message)
                .help("say `nullable: true`, or since 3.1 a `type` with \"null\" in it");
            schema.insert("nullable".to_owned(), Value::Bool(true));
        }
    }

    /// Required names that are no property. Only where nothing else can bring the property.
    pub(super) fn required_names(&mut self, schema: &mut Schema, place: &Position<'_>) {
        const ELSEWHERE: [&str; 6] = [
            "allOf",
            "oneOf",
            "anyOf",
            "$ref",
            "additionalProperties",
            "discriminator",
        ];
        if ELSEWHERE.iter().any(|key| schema.contains_key(*key)) || place.is_member() {
            return;
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        let Some(properties) = properties.filter(|properties| !properties.is_empty()) else {
            return;
        };
        let required = schema.get("required").and_then(Value::as_array);
        let strangers: Vec<(usize, String)> = required
            .into_iter()
            .flatten()
            .enumerate()
            .filter_map(|(index, name)| Some((index, name.as_str()?.to_owned())))
            .filter(|(_, name)| !properties.contains_key(name))
            .collect();
        for (index, name) in &strangers {
            self.diagnostics
                .warn(
                    Code::InvalidKeyword,
                    place.pointer().key("required").index(*index),
                    format!("`{name}` is required and no property; it is ignored"),
                )
                .help("correct the name, or declare the property");
        }
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| {
                !strangers
                    .iter()
                    .any(|(_, stranger)| name.as_str() == Some(stranger))
            });
        }
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn fits(ty: &str, value: &Value) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

/// What was plainly meant by a value of another type.
fn as_type(ty: &str, value: &Value) -> Option<Value> {
    let meant = match (ty, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => Value::String(value.to_string()),
        ("integer" | "number" | "boolean", Value::String(text)) => {
            serde_json::from_str(&text.trim().to_ascii_lowercase()).ok()?
        }
        _ => return None,
    };
    fits(ty, &meant).then_some(meant)
}
