//! The pages beside the code: README and CHANGELOG.

use std::fmt::Write;

use super::context::Context;
use super::docs::code;
use super::markdown::{line, markdown};
use super::{Placement, example, header, start};
use crate::model::GroupId;

pub(super) fn readme(cx: &Context<'_>, placement: &Placement) -> String {
    let name = &cx.config.crate_name;
    let title = markdown(&cx.api.title);
    let mut parts = vec![
        format!("<!-- {} -->", header(placement).replace("--", "- -")),
        format!("# {name}"),
        format!("A Rust client for the {title}."),
    ];
    let description = cx
        .api
        .docs
        .description
        .as_deref()
        .map(markdown)
        .unwrap_or_default();
    if !description.is_empty() {
        parts.push(description);
    }
    parts.push("## A first program".to_owned());
    parts.push(start::steps(cx));
    parts.push(example::block(cx, "rust"));
    parts.push(start::environment(cx));
    parts.push("## WebAssembly".to_owned());
    parts.push(start::WEB.to_owned());
    parts.push("## Operations".to_owned());
    for (index, group) in cx.api.groups.iter().enumerate() {
        let names = cx.names.group(GroupId::new(index));
        parts.push(format!("### `client.{}()`", names.accessor));
        parts.push("| method | request | |\n|---|---|---|".to_owned());
        if let Some(table) = parts.last_mut() {
            for id in &group.operations {
                let operation = &cx.api.operations[id.index()];
                let method = &cx.names.operation(*id).method;
                let route = code(&format!("{} {}", operation.method.as_str(), operation.path));
                let words = operation
                    .docs
                    .summary
                    .as_deref()
                    .or(operation.docs.description.as_deref());
                let words = line(words.unwrap_or_default());
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
    parts.push("## Tests".to_owned());
    parts.push(
        "`cargo test` calls every operation against a server on this machine: the request is \
         compared with what the document says, and each documented answer is decoded. `tests/mock` \
         has what is sent and answered, as JSON."
            .to_owned(),
    );
    parts.join("\n\n") + "\n"
}

/// A cell of a table: nothing in it ends the cell.
fn cell(text: &str) -> String {
    text.replace("\\|", "|")
        .replace('|', "\\|")
        .replace('\n', " ")
}

pub(super) fn changelog(cx: &Context<'_>, placement: &Placement) -> String {
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

/// A number of things.
pub(super) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}
