//! Structs: the fields, the table that reads and writes them, and how callers build one.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::builders;
use super::docs::type_docs;
use super::rules;
use crate::emit::attributes;
use crate::emit::context::{Context, ident};
use crate::emit::docs::{DocComment, code, demands, words_behind};
use crate::model::{Access, Field, Presence, Secrecy, Struct, Type, TypeDef, TypeId, Untyped};
use crate::tokens::Tokens;

pub(super) fn items(cx: &Context<'_>, id: TypeId, record: &Struct) -> Vec<Tokens> {
    let def = cx.api.type_def(id);
    let mut items = vec![definition(cx, id, def, record)];
    if cx.is_sent(id) {
        items.extend(builders::items(cx, id, record));
    }
    items.push(model(cx, id, record).into());
    items
}

fn definition(cx: &Context<'_>, id: TypeId, def: &TypeDef, record: &Struct) -> Tokens {
    let name = cx.type_ident(id);
    let deprecated = attributes::deprecated(&def.docs);
    let mut definition = Tokens::default();
    type_docs(cx, id).push_to(&mut definition);
    definition.extend(quote! {
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct #name
    });
    definition.braces(|fields| {
        for (field, name) in record.fields.iter().zip(cx.names.fields(id)) {
            let deprecated = attributes::deprecated(&field.docs);
            let ty = cx.field_type(id, field);
            field_docs(cx, field, name.plain()).push_to(fields);
            let name = ident(name.as_str());
            fields.extend(quote!(#deprecated pub #name: #ty,));
        }
        for (ty, name) in record.mixins.iter().zip(cx.names.mixins(id)) {
            let name = ident(name.as_str());
            let ty = cx.ty(ty);
            let docs = DocComment::new().own("What else the object holds, by kind.");
            docs.push_to(fields);
            fields.extend(quote!(pub #name: #ty,));
        }
        if let Some(value) = &record.additional {
            let name = ident(cx.names.additional(id).as_str());
            let ty = cx.ty(&Type::Map(Box::new(value.clone())));
            additional_docs(cx, record, value).push_to(fields);
            fields.extend(quote!(pub #name: #ty,));
        }
    });
    definition
}

fn additional_docs(cx: &Context<'_>, record: &Struct, value: &Type) -> DocComment {
    let what = match value {
        Type::Any(Untyped::OtherKeys) => {
            "Keys that the document does not describe, kept so that they go back as they came."
        }
        _ => "The object's other keys.",
    };
    let constraints = demands(cx, value, &record.additional_constraints);
    let docs = DocComment::new().own(what);
    docs.constraints_on("Each value", &constraints)
}

/// What is said of a field in prose, or of what it refers to: a bare reference says what the schema
/// says.
fn words(cx: &Context<'_>, field: &Field) -> DocComment {
    let docs = DocComment::new().docs(&field.docs, &field.wire);
    if docs.is_empty() {
        docs.prose(words_behind(cx, field.held()))
    } else {
        docs
    }
}

fn field_docs(cx: &Context<'_>, field: &Field, name: &str) -> DocComment {
    let mut docs = words(cx, field);
    docs = docs
        .constraints(&demands(cx, &field.ty, &field.constraints))
        .default(field.default.as_ref());
    if field.wire != name {
        docs = docs.fact(format!("{} in JSON.", code(&field.wire)));
    }
    match field.access {
        Access::ReadWrite => {}
        Access::ReadOnly => docs = docs.fact("Set by the server only, and not sent to it."),
        Access::WriteOnly => docs = docs.fact("Only sent, never received."),
    }
    docs
}

/// Whether an object without the field decodes: what only travels the other way is not demanded.
fn is_demanded(field: &Field) -> bool {
    field.presence == Presence::Required && field.access != Access::WriteOnly
}

/// The table of the fields: where each is, and what it is on the wire.
fn model(cx: &Context<'_>, id: TypeId, record: &Struct) -> TokenStream {
    let name = cx.type_ident(id);
    let additional = record.additional.as_ref().map(|_| cx.names.additional(id));
    let names = cx
        .names
        .fields(id)
        .iter()
        .chain(cx.names.mixins(id))
        .chain(additional)
        .map(|name| ident(name.as_str()));
    let kinds = record
        .fields
        .iter()
        .map(kind)
        .chain(record.mixins.iter().map(|_| quote!(Flattened)))
        .chain(record.additional.iter().map(|_| quote!(Rest)));
    let entries = names.zip(kinds).enumerate().map(|(index, (name, kind))| {
        let index = Literal::usize_unsuffixed(index);
        quote!(#index #name: #kind)
    });
    let rules = rules::of_type(cx, id);
    let rules = (!rules.is_empty()).then(|| quote!(rules: [#(#rules),*]));
    quote! {
        rt::model! {
            #name { #(#entries,)* }
            #rules
        }
    }
}

/// A field as the table knows it: a variant of the runtime's `Field`.
fn kind(field: &Field) -> TokenStream {
    let wire = &field.wire;
    match (is_demanded(field), field.secrecy) {
        (false, Secrecy::Open) if field.access == Access::ReadOnly => quote!(ReadOnly(#wire)),
        (false, Secrecy::Secret) if field.access == Access::ReadOnly => {
            quote!(ReadOnlySecret(#wire))
        }
        (true, Secrecy::Open) => quote!(Required(#wire)),
        (false, Secrecy::Open) => quote!(Optional(#wire)),
        (true, Secrecy::Secret) => quote!(RequiredSecret(#wire)),
        (false, Secrecy::Secret) => quote!(OptionalSecret(#wire)),
    }
}
