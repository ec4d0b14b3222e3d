//! How callers build a struct: `new` with what is required, a setter for each of the others.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::context::{Context, ident};
use super::docs::{DocComment, code, first_paragraph};
use super::markdown::opening;
use super::tokens::Tokens;
use crate::model::{Access, Field, Holding, Presence, Struct, Type, TypeDef, TypeId};
use crate::name::{FieldName, MethodName};

pub(super) fn items(cx: &Context<'_>, id: TypeId, record: &Struct) -> Vec<Tokens> {
    let def = cx.api.type_def(id);
    let constructor = constructor(cx, id, def, record);
    let is_default = record.mixins.is_empty() && !record.fields.iter().any(is_argument);
    if !is_default {
        return vec![constructor];
    }
    let name = cx.type_ident(id);
    let default = quote! {
        impl ::std::default::Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    vec![constructor, default.into()]
}

/// Whether `new` takes the field.
pub(super) fn is_argument(field: &Field) -> bool {
    field.presence == Presence::Required && field.access != Access::ReadOnly
}

/// Whether a setter takes the field.
pub(super) fn is_set(field: &Field) -> bool {
    !is_argument(field) && field.access != Access::ReadOnly
}

fn constructor(cx: &Context<'_>, id: TypeId, def: &TypeDef, record: &Struct) -> Tokens {
    let name = cx.type_ident(id);
    let fields: Vec<_> = record.fields.iter().zip(cx.names.fields(id)).collect();
    let arguments = fields
        .iter()
        .filter(|(field, _)| is_argument(field))
        .map(|(field, name)| {
            let name = ident(name.as_str());
            let ty = required_argument(cx, def, field, &name).0;
            quote!(#name: #ty)
        });
    let mixin_names: Vec<_> = cx
        .names
        .mixins(id)
        .iter()
        .map(|name| ident(name.as_str()))
        .collect();
    let mixin_types: Vec<_> = record.mixins.iter().map(|ty| cx.ty(ty)).collect();
    let values = fields.iter().map(|(field, name)| {
        let name = ident(name.as_str());
        if is_argument(field) {
            let value = required_argument(cx, def, field, &name).1;
            if name == value.to_string() {
                quote!(#name)
            } else {
                quote!(#name: #value)
            }
        } else {
            quote!(#name: rt::empty())
        }
    });
    let additional = record.additional.iter().map(|_| {
        let name = ident(cx.names.additional(id).as_str());
        quote!(#name: rt::empty())
    });
    let is_empty = record.mixins.is_empty() && !record.fields.iter().any(is_argument);
    let docs = if is_empty {
        "Creates one without any of its fields."
    } else {
        "Creates one from what is required; all else is left out."
    };
    let mut implementation = Tokens::from(quote!(impl #name));
    implementation.braces(|members| {
        DocComment::new().own(docs).push_to(members);
        members.extend(quote! {
            #[must_use]
            pub fn new(#(#arguments,)* #(#mixin_names: #mixin_types,)*) -> Self {
                Self { #(#values,)* #(#mixin_names,)* #(#additional,)* }
            }
        });
        let setters = fields.iter().zip(cx.names.setters(id));
        for ((field, name), method) in setters.filter(|((field, _), _)| is_set(field)) {
            setter_docs(cx, field, name.plain()).push_to(members);
            members.extend(setter(cx, def, field, name, method));
        }
    });
    implementation
}

/// The type and the value of an argument of `new`.
fn required_argument(
    cx: &Context<'_>,
    def: &TypeDef,
    field: &Field,
    name: &Ident,
) -> (TokenStream, TokenStream) {
    let held = field.held();
    match (cx.api.holding(def, field), held) {
        (Holding::Plain, _) => value(cx, held, name),
        // Callers give the value; where it is kept is not their business.
        (_, Type::Boxed(inner)) => {
            let inner = cx.ty(inner);
            (
                quote!(::std::option::Option<#inner>),
                quote!(#name.map(::std::boxed::Box::new)),
            )
        }
        _ => (cx.field_type(def, field), quote!(#name)),
    }
}

/// The type and the value of an argument, which may go behind a pointer.
fn value(cx: &Context<'_>, ty: &Type, name: &Ident) -> (TokenStream, TokenStream) {
    let inner = match ty {
        Type::Boxed(inner) => inner,
        ty => ty,
    };
    let argument = cx.argument(inner, name);
    let value = argument.value;
    match ty {
        Type::Boxed(_) => (argument.ty, quote!(::std::boxed::Box::new(#value))),
        _ => (argument.ty, value),
    }
}

/// The first sentence of what is said of the field. All of it stands there.
fn setter_docs(cx: &Context<'_>, field: &Field, name: &str) -> DocComment {
    let own = first_paragraph(&field.docs, &field.wire);
    let words = own.or_else(|| cx.words_behind(field.held()));
    let docs = DocComment::new().prose(words.and_then(opening).as_deref());
    if docs.is_empty() && field.wire != name {
        return docs.own(format!("{} in JSON.", code(&field.wire)));
    }
    docs
}

fn setter(
    cx: &Context<'_>,
    def: &TypeDef,
    field: &Field,
    name: &FieldName,
    method: &MethodName,
) -> TokenStream {
    let deprecated = super::attributes::deprecated(&field.docs);
    let (name, method) = (ident(name.as_str()), ident(method.as_str()));
    let held = field.held();
    let (ty, value) = match cx.api.holding(def, field) {
        Holding::Nullable => {
            let (inner, value) = match held {
                Type::Boxed(inner) => (cx.ty(inner), quote!(#name.into().boxed())),
                held => (cx.ty(held), quote!(#name.into())),
            };
            (
                quote!(impl ::std::convert::Into<rt::Nullable<#inner>>),
                value,
            )
        }
        Holding::Plain => value(cx, held, &name),
        Holding::Optional => {
            let (ty, value) = value(cx, held, &name);
            (ty, quote!(::std::option::Option::Some(#value)))
        }
    };
    quote! {
        #deprecated
        #[must_use]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}
