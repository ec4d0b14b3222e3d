//! The tests of a crate: a thin call for each operation, in a file for each group, and the
//! document's examples of types, taken there and back. Beside each file stands one of JSON that says
//! what must be on the wire.
//!
//! [`examples`](crate::examples) decides what can be said of an operation; the runtime's `mock` plays
//! and checks. What cannot be said is in the head of each file. All files are one program: to link
//! one for each group would take longer than to run them.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::{Map, Value};

use crate::emit::attributes;
use crate::emit::context::{Context, ident};
use crate::emit::docs::{DocComment, code};
use crate::emit::operation::exchange;
use crate::examples::{Exchange, Exchanges, Trips};
use crate::model::{GroupId, SECRET, SchemeId};
use crate::pass::Gate;
use crate::tokens::Tokens;

/// `tests/mock/main.rs`: the client that all tests use.
pub(crate) fn root(cx: &Context<'_>) -> Vec<TokenStream> {
    let krate = cx.crate_ident();
    let modules = cx.api.groups_with_ids().map(|(id, _)| {
        let cfg = cx.group_cfg(id);
        let module = ident(cx.names.group(id).module.as_str());
        quote!(#cfg mod #module;)
    });
    let docs = DocComment::new().own(
        "The crate against a server on this machine, with what its document shows or, where it \
         shows nothing, with the least that is valid.",
    );
    let docs = docs.inner_tokens();
    let letters = attributes::letters(cx);
    let credentials = cx.api.schemes.iter().enumerate().map(|(index, scheme)| {
        let method = ident(cx.names.scheme(SchemeId::new(index)).setter.as_str());
        let sent = scheme.kind.facts().sent;
        sent.map(|sent| {
            let arguments = sent.setter.arguments.iter().map(|_| SECRET);
            quote!(.#method(#(#arguments),*))
        })
    });
    vec![
        quote! {
            #docs
            #![recursion_limit = "1024"]
            #letters
            #![allow(deprecated, reason = "what is deprecated works all the same")]
            #![allow(clippy::module_inception, reason = "names are the document's")]
            #![allow(
                clippy::needless_borrows_for_generic_args,
                reason = "bodies are given by reference, whichever way their operation takes them"
            )]
        },
        quote!(
            use clientsmith_runtime::support::{self as rt, mock};
        ),
        quote!(mod api { #(#modules)* }),
        quote!(
            mod types;
        ),
        quote! {
            #[allow(dead_code, reason = "all groups of operations may be off")]
            fn client(run: &mock::Run<'_>) -> #krate::Client {
                let client = #krate::Client::builder()
                    #(#credentials)*
                    .base_url(run.url())
                    .retry(rt::RetryPolicy::never());
                client.build().expect("a client")
            }
        },
    ]
}

/// `tests/mock/api/….rs`: the tests of a group.
pub(crate) fn group(cx: &Context<'_>, id: GroupId) -> (Vec<Tokens>, String) {
    let Exchanges {
        exchanges,
        left_out,
    } = Exchanges::of(cx.api, cx.names, cx.examples, id);
    let docs = head(&exchanges, &left_out).inner_tokens();
    let mut items = vec![Tokens::from(docs)];
    let mut data = Map::new();
    let mut tests = Vec::new();
    for exchange in exchanges {
        tests.push(exchange::test(cx, &exchange));
        data.insert(exchange.key, exchange.value);
    }
    if !tests.is_empty() {
        let file = format!("{}.json", cx.names.group(id).module.as_str());
        items.extend(imports(cx, &tests));
        let exchanges = quote!(
            const EXCHANGES: &str = include_str!(#file);
        );
        items.push(exchanges.into());
    }
    items.extend(tests);
    (items, text(data))
}

fn imports(cx: &Context<'_>, tests: &[Tokens]) -> Vec<Tokens> {
    let krate = cx.crate_ident();
    let any = |name: &str| tests.iter().any(|test| test.uses(name));
    let runtime = if any("rt") {
        quote!(
            use clientsmith_runtime::support::{self as rt, mock};
        )
    } else {
        quote!(
            use clientsmith_runtime::support::mock;
        )
    };
    let types = any("types").then(|| quote!(use #krate::types;));
    let imports = std::iter::once(runtime).chain(types);
    imports.map(Tokens::from).collect()
}

/// What is tested, and all that is not.
fn head(exchanges: &[Exchange], left_out: &[String]) -> DocComment {
    let mut docs = DocComment::new().own(
        "The operations against a server on this machine: what is sent, and what each documented \
         response comes to.",
    );
    if !left_out.is_empty() {
        let names: Vec<String> = left_out.iter().map(|name| code(name)).collect();
        docs = docs.own(format!(
            "Left out, because a value or a credential that must be given is not known: {}.",
            names.join(", ")
        ));
    }
    let notes = |pick: fn(&Exchange) -> &[String]| {
        let noted = exchanges.iter().filter_map(|exchange| {
            let name = code(&exchange.key);
            let notes = pick(exchange);
            (!notes.is_empty()).then(|| format!("{name} ({})", notes.join(", ")))
        });
        noted.collect::<Vec<_>>()
    };
    for (what, notes) in [
        ("Sent, but not compared", notes(|it| &it.unchecked)),
        ("Not sent", notes(|it| &it.unsent)),
        ("Responses that are not played", notes(|it| &it.unplayed)),
    ] {
        if !notes.is_empty() {
            docs = docs.own(format!("{what}: {}.", notes.join(", ")));
        }
    }
    let mismatches = exchanges.iter().map(|exchange| exchange.mismatches);
    self::mismatches(docs, mismatches.sum())
}

fn mismatches(docs: DocComment, count: usize) -> DocComment {
    if count == 0 {
        return docs;
    }
    docs.own(format!(
        "Examples of the document that do not surely fit their types, and are left out: {count}."
    ))
}

/// `tests/mock/types.rs`: the examples of types.
pub(crate) fn types(cx: &Context<'_>) -> (Vec<Tokens>, String) {
    let Trips {
        fitting,
        mismatches,
    } = Trips::of(cx.api, cx.examples);
    let krate = cx.crate_ident();
    let mut data = Map::new();
    // A condition that names all groups stands once, not at each of the types.
    let (mut trips, mut of_all) = (Vec::new(), Vec::new());
    for (id, values) in fitting {
        let gate = cx.facts.gates.of(id);
        let name = cx.type_ident(id);
        let key = name.to_string();
        let trip = quote!((#key, mock::trip::<#krate::types::#name>));
        if *gate == Gate::All {
            of_all.push(trip);
        } else {
            let cfg = cx.gate_cfg(gate);
            trips.push(quote!(#cfg #trip));
        }
        data.insert(key, Value::Array(values));
    }
    let docs = DocComment::new().own("What the document shows of its types.");
    let docs = self::mismatches(docs, mismatches).inner_tokens();
    let cfg = cx.gate_cfg(&Gate::All);
    let all = (!of_all.is_empty()).then(|| {
        quote! {
            #cfg
            #[test]
            fn examples_of_unused_types_go_there_and_back() {
                mock::round_trips(include_str!("types.json"), &[#(#of_all),*]);
            }
        }
    });
    let mut items = vec![
        docs,
        quote!(
            use clientsmith_runtime::support::mock;
        ),
        quote! {
            #[test]
            fn examples_go_there_and_back() {
                mock::round_trips(include_str!("types.json"), &[#(#trips),*]);
            }
        },
    ];
    items.extend(all);
    let items = items.into_iter().map(Tokens::from).collect();
    (items, text(data))
}

fn text(object: Map<String, Value>) -> String {
    // Keys that are strings and no other are always JSON.
    serde_json::to_string_pretty(&Value::Object(object)).unwrap_or_default() + "\n"
}
