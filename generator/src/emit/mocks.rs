//! The tests of a crate: a thin call for each operation, in a file for each group, beside a file of
//! JSON that says what must be on the wire.
//!
//! The runtime's `mock` plays and checks; what is here decides what can be said of an operation. An
//! operation or an answer of which nothing certain can be said is left out and counted.

mod exchange;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Map, Value};

use super::context::{Context, ident, mentions};
use super::docs::DocComment;
use crate::model::{Examples, GroupId, SchemeId, SchemeKind};
use exchange::Exchange;

/// What every credential is in the tests.
const SECRET: &str = "secret";

/// Where the tests of a group stand.
pub(super) fn stem(cx: &Context<'_>, id: GroupId) -> String {
    format!("tests/{}", cx.names.group(id).module.plain())
}

/// `tests/….json`: what the tests of a group send and receive.
pub(super) fn data(cx: &Context<'_>, examples: &Examples, id: GroupId) -> String {
    let mut exchanges = Map::new();
    for exchange in exchanges_of(cx, examples, id) {
        exchanges.insert(exchange.name.to_string(), exchange.value);
    }
    let text = serde_json::to_string_pretty(&Value::Object(exchanges));
    text.unwrap_or_default() + "\n"
}

/// `tests/….rs`: the tests of a group.
pub(super) fn file(cx: &Context<'_>, examples: &Examples, id: GroupId) -> Vec<TokenStream> {
    let group = cx.names.group(id);
    let feature = group.feature.as_str();
    let exchanges = exchanges_of(cx, examples, id);
    let total = cx.api.groups[id.index()].operations.len();
    let mut docs = DocComment::new().own(
        "Every operation of the group against a server on this machine: what is sent, and what each documented answer comes to.",
    );
    if exchanges.len() < total {
        let left = total - exchanges.len();
        docs = docs.own(format!(
            "{left} of {total} operations are left out: what they send is not known well enough."
        ));
    }
    let docs = docs.inner_tokens();
    let data = format!("{}.json", group.module.plain());
    let krate = ident(&cx.config.crate_name.replace('-', "_"));
    let tests: Vec<TokenStream> = exchanges
        .iter()
        .map(|exchange| exchange.test.clone())
        .collect();
    let use_types = tests
        .iter()
        .any(|test| mentions(test, "types"))
        .then(|| quote!(use #krate::types;));
    let client = client(cx, &krate);
    let head = quote! {
        #docs
        #![cfg(feature = #feature)]
        #![allow(deprecated, reason = "what is deprecated works all the same")]
        use clientsmith_runtime::{self as rt, mock};
    };
    let data = quote!(
        const EXCHANGES: &str = include_str!(#data);
    );
    std::iter::once(head)
        .chain(use_types)
        .chain([data, client])
        .chain(tests)
        .collect()
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
        fn client(run: &mock::Run<'_>) -> #krate::Client {
            let client = #krate::Client::builder()
                #(#credentials)*
                .base_url(run.url())
                .retry(rt::RetryPolicy::never());
            client.build().expect("a client")
        }
    }
}

fn exchanges_of(cx: &Context<'_>, examples: &Examples, id: GroupId) -> Vec<Exchange> {
    let operations = &cx.api.groups[id.index()].operations;
    operations
        .iter()
        .filter_map(|id| Exchange::of(cx, examples, *id))
        .collect()
}
