//! Enums: the listed values, and a variant that keeps any other.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::context::{Context, ident};
use super::docs::{DocComment, code};
use crate::model::{Enum, EnumBase, EnumValue, TypeId};

pub(super) fn items(cx: &Context<'_>, id: TypeId, list: &Enum) -> Vec<TokenStream> {
    let name = cx.type_ident(id);
    let (unknown, implementation, finish) = match list.base {
        EnumBase::String => (
            quote!(::std::string::String),
            string(cx, id, list),
            quote!(rt::impl_open_enum!(#name);),
        ),
        EnumBase::Integer => (
            quote!(i64),
            integer(cx, id, list),
            quote!(rt::impl_open_int_enum!(#name);),
        ),
        EnumBase::Mixed => (
            quote!(rt::Value),
            mixed(cx, id, list),
            quote!(rt::impl_open_literal_enum!(#name);),
        ),
    };
    vec![definition(cx, id, list, &unknown), implementation, finish]
}

fn definition(cx: &Context<'_>, id: TypeId, list: &Enum, unknown: &TokenStream) -> TokenStream {
    let def = cx.api.type_def(id);
    let name = cx.type_ident(id);
    let docs = super::types::type_docs(cx, def).tokens();
    let deprecated = super::attributes::deprecated(&def.docs);
    let variants = list
        .values
        .iter()
        .zip(cx.names.variants(id))
        .map(|(value, name)| {
            let docs = value_docs(value);
            let name = ident(name.as_str());
            quote!(#docs #name)
        });
    let docs_unknown = DocComment::new()
        .own("A value that the document does not list, as it came.")
        .tokens();
    quote! {
        #docs
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #docs_unknown Unknown(#unknown) }
    }
}

fn value_docs(value: &EnumValue) -> TokenStream {
    let wire = code(&wire_text(value));
    DocComment::new()
        .docs(&value.docs)
        .own(format!("{wire} on the wire."))
        .tokens()
}

fn wire_text(value: &EnumValue) -> String {
    match &value.wire {
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn string(cx: &Context<'_>, id: TypeId, list: &Enum) -> TokenStream {
    let name = cx.type_ident(id);
    let text = cx.names.type_name(id).plain();
    let variants: Vec<_> = cx
        .names
        .variants(id)
        .iter()
        .map(|name| ident(name.as_str()))
        .collect();
    let values: Vec<&str> = list
        .values
        .iter()
        .filter_map(|value| value.wire.as_str())
        .collect();
    quote! {
        impl rt::OpenEnum for #name {
            const NAME: &'static str = #text;
            const VALUES: &'static [&'static str] = &[#(#values),*];

            fn as_str(&self) -> &str {
                match self { #(Self::#variants => #values,)* Self::Unknown(value) => value }
            }

            fn from_value(value: &str) -> Self {
                match value { #(#values => Self::#variants,)* other => Self::Unknown(other.into()) }
            }
        }
    }
}

fn integer(cx: &Context<'_>, id: TypeId, list: &Enum) -> TokenStream {
    let name = cx.type_ident(id);
    let text = cx.names.type_name(id).plain();
    let variants: Vec<_> = cx
        .names
        .variants(id)
        .iter()
        .map(|name| ident(name.as_str()))
        .collect();
    let values: Vec<_> = list
        .values
        .iter()
        .filter_map(|value| value.wire.as_i64())
        .map(Literal::i64_unsuffixed)
        .collect();
    quote! {
        impl rt::OpenIntEnum for #name {
            const NAME: &'static str = #text;
            const VALUES: &'static [i64] = &[#(#values),*];

            fn as_i64(&self) -> i64 {
                match self { #(Self::#variants => #values,)* Self::Unknown(value) => *value }
            }

            fn from_value(value: i64) -> Self {
                match value { #(#values => Self::#variants,)* other => Self::Unknown(other) }
            }
        }
    }
}

fn mixed(cx: &Context<'_>, id: TypeId, list: &Enum) -> TokenStream {
    let name = cx.type_ident(id);
    let text = cx.names.type_name(id).plain();
    let variants: Vec<_> = cx
        .names
        .variants(id)
        .iter()
        .map(|name| ident(name.as_str()))
        .collect();
    let indices: Vec<_> = (0..variants.len()).map(Literal::usize_unsuffixed).collect();
    let literals = list.values.iter().map(|value| literal(&value.wire));
    quote! {
        impl rt::OpenLiteralEnum for #name {
            const NAME: &'static str = #text;
            const VALUES: &'static [rt::Literal] = &[#(#literals),*];

            fn as_literal(&self) -> rt::LiteralValue<'_> {
                match self {
                    #(Self::#variants => rt::LiteralValue::Listed(#indices),)*
                    Self::Unknown(value) => rt::LiteralValue::Unlisted(value),
                }
            }

            fn from_literal(index: usize, value: rt::Value) -> Self {
                match index { #(#indices => Self::#variants,)* _ => Self::Unknown(value) }
            }
        }
    }
}

fn literal(value: &Value) -> TokenStream {
    match value {
        Value::Bool(value) => quote!(rt::Literal::Bool(#value)),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => {
                let integer = Literal::i64_unsuffixed(integer);
                quote!(rt::Literal::Int(#integer))
            }
            (None, float) => {
                let float = Literal::f64_unsuffixed(float.unwrap_or_default());
                quote!(rt::Literal::Float(#float))
            }
        },
        other => {
            let text = other.as_str().unwrap_or_default();
            quote!(rt::Literal::Str(#text))
        }
    }
}
