//! The operation that a newcomer would try first: a list, or something that can be asked for with little
//! more than credentials; where nothing can be asked for so, the simplest call. Of several the one on
//! the shortest path is, and of a group that it is the subject of.

use super::builders;
use super::context::Context;
use crate::model::{Content, Field, Group, Method, Operation, Outcome, Type, TypeKind};

/// How far an operation is from being tried first. Of equals the first in the document is.
pub(super) type Reluctance = (bool, Class, usize, Answer, usize, bool, usize);

/// What an operation does to a server, as far as its method tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// It asks for something, with few arguments.
    Asks,
    /// It changes something, or asks with many arguments.
    Changes,
    /// It takes something away.
    Removes,
}

/// What comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Answer {
    /// A list in pages.
    Pages,
    /// A list, or an object around one.
    List,
    /// One thing.
    One,
    /// Nothing.
    Nothing,
}

/// What asks with more arguments than this is no simple question.
const FEW: usize = 2;

pub(super) fn reluctance(cx: &Context<'_>, operation: &Operation) -> Reluctance {
    let parameters = operation.parameters.iter();
    let required = parameters.filter(|parameter| parameter.required).count();
    let body = body_weight(cx, operation);
    let class = match operation.method {
        Method::Get | Method::Query if required + body <= FEW => Class::Asks,
        Method::Delete => Class::Removes,
        _ => Class::Changes,
    };
    let segments = segments(operation).count();
    let group = &cx.api.groups[operation.group.index()];
    (
        operation.docs.deprecated,
        class,
        required + body,
        answer(cx, operation),
        segments,
        !is_what_its_group_is_about(group, operation),
        usize::MAX - group.operations.len(),
    )
}

fn segments(operation: &Operation) -> impl Iterator<Item = &str> {
    operation.path.split('/').filter(|part| !part.is_empty())
}

/// Whether the path ends with what the group is called, or the other way round: `/orders` of `Order`.
fn is_what_its_group_is_about(group: &Group, operation: &Operation) -> bool {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let tag = plain(group.tag.as_deref().unwrap_or_default());
    let last = plain(segments(operation).last().unwrap_or_default());
    !tag.is_empty() && !last.is_empty() && (tag.starts_with(&last) || last.starts_with(&tag))
}

/// How much there is to write before a body can be sent.
fn body_weight(cx: &Context<'_>, operation: &Operation) -> usize {
    let body = operation.body.as_ref().filter(|body| body.required);
    let Some(media) = body.and_then(|body| body.contents.first()) else {
        return 0;
    };
    match &media.content {
        Content::Json(ty) | Content::Form(ty, _) => 1 + fields(cx, ty),
        Content::Multipart(parts) => 1 + parts.iter().filter(|part| part.required).count(),
        _ => 2,
    }
}

fn fields(cx: &Context<'_>, ty: &Type) -> usize {
    match cx.definition(ty).map(|(_, def)| &def.kind) {
        Some(TypeKind::Struct(record)) => {
            let fields = record.fields.iter();
            fields.filter(|field| builders::is_argument(field)).count()
        }
        _ => 1,
    }
}

fn answer(cx: &Context<'_>, operation: &Operation) -> Answer {
    /// An object of more fields is no mere envelope.
    const ENVELOPE: usize = 8;
    if operation.pagination.is_some() {
        return Answer::Pages;
    }
    let ty = match operation.outcome() {
        Outcome::Always(Content::Json(ty)) | Outcome::Sometimes(Content::Json(ty), _) => ty,
        Outcome::Nothing => return Answer::Nothing,
        _ => return Answer::One,
    };
    let is_list = |ty: &Type| matches!(cx.api.resolve(ty), Type::List(_));
    let what = segments(operation).last().unwrap_or_default();
    let is_content = |field: &Field| {
        let known = ["data", "items", "results", "values", "records", "entries"];
        let wire = field.wire.as_str();
        is_list(field.held()) && (wire == what || known.contains(&wire))
    };
    let is_envelope = match cx.definition(ty).map(|(_, def)| &def.kind) {
        Some(TypeKind::Struct(record)) if record.fields.len() <= ENVELOPE => {
            record.fields.iter().any(is_content)
        }
        _ => false,
    };
    if is_list(ty) || is_envelope {
        Answer::List
    } else {
        Answer::One
    }
}
