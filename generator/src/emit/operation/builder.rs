//! A request's builder: its setters, and what sends it.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::OperationContext;
use super::responses::Decoding;
use super::{bodies, parameters, responses};
use crate::emit::attributes;
use crate::emit::context::ident;
use crate::emit::docs::DocComment;
use crate::emit::types::arguments::argument;
use crate::tokens::Tokens;

/// The type.
pub(super) fn definition(op: &OperationContext<'_>) -> TokenStream {
    let builder = ident(op.names.builder.as_str());
    let group = op.cx.names.group(op.operation.group);
    let (group, method) = (group.type_name.plain(), op.names.method.as_str());
    // A link has no `r#`: what follows the `#` would be a place on the page.
    let link = match method.strip_prefix("r#") {
        Some(plain) => format!("[`{group}::{method}`]({group}::{plain})"),
        None => format!("[`{group}::{method}`]"),
    };
    let link = format!("A request for {link}: set what is optional, then `send` it.");
    let docs = DocComment::new().own(link).tokens();
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #builder { call: rt::Call }
    }
}

/// Its methods.
pub(super) fn methods(op: &OperationContext<'_>) -> Tokens {
    let builder = ident(op.names.builder.as_str());
    let mut implementation = Tokens::from(quote!(impl #builder));
    implementation.braces(|members| {
        for (index, parameter, name) in op.optional() {
            parameters::docs(op.cx, parameter, &name.to_string()).push_to(members);
            let deprecated = attributes::deprecated(&parameter.docs);
            let ty = argument(op.cx, &parameter.ty, &name).ty;
            let set = parameters::set(op, index, parameter, &name, &quote!(self.call));
            members.extend(quote! {
                #deprecated
                pub fn #name(mut self, #name: #ty) -> Self { #set self }
            });
        }
        for setter in bodies::setters(op) {
            members.extend(setter);
        }
        members.extend(send(op));
        for send in responses::other_methods(op) {
            members.extend(send);
        }
        members.extend(pages(op));
    });
    implementation
}

/// What differs for a single call.
pub(super) fn per_call(op: &OperationContext<'_>) -> TokenStream {
    let builder = ident(op.names.builder.as_str());
    quote! {
        impl rt::PerCall for #builder {
            fn call_mut(&mut self) -> &mut rt::Call {
                &mut self.call
            }
        }
    }
}

fn send(op: &OperationContext<'_>) -> TokenStream {
    let Decoding { ty, decode } = responses::success(op);
    let error = responses::failure(op);
    let (error_ty, error_decode) = (error.ty, error.decode);
    quote! {
        /// Sends the request.
        pub fn send(self) -> rt::Sending<#ty, #error_ty> {
            self.call.send(#decode, #error_decode)
        }
    }
}

fn pages(op: &OperationContext<'_>) -> TokenStream {
    let Some(pagination) = &op.operation.pagination else {
        return TokenStream::new();
    };
    let Decoding { ty, decode } = responses::success(op);
    let item = op.cx.ty(&pagination.item);
    let error = responses::failure(op);
    let (error_ty, error_decode) = (error.ty, error.decode);
    let table = op.pages_static();
    quote! {
        /// All items of all pages, in order; each page is asked for when its first item is.
        pub fn items(self) -> rt::Items<#item, #error_ty> {
            self.call.items(&#table, #error_decode)
        }

        /// All pages, in order; each is asked for when it is needed.
        pub fn pages(self) -> rt::Pages<#ty, #error_ty> {
            self.call.pages(&#table, #decode, #error_decode)
        }
    }
}
