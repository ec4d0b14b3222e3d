//! The methods of a group's type that begin a request.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::bodies::Sent;
use super::context::OperationContext;
use super::{bodies, docs, parameters};
use crate::emit::attributes;
use crate::emit::context::ident;
use crate::emit::types::arguments::argument;
use crate::tokens::Tokens;

/// Adds the methods that begin a request: one for each form of a body that must be given.
pub(super) fn methods(op: &OperationContext<'_>, methods: &mut Tokens) {
    let docs = docs::method_docs(op);
    let Some(body) = op.operation.body.as_ref().filter(|body| body.required) else {
        let method = ident(op.names.method.as_str());
        docs.push_to(methods);
        methods.extend(begin(op, &method, None));
        return;
    };
    let mut docs = Some(docs);
    for (index, media) in body.contents.iter().enumerate() {
        let sent = bodies::sent(op, index, media);
        let docs = docs.take().unwrap_or_else(|| docs::variant_docs(op, media));
        sent.also(docs).push_to(methods);
        let method = op.method_name(index);
        methods.extend(begin(op, &method, Some(&sent)));
    }
}

/// The method with one form of the body.
fn begin(op: &OperationContext<'_>, method: &Ident, body: Option<&Sent>) -> TokenStream {
    let deprecated = attributes::deprecated(&op.operation.docs);
    let builder = ident(op.names.builder.as_str());
    let table = op.table_static();
    let required = op.required();
    let arguments = required.iter().map(|(_, parameter, name)| {
        let ty = argument(op.cx, &parameter.ty, name).ty;
        quote!(#name: #ty)
    });
    let sets: Vec<_> = required
        .iter()
        .map(|(index, parameter, name)| parameters::set(op, *index, parameter, name, &quote!(call)))
        .collect();
    let body_argument = body.map(Sent::arguments);
    let body_set = body.map(|sent| sent.set(&quote!(call)));
    let key = op.operation.idempotency_key.map(|index| {
        let table = op.param_static(index);
        quote!(call.idempotency_key(&#table);)
    });
    let start = if sets.is_empty() && body_set.is_none() && key.is_none() {
        quote!(#builder { call: self.client.call(&#table) })
    } else {
        quote! {
            let mut call = self.client.call(&#table);
            #(#sets)*
            #body_set
            #key
            #builder { call }
        }
    };
    let arguments = arguments.chain(body_argument);
    quote! {
        #deprecated
        pub fn #method(&self, #(#arguments),*) -> #builder { #start }
    }
}
