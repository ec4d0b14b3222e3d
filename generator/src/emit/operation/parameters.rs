//! A parameter: how it is written into a call, and what is said of it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::OperationContext;
use crate::emit::context::Context;
use crate::emit::docs::{DocComment, code, demands, words_behind};
use crate::emit::types::arguments::argument;
use crate::model::Parameter;

/// Writes a parameter into a call.
pub(super) fn set(
    op: &OperationContext<'_>,
    index: usize,
    parameter: &Parameter,
    name: &Ident,
    call: &TokenStream,
) -> TokenStream {
    let table = op.param_static(index);
    let argument = argument(op.cx, &parameter.ty, name);
    let (value, plain) = (argument.value, argument.plain);
    if *name == value.to_string() {
        quote!(#call.param(&#table, &#name);)
    } else {
        quote! {
            let #name: #plain = #value;
            #call.param(&#table, &#name);
        }
    }
}

/// What stands at its setter.
pub(super) fn docs(cx: &Context<'_>, parameter: &Parameter, name: &str) -> DocComment {
    let wire = code(&parameter.wire);
    let mut docs = DocComment::new().docs(&parameter.docs, &parameter.wire);
    if docs.is_empty() {
        docs = docs.prose(words_behind(cx, &parameter.ty));
    }
    docs = docs
        .constraints(&demands(cx, &parameter.ty, &parameter.constraints))
        .default(parameter.default.as_ref());
    if parameter.wire != name.strip_prefix("r#").unwrap_or(name) {
        docs = docs.fact(format!("{wire} in the {}.", parameter.place.as_str()));
    }
    docs
}
