//! The `body` parameter, and the `formData` ones together, become a request's body.

use serde_json::{Value, json};

use super::conversion::{Conversion, JSON, Object};
use super::parameter;
use crate::diagnostic::{Code, Pointer};

const URL_ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter and where it is written.
pub(super) type Written = (Value, Pointer);

impl Conversion<'_> {
    pub(super) fn body(
        &mut self,
        parameter: Value,
        consumes: &[String],
        old: &Pointer,
        new: &Pointer,
    ) -> Value {
        let Value::Object(parameter) = parameter else {
            return json!({});
        };
        self.moves.convert(old, new);
        let has_schema = parameter.contains_key("schema");
        let (mut body, schema) = parameter::split_schema(parameter);
        for key in ["name", "in", "collectionFormat", "allowEmptyValue"] {
            body.shift_remove(key);
        }
        let example = body.shift_remove("example");
        let media_types = match consumes {
            [] if is_file(&schema) => vec!["application/octet-stream".to_owned()],
            [] => vec![JSON.to_owned()],
            named => named.to_vec(),
        };
        let mut content = Object::new();
        for media_type in media_types {
            let at = new.key("content").key(&media_type).key("schema");
            let old = if has_schema {
                old.key("schema")
            } else {
                old.clone()
            };
            self.moves.convert(&old, &at);
            let mut part = Object::new();
            part.insert("schema".to_owned(), schema.clone());
            part.extend(
                example
                    .clone()
                    .map(|example| ("example".to_owned(), example)),
            );
            content.insert(media_type, Value::Object(part));
        }
        body.insert("content".to_owned(), Value::Object(content));
        Value::Object(body)
    }

    /// The fields of a form as one object.
    pub(super) fn form(
        &mut self,
        fields: Vec<Written>,
        consumes: &[String],
        new: &Pointer,
    ) -> Value {
        let has_file = fields.iter().any(|(field, _)| is_file(field));
        let media_types = form_types(consumes, has_file);
        let mut properties = Object::new();
        let mut required = Vec::new();
        let mut encoding = Object::new();
        for (field, old) in fields {
            let Some(name) = parameter::name(&field).map(str::to_owned) else {
                self.diagnostics.error(
                    Code::MissingKey,
                    &old,
                    "a parameter of a form needs a `name`",
                );
                continue;
            };
            if field.get("required").is_some_and(is_true) {
                required.push(Value::from(name.as_str()));
            }
            for media_type in &media_types {
                let at = new.key("content").key(media_type).key("schema");
                self.moves.convert(&old, &at.key("properties").key(&name));
            }
            let Value::Object(field) = field else {
                continue;
            };
            let (kept, schema) = parameter::field_schema(field);
            if schema.get("type").and_then(Value::as_str) == Some("array") {
                let collection = self.collection(kept.get("collectionFormat"), true, &old);
                let written = json!({"style": collection.style, "explode": collection.explode});
                encoding.insert(name.clone(), written);
            }
            if properties.insert(name.clone(), schema).is_some() {
                let message = format!("the form's field `{name}` is declared twice");
                self.diagnostics
                    .error(Code::DuplicateParameter, &old, message)
                    .help("remove one of the two");
            }
        }
        let is_required = !required.is_empty();
        let mut schema = json!({"type": "object", "properties": properties});
        if let (Value::Object(schema), true) = (&mut schema, is_required) {
            schema.insert("required".to_owned(), Value::Array(required));
        }
        let content = media_types.into_iter().map(|media_type| {
            let mut part = json!({ "schema": schema });
            // A part of a multipart body is written as its own header says.
            if let (Value::Object(part), false, false) = (
                &mut part,
                encoding.is_empty(),
                media_type.starts_with("multipart/"),
            ) {
                part.insert("encoding".to_owned(), Value::Object(encoding.clone()));
            }
            (media_type, part)
        });
        let content: Object = content.collect();
        json!({"required": is_required, "content": content})
    }
}

/// The media types that the fields of a form can be sent as.
fn form_types(consumes: &[String], has_file: bool) -> Vec<String> {
    let essence = |text: &String| text.to_ascii_lowercase();
    let fits = |text: &&String| {
        let text = essence(text);
        text.starts_with("multipart/") || (!has_file && text.starts_with(URL_ENCODED))
    };
    let mut fitting: Vec<String> = consumes.iter().filter(fits).cloned().collect();
    // Of the two the plain form is the shorter one.
    fitting.sort_by_key(|text| essence(text).starts_with("multipart/"));
    if fitting.is_empty() {
        fitting.push(if has_file { MULTIPART } else { URL_ENCODED }.to_owned());
    }
    fitting
}

/// Whether a value is bytes: 2.0's word for it, or 3.0's.
pub(super) fn is_file(schema: &Value) -> bool {
    let text = |key: &str| schema.get(key).and_then(Value::as_str);
    text("type") == Some("file")
        || (text("type") == Some("string") && text("format") == Some("binary"))
}

fn is_true(value: &Value) -> bool {
    value
        .as_bool()
        .unwrap_or_else(|| value.as_str() == Some("true"))
}
