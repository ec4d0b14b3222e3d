//! Structs: the fields, the table that reads and writes them, and how callers build one.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::{Context, Holding, ident};
use super::docs::{DocComment, code};
use crate::model::{
    Access, Field, Presence, Secrecy, Struct, Type, TypeDef, TypeId,
};

pub(super) fn items(cx: &Context<'_>, id: TypeId, record: &Struct) -> Vec<TokenStream> {
    let def = cx.api.type_def(id);
    let mut items = vec![definition(cx, id, def, record)];
    if def.usage.request {
        items.push(constructor(cx, id, def, record));
    }
    items.push(model(cx, id, def, record));
    let name = cx.type_ident(id);
    items.push(quote!(rt::impl_model!(#name);));
    items
}

fn definition(cx: &Context<'_>, id: TypeId, def: &TypeDef, record: &Struct) -> TokenStream {
    let name = cx.type_ident(id);
    let docs = super::types::type_docs(def).tokens();
    let deprecated = super::attributes::deprecated(&def.docs);
    let fields = record.fields.iter().zip(cx.names.fields(id)).map(|(field, name)| {
        let docs = field_docs(cx, field, name.plain());
        let deprecated = super::attributes::deprecated(&field.docs);
        let name = ident(name.as_str());
        let ty = cx.field_type(def, field);
        quote!(#docs #deprecated pub #name: #ty)
    });
    let mixins = record.mixins.iter().zip(cx.names.mixins(id)).map(|(ty, name)| {
        let name = ident(name.as_str());
        let ty = cx.ty(ty);
        let docs = DocComment::new().own("What else the object holds, by kind.").tokens();
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
    docs = docs.constraints(&field.constraints).default(field.default.as_ref());
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

fn model(cx: &Context<'_>, id: TypeId, def: &TypeDef, record: &Struct) -> TokenStream {
    let name = cx.type_ident(id);
    let text = cx.names.type_name(id).plain();
    let idents: Vec<_> = cx.names.fields(id).iter().map(|name| ident(name.as_str())).collect();
    let mixins: Vec<_> = cx.names.mixins(id).iter().map(|name| ident(name.as_str())).collect();
    let additional: Vec<_> =
        record.additional.iter().map(|_| ident(cx.names.additional(id).as_str())).collect();
    let table = record.fields.iter().map(|field| {
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
    });
    let reads = idents.iter().enumerate().map(|(index, name)| {
        let index = Literal::usize_unsuffixed(index);
        quote!(#index => json.read(&mut self.#name),)
    });
    let writes = record.fields.iter().zip(&idents).map(|(field, name)| {
        let wire = &field.wire;
        match (field.presence, cx.holding(def, field)) {
            (Presence::Required, _) => quote!(json.required(#wire, &self.#name);),
            (Presence::Optional, _) => quote!(json.optional(#wire, &self.#name);),
        }
    });
    let extra = additional.iter().map(|name| {
        quote! {
            #[inline]
            fn read_extra(&mut self, json: &mut rt::Reader<'_>) -> rt::Result {
                json.entry(&mut self.#name)
            }
        }
    });
    let body = if idents.is_empty() {
        quote!({ let _ = field; json.skip() })
    } else {
        quote!({ match field { #(#reads)* _ => json.skip() } })
    };
    let json = if idents.is_empty() && mixins.is_empty() && additional.is_empty() {
        quote!(_)
    } else {
        quote!(json)
    };
    let flattened = flattened(&mixins);
    quote! {
        impl rt::Model for #name {
            const NAME: &'static str = #text;
            const FIELDS: &'static [rt::Field] = &[#(#table),*];
            #flattened

            #[inline]
            fn empty() -> Self {
                Self {
                    #(#idents: rt::empty(),)*
                    #(#mixins: rt::empty(),)*
                    #(#additional: rt::empty(),)*
                }
            }

            #[inline]
            fn read(&mut self, field: usize, json: &mut rt::Reader<'_>) -> rt::Result #body

            #(#extra)*

            #[inline]
            fn write(&self, #json: &mut rt::Writer) {
                #(#writes)*
                #(json.flatten(&self.#mixins);)*
                #(json.entries(&self.#additional);)*
            }
        }
    }
}

fn flattened(mixins: &[proc_macro2::Ident]) -> TokenStream {
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

/// `new` with what is required, and a setter for each of the others.
fn constructor(cx: &Context<'_>, id: TypeId, def: &TypeDef, record: &Struct) -> TokenStream {
    let name = cx.type_ident(id);
    let fields: Vec<_> = record.fields.iter().zip(cx.names.fields(id)).collect();
    let is_argument = |field: &Field| {
        field.presence == Presence::Required && field.access != Access::ReadOnly
    };
    let arguments = fields.iter().filter(|(field, _)| is_argument(field)).map(|(field, name)| {
        let name = ident(name.as_str());
        let ty = required_argument(cx, def, field, &name).0;
        quote!(#name: #ty)
    });
    let mixin_names: Vec<_> = cx.names.mixins(id).iter().map(|name| ident(name.as_str())).collect();
    let mixin_types: Vec<_> = record.mixins.iter().map(|ty| cx.ty(ty)).collect();
    let values = fields.iter().map(|(field, name)| {
        let name = ident(name.as_str());
        if is_argument(field) {
            let value = required_argument(cx, def, field, &name).1;
            if value.to_string() == name.to_string() { quote!(#name) } else { quote!(#name: #value) }
        } else {
            quote!(#name: rt::empty())
        }
    });
    let additional = record.additional.iter().map(|_| {
        let name = ident(cx.names.additional(id).as_str());
        quote!(#name: rt::empty())
    });
    let setters = fields
        .iter()
        .filter(|(field, _)| !is_argument(field) && field.access != Access::ReadOnly)
        .map(|(field, name)| setter(cx, def, field, name.as_str(), name.plain()));
    let docs = "Builds one with what is required; everything else is left out.";
    let docs = DocComment::new().own(docs).tokens();
    let is_default = !fields.iter().any(|(field, _)| is_argument(field)) && mixin_names.is_empty();
    let default = is_default.then(|| {
        quote! {
            impl ::std::default::Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    quote! {
        #default
        impl #name {
            #docs
            #[must_use]
            pub fn new(#(#arguments,)* #(#mixin_names: #mixin_types,)*) -> Self {
                Self { #(#values,)* #(#mixin_names,)* #(#additional,)* }
            }
            #(#setters)*
        }
    }
}

/// The type and the value of an argument of `new`.
fn required_argument(
    cx: &Context<'_>,
    def: &TypeDef,
    field: &Field,
    name: &proc_macro2::Ident,
) -> (TokenStream, TokenStream) {
    if cx.holding(def, field) == Holding::Plain {
        if let Type::Boxed(inner) = &field.ty {
            return (cx.ty(inner), quote!(::std::boxed::Box::new(#name)));
        }
        let argument = cx.argument(&field.ty, name);
        return (argument.ty, argument.value);
    }
    (cx.field_type(def, field), quote!(#name))
}

fn setter(
    cx: &Context<'_>,
    def: &TypeDef,
    field: &Field,
    name: &str,
    plain: &str,
) -> TokenStream {
    // `new` is the constructor.
    let method = if plain == "new" { ident("with_new") } else { ident(name) };
    let docs = DocComment::new().own(format!("Sets {}.", code(&field.wire))).tokens();
    let deprecated = super::attributes::deprecated(&field.docs);
    let name = ident(name);
    let held = Context::held(field);
    let (ty, value) = match cx.holding(def, field) {
        Holding::Nullable => {
            let inner = cx.ty(held);
            (quote!(impl ::std::convert::Into<rt::Nullable<#inner>>), quote!(#name.into()))
        }
        Holding::Plain => {
            let argument = cx.argument(held, &name);
            (argument.ty, argument.value)
        }
        Holding::Optional => {
            let (ty, value) = match held {
                Type::Boxed(inner) => (cx.ty(inner), quote!(::std::boxed::Box::new(#name))),
                held => {
                    let argument = cx.argument(held, &name);
                    (argument.ty, argument.value)
                }
            };
            (ty, quote!(::std::option::Option::Some(#value)))
        }
    };
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}
