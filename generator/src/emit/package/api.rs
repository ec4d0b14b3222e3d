//! The module `api`: a module for each group of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::index;
use crate::emit::context::{Context, ident};
use crate::emit::docs::DocComment;
use crate::emit::operation::group;

/// `src/api.rs`.
pub(crate) fn file(cx: &Context<'_>) -> Vec<TokenStream> {
    let docs = DocComment::new()
        .own("The operations, a module for each group of them.")
        .own("Each begins at a method of [`Client`](crate::Client).");
    let docs = if index::is_on_first_page(cx) {
        docs
    } else {
        docs.own("# Operations").own(index::every(cx, "self::"))
    };
    let docs = docs.inner_tokens();
    let mut modules = Vec::new();
    let mut exports = Vec::new();
    for (id, group) in cx.api.groups_with_ids() {
        let names = cx.names.group(id);
        let cfg = cx.group_cfg(id);
        let module = ident(names.module.as_str());
        let name = ident(names.type_name.as_str());
        let docs = group::docs(group).tokens();
        modules.push(quote!(#docs #cfg pub mod #module;));
        exports.push(quote!(#cfg pub use self::#module::#name;));
    }
    std::iter::once(docs)
        .chain(modules)
        .chain(exports)
        .collect()
}
