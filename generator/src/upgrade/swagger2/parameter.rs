//! Parameters in paths, queries and headers: their inline type becomes a schema.

use serde_json::{Value, json};

use super::conversion::{Conversion, Object};
use crate::diagnostic::{Code, Pointer};

/// What `in` says, as far as conversion tells it apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The whole body.
    Body,
    /// One field of a form.
    Form,
    /// A path, a query or a header.
    Other,
}

/// `None` for a reference, and for what does not say.
pub(super) fn kind(parameter: &Value) -> Option<Kind> {
    let place = parameter.get("in")?.as_str()?.trim().to_ascii_lowercase();
    Some(match place.as_str() {
        "body" => Kind::Body,
        "formdata" | "form" => Kind::Form,
        _ => Kind::Other,
    })
}

/// How the items of an array are written.
pub(super) struct Collection {
    pub(super) style: &'static str,
    pub(super) explode: bool,
}

impl Conversion<'_> {
    pub(super) fn parameter(&mut self, parameter: Value, old: &Pointer, new: &Pointer) -> Value {
        let Value::Object(parameter) = parameter else {
            return parameter;
        };
        self.moves.convert(old, new);
        if parameter.contains_key("$ref") || parameter.contains_key("content") {
            return Value::Object(parameter);
        }
        if !parameter.contains_key("schema") {
            self.moves.convert(old, &new.key("schema"));
        }
        let (mut kept, schema) = split_schema(parameter);
        let format = kept.shift_remove("collectionFormat");
        if schema.get("type").and_then(Value::as_str) == Some("array") {
            let place = kept.get("in").and_then(Value::as_str).unwrap_or_default();
            let is_query = place.eq_ignore_ascii_case("query");
            let collection = self.collection(format.as_ref(), is_query, old);
            kept.insert("style".to_owned(), Value::from(collection.style));
            kept.insert("explode".to_owned(), Value::Bool(collection.explode));
            self.nested_collections(&schema, old);
        }
        kept.insert("schema".to_owned(), schema);
        Value::Object(kept)
    }

    /// The style of a `collectionFormat`; only queries and forms know more than commas.
    pub(super) fn collection(
        &mut self,
        format: Option<&Value>,
        is_query: bool,
        old: &Pointer,
    ) -> Collection {
        let written = format.and_then(Value::as_str).unwrap_or("csv");
        let style = match written.to_ascii_lowercase().as_str() {
            "multi" if is_query => {
                return Collection {
                    style: "form",
                    explode: true,
                };
            }
            "ssv" if is_query => "spaceDelimited",
            "pipes" if is_query => "pipeDelimited",
            other => {
                if other != "csv" {
                    let message = format!("`{written}` cannot be written here; commas are");
                    self.diagnostics
                        .warn(Code::NotGenerated, old.key("collectionFormat"), message)
                        .help("queries and forms take `csv`, `ssv`, `pipes` and `multi`, others `csv`");
                }
                if is_query { "form" } else { "simple" }
            }
        };
        Collection {
            style,
            explode: false,
        }
    }

    /// Lists within lists: no style of 3.0 writes them.
    fn nested_collections(&mut self, schema: &Value, old: &Pointer) {
        let items = schema.get("items");
        if items
            .and_then(|items| items.get("type"))
            .and_then(Value::as_str)
            == Some("array")
        {
            self.diagnostics.warn(
                Code::NotGenerated,
                old.key("items"),
                "lists within lists of a parameter are written with commas throughout",
            );
        }
    }
}

/// A parameter's or a header's own keys, and the schema that the others are.
pub(in crate::upgrade) fn split_schema(parameter: Object) -> (Object, Value) {
    const OWN: [&str; 12] = [
        "name",
        "in",
        "description",
        "required",
        "allowEmptyValue",
        "deprecated",
        "collectionFormat",
        "style",
        "explode",
        "allowReserved",
        "example",
        "examples",
    ];
    let mut kept = Object::new();
    let mut schema = Object::new();
    let mut written = None;
    for (key, value) in parameter {
        let is_of_schema = key.starts_with("x-enum") || key == "x-ms-enum" || key == "x-nullable";
        if key == "schema" {
            written = Some(value);
        } else if OWN.contains(&key.as_str()) || (key.starts_with("x-") && !is_of_schema) {
            kept.insert(key, value);
        } else {
            schema.insert(key, value);
        }
    }
    let schema = match written {
        None => Value::Object(schema),
        // A schema where 3.0 has it: what stands beside it only adds.
        Some(Value::Object(mut own)) if !own.contains_key("$ref") => {
            for (key, value) in schema {
                own.entry(key).or_insert(value);
            }
            Value::Object(own)
        }
        Some(own) => own,
    };
    if let Some(example) = kept.shift_remove("x-example") {
        kept.entry("example").or_insert(example);
    }
    (kept, schema)
}

/// The name of a parameter; a field of a form needs one.
pub(super) fn name(parameter: &Value) -> Option<&str> {
    parameter.get("name")?.as_str()
}

/// What a field of a form is, as a schema.
pub(super) fn field_schema(parameter: Object) -> (Object, Value) {
    let (mut kept, mut schema) = split_schema(parameter);
    if let (Value::Object(schema), Some(description)) =
        (&mut schema, kept.shift_remove("description"))
    {
        schema.entry("description").or_insert(description);
    }
    if schema == json!({}) {
        schema = json!({ "type": "string" });
    }
    (kept, schema)
}
