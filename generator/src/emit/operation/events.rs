//! Server-sent events: their type, and how the runtime is told what they are.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
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

pub(super) fn code(cx: &Context<'_>, events: &Events) -> EventCode {
    let (data, is_text) = if cx.api.is_text(&events.data) {
        (quote!(::std::string::String), true)
    } else {
        (cx.ty(&events.data), false)
    };
    let whole =
        |function: TokenStream, form: &TokenStream| (quote!(rt::decode::#function), quote!(#form));
    if let Some(union) = events.told_by_name(cx.api) {
        let members = union.variants.iter().map(|variant| {
            let names = &variant.tags;
            event_member(cx, names, &variant.ty)
        });
        let form = event_form(cx, events, &members.collect::<Vec<_>>());
        return EventCode {
            data,
            whole: whole(quote!(named_events), &form),
            stream: (quote!(named_events), form),
        };
    }
    if !event_keys(cx, events).is_empty() {
        let form = event_form(cx, events, &[event_member(cx, &[], &events.data)]);
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

fn event_form(cx: &Context<'_>, events: &Events, members: &[TokenStream]) -> TokenStream {
    let keys = event_keys(cx, events);
    quote!(&rt::EventForm { keys: &[#(#keys),*], members: &[#(#members),*] })
}

fn event_member(cx: &Context<'_>, names: &[String], ty: &Type) -> TokenStream {
    let data = if cx.api.is_text(ty) {
        quote!(rt::EventData::Text)
    } else {
        quote!(rt::EventData::Json)
    };
    quote!(rt::EventMember { names: &[#(#names),*], data: #data })
}

/// The keys by which the runtime knows an event that was sent as data; none where an object of
/// such keys could be the data itself.
fn event_keys<'e>(cx: &Context<'_>, events: &'e Events) -> &'e [String] {
    let could_be_data = match events.told_by_name(cx.api) {
        Some(union) => union.variants.iter().any(|variant| {
            !matches!(variant.ty, Type::Any(_)) && could_have_data(cx, &variant.ty, 0)
        }),
        None => could_have_data(cx, &events.data, 0),
    };
    if could_be_data { &[] } else { &events.keys }
}

/// Whether a value may be an object with the key `data`.
fn could_have_data(cx: &Context<'_>, ty: &Type, depth: usize) -> bool {
    /// What is nested deeper than this is a circle.
    const DEEPEST: usize = 16;
    if depth > DEEPEST {
        return true;
    }
    let within = |ty: &Type| could_have_data(cx, ty, depth + 1);
    match cx.api.resolve(ty) {
        Type::Any(_) | Type::Map(_) => true,
        Type::Nullable(inner) | Type::Boxed(inner) => within(inner),
        Type::Scalar(_) | Type::List(_) | Type::Tuple(_) => false,
        Type::Named(id) => match &cx.api.type_def(*id).kind {
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
