//! Enums: the listed values, and a variant that keeps any other.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::docs::type_docs;
use crate::emit::attributes;
use crate::emit::context::{Context, ident};
use crate::emit::docs::{DocComment, code};
use crate::model::{Enum, EnumBase, EnumValue, TypeId};
use crate::tokens::Tokens;

pub(super) fn items(cx: &Context<'_>, id: TypeId, list: &Enum) -> Vec<Tokens> {
    let (unknown, implementation) = match list.base {
        EnumBase::String => {
            let table = table(cx, id, list);
            (
                quote!(::std::string::String),
                vec![quote!(rt::open_enum! { #table })],
            )
        }
        EnumBase::Integer => {
            let table = table(cx, id, list);
            (quote!(i64), vec![quote!(rt::open_int_enum! { #table })])
        }
        EnumBase::Mixed => (quote!(rt::Value), mixed(cx, id, list)),
    };
    let mut items = vec![definition(cx, id, list, &unknown)];
    items.extend(implementation.into_iter().map(Tokens::from));
    items
}

fn definition(cx: &Context<'_>, id: TypeId, list: &Enum, unknown: &TokenStream) -> Tokens {
    let def = cx.api.type_def(id);
    let name = cx.type_ident(id);
    let deprecated = attributes::deprecated(&def.docs);
    let mut definition = Tokens::default();
    type_docs(cx, id).push_to(&mut definition);
    definition.extend(quote! {
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name
    });
    definition.braces(|variants| {
        for (value, name) in list.values.iter().zip(cx.names.variants(id)) {
            value_docs(value, name.plain()).push_to(variants);
            let name = ident(name.as_str());
            variants.extend(quote!(#name,));
        }
        let docs = "A value that the document does not list, as it came.";
        DocComment::new().own(docs).push_to(variants);
        variants.extend(quote!(Unknown(#unknown)));
    });
    definition
}

fn value_docs(value: &EnumValue, name: &str) -> DocComment {
    let wire = wire_text(value);
    let docs = DocComment::new().docs(&value.docs, name);
    if wire == name {
        return docs;
    }
    docs.own(format!("{} on the wire.", code(&wire)))
}

fn wire_text(value: &EnumValue) -> String {
    match &value.wire {
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The table of an enum whose values are literals of Rust.
fn table(cx: &Context<'_>, id: TypeId, list: &Enum) -> TokenStream {
    let name = cx.type_ident(id);
    let variants = cx.names.variants(id).iter();
    let entries = variants.zip(&list.values).map(|(variant, value)| {
        let variant = ident(variant.as_str());
        let value = match value.wire.as_i64() {
            Some(number) => Literal::i64_unsuffixed(number),
            None => Literal::string(value.wire.as_str().unwrap_or_default()),
        };
        quote!(#variant: #value)
    });
    quote!(#name { #(#entries,)* })
}

fn mixed(cx: &Context<'_>, id: TypeId, list: &Enum) -> Vec<TokenStream> {
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
    let implementation = quote! {
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
    };
    vec![implementation, quote!(rt::impl_open_literal_enum!(#name);)]
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
