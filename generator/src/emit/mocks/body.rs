//! The body of a request: what the test gives, and what must be on the wire.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::exchange::{Result, Unknown, Writer};
use super::parameters::{scalar, styled};
use crate::diagnostic::Pointer;
use crate::emit::context::ident;
use crate::model::{Body, Content, Files, FormField, FormLayout, Media, Part, Type, sent};
use crate::name::BodyNames;

/// What a body, or a part of one, is that is no JSON.
const TEXT: &str = "some text";

impl Writer<'_> {
    /// One form of the body.
    pub(super) fn body(&mut self, body: &Body, form: usize) -> Result {
        let media = body.contents.get(form).ok_or(Unknown)?;
        let names = self.emitter.names.bodies.get(form).ok_or(Unknown)?;
        let mut argument = self.content(media, names)?;
        let media_type = media.one();
        if media.is_range {
            argument = quote!(#media_type, #argument);
        }
        if body.required {
            self.given.push(argument);
        } else {
            let name = ident(names.setter.as_str());
            self.setters.push(quote!(.#name(#argument)));
        }
        let is_multipart = matches!(media.content, Content::Multipart(_));
        if !is_multipart {
            self.expect("headers", "content-type", media_type);
        }
        Ok(())
    }

    fn content(&mut self, media: &Media, names: &BodyNames) -> Result<TokenStream> {
        let (key, ty) = match &media.content {
            Content::Json(ty) | Content::JsonLines(ty) => ("json", ty),
            Content::Form(ty, fields) => {
                let value = self.sent(&media.origin, ty, |_| true).ok_or(Unknown)?;
                self.form(&value, fields);
                self.arguments.insert("body".to_owned(), value);
                return Ok(quote!(&run.arg("body")));
            }
            Content::Multipart(parts) => return self.parts(parts, names),
            Content::JsonPatch => {
                let patch = json!([{"op": "replace", "path": "/name", "value": "some text"}]);
                self.request.insert("json".to_owned(), patch);
                return Ok(quote!(&run.body()));
            }
            Content::Text | Content::Events(_) | Content::Bytes => {
                self.request.insert("text".to_owned(), json!(TEXT));
                return Ok(quote!(#TEXT));
            }
        };
        let value = self.sent(&media.origin, ty, |_| true).ok_or(Unknown)?;
        self.request.insert(key.to_owned(), value);
        Ok(match media.content {
            Content::JsonLines(_) => quote!(&[run.body()]),
            // What is taken as whatever means it does not say what is decoded.
            _ => {
                let ty = self.emitter.cx.ty(ty);
                quote!(&run.body::<#ty>())
            }
        })
    }

    /// The first example at a place that fits and may be used, or a value for the type, as it is sent.
    fn sent(
        &mut self,
        place: &Pointer,
        ty: &Type,
        may_be: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let value = self.shown_that(place, ty, may_be)?;
        sent(self.emitter.cx.api, ty, &value)
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
    fn parts(&mut self, parts: &[Part], names: &BodyNames) -> Result<TokenStream> {
        let cx = self.emitter.cx;
        let mut values = Map::new();
        let (mut given, mut setters) = (Vec::new(), Vec::new());
        for (part, name) in parts.iter().zip(&names.parts) {
            let wire = &part.wire;
            let setter = ident(name.as_str());
            let (argument, value) = match part.files(cx.api) {
                Some(Files::One) => (quote!(#TEXT), Some(json!(TEXT))),
                Some(Files::Several) => (quote!([#TEXT]), Some(json!([TEXT]))),
                None => {
                    let of = cx.argument(&part.ty, &setter).turbofish();
                    // What is empty has no part.
                    let is_part = |value: &Value| !value.is_null() && *value != json!([]);
                    let value = self.sent(&part.origin, &part.ty, is_part);
                    (quote!(run.part #of(#wire)), value)
                }
            };
            match value {
                Some(value) => {
                    values.insert(wire.clone(), value);
                }
                None if part.required => return Err(Unknown),
                None => continue,
            }
            if part.required {
                given.push(argument);
            } else {
                setters.push(quote!(.#setter(#argument)));
            }
        }
        self.request
            .insert("parts".to_owned(), Value::Object(values));
        if parts.is_empty() {
            return Ok(quote!(rt::Multipart::new()));
        }
        let krate = super::krate(cx);
        let module = ident(cx.names.group(self.emitter.operation.group).module.as_str());
        let form = ident(names.form.as_str());
        Ok(quote!(#krate::api::#module::#form::new(#(#given),*) #(#setters)*))
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
