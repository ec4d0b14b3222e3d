//! The tests of a crate: a thin call for each operation, in a file for each group, beside a file of
//! JSON that says what must be on the wire; and the document's examples of types, taken there and
//! back.
//!
//! The runtime's `mock` plays and checks; what is here decides what can be said of an operation.
//! What cannot be said is in the head of each file. All files are one program: to link one for each
//! group would take longer than to run them.

mod body;
mod exchange;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use super::context::{Context, ident, mentions};
use super::docs::{DocComment, code};
use crate::model::{Examples, GroupId, Sampler, SchemeId, SchemeKind, Type, TypeId};
use exchange::Exchange;

/// What every credential is in the tests.
const SECRET: &str = "secret";

/// `tests/mock/api/….json`: what the tests of a group send and receive.
pub(super) fn data(cx: &Context<'_>, examples: &Examples, id: GroupId) -> String {
    let exchanges = exchanges(cx, examples, id).0.into_iter();
    text(exchanges.map(|exchange| (exchange.name.to_string(), exchange.value)))
}

/// `tests/mock/types.json`: the examples of types.
pub(super) fn types_data(cx: &Context<'_>, examples: &Examples) -> String {
    let shown = shown_types(cx, examples).0.into_iter();
    text(shown.map(|(id, values)| (cx.type_ident(id).to_string(), Value::Array(values))))
}

fn text(entries: impl Iterator<Item = (String, Value)>) -> String {
    let object: Map<String, Value> = entries.collect();
    let text = serde_json::to_string_pretty(&object);
    // What has no key but strings is always JSON.
    text.unwrap_or_default() + "\n"
}

/// `tests/mock/api/….rs`: the tests of a group.
pub(super) fn file(cx: &Context<'_>, examples: &Examples, id: GroupId) -> Vec<TokenStream> {
    let group = cx.names.group(id);
    let (exchanges, left_out) = exchanges(cx, examples, id);
    let docs = head(&exchanges, &left_out).inner_tokens();
    let data = format!("{}.json", group.module.as_str());
    let krate = krate(cx);
    let tests: Vec<TokenStream> = exchanges
        .into_iter()
        .map(|exchange| exchange.test)
        .collect();
    // An accessor may have that name too.
    let is_type = |test: &TokenStream| test.to_string().contains(" types :: ");
    let use_types = tests
        .iter()
        .any(is_type)
        .then(|| quote!(use #krate::types;));
    let has_runtime = tests.iter().any(|test| mentions(test, "rt"));
    let use_runtime = has_runtime.then(|| {
        quote!(
            use clientsmith_runtime as rt;
        )
    });
    let rest = (!tests.is_empty()).then(|| {
        quote! {
            use clientsmith_runtime::mock;
            const EXCHANGES: &str = include_str!(#data);
        }
    });
    std::iter::once(docs)
        .chain(use_runtime)
        .chain(use_types)
        .chain(rest)
        .chain(tests)
        .collect()
}

/// What is tested, and all that is not.
fn head(exchanges: &[Exchange], left_out: &[String]) -> DocComment {
    let mut docs = DocComment::new().own(
        "The operations against a server on this machine: what is sent, and what each documented \
         answer comes to.",
    );
    let list = |names: Vec<String>| names.join(", ");
    if !left_out.is_empty() {
        let names = left_out.iter().map(|name| code(name)).collect();
        docs = docs.own(format!(
            "Left out, because a value or a credential that must be given is not known: {}.",
            list(names)
        ));
    }
    let notes = |pick: fn(&Exchange) -> &[String]| {
        let notes = exchanges
            .iter()
            .filter(|exchange| !pick(exchange).is_empty());
        let notes = notes.map(|exchange| {
            let name = code(&exchange.name.to_string());
            format!("{name} ({})", pick(exchange).join(", "))
        });
        notes.collect::<Vec<_>>()
    };
    for (what, notes) in [
        ("Sent, but not compared", notes(|it| &it.unchecked)),
        ("Not sent", notes(|it| &it.unsent)),
        ("Answers that are not played", notes(|it| &it.unplayed)),
    ] {
        if !notes.is_empty() {
            docs = docs.own(format!("{what}: {}.", list(notes)));
        }
    }
    let misfits: usize = exchanges.iter().map(|exchange| exchange.misfits).sum();
    misfits_note(docs, misfits)
}

fn misfits_note(docs: DocComment, misfits: usize) -> DocComment {
    if misfits == 0 {
        return docs;
    }
    docs.own(format!(
        "Examples of the document that do not surely fit their types, and are left out: {misfits}."
    ))
}

/// `tests/mock/main.rs`: the client that all tests use, and the test of the types.
pub(super) fn root(cx: &Context<'_>, examples: &Examples) -> Vec<TokenStream> {
    let krate = krate(cx);
    let (types, misfits) = shown_types(cx, examples);
    let docs = DocComment::new().own(
        "The crate against a server on this machine, with what its document shows or, where it \
         shows nothing, with the least that is valid.",
    );
    let docs = misfits_note(docs, misfits).inner_tokens();
    let modules = (0..cx.api.groups.len()).map(|index| {
        let id = GroupId::new(index);
        let cfg = cx.group_cfg(&[id].into());
        let module = ident(cx.names.group(id).module.as_str());
        quote!(#cfg mod #module;)
    });
    let trips = types.iter().map(|(id, _)| {
        let cfg = cx.group_cfg(&cx.api.type_def(*id).groups);
        let name = cx.type_ident(*id);
        let key = name.to_string();
        quote!(#cfg (#key, mock::trip::<#krate::types::#name>))
    });
    let head = quote! {
        #docs
        #![allow(deprecated, reason = "what is deprecated works all the same")]
        use clientsmith_runtime::{self as rt, mock};
    };
    let client = client(cx, &krate);
    let rest = quote! {
        mod api { #(#modules)* }
        #client
        #[test]
        fn examples_of_types_go_there_and_back() {
            mock::round_trips(include_str!("types.json"), &[#(#trips),*]);
        }
    };
    vec![head, rest]
}

/// A client with all credentials, for a server.
fn client(cx: &Context<'_>, krate: &Ident) -> TokenStream {
    let credentials = cx.api.schemes.iter().enumerate().map(|(index, scheme)| {
        let method = ident(cx.names.scheme(SchemeId::new(index)).as_str());
        match scheme.kind {
            SchemeKind::MutualTls => TokenStream::new(),
            SchemeKind::Basic => quote!(.#method(#SECRET, #SECRET)),
            _ => quote!(.#method(#SECRET)),
        }
    });
    quote! {
        #[allow(dead_code, reason = "all groups of operations may be off")]
        fn client(run: &mock::Run<'_>) -> #krate::Client {
            let client = #krate::Client::builder()
                #(#credentials)*
                .base_url(run.url())
                .retry(rt::RetryPolicy::never());
            client.build().expect("a client")
        }
    }
}

fn krate(cx: &Context<'_>) -> Ident {
    ident(&cx.config.crate_name.replace('-', "_"))
}

/// What can be tested of a group, and the methods that cannot.
fn exchanges(cx: &Context<'_>, examples: &Examples, id: GroupId) -> (Vec<Exchange>, Vec<String>) {
    let mut exchanges = Vec::new();
    let mut left_out = Vec::new();
    for id in &cx.api.groups[id.index()].operations {
        let body = cx.api.operations[id.index()].body.as_ref();
        let forms = body.map_or(1, |body| body.contents.len());
        for form in 0..forms {
            match Exchange::of(cx, examples, *id, form) {
                Ok(exchange) => exchanges.push(exchange),
                Err(name) => left_out.push(name),
            }
        }
    }
    (exchanges, left_out)
}

/// The types with the examples that fit them, and how many do not.
fn shown_types(cx: &Context<'_>, examples: &Examples) -> (Vec<(TypeId, Vec<Value>)>, usize) {
    let sampler = Sampler::new(cx.api, examples);
    let mut misfits = 0;
    let mut shown = Vec::new();
    for (id, def) in cx.api.types_with_ids() {
        let all = examples.at(&def.origin);
        let fitting: Vec<Value> = all
            .iter()
            .filter_map(|example| sampler.fitting(&Type::Named(id), [example]))
            .collect();
        misfits += all.len() - fitting.len();
        if !fitting.is_empty() {
            shown.push((id, fitting));
        }
    }
    (shown, misfits)
}
