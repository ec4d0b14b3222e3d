//! Values of a schema.

use serde_json::{Map, Number, Value, json};

use super::document::Choice;
use super::pattern;

/// How deep values nest before what is not required is left out.
const DEEP: usize = 12;

pub(crate) struct Sampler<'a> {
    root: &'a Value,
    choice: Choice,
}

impl<'a> Sampler<'a> {
    pub(crate) fn new(root: &'a Value, choice: Choice) -> Self {
        Self { root, choice }
    }

    /// Follows references to what they name.
    pub(crate) fn resolve(&self, mut value: &'a Value) -> &'a Value {
        for _ in 0..32 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                break;
            };
            let found = reference.strip_prefix('#');
            let Some(found) = found.and_then(|pointer| self.root.pointer(pointer)) else {
                break;
            };
            value = found;
        }
        value
    }

    /// A value that a request can hold: small, and as the schema wants it.
    pub(crate) fn value(&self, schema: &'a Value) -> Value {
        self.at(schema, 0)
    }

    fn at(&self, schema: &'a Value, depth: usize) -> Value {
        let schema = self.resolve(schema);
        if self.choice == Choice::Examples {
            let examples = schema["examples"].as_array();
            let first = examples.and_then(|list| list.first());
            if let Some(example) = schema.get("example").or(first) {
                return example.clone();
            }
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        let listed = schema["enum"].as_array();
        if let Some(value) = listed.and_then(|list| list.iter().find(|value| !value.is_null())) {
            return value.clone();
        }
        if let Some(value) = self.combined(schema, depth) {
            return value;
        }
        match kind(schema) {
            "object" => self.object(schema, depth),
            "array" => self.array(schema, depth),
            "boolean" => json!(true),
            "integer" => number(schema, true),
            "number" => number(schema, false),
            "null" => Value::Null,
            _ => Value::String(string(schema)),
        }
    }

    /// `allOf`, and the first member of `oneOf` and `anyOf` that the schema's own type allows,
    /// together with the schema's own keys.
    fn combined(&self, schema: &'a Value, depth: usize) -> Option<Value> {
        let all = schema["allOf"].as_array().into_iter().flatten();
        let is_allowed = |member: &&Value| {
            !is_null(member)
                && (schema.get("type").is_none()
                    || is_bare(self.resolve(member))
                    || kind(self.resolve(member)) == kind(schema))
        };
        let one = ["oneOf", "anyOf"]
            .iter()
            .filter_map(|key| schema[*key].as_array()?.iter().find(is_allowed));
        let parts: Vec<&Value> = all.chain(one).collect();
        if parts.is_empty() || depth > DEEP {
            return None;
        }
        let mut whole = None;
        for part in parts {
            let resolved = self.resolve(part);
            let value = if is_bare(resolved) && kind(schema) == "object" {
                Value::Object(self.named(schema, required(resolved), depth))
            } else {
                self.at(part, depth + 1)
            };
            match (&mut whole, value) {
                (Some(Value::Object(whole)), Value::Object(value)) => whole.extend(value),
                (None, value) => whole = Some(value),
                _ => {}
            }
        }
        if let Some(Value::Object(whole)) = &mut whole {
            whole.extend(self.fields(schema, depth));
        }
        whole
    }

    fn object(&self, schema: &'a Value, depth: usize) -> Value {
        let mut object = self.fields(schema, depth);
        let least = schema["minProperties"].as_u64().unwrap_or_default();
        let others = &schema["additionalProperties"];
        if others.is_object() && (object.len() as u64) < least.max(1) && depth < DEEP {
            object.insert("key".to_owned(), self.at(others, depth + 1));
        }
        Value::Object(object)
    }

    /// The required properties, and by choice those that have an example.
    fn fields(&self, schema: &'a Value, depth: usize) -> Map<String, Value> {
        self.named(schema, required(schema), depth)
    }

    /// These properties of a schema.
    fn named(&self, schema: &'a Value, required: &[Value], depth: usize) -> Map<String, Value> {
        let mut fields = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let resolved = self.resolve(property);
            if resolved["readOnly"] == true {
                continue;
            }
            let has_example = self.choice == Choice::Examples && resolved.get("example").is_some();
            if required.iter().any(|n| n == name) || (has_example && depth < DEEP) {
                fields.insert(name.clone(), self.at(property, depth + 1));
            }
        }
        fields
    }

    fn array(&self, schema: &'a Value, depth: usize) -> Value {
        if depth > DEEP {
            return json!([]);
        }
        // An empty list may leave no trace in a query.
        let least = schema["minItems"].as_u64().unwrap_or_default().max(1);
        let item = self.at(&schema["items"], depth + 1);
        Value::Array((0..least).map(|_| item.clone()).collect())
    }
}

fn required(schema: &Value) -> &[Value] {
    schema["required"].as_array().map_or(&[], Vec::as_slice)
}

/// Whether a schema says nothing but what another's object must have.
fn is_bare(schema: &Value) -> bool {
    let says = |key: &str| schema.get(key).is_some();
    let typed = [
        "type",
        "properties",
        "items",
        "enum",
        "const",
        "allOf",
        "oneOf",
        "anyOf",
    ];
    says("required") && !typed.into_iter().any(says)
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

/// The type, told from other keywords where it is not said.
fn kind(schema: &Value) -> &str {
    let several = schema["type"].as_array();
    let first = several.and_then(|types| types.iter().find(|ty| **ty != "null"));
    let said = first.unwrap_or(&schema["type"]).as_str();
    said.unwrap_or_else(|| {
        if schema.get("properties").is_some() || schema.get("additionalProperties").is_some() {
            "object"
        } else if schema.get("items").is_some() {
            "array"
        } else {
            "string"
        }
    })
}

fn number(schema: &Value, whole: bool) -> Value {
    let bound = |key: &str| schema[key].as_f64();
    let step = bound("multipleOf").unwrap_or(1.0);
    let mut value: f64 = 1.0;
    if let Some(most) = bound("maximum") {
        value = value.min(most);
    }
    if let Some(least) = bound("minimum") {
        value = value.max(least);
    }
    value = (value / step).ceil() * step;
    if schema["exclusiveMinimum"] == true && bound("minimum") == Some(value) {
        value += step;
    }
    #[expect(clippy::cast_possible_truncation, reason = "small whole numbers")]
    if whole || value.fract() == 0.0 {
        return json!(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}

fn string(schema: &Value) -> String {
    let text = match schema["format"].as_str() {
        Some("uuid") => "3f6d2b1a-90c4-4e5d-8b7a-1c2d3e4f5a6b",
        Some("date-time") => "2024-03-01T09:30:00Z",
        Some("date") => "2024-03-01",
        Some("time") => "09:30:00Z",
        Some("email") => "robin@acme.example",
        Some("uri" | "url") => "https://acme.example/",
        Some("ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("hostname") => "acme.example",
        Some("byte") => "YWJj",
        _ => "text",
    };
    if let Some(pattern) = schema["pattern"].as_str() {
        return pattern::shortest(pattern).unwrap_or_else(|| text.to_owned());
    }
    let least = schema["minLength"].as_u64().unwrap_or_default();
    let most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let mut text = text.to_owned();
    while (text.len() as u64) < least {
        text.push('x');
    }
    text.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    text
}
