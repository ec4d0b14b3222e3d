//! Rules: what a document demands of the values of a request, as tables that the runtime checks
//! them by. Only types and parameters that can break something have any.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::context::{Context, mentions};
use crate::model::{
    Access, Constraints, Limit, Secrecy, Struct, Type, TypeDef, TypeId, TypeKind, Union,
};

/// The rules of a type where it stands, with what is demanded of it there.
pub(crate) fn of(cx: &Context<'_>, ty: &Type, own: &Constraints) -> Vec<TokenStream> {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => of(cx, inner, own),
        Type::Named(id) => named(cx, *id, own),
        Type::List(item) => {
            let within = own.each_item.as_deref().cloned().unwrap_or_default();
            let items = of(cx, item, &within);
            leaf(own).chain(list("Items", &items)).collect()
        }
        Type::Map(value) => {
            let within = own.each_value.as_deref().cloned().unwrap_or_default();
            let values = of(cx, value, &within);
            leaf(own).chain(list("Values", &values)).collect()
        }
        Type::Tuple(items) => {
            let positions = items.iter().enumerate().filter_map(|(index, item)| {
                let within = own.positions.get(index).cloned().unwrap_or_default();
                let rules = of(cx, item, &within);
                let index = Literal::usize_unsuffixed(index);
                (!rules.is_empty()).then(|| quote!(rt::Rule::Position(#index, &[#(#rules),*])))
            });
            leaf(own).chain(positions).collect()
        }
        Type::Scalar(_) | Type::Any(_) => leaf(own).collect(),
    }
}

fn named(cx: &Context<'_>, id: TypeId, own: &Constraints) -> Vec<TokenStream> {
    let def = cx.api.type_def(id);
    let name = cx.type_ident(id);
    let construct = match &def.kind {
        TypeKind::Alias(target) => {
            let mut all = own.clone();
            all.narrow(&def.constraints);
            return of(cx, target, &all);
        }
        TypeKind::Enum(_) => {
            let mut all = own.clone();
            all.narrow(&def.constraints);
            return leaf(&all).collect();
        }
        TypeKind::Struct(_) => quote!(Model),
        TypeKind::Union(_) => quote!(Union),
        TypeKind::Newtype(_) => quote!(Newtype),
    };
    let rules = cx
        .has_rules(id)
        .then(|| quote!(rt::Rule::Of(<types::#name as rt::#construct>::rules)));
    leaf(own).chain(rules).collect()
}

/// The rules of a whole type, as the function of its implementation; nothing where it has none.
pub(super) fn function(cx: &Context<'_>, id: TypeId) -> TokenStream {
    if !cx.has_rules(id) {
        return TokenStream::new();
    }
    let rules = of_type(cx, id);
    quote! {
        fn rules() -> rt::Rules {
            &[#(#rules),*]
        }
    }
}

/// The rules of a whole type; none where it is never checked.
pub(super) fn of_type(cx: &Context<'_>, id: TypeId) -> Vec<TokenStream> {
    let def = cx.api.type_def(id);
    if !cx.has_rules(id) {
        return Vec::new();
    }
    match &def.kind {
        TypeKind::Struct(record) => record_rules(cx, def, record),
        TypeKind::Union(union) => union_rules(cx, id, def, union),
        TypeKind::Newtype(target) => of(cx, target, &def.constraints),
        // These are no types of their own: their rules stand where they are used.
        TypeKind::Alias(_) | TypeKind::Enum(_) => Vec::new(),
    }
}

fn record_rules(cx: &Context<'_>, def: &TypeDef, record: &Struct) -> Vec<TokenStream> {
    let mut rules: Vec<_> = leaf(&def.constraints).collect();
    for field in &record.fields {
        // What only the server sets is not sent by who heeds the document.
        if field.access == Access::ReadOnly {
            continue;
        }
        let within = of(cx, &field.ty, &field.constraints);
        let wire = &field.wire;
        let is_marked = within.first().is_some_and(|rule| mentions(rule, "Secret"));
        let secret =
            (field.secrecy == Secrecy::Secret && !is_marked).then(|| quote!(rt::Rule::Secret,));
        if !within.is_empty() {
            rules.push(quote!(rt::Rule::Field(#wire, &[#secret #(#within),*])));
        }
    }
    for mixin in &record.mixins {
        rules.extend(of(cx, mixin, &Constraints::default()));
    }
    // The members of a union that is mixed in are no other keys.
    if let (Some(value), true) = (&record.additional, record.mixins.is_empty()) {
        let within = of(cx, value, &record.additional_constraints);
        if !within.is_empty() {
            rules.push(quote!(rt::Rule::Rest(<Self as rt::Model>::FIELDS, &[#(#within),*])));
        }
    }
    rules
}

fn union_rules(cx: &Context<'_>, id: TypeId, def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let members: Vec<_> = union
        .variants
        .iter()
        .enumerate()
        .filter_map(|(index, variant)| {
            let rules = of(cx, &variant.ty, &variant.constraints);
            let index = Literal::usize_unsuffixed(index);
            (!rules.is_empty()).then(|| quote!((#index, &[#(#rules),*])))
        })
        .collect();
    let name = cx.type_ident(id);
    let members = (!members.is_empty())
        .then(|| quote!(rt::Rule::Member(rt::member::<#name>, &[#(#members),*])));
    leaf(&def.constraints).chain(members).collect()
}

/// A rule for what is within, where there is one.
fn list(name: &str, rules: &[TokenStream]) -> Option<TokenStream> {
    let name = crate::emit::context::ident(name);
    (!rules.is_empty()).then(|| quote!(rt::Rule::#name(&[#(#rules),*])))
}

/// What is demanded of the value itself. A secret is no demand, but must stand before those.
fn leaf(constraints: &Constraints) -> impl Iterator<Item = TokenStream> + use<> {
    let mut rules = Vec::new();
    let mut bound = |name: &str, bound: Option<u64>| {
        let name = crate::emit::context::ident(name);
        let bound = bound.map(Literal::u64_unsuffixed);
        rules.extend(bound.map(|bound| quote!(rt::Rule::#name(#bound))));
    };
    let positive = |bound: Option<u64>| bound.filter(|bound| *bound > 0);
    bound("MinLength", positive(constraints.length.min));
    bound("MaxLength", constraints.length.max);
    bound("MinItems", positive(constraints.items.min));
    bound("MaxItems", constraints.items.max);
    bound("MinProperties", positive(constraints.properties.min));
    bound("MaxProperties", constraints.properties.max);
    for (limit, inclusive, exclusive) in [
        (constraints.range.min, "Minimum", "ExclusiveMinimum"),
        (constraints.range.max, "Maximum", "ExclusiveMaximum"),
    ] {
        let Some(limit) = limit else { continue };
        let name = crate::emit::context::ident(match limit {
            Limit::Inclusive(_) => inclusive,
            Limit::Exclusive(_) => exclusive,
        });
        let text = limit.bound().to_string();
        rules.push(quote!(rt::Rule::#name(#text)));
    }
    for of in &constraints.multiple_of {
        let text = of.to_string();
        rules.push(quote!(rt::Rule::MultipleOf(#text)));
    }
    for pattern in &constraints.patterns {
        rules.push(quote!(rt::Rule::Pattern(#pattern)));
    }
    if constraints.unique_items {
        rules.push(quote!(rt::Rule::UniqueItems));
    }
    let secret = constraints.secrecy == Secrecy::Secret && !rules.is_empty();
    secret
        .then(|| quote!(rt::Rule::Secret))
        .into_iter()
        .chain(rules)
}

/// Whether anything that a request can send must match a pattern.
pub(crate) fn has_patterns(cx: &Context<'_>) -> bool {
    let in_types = cx
        .api
        .types_with_ids()
        .filter(|(id, _)| cx.has_rules(*id))
        .any(|(_, def)| def.demands().any(Constraints::has_patterns));
    in_types
        || cx.api.operations.iter().any(|operation| {
            let parameters = operation.parameters.iter();
            let forms = operation.body.iter().flat_map(|body| &body.contents);
            parameters
                .map(|parameter| &parameter.constraints)
                .chain(forms.map(|media| &media.constraints))
                .any(Constraints::has_patterns)
        })
}
