//! Request bodies: the argument or setter of each form that a body can have.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::OperationContext;
use crate::emit::context::ident;
use crate::emit::docs::{DocComment, code};
use crate::emit::types::arguments::{Argument, body_argument};
use crate::emit::types::rules;
use crate::model::{Content, Media, Type, TypeKind};

/// A body as an argument, and how it is written into a call.
pub(super) struct Sent {
    pub(super) name: Ident,
    pub(super) ty: TokenStream,
    /// The argument that names the media type, and the range that it must be of.
    media_type: Option<(Ident, String)>,
    /// The call's method, and what it is given.
    write: TokenStream,
    /// What the document demands of it beyond its type.
    rules: Vec<TokenStream>,
    /// Other media types that the same content may be sent as.
    also: Vec<String>,
}

/// How many media types are listed: some documents have all there are.
const SHOWN: usize = 8;

impl Sent {
    pub(super) fn set(&self, call: &TokenStream) -> TokenStream {
        let (write, rules) = (&self.write, &self.rules);
        let named = self
            .media_type
            .as_ref()
            .map(|(name, range)| quote!(#call.content_type(#range, #name);));
        let rules = (!rules.is_empty()).then(|| quote!(#call.body_rules(&[#(#rules),*]);));
        quote!(#named #call.#write; #rules)
    }

    /// The arguments.
    pub(super) fn arguments(&self) -> TokenStream {
        let (name, ty) = (&self.name, &self.ty);
        match &self.media_type {
            Some((media_type, _)) => quote!(#media_type: &str, #name: #ty),
            None => quote!(#name: #ty),
        }
    }

    /// Says which other media types the same body may be sent as.
    pub(super) fn also(&self, docs: DocComment) -> DocComment {
        if self.also.is_empty() {
            return docs;
        }
        let shown = self.also.iter().take(SHOWN).map(|name| code(name));
        let rest = if self.also.len() > SHOWN { ", …" } else { "" };
        docs.own(format!(
            "The header `content-type` says another type of body: {}{rest}.",
            shown.collect::<Vec<_>>().join(", ")
        ))
    }
}

/// A form of the body, by its index.
pub(super) fn sent(op: &OperationContext<'_>, index: usize, media: &Media) -> Sent {
    let names = op.names.bodies.get(index);
    let name = ident(names.map_or("body", |names| names.setter.as_str()));
    let written = &media.media_type;
    let argument = names
        .filter(|_| media.is_range)
        .map(|names| ident(names.media_type.as_str()));
    let media_type = match &argument {
        Some(argument) => quote!(#argument),
        None => quote!(#written),
    };
    let (ty, write) = self::written(op, index, media, &name, &media_type);
    let is_typed = matches!(media.content, Content::Json(_) | Content::Form(..));
    Sent {
        name,
        ty,
        write,
        media_type: argument.map(|name| (name, written.clone())),
        rules: body_rules(op, media),
        // Of JSON one name is as good as another.
        also: if is_typed {
            Vec::new()
        } else {
            media.also.clone()
        },
    }
}

/// The type of a body's argument, and the call's method that writes it.
fn written(
    op: &OperationContext<'_>,
    index: usize,
    media: &Media,
    name: &Ident,
    media_type: &TokenStream,
) -> (TokenStream, TokenStream) {
    let names = op.names.bodies.get(index);
    match &media.content {
        Content::Json(ty) => {
            let Argument {
                ty: bound, value, ..
            } = body_argument(op.cx, ty, name);
            let is_list = matches!(op.cx.api.resolve(ty), Type::List(_));
            let write = match (is_list, media.media_type.as_str()) {
                (true, _) => quote!(json_list_body(#media_type, #value)),
                (false, "application/json") => quote!(json_body(#value)),
                (false, _) => quote!(json_body_as(#media_type, #value)),
            };
            (bound, write)
        }
        Content::JsonPatch => (
            quote!(&rt::json::JsonPatch),
            quote!(json_body_as(#media_type, #name)),
        ),
        Content::JsonLines(ty) => {
            let ty = op.cx.ty(ty);
            (quote!(&[#ty]), quote!(json_lines_body(#media_type, #name)))
        }
        Content::Form(ty, fields) => {
            let ty = op.cx.ty(ty);
            let fields = if fields.is_empty() {
                quote!(&[])
            } else {
                let table = op.fields_static(index);
                quote!(&#table)
            };
            (quote!(&#ty), quote!(form_body(#fields, #name)))
        }
        Content::Multipart(parts) if parts.is_empty() => {
            (quote!(rt::Multipart), quote!(multipart_body(#name)))
        }
        Content::Multipart(_) => {
            let form = ident(names.map_or("", |names| names.form.as_str()));
            (quote!(#form), quote!(multipart_body(#name.form)))
        }
        Content::Text | Content::Events(_) => (
            quote!(impl ::std::convert::Into<::std::string::String>),
            quote!(body(#media_type, #name.into())),
        ),
        Content::Bytes => (
            quote!(impl ::std::convert::Into<rt::Body>),
            quote!(body(#media_type, #name)),
        ),
    }
}

/// The rules of a body that are not those of its type.
fn body_rules(op: &OperationContext<'_>, media: &Media) -> Vec<TokenStream> {
    let Content::Json(ty) = &media.content else {
        return Vec::new();
    };
    let has_own = matches!(ty, Type::Named(id) if matches!(
        op.cx.api.type_def(*id).kind,
        TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Newtype(_)
    ));
    if has_own && !media.constraints.can_be_broken() {
        return Vec::new();
    }
    rules::of(op.cx, ty, &media.constraints)
}

/// The setters of a body that need not be given.
pub(super) fn setters(op: &OperationContext<'_>) -> Vec<TokenStream> {
    let body = op.operation.body.as_ref().filter(|body| !body.required);
    let Some(body) = body else { return Vec::new() };
    let contents = body.contents.iter().enumerate();
    contents
        .map(|(index, media)| {
            let sent = sent(op, index, media);
            let docs = if index == 0 {
                DocComment::new().docs(&body.docs, "body")
            } else {
                DocComment::new()
            };
            let docs = docs.or(|| match index {
                0 => "The request's body.".to_owned(),
                _ => format!("The request's body, as {}.", code(&media.media_type)),
            });
            let docs = sent.also(docs).tokens();
            let (name, arguments) = (&sent.name, sent.arguments());
            let write = sent.set(&quote!(self.call));
            quote!(#docs pub fn #name(mut self, #arguments) -> Self { #write self })
        })
        .collect()
}
