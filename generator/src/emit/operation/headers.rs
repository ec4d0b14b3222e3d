//! Response headers: a view of them for each operation that documents any.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::OperationContext;
use crate::emit::attributes;
use crate::emit::context::ident;
use crate::emit::docs::{DocComment, code};

/// The type of the documented headers, if there are any.
pub(super) fn items(op: &OperationContext<'_>) -> Vec<TokenStream> {
    let headers = op.operation.response_headers();
    if headers.is_empty() {
        return Vec::new();
    }
    let name = ident(op.names.headers.as_str());
    let route = op.route();
    let docs = DocComment::new()
        .own(format!("The headers that responses of {route} can have."))
        .tokens();
    let methods = headers
        .iter()
        .zip(&op.names.header_methods)
        .map(|(header, name)| {
            let wire = header.wire.to_ascii_lowercase();
            let mut docs = DocComment::new().docs(&header.docs, &header.wire);
            docs = docs.or(|| format!("The header {}.", code(&header.wire)));
            let docs = docs.tokens();
            let deprecated = attributes::deprecated(&header.docs);
            let name = ident(name.as_str());
            let ty = op.cx.ty(&header.ty);
            quote! {
                #docs
                #deprecated
                pub fn #name(&self) -> rt::HeaderResult<#ty> {
                    rt::header_as(self.0, #wire)
                }
            }
        });
    let definition = quote! {
        #docs
        #[derive(Clone, Copy, Debug)]
        pub struct #name<'h>(&'h rt::http::HeaderMap);
    };
    let implementation = quote! {
        impl<'h> #name<'h> {
            /// The headers of a response or of an error; each is read when it is asked for.
            #[must_use]
            pub fn of(headers: &'h rt::http::HeaderMap) -> Self {
                Self(headers)
            }

            #(#methods)*
        }
    };
    vec![definition, implementation]
}
