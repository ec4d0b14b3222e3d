//! The pages beside the code: README and CHANGELOG.

use std::fmt::Write;

use super::index::said;
use super::{example, start};
use crate::emit::context::Context;
use crate::emit::docs::markdown::markdown;
use crate::emit::docs::{code, count, page};
use crate::emit::placement::{Placement, header};

pub(crate) fn readme(cx: &Context<'_>, placement: &Placement) -> String {
    let name = &cx.config.crate_name;
    let (opening, rest) = start::about(cx);
    let mut parts = vec![
        format!("<!-- {} -->", header(placement).replace("--", "- -")),
        format!("# {name}"),
        start::what(cx, "A Rust client for"),
    ];
    parts.extend(opening.as_deref().map(markdown));
    parts.push(start::steps(cx));
    parts.push(example::block(cx, "rust"));
    parts.push(where_to_go(cx));
    parts.push("## Credentials".to_owned());
    parts.push(start::environment(cx));
    parts.push("## Operations".to_owned());
    for (id, group) in cx.api.groups_with_ids() {
        parts.push(format!("### `client.{}`", cx.accessors(id)));
        parts.push("| method | request | |\n|---|---|---|".to_owned());
        if let Some(table) = parts.last_mut() {
            for id in &group.operations {
                let operation = &cx.api.operations[id.index()];
                let method = &cx.names.operation(*id).method;
                let route = code(&operation.route());
                let words = said(operation).unwrap_or_default();
                // Writing to a String cannot fail.
                let _ = write!(
                    table,
                    "\n| `{method}` | {} | {} |",
                    cell(&route),
                    cell(&words)
                );
            }
        }
    }
    parts.push("## WebAssembly".to_owned());
    parts.push(start::WEB.to_owned());
    parts.push("## Tests".to_owned());
    parts.push(
        "`cargo test` calls every operation against a server on this machine: the request is \
         compared with what the document says, and each documented response is decoded. `tests/mock` \
         has what is sent and answered, as JSON."
            .to_owned(),
    );
    if let Some(rest) = rest {
        parts.push("## About the API".to_owned());
        parts.push(markdown(&rest));
    }
    parts.join("\n\n") + "\n"
}

/// What a reader looks for next.
fn where_to_go(cx: &Context<'_>) -> String {
    let page = cx
        .api
        .docs
        .link
        .as_deref()
        .map(|link| format!(" · {}", page(link)));
    format!(
        "[Credentials](#credentials) · [Operations](#operations) · [WebAssembly](#webassembly){} · \
         `cargo doc --open` for types, errors and features",
        page.unwrap_or_default()
    )
}

/// A cell of a table: nothing in it ends the cell.
fn cell(text: &str) -> String {
    text.replace("\\|", "|")
        .replace('|', "\\|")
        .replace('\n', " ")
}

pub(crate) fn changelog(cx: &Context<'_>, placement: &Placement) -> String {
    let version = cx.api.version.trim();
    let version = if version.is_empty() {
        String::new()
    } else {
        format!(" (version {})", code(version))
    };
    let operations = count(cx.api.operations.len(), "operation");
    let types = count(cx.api.types.len(), "type");
    format!(
        "<!-- {} -->\n\n# Changes\n\n## 0.1.0\n\nThe first release: {operations} and {types} of the {}{version}.\n",
        header(placement).replace("--", "- -"),
        markdown(&cx.api.title),
    )
}
