//! What may come back from an operation: the success's type, and enums by status.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::context::OperationContext;
use super::{events, stream_flag, tables};
use crate::emit::context::ident;
use crate::emit::docs::{DocComment, code};
use crate::model::{Content, Outcome, Response, ResponseForm, ResponseFormKind, Status};

/// What a call comes to: the type, and the function that decodes it.
pub(super) struct Decoding {
    pub(super) ty: TokenStream,
    pub(super) decode: TokenStream,
}

impl Decoding {
    /// Where decoding takes more than the response, a call of it.
    fn with(ty: TokenStream, function: &TokenStream, more: &TokenStream) -> Self {
        let decode = if more.is_empty() {
            function.clone()
        } else {
            quote!(|raw| #function(raw, #more))
        };
        Self { ty, decode }
    }
}

/// What a success decodes to: one type, an option of it, or an enum where the statuses differ.
pub(super) fn success(op: &OperationContext<'_>) -> Decoding {
    match op.operation.outcome() {
        Outcome::Nothing => whole(op, None),
        Outcome::Always(content) => whole(op, Some(content)),
        Outcome::Sometimes(content, empty) => {
            let Decoding { ty, decode } = whole(op, Some(content));
            // That these have no body is HTTP's, and redirects are known to the runtime.
            let empty = empty.iter().filter_map(|status| match status {
                Status::Code(204 | 205) | Status::Class(_) | Status::Default => None,
                Status::Code(code) => (*code < 300).then(|| Literal::u16_unsuffixed(*code)),
            });
            Decoding {
                ty: quote!(::std::option::Option<#ty>),
                decode: quote!(|raw| rt::decode::or_none(raw, &[#(#empty),*], #decode)),
            }
        }
        Outcome::ByStatus => {
            let name = ident(op.names.success.as_str());
            Decoding {
                ty: quote!(#name),
                decode: quote!(#name::decode),
            }
        }
    }
}

/// What a whole body decodes to.
pub(super) fn whole(op: &OperationContext<'_>, content: Option<&Content>) -> Decoding {
    let (ty, decode) = match content {
        None => (quote!(()), quote!(rt::decode::empty)),
        Some(Content::Json(ty)) => (op.cx.ty(ty), quote!(rt::decode::json)),
        Some(Content::JsonPatch) => (quote!(rt::json::JsonPatch), quote!(rt::decode::json)),
        Some(Content::Text | Content::Form(..)) => {
            (quote!(::std::string::String), quote!(rt::decode::text))
        }
        Some(Content::Bytes | Content::Multipart(_)) => {
            (quote!(rt::bytes::Bytes), quote!(rt::decode::bytes))
        }
        Some(Content::Events(events)) => {
            let events = events::code(op.cx, events);
            let data = events.data;
            let ty = quote!(::std::vec::Vec<rt::Event<#data>>);
            return Decoding::with(ty, &events.whole.0, &events.whole.1);
        }
        Some(Content::JsonLines(ty)) => {
            let ty = op.cx.ty(ty);
            (quote!(::std::vec::Vec<#ty>), quote!(rt::decode::json_lines))
        }
    };
    Decoding { ty, decode }
}

/// A whole body, `raw`, decoded.
fn decoded(op: &OperationContext<'_>, content: Option<&Content>) -> TokenStream {
    if let Some(Content::Events(events)) = content {
        let (function, form) = events::code(op.cx, events).whole;
        let form = (!form.is_empty()).then(|| quote!(, #form));
        return quote!(#function(raw #form));
    }
    let decode = whole(op, content).decode;
    quote!(#decode(raw))
}

/// The methods that take the response in another way than `send`.
pub(super) fn other_methods(op: &OperationContext<'_>) -> Vec<TokenStream> {
    let forms = op.operation.response_forms();
    let named = forms.iter().zip(&op.names.response_forms);
    named
        .map(|(form, name)| other_method(op, form, &ident(name.as_str())))
        .collect()
}

fn other_method(op: &OperationContext<'_>, form: &ResponseForm<'_>, name: &Ident) -> TokenStream {
    let accept = &form.media.media_type;
    let (docs, ty, send) = taken(op, form);
    let mut docs = DocComment::new().own(docs);
    // What is asked for anyway need not be said again.
    let is_usual = tables::accept(op).split(", ").next() == Some(accept.as_str());
    let accept = (!is_usual).then(|| quote!(self.call.accept(#accept);));
    let streams = matches!(
        form.kind,
        ResponseFormKind::Events | ResponseFormKind::Lines
    );
    let flag = (streams && stream_flag::is_in_body(op.cx.api, op.operation)).then(|| {
        let flag = stream_flag::NAME;
        quote!(self.call.stream_flag(#flag);)
    });
    if flag.is_some() {
        docs = docs.own("The body says `\"stream\": true`, whatever it was given.");
    }
    let docs = docs.tokens();
    let receiver = if accept.is_some() || flag.is_some() {
        quote!(mut self)
    } else {
        quote!(self)
    };
    quote! {
        #docs
        pub fn #name(#receiver) -> #ty {
            #accept
            #flag
            self.call.#send
        }
    }
}

/// What a method says of such a form, the type that it gives, and the call that makes it.
fn taken(op: &OperationContext<'_>, form: &ResponseForm<'_>) -> (String, TokenStream, TokenStream) {
    let error = failure(op);
    let (error_ty, error_decode) = (error.ty, error.decode);
    let media_type = code(&form.media.media_type);
    match (form.kind, &form.media.content) {
        (ResponseFormKind::Events, Content::Events(events)) => {
            let events = events::code(op.cx, events);
            let (data, (method, form)) = (events.data, events.stream);
            let form = (!form.is_empty()).then(|| quote!(#form,));
            (
                format!("The events of the response ({media_type}), as they come."),
                quote!(rt::Events<#data, #error_ty>),
                quote!(#method(#form #error_decode)),
            )
        }
        (ResponseFormKind::Lines, Content::JsonLines(item)) => {
            let item = op.cx.ty(item);
            (
                format!("The values of the response ({media_type}), as they come."),
                quote!(rt::JsonLines<#item, #error_ty>),
                quote!(json_lines(#error_decode)),
            )
        }
        (ResponseFormKind::Stream, _) => (
            format!("Sends the request for {media_type}, to be read while it comes."),
            quote!(rt::Opening<#error_ty>),
            quote!(send_streaming(#error_decode)),
        ),
        (_, content) => {
            let Decoding { ty, decode } = whole(op, Some(content));
            (
                format!("Sends the request for {media_type}."),
                quote!(rt::Sending<#ty, #error_ty>),
                quote!(send(#decode, #error_decode)),
            )
        }
    }
}

pub(super) fn success_enum(op: &OperationContext<'_>) -> Vec<TokenStream> {
    if op.operation.outcome() != Outcome::ByStatus {
        return Vec::new();
    }
    let successes: Vec<&Response> = op.operation.successes().collect();
    let name = ident(op.names.success.as_str());
    let route = op.route();
    let docs = DocComment::new()
        .own(format!("The responses of {route}, by status."))
        .tokens();
    let variants = successes.iter().map(|response| {
        let docs = response_docs(response);
        let variant = status_variant(response.status);
        let ty = whole(op, response.content()).ty;
        if is_boxed(op, response) {
            quote!(#docs #variant(::std::boxed::Box<#ty>))
        } else {
            quote!(#docs #variant(#ty))
        }
    });
    let read = |response: &Response| {
        let variant = status_variant(response.status);
        let decode = decoded(op, response.content());
        let boxed = is_boxed(op, response).then(|| quote!(.map(::std::boxed::Box::new)));
        quote!(#decode #boxed.map(Self::#variant))
    };
    let arms = successes.iter().map(|response| {
        let (pattern, read) = (status_pattern(response.status), read(response));
        quote!(#pattern => #read)
    });
    // A status that the document does not have is the success whose body it is.
    let of_content = |has_content: bool| {
        let all = successes.iter();
        let found = all.filter(move |response| response.contents.is_empty() != has_content);
        let reads: Vec<_> = found.map(|response| read(response)).collect();
        reads
    };
    let with_body = of_content(true);
    let without = match of_content(false).first() {
        Some(read) => quote!(::std::option::Option::Some(|raw| #read)),
        None => quote!(::std::option::Option::None),
    };
    let definition = quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
    };
    let implementation = quote! {
        impl #name {
            fn decode(raw: &rt::RawResponse) -> ::std::result::Result<Self, rt::DecodeError> {
                match raw.status().as_u16() {
                    #(#arms,)*
                    _ => rt::decode::undocumented(raw, &[#(|raw| #with_body),*], #without),
                }
            }
        }
    };
    vec![definition, implementation]
}

/// Whether a body is so large that it goes behind a pointer in an enum by status, all of whose
/// values are as large as the largest.
fn is_boxed(op: &OperationContext<'_>, response: &Response) -> bool {
    matches!(response.content(), Some(Content::Json(ty)) if op.cx.facts.sizes.is_large_member(ty))
}

/// The documented errors that have a body of JSON or of text.
fn typed_failures<'a>(op: &OperationContext<'a>) -> Vec<&'a Response> {
    let failures = op.operation.failures();
    failures
        .filter(|response| matches!(response.content(), Some(Content::Json(_) | Content::Text)))
        .collect()
}

/// Whether errors have a type of their own.
pub(super) fn has_typed_failures(op: &OperationContext<'_>) -> bool {
    !typed_failures(op).is_empty()
}

pub(super) fn failure(op: &OperationContext<'_>) -> Decoding {
    if !has_typed_failures(op) {
        return Decoding {
            ty: quote!(rt::NoErrorBody),
            decode: quote!(rt::decode::no_error),
        };
    }
    let name = ident(op.names.error.as_str());
    Decoding {
        ty: quote!(#name),
        decode: quote!(#name::decode),
    }
}

pub(super) fn error_enum(op: &OperationContext<'_>) -> Vec<TokenStream> {
    let failures = typed_failures(op);
    if failures.is_empty() {
        return Vec::new();
    }
    let name = ident(op.names.error.as_str());
    let route = op.route();
    let docs = DocComment::new()
        .own(format!("The error bodies of {route}, by status."))
        .tokens();
    let variants = failures.iter().map(|response| {
        let docs = response_docs(response);
        let variant = status_variant(response.status);
        let ty = whole(op, response.content()).ty;
        if is_boxed(op, response) {
            quote!(#docs #variant(::std::boxed::Box<#ty>))
        } else {
            quote!(#docs #variant(#ty))
        }
    });
    let has_default = failures
        .iter()
        .any(|response| response.status == Status::Default);
    let read = |response: &Response| {
        let variant = status_variant(response.status);
        if response.content() == Some(&Content::Text) {
            quote!(raw.typed_text(Self::#variant))
        } else if is_boxed(op, response) {
            quote!(raw.typed(|body| Self::#variant(::std::boxed::Box::new(body))))
        } else {
            quote!(raw.typed(Self::#variant))
        }
    };
    let arms = failures.iter().map(|response| {
        let (pattern, read) = (status_pattern(response.status), read(response));
        quote!(#pattern => #read)
    });
    let rest =
        (!has_default).then(|| quote!(_ => ::std::result::Result::Ok(::std::option::Option::None)));
    let choice = match failures.as_slice() {
        [only] if has_default => read(only),
        _ => quote!(match raw.status().as_u16() { #(#arms,)* #rest }),
    };
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
                #choice
            }
        }
    };
    vec![definition, implementation]
}

fn response_docs(response: &Response) -> TokenStream {
    DocComment::new()
        .docs(&response.docs, &format!("Status {}", response.status))
        .tokens()
}

pub(super) fn status_variant(status: Status) -> Ident {
    ident(crate::name::status_variant(status).as_str())
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
