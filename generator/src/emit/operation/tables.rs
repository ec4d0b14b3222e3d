//! The statics of an operation: its table, its parameters' and its pages'.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};

use super::context::OperationContext;
use crate::emit::context::{Context, ident};
use crate::emit::types::rules;
use crate::model::{
    Content, Encoding, FormField, FormLayout, Method, Operation, PageDetail, PageFacts, Pagination,
    Parameter, ParameterLocation, Sent, Server, Status, Style,
};

pub(super) fn tables(op: &OperationContext<'_>) -> Vec<TokenStream> {
    let operation = op.operation;
    let name = op.table_static();
    let Operation { id, path, .. } = operation;
    let method = method(&operation.method);
    let accept = accept(op);
    let security = operation.security.iter().map(|all| quote!(&[#(#all),*]));
    let servers = operation.servers.iter().map(server);
    let successes = operation.successes().map(|response| {
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
            successes: &[#(#successes),*],
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
    let PageFacts {
        runtime,
        sent,
        details,
        ..
    } = pagination.kind.facts();
    let kind = ident(runtime);
    let sent = sent.map(|(name, sent)| {
        let sent = match sent {
            Sent::Parameter(index) => {
                let param = op.param_static(*index);
                quote!(&#param)
            }
            Sent::Body(pointer) => quote!(&rt::Param::body(#pointer)),
        };
        (name, sent)
    });
    let details = details
        .into_iter()
        .map(|(name, detail)| (name, page_detail(detail)));
    let fields: Vec<TokenStream> = sent
        .into_iter()
        .chain(details)
        .map(|(name, value)| {
            let name = ident(name);
            quote!(#name: #value)
        })
        .collect();
    let fields = (!fields.is_empty()).then(|| quote!({ #(#fields),* }));
    let more = optional(pagination.more.as_deref());
    quote! {
        static #name: rt::Pagination = rt::Pagination {
            kind: rt::PageKind::#kind #fields,
            items: #items,
            more: #more,
        };
    }
}

fn page_detail(detail: PageDetail<'_>) -> TokenStream {
    match detail {
        PageDetail::Pointer(pointer) => quote!(#pointer),
        PageDetail::MaybePointer(pointer) => optional(pointer),
        PageDetail::Number(number) => number_literal(number).into_token_stream(),
        PageDetail::MaybeNumber(number) => optional(number.map(number_literal)),
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

fn number_literal(number: u64) -> Literal {
    Literal::u64_unsuffixed(number)
}

/// A value, or none.
pub(crate) fn optional(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::std::option::Option::Some(#value)),
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
        ParameterLocation::Path => (quote!(rt::Param::path(#wire)), (Style::Simple, false)),
        ParameterLocation::Query => (quote!(rt::Param::query(#wire)), (Style::Form, true)),
        ParameterLocation::Header => (quote!(rt::Param::header(#wire)), (Style::Simple, false)),
        ParameterLocation::Cookie => (quote!(rt::Param::cookie(#wire)), (Style::Form, true)),
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
