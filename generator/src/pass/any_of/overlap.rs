//! Which objects a value may be at once.

use serde_json::Value;

use super::object::Object;
use crate::model::{Api, Field, Presence, Scalar, Type, TypeKind};

/// The groups of two and more objects that a value may be at once, each by its index.
pub(super) fn groups(api: &Api, objects: &[Object]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        let mut joined = vec![index];
        let mut apart = Vec::with_capacity(groups.len() + 1);
        for group in groups {
            let meets = |other: &usize| {
                let other = objects.get(*other);
                other.is_some_and(|other| !are_exclusive(api, object, other))
            };
            if group.iter().any(meets) {
                joined.extend(group);
            } else {
                apart.push(group);
            }
        }
        joined.sort_unstable();
        apart.push(joined);
        groups = apart;
    }
    groups.retain(|group| group.len() > 1);
    groups.sort();
    groups
}

/// Whether no value is both, or both are maps.
fn are_exclusive(api: &Api, one: &Object, other: &Object) -> bool {
    let are_maps = [one, other]
        .iter()
        .all(|object| object.record.fields.is_empty() && object.record.mixins.is_empty());
    are_maps
        || one.record.fields.iter().any(|field| {
            let mut others = other.record.fields.iter();
            others
                .find(|other| other.wire == field.wire)
                .is_some_and(|other| exclude(api, field, other))
        })
}

fn exclude(api: &Api, one: &Field, other: &Field) -> bool {
    if let (Some(one), Some(other)) = (listed(api, one), listed(api, other)) {
        return one.iter().all(|value| !other.contains(value));
    }
    let is_required = [one, other]
        .iter()
        .any(|field| field.presence == Presence::Required);
    let kinds = (kind(api, &one.ty), kind(api, &other.ty));
    is_required && matches!(kinds, (Some(one), Some(other)) if one != other)
}

/// The values that the document lists for a field.
fn listed(api: &Api, field: &Field) -> Option<Vec<Value>> {
    match plain(api, &field.ty) {
        Type::Scalar(Scalar::Bool) => Some(vec![Value::Bool(field.constraints.boolean?)]),
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Enum(list) => Some(list.values.iter().map(|it| it.wire.clone()).collect()),
            _ => None,
        },
        _ => None,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bool,
    Number,
    String,
    Array,
    Object,
}

/// The kind of JSON that a type is, where it is one.
fn kind(api: &Api, ty: &Type) -> Option<Kind> {
    Some(match api.resolve(ty) {
        Type::Scalar(scalar) => match scalar {
            Scalar::Bool => Kind::Bool,
            Scalar::Integer(_) | Scalar::F32 | Scalar::F64 => Kind::Number,
            Scalar::Decimal | Scalar::Null => return None,
            _ => Kind::String,
        },
        Type::List(_) | Type::Tuple(_) => Kind::Array,
        Type::Map(_) => Kind::Object,
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Struct(_) => Kind::Object,
            _ => return None,
        },
        Type::Any(_) | Type::Nullable(_) | Type::Boxed(_) => return None,
    })
}

/// A type, whether or not it may be null.
pub(super) fn plain<'a>(api: &'a Api, ty: &'a Type) -> &'a Type {
    match api.resolve(ty) {
        Type::Nullable(inner) => plain(api, inner),
        ty => ty,
    }
}
