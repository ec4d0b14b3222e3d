//! The member of a request's JSON body by which the caller asks for the response as it comes.
//!
//! One name only, which is usual everywhere; a member of that name that is no truth value is
//! something else.

use crate::model::{Api, Content, Operation, Scalar, Type, TypeKind};

/// What the member is called.
pub(super) const NAME: &str = "stream";

/// How deep unions nest, at most, that are looked into.
const DEEPEST: usize = 4;

/// Whether the JSON body of an operation has the flag: of a union, each of its members.
pub(super) fn is_in_body(api: &Api, operation: &Operation) -> bool {
    let bodies = operation.body.iter().flat_map(|body| &body.contents);
    let mut json = bodies.filter_map(|media| match &media.content {
        Content::Json(ty) => Some(ty),
        _ => None,
    });
    json.any(|ty| has_flag(api, ty, DEEPEST))
}

fn has_flag(api: &Api, ty: &Type, depth: usize) -> bool {
    match api.resolve(ty) {
        Type::Nullable(inner) | Type::Boxed(inner) => has_flag(api, inner, depth),
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Struct(record) => {
                let mut fields = record.fields.iter();
                fields.any(|field| field.wire == NAME && is_truth_value(api, &field.ty))
            }
            TypeKind::Union(union) if depth > 0 => {
                !union.variants.is_empty()
                    && union
                        .variants
                        .iter()
                        .all(|variant| has_flag(api, &variant.ty, depth - 1))
            }
            TypeKind::Newtype(inner) if depth > 0 => has_flag(api, inner, depth - 1),
            _ => false,
        },
        _ => false,
    }
}

fn is_truth_value(api: &Api, ty: &Type) -> bool {
    match api.resolve(ty) {
        Type::Nullable(inner) | Type::Boxed(inner) => {
            matches!(api.resolve(inner), Type::Scalar(Scalar::Bool))
        }
        ty => *ty == Type::Scalar(Scalar::Bool),
    }
}
