//! Properties that stand elsewhere than in `properties`: behind patterns, and behind conditions.

use serde_json::{Value, json};

use super::keys::add_phrase;
use super::rules::{Schema, SchemaUpgrade};
use crate::diagnostic::Pointer;
use crate::upgrade::walk::Position;

impl SchemaUpgrade<'_> {
    /// `patternProperties` are the values of a map: of one type where they all are, else of one of
    /// several. What the keys look like is told in the documentation. A key that no pattern names
    /// is free, unless `additionalProperties` speaks of it.
    pub(super) fn pattern_properties(&mut self, schema: &mut Schema, place: &Position<'_>) {
        let Some(Value::Object(patterns)) = schema.shift_remove("patternProperties") else {
            return;
        };
        let additional = schema.get("additionalProperties");
        let names_all = patterns.keys().any(|pattern| names_all(pattern));
        let is_open = !names_all && additional.is_none_or(|value| *value == Value::Bool(true));
        let mut values: Vec<Value> = Vec::new();
        let mut first: Option<Pointer> = None;
        for (pattern, value) in patterns {
            add_phrase(schema, format!("other keys match `{pattern}`"));
            if value == Value::Bool(false) {
                continue;
            }
            let at = place.pointer().key("patternProperties").key(&pattern);
            first.get_or_insert(at);
            if !values.contains(&value) {
                values.push(value);
            }
        }
        if values.is_empty() {
            return;
        }
        if let Some(other @ Value::Object(_)) = schema.get("additionalProperties")
            && !names_all
            && !values.contains(other)
        {
            values.push(other.clone());
        }
        if is_open {
            values.push(json!({}));
        }
        let to = place.pointer().key("additionalProperties");
        let (value, to) = match values.pop() {
            Some(only) if values.is_empty() => (only, to),
            Some(last) => {
                values.push(last);
                (json!({ "anyOf": values }), to.key("anyOf").index(0))
            }
            None => return,
        };
        if let Some(first) = first {
            self.diagnostics.moved(&first, &to);
        }
        schema.insert("additionalProperties".to_owned(), value);
    }

    /// What `then`, `else`, `if` and `dependentSchemas` declare are properties like others, that
    /// may be there. What they say of a property that is declared already is a rule, no type.
    pub(super) fn conditional_properties(&mut self, schema: &mut Schema, place: &Position<'_>) {
        let mut found: Vec<(String, Value, Pointer)> = Vec::new();
        let at = place.pointer();
        for key in ["then", "else", "if"] {
            if let Some(branch) = schema.get(key) {
                collect(branch, &at.key(key), &mut found);
            }
        }
        if let Some(Value::Object(branches)) = schema.get("dependentSchemas") {
            for (name, branch) in branches {
                let at = at.key("dependentSchemas").key(name);
                collect(branch, &at, &mut found);
            }
        }
        if found.is_empty() {
            return;
        }
        let declared = schema.entry("properties").or_insert_with(|| json!({}));
        let Value::Object(declared) = declared else {
            return;
        };
        let known: Vec<String> = declared.keys().cloned().collect();
        for (name, value, from) in found {
            // What another schema of an `allOf` declares must not be narrowed to one case.
            if known.contains(&name) || (place.is_member() && !has_type(&value)) {
                continue;
            }
            let to = at.key("properties").key(&name);
            match declared.get_mut(&name) {
                None => {
                    self.diagnostics.moved(&from, &to);
                    declared.insert(name, value);
                }
                Some(earlier) => either(earlier, value),
            }
        }
        if declared.is_empty() {
            schema.shift_remove("properties");
        }
    }
}

/// Whether every key matches.
fn names_all(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').unwrap_or(pattern);
    let inner = inner.strip_suffix('$').unwrap_or(inner);
    // No key is empty but in theory.
    matches!(pattern, "" | "^" | ".") || matches!(inner, ".*" | ".+" | "(.*)" | "(.+)")
}

/// The properties of one branch, and of the branches within it.
fn collect(branch: &Value, at: &Pointer, found: &mut Vec<(String, Value, Pointer)>) {
    if let Some(Value::Object(properties)) = branch.get("properties") {
        for (name, value) in properties {
            if value.is_object() {
                let from = at.key("properties").key(name);
                found.push((name.clone(), value.clone(), from));
            }
        }
    }
    for key in ["then", "else"] {
        if let Some(inner) = branch.get(key) {
            collect(inner, &at.key(key), found);
        }
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        if let Some(Value::Array(members)) = branch.get(key) {
            for (index, member) in members.iter().enumerate() {
                collect(member, &at.key(key).index(index), found);
            }
        }
    }
}

/// Whether a schema says what type its value is, and not merely which values are meant.
fn has_type(value: &Value) -> bool {
    let says = |key: &&str| value.get(*key).is_some();
    [
        "type",
        "$ref",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "anyOf",
    ]
    .iter()
    .any(&says)
        && !["const", "enum", "not"].iter().any(says)
}

/// A property that two branches declare is either.
fn either(earlier: &mut Value, value: Value) {
    if *earlier == value {
        return;
    }
    if let Some(Value::Array(members)) = earlier.get_mut("anyOf")
        && !members.contains(&value)
    {
        members.push(value);
        return;
    }
    if earlier.get("anyOf").is_none() {
        let first = earlier.take();
        *earlier = json!({ "anyOf": [first, value] });
    }
}
