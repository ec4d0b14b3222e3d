//! One generated test: the call of an operation with what [`Exchange`] gives it, and how what comes
//! back is read.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::OperationContext;
use super::responses::status_variant;
use crate::emit::context::{Context, ident};
use crate::emit::types::arguments::argument;
use crate::examples::{Exchange, TEXT};
use crate::model::{Content, Files, Media, Outcome, Part};
use crate::name::BodyNames;
use crate::tokens::Tokens;

/// The test of an exchange.
pub(crate) fn test(cx: &Context<'_>, exchange: &Exchange) -> Tokens {
    code(&OperationContext::new(cx, exchange.operation), exchange).into()
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

fn code(op: &OperationContext<'_>, exchange: &Exchange) -> TokenStream {
    let form = exchange.form;
    let accessors = op.cx.accessor_calls(op.operation.group);
    let method = op.method_name(form);
    let function = ident(op.names.tests[form].as_str());
    let key = &exchange.key;
    let read = read(op, &op.cx.crate_ident());
    let Given { arguments, setters } = given(op, exchange);
    quote! {
        #[test]
        fn #function() {
            mock::check(EXCHANGES, #key, #read, |run| {
                crate::client(run) #accessors .#method(#(#arguments),*) #(#setters)* .send()
            });
        }
    }
}

fn given(op: &OperationContext<'_>, exchange: &Exchange) -> Given {
    let mut given = Given::default();
    for index in &exchange.parameters {
        let parameter = &op.operation.parameters[*index];
        let name = op.names.parameters[*index].as_str();
        let setter = ident(name);
        let of = argument(op.cx, &parameter.ty, &setter).turbofish();
        given.push(parameter.required, &setter, quote!(run.arg #of(#name)));
    }
    if let Some(body) = &op.operation.body {
        let (media, names) = (
            &body.contents[exchange.form],
            &op.names.bodies[exchange.form],
        );
        let mut value = body_value(op, media, names, &exchange.parts);
        if media.is_range {
            let media_type = media.one();
            value = quote!(#media_type, #value);
        }
        given.push(body.required, &ident(names.setter.as_str()), value);
    }
    given
}

fn body_value(
    op: &OperationContext<'_>,
    media: &Media,
    names: &BodyNames,
    given: &[usize],
) -> TokenStream {
    match &media.content {
        // What is taken as whatever means it does not say what is decoded.
        Content::Json(ty) => {
            let ty = op.cx.ty(ty);
            quote!(&run.body::<#ty>())
        }
        Content::JsonLines(_) => quote!(&[run.body()]),
        Content::JsonPatch => quote!(&run.body()),
        Content::Form(..) => quote!(&run.arg("body")),
        Content::Multipart(parts) if parts.is_empty() => quote!(rt::Multipart::new()),
        Content::Multipart(parts) => form_value(op, parts, names, given),
        Content::Text | Content::Events(_) | Content::Bytes => quote!(#TEXT),
    }
}

fn form_value(
    op: &OperationContext<'_>,
    parts: &[Part],
    names: &BodyNames,
    given: &[usize],
) -> TokenStream {
    let cx = op.cx;
    let mut all = Given::default();
    for index in given {
        let (part, setter) = (&parts[*index], ident(names.parts[*index].as_str()));
        let value = match part.files(cx.api) {
            Some(Files::One) => quote!(#TEXT),
            Some(Files::Several) => quote!([#TEXT]),
            None => {
                let of = argument(cx, &part.ty, &setter).turbofish();
                let wire = &part.wire;
                quote!(run.part #of(#wire))
            }
        };
        all.push(part.required, &setter, value);
    }
    let Given { arguments, setters } = all;
    let krate = cx.crate_ident();
    let module = ident(cx.names.group(op.operation.group).module.as_str());
    let form = ident(names.form.as_str());
    quote!(#krate::api::#module::#form::new(#(#arguments),*) #(#setters)*)
}

/// How a test reads what a success comes to: what differs from status to status by the enum of
/// it.
fn read(op: &OperationContext<'_>, krate: &Ident) -> TokenStream {
    match op.operation.outcome() {
        Outcome::Nothing => return reader(None),
        Outcome::Always(content) => return reader(Some(content)),
        Outcome::Sometimes(content, _) => {
            let read = reader(Some(content));
            return quote!(|answer: &Option<_>| answer.as_ref().and_then(#read));
        }
        Outcome::ByStatus => {}
    }
    let group = op.cx.names.group(op.operation.group);
    let module = ident(group.module.as_str());
    let name = ident(op.names.success.as_str());
    let arms = op.operation.successes().map(|response| {
        let variant = status_variant(response.status);
        let read = reader(response.content());
        quote!(#krate::api::#module::#name::#variant(it) => #read(it))
    });
    quote!(|answer| match answer { #(#arms,)* _ => None })
}

fn reader(content: Option<&Content>) -> TokenStream {
    match content {
        Some(Content::Json(_) | Content::JsonPatch | Content::JsonLines(_)) => quote!(mock::json),
        Some(Content::Events(_)) => quote!(mock::events),
        Some(_) => quote!(mock::text),
        None => quote!(mock::opaque),
    }
}
