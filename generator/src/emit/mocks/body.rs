//! The body of a request: what the test gives, and what must be on the wire.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::exchange::{Result, Writer, scalar};
use crate::emit::context::ident;
use crate::emit::forms::{Files, files};
use crate::model::{Body, Content, FormField, Media, Part, Place};
use crate::name::BodyNames;

impl Writer<'_> {
    /// One form of the body.
    pub(super) fn body(&mut self, body: &Body, form: usize) -> Result {
        let Some(media) = body.contents.get(form) else {
            return Err(());
        };
        let names = self.emitter.names;
        let Some(names) = names.bodies.get(form) else {
            return Err(());
        };
        let argument = self.content(media, names)?;
        if body.required {
            self.given.push(argument);
        } else {
            let name = ident(names.setter.as_str());
            self.setters.push(quote!(.#name(#argument)));
        }
        let mut parameters = self.emitter.operation.parameters.iter();
        let is_named = parameters.any(|parameter| {
            parameter.place == Place::Header && parameter.wire.eq_ignore_ascii_case("content-type")
        });
        let is_multipart = matches!(media.content, Content::Multipart(_));
        if !is_named && !is_multipart && !media.media_type.contains('*') {
            self.expect("headers", "content-type", &media.media_type);
        }
        Ok(())
    }

    fn content(&mut self, media: &Media, names: &BodyNames) -> Result<TokenStream> {
        let (key, ty) = match &media.content {
            Content::Json(ty) => ("json", ty),
            Content::JsonLines(ty) => ("lines", ty),
            Content::Form(ty, fields) => {
                let value = self.shown(&media.origin, ty).ok_or(())?;
                match pairs(&value, fields) {
                    Some(pairs) => {
                        self.value.insert("pairs".to_owned(), pairs);
                    }
                    None => self.unchecked.push("the form's fields".to_owned()),
                }
                ("form", ty)
            }
            Content::Multipart(parts) => return self.parts(parts, names),
            Content::Text | Content::Events(_) | Content::Bytes => {
                self.value.insert("text".to_owned(), json!("some text"));
                return Ok(quote!(run.text()));
            }
        };
        let value = self.shown(&media.origin, ty).ok_or(())?;
        self.value.insert(key.to_owned(), value);
        Ok(match media.content {
            Content::JsonLines(_) => quote!(&[run.body()]),
            _ => quote!(&run.body()),
        })
    }

    /// A form of parts: only their names are looked for on the wire.
    fn parts(&mut self, parts: &[Part], names: &BodyNames) -> Result<TokenStream> {
        let cx = self.emitter.cx;
        self.unchecked.push("the contents of parts".to_owned());
        let mut values = Map::new();
        let (mut given, mut setters) = (Vec::new(), Vec::new());
        for (part, name) in parts.iter().zip(&names.parts) {
            let wire = &part.wire;
            let setter = ident(name.as_str());
            let argument = match files(cx, part) {
                Some(Files::One) => quote!("some text"),
                Some(Files::Several) => quote!(["some text"]),
                None => {
                    let of = cx.argument(&part.ty, &setter).turbofish();
                    quote!(run.part #of(#wire))
                }
            };
            let value = match files(cx, part) {
                Some(_) => Some(Value::Null),
                // What is empty has no part.
                None => self
                    .sampler
                    .at(&part.origin, &part.ty)
                    .filter(|value| !value.is_null() && *value != json!([])),
            };
            match value {
                Some(value) => {
                    values.insert(wire.clone(), value);
                }
                None if part.required => return Err(()),
                None => continue,
            }
            if part.required {
                given.push(argument);
            } else {
                setters.push(quote!(.#setter(#argument)));
            }
        }
        self.value.insert("parts".to_owned(), Value::Object(values));
        if parts.is_empty() {
            return Ok(quote!(rt::Multipart::new()));
        }
        let krate = super::krate(cx);
        let module = ident(cx.names.group(self.emitter.operation.group).module.as_str());
        let form = ident(names.form.as_str());
        Ok(quote!(#krate::api::#module::#form::new(#(#given),*) #(#setters)*))
    }
}

/// A form's fields as they stand in the body, where that is plain.
fn pairs(value: &Value, fields: &[FormField]) -> Option<Value> {
    if !fields.is_empty() {
        return None;
    }
    let pairs = value.as_object()?.iter();
    pairs
        .map(|(key, value)| Some(json!([key, scalar(value)?])))
        .collect()
}
