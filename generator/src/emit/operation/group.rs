//! A group's file: the type with a method for each operation, and the operations' own items.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::OperationContext;
use super::{items, method};
use crate::emit::context::{Context, ident};
use crate::emit::docs::{DocComment, code};
use crate::model::{Group, GroupId};
use crate::tokens::Tokens;

/// `src/api/….rs`.
pub(crate) fn file(cx: &Context<'_>, id: GroupId) -> Vec<Tokens> {
    let group = &cx.api.groups[id.index()];
    let name = ident(cx.names.group(id).type_name.as_str());
    let mut definition = Tokens::default();
    docs(group).push_to(&mut definition);
    // What only leads to others has nothing to send where those are off.
    let unused = group.operations.is_empty().then(|| {
        quote!(#[allow(dead_code, reason = "read by groups within this one, which may all be off")])
    });
    definition.extend(quote! {
        #[derive(Clone, Debug)]
        pub struct #name { #unused client: rt::Client }
    });
    let mut implementation = Tokens::from(quote!(impl #name));
    implementation.braces(|methods| {
        methods.extend(quote! {
            pub(crate) fn new(client: rt::Client) -> Self {
                Self { client }
            }
        });
        for (inner, group) in cx.groups_within(id) {
            methods.extend(accessor(cx, inner, group, &quote!(client)));
        }
        for operation in &group.operations {
            method::methods(&OperationContext::new(cx, *operation), methods);
        }
    });
    let mut items = vec![definition, implementation];
    for operation in &group.operations {
        items.extend(items::items(&OperationContext::new(cx, *operation)));
    }
    let mentions_types = items.iter().any(|item| item.uses("types"));
    let use_types = mentions_types.then(|| {
        quote!(
            use crate::types;
        )
    });
    let imports = std::iter::once(quote!(
        use clientsmith_runtime::support as rt;
    ))
    .chain(use_types);
    imports.map(Tokens::from).chain(items).collect()
}

/// The method that leads to a group, of what holds the client in a field of this name.
pub(crate) fn accessor(
    cx: &Context<'_>,
    id: GroupId,
    group: &Group,
    client: &TokenStream,
) -> TokenStream {
    let docs = docs(group).tokens();
    let cfg = cx.group_cfg(id);
    let names = cx.names.group(id);
    let accessor = ident(names.accessor.as_str());
    let name = ident(names.type_name.as_str());
    quote! {
        #docs
        #cfg
        #[must_use]
        pub fn #accessor(&self) -> crate::api::#name {
            crate::api::#name::new(self.#client.clone())
        }
    }
}

/// What stands at the group's type, its module and the method that leads to it.
pub(crate) fn docs(group: &Group) -> DocComment {
    let tag = group.tag.as_deref().unwrap_or_default();
    let docs = DocComment::new().docs(&group.docs, tag);
    match &group.tag {
        Some(tag) => docs.or(|| format!("The operations tagged {}.", code(tag))),
        None if group.resource.is_empty() => docs.or(|| "The operations without a tag.".to_owned()),
        None => docs.or(|| format!("The operations on {}.", code(&group.resource.join("/")))),
    }
}
