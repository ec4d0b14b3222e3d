//! What `Client::from_env` reads: one list for every page and comment that speaks of it.

use crate::emit::context::Context;
use crate::emit::docs::code;
use crate::model::{Operation, Scheme, SchemeFacts};

/// The variables as a table of Markdown: credentials first, then what the address is made of.
pub(super) fn table(cx: &Context<'_>) -> String {
    let credentials = cx.api.schemes.iter().flat_map(|scheme| {
        let variables = scheme.env.iter().enumerate();
        variables.map(|(index, variable)| row(variable, &credential(scheme, index)))
    });
    let servers =
        cx.config.server_variables.iter().map(|(name, variable)| {
            row(variable, &format!("the servers' variable {}", code(name)))
        });
    let address = row(
        &cx.config.base_url_env(),
        "the address of the API, instead of the document's",
    );
    let rows: Vec<String> = credentials.chain(servers).chain([address]).collect();
    format!(
        "| variable | what it holds |\n|---|---|\n{}",
        rows.join("\n")
    )
}

fn row(variable: &str, holds: &str) -> String {
    format!("| {} | {holds} |", code(variable))
}

fn credential(scheme: &Scheme, index: usize) -> String {
    let SchemeFacts {
        variables, tokens, ..
    } = scheme.kind.facts();
    // Where tokens can be fetched, one variable alone holds a token.
    let is_token = tokens.is_some() && scheme.env.len() < variables.len();
    let part = variables.get(index).filter(|_| !is_token);
    let part = part.map_or("the credential", |part| part.holds);
    format!("{part} {}", code(&scheme.name))
}

/// The variables of an operation's credentials; of several ways to sign in, the first's.
pub(super) fn credentials<'a>(
    cx: &Context<'a>,
    operation: &'a Operation,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let schemes = &cx.api.schemes;
    let needed = operation.security.first().into_iter().flatten();
    needed
        .filter_map(|name| schemes.iter().find(|scheme| scheme.name == *name))
        .flat_map(|scheme| scheme.env.iter().map(String::as_str))
}
