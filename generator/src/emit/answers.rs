//! What may come back from an operation: the success's type, and enums by status.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::context::ident;
use super::docs::{DocComment, code};
use super::operation::Emitter;
use crate::model::{Content, Response, Status, Type};

/// What a call answers with: the type, and the function that decodes it.
pub(super) struct Answer {
    pub(super) ty: TokenStream,
    pub(super) decode: TokenStream,
}

impl Emitter<'_> {
    /// What a success decodes to: one type, or an enum where the statuses differ.
    pub(super) fn answer(&self) -> Answer {
        let contents = distinct(self.operation.successes());
        match contents.as_slice() {
            [] => Answer {
                ty: quote!(()),
                decode: quote!(rt::decode::empty),
            },
            [only] => self.content(only.body.as_ref().map(|(_, content)| content)),
            _ => {
                let name = ident(self.names.success.as_str());
                Answer {
                    ty: quote!(#name),
                    decode: quote!(#name::decode),
                }
            }
        }
    }

    fn content(&self, content: Option<&Content>) -> Answer {
        match content {
            None => Answer {
                ty: quote!(()),
                decode: quote!(rt::decode::empty),
            },
            Some(Content::Json(ty)) => Answer {
                ty: self.cx.ty(ty),
                decode: quote!(rt::decode::json),
            },
            Some(Content::Text) => Answer {
                ty: quote!(::std::string::String),
                decode: quote!(rt::decode::text),
            },
            Some(Content::Bytes) => Answer {
                ty: quote!(rt::bytes::Bytes),
                decode: quote!(rt::decode::bytes),
            },
        }
    }

    pub(super) fn success_enum(&self) -> Vec<TokenStream> {
        let successes: Vec<&Response> = self.operation.successes().collect();
        if distinct(successes.iter().copied()).len() < 2 {
            return Vec::new();
        }
        let name = ident(self.names.success.as_str());
        let route = code(&format!(
            "{} {}",
            self.operation.method.as_str(),
            self.operation.path
        ));
        let docs = DocComment::new()
            .own(format!("The answers of {route}, by status."))
            .tokens();
        let variants = successes.iter().map(|response| {
            let docs = response_docs(response);
            let variant = status_variant(response.status);
            let ty = self
                .content(response.body.as_ref().map(|(_, content)| content))
                .ty;
            quote!(#docs #variant(#ty))
        });
        // Whatever is left of the successes is read as the last of them.
        let last = successes.len().saturating_sub(1);
        let arms = successes.iter().enumerate().map(|(index, response)| {
            let pattern = if index == last {
                quote!(_)
            } else {
                status_pattern(response.status)
            };
            let variant = status_variant(response.status);
            let decode = self
                .content(response.body.as_ref().map(|(_, content)| content))
                .decode;
            quote!(#pattern => #decode(raw).map(Self::#variant))
        });
        let definition = quote! {
            #docs
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum #name { #(#variants),* }
        };
        let implementation = quote! {
            impl #name {
                fn decode(raw: &rt::RawResponse) -> ::std::result::Result<Self, rt::DecodeError> {
                    match raw.status().as_u16() { #(#arms),* }
                }
            }
        };
        vec![definition, implementation]
    }

    /// The documented errors that have a body of JSON.
    fn typed_failures(&self) -> Vec<(&Response, &Type)> {
        self.operation
            .failures()
            .filter_map(|response| match &response.body {
                Some((_, Content::Json(ty))) => Some((response, ty)),
                _ => None,
            })
            .collect()
    }

    pub(super) fn error(&self) -> Answer {
        if self.typed_failures().is_empty() {
            return Answer {
                ty: quote!(rt::NoErrorBody),
                decode: quote!(rt::decode::no_error),
            };
        }
        let name = ident(self.names.error.as_str());
        Answer {
            ty: quote!(#name),
            decode: quote!(#name::decode),
        }
    }

    pub(super) fn error_enum(&self) -> Vec<TokenStream> {
        let failures = self.typed_failures();
        if failures.is_empty() {
            return Vec::new();
        }
        let name = ident(self.names.error.as_str());
        let route = code(&format!(
            "{} {}",
            self.operation.method.as_str(),
            self.operation.path
        ));
        let docs = DocComment::new()
            .own(format!("The error bodies of {route}, by status."))
            .tokens();
        let variants = failures.iter().map(|(response, ty)| {
            let docs = response_docs(response);
            let variant = status_variant(response.status);
            let ty = self.cx.ty(ty);
            quote!(#docs #variant(#ty))
        });
        let has_default = failures
            .iter()
            .any(|(response, _)| response.status == Status::Default);
        let arms = failures.iter().map(|(response, _)| {
            let pattern = status_pattern(response.status);
            let variant = status_variant(response.status);
            quote!(#pattern => raw.typed(Self::#variant))
        });
        let rest = (!has_default)
            .then(|| quote!(_ => ::std::result::Result::Ok(::std::option::Option::None)));
        let definition = quote! {
            #docs
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum #name { #(#variants),* }
        };
        let implementation = quote! {
            impl #name {
                fn decode(
                    raw: &rt::RawResponse,
                ) -> ::std::result::Result<::std::option::Option<Self>, rt::DecodeError> {
                    match raw.status().as_u16() { #(#arms,)* #rest }
                }
            }
        };
        vec![definition, implementation]
    }
}

/// The responses whose contents differ.
fn distinct<'r>(responses: impl Iterator<Item = &'r Response>) -> Vec<&'r Response> {
    let mut distinct: Vec<&Response> = Vec::new();
    for response in responses {
        let content = response.body.as_ref().map(|(_, content)| content);
        if !distinct
            .iter()
            .any(|known| known.body.as_ref().map(|(_, content)| content) == content)
        {
            distinct.push(response);
        }
    }
    distinct
}

fn response_docs(response: &Response) -> TokenStream {
    DocComment::new()
        .docs(&response.docs)
        .or(|| format!("Status {}.", response.status))
        .tokens()
}

fn status_variant(status: Status) -> Ident {
    let name = match status {
        Status::Code(code) => format!("Status{code}"),
        Status::Class(class) => format!("Status{class}xx"),
        Status::Default => "Default".to_owned(),
    };
    Ident::new(&name, Span::call_site())
}

fn status_pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Class(class) => {
            let first = proc_macro2::Literal::u16_unsuffixed(u16::from(class) * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(u16::from(class) * 100 + 99);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}
