//! What stands at the method that begins a request: the route, the response, the errors by status and
//! an example.

use super::context::OperationContext;
use super::{call, responses};
use crate::emit::context::Context;
use crate::emit::docs::markdown::{line, markdown, paragraph};
use crate::emit::docs::{DocComment, code, demands, first_paragraph, sentences, words_behind};
use crate::model::{Constraints, Content, Media, Outcome, Response, Status, Type};

pub(super) fn method_docs(op: &OperationContext<'_>) -> DocComment {
    let operation = op.operation;
    let route = op.route();
    let mut docs = DocComment::new().docs(&operation.docs, "").own(route);
    docs = arguments(op, docs);
    docs = docs.own(success_docs(op));
    docs = error_docs(op, docs);
    docs.own("# Example").own(call::doctest(op.cx, op.id))
}

/// What stands at the methods for the further forms of a body.
pub(super) fn variant_docs(op: &OperationContext<'_>, media: &Media) -> DocComment {
    let (route, media_type) = (op.route(), code(&media.media_type));
    DocComment::new().own(format!("{route} with a body of {media_type}."))
}

/// What the arguments are, and what is demanded of them: a line each, where there is anything to
/// say. Setters say it themselves.
fn arguments(op: &OperationContext<'_>, docs: DocComment) -> DocComment {
    let required = op.required();
    let parameters = required.iter().filter_map(|(_, parameter, name)| {
        let words = first_paragraph(&parameter.docs, &parameter.wire);
        let words = words.or_else(|| words_behind(op.cx, &parameter.ty));
        let demands = demands(op.cx, &parameter.ty, &parameter.constraints);
        let name = name.to_string();
        argument(name.strip_prefix("r#").unwrap_or(&name), words, &demands)
    });
    let mut lines: Vec<String> = parameters.collect();
    let body = op.operation.body.as_ref().filter(|body| body.required);
    if let Some(body) = body
        && let Some(media) = body.contents.first()
    {
        let words = first_paragraph(&body.docs, "body");
        let demands = match &media.content {
            Content::Json(ty) => demands(op.cx, ty, &media.constraints),
            _ => Constraints::default(),
        };
        let names = op.names.bodies.first();
        let name = names.map_or("body", |names| names.setter.plain());
        lines.extend(argument(name, words, &demands));
    }
    if lines.is_empty() {
        docs
    } else {
        docs.own(lines.join("\n"))
    }
}

/// What comes back, linked.
fn success_docs(op: &OperationContext<'_>) -> String {
    let response = match op.operation.outcome() {
        Outcome::Nothing => return "The response has no body.".to_owned(),
        Outcome::Always(content) => content_words(op.cx, content),
        Outcome::Sometimes(content, empty) => {
            let empty: Vec<String> = empty.iter().map(ToString::to_string).collect();
            let words = content_words(op.cx, content);
            format!(
                "{words}, or with nothing where the status is {}",
                empty.join(" or ")
            )
        }
        Outcome::ByStatus => format!("[`{}`], by status", op.names.success.plain()),
    };
    let Some(pagination) = &op.operation.pagination else {
        return format!("Returns {response}.");
    };
    let item = words(op.cx, &pagination.item);
    let builder = op.names.builder.plain();
    format!(
        "Returns a page, {response}. [`items`]({builder}::items) goes through each {item} of all pages."
    )
}

fn error_docs(op: &OperationContext<'_>, docs: DocComment) -> DocComment {
    let failures: Vec<String> = op.operation.failures().filter_map(failure_line).collect();
    if failures.is_empty() {
        return docs;
    }
    let docs = docs.own("# Errors");
    let docs = if responses::has_typed_failures(op) {
        let error = op.names.error.plain();
        docs.own(format!("[`{error}`] holds the body, by status:"))
    } else {
        docs
    };
    docs.own(failures.join("\n"))
}

/// A line about an argument, where there is anything to say.
fn argument(name: &str, words: Option<&str>, constraints: &Constraints) -> Option<String> {
    let words = words.and_then(paragraph).map(|words| markdown(&words));
    let mut parts: Vec<String> = words
        .map(|words| words.replace('\n', " "))
        .into_iter()
        .collect();
    parts.extend(sentences("Must", constraints));
    (!parts.is_empty()).then(|| format!("- {}: {}", code(name), parts.join(" ")))
}

fn failure_line(response: &Response) -> Option<String> {
    let status = response.status;
    if status == Status::Default && response.contents.is_empty() {
        return None;
    }
    let description = response.docs.description.as_deref().unwrap_or_default();
    let words = line(description);
    Some(if words.is_empty() {
        format!("- {status}")
    } else {
        format!("- {status}: {words}")
    })
}

/// The content of a response as part of a sentence.
fn content_words(cx: &Context<'_>, content: &Content) -> String {
    match content {
        Content::Json(ty) => words(cx, ty),
        Content::Text | Content::Form(..) => "text".to_owned(),
        Content::JsonPatch => "a JSON Patch".to_owned(),
        Content::Bytes | Content::Multipart(_) => "bytes".to_owned(),
        Content::Events(events) => format!("events, each {}", words(cx, &events.data)),
        Content::JsonLines(ty) => format!("lines, each {}", words(cx, ty)),
    }
}

/// A type as part of a sentence, with links to what the crate defines.
fn words(cx: &Context<'_>, ty: &Type) -> String {
    match ty {
        Type::Named(id) => {
            let name = cx.names.type_name(*id).plain();
            format!("[`{name}`](crate::types::{name})")
        }
        Type::List(item) => format!("a list of {}", words(cx, item)),
        Type::Map(value) => format!("a map of {}", words(cx, value)),
        Type::Nullable(inner) => format!("{} or `null`", words(cx, inner)),
        Type::Boxed(inner) => words(cx, inner),
        Type::Any(_) => "any JSON".to_owned(),
        Type::Scalar(_) | Type::Tuple(_) => {
            let written = cx.ty(ty).to_string();
            code(written.rsplit(':').next().unwrap_or_default().trim())
        }
    }
}
