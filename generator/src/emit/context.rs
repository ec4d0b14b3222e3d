//! What every emitter needs: the model, its names, and how a type is written.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::config::Config;
use crate::examples::Examples;
use crate::model::{Api, Field, Group, GroupId, Holding, Integer, Scalar, Type, TypeId};
use crate::modelled::Modelled;
use crate::name::{Names, crate_name};
use crate::pass::{Facts, Gate};

/// The model and its names.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) facts: &'a Facts,
    pub(super) config: &'a Config,
    /// What the document shows.
    pub(super) examples: &'a Examples,
}

/// An identifier of the side table as a token. Naming makes nothing that is no identifier.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Whether an identifier stands anywhere in the tokens.
pub(super) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

impl<'a> Context<'a> {
    pub(super) fn new(model: &'a Modelled, config: &'a Config) -> Self {
        Self {
            api: &model.api,
            names: &model.names,
            facts: &model.facts,
            config,
            examples: &model.examples,
        }
    }

    /// The crate as its tests and examples name it.
    pub(super) fn crate_ident(&self) -> Ident {
        ident(crate_name(&self.config.crate_name).as_str())
    }

    pub(super) fn type_ident(&self, id: TypeId) -> Ident {
        ident(self.names.type_name(id).as_str())
    }

    /// A type as it is written anywhere but in the file that defines it.
    pub(super) fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Scalar(scalar) => scalar_type(*scalar),
            Type::Any(_) => quote!(rt::Value),
            Type::Named(id) => {
                let name = self.type_ident(*id);
                quote!(types::#name)
            }
            Type::List(item) => {
                let item = self.ty(item);
                quote!(::std::vec::Vec<#item>)
            }
            Type::Map(value) => {
                let value = self.ty(value);
                quote!(::std::collections::BTreeMap<::std::string::String, #value>)
            }
            Type::Tuple(items) => {
                let items = items.iter().map(|item| self.ty(item));
                quote!((#(#items,)*))
            }
            Type::Nullable(inner) => {
                let inner = self.ty(inner);
                quote!(::std::option::Option<#inner>)
            }
            Type::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(::std::boxed::Box<#inner>)
            }
        }
    }

    pub(super) fn field_type(&self, id: TypeId, field: &Field) -> TokenStream {
        let inner = self.ty(field.held());
        match self.holding(id, field) {
            Holding::Plain => inner,
            Holding::Optional => quote!(::std::option::Option<#inner>),
            Holding::Nullable => quote!(rt::Nullable<#inner>),
        }
    }

    /// How a field of a struct is held.
    pub(super) fn holding(&self, id: TypeId, field: &Field) -> Holding {
        self.facts.usages.of(id).holding(self.api, field)
    }

    /// Whether requests send a type.
    pub(super) fn is_sent(&self, id: TypeId) -> bool {
        self.facts.usages.of(id).request
    }

    /// Whether a type has rules that are checked when it is sent.
    pub(super) fn has_rules(&self, id: TypeId) -> bool {
        *self.facts.constrained.of(id)
    }

    /// `#[cfg(…)]` for what stands and falls with one group.
    pub(super) fn group_cfg(&self, group: GroupId) -> TokenStream {
        let feature = self.feature(group);
        quote!(#[cfg(feature = #feature)])
    }

    /// The calls that lead from the client to a group: `customers().sources()`.
    pub(super) fn accessors(&self, id: GroupId) -> String {
        let accessors = self.names.accessors(self.api, id).into_iter();
        let calls: Vec<String> = accessors.map(|name| format!("{name}()")).collect();
        calls.join(".")
    }

    /// The same as tokens, each with its dot.
    pub(super) fn accessor_calls(&self, id: GroupId) -> TokenStream {
        let accessors = self.names.accessors(self.api, id).into_iter();
        let calls = accessors.map(|name| ident(name.as_str()));
        quote!(#(.#calls())*)
    }

    /// The groups that stand directly within one.
    pub(super) fn groups_within(&self, id: GroupId) -> impl Iterator<Item = (GroupId, &'a Group)> {
        let groups = self.api.groups_with_ids();
        groups.filter(move |(_, group)| group.parent == Some(id))
    }

    /// `#[cfg(…)]` for what is there with some groups only.
    pub(super) fn gate_cfg(&self, gate: &Gate) -> TokenStream {
        let sets: Vec<TokenStream> = match gate {
            Gate::Always => return TokenStream::new(),
            Gate::Each(sets) => sets.iter().map(|set| self.any_of(set)).collect(),
            Gate::All => self
                .api
                .groups_with_ids()
                .map(|(id, _)| self.any_of(&[id].into()))
                .collect(),
        };
        match sets.as_slice() {
            [] => TokenStream::new(),
            [only] => quote!(#[cfg(#only)]),
            several => quote!(#[cfg(all(#(#several),*))]),
        }
    }

    fn any_of(&self, groups: &BTreeSet<GroupId>) -> TokenStream {
        let features: Vec<&str> = groups.iter().map(|group| self.feature(*group)).collect();
        match features.as_slice() {
            [only] => quote!(feature = #only),
            several => quote!(any(#(feature = #several),*)),
        }
    }

    pub(super) fn feature(&self, group: GroupId) -> &'a str {
        self.names.group(group).feature.as_str()
    }
}

/// A path as tokens.
fn path(path: &str) -> TokenStream {
    let mut tokens = TokenStream::new();
    for (index, name) in path.split("::").enumerate() {
        if index > 0 {
            tokens.extend(quote!(::));
        }
        let name = (!name.is_empty()).then(|| ident(name));
        tokens.extend(quote!(#name));
    }
    tokens
}

fn scalar_type(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(bool),
        Scalar::Integer(Integer::I8) => quote!(i8),
        Scalar::Integer(Integer::I16) => quote!(i16),
        Scalar::Integer(Integer::I32) => quote!(i32),
        Scalar::Integer(Integer::I64) => quote!(i64),
        Scalar::Integer(Integer::U8) => quote!(u8),
        Scalar::Integer(Integer::U16) => quote!(u16),
        Scalar::Integer(Integer::U32) => quote!(u32),
        Scalar::Integer(Integer::U64) => quote!(u64),
        Scalar::F32 => quote!(f32),
        Scalar::F64 => quote!(f64),
        // Bytes within JSON are text of whatever encoding the vendor means.
        Scalar::String | Scalar::Binary => quote!(::std::string::String),
        Scalar::Text(format) => path(format.facts().rust),
        Scalar::Decimal => quote!(rt::Decimal),
        Scalar::Null => quote!(()),
    }
}
