//! One schema of 3.0, 3.1 or 3.2 in 3.0's words.
//!
//! Documents mix the dialects whatever their header says (`nullable` under 3.1, `type` arrays under
//! 3.0), so every rule applies to every document. Each rule is idempotent.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::walk::{Place, as_map};
use crate::diagnostic::{Code, Diagnostics, Pointer};

type Schema = Map<String, Value>;

/// The rules, and the references they have met.
pub(super) struct SchemaUpgrade<'d> {
    diagnostics: &'d mut Diagnostics,
    references: BTreeSet<String>,
}

impl<'d> SchemaUpgrade<'d> {
    pub(super) fn new(diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            diagnostics,
            references: BTreeSet::new(),
        }
    }

    /// Every `$ref` met, in its canonical form.
    pub(super) fn into_references(self) -> BTreeSet<String> {
        self.references
    }

    /// Applies all rules to one schema; the walk comes to those within it by itself.
    pub(super) fn apply(&mut self, value: &mut Value, place: &Place<'_>) {
        if let Value::Bool(anything) = value {
            *value = if *anything {
                json!({})
            } else {
                json!({"not": {}})
            };
        }
        let Some(schema) = as_map(value) else {
            self.diagnostics
                .error(
                    Code::InvalidSchema,
                    place.pointer(),
                    "a schema must be an object",
                )
                .help("write an object; `{}` allows anything");
            *value = json!({});
            return;
        };
        self.reference(schema, place);
        types(schema);
        constant(schema);
        exclusive_bounds(schema);
        encoding(schema);
        examples(schema);
        boolean_schemas(schema);
        rename(schema, "prefixItems", "x-clientsmith-prefix-items");
        rename(
            schema,
            "patternProperties",
            "x-clientsmith-pattern-properties",
        );
        prose(schema);
        self.mend_shapes(schema, place);
    }

    /// Brings a reference into canonical form, and puts it into an `allOf` where it has siblings:
    /// 3.0 ignores those, 3.1 heeds them, and documents of both rely on them.
    fn reference(&mut self, schema: &mut Schema, place: &Place<'_>) {
        let Some(reference) = schema.get("$ref") else {
            return;
        };
        let pointer = reference.as_str().and_then(reference_pointer);
        let Some(pointer) = pointer else {
            self.diagnostics
                .error(
                    Code::UnresolvedRef,
                    place.pointer().key("$ref"),
                    format!("`{reference}` is no reference within the document"),
                )
                .help("references look like `#/components/schemas/Name`");
            schema.shift_remove("$ref");
            return;
        };
        let canonical = pointer.to_string();
        self.references.insert(canonical.clone());
        let has_siblings = schema
            .keys()
            .any(|key| key != "$ref" && !key.starts_with("x-"));
        if has_siblings {
            schema.shift_remove("$ref");
            let all_of = schema.entry("allOf").or_insert_with(|| json!([]));
            if let Value::Array(parts) = all_of {
                parts.insert(0, json!({"$ref": canonical}));
            }
        } else {
            schema.insert("$ref".to_owned(), Value::String(canonical));
        }
    }

    /// Takes out what has the wrong JSON type for its keyword: `openapiv3` would refuse the whole
    /// schema for it.
    fn mend_shapes(&mut self, schema: &mut Schema, place: &Place<'_>) {
        let wrong: Vec<String> = schema
            .iter()
            .filter(|(key, value)| !fits(key, value))
            .map(|(key, _)| key.clone())
            .collect();
        for key in wrong {
            let Some(value) = schema.shift_remove(&key) else {
                continue;
            };
            if let Some(mended) = mended(&key, &value) {
                schema.insert(key, mended);
                continue;
            }
            let shown: String = value.to_string().chars().take(60).collect();
            self.diagnostics
                .warn(
                    Code::InvalidKeyword,
                    place.pointer().key(&key),
                    format!("`{key}` cannot be {shown}; it is ignored"),
                )
                .help(format!("`{key}` takes {}", expectation(&key)));
        }
    }
}

/// The pointer of a reference within the document, with the escapes of URIs decoded.
pub(super) fn reference_pointer(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    Pointer::parse(&percent_decode(fragment))
}

fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escape = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `type: [string, "null"]` and `type: "null"`.
fn types(schema: &mut Schema) {
    let names: Vec<String> = match schema.get("type") {
        Some(Value::String(name)) => vec![name.clone()],
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => return,
    };
    let nullable = names.iter().any(|name| name == "null");
    let mut others: Vec<String> = names.into_iter().filter(|name| name != "null").collect();
    // Every integer is a number.
    if others.iter().any(|name| name == "number") {
        others.retain(|name| name != "integer");
    }
    match others.as_slice() {
        [] if nullable => {
            schema.shift_remove("type");
            schema.insert("x-clientsmith-null".to_owned(), Value::Bool(true));
            return;
        }
        [] => {
            schema.shift_remove("type");
        }
        [only] => {
            schema.insert("type".to_owned(), Value::String(only.clone()));
        }
        several => split_types(schema, several),
    }
    if nullable {
        schema.insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// The keywords that speak of one type only.
const TYPE_KEYWORDS: &[(&str, &[&str])] = &[
    (
        "string",
        &[
            "format",
            "minLength",
            "maxLength",
            "pattern",
            "contentEncoding",
            "contentMediaType",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "minProperties",
            "maxProperties",
        ],
    ),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
        ],
    ),
    (
        "number",
        &[
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
    (
        "integer",
        &[
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
        ],
    ),
];

/// Several types at once become an `anyOf` of one each, with the keywords that speak of it.
fn split_types(schema: &mut Schema, types: &[String]) {
    if schema.contains_key("enum") || schema.contains_key("anyOf") || schema.contains_key("oneOf") {
        // The values or the members say more than the list of their types.
        schema.shift_remove("type");
        return;
    }
    let members = types.iter().map(|ty| {
        let mut member = Schema::new();
        member.insert("type".to_owned(), Value::String(ty.clone()));
        let keywords = TYPE_KEYWORDS
            .iter()
            .find(|(name, _)| name == ty)
            .map_or(&[][..], |found| found.1);
        for keyword in keywords {
            if let Some(value) = schema.get(*keyword) {
                member.insert((*keyword).to_owned(), value.clone());
            }
        }
        Value::Object(member)
    });
    let members: Vec<Value> = members.collect();
    schema.shift_remove("type");
    for (_, keywords) in TYPE_KEYWORDS {
        for keyword in *keywords {
            schema.shift_remove(*keyword);
        }
    }
    schema.insert("anyOf".to_owned(), Value::Array(members));
}

/// `const` is an enum of one.
fn constant(schema: &mut Schema) {
    let Some(value) = schema.shift_remove("const") else {
        return;
    };
    if value.is_null() {
        schema.insert("x-clientsmith-null".to_owned(), Value::Bool(true));
    } else {
        schema.entry("enum").or_insert_with(|| json!([value]));
    }
}

/// Numeric `exclusiveMinimum` and `exclusiveMaximum` are a bound and a mark in 3.0.
fn exclusive_bounds(schema: &mut Schema) {
    for (exclusive, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let Some(value) = schema
            .get(exclusive)
            .filter(|value| value.is_number())
            .cloned()
        else {
            continue;
        };
        schema.insert(bound.to_owned(), value);
        schema.insert(exclusive.to_owned(), Value::Bool(true));
    }
}

/// `contentEncoding: base64` is the format `byte`, another media type of a string is `binary`.
fn encoding(schema: &mut Schema) {
    if schema.contains_key("format") {
        return;
    }
    let encoding = schema.get("contentEncoding").and_then(Value::as_str);
    let format = match encoding {
        Some(text) if text.eq_ignore_ascii_case("base64") => "byte",
        None if schema.get("contentMediaType").and_then(Value::as_str)
            == Some("application/octet-stream") =>
        {
            "binary"
        }
        _ => return,
    };
    schema.insert("format".to_owned(), Value::String(format.to_owned()));
}

/// `examples` of a schema is a list in 3.1; 3.0 has one `example`.
fn examples(schema: &mut Schema) {
    let Some(Value::Array(examples)) = schema.shift_remove("examples") else {
        return;
    };
    if let Some(first) = examples.into_iter().next() {
        schema.entry("example").or_insert(first);
    }
}

/// `items: true` says what `items: {}` says; `items: [a, b]` is how tuples were written before
/// `prefixItems`.
fn boolean_schemas(schema: &mut Schema) {
    match schema.get_mut("items") {
        Some(items @ Value::Bool(true)) => *items = json!({}),
        Some(Value::Bool(false)) => {
            schema.shift_remove("items");
        }
        Some(Value::Array(_)) => rename(schema, "items", "x-clientsmith-prefix-items"),
        _ => {}
    }
}

fn rename(schema: &mut Schema, from: &str, to: &str) {
    if let Some(value) = schema.shift_remove(from) {
        schema.insert(to.to_owned(), value);
    }
}

/// Keywords that no Rust type expresses are told in the documentation.
fn prose(schema: &mut Schema) {
    const KEYWORDS: [(&str, &str); 6] = [
        ("if", "further rules apply depending on its content"),
        (
            "dependentRequired",
            "some fields are required only beside others",
        ),
        ("dependentSchemas", "further rules apply beside some fields"),
        ("propertyNames", "its keys must match a schema"),
        ("contains", "at least one item must match a schema"),
        (
            "unevaluatedProperties",
            "no other fields than the documented ones are allowed",
        ),
    ];
    let phrases: Vec<Value> = KEYWORDS
        .iter()
        .filter(|(keyword, _)| schema.contains_key(*keyword))
        .map(|(_, phrase)| Value::from(*phrase))
        .collect();
    if !phrases.is_empty() {
        schema.insert("x-clientsmith-prose".to_owned(), Value::Array(phrases));
    }
}

/// Whether a keyword's value has the JSON type that the keyword takes.
fn fits(key: &str, value: &Value) -> bool {
    match expectation_kind(key) {
        None => true,
        Some(Expectation::Text) => value.is_string(),
        Some(Expectation::Boolean) => value.is_boolean(),
        Some(Expectation::Number) => value.is_number(),
        Some(Expectation::Count) => value.as_u64().is_some(),
        Some(Expectation::Object) => value.is_object(),
        Some(Expectation::List) => value.is_array(),
        Some(Expectation::Names) => value
            .as_array()
            .is_some_and(|list| list.iter().all(Value::is_string)),
        Some(Expectation::Schema) => value.is_object(),
        Some(Expectation::SchemaOrBoolean) => value.is_object() || value.is_boolean(),
        Some(Expectation::Discriminator) => {
            value.get("propertyName").is_some_and(Value::is_string)
                && value.get("mapping").is_none_or(|mapping| {
                    mapping
                        .as_object()
                        .is_some_and(|map| map.values().all(Value::is_string))
                })
        }
    }
}

/// What was plainly meant by a value of the wrong JSON type.
fn mended(key: &str, value: &Value) -> Option<Value> {
    match (expectation_kind(key)?, value) {
        (Expectation::Boolean, Value::String(text)) => text.parse::<bool>().ok().map(Value::Bool),
        (Expectation::Number | Expectation::Count, Value::String(text)) => {
            let number: Value = serde_json::from_str(text).ok()?;
            fits(key, &number).then_some(number)
        }
        // A count such as 1e3 or 10.0 is a whole number all the same.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (Expectation::Count, Value::Number(number)) => {
            let float = number.as_f64()?;
            (float >= 0.0 && float.fract() == 0.0).then(|| Value::from(float as u64))
        }
        (Expectation::Text, Value::Number(_) | Value::Bool(_)) => {
            Some(Value::String(value.to_string()))
        }
        (Expectation::Discriminator, Value::String(name)) => Some(json!({"propertyName": name})),
        (Expectation::Names, Value::Array(list)) => Some(
            list.iter()
                .filter(|item| item.is_string())
                .cloned()
                .collect(),
        ),
        _ => None,
    }
}

#[derive(Clone, Copy)]
enum Expectation {
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
}

fn expectation_kind(key: &str) -> Option<Expectation> {
    Some(match key {
        "title" | "description" | "type" | "format" | "pattern" => Expectation::Text,
        "nullable" | "readOnly" | "writeOnly" | "deprecated" | "uniqueItems"
        | "exclusiveMinimum" | "exclusiveMaximum" => Expectation::Boolean,
        "minimum" | "maximum" | "multipleOf" => Expectation::Number,
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            Expectation::Count
        }
        "properties" => Expectation::Object,
        "externalDocs" => Expectation::Object,
        "enum" | "allOf" | "oneOf" | "anyOf" => Expectation::List,
        "required" => Expectation::Names,
        "items" | "not" => Expectation::Schema,
        "additionalProperties" => Expectation::SchemaOrBoolean,
        "discriminator" => Expectation::Discriminator,
        _ => return None,
    })
}

fn expectation(key: &str) -> &'static str {
    match expectation_kind(key) {
        None => "any value",
        Some(Expectation::Text) => "a string",
        Some(Expectation::Boolean) => "true or false",
        Some(Expectation::Number) => "a number",
        Some(Expectation::Count) => "a whole number that is not negative",
        Some(Expectation::Object) => "an object",
        Some(Expectation::List) => "a list",
        Some(Expectation::Names) => "a list of strings",
        Some(Expectation::Schema) => "a schema",
        Some(Expectation::SchemaOrBoolean) => "a schema, true or false",
        Some(Expectation::Discriminator) => {
            "an object with `propertyName`, and `mapping` from strings to strings"
        }
    }
}
