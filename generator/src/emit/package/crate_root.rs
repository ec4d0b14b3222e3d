//! `src/lib.rs`: what the crate is, a first program, and what it exports.

use std::fmt::Write;

use proc_macro2::TokenStream;
use quote::quote;

use super::{example, index, start};
use crate::emit::attributes;
use crate::emit::context::Context;
use crate::emit::docs::{DocComment, count, page};
use crate::emit::types::rules;
use crate::model::{Content, Operation};

pub(crate) fn file(cx: &Context<'_>) -> Vec<TokenStream> {
    let docs = root_page(cx).inner_tokens();
    let attributes = attributes::crate_attributes(cx);
    let native = attributes::where_reqwest_is();
    vec![
        quote!(#docs #attributes),
        quote!(
            pub mod api;
        ),
        quote!(
            mod client;
        ),
        quote!(
            pub mod types;
        ),
        quote!(
            pub use crate::client::{Client, ClientBuilder};
        ),
        quote! {
            pub use clientsmith_runtime::{
                Base64, Body, BuildError, ByteStream, Date, DateTime, DecodeError, Error, Event,
                Events, HeaderResult, Items, JsonLines, Multipart, NoErrorBody, Nullable, Opening, Pages, Part,
                PerCall, RawResponse, Reconnect, Response, RetryPolicy, Secret, Sending, SendingRaw, Time, Uuid,
                Validate, ValidationError, Value, Violation, json, object,
            };
        },
        quote! {
            /// What an [`Error`] is made of, by its variants.
            pub use clientsmith_runtime::{
                BodyError, BodyTooLargeError, CredentialError, PaginationError, StatusError,
                TimeoutError,
            };
        },
        quote! {
            /// What callers put in the place of the crate's own parts: a transport, middleware, a source
            /// of tokens, and all that stands in their signatures.
            pub use clientsmith_runtime::{
                AccessToken, BoxError, BoxFuture, Exchanged, Middleware, Next, Operation, ResponseBody,
                TokenSource, Transport, TransportError, TransportErrorKind,
            };
        },
        quote! {
            /// The libraries whose types responses, errors and settings speak in.
            pub use clientsmith_runtime::{bytes, http, http_body};
        },
        quote! {
            #native
            pub use clientsmith_runtime::{ReqwestTransport, reqwest};
        },
    ]
}

/// The crate's own page.
fn root_page(cx: &Context<'_>) -> DocComment {
    let (opening, rest) = start::about(cx);
    let docs = DocComment::new().own(start::what(cx, "A client for"));
    let docs = docs.prose(opening.as_deref());
    let docs = docs.own(example::first_lines(cx)).own(where_to_go(cx));
    let docs = match cx.api.operations.as_slice() {
        [] => docs,
        _ => docs.own("# Operations").own(index::on_first_page(cx)),
    };
    let docs = docs
        .own("# Setup")
        .own(start::steps(cx))
        .own(start::environment(cx))
        .own(RULES)
        .own(features(cx))
        .own("# WebAssembly")
        .own(start::WEB);
    match rest {
        Some(rest) => docs.own("# About the API").prose(Some(&rest)),
        None => docs,
    }
}

/// What a reader looks for next.
fn where_to_go(cx: &Context<'_>) -> String {
    let mut text = String::from(
        "- [`Client`] is made [from the environment](Client::from_env) or [by a \
         builder](Client::builder); its methods lead to the operations, which are in [`api`].\n\
         - [`types`] has what is sent and what comes back, by use.\n\
         - A call returns a [`Response`] or an [`Error`].",
    );
    let operations = &cx.api.operations;
    if operations
        .iter()
        .any(|operation| operation.pagination.is_some())
    {
        text.push_str(
            " Lists in pages are [`Items`] or [`Pages`], which ask for one page after another.",
        );
    }
    if operations.iter().any(has_events) {
        text.push_str(" Events come one by one as [`Events`].");
    }
    if let Some(link) = cx.api.docs.link.as_deref() {
        text.push_str("\n- ");
        text.push_str(&page(link));
    }
    text
}

fn has_events(operation: &Operation) -> bool {
    let responses = operation
        .successes()
        .flat_map(|response| &response.contents);
    let mut responses = responses.map(|media| &media.content);
    responses.any(|content| matches!(content, Content::Events(_)))
}

/// What holds for every call.
const RULES: &str = "\
# What to expect

- A call returns a [`Response`]: the decoded value by dereference, and the status, the headers \
and the raw body beside it.
- An [`Error`] keeps the status, the headers and the raw body too, and prints one line with the \
server's own message. `match error.body()` tells the documented errors apart, `error.status_code()` any \
status. A body that does not decode names the place in its JSON.
- Enums and unions are open: what the document does not list is kept in `Unknown` and sent back as it \
came. Unknown fields are ignored, \
but for types that are both read and sent: these keep them.
- What differs for one call (its timeout, a header, when it is tried again) is set by [`PerCall`].
- The document's bounds, lengths and patterns are checked before sending only where you ask: \
`validate()` of [`Validate`] on a value, and of [`PerCall`] on a request.
- Credentials show in no `Debug` output and in no error, and follow no redirect to another host.";

fn features(cx: &Context<'_>) -> String {
    let mut text = String::from(
        "# Features\n\nEach group of operations is a feature, on by default; a crate that needs \
         one builds faster with the others off.\n",
    );
    for (id, group) in cx.api.groups_with_ids() {
        let names = cx.names.group(id);
        let operations = count(group.operations.len(), "operation");
        // Writing to a String cannot fail.
        let _ = write!(text, "\n- `{}`: {operations}", names.feature);
    }
    text.push_str("\n- `rustls` (default) or `native-tls`: the TLS of the transport");
    text.push_str("\n- `http2`, `gzip` (default): what the transport speaks");
    text.push_str("\n- `patterns`: `validate()` checks regular expressions too");
    text.push_str(if rules::has_patterns(cx) {
        " (default)"
    } else {
        "; this document has none that are sent"
    });
    text.push_str(
        "\n- `blocking`: `.wait()` beside `.await`, for callers without an async runtime",
    );
    text.push_str("\n- `tracing`: a span for each call");
    text.push_str("\n- `serde`: `Serialize` and `Deserialize` for every type");
    text
}
