//! The first program: in the crate's documentation, in its README and as an example.
//!
//! It calls the operation that a newcomer would try: a list that comes in pages, else anything that
//! can be asked for without arguments.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Context, ident};
use super::docs::DocComment;
use crate::model::{Method, Operation, OperationId};

/// The operation that the first program calls.
pub(super) fn operation(cx: &Context<'_>) -> Option<OperationId> {
    let needs_nothing = |operation: &&(OperationId, &Operation)| {
        let operation = operation.1;
        operation.method == Method::Get
            && !operation.docs.deprecated
            && operation
                .parameters
                .iter()
                .all(|parameter| !parameter.required)
            && operation.body.as_ref().is_none_or(|body| !body.required)
    };
    let candidates: Vec<_> = cx.api.operations_with_ids().collect();
    let mut fitting = candidates.iter().filter(needs_nothing);
    let paged = fitting
        .clone()
        .find(|(_, operation)| operation.pagination.is_some());
    paged.or_else(|| fitting.next()).map(|(id, _)| *id)
}

/// The name of the example's file.
pub(super) fn file_stem(cx: &Context<'_>, id: OperationId) -> String {
    cx.names
        .operation(id)
        .method
        .plain()
        .trim_matches('_')
        .to_owned()
}

/// `examples/….rs`.
pub(super) fn file(cx: &Context<'_>, id: OperationId) -> Vec<TokenStream> {
    let operation = &cx.api.operations[id.index()];
    let route = super::docs::code(&format!("{} {}", operation.method.as_str(), operation.path));
    let variables: Vec<String> = cx
        .api
        .schemes
        .iter()
        .filter(|scheme| {
            operation
                .security
                .iter()
                .flatten()
                .any(|name| *name == scheme.name)
        })
        .flat_map(|scheme| scheme.env.iter().map(|name| super::docs::code(name)))
        .collect();
    let mut docs = DocComment::new().own(format!("Calls {route} and prints what comes back."));
    if !variables.is_empty() {
        docs = docs.own(format!(
            "Takes its credentials from the environment: {}.",
            variables.join(", ")
        ));
    }
    let docs = docs.inner_tokens();
    vec![docs, main_function(cx, Some(id))]
}

fn main_function(cx: &Context<'_>, id: Option<OperationId>) -> TokenStream {
    let krate = ident(&crate_ident(cx));
    let call = id.map(|id| call(cx, id)).unwrap_or_default();
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

fn call(cx: &Context<'_>, id: OperationId) -> TokenStream {
    let operation = &cx.api.operations[id.index()];
    let accessor = ident(cx.names.group(operation.group).accessor.as_str());
    let method = ident(cx.names.operation(id).method.as_str());
    if operation.pagination.is_some() {
        return quote! {
            let mut items = client.#accessor().#method().items();
            while let Some(item) = items.try_next().await? {
                println!("{item:?}");
            }
        };
    }
    quote! {
        let response = client.#accessor().#method().send().await?;
        println!("{response:#?}");
    }
}

/// The crate's name in code.
fn crate_ident(cx: &Context<'_>) -> String {
    cx.config.crate_name.replace('-', "_")
}

/// The program as a block of Markdown. It compiles as a doctest.
pub(super) fn block(cx: &Context<'_>, mark: &str) -> String {
    let tokens = main_function(cx, operation(cx));
    let program = crate::format::format("", vec![tokens]).unwrap_or_default();
    format!("```{mark}\n{}\n```", program.trim())
}
