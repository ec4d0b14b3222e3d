//! The body of a request: what the test gives, and what must be on the wire.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value, json};

use super::exchange::{Result, Unknown, Writer};
use super::parameters::scalar;
use crate::emit::context::ident;
use crate::model::{Body, Content, Files, FormField, Media, Part};
use crate::name::BodyNames;

/// What a body, or a part of one, is that is no JSON.
const TEXT: &str = "some text";

impl Writer<'_> {
    /// One form of the body.
    pub(super) fn body(&mut self, body: &Body, form: usize) -> Result {
        let media = body.contents.get(form).ok_or(Unknown)?;
        let names = self.emitter.names.bodies.get(form).ok_or(Unknown)?;
        let argument = self.content(media, names)?;
        if body.required {
            self.given.push(argument);
        } else {
            let name = ident(names.setter.as_str());
            self.setters.push(quote!(.#name(#argument)));
        }
        let is_multipart = matches!(media.content, Content::Multipart(_));
        if !is_multipart && !media.media_type.contains('*') {
            self.expect("headers", "content-type", &media.media_type);
        }
        Ok(())
    }

    fn content(&mut self, media: &Media, names: &BodyNames) -> Result<TokenStream> {
        let (key, ty) = match &media.content {
            Content::Json(ty) | Content::JsonLines(ty) => ("json", ty),
            Content::Form(ty, fields) => {
                let value = self.shown(&media.origin, ty).ok_or(Unknown)?;
                match pairs(&value, fields) {
                    Some(pairs) => {
                        self.request.insert("form".to_owned(), pairs);
                    }
                    None => {
                        self.request.insert("open_body".to_owned(), json!(true));
                        self.unchecked.push("the form".to_owned());
                    }
                }
                self.arguments.insert("body".to_owned(), value);
                return Ok(quote!(&run.arg("body")));
            }
            Content::Multipart(parts) => return self.parts(parts, names),
            Content::Text | Content::Events(_) | Content::Bytes => {
                self.request.insert("text".to_owned(), json!(TEXT));
                return Ok(quote!(#TEXT));
            }
        };
        let value = self.shown(&media.origin, ty).ok_or(Unknown)?;
        self.request.insert(key.to_owned(), value);
        Ok(match media.content {
            Content::JsonLines(_) => quote!(&[run.body()]),
            _ => quote!(&run.body()),
        })
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
                    let value = self.shown_that(&part.origin, &part.ty, is_part);
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

/// A form's fields as they stand in the body, where that is plain.
fn pairs(value: &Value, fields: &[FormField]) -> Option<Value> {
    if !fields.is_empty() {
        return None;
    }
    let members = value.as_object()?.iter();
    let text = |value: &Value| match value {
        Value::Array(items) => items.iter().map(scalar).collect::<Option<Value>>(),
        value => scalar(value).map(Value::String),
    };
    let pairs = members.map(|(key, value)| Some((key.clone(), text(value)?)));
    pairs.collect::<Option<Map<_, _>>>().map(Value::Object)
}
