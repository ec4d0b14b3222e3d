//! Responses: a schema and the media types of the operation become content.

use serde_json::{Value, json};

use super::conversion::{Conversion, JSON, Object, is_json};
use super::parameter;
use crate::diagnostic::Pointer;

impl Conversion<'_> {
    pub(super) fn responses(
        &mut self,
        responses: Value,
        produces: &[String],
        old: &Pointer,
        new: &Pointer,
    ) -> Value {
        let Value::Object(responses) = responses else {
            return responses;
        };
        let converted = responses.into_iter().map(|(status, response)| {
            let (old, new) = (old.key(&status), new.key(&status));
            let response = match self.global_response(&response, produces) {
                Some(Global::Same(reference)) => json!({ "$ref": reference }),
                Some(Global::Own(response, source)) => {
                    self.response(response, produces, &source, &new)
                }
                None if status.starts_with("x-") => response,
                None => self.response(response, produces, &old, &new),
            };
            (status, response)
        });
        Value::Object(converted.collect())
    }

    /// What a reference to one of the root's responses becomes.
    fn global_response(&self, response: &Value, produces: &[String]) -> Option<Global> {
        let name = global_name(response, "responses")?;
        let target = self.globals.responses.get(&name)?;
        let source = Pointer::root().key("responses").key(&name);
        let is_same = target.get("schema").is_none()
            || target.get("$ref").is_some()
            || super::same_bodies(produces, &self.globals.produces);
        Some(if is_same {
            let at = Pointer::root()
                .key("components")
                .key("responses")
                .key(&name);
            Global::Same(at.to_string())
        } else {
            Global::Own(target.clone(), source)
        })
    }

    pub(super) fn response(
        &mut self,
        response: Value,
        produces: &[String],
        old: &Pointer,
        new: &Pointer,
    ) -> Value {
        let Value::Object(mut response) = response else {
            return response;
        };
        if let Some(name) = global_name(&Value::Object(response.clone()), "responses") {
            let at = Pointer::root()
                .key("components")
                .key("responses")
                .key(&name);
            return json!({ "$ref": at.to_string() });
        }
        self.moves.convert(old, new);
        let mut examples = super::take_object(&mut response, "examples");
        if let Some(schema) = response.shift_remove("schema") {
            let mut content = Object::new();
            let is_file = super::body::is_file(&schema);
            for media_type in content_types(produces, is_file) {
                let at = new.key("content").key(&media_type);
                self.moves.convert(&old.key("schema"), &at.key("schema"));
                let mut body = Object::new();
                body.insert("schema".to_owned(), schema.clone());
                if let Some(example) = examples.shift_remove(&media_type) {
                    self.moves
                        .convert(&old.key("examples").key(&media_type), &at.key("example"));
                    body.insert("example".to_owned(), example);
                }
                content.insert(media_type, Value::Object(body));
            }
            response.insert("content".to_owned(), Value::Object(content));
        }
        if !examples.is_empty() {
            // Of media types that the operation does not produce.
            response.insert("x-examples".to_owned(), Value::Object(examples));
        }
        if let Some(Value::Object(headers)) = response.shift_remove("headers") {
            let converted = headers.into_iter().map(|(name, header)| {
                let (old, new) = (old.key("headers").key(&name), new.key("headers").key(&name));
                (name, self.header(header, &old, &new))
            });
            let converted = converted.collect();
            response.insert("headers".to_owned(), Value::Object(converted));
        }
        Value::Object(response)
    }

    fn header(&mut self, header: Value, old: &Pointer, new: &Pointer) -> Value {
        let Value::Object(header) = header else {
            return header;
        };
        let (mut kept, schema) = parameter::split_schema(header);
        kept.shift_remove("collectionFormat");
        self.moves.convert(old, &new.key("schema"));
        kept.insert("schema".to_owned(), schema);
        Value::Object(kept)
    }
}

enum Global {
    Same(String),
    Own(Value, Pointer),
}

/// The name of what a reference to the root's `kind` names.
pub(super) fn global_name(value: &Value, kind: &str) -> Option<String> {
    let reference = value.get("$ref")?.as_str()?;
    let pointer = crate::upgrade::schema::reference_pointer(reference)?;
    let mut segments = pointer.segments();
    let is_kind = segments.next().as_deref() == Some(kind);
    let name = segments.next().filter(|_| is_kind)?;
    segments.next().is_none().then(|| name.into_owned())
}

/// The media types of a body. A file is bytes, and no JSON unless nothing else is named.
fn content_types(produces: &[String], is_file: bool) -> Vec<String> {
    let fitting = produces.iter().filter(|text| !is_file || !is_json(text));
    let fitting: Vec<String> = fitting.cloned().collect();
    match fitting.as_slice() {
        [] if is_file => vec!["application/octet-stream".to_owned()],
        [] => vec![JSON.to_owned()],
        _ => fitting,
    }
}
