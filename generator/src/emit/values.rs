//! Values as code: what an example passes where a caller would pass something of their own.
//!
//! They show which types go where. Texts are their own names, so that one sees what to replace.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::context::{Context, ident};
use crate::model::{EnumBase, Field, Holding, Scalar, Struct, Type, TypeDef, TypeId, TypeKind};

/// How a value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// By a method, which takes whatever turns into the type.
    Argument,
    /// As exactly the type.
    Owned,
}

/// How deep structs nest before the rest is left to JSON.
const DEEP: usize = 6;

/// Writes values of one crate's types, for code that uses its module `types`.
pub(super) struct Values<'a> {
    cx: &'a Context<'a>,
    krate: Ident,
}

impl<'a> Values<'a> {
    pub(super) fn new(cx: &'a Context<'a>, krate: Ident) -> Self {
        Self { cx, krate }
    }

    /// A value of this type, for something of this name.
    pub(super) fn value(&self, ty: &Type, name: &str, position: Position) -> TokenStream {
        self.at(ty, name, position, 0)
    }

    fn at(&self, ty: &Type, name: &str, position: Position, depth: usize) -> TokenStream {
        match self.cx.api.resolve(ty) {
            Type::Scalar(scalar) => self.scalar(*scalar, name, position),
            Type::List(item) => {
                let is_text = matches!(self.cx.api.resolve(item), Type::Scalar(Scalar::String));
                let inner = if is_text { position } else { Position::Owned };
                let item = self.at(item, name, inner, depth);
                match position {
                    Position::Argument => quote!([#item]),
                    Position::Owned => quote!(vec![#item]),
                }
            }
            Type::Map(value) => {
                let is_text = matches!(self.cx.api.resolve(value), Type::Scalar(Scalar::String));
                let inner = if is_text { position } else { Position::Owned };
                let value = self.at(value, name, inner, depth);
                match position {
                    Position::Argument => quote!([("key", #value)]),
                    Position::Owned => {
                        quote!(std::collections::BTreeMap::from([("key".to_owned(), #value)]))
                    }
                }
            }
            Type::Nullable(inner) => {
                let inner = self.at(inner, name, Position::Owned, depth);
                quote!(Some(#inner))
            }
            Type::Named(id) => self.named(*id, depth).unwrap_or_else(|| self.json(*id)),
            Type::Any(_) => {
                let krate = &self.krate;
                quote!(#krate::Value::from(#name))
            }
            Type::Tuple(_) | Type::Boxed(_) => {
                let krate = &self.krate;
                quote!(#krate::json::from_str("[]")?)
            }
        }
    }

    /// What no shorter code makes.
    fn json(&self, id: TypeId) -> TokenStream {
        let (krate, name) = (&self.krate, self.cx.type_ident(id));
        quote!(#krate::json::from_str::<types::#name>("{}")?)
    }

    fn named(&self, id: TypeId, depth: usize) -> Option<TokenStream> {
        let def = self.cx.api.type_def(id);
        let name = self.cx.type_ident(id);
        match &def.kind {
            TypeKind::Struct(record) if depth < DEEP => self.record(id, def, record, depth),
            TypeKind::Enum(list) if list.base == EnumBase::String => {
                let variant = ident(self.cx.names.variants(id).first()?.as_str());
                Some(quote!(types::#name::#variant))
            }
            _ => None,
        }
    }

    fn record(
        &self,
        id: TypeId,
        def: &TypeDef,
        record: &Struct,
        depth: usize,
    ) -> Option<TokenStream> {
        if !def.usage.request || !record.mixins.is_empty() {
            return None;
        }
        let fields: Vec<_> = record.fields.iter().zip(self.cx.names.fields(id)).collect();
        let arguments: Vec<_> = fields
            .iter()
            .filter(|(field, _)| self.cx.api.is_given(field))
            .map(|(field, name)| self.argument(def, field, name.plain(), depth + 1))
            .collect();
        if self.cx.names.type_builder(id).is_some() {
            return Some(self.in_steps(id, record, &arguments));
        }
        // Something to begin with, where nothing is required.
        let setters = fields
            .iter()
            .zip(self.cx.names.setters(id))
            .filter(|((field, _), _)| {
                let is_text = *self.cx.api.resolve(&field.ty) == Type::Scalar(Scalar::String);
                is_text && field.is_set() && !field.docs.deprecated
            })
            .take(if arguments.is_empty() { 2 } else { 0 })
            .map(|((_, name), method)| {
                let (method, text) = (ident(method.as_str()), name.plain());
                quote!(.#method(#text))
            });
        let name = self.cx.type_ident(id);
        Some(quote!(types::#name::new(#(#arguments),*) #(#setters)*))
    }

    /// What must be given to a struct's builder.
    fn in_steps(&self, id: TypeId, record: &Struct, arguments: &[TokenStream]) -> TokenStream {
        let fields = record.fields.iter().zip(self.cx.names.setters(id));
        let fields = fields.filter(|(field, _)| self.cx.api.is_given(field));
        let steps = fields.zip(arguments).map(|((_, method), value)| {
            let method = ident(method.as_str());
            quote!(.#method(#value))
        });
        let name = self.cx.type_ident(id);
        quote!(types::#name::builder() #(#steps)*)
    }

    fn scalar(&self, scalar: Scalar, name: &str, position: Position) -> TokenStream {
        let krate = &self.krate;
        match (scalar, position) {
            // What takes anything that turns into it does not say what is parsed.
            (Scalar::DateTime, Position::Argument) => {
                quote!("2030-01-31T09:30:00Z".parse::<#krate::DateTime>()?)
            }
            (Scalar::Time, Position::Argument) => {
                quote!("09:30:00Z".parse::<#krate::Time>()?)
            }
            _ => scalar_value(scalar, name, position),
        }
    }

    /// Whether a value says by itself what it is.
    fn is_plain(&self, ty: &Type) -> bool {
        match self.cx.api.resolve(ty) {
            Type::Scalar(scalar) => matches!(
                scalar,
                Scalar::Bool | Scalar::Integer(_) | Scalar::F32 | Scalar::F64 | Scalar::String
            ),
            Type::Named(id) => matches!(
                self.cx.api.type_def(*id).kind,
                TypeKind::Struct(_) | TypeKind::Enum(_)
            ),
            _ => false,
        }
    }

    /// What `new` takes for a field.
    fn argument(&self, def: &TypeDef, field: &Field, name: &str, depth: usize) -> TokenStream {
        match self.cx.api.holding(def, field) {
            Holding::Plain => self.at(&field.ty, name, Position::Argument, depth),
            Holding::Optional | Holding::Nullable if self.is_plain(field.held()) => {
                self.at(field.held(), name, Position::Argument, depth)
            }
            Holding::Optional | Holding::Nullable => {
                let value = self.at(field.held(), name, Position::Owned, depth);
                quote!(Some(#value))
            }
        }
    }
}

fn scalar_value(scalar: Scalar, name: &str, position: Position) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(true),
        Scalar::Integer(_) => {
            let one = Literal::u8_unsuffixed(1);
            quote!(#one)
        }
        Scalar::F32 | Scalar::F64 => {
            let one = Literal::f64_unsuffixed(1.0);
            quote!(#one)
        }
        Scalar::String | Scalar::Binary => match position {
            Position::Argument => quote!(#name),
            Position::Owned => quote!(#name.to_owned()),
        },
        Scalar::Uuid => quote!("3f6d2b1a-90c4-4e5d-8b7a-1c2d3e4f5a6b".parse()?),
        Scalar::DateTime => quote!("2030-01-31T09:30:00Z".parse()?),
        Scalar::Date => quote!("2030-01-31".parse()?),
        Scalar::Time => quote!("09:30:00Z".parse()?),
        Scalar::Base64 => quote!(b"content".to_vec().into()),
        Scalar::Decimal => quote!("1.5".parse()?),
        Scalar::Ip | Scalar::Ipv4 => quote!("192.0.2.1".parse()?),
        Scalar::Ipv6 => quote!("2001:db8::1".parse()?),
        Scalar::Url => quote!("https://example.com/".parse()?),
        Scalar::Null => quote!(()),
    }
}
