//! The body of a request: what must be on the wire.

use serde_json::{Map, Value, json};

use super::parameters::{scalar, styled};
use super::sent;
use super::writer::{Result, TEXT, Unknown, Writer};
use crate::diagnostic::Pointer;
use crate::model::{Body, Content, Files, FormField, FormLayout, Media, Part, Type};

/// One form of the body.
pub(super) fn write(writer: &mut Writer<'_>, body: &Body, form: usize) -> Result {
    let media = body.contents.get(form).ok_or(Unknown)?;
    content(writer, media)?;
    let is_multipart = matches!(media.content, Content::Multipart(_));
    if !is_multipart {
        writer.demand("headers", "content-type", media.one());
    }
    Ok(())
}

fn content(writer: &mut Writer<'_>, media: &Media) -> Result {
    let (key, ty) = match &media.content {
        Content::Json(ty) | Content::JsonLines(ty) => ("json", ty),
        Content::Form(ty, fields) => {
            let value = sent_value(writer, &media.origin, ty, |_| true).ok_or(Unknown)?;
            form(writer, &value, fields);
            writer.arguments.insert("body".to_owned(), value);
            return Ok(());
        }
        Content::Multipart(parts) => return self::parts(writer, parts),
        Content::JsonPatch => {
            let patch = json!([{"op": "replace", "path": "/name", "value": "some text"}]);
            writer.request.insert("json".to_owned(), patch);
            return Ok(());
        }
        Content::Text | Content::Events(_) | Content::Bytes => {
            writer.request.insert("text".to_owned(), json!(TEXT));
            return Ok(());
        }
    };
    let value = sent_value(writer, &media.origin, ty, |_| true).ok_or(Unknown)?;
    writer.request.insert(key.to_owned(), value);
    Ok(())
}

/// The first example at a place that fits and may be used, or a value for the type, as it is sent.
fn sent_value(
    writer: &mut Writer<'_>,
    place: &Pointer,
    ty: &Type,
    may_be: impl Fn(&Value) -> bool,
) -> Option<Value> {
    let value = writer.shown_that(place, ty, may_be)?;
    sent::sent(writer.api, ty, &value)
}

/// What must be in the body, field by field. Where one field is written in a way of its own
/// nothing is compared.
fn form(writer: &mut Writer<'_>, value: &Value, fields: &[FormField]) {
    let layout = |key: &str| fields.iter().find(|field| field.wire == key);
    let members = value.as_object().into_iter().flatten();
    let pairs: Option<Vec<_>> = members
        .map(|(key, value)| pairs(key, value, layout(key).map(|field| field.layout)))
        .collect();
    let Some(pairs) = pairs else {
        writer.request.insert("open_body".to_owned(), json!(true));
        writer.unchecked.push("the form".to_owned());
        return;
    };
    writer.request.insert("form".to_owned(), json!({}));
    for (name, value) in pairs.into_iter().flatten() {
        // A list says that there are several.
        let value = match value {
            Value::Array(_) => json!([value]),
            value => value,
        };
        writer.demand("form", &name, value);
    }
}

/// A form of parts.
fn parts(writer: &mut Writer<'_>, parts: &[Part]) -> Result {
    let mut values = Map::new();
    for (index, part) in parts.iter().enumerate() {
        let value = match part.files(writer.api) {
            Some(Files::One) => Some(json!(TEXT)),
            Some(Files::Several) => Some(json!([TEXT])),
            None => {
                // What is empty has no part.
                let is_part = |value: &Value| !value.is_null() && *value != json!([]);
                sent_value(writer, &part.origin, &part.ty, is_part)
            }
        };
        match value {
            Some(value) => {
                values.insert(part.wire.clone(), value);
                writer.parts.push(index);
            }
            None if part.required => return Err(Unknown),
            None => {}
        }
    }
    writer
        .request
        .insert("parts".to_owned(), Value::Object(values));
    Ok(())
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
