//! The types by use, as the module `types` lists them: what is sent, what comes back, and what does
//! both.

use std::collections::BTreeSet;

use crate::emit::context::Context;
use crate::emit::docs::DocComment;
use crate::model::{Content, Operation, Type, TypeId};

/// So many types are listed of a kind; of more, those that an operation takes or responds with itself.
const MOST: usize = 60;

/// How long a line of links is, at least.
const LINE: usize = 80;

/// Adds the lists.
pub(super) fn lists(cx: &Context<'_>, docs: DocComment) -> DocComment {
    let roots = roots(cx);
    let kinds = [
        ("Requests", "sent only", (true, false)),
        ("Responses", "received only", (false, true)),
        ("Shared", "both sent and received", (true, true)),
        (
            "Others",
            "neither sent nor received by any operation",
            (false, false),
        ),
    ];
    kinds.into_iter().fold(docs, |docs, (title, what, wanted)| {
        let is_wanted = |id: &TypeId| {
            let usage = cx.facts.usages.of(*id);
            (usage.request, usage.response) == wanted
        };
        let ids = cx.api.types_with_ids().map(|(id, _)| id);
        let all: Vec<TypeId> = ids.filter(is_wanted).collect();
        if all.is_empty() {
            return docs;
        }
        let mut shown = all.clone();
        if all.len() > MOST {
            shown.retain(|id| roots.contains(id));
            shown.truncate(MOST);
        }
        let rest = all.len() - shown.len();
        let what = match (rest, shown.len()) {
            (0, _) => format!("What is {what}:"),
            (rest, 0) => format!("What is {what}: {rest} types, listed below with all types."),
            (rest, _) => format!("What is {what}; {rest} more are listed below with all types:"),
        };
        let docs = docs.own(format!("# {title}")).own(what);
        if shown.is_empty() {
            docs
        } else {
            docs.own(links(cx, &shown))
        }
    })
}

/// The types that operations take or respond with as a whole, or as the items of a list.
fn roots(cx: &Context<'_>) -> BTreeSet<TypeId> {
    cx.api
        .operations
        .iter()
        .flat_map(whole)
        .filter_map(|ty| named(cx, ty))
        .collect()
}

fn whole(operation: &Operation) -> impl Iterator<Item = &Type> {
    let body = operation.body.iter().flat_map(|body| &body.contents);
    let answers = operation
        .responses
        .iter()
        .flat_map(|response| &response.contents);
    body.chain(answers)
        .filter_map(|media| match &media.content {
            Content::Json(ty) | Content::Form(ty, _) | Content::JsonLines(ty) => Some(ty),
            Content::Events(events) => Some(&events.data),
            Content::Text | Content::JsonPatch | Content::Bytes | Content::Multipart(_) => None,
        })
}

fn named(cx: &Context<'_>, ty: &Type) -> Option<TypeId> {
    match cx.api.resolve(ty) {
        Type::Named(id) => Some(*id),
        Type::List(inner) | Type::Nullable(inner) => match cx.api.resolve(inner) {
            Type::Named(id) => Some(*id),
            _ => None,
        },
        _ => None,
    }
}

/// Links in lines of no great length, by name.
fn links(cx: &Context<'_>, types: &[TypeId]) -> String {
    let mut names: Vec<&str> = types
        .iter()
        .map(|id| cx.names.type_name(*id).plain())
        .collect();
    names.sort_unstable();
    let mut text = String::new();
    let mut length = 0;
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            text.push(',');
            text.push(if length > LINE { '\n' } else { ' ' });
            length = if length > LINE { 0 } else { length + 1 };
        }
        let link = link(name);
        text.push_str(&link);
        length += link.len();
    }
    text
}

/// A link to a type. A bare name may mean a macro of the standard library as well.
fn link(name: &str) -> String {
    const DERIVES: [&str; 9] = [
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Eq",
        "Hash",
        "Ord",
        "PartialEq",
        "PartialOrd",
    ];
    if DERIVES.contains(&name) {
        format!("[`type@{name}`]")
    } else {
        format!("[`{name}`]")
    }
}
