//! A document as large as one likes, the same bytes on every run and every machine: for what must
//! hold at the size of the largest public documents (22,000 operations, 6,000 schemas).

use serde_json::{Map, Value, json};

/// Operations of one path.
const METHODS: [&str; 4] = ["get", "post", "patch", "delete"];

/// A document with so many operations and schemas.
#[must_use]
pub fn document(operations: usize, schemas: usize) -> Value {
    Document { schemas }.root(operations)
}

struct Document {
    schemas: usize,
}

impl Document {
    fn root(&self, operations: usize) -> Value {
        let paths: Map<String, Value> = (0..operations.div_ceil(METHODS.len()))
            .map(|number| {
                let path = format!("/group{}/items{number}/{{item-id}}", number % 150);
                let left = operations - number * METHODS.len();
                (path, self.path_item(number, left.min(METHODS.len())))
            })
            .collect();
        let schemas: Map<String, Value> = (0..self.schemas)
            .map(|number| (name(number), self.schema(number)))
            .collect();
        json!({
            "openapi": "3.0.4",
            "info": {"title": "Large", "version": "1", "description": prose(7, 40)},
            "servers": [{"url": "https://large.example.com/v1"}],
            "paths": paths,
            "components": {
                "schemas": schemas,
                "parameters": {
                    "top": {"name": "$top", "in": "query", "schema": {"type": "integer", "minimum": 0}},
                    "skip": {"name": "$skip", "in": "query", "schema": {"type": "integer"}},
                },
                "responses": {
                    "error": {
                        "description": "What went wrong.",
                        "content": {"application/json": {"schema": self.reference(0)}},
                    },
                },
            },
        })
    }

    fn path_item(&self, number: usize, methods: usize) -> Value {
        let mut item = Map::new();
        for (index, method) in METHODS.iter().take(methods).enumerate() {
            item.insert((*method).to_owned(), self.operation(number, index, method));
        }
        let parameter = json!({
            "name": "item-id", "in": "path", "required": true, "description": prose(number, 8),
            "schema": {"type": "string"},
        });
        item.insert("parameters".to_owned(), json!([parameter]));
        Value::Object(item)
    }

    fn operation(&self, number: usize, index: usize, method: &str) -> Value {
        let group = number % 150;
        let body = number * 7 + index;
        let fields: Vec<_> = (0..6).map(|field| field_name(number + field)).collect();
        let mut operation = json!({
            "tags": [format!("group {group}.part {}", number % 3)],
            "summary": prose(body, 6),
            "description": prose(body + 1, 30),
            "operationId": format!("group{group}.items{number}.{method}"),
            "parameters": [
                {"$ref": "#/components/parameters/top"},
                {"$ref": "#/components/parameters/skip"},
                {
                    "name": "$select", "in": "query", "style": "form", "explode": false,
                    "description": "The fields of what is answered.",
                    "schema": {"type": "array", "uniqueItems": true, "items": {"type": "string", "enum": fields}},
                },
            ],
            "responses": {
                "200": {
                    "description": "As asked.",
                    "content": {"application/json": {"schema": {
                        "type": "object",
                        "properties": {
                            "value": {"type": "array", "items": self.reference(body)},
                            "next": {"type": "string", "nullable": true},
                        },
                    }}},
                },
                "4XX": {"$ref": "#/components/responses/error"},
                "5XX": {"$ref": "#/components/responses/error"},
            },
        });
        if matches!(method, "post" | "patch") {
            operation["requestBody"] = json!({
                "required": true,
                "content": {"application/json": {"schema": self.reference(body + 3)}},
            });
        }
        operation
    }

    fn schema(&self, number: usize) -> Value {
        if number % 10 == 9 {
            let values: Vec<_> = (0..12).map(|value| field_name(number + value)).collect();
            return json!({"type": "string", "description": prose(number, 10), "enum": values});
        }
        let mut properties = Map::new();
        for index in 0..8 + number % 10 {
            let field = self.property(number, index);
            properties.insert(field_name(number * 3 + index), field);
        }
        let own = json!({
            "type": "object",
            "title": name(number),
            "description": prose(number, 20),
            "properties": properties,
        });
        if !number.is_multiple_of(10) && number.is_multiple_of(3) {
            json!({"allOf": [self.reference(number / 10 * 10), own]})
        } else {
            own
        }
    }

    fn property(&self, number: usize, index: usize) -> Value {
        let description = prose(number * 11 + index, 14);
        let other = self.reference(number * 31 + index * 17);
        match (number + index) % 9 {
            0 => json!({"type": "string", "description": description, "nullable": true}),
            1 => json!({"type": "integer", "format": "int32", "description": description}),
            2 => json!({"type": "array", "items": other, "description": description}),
            3 => {
                json!({"anyOf": [other, {"type": "object", "nullable": true}], "description": description})
            }
            4 => json!({"type": "string", "format": "date-time", "description": description}),
            5 => json!({"type": "boolean", "description": description}),
            6 => json!({"type": "object", "additionalProperties": other}),
            7 => other,
            _ => json!({
                "type": "object",
                "properties": {"count": {"type": "number", "format": "double"}, "of": other},
            }),
        }
    }

    fn reference(&self, number: usize) -> Value {
        json!({"$ref": format!("#/components/schemas/{}", name(number % self.schemas.max(1)))})
    }
}

const WORDS: [&str; 23] = [
    "anchor", "boat", "crew", "deck", "engine", "flag", "gauge", "harbour", "island", "jetty",
    "keel", "lamp", "mast", "north", "oar", "pier", "quay", "rope", "sail", "tide", "under",
    "vessel", "wind",
];

fn word(number: usize) -> &'static str {
    WORDS[number % WORDS.len()]
}

fn name(number: usize) -> String {
    format!("large.{}{}{number}", word(number / 23), word(number))
}

fn field_name(number: usize) -> String {
    format!("{}{}{}", word(number), word(number / 23 + 5), number % 97)
}

/// So many words, told apart by a number.
fn prose(number: usize, length: usize) -> String {
    let words: Vec<_> = (0..length)
        .map(|index| word(number * 5 + index * (1 + number % 7)))
        .collect();
    let mut text = words.join(" ");
    text.push('.');
    text
}
