//! The body of a request: what must be on the wire.

use serde_json::{Map, Value, json};

use super::exchange::{Result, TEXT, Unknown, Writer};
use super::parameters::{scalar, styled};
use super::sent;
use crate::diagnostic::Pointer;
use crate::model::{Body, Content, Files, FormField, FormLayout, Media, Part, Type};

impl Writer<'_> {
    /// One form of the body.
    pub(super) fn body(&mut self, body: &Body, form: usize) -> Result {
        let media = body.contents.get(form).ok_or(Unknown)?;
        self.content(media)?;
        let is_multipart = matches!(media.content, Content::Multipart(_));
        if !is_multipart {
            self.expect("headers", "content-type", media.one());
        }
        Ok(())
    }

    fn content(&mut self, media: &Media) -> Result {
        let (key, ty) = match &media.content {
            Content::Json(ty) | Content::JsonLines(ty) => ("json", ty),
            Content::Form(ty, fields) => {
                let value = self.sent(&media.origin, ty, |_| true).ok_or(Unknown)?;
                self.form(&value, fields);
                self.arguments.insert("body".to_owned(), value);
                return Ok(());
            }
            Content::Multipart(parts) => return self.parts(parts),
            Content::JsonPatch => {
                let patch = json!([{"op": "replace", "path": "/name", "value": "some text"}]);
                self.request.insert("json".to_owned(), patch);
                return Ok(());
            }
            Content::Text | Content::Events(_) | Content::Bytes => {
                self.request.insert("text".to_owned(), json!(TEXT));
                return Ok(());
            }
        };
        let value = self.sent(&media.origin, ty, |_| true).ok_or(Unknown)?;
        self.request.insert(key.to_owned(), value);
        Ok(())
    }

    /// The first example at a place that fits and may be used, or a value for the type, as it is sent.
    fn sent(
        &mut self,
        place: &Pointer,
        ty: &Type,
        may_be: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let value = self.shown_that(place, ty, may_be)?;
        sent::sent(self.api, ty, &value)
    }

    /// What must be in the body, field by field. Where one field is written in a way of its own
    /// nothing is compared.
    fn form(&mut self, value: &Value, fields: &[FormField]) {
        let layout = |key: &str| fields.iter().find(|field| field.wire == key);
        let members = value.as_object().into_iter().flatten();
        let pairs: Option<Vec<_>> = members
            .map(|(key, value)| pairs(key, value, layout(key).map(|field| field.layout)))
            .collect();
        let Some(pairs) = pairs else {
            self.request.insert("open_body".to_owned(), json!(true));
            self.unchecked.push("the form".to_owned());
            return;
        };
        self.request.insert("form".to_owned(), json!({}));
        for (name, value) in pairs.into_iter().flatten() {
            // A list says that there are several.
            let value = match value {
                Value::Array(_) => json!([value]),
                value => value,
            };
            self.expect("form", &name, value);
        }
    }

    /// A form of parts.
    fn parts(&mut self, parts: &[Part]) -> Result {
        let mut values = Map::new();
        for (index, part) in parts.iter().enumerate() {
            let value = match part.files(self.api) {
                Some(Files::One) => Some(json!(TEXT)),
                Some(Files::Several) => Some(json!([TEXT])),
                None => {
                    // What is empty has no part.
                    let is_part = |value: &Value| !value.is_null() && *value != json!([]);
                    self.sent(&part.origin, &part.ty, is_part)
                }
            };
            match value {
                Some(value) => {
                    values.insert(part.wire.clone(), value);
                    self.parts.push(index);
                }
                None if part.required => return Err(Unknown),
                None => {}
            }
        }
        self.request
            .insert("parts".to_owned(), Value::Object(values));
        Ok(())
    }
}

/// A field of a form as its name and values stand in the body, decoded: what is no text is JSON.
/// `None` for what is written in a way of its own.
fn pairs(key: &str, value: &Value, layout: Option<FormLayout>) -> Option<Vec<(String, Value)>> {
    let named = |value: Value| (key.to_owned(), value);
    Some(match (layout, value) {
        (_, Value::Null) => Vec::new(),
        (Some(FormLayout::Json), Value::Array(_) | Value::Object(_)) => vec![named(value.clone())],
        (Some(FormLayout::Json), value) => vec![named(json!(value.to_string()))],
        (Some(layout), value) => {
            let FormLayout::Style {
                style,
                explode,
                allow_reserved: false,
            } = layout
            else {
                return None;
            };
            let pairs = styled(key, style, explode, value)?.into_iter();
            pairs.map(|(key, text)| (key, json!(text))).collect()
        }
        (None, Value::Array(items)) => {
            let items = items.iter().filter(|item| !item.is_null());
            items.map(|item| named(text_or_json(item))).collect()
        }
        (None, value) => vec![named(text_or_json(value))],
    })
}

fn text_or_json(value: &Value) -> Value {
    scalar(value).map_or_else(|| value.clone(), Value::String)
}
