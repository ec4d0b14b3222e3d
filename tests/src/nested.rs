//! A document whose types grow by multiplication if they hold each other by value: a billing API in
//! which every reference to another object can be expanded in place, ten levels deep.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::update;

/// How many kinds of objects follow each other.
const LEVELS: usize = 10;

/// How many references to the next kind each object has.
const REFERENCES: usize = 3;

/// The document.
#[must_use]
pub fn document() -> Value {
    let mut schemas = Map::new();
    for level in 0..LEVELS {
        schemas.insert(name(level), object(level));
        schemas.insert(format!("Removed{}", name(level)), removed(level));
    }
    let answer = |schema: Value| json!({"200": {"description": "Found.", "content": {"application/json": {"schema": schema}}}});
    json!({
        "openapi": "3.0.4",
        "info": {"title": "Nested", "version": "1"},
        "servers": [{"url": "https://nested.example.com"}],
        "paths": {
            "/first": {
                "get": {"operationId": "getFirst", "responses": answer(reference(&name(0)))},
                "put": {
                    "operationId": "putFirst",
                    "requestBody": {"required": true, "content": {"application/json": {"schema": reference(&name(0))}}},
                    "responses": {"204": {"description": "Kept."}},
                },
            },
            "/all": {
                "get": {
                    "operationId": "listFirst",
                    "responses": answer(json!({
                        "type": "object",
                        "required": ["data"],
                        "properties": {"data": {"type": "array", "items": reference(&name(0))}},
                    })),
                },
            },
        },
        "components": {"schemas": schemas},
    })
}

/// The document in a file of a folder.
///
/// # Panics
/// When the folder cannot be written to.
#[must_use]
pub fn write(folder: &Path) -> PathBuf {
    let path = folder.join("nested.json");
    update(&path, &document().to_string());
    path
}

/// A value of the first kind, with every field down to the last level: the required reference is
/// expanded everywhere, an optional one on the first way down only, or a value would grow by
/// multiplication as the types would.
#[must_use]
pub fn value() -> Value {
    value_at(0, true)
}

fn value_at(level: usize, is_first_way: bool) -> Value {
    let mut value = json!({
        "id": format!("object_{level}"),
        "kind": format!("level{level}"),
        "amount": level * 100,
        "at": "2030-01-31T09:30:00Z",
        "labels": {"colour": "green"},
        "summary": {"lines": ["one", "two"], "net": 12.5, "tax": {"rate": 0.2, "region": "north"}},
    });
    if let (true, Some(fields)) = (level + 1 < LEVELS, value.as_object_mut()) {
        fields.insert("required_next".to_owned(), value_at(level + 1, false));
        for index in 0..REFERENCES {
            let next = match index {
                0 if is_first_way => value_at(level + 1, true),
                1 => json!({"id": "gone", "removed": true}),
                _ => json!(format!("id_{index}")),
            };
            fields.insert(format!("reference{index}"), next);
        }
    }
    value
}

fn name(level: usize) -> String {
    format!("Level{level}")
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn object(level: usize) -> Value {
    let mut properties = Map::new();
    properties.insert("id".to_owned(), json!({"type": "string"}));
    properties.insert(
        "kind".to_owned(),
        json!({"type": "string", "enum": [format!("level{level}")]}),
    );
    properties.insert("amount".to_owned(), json!({"type": "integer"}));
    properties.insert(
        "at".to_owned(),
        json!({"type": "string", "format": "date-time"}),
    );
    properties.insert(
        "labels".to_owned(),
        json!({"type": "object", "additionalProperties": {"type": "string"}}),
    );
    properties.insert(
        "summary".to_owned(),
        json!({
            "type": "object",
            "required": ["net", "tax"],
            "properties": {
                "lines": {"type": "array", "items": {"type": "string"}},
                "net": {"type": "number"},
                "tax": {
                    "type": "object",
                    "properties": {"rate": {"type": "number"}, "region": {"type": "string"}},
                },
            },
        }),
    );
    let mut required = vec!["id", "kind"];
    if level + 1 < LEVELS {
        let next = reference(&name(level + 1));
        properties.insert("required_next".to_owned(), next.clone());
        required.push("required_next");
        for index in 0..REFERENCES {
            let removed = reference(&format!("Removed{}", name(level + 1)));
            properties.insert(
                format!("reference{index}"),
                json!({"nullable": true, "anyOf": [{"type": "string"}, next, removed]}),
            );
        }
    }
    json!({"type": "object", "required": required, "properties": properties})
}

fn removed(level: usize) -> Value {
    json!({
        "type": "object",
        "required": ["id", "removed"],
        "properties": {
            "id": {"type": "string"},
            "removed": {"type": "boolean", "enum": [true]},
            "last": reference(&name(level)),
        },
    })
}
