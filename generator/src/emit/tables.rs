//! The statics of an operation: its table, its parameters' and its pages'.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, ident};
use super::operation::Emitter;
use super::{client, rules};
use crate::model::{
    Encoding, Method, Operation, PageKind, Pagination, Parameter, Place, Sent, Status, Style,
};

impl Emitter<'_> {
    /// The table of the operation.
    pub(super) fn table_static(&self) -> Ident {
        ident(self.names.statics.table.as_str())
    }

    /// The table of a parameter.
    pub(super) fn param_static(&self, index: usize) -> Ident {
        ident(self.names.statics.parameters[index].as_str())
    }

    /// How the operation's pages follow one another.
    pub(super) fn pages_static(&self) -> Ident {
        ident(self.names.statics.pages.as_str())
    }

    /// The fields of a form of the body.
    pub(super) fn fields_static(&self, form: usize) -> Ident {
        ident(self.names.statics.fields[form].as_str())
    }

    pub(super) fn tables(&self) -> Vec<TokenStream> {
        let operation = self.operation;
        let name = self.table_static();
        let Operation { id, path, .. } = operation;
        let method = method(&operation.method);
        let accept = self.accept();
        let security = operation.security.iter().map(|all| quote!(&[#(#all),*]));
        let servers = operation.servers.iter().map(client::server);
        let answers = operation.successes().map(|response| {
            proc_macro2::Literal::u16_unsuffixed(match response.status {
                Status::Code(code) => code,
                Status::Class(class) => class.into(),
                Status::Default => 0,
            })
        });
        let mut statuses = operation.responses.iter().map(|response| response.status);
        let has_default = statuses.any(|status| status == Status::Default);
        let table = quote! {
            static #name: rt::Operation = rt::Operation {
                id: #id,
                method: #method,
                path: #path,
                accept: #accept,
                security: &[#(#security),*],
                servers: &[#(#servers),*],
                answers: &[#(#answers),*],
                default: #has_default,
            };
        };
        let params = operation
            .parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| {
                let name = self.param_static(index);
                let table = param(self.cx, parameter);
                quote!(static #name: rt::Param = #table;)
            });
        let pages = operation
            .pagination
            .as_ref()
            .map(|pages| self.pages_table(pages));
        let forms = self.form_tables();
        std::iter::once(table)
            .chain(params)
            .chain(pages)
            .chain(forms)
            .collect()
    }

    fn pages_table(&self, pagination: &Pagination) -> TokenStream {
        let name = self.pages_static();
        let items = &pagination.items;
        let sent = pagination.kind.sent().map(|sent| match sent {
            Sent::Parameter(index) => {
                let param = self.param_static(*index);
                quote!(&#param)
            }
            Sent::Body(pointer) => quote!(&rt::Param::body(#pointer)),
        });
        let kind = match &pagination.kind {
            PageKind::Cursor { next, .. } => quote!(Cursor { param: #sent, next: #next }),
            PageKind::LastItem { id, .. } => quote!(LastItem { param: #sent, id: #id }),
            PageKind::Offset { first, total, .. } => {
                let (first, total) = (number(*first), optional(total.as_deref()));
                quote!(Offset { offset: #sent, first: #first, total: #total })
            }
            PageKind::PageNumber {
                first,
                current,
                pages,
                total,
                ..
            } => {
                let first = match first.map(number) {
                    Some(first) => quote!(::std::option::Option::Some(#first)),
                    None => optional(None),
                };
                let [current, pages, total] =
                    [current, pages, total].map(|at| optional(at.as_deref()));
                quote! {
                    PageNumber {
                        page: #sent, first: #first, current: #current, pages: #pages, total: #total
                    }
                }
            }
            PageKind::NextLink { next } => quote!(NextLink { next: #next }),
            PageKind::LinkHeader => quote!(LinkHeader),
        };
        let more = optional(pagination.more.as_deref());
        quote! {
            static #name: rt::Pagination = rt::Pagination {
                kind: rt::PageKind::#kind,
                items: #items,
                more: #more,
            };
        }
    }

    /// The media types that the answer may have, the success first.
    pub(super) fn accept(&self) -> String {
        let mut accepted: Vec<&str> = Vec::new();
        for response in self.operation.successes().chain(self.operation.failures()) {
            if let Some(media) = response.contents.first()
                && !accepted.contains(&media.media_type.as_str())
            {
                accepted.push(&media.media_type);
            }
        }
        if accepted.is_empty() {
            "*/*".to_owned()
        } else {
            accepted.join(", ")
        }
    }
}

fn number(number: u64) -> proc_macro2::Literal {
    proc_macro2::Literal::u64_unsuffixed(number)
}

fn optional(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(::std::option::Option::Some(#text)),
        None => quote!(::std::option::Option::None),
    }
}

fn method(method: &Method) -> TokenStream {
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
        Method::Other(name) => return quote!(rt::Method::Other(#name)),
    };
    let name = ident(name);
    quote!(rt::Method::#name)
}

/// A parameter's table: its place's usual style, and what differs from it.
fn param(cx: &Context<'_>, parameter: &Parameter) -> TokenStream {
    let rules = rules::of(cx, &parameter.ty, &parameter.constraints);
    let rules = (!rules.is_empty()).then(|| quote!(.rules(&[#(#rules),*])));
    let wire = &parameter.wire;
    let (base, usual) = match parameter.place {
        Place::Path => (quote!(rt::Param::path(#wire)), (Style::Simple, false)),
        Place::Query => (quote!(rt::Param::query(#wire)), (Style::Form, true)),
        Place::Header => (quote!(rt::Param::header(#wire)), (Style::Simple, false)),
        Place::Cookie => (quote!(rt::Param::cookie(#wire)), (Style::Form, true)),
    };
    let Encoding::Style {
        style,
        explode,
        allow_reserved,
        allow_empty,
    } = parameter.encoding
    else {
        return quote!(#base.style(rt::Style::Json) #rules);
    };
    let style_call = (style != usual.0).then(|| {
        let name = self::style(style);
        quote!(.style(rt::Style::#name))
    });
    let explode_call = (explode != usual.1).then(|| quote!(.explode(#explode)));
    let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
    let empty = allow_empty.then(|| quote!(.allow_empty()));
    quote!(#base #style_call #explode_call #reserved #empty #rules)
}

/// The runtime's name of a style.
pub(super) fn style(style: Style) -> Ident {
    let name = match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
    };
    ident(name)
}
