//! The operations as a list: on the crate's page where they are few, else by group there and one by
//! one in the module `api`.

use std::fmt::Write;

use crate::emit::context::Context;
use crate::emit::docs::markdown::line;
use crate::emit::docs::{code, count};
use crate::model::{Api, Group, GroupId, Operation, OperationId};

/// So many operations are listed on the crate's page.
const FEW: usize = 40;

/// So many groups are.
const MOST_GROUPS: usize = 60;

/// Whether the crate's page lists the operations themselves.
pub(super) fn is_on_first_page(cx: &Context<'_>) -> bool {
    cx.api.operations.len() <= FEW
}

/// What the crate's page says of the operations.
pub(super) fn on_first_page(cx: &Context<'_>) -> String {
    if is_on_first_page(cx) {
        return every(cx, "api::");
    }
    let groups = groups(cx);
    let mut text = String::new();
    for (id, group) in groups.iter().take(MOST_GROUPS) {
        let operations = count(group.operations.len(), "operation");
        let words = words(group);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "- {}: {operations}{words}",
            accessor(cx, *id, "api::")
        );
    }
    match groups.len().checked_sub(MOST_GROUPS) {
        Some(more @ 1..) => text + &format!("\n{more} more groups are in [`api`]."),
        _ => text.trim_end().to_owned(),
    }
}

/// Every operation, a line each, below the group that it is in. Links begin with `to`.
pub(super) fn every(cx: &Context<'_>, to: &str) -> String {
    let lists = groups(cx).into_iter().map(|(id, group)| {
        let mut text = format!("{}{}\n", accessor(cx, id, to), words(group));
        for id in &group.operations {
            // Writing to a String cannot fail.
            let _ = write!(text, "\n- {}", operation(cx, *id, to));
        }
        text
    });
    lists.collect::<Vec<_>>().join("\n\n")
}

fn groups<'a>(cx: &Context<'a>) -> Vec<(GroupId, &'a Group)> {
    let api: &'a Api = cx.api;
    api.groups_with_ids()
        .filter(|(_, group)| !group.operations.is_empty())
        .collect()
}

/// How a group is reached, linked to it.
fn accessor(cx: &Context<'_>, id: GroupId, to: &str) -> String {
    let group = cx.names.group(id).type_name.plain();
    format!("[`client.{}`]({to}{group})", cx.accessors(id))
}

fn words(group: &Group) -> String {
    let words = line(group.docs.description.as_deref().unwrap_or_default());
    if words.is_empty() {
        String::new()
    } else {
        format!(": {words}")
    }
}

fn operation(cx: &Context<'_>, id: OperationId, to: &str) -> String {
    let operation = &cx.api.operations[id.index()];
    let group = cx.names.group(operation.group).type_name.plain();
    let method = &cx.names.operation(id).method;
    let plain = method.as_str();
    let plain = plain.strip_prefix("r#").unwrap_or(plain);
    let deprecated = if operation.docs.deprecated {
        " (deprecated)"
    } else {
        ""
    };
    format!(
        "[`{method}`]({to}{group}::{plain}): {}{deprecated}",
        in_a_line(operation)
    )
}

/// What an operation does; where the document does not say, what it sends.
fn in_a_line(operation: &Operation) -> String {
    let route = || code(&operation.route());
    said(operation).unwrap_or_else(route)
}

/// What the document says that an operation does, in a line.
pub(super) fn said(operation: &Operation) -> Option<String> {
    let docs = &operation.docs;
    let texts = [docs.summary.as_deref(), docs.description.as_deref()];
    let mut words = texts.into_iter().flatten().map(line);
    words.find(|words| !words.is_empty())
}
