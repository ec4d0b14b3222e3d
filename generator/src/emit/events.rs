//! Server-sent events: their type, and how the runtime is told what they are.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use crate::model::{Events, Type, TypeKind, Untyped};

/// What the code of an operation says of its events.
pub(super) struct EventCode {
    /// The type of their data.
    pub(super) data: TokenStream,
    /// What decodes all of them at once: a function, and what it is given beside the response.
    pub(super) whole: (TokenStream, TokenStream),
    /// The method of a call that makes a stream of them, and what it is given first.
    pub(super) stream: (TokenStream, TokenStream),
}

impl Context<'_> {
    pub(super) fn events(&self, events: &Events) -> EventCode {
        let (data, is_text) = if self.api.is_text(&events.data) {
            (quote!(::std::string::String), true)
        } else {
            (self.ty(&events.data), false)
        };
        let whole = |function: TokenStream, form: &TokenStream| {
            (quote!(rt::decode::#function), quote!(#form))
        };
        if let Some(union) = events.told_by_name(self.api) {
            let members = union.variants.iter().map(|variant| {
                let names = &variant.tags;
                self.event_member(names, &variant.ty)
            });
            let form = self.event_form(events, &members.collect::<Vec<_>>());
            return EventCode {
                data,
                whole: whole(quote!(named_events), &form),
                stream: (quote!(named_events), form),
            };
        }
        if !self.event_keys(events).is_empty() {
            let form = self.event_form(events, &[self.event_member(&[], &events.data)]);
            return EventCode {
                data,
                whole: whole(quote!(described_events), &form),
                stream: (quote!(described_events), form),
            };
        }
        let function = if is_text {
            quote!(text_events)
        } else {
            quote!(events)
        };
        let none = TokenStream::new();
        EventCode {
            data,
            whole: whole(function.clone(), &none),
            stream: (function, none),
        }
    }

    fn event_form(&self, events: &Events, members: &[TokenStream]) -> TokenStream {
        let keys = self.event_keys(events);
        quote!(&rt::EventForm { keys: &[#(#keys),*], members: &[#(#members),*] })
    }

    fn event_member(&self, names: &[String], ty: &Type) -> TokenStream {
        let data = if self.api.is_text(ty) {
            quote!(rt::EventData::Text)
        } else {
            quote!(rt::EventData::Json)
        };
        quote!(rt::EventMember { names: &[#(#names),*], data: #data })
    }

    /// The keys by which the runtime knows an event that was sent as data; none where an object of
    /// such keys could be the data itself.
    fn event_keys<'e>(&self, events: &'e Events) -> &'e [String] {
        let could_be_data = match events.told_by_name(self.api) {
            Some(union) => union.variants.iter().any(|variant| {
                !matches!(variant.ty, Type::Any(_)) && self.could_have_data(&variant.ty, 0)
            }),
            None => self.could_have_data(&events.data, 0),
        };
        if could_be_data { &[] } else { &events.keys }
    }

    /// Whether a value may be an object with the key `data`.
    fn could_have_data(&self, ty: &Type, depth: usize) -> bool {
        /// What is nested deeper than this is a circle.
        const DEEPEST: usize = 16;
        if depth > DEEPEST {
            return true;
        }
        let within = |ty: &Type| self.could_have_data(ty, depth + 1);
        match self.api.resolve(ty) {
            Type::Any(_) | Type::Map(_) => true,
            Type::Nullable(inner) | Type::Boxed(inner) => within(inner),
            Type::Scalar(_) | Type::List(_) | Type::Tuple(_) => false,
            Type::Named(id) => match &self.api.type_def(*id).kind {
                TypeKind::Struct(record) => {
                    let is_open = |ty: &Type| *ty != Type::Any(Untyped::OtherKeys);
                    record.fields.iter().any(|field| field.wire == "data")
                        || record.additional.as_ref().is_some_and(is_open)
                        || record.mixins.iter().any(within)
                }
                TypeKind::Enum(_) => false,
                TypeKind::Union(union) => union.variants.iter().any(|it| within(&it.ty)),
                TypeKind::Alias(inner) | TypeKind::Newtype(inner) => within(inner),
            },
        }
    }
}
