//! `type`: lists of types, `null` among them, and names that no dialect knows.

use serde_json::{Value, json};

use super::rules::{Schema, SchemaUpgrade};
use crate::diagnostic::Code;
use crate::upgrade::walk::Position;

/// Names of types that are none, and what they stand for: a type and a format.
const NEAR_MISSES: [(&str, &str, &str); 22] = [
    ("file", "string", "binary"),
    ("binary", "string", "binary"),
    ("byte", "string", "byte"),
    ("str", "string", ""),
    ("text", "string", ""),
    ("char", "string", ""),
    ("uuid", "string", "uuid"),
    ("guid", "string", "uuid"),
    ("date", "string", "date"),
    ("datetime", "string", "date-time"),
    ("date-time", "string", "date-time"),
    ("int", "integer", ""),
    ("int32", "integer", "int32"),
    ("int64", "integer", "int64"),
    ("long", "integer", "int64"),
    ("float", "number", "float"),
    ("double", "number", "double"),
    ("decimal", "number", ""),
    ("bool", "boolean", ""),
    ("list", "array", ""),
    ("map", "object", ""),
    ("hash", "object", ""),
];

const TYPES: [&str; 7] = [
    "string", "number", "integer", "boolean", "object", "array", "null",
];

impl SchemaUpgrade<'_> {
    /// A type in the wrong case, or a name that is plain enough. Swagger 2.0 knows `file`.
    pub(super) fn type_names(&mut self, schema: &mut Schema, place: &Position<'_>) {
        let Some(Value::String(written)) = schema.get("type") else {
            return;
        };
        if TYPES.contains(&written.as_str()) {
            return;
        }
        let written = written.clone();
        let lower = written.trim().to_ascii_lowercase();
        let known = TYPES
            .iter()
            .find(|name| **name == lower)
            .map(|name| (*name, ""));
        let near = NEAR_MISSES.iter().find(|(name, _, _)| *name == lower);
        let meant = known.or_else(|| near.map(|(_, ty, format)| (*ty, *format)));
        let fate = match meant {
            Some((ty, format)) => {
                schema.insert("type".to_owned(), Value::from(ty));
                if !format.is_empty() {
                    schema
                        .entry("format")
                        .or_insert_with(|| Value::from(format));
                }
                format!("it is taken as `{ty}`")
            }
            None => {
                schema.shift_remove("type");
                "any JSON is taken".to_owned()
            }
        };
        if lower == "file" {
            return;
        }
        self.diagnostics
            .warn(
                Code::InvalidKeyword,
                place.pointer().key("type"),
                format!("`{written}` is no type; {fate}"),
            )
            .help(format!("the types are {}", TYPES.join(", ")));
    }
}

/// How 2.0 says `nullable`.
pub(super) fn nullable(schema: &mut Schema) {
    let says_so = |key: &str| schema.get(key).and_then(Value::as_bool) == Some(true);
    if says_so("x-nullable") || says_so("x-isnullable") {
        schema.entry("nullable").or_insert(Value::Bool(true));
    }
}

impl SchemaUpgrade<'_> {
    /// `type: [string, "null"]` and `type: "null"`, in YAML without quotes too.
    pub(super) fn types(&mut self, schema: &mut Schema, place: &Position<'_>) {
        let names: Vec<String> = match schema.get("type") {
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(names)) => names
                .iter()
                .filter_map(|name| match name {
                    Value::Null => Some("null"),
                    name => name.as_str(),
                })
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
                if !self.null_beside(schema, place) {
                    schema.insert("x-clientsmith-null".to_owned(), Value::Bool(true));
                    return;
                }
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

    /// Whether a schema of the type `null` says of what else its value is. By the letter no value
    /// fits it then; what is meant is one of these or null.
    fn null_beside(&mut self, schema: &Schema, place: &Position<'_>) -> bool {
        const MEANT: [&str; 8] = [
            "allOf",
            "oneOf",
            "anyOf",
            "properties",
            "additionalProperties",
            "items",
            "enum",
            "const",
        ];
        let says_more = |value: &Value| match value {
            Value::Array(values) => values.iter().any(|value| !value.is_null()),
            Value::Object(keys) => !keys.is_empty(),
            Value::Null | Value::Bool(_) => false,
            _ => true,
        };
        let found = MEANT
            .iter()
            .find(|key| schema.get(**key).is_some_and(says_more));
        let Some(key) = found else {
            return false;
        };
        self.diagnostics
            .warn(
                Code::Contradiction,
                place.pointer().key("type"),
                format!(
                    "the type is null, and `{key}` stands beside it; it is taken as that or null"
                ),
            )
            .help("say `anyOf` with the schema and one of the type \"null\"");
        true
    }

    /// `int-or-string` is a format for both, whatever type stands beside it.
    pub(super) fn integer_or_string(schema: &mut Schema) {
        let is_format = schema
            .get("format")
            .and_then(Value::as_str)
            .is_some_and(|format| format.eq_ignore_ascii_case("int-or-string"));
        let is_marked = schema.get("x-kubernetes-int-or-string") == Some(&Value::Bool(true));
        if !is_format && !is_marked {
            return;
        }
        if is_format {
            schema.shift_remove("format");
        }
        if ["anyOf", "oneOf", "allOf", "enum", "const"]
            .iter()
            .any(|key| schema.contains_key(*key))
        {
            return;
        }
        let types = match schema.get("type") {
            Some(Value::Array(types)) if types.iter().any(|ty| ty.is_null() || ty == "null") => {
                json!(["integer", "string", "null"])
            }
            _ => json!(["integer", "string"]),
        };
        schema.insert("type".to_owned(), types);
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
