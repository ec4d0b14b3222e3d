//! Values of a schema, as they come: optional keys or not, one value of a list or another. The
//! numbers that decide are not random but for the reader: the same seed makes the same values.

use serde_json::{Map, Value, json};

use super::pattern;

/// How deep values nest before what is not required is left out.
const DEEP: usize = 5;

/// How deep they nest at most.
const DEEPEST: usize = 24;

/// References that are followed before a cycle is assumed.
const MAX_REFERENCES: usize = 32;

pub(crate) struct Maker<'a> {
    root: &'a Value,
    state: u64,
    /// Of how many optional keys out of eight one is written.
    share: u64,
}

impl<'a> Maker<'a> {
    pub(crate) fn new(root: &'a Value, seed: u64) -> Self {
        Self {
            root,
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            share: seed % 9,
        }
    }

    /// A value of a schema, as far as one is found; whether it fits is for a validator to say.
    pub(crate) fn value(&mut self, schema: &'a Value) -> Value {
        self.at(schema, 0)
    }

    pub(crate) fn below(&mut self, count: usize) -> usize {
        // xorshift64*, by Vigna.
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let mixed = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(mixed).unwrap_or_default() % count.max(1)
    }

    fn is_chosen(&mut self) -> bool {
        self.below(8) < usize::try_from(self.share).unwrap_or_default()
    }

    fn at(&mut self, schema: &'a Value, depth: usize) -> Value {
        let schema = resolve(self.root, schema);
        if depth > DEEPEST {
            return Value::Null;
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array().filter(|list| !list.is_empty()) {
            return values[self.below(values.len())].clone();
        }
        if schema["nullable"] == true && self.below(8) == 0 {
            return Value::Null;
        }
        self.combined(schema, depth)
            .unwrap_or_else(|| self.plain(schema, depth))
    }

    /// All of `allOf`, and one each of `oneOf` and `anyOf`, with the schema's own keys.
    fn combined(&mut self, schema: &'a Value, depth: usize) -> Option<Value> {
        let mut parts: Vec<&'a Value> = Vec::new();
        parts.extend(schema["allOf"].as_array().into_iter().flatten());
        let mut tag = None;
        for key in ["oneOf", "anyOf"] {
            let members = schema[key].as_array().filter(|list| !list.is_empty());
            if let Some(members) = members {
                let member = &members[self.below(members.len())];
                tag = self.tag(schema, member);
                parts.push(member);
            }
        }
        if parts.is_empty() {
            return None;
        }
        let mut whole: Option<Value> = None;
        for part in parts {
            let value = self.at(part, depth + 1);
            match (&mut whole, value) {
                (Some(Value::Object(whole)), Value::Object(value)) => whole.extend(value),
                (None, value) => whole = Some(value),
                _ => {}
            }
        }
        if let Some(Value::Object(whole)) = &mut whole {
            whole.extend(self.fields(schema, depth));
            whole.extend(tag);
        }
        whole
    }

    /// What a discriminator demands of a member that does not list the value itself.
    fn tag(&self, schema: &'a Value, member: &'a Value) -> Option<(String, Value)> {
        let discriminator = schema.get("discriminator")?;
        let property = discriminator["propertyName"].as_str()?;
        let reference = member.get("$ref").and_then(Value::as_str)?;
        let name = reference.rsplit('/').next()?;
        let declared = resolve(
            self.root,
            &resolve(self.root, member)["properties"][property],
        );
        if declared.get("enum").is_some() || declared.get("const").is_some() {
            return None;
        }
        let mapping = discriminator["mapping"].as_object().into_iter().flatten();
        let mut tags = mapping.filter(|(_, target)| *target == reference || *target == name);
        let tag = tags.next().map_or(name, |(tag, _)| tag.as_str());
        Some((property.to_owned(), Value::from(tag)))
    }

    fn plain(&mut self, schema: &'a Value, depth: usize) -> Value {
        match self.kind(schema) {
            "object" => Value::Object(self.object(schema, depth)),
            "array" => self.array(schema, depth),
            "boolean" => json!(self.below(2) == 0),
            "integer" => self.number(schema, true),
            "number" => self.number(schema, false),
            "null" => Value::Null,
            "string" => Value::String(self.string(schema)),
            _ => [json!("any"), json!(7), json!({"any": [true]})][self.below(3)].clone(),
        }
    }

    /// The type, told from other keywords where it is not said.
    fn kind(&mut self, schema: &'a Value) -> &'a str {
        let listed: Vec<&str> = match &schema["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            other => other.as_str().into_iter().collect(),
        };
        if !listed.is_empty() {
            return listed[self.below(listed.len())];
        }
        if ["properties", "additionalProperties", "required"]
            .iter()
            .any(|key| schema.get(*key).is_some())
        {
            "object"
        } else if schema.get("items").is_some() {
            "array"
        } else if schema.get("pattern").is_some() || schema.get("format").is_some() {
            "string"
        } else {
            "any"
        }
    }

    fn object(&mut self, schema: &'a Value, depth: usize) -> Map<String, Value> {
        let mut object = self.fields(schema, depth);
        let least = usize::try_from(schema["minProperties"].as_u64().unwrap_or_default());
        let least = least.unwrap_or_default();
        let others = &schema["additionalProperties"];
        let is_map = others.is_object() && schema.get("properties").is_none();
        if others.is_object() && depth < DEEP && (is_map || self.is_chosen()) {
            for index in 0..least.max(self.below(3)) {
                object.insert(format!("key{index}"), self.at(others, depth + 1));
            }
        }
        object
    }

    fn fields(&mut self, schema: &'a Value, depth: usize) -> Map<String, Value> {
        let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
        let mut fields = Map::new();
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let is_required = required.iter().any(|known| known == name);
            if is_required || (depth < DEEP && self.is_chosen()) {
                fields.insert(name.clone(), self.at(property, depth + 1));
            }
        }
        fields
    }

    fn array(&mut self, schema: &'a Value, depth: usize) -> Value {
        let bound = |key: &str| {
            let bound = schema[key].as_u64();
            bound.map(|bound| usize::try_from(bound).unwrap_or(usize::MAX))
        };
        let least = bound("minItems").unwrap_or_default().min(64);
        let more = if depth < DEEP { self.below(3) } else { 0 };
        let count = (least + more).min(bound("maxItems").unwrap_or(usize::MAX));
        if let Some(places) = schema["prefixItems"].as_array() {
            return places
                .iter()
                .map(|place| self.at(place, depth + 1))
                .collect();
        }
        (0..count)
            .map(|_| self.at(&schema["items"], depth + 1))
            .collect()
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "small numbers"
    )]
    fn number(&mut self, schema: &Value, whole: bool) -> Value {
        let bound = |key: &str| schema[key].as_f64();
        let step = bound("multipleOf").unwrap_or(1.0);
        let mut value = self.below(100) as f64;
        if let Some(least) = bound("minimum").or(bound("exclusiveMinimum")) {
            value += least;
        }
        if let Some(most) = bound("maximum").or(bound("exclusiveMaximum")) {
            let least = bound("minimum").unwrap_or(most - 1.0);
            value = most.min(value).max(least);
        }
        value = (value / step).ceil() * step;
        if whole {
            return json!(value as i64);
        }
        let fraction = [0.0, 0.5, 0.25][self.below(3)];
        let fits = bound("maximum").is_none_or(|most| value + fraction <= most);
        json!(if fits && step == 1.0 {
            value + fraction
        } else {
            value
        })
    }

    fn string(&mut self, schema: &Value) -> String {
        if let Some(pattern) = schema["pattern"].as_str()
            && let Some(text) = pattern::shortest(pattern)
        {
            return text;
        }
        let digit = self.below(10);
        let text = match schema["format"].as_str() {
            Some("uuid") => format!("3f6d2b1a-90c4-4e5d-8b7a-1c2d3e4f5a6{digit}"),
            Some("date-time") => format!("2024-03-01T09:30:0{digit}Z"),
            Some("date") => format!("2024-03-1{digit}"),
            Some("time") => format!("09:30:0{digit}Z"),
            Some("email") => format!("robin{digit}@acme.example"),
            Some("uri" | "url") => format!("https://acme.example/{digit}"),
            Some("ipv4") => format!("192.0.2.{digit}"),
            Some("ipv6") => format!("2001:db8::{}", digit + 1),
            Some("hostname") => format!("acme{digit}.example"),
            Some("byte") => "YWJj".to_owned(),
            _ => format!("text {}", self.below(1000)),
        };
        let least = schema["minLength"].as_u64().unwrap_or_default();
        let most = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
        let mut text = text;
        while (text.len() as u64) < least.min(10_000) {
            text.push('x');
        }
        text.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        text
    }
}

/// Follows references to what they name.
pub(crate) fn resolve<'a>(root: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..MAX_REFERENCES {
        let reference = value.get("$ref").and_then(Value::as_str);
        let found = reference.and_then(|text| text.strip_prefix('#'));
        let Some(found) = found.and_then(|pointer| root.pointer(pointer)) else {
            break;
        };
        value = found;
    }
    value
}
