//! One generated test: the call of an operation with what [`Exchange`] gives it, and how what comes
//! back is read.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::answers::status_variant;
use super::context::Context;
use super::context::ident;
use super::operation::Emitter;
use crate::examples::{Exchange, TEXT};
use crate::model::{Content, Files, Media, Outcome, Part};
use crate::name::BodyNames;
use crate::tokens::Tokens;

/// The test of an exchange.
pub(super) fn test(cx: &Context<'_>, exchange: &Exchange) -> Tokens {
    Emitter::new(cx, exchange.operation).test(exchange).into()
}

/// What is given to a method and set by those of its builder.
#[derive(Default)]
struct Given {
    arguments: Vec<TokenStream>,
    setters: Vec<TokenStream>,
}

impl Given {
    fn push(&mut self, is_required: bool, setter: &Ident, value: TokenStream) {
        if is_required {
            self.arguments.push(value);
        } else {
            self.setters.push(quote!(.#setter(#value)));
        }
    }
}

impl Emitter<'_> {
    fn test(&self, exchange: &Exchange) -> TokenStream {
        let form = exchange.form;
        let accessors = self.cx.accessor_calls(self.operation.group);
        let method = self.method_name(form);
        let function = ident(self.names.tests[form].as_str());
        let key = &exchange.key;
        let read = self.read(&self.cx.crate_ident());
        let Given { arguments, setters } = self.given(exchange);
        quote! {
            #[test]
            fn #function() {
                mock::check(EXCHANGES, #key, #read, |run| {
                    crate::client(run) #accessors .#method(#(#arguments),*) #(#setters)* .send()
                });
            }
        }
    }

    fn given(&self, exchange: &Exchange) -> Given {
        let mut given = Given::default();
        for index in &exchange.parameters {
            let parameter = &self.operation.parameters[*index];
            let name = self.names.parameters[*index].as_str();
            let setter = ident(name);
            let of = self.cx.argument(&parameter.ty, &setter).turbofish();
            given.push(parameter.required, &setter, quote!(run.arg #of(#name)));
        }
        if let Some(body) = &self.operation.body {
            let (media, names) = (
                &body.contents[exchange.form],
                &self.names.bodies[exchange.form],
            );
            let mut value = self.body_value(media, names, &exchange.parts);
            if media.is_range {
                let media_type = media.one();
                value = quote!(#media_type, #value);
            }
            given.push(body.required, &ident(names.setter.as_str()), value);
        }
        given
    }

    fn body_value(&self, media: &Media, names: &BodyNames, given: &[usize]) -> TokenStream {
        match &media.content {
            // What is taken as whatever means it does not say what is decoded.
            Content::Json(ty) => {
                let ty = self.cx.ty(ty);
                quote!(&run.body::<#ty>())
            }
            Content::JsonLines(_) => quote!(&[run.body()]),
            Content::JsonPatch => quote!(&run.body()),
            Content::Form(..) => quote!(&run.arg("body")),
            Content::Multipart(parts) if parts.is_empty() => quote!(rt::Multipart::new()),
            Content::Multipart(parts) => self.parts(parts, names, given),
            Content::Text | Content::Events(_) | Content::Bytes => quote!(#TEXT),
        }
    }

    fn parts(&self, parts: &[Part], names: &BodyNames, given: &[usize]) -> TokenStream {
        let cx = self.cx;
        let mut all = Given::default();
        for index in given {
            let (part, setter) = (&parts[*index], ident(names.parts[*index].as_str()));
            let value = match part.files(cx.api) {
                Some(Files::One) => quote!(#TEXT),
                Some(Files::Several) => quote!([#TEXT]),
                None => {
                    let of = cx.argument(&part.ty, &setter).turbofish();
                    let wire = &part.wire;
                    quote!(run.part #of(#wire))
                }
            };
            all.push(part.required, &setter, value);
        }
        let Given { arguments, setters } = all;
        let krate = cx.crate_ident();
        let module = ident(cx.names.group(self.operation.group).module.as_str());
        let form = ident(names.form.as_str());
        quote!(#krate::api::#module::#form::new(#(#arguments),*) #(#setters)*)
    }

    /// How a test reads what a success comes to: what differs from status to status by the enum of
    /// it.
    fn read(&self, krate: &Ident) -> TokenStream {
        match self.operation.outcome() {
            Outcome::Nothing => return reader(None),
            Outcome::Always(content) => return reader(Some(content)),
            Outcome::Sometimes(content, _) => {
                let read = reader(Some(content));
                return quote!(|answer: &Option<_>| answer.as_ref().and_then(#read));
            }
            Outcome::ByStatus => {}
        }
        let group = self.cx.names.group(self.operation.group);
        let module = ident(group.module.as_str());
        let name = ident(self.names.success.as_str());
        let arms = self.operation.successes().map(|response| {
            let variant = status_variant(response.status);
            let read = reader(response.content());
            quote!(#krate::api::#module::#name::#variant(it) => #read(it))
        });
        quote!(|answer| match answer { #(#arms,)* _ => None })
    }
}

fn reader(content: Option<&Content>) -> TokenStream {
    match content {
        Some(Content::Json(_) | Content::JsonPatch | Content::JsonLines(_)) => quote!(mock::json),
        Some(Content::Events(_)) => quote!(mock::events),
        Some(_) => quote!(mock::text),
        None => quote!(mock::opaque),
    }
}
