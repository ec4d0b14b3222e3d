//! The operation that a newcomer would try first: a list, or something that can be asked for with little
//! more than credentials; where nothing can be asked for so, the simplest call. Of several the one whose
//! path most others begin with.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::emit::context::Context;
use crate::model::{Api, Content, Field, Method, Operation, OperationId, Outcome, Type, TypeKind};

/// The operation that is tried first.
pub(super) fn operation(cx: &Context<'_>) -> Option<OperationId> {
    let beneath = beneath(cx.api);
    let operations = cx.api.operations_with_ids();
    let first = operations.min_by_key(|(_, operation)| reluctance(cx, &beneath, operation));
    first.map(|(id, _)| id)
}

/// How far an operation is from being tried first. Of equals the first in the document is.
type Reluctance = (bool, Class, usize, Shape, Reverse<usize>, usize);

/// How many operations there are at each path and beneath it: what has most beneath it is what the API
/// is about.
fn beneath(api: &Api) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for operation in &api.operations {
        let path = operation.path.trim_end_matches('/');
        let ends = path.match_indices('/').map(|(end, _)| end);
        for end in ends.chain([path.len()]) {
            *counts
                .entry(path.get(..end).unwrap_or_default())
                .or_default() += 1;
        }
    }
    counts
}

/// What an operation does to a server, as far as its method tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// It asks for something, with few arguments.
    Asks,
    /// It changes something, or asks with many arguments.
    Changes,
    /// It takes something away.
    Removes,
}

/// What comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
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

fn reluctance(
    cx: &Context<'_>,
    beneath: &BTreeMap<&str, usize>,
    operation: &Operation,
) -> Reluctance {
    let parameters = operation.parameters.iter();
    let required = parameters.filter(|parameter| parameter.required).count();
    let body = body_weight(cx, operation);
    let class = match operation.method {
        Method::Get | Method::Query if required + body <= FEW => Class::Asks,
        Method::Delete => Class::Removes,
        _ => Class::Changes,
    };
    let beneath = beneath.get(operation.path.trim_end_matches('/'));
    (
        operation.docs.deprecated,
        class,
        required + body,
        shape(cx, operation),
        Reverse(beneath.copied().unwrap_or_default()),
        segments(operation).count(),
    )
}

fn segments(operation: &Operation) -> impl Iterator<Item = &str> {
    operation.path.split('/').filter(|part| !part.is_empty())
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
    match cx.api.definition(ty).map(|(_, def)| &def.kind) {
        Some(TypeKind::Struct(record)) => {
            let fields = record.fields.iter();
            fields.filter(|field| cx.api.is_given(field)).count()
        }
        _ => 1,
    }
}

fn shape(cx: &Context<'_>, operation: &Operation) -> Shape {
    /// An object of more fields is no mere envelope.
    const ENVELOPE: usize = 8;
    if operation.pagination.is_some() {
        return Shape::Pages;
    }
    let ty = match operation.outcome() {
        Outcome::Always(Content::Json(ty)) | Outcome::Sometimes(Content::Json(ty), _) => ty,
        Outcome::Nothing => return Shape::Nothing,
        _ => return Shape::One,
    };
    let is_list = |ty: &Type| matches!(cx.api.resolve(ty), Type::List(_));
    let what = segments(operation).last().unwrap_or_default();
    let is_content = |field: &Field| {
        let known = ["data", "items", "results", "values", "records", "entries"];
        let wire = field.wire.as_str();
        is_list(field.held()) && (wire == what || known.contains(&wire))
    };
    let is_envelope = match cx.api.definition(ty).map(|(_, def)| &def.kind) {
        Some(TypeKind::Struct(record)) if record.fields.len() <= ENVELOPE => {
            record.fields.iter().any(is_content)
        }
        _ => false,
    };
    if is_list(ty) || is_envelope {
        Shape::List
    } else {
        Shape::One
    }
}
