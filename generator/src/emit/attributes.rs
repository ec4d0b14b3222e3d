//! Attributes, turned into tokens in this one place.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use crate::model::{Api, Docs, TypeKind};

/// `#[deprecated]` where the document says so.
pub(super) fn deprecated(docs: &Docs) -> TokenStream {
    if docs.deprecated {
        quote!(#[deprecated])
    } else {
        TokenStream::new()
    }
}

/// What a generated crate's root says about itself.
///
/// The limit is for rustc's check of drops, which follows every type that a type can hold: a large
/// circle of types is deeper than the usual 128.
pub(super) fn crate_attributes(cx: &Context<'_>) -> TokenStream {
    // The tables and builders must touch what the document calls deprecated; only callers are
    // to be warned of it.
    let deprecated = has_deprecated(cx.api).then(|| quote!(#![allow(deprecated)]));
    let letters = letters(cx);
    let links = links_to_what_is_off(cx);
    quote! {
        #![recursion_limit = "1024"]
        #![forbid(unsafe_code)]
        #links
        #deprecated
        #letters
        #![allow(
            clippy::enum_variant_names,
            clippy::just_underscores_and_digits,
            clippy::large_enum_variant,
            clippy::module_inception,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            clippy::type_complexity,
            clippy::wrong_self_convention,
            reason = "names, sizes and numbers are the document's"
        )]
    }
}

/// Pages that list everything link to what may be off.
fn links_to_what_is_off(cx: &Context<'_>) -> Option<TokenStream> {
    let groups = cx.api.groups_with_ids();
    let groups: Vec<&str> = groups.map(|(id, _)| cx.feature(id)).collect();
    let all = match groups.as_slice() {
        [] => return None,
        [only] => quote!(feature = #only),
        several => quote!(all(#(feature = #several),*)),
    };
    Some(quote! {
        #![cfg_attr(
            not(#all),
            allow(rustdoc::broken_intra_doc_links, reason = "lists name what is off")
        )]
    })
}

/// What rustc would warn of, for every crate that has names of other letters than those of ASCII in
/// it: it looks at a crate's names as a whole, and only at its root for whether that is wanted.
pub(super) fn letters(cx: &Context<'_>) -> Option<TokenStream> {
    (!cx.names.are_ascii()).then(|| {
        quote! {
            #![allow(
                confusable_idents,
                mixed_script_confusables,
                non_camel_case_types,
                non_snake_case,
                non_upper_case_globals,
                reason = "letters and their case are the document's"
            )]
        }
    })
}

/// What only the transport with sockets has: on wasm32-unknown-unknown the runtime has no reqwest.
pub(super) fn where_reqwest_is() -> TokenStream {
    quote!(#[cfg(not(all(target_family = "wasm", target_os = "unknown")))])
}

/// Whether the crate has anything that callers are warned of.
pub(super) fn has_deprecated(api: &Api) -> bool {
    let in_types = api.types.iter().any(|def| {
        let in_fields = match &def.kind {
            TypeKind::Struct(record) => record.fields.iter().any(|field| field.docs.deprecated),
            _ => false,
        };
        in_fields || def.docs.deprecated
    });
    in_types
        || api.operations.iter().any(|operation| {
            operation.docs.deprecated
                || operation
                    .parameters
                    .iter()
                    .any(|parameter| parameter.docs.deprecated)
        })
}
