//! Structs: the fields, the table that reads and writes them, and how callers build one.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::builders;
use super::context::{Context, ident};
use super::docs::{DocComment, code};
use crate::model::{Access, Field, Presence, Secrecy, Struct, Type, TypeDef, TypeId};

pub(super) fn items(cx: &Context<'_>, id: TypeId, record: &Struct) -> Vec<TokenStream> {
    let def = cx.api.type_def(id);
    let mut items = vec![definition(cx, id, def, record)];
    if def.usage.request {
        items.extend(builders::items(cx, id, record));
    }
    items.push(model(cx, id, record));
    let name = cx.type_ident(id);
    items.push(quote!(rt::impl_model!(#name);));
    items
}

fn definition(cx: &Context<'_>, id: TypeId, def: &TypeDef, record: &Struct) -> TokenStream {
    let name = cx.type_ident(id);
    let docs = super::types::type_docs(def).tokens();
    let deprecated = super::attributes::deprecated(&def.docs);
    let fields = record
        .fields
        .iter()
        .zip(cx.names.fields(id))
        .map(|(field, name)| {
            let docs = field_docs(cx, field, name.plain());
            let deprecated = super::attributes::deprecated(&field.docs);
            let name = ident(name.as_str());
            let ty = cx.field_type(def, field);
            quote!(#docs #deprecated pub #name: #ty)
        });
    let mixins = record
        .mixins
        .iter()
        .zip(cx.names.mixins(id))
        .map(|(ty, name)| {
            let name = ident(name.as_str());
            let ty = cx.ty(ty);
            let docs = DocComment::new()
                .own("What else the object holds, by kind.")
                .tokens();
            quote!(#docs pub #name: #ty)
        });
    let additional = record.additional.iter().map(|value| {
        let name = ident(cx.names.additional(id).as_str());
        let ty = cx.ty(&Type::Map(Box::new(value.clone())));
        let docs = DocComment::new().own("The object's other keys.").tokens();
        quote!(#docs pub #name: #ty)
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* #(#mixins,)* #(#additional,)* }
    }
}

fn field_docs(cx: &Context<'_>, field: &Field, name: &str) -> TokenStream {
    let mut docs = DocComment::new().docs(&field.docs);
    if let (true, Some((_, def))) = (docs.is_empty(), cx.definition(Context::held(field))) {
        // A bare reference says what the schema says.
        docs = docs.docs(&def.docs);
    }
    docs = docs.or(|| format!("{}.", code(&field.wire)));
    docs = docs
        .constraints(&field.constraints)
        .default(field.default.as_ref());
    if field.wire != name {
        docs = docs.own(format!("{} in JSON.", code(&field.wire)));
    }
    match field.access {
        Access::ReadWrite => {}
        Access::ReadOnly => docs = docs.own("Set by the server only."),
        Access::WriteOnly => docs = docs.own("Only sent, never answered."),
    }
    docs.tokens()
}

/// Whether an object without the field decodes: what only travels the other way is not demanded.
fn is_demanded(field: &Field) -> bool {
    field.presence == Presence::Required && field.access != Access::WriteOnly
}

/// The table of the fields and the functions that go by it.
fn model(cx: &Context<'_>, id: TypeId, record: &Struct) -> TokenStream {
    let name = cx.type_ident(id);
    let text = cx.names.type_name(id).plain();
    let fields: Vec<Ident> = cx
        .names
        .fields(id)
        .iter()
        .map(|name| ident(name.as_str()))
        .collect();
    let mixins: Vec<Ident> = cx
        .names
        .mixins(id)
        .iter()
        .map(|name| ident(name.as_str()))
        .collect();
    let additional: Option<Ident> = record
        .additional
        .as_ref()
        .map(|_| ident(cx.names.additional(id).as_str()));
    let all = fields.iter().chain(&mixins).chain(&additional);
    let table = record.fields.iter().map(table_entry);
    let reads = reads(&fields);
    let flattened = flattened(&mixins);
    let extra = additional.as_ref().map(|name| {
        quote! {
            #[inline]
            fn read_extra(&mut self, json: &mut rt::Reader<'_>) -> rt::Result {
                json.entry(&mut self.#name)
            }
        }
    });
    let write = write(record, &fields, &mixins, additional.as_ref());
    quote! {
        impl rt::Model for #name {
            const NAME: &'static str = #text;
            const FIELDS: &'static [rt::Field] = &[#(#table),*];
            #flattened

            #[inline]
            fn empty() -> Self {
                Self { #(#all: rt::empty(),)* }
            }
            #reads
            #extra
            #write
        }
    }
}

fn table_entry(field: &Field) -> TokenStream {
    let wire = &field.wire;
    let entry = if is_demanded(field) {
        quote!(rt::Field::required(#wire))
    } else {
        quote!(rt::Field::optional(#wire))
    };
    match field.secrecy {
        Secrecy::Open => entry,
        Secrecy::Secret => quote!(#entry.secret()),
    }
}

fn reads(fields: &[Ident]) -> TokenStream {
    if fields.is_empty() {
        return quote! {
            #[inline]
            fn read(&mut self, _: usize, json: &mut rt::Reader<'_>) -> rt::Result {
                json.skip()
            }
        };
    }
    let arms = fields.iter().enumerate().map(|(index, name)| {
        let index = Literal::usize_unsuffixed(index);
        quote!(#index => json.read(&mut self.#name),)
    });
    quote! {
        #[inline]
        fn read(&mut self, field: usize, json: &mut rt::Reader<'_>) -> rt::Result {
            match field { #(#arms)* _ => json.skip() }
        }
    }
}

fn write(
    record: &Struct,
    fields: &[Ident],
    mixins: &[Ident],
    additional: Option<&Ident>,
) -> TokenStream {
    let writes = record.fields.iter().zip(fields).map(|(field, name)| {
        let wire = &field.wire;
        match field.presence {
            Presence::Required => quote!(json.required(#wire, &self.#name);),
            Presence::Optional => quote!(json.optional(#wire, &self.#name);),
        }
    });
    let entries = additional.map(|name| quote!(json.entries(&self.#name);));
    let is_empty = fields.is_empty() && mixins.is_empty() && additional.is_none();
    let json = if is_empty { quote!(_) } else { quote!(json) };
    quote! {
        #[inline]
        fn write(&self, #json: &mut rt::Writer) {
            #(#writes)*
            #(json.flatten(&self.#mixins);)*
            #entries
        }
    }
}

fn flattened(mixins: &[Ident]) -> TokenStream {
    if mixins.is_empty() {
        return TokenStream::new();
    }
    let count = Literal::usize_unsuffixed(mixins.len());
    let reads = mixins.iter().enumerate().map(|(index, name)| {
        let index = Literal::usize_unsuffixed(index);
        quote!(#index => json.read(&mut self.#name),)
    });
    quote! {
        const FLATTENED: usize = #count;

        #[inline]
        fn read_flattened(&mut self, index: usize, json: &mut rt::Reader<'_>) -> rt::Result {
            match index { #(#reads)* _ => json.skip() }
        }
    }
}
