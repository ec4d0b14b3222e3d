//! The first program: in the crate's documentation, in its README and as an example. And a program
//! for each operation, as further examples.
//!
//! The first program calls the operation that a newcomer would try ([`super::first`]).

use proc_macro2::TokenStream;
use quote::quote;

use super::environment;
use super::first::operation;
use crate::emit::attributes;
use crate::emit::context::Context;
use crate::emit::docs::{DocComment, code};
use crate::emit::operation::call;
use crate::model::OperationId;
use crate::tokens::Tokens;

/// Of how many operations each has a program of its own. `cargo test` builds and links every example
/// of a crate, about a second and 20 MB for each: what shows all of a small API would be in the way
/// with a large one, whose crate has the first program only.
const MOST_PROGRAMS: usize = 30;

/// The operations that have a program, each with the name of its file.
pub(crate) fn programs(cx: &Context<'_>) -> Vec<(OperationId, String)> {
    let all: Vec<OperationId> = cx.api.operations_with_ids().map(|(id, _)| id).collect();
    let shown = if all.len() <= MOST_PROGRAMS {
        all
    } else {
        operation(cx).into_iter().collect()
    };
    shown
        .into_iter()
        .map(|id| (id, cx.names.example(id).to_string()))
        .collect()
}

/// `examples/….rs`.
pub(crate) fn file(cx: &Context<'_>, id: OperationId) -> Vec<TokenStream> {
    let operation = &cx.api.operations[id.index()];
    let route = code(&operation.route());
    let variables = environment::credentials(cx, operation);
    let variables: Vec<String> = variables.map(code).collect();
    let mut docs = DocComment::new().own(format!("Calls {route} and prints what comes back."));
    if !variables.is_empty() {
        docs = docs.own(format!(
            "Takes its credentials from the environment: {}.",
            variables.join(", ")
        ));
    }
    // An example of what is deprecated is for those who still need it.
    let deprecated = attributes::has_deprecated(cx.api);
    let allow = deprecated.then(|| quote!(#![allow(deprecated)]));
    let docs = docs.inner_tokens();
    let letters = attributes::letters(cx);
    let main = main_function(cx, Some(id));
    let krate = cx.crate_ident();
    let types = Tokens::from(main.clone())
        .uses("types")
        .then(|| quote!(use #krate::types;));
    std::iter::once(quote!(#docs #letters #allow))
        .chain(types)
        .chain([main])
        .collect()
}

fn main_function(cx: &Context<'_>, id: Option<OperationId>) -> TokenStream {
    let krate = cx.crate_ident();
    let call = id.map(|id| call::call(cx, id)).unwrap_or_default();
    let client = if id.is_some() {
        quote!(client)
    } else {
        quote!(_client)
    };
    quote! {
        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let #client = #krate::Client::from_env()?;
            #call
            Ok(())
        }
    }
}

/// The lines of the first program that are about the API, as a doctest.
pub(super) fn first_lines(cx: &Context<'_>) -> String {
    match operation(cx) {
        Some(id) => call::doctest(cx, id),
        None => block(cx, "no_run"),
    }
}

/// The program as a block of Markdown. It compiles as a doctest.
pub(super) fn block(cx: &Context<'_>, mark: &str) -> String {
    let tokens = main_function(cx, operation(cx));
    let program = crate::format::format("", vec![tokens.into()]).unwrap_or_default();
    format!("```{mark}\n{}\n```", program.trim())
}
