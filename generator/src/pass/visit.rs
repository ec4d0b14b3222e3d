//! Walks over the types within an item, shared by the passes.

use crate::model::{Operation, Type, TypeId, TypeKind};

/// Every type that stands within a definition, to be changed.
pub(super) fn types_of_mut(kind: &mut TypeKind) -> Vec<&mut Type> {
    match kind {
        TypeKind::Struct(record) => record
            .fields
            .iter_mut()
            .map(|field| &mut field.ty)
            .chain(&mut record.additional)
            .chain(&mut record.mixins)
            .collect(),
        TypeKind::Enum(_) => Vec::new(),
        TypeKind::Union(union) => union
            .variants
            .iter_mut()
            .map(|variant| &mut variant.ty)
            .collect(),
        TypeKind::Alias(target) | TypeKind::Newtype(target) => vec![target],
    }
}

/// The types that an operation sends.
pub(super) fn request_types(operation: &Operation) -> impl Iterator<Item = &Type> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    operation
        .parameters
        .iter()
        .map(|parameter| &parameter.ty)
        .chain(contents.flat_map(|media| media.content.types()))
}

/// The types that an operation may receive.
pub(super) fn response_types(operation: &Operation) -> impl Iterator<Item = &Type> {
    operation.responses.iter().flat_map(|response| {
        let contents = response.contents.iter();
        let headers = response.headers.iter().map(|header| &header.ty);
        contents
            .flat_map(|media| media.content.types())
            .chain(headers)
    })
}

/// The types that an operation sends or may receive, to be changed.
pub(super) fn operation_types_mut(operation: &mut Operation) -> impl Iterator<Item = &mut Type> {
    let sent = operation
        .body
        .iter_mut()
        .flat_map(|body| &mut body.contents);
    let received = operation.responses.iter_mut().flat_map(|response| {
        let headers = response.headers.iter_mut().map(|header| &mut header.ty);
        let contents = response.contents.iter_mut();
        contents
            .flat_map(|media| media.content.types_mut())
            .chain(headers)
    });
    operation
        .parameters
        .iter_mut()
        .map(|parameter| &mut parameter.ty)
        .chain(sent.flat_map(|media| media.content.types_mut()))
        .chain(received)
}

/// Every type reachable from these, marked once each.
pub(super) fn reachable(kinds: &[&TypeKind], from: impl IntoIterator<Item = TypeId>) -> Vec<bool> {
    let mut reached = vec![false; kinds.len()];
    let mut waiting: Vec<TypeId> = from.into_iter().collect();
    while let Some(id) = waiting.pop() {
        let Some(mark) = reached.get_mut(id.index()) else {
            continue;
        };
        if std::mem::replace(mark, true) {
            continue;
        }
        if let Some(kind) = kinds.get(id.index()) {
            for ty in kind.types() {
                ty.ids(&mut |inner| waiting.push(inner));
            }
        }
    }
    reached
}
