//! Operations: the table, the request's builder, and the enums of what may come back.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::context::{Context, ident};
use super::docs::{DocComment, code};
use super::{attributes, client};
use crate::model::{
    Content, Encoding, Method, Operation, OperationId, PageKind, Parameter, Place, Response, Status,
    Style, Type,
};
use crate::name::OperationNames;

/// What of an operation stands in its group's file.
pub(super) struct OperationItems {
    /// The method of the group's type.
    pub(super) method: TokenStream,
    /// Everything else.
    pub(super) items: Vec<TokenStream>,
}

pub(super) fn items(cx: &Context<'_>, id: OperationId) -> OperationItems {
    let operation = &cx.api.operations[id.index()];
    let emitter = Emitter { cx, operation, names: cx.names.operation(id) };
    let mut items = emitter.tables();
    items.push(emitter.builder());
    items.push(emitter.builder_methods());
    items.extend(emitter.success_enum());
    items.extend(emitter.error_enum());
    OperationItems { method: emitter.method(), items }
}

struct Emitter<'a> {
    cx: &'a Context<'a>,
    operation: &'a Operation,
    names: &'a OperationNames,
}

/// What a call answers with: the type, and the function that decodes it.
struct Answer {
    ty: TokenStream,
    decode: TokenStream,
}

impl Emitter<'_> {
    /// The name of a static: the operation's, and what it is.
    fn static_name(&self, suffix: &str) -> Ident {
        let base = heck::AsShoutySnakeCase(self.names.builder.plain()).to_string();
        let joint = if suffix.is_empty() { "" } else { "_" };
        let suffix = heck::AsShoutySnakeCase(suffix).to_string();
        Ident::new(&format!("{base}{joint}{suffix}"), Span::call_site())
    }

    fn param_static(&self, index: usize) -> Ident {
        let name = self.names.parameters.get(index).map_or("", |name| name.plain());
        self.static_name(&format!("{name}_param"))
    }

    fn tables(&self) -> Vec<TokenStream> {
        let operation = self.operation;
        let name = self.static_name("");
        let Operation { id, path, .. } = operation;
        let method = method(operation.method);
        let accept = self.accept();
        let security = operation.security.iter().map(|all| quote!(&[#(#all),*]));
        let servers = operation.servers.iter().map(client::server);
        let table = quote! {
            static #name: rt::Operation = rt::Operation {
                id: #id,
                method: rt::Method::#method,
                path: #path,
                accept: #accept,
                security: &[#(#security),*],
                servers: &[#(#servers),*],
            };
        };
        let params = operation.parameters.iter().enumerate().map(|(index, parameter)| {
            let name = self.param_static(index);
            let table = param(parameter);
            quote!(static #name: rt::Param = #table;)
        });
        let pages = operation.pagination.as_ref().map(|pagination| {
            let name = self.static_name("pages");
            let PageKind::Cursor { parameter, next } = &pagination.kind;
            let param = self.param_static(*parameter);
            let items = &pagination.items;
            quote! {
                static #name: rt::Pagination = rt::Pagination {
                    kind: rt::PageKind::Cursor { param: &#param, next: #next },
                    items: #items,
                };
            }
        });
        std::iter::once(table).chain(params).chain(pages).collect()
    }

    /// The media types that the answer may have, the success first.
    fn accept(&self) -> String {
        let mut accepted: Vec<&str> = Vec::new();
        for response in self.operation.successes().chain(self.operation.failures()) {
            if let Some((media_type, _)) = &response.body {
                if !accepted.contains(&media_type.as_str()) {
                    accepted.push(media_type);
                }
            }
        }
        if accepted.is_empty() { "*/*".to_owned() } else { accepted.join(", ") }
    }

    /// The parameters that the caller must give, with their arguments.
    fn required(&self) -> Vec<(usize, &Parameter, Ident)> {
        self.parameters(|parameter| parameter.required)
    }

    fn optional(&self) -> Vec<(usize, &Parameter, Ident)> {
        self.parameters(|parameter| !parameter.required)
    }

    fn parameters(&self, wanted: impl Fn(&Parameter) -> bool) -> Vec<(usize, &Parameter, Ident)> {
        self.operation
            .parameters
            .iter()
            .zip(&self.names.parameters)
            .enumerate()
            .filter(|(_, (parameter, _))| wanted(parameter))
            .map(|(index, (parameter, name))| (index, parameter, ident(name.as_str())))
            .collect()
    }

    /// The method of the group's type that begins a request.
    fn method(&self) -> TokenStream {
        let operation = self.operation;
        let docs = self.docs().tokens();
        let deprecated = attributes::deprecated(&operation.docs);
        let method = ident(self.names.method.as_str());
        let builder = ident(self.names.builder.as_str());
        let table = self.static_name("");
        let required = self.required();
        let arguments: Vec<_> = required
            .iter()
            .map(|(_, parameter, name)| {
                let ty = self.cx.argument(&parameter.ty, name).ty;
                quote!(#name: #ty)
            })
            .collect();
        let sets: Vec<_> = required
            .iter()
            .map(|(index, parameter, name)| self.set_param(*index, parameter, name, &quote!(call)))
            .collect();
        let body = operation.body.as_ref().filter(|body| body.required);
        let body_name = self.body_ident();
        let body_argument = body.map(|body| {
            let ty = self.body_type(&body.content);
            quote!(#body_name: #ty)
        });
        let body_set = body.map(|body| self.set_body(&body.content, &body.media_type, &body_name, &quote!(call)));
        let start = if sets.is_empty() && body_set.is_none() {
            quote!(#builder { call: self.client.call(&#table) })
        } else {
            quote! {
                let mut call = self.client.call(&#table);
                #(#sets)*
                #body_set
                #builder { call }
            }
        };
        let arguments = arguments.into_iter().chain(body_argument);
        quote! {
            #docs
            #deprecated
            pub fn #method(&self, #(#arguments),*) -> #builder { #start }
        }
    }

    fn docs(&self) -> DocComment {
        let operation = self.operation;
        let route = code(&format!("{} {}", operation.method.as_str(), operation.path));
        let mut docs = DocComment::new().docs(&operation.docs);
        docs = docs.or(|| format!("{route}."));
        docs = docs.own(route.clone());
        let failures: Vec<_> = operation
            .failures()
            .filter_map(|response| {
                let description = response.docs.description.as_deref().unwrap_or_default();
                let words = super::docs::markdown(description.lines().next().unwrap_or_default());
                let status = response.status;
                (!matches!(status, Status::Default) || response.body.is_some())
                    .then(|| if words.is_empty() { format!("- {status}") } else { format!("- {status}: {words}") })
            })
            .collect();
        if failures.is_empty() {
            return docs;
        }
        docs.own("# Errors").own(failures.join("\n"))
    }

    /// Writes a parameter into a call.
    fn set_param(
        &self,
        index: usize,
        parameter: &Parameter,
        name: &Ident,
        call: &TokenStream,
    ) -> TokenStream {
        let table = self.param_static(index);
        let argument = self.cx.argument(&parameter.ty, name);
        let (value, plain) = (argument.value, argument.plain);
        if value.to_string() == name.to_string() {
            quote!(#call.param(&#table, &#name);)
        } else {
            quote! {
                let #name: #plain = #value;
                #call.param(&#table, &#name);
            }
        }
    }

    /// The argument or setter of the body; operations without one have no name for it.
    fn body_ident(&self) -> Ident {
        let name = self.names.body.as_str();
        ident(if name.is_empty() { "body" } else { name })
    }

    fn body_type(&self, content: &Content) -> TokenStream {
        match content {
            Content::Json(ty) => {
                let ty = self.cx.ty(ty);
                quote!(&#ty)
            }
            Content::Text => quote!(impl ::std::convert::Into<::std::string::String>),
            Content::Bytes => quote!(impl ::std::convert::Into<rt::Body>),
        }
    }

    fn set_body(
        &self,
        content: &Content,
        media_type: &str,
        name: &Ident,
        call: &TokenStream,
    ) -> TokenStream {
        match content {
            Content::Json(_) if media_type == "application/json" => quote!(#call.json_body(#name);),
            Content::Json(_) => quote!(#call.json_body_as(#media_type, #name);),
            Content::Text => quote!(#call.body(#media_type, #name.into());),
            Content::Bytes => quote!(#call.body(#media_type, #name);),
        }
    }

    fn builder(&self) -> TokenStream {
        let builder = ident(self.names.builder.as_str());
        let group = self.cx.names.group(self.operation.group);
        let (group, method) = (group.type_name.plain(), self.names.method.as_str());
        let link = format!("A request of [`{group}::{method}`]: set what is optional, then `send` it.");
        let docs = DocComment::new().own(link).tokens();
        quote! {
            #docs
            #[derive(Debug)]
            #[must_use = "a request does nothing until it is sent"]
            pub struct #builder { call: rt::Call }
        }
    }

    fn builder_methods(&self) -> TokenStream {
        let builder = ident(self.names.builder.as_str());
        let setters = self.optional().into_iter().map(|(index, parameter, name)| {
            let docs = parameter_docs(parameter, &name.to_string()).tokens();
            let deprecated = attributes::deprecated(&parameter.docs);
            let ty = self.cx.argument(&parameter.ty, &name).ty;
            let set = self.set_param(index, parameter, &name, &quote!(self.call));
            quote! {
                #docs
                #deprecated
                pub fn #name(mut self, #name: #ty) -> Self { #set self }
            }
        });
        let body = self.operation.body.as_ref().filter(|body| !body.required).map(|body| {
            let docs = DocComment::new().docs(&body.docs).or(|| "The request's body.".to_owned());
            let docs = docs.tokens();
            let name = self.body_ident();
            let ty = self.body_type(&body.content);
            let set = self.set_body(&body.content, &body.media_type, &name, &quote!(self.call));
            quote!(#docs pub fn #name(mut self, #name: #ty) -> Self { #set self })
        });
        let send = self.send();
        let pages = self.pages();
        quote! {
            impl #builder {
                #(#setters)*
                #body

                /// How long the whole call may take, instead of the client's own limit.
                pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
                    self.call.timeout(timeout);
                    self
                }

                /// Adds a header to this request.
                pub fn header(mut self, name: &str, value: &str) -> Self {
                    self.call.header(name, value);
                    self
                }

                #send
                #pages
            }
        }
    }

    fn send(&self) -> TokenStream {
        let Answer { ty, decode } = self.answer();
        let error = self.error();
        let (error_ty, error_decode) = (error.ty, error.decode);
        quote! {
            /// Sends the request.
            pub fn send(self) -> rt::Sending<#ty, #error_ty> {
                self.call.send(#decode, #error_decode)
            }
        }
    }

    fn pages(&self) -> TokenStream {
        let Some(pagination) = &self.operation.pagination else { return TokenStream::new() };
        let Answer { ty, decode } = self.answer();
        let item = self.cx.ty(&pagination.item);
        let error = self.error();
        let (error_ty, error_decode) = (error.ty, error.decode);
        let table = self.static_name("pages");
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

    /// What a success decodes to: one type, or an enum where the statuses differ.
    fn answer(&self) -> Answer {
        let contents = distinct(self.operation.successes());
        match contents.as_slice() {
            [] => Answer { ty: quote!(()), decode: quote!(rt::decode::empty) },
            [only] => self.content(only.body.as_ref().map(|(_, content)| content)),
            _ => {
                let name = ident(self.names.success.as_str());
                Answer { ty: quote!(#name), decode: quote!(#name::decode) }
            }
        }
    }

    fn content(&self, content: Option<&Content>) -> Answer {
        match content {
            None => Answer { ty: quote!(()), decode: quote!(rt::decode::empty) },
            Some(Content::Json(ty)) => {
                Answer { ty: self.cx.ty(ty), decode: quote!(rt::decode::json) }
            }
            Some(Content::Text) => {
                Answer { ty: quote!(::std::string::String), decode: quote!(rt::decode::text) }
            }
            Some(Content::Bytes) => {
                Answer { ty: quote!(rt::bytes::Bytes), decode: quote!(rt::decode::bytes) }
            }
        }
    }

    fn success_enum(&self) -> Vec<TokenStream> {
        let successes: Vec<&Response> = self.operation.successes().collect();
        if distinct(successes.iter().copied()).len() < 2 {
            return Vec::new();
        }
        let name = ident(self.names.success.as_str());
        let route = code(&format!("{} {}", self.operation.method.as_str(), self.operation.path));
        let docs = DocComment::new().own(format!("The answers of {route}, by status.")).tokens();
        let variants = successes.iter().map(|response| {
            let docs = response_docs(response);
            let variant = status_variant(response.status);
            let ty = self.content(response.body.as_ref().map(|(_, content)| content)).ty;
            quote!(#docs #variant(#ty))
        });
        // Whatever is left of the successes is read as the last of them.
        let last = successes.len().saturating_sub(1);
        let arms = successes.iter().enumerate().map(|(index, response)| {
            let pattern = if index == last { quote!(_) } else { status_pattern(response.status) };
            let variant = status_variant(response.status);
            let decode = self.content(response.body.as_ref().map(|(_, content)| content)).decode;
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

    fn error(&self) -> Answer {
        if self.typed_failures().is_empty() {
            return Answer { ty: quote!(rt::NoErrorBody), decode: quote!(rt::decode::no_error) };
        }
        let name = ident(self.names.error.as_str());
        Answer { ty: quote!(#name), decode: quote!(#name::decode) }
    }

    fn error_enum(&self) -> Vec<TokenStream> {
        let failures = self.typed_failures();
        if failures.is_empty() {
            return Vec::new();
        }
        let name = ident(self.names.error.as_str());
        let route = code(&format!("{} {}", self.operation.method.as_str(), self.operation.path));
        let docs = DocComment::new().own(format!("The error bodies of {route}, by status.")).tokens();
        let variants = failures.iter().map(|(response, ty)| {
            let docs = response_docs(response);
            let variant = status_variant(response.status);
            let ty = self.cx.ty(ty);
            quote!(#docs #variant(#ty))
        });
        let has_default = failures.iter().any(|(response, _)| response.status == Status::Default);
        let arms = failures.iter().map(|(response, _)| {
            let pattern = status_pattern(response.status);
            let variant = status_variant(response.status);
            quote!(#pattern => raw.typed(Self::#variant))
        });
        let rest = (!has_default).then(|| quote!(_ => ::std::result::Result::Ok(::std::option::Option::None)));
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
        if !distinct.iter().any(|known| known.body.as_ref().map(|(_, content)| content) == content) {
            distinct.push(response);
        }
    }
    distinct
}

pub(super) fn parameter_docs(parameter: &Parameter, name: &str) -> DocComment {
    let wire = code(&parameter.wire);
    let mut docs = DocComment::new().docs(&parameter.docs);
    docs = docs.or(|| format!("The {} parameter {wire}.", parameter.place.as_str()));
    docs = docs.constraints(&parameter.constraints).default(parameter.default.as_ref());
    if parameter.wire != name.strip_prefix("r#").unwrap_or(name) {
        docs = docs.own(format!("{wire} in the {}.", parameter.place.as_str()));
    }
    docs
}

fn response_docs(response: &Response) -> TokenStream {
    DocComment::new().docs(&response.docs).or(|| format!("Status {}.", response.status)).tokens()
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

fn method(method: Method) -> Ident {
    let name = match method {
        Method::Get => "Get",
        Method::Put => "Put",
        Method::Post => "Post",
        Method::Delete => "Delete",
        Method::Options => "Options",
        Method::Head => "Head",
        Method::Patch => "Patch",
        Method::Trace => "Trace",
        Method::Query => "Query",
    };
    Ident::new(name, Span::call_site())
}

/// A parameter's table: its place's usual style, and what differs from it.
fn param(parameter: &Parameter) -> TokenStream {
    let wire = &parameter.wire;
    let (base, usual) = match parameter.place {
        Place::Path => (quote!(rt::Param::path(#wire)), (Style::Simple, false)),
        Place::Query => (quote!(rt::Param::query(#wire)), (Style::Form, true)),
        Place::Header => (quote!(rt::Param::header(#wire)), (Style::Simple, false)),
        Place::Cookie => (quote!(rt::Param::cookie(#wire)), (Style::Form, true)),
    };
    let Encoding::Style { style, explode, allow_reserved } = parameter.encoding else {
        return quote!(#base.style(rt::Style::Json));
    };
    let style_call = (style != usual.0).then(|| {
        let name = match style {
            Style::Simple => "Simple",
            Style::Label => "Label",
            Style::Matrix => "Matrix",
            Style::Form => "Form",
            Style::SpaceDelimited => "SpaceDelimited",
            Style::PipeDelimited => "PipeDelimited",
            Style::DeepObject => "DeepObject",
        };
        let name = Ident::new(name, Span::call_site());
        quote!(.style(rt::Style::#name))
    });
    let explode_call = (explode != usual.1).then(|| quote!(.explode(#explode)));
    let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#base #style_call #explode_call #reserved)
}
