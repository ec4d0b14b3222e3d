//! Single keywords, each by a rule of its own.

use serde_json::{Value, json};

use super::rules::{Schema, SchemaUpgrade};
use crate::upgrade::walk::Position;

/// `const` is an enum of one. No enum has an object or a list among its values: those are told in
/// the documentation.
pub(super) fn constant(schema: &mut Schema) {
    let Some(value) = schema.shift_remove("const") else {
        return;
    };
    let ty = match value {
        Value::Null => {
            schema.insert("x-clientsmith-null".to_owned(), Value::Bool(true));
            return;
        }
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        other => {
            schema.insert("enum".to_owned(), json!([other]));
            return;
        }
    };
    schema.entry("type").or_insert_with(|| Value::from(ty));
    add_phrase(schema, format!("always `{value}`"));
}

/// Numeric `exclusiveMinimum` and `exclusiveMaximum` are a bound and a mark in 3.0. Beside a bound
/// of their own the stricter one counts.
pub(super) fn exclusive_bounds(schema: &mut Schema) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let Some(limit) = schema
            .get(exclusive)
            .filter(|value| value.is_number())
            .cloned()
        else {
            continue;
        };
        let inclusive = schema.get(bound).and_then(Value::as_f64);
        let is_weaker = match (inclusive, limit.as_f64()) {
            (Some(inclusive), Some(limit)) if bound == "minimum" => inclusive > limit,
            (Some(inclusive), Some(limit)) => inclusive < limit,
            _ => false,
        };
        if is_weaker {
            schema.shift_remove(exclusive);
            continue;
        }
        schema.insert(bound.to_owned(), limit);
        schema.insert(exclusive.to_owned(), Value::Bool(true));
    }
}

/// `contentEncoding: base64` is the format `byte`; a string of a media type that is no text, and
/// that has no encoding, is `binary`.
pub(super) fn encoding(schema: &mut Schema) {
    if schema.contains_key("format") {
        return;
    }
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    let media_type = schema.get("contentMediaType").and_then(Value::as_str);
    let format = match (encoding, media_type) {
        (Some(text), _) if text.eq_ignore_ascii_case("base64") => "byte",
        (None, Some(text)) if !is_text(text) => "binary",
        _ => return,
    };
    schema.insert("format".to_owned(), Value::from(format));
}

/// Whether a media type is text as far as JSON is concerned.
fn is_text(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence.starts_with("text/")
        || [
            "json",
            "xml",
            "yaml",
            "javascript",
            "jwt",
            "x-www-form-urlencoded",
        ]
        .iter()
        .any(|end| essence.ends_with(end))
}

/// `examples` of a schema is a list in 3.1; 3.0 has one `example`. The others are kept beside it.
pub(super) fn examples(schema: &mut Schema) {
    let list = match schema.shift_remove("examples") {
        Some(Value::Array(list)) => list,
        // As media types have them.
        Some(Value::Object(map)) => map
            .into_iter()
            .map(|(_, mut example)| match example.get_mut("value") {
                Some(value) => value.take(),
                None => example,
            })
            .collect(),
        Some(one) => vec![one],
        None => return,
    };
    let mut rest = list.into_iter();
    if !schema.contains_key("example")
        && let Some(first) = rest.next()
    {
        schema.insert("example".to_owned(), first);
    }
    let rest: Vec<Value> = rest.collect();
    if !rest.is_empty() {
        schema.insert("x-clientsmith-examples".to_owned(), Value::Array(rest));
    }
}

/// Where a schema may stand, `true` or `false` may: those that only this schema can make sense of.
/// The walk makes schemas of the others.
pub(super) fn boolean_schemas(schema: &mut Schema) {
    match schema.get_mut("items") {
        Some(items @ Value::Bool(true)) => *items = json!({}),
        Some(Value::Bool(false)) => {
            schema.shift_remove("items");
        }
        _ => {}
    }
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        let forbidden: Vec<String> = properties
            .iter()
            .filter(|(_, property)| **property == Value::Bool(false))
            .map(|(name, _)| name.clone())
            .collect();
        properties.retain(|_, property| *property != Value::Bool(false));
        for name in forbidden {
            add_phrase(schema, format!("without a field `{name}`"));
        }
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(Value::Array(members)) = schema.get_mut(key) {
            // No value fits such a member.
            members.retain(|member| *member != Value::Bool(false));
        }
    }
    if schema.get("not") == Some(&Value::Bool(false)) {
        schema.shift_remove("not");
    }
}

/// What `allOf` and its like leave over is what other keys hold: the merged type has them.
pub(super) fn unevaluated(schema: &mut Schema) {
    for (from, to) in [
        ("unevaluatedProperties", "additionalProperties"),
        ("unevaluatedItems", "items"),
    ] {
        if schema.get(from).is_some_and(Value::is_object) && !schema.contains_key(to) {
            rename(schema, from, to);
        }
    }
}

/// Since 3.2 a discriminator may name the schema of all other values.
pub(super) fn discriminator(schema: &mut Schema) {
    if let Some(Value::Object(discriminator)) = schema.get_mut("discriminator") {
        rename(
            discriminator,
            "defaultMapping",
            "x-clientsmith-default-mapping",
        );
    }
}

impl SchemaUpgrade<'_> {
    /// `prefixItems`, and `items` that is a list, which is how they were written before: a tuple
    /// where all its places must be there and no type is given to what follows them, else a list of
    /// any of them. Without `minItems` a shorter list is valid.
    pub(super) fn tuple(&mut self, schema: &mut Schema, place: &Position<'_>) {
        /// What the runtime implements.
        const MAX: usize = 12;
        let key = if schema.get("items").is_some_and(Value::is_array) {
            "items"
        } else {
            "prefixItems"
        };
        let Some(Value::Array(mut places)) = schema.shift_remove(key) else {
            return;
        };
        if key == "items" && places.len() == 1 {
            // A list of one is how some write the schema of all items.
            let only = places.pop().unwrap_or_default();
            self.moved(place, key, "items", 1);
            schema.insert("items".to_owned(), only);
            return;
        }
        let rest = match key {
            "items" => schema.shift_remove("additionalItems"),
            _ => schema.shift_remove("items"),
        };
        // Without a word on them, further items are anything.
        let most = schema.get("maxItems").and_then(Value::as_u64);
        let is_open = rest.as_ref().is_none_or(|rest| {
            *rest == Value::Bool(true) || rest.as_object().is_some_and(Schema::is_empty)
        }) && most
            .is_none_or(|most| usize::try_from(most).is_ok_and(|most| most > places.len()));
        let rest = rest.filter(|rest| rest.as_object().is_some_and(|keys| !keys.is_empty()));
        let least = schema.get("minItems").and_then(Value::as_u64);
        let count = places.len();
        let is_complete =
            least.is_some_and(|least| usize::try_from(least).is_ok_and(|least| least >= count));
        if (1..=MAX).contains(&count) && is_complete && rest.is_none() {
            for item in &mut places {
                // Taken out, it would move those behind it.
                if *item == Value::Bool(false) {
                    *item = json!({"not": {}});
                }
            }
            self.moved(place, key, "items/oneOf", count);
            let items = json!({"x-clientsmith-tuple": true, "oneOf": places});
            schema.insert("items".to_owned(), items);
            return;
        }
        self.moved(place, key, "items/anyOf", count);
        places.extend(rest);
        let members = places
            .into_iter()
            .filter(|item| *item != Value::Bool(false));
        let mut members: Vec<Value> = members.collect();
        if is_open && !members.is_empty() {
            members.push(json!({}));
        }
        if !members.is_empty() {
            schema.insert("items".to_owned(), json!({ "anyOf": members }));
        }
    }

    /// Tells the diagnostics where the items of a list went.
    fn moved(&mut self, place: &Position<'_>, from: &str, to: &str, count: usize) {
        let at = place.pointer();
        let from = at.key(from);
        let to = to.split('/').fold(at, |at, key| at.key(key));
        for index in 0..count {
            let to = if count == 1 && to.segments().last().as_deref() == Some("items") {
                to.clone()
            } else {
                to.index(index)
            };
            self.diagnostics.moved(&from.index(index), &to);
        }
    }
}

/// Adds to what the documentation tells.
pub(super) fn add_phrase(schema: &mut Schema, phrase: String) {
    let slot = schema
        .entry("x-clientsmith-prose")
        .or_insert_with(|| json!([]));
    if let Value::Array(phrases) = slot {
        let phrase = Value::String(phrase);
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
}

pub(super) fn rename(schema: &mut Schema, from: &str, to: &str) {
    if let Some(value) = schema.shift_remove(from) {
        schema.insert(to.to_owned(), value);
    }
}

/// Keywords that no Rust type expresses are told in the documentation.
pub(super) fn prose(schema: &mut Schema) {
    const KEYWORDS: [(&str, &str); 9] = [
        ("if", "further rules apply depending on its content"),
        (
            "dependentRequired",
            "some fields are required only beside others",
        ),
        ("dependentSchemas", "further rules apply beside some fields"),
        ("dependencies", "further rules apply beside some fields"),
        ("propertyNames", "its keys must match a schema"),
        ("contains", "at least one item must match a schema"),
        (
            "unevaluatedProperties",
            "no other fields than the documented ones are allowed",
        ),
        (
            "unevaluatedItems",
            "no other items than the documented ones are allowed",
        ),
        ("contentSchema", "the text must match a schema"),
    ];
    let phrases = KEYWORDS.iter().filter(|(keyword, _)| {
        schema
            .get(*keyword)
            .is_some_and(|value| *value != Value::Bool(true))
    });
    let phrases: Vec<&str> = phrases.map(|(_, phrase)| *phrase).collect();
    for phrase in phrases {
        add_phrase(schema, phrase.to_owned());
    }
}
