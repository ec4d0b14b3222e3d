//! The statics of an operation: its table, its parameters' and its pages'.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::context::OperationContext;
use crate::emit::context::{Context, ident};
use crate::emit::types::rules;
use crate::model::{
    Content, Encoding, FormField, FormLayout, Method, Operation, PageKind, Pagination, Parameter,
    Place, Sent, Server, Status, Style,
};

pub(super) fn tables(op: &OperationContext<'_>) -> Vec<TokenStream> {
    let operation = op.operation;
    let name = op.table_static();
    let Operation { id, path, .. } = operation;
    let method = method(&operation.method);
    let accept = accept(op);
    let security = operation.security.iter().map(|all| quote!(&[#(#all),*]));
    let servers = operation.servers.iter().map(server);
    let answers = operation.successes().map(|response| {
        Literal::u16_unsuffixed(match response.status {
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
            let name = op.param_static(index);
            let table = param(op.cx, parameter);
            quote!(static #name: rt::Param = #table;)
        });
    let pages = operation
        .pagination
        .as_ref()
        .map(|pages| pages_table(op, pages));
    let forms = form_tables(op);
    std::iter::once(table)
        .chain(params)
        .chain(pages)
        .chain(forms)
        .collect()
}

fn pages_table(op: &OperationContext<'_>, pagination: &Pagination) -> TokenStream {
    let name = op.pages_static();
    let items = &pagination.items;
    let sent = pagination.kind.sent().map(|sent| match sent {
        Sent::Parameter(index) => {
            let param = op.param_static(*index);
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
            let [current, pages, total] = [current, pages, total].map(|at| optional(at.as_deref()));
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

/// The media types that the response may have, the success first.
pub(super) fn accept(op: &OperationContext<'_>) -> String {
    let mut accepted: Vec<&str> = Vec::new();
    for response in op.operation.successes().chain(op.operation.failures()) {
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

/// How single fields of the forms are written, where the document says.
pub(super) fn form_tables(op: &OperationContext<'_>) -> Vec<TokenStream> {
    let body = op.operation.body.iter();
    let contents = body.flat_map(|body| body.contents.iter().enumerate());
    contents
        .filter_map(|(index, media)| match &media.content {
            Content::Form(_, fields) if !fields.is_empty() => {
                let name = op.fields_static(index);
                let count = fields.len();
                let fields = fields.iter().map(field);
                Some(quote!(static #name: [rt::Param; #count] = [#(#fields),*];))
            }
            _ => None,
        })
        .collect()
}

fn field(field: &FormField) -> TokenStream {
    let wire = &field.wire;
    let base = quote!(rt::Param::query(#wire));
    match field.layout {
        FormLayout::Json => quote!(#base.style(rt::Style::Json)),
        FormLayout::Style {
            style: layout,
            explode,
            allow_reserved,
        } => {
            let layout = style(layout);
            let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
            quote!(#base.style(rt::Style::#layout).explode(#explode) #reserved)
        }
    }
}

fn number(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}

/// A text, or none.
pub(crate) fn optional(text: Option<&str>) -> TokenStream {
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

/// A server as a table.
pub(crate) fn server(server: &Server) -> TokenStream {
    let url = &server.url;
    let description = server.description.as_deref().unwrap_or_default();
    let variables = server.variables.iter().map(|variable| {
        let (name, default, values) = (&variable.name, &variable.default, &variable.values);
        quote!(rt::ServerVariable { name: #name, default: #default, values: &[#(#values),*] })
    });
    quote! {
        rt::Server { url: #url, description: #description, variables: &[#(#variables),*] }
    }
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
fn style(style: Style) -> Ident {
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
