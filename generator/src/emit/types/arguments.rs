//! How methods take values: as the type itself, or as whatever plainly means it.
//!
//! Texts, enums and unions are taken as what turns into them; lists and maps as anything that gives
//! their items, with texts for keys. The runtime's `take` makes the types of it, so that a body is
//! one line. A union in a list is taken as it is, unless texts or numbers turn into it: a list may
//! then hold several kinds of members, each with an `.into()` of its own.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::conversions;
use crate::emit::context::Context;
use crate::model::{EnumBase, Holding, Scalar, Type, TypeKind};

/// How a method takes a value.
pub(crate) struct Argument {
    /// The type in the signature.
    pub(crate) ty: TokenStream,
    /// The expression that makes the plain type of it.
    pub(crate) value: TokenStream,
    /// The plain type.
    pub(crate) plain: TokenStream,
    /// The type parameter that it needs, if any.
    pub(crate) form: Option<TokenStream>,
}

impl Argument {
    fn new(ty: TokenStream, value: TokenStream, plain: TokenStream) -> Self {
        Self {
            ty,
            value,
            plain,
            form: None,
        }
    }

    /// `::<…>` with the plain type, where the signature does not say it.
    pub(crate) fn turbofish(&self) -> TokenStream {
        let plain = &self.plain;
        if self.ty.to_string() == plain.to_string() {
            TokenStream::new()
        } else {
            quote!(::<#plain>)
        }
    }
}

/// How an item of a list or a value of a map is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Element {
    /// As whatever is text.
    Text,
    /// As what turns into it.
    Into,
    /// As it is, or by reference.
    Owned,
    /// As it is.
    Exact,
}

/// How a value of this type is taken.
pub(crate) fn argument(cx: &Context<'_>, ty: &Type, name: &Ident) -> Argument {
    let resolved = cx.api.resolve(ty);
    let plain = cx.ty(resolved);
    match resolved {
        Type::List(item) => {
            let taken = element(cx, item);
            let bound = taken.bound(&cx.ty(item));
            let bound = quote!(impl ::std::iter::IntoIterator<Item = #bound>);
            Argument::new(bound, taken.list(name), plain)
        }
        Type::Map(value) => {
            let taken = element(cx, value);
            let bound = taken.bound(&cx.ty(value));
            let key = quote!(impl ::std::convert::AsRef<str>);
            let bound = quote!(impl ::std::iter::IntoIterator<Item = (#key, #bound)>);
            Argument::new(bound, taken.map(name), plain)
        }
        _ if is_turned_into(cx, resolved) => {
            let bound = quote!(impl ::std::convert::Into<#plain>);
            Argument::new(bound, quote!(#name.into()), plain)
        }
        _ => Argument::new(plain.clone(), quote!(#name), plain),
    }
}

/// How a value of this type is taken where it may be null: as the runtime's `Nullable`.
/// `index` counts a method's arguments.
fn nullable_argument(cx: &Context<'_>, ty: &Type, name: &Ident, index: usize) -> Argument {
    let plain = cx.ty(cx.api.resolve(ty));
    if let Some((_, def)) = cx.api.definition(ty)
        && matches!(def.kind, TypeKind::Union(_) | TypeKind::Newtype(_))
    {
        let form = match index {
            0 => quote!(Form),
            1 => quote!(Form1),
            2 => quote!(Form2),
            _ => quote!(Form3),
        };
        return Argument {
            ty: quote!(impl rt::OrNull<#plain, #form>),
            value: quote!(rt::OrNull::or_null(#name)),
            plain,
            form: Some(form),
        };
    }
    let bound = quote!(impl ::std::convert::Into<rt::Nullable<#plain>>);
    Argument::new(bound, quote!(#name.into()), plain)
}

/// How the value of a field is taken that a struct holds so, with the pointer that it is behind.
pub(crate) fn held_argument(
    cx: &Context<'_>,
    ty: &Type,
    holding: Holding,
    name: &Ident,
    index: usize,
) -> Argument {
    let is_boxed = matches!(ty, Type::Boxed(_));
    if holding == Holding::Plain {
        let mut argument = self::argument(cx, ty, name);
        if is_boxed {
            let value = &argument.value;
            argument.value = quote!(::std::boxed::Box::new(#value));
        }
        return argument;
    }
    let mut argument = nullable_argument(cx, ty, name, index);
    let value = &argument.value;
    let boxed = is_boxed.then(|| quote!(.boxed()));
    argument.value = match holding {
        Holding::Optional => quote!(#value #boxed.into_option()),
        Holding::Plain | Holding::Nullable => quote!(#value #boxed),
    };
    argument
}

/// How a JSON body is taken: by reference, or as what plainly means it; `value` is a reference
/// to what is written.
pub(crate) fn body_argument(cx: &Context<'_>, ty: &Type, name: &Ident) -> Argument {
    let resolved = cx.api.resolve(ty);
    let plain = cx.ty(resolved);
    let may_be_referred_to =
        |value: &Type| matches!(element(cx, value), Element::Text | Element::Owned);
    match resolved {
        Type::List(item) if element(cx, item) == Element::Text => Argument::new(
            quote!(&[impl ::std::convert::AsRef<str>]),
            quote!(&rt::take::text_list(#name)),
            plain,
        ),
        Type::List(item) => {
            let item = cx.ty(item);
            Argument::new(quote!(&[#item]), quote!(#name), plain)
        }
        Type::Map(value) if matches!(**value, Type::Any(_)) => Argument::new(
            quote!(impl rt::JsonObject),
            quote!(&rt::JsonObject::into_json(#name)),
            plain,
        ),
        Type::Map(value) if may_be_referred_to(value) => {
            let Argument { ty, value, .. } = argument(cx, resolved, name);
            Argument::new(ty, quote!(&#value), plain)
        }
        Type::Scalar(Scalar::String) => {
            let bound = quote!(impl ::std::convert::AsRef<str>);
            Argument::new(bound, quote!(&#name.as_ref().to_owned()), plain)
        }
        Type::Named(id) if matches!(cx.api.type_def(*id).kind, TypeKind::Union(_)) => {
            let bound = quote!(impl ::std::convert::Into<#plain>);
            Argument::new(bound, quote!(&#name.into()), plain)
        }
        _ => Argument::new(quote!(&#plain), quote!(#name), plain),
    }
}

/// Whether values of other types plainly mean it.
fn is_turned_into(cx: &Context<'_>, ty: &Type) -> bool {
    match ty {
        Type::Scalar(Scalar::Text(format)) => format.facts().is_converted,
        Type::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Binary),
        Type::Any(_) => true,
        Type::Named(id) => match &cx.api.type_def(*id).kind {
            TypeKind::Enum(list) => list.base != EnumBase::Mixed,
            TypeKind::Union(_) | TypeKind::Newtype(_) => true,
            TypeKind::Struct(_) | TypeKind::Alias(_) => false,
        },
        _ => false,
    }
}

/// How items of this type are taken.
fn element(cx: &Context<'_>, ty: &Type) -> Element {
    let resolved = cx.api.resolve(ty);
    match resolved {
        Type::Scalar(Scalar::String) => Element::Text,
        Type::Scalar(Scalar::Bool | Scalar::Integer(_) | Scalar::F32 | Scalar::F64) => {
            Element::Owned
        }
        Type::Any(_) => Element::Into,
        Type::Named(id) => match &cx.api.type_def(*id).kind {
            TypeKind::Struct(_) => Element::Owned,
            TypeKind::Enum(_) if is_turned_into(cx, resolved) => Element::Into,
            TypeKind::Union(_) if conversions::takes_scalars(cx.api, *id) => Element::Into,
            _ => Element::Exact,
        },
        _ => Element::Exact,
    }
}

impl Element {
    /// What is demanded of an item of this type.
    fn bound(self, plain: &TokenStream) -> TokenStream {
        match self {
            Self::Text => quote!(impl ::std::convert::AsRef<str>),
            Self::Into => quote!(impl ::std::convert::Into<#plain>),
            Self::Owned => quote!(impl rt::IntoOwned<#plain>),
            Self::Exact => plain.clone(),
        }
    }

    fn list(self, name: &Ident) -> TokenStream {
        match self {
            Self::Text => quote!(rt::take::text_list(#name)),
            Self::Into => quote!(rt::take::list(#name)),
            Self::Owned => quote!(rt::take::owned_list(#name)),
            Self::Exact => quote!(#name.into_iter().collect()),
        }
    }

    fn map(self, name: &Ident) -> TokenStream {
        match self {
            Self::Text => quote!(rt::take::text_map(#name)),
            Self::Into => quote!(rt::take::map(#name)),
            Self::Owned => quote!(rt::take::owned_map(#name)),
            Self::Exact => quote!(rt::take::exact_map(#name)),
        }
    }
}
