//! Unions without a discriminator whose members carry a constant each: the constant tells them.

use serde_json::Value;

use crate::diagnostic::Pointer;
use crate::model::{
    Access, Api, Constraints, Docs, Field, Presence, Scalar, Secrecy, Tag, Type, TypeId, TypeKind,
    Union, Untyped,
};

pub(super) fn implicit(api: &mut Api) {
    let found: Vec<(usize, String, Vec<Vec<String>>)> = api
        .types
        .iter()
        .enumerate()
        .filter_map(|(index, def)| match &def.kind {
            TypeKind::Union(union) if union.tag == Tag::Shape => {
                let (property, tags) = property(api, union)?;
                Some((index, property, tags))
            }
            _ => None,
        })
        .collect();
    for (index, property, tags) in found {
        let Some(TypeKind::Union(union)) = api.types.get_mut(index).map(|def| &mut def.kind) else {
            continue;
        };
        union.tag = Tag::Property(property);
        for (variant, tags) in union.variants.iter_mut().zip(tags) {
            variant.tags = tags;
        }
    }
}

/// A member that does not declare the key by which the document tells it gets it as an optional
/// field: what came with a tag goes back with it.
pub(super) fn declare(api: &mut Api) {
    let mut missing: Vec<(TypeId, String, Pointer)> = Vec::new();
    for def in &api.types {
        let TypeKind::Union(union) = &def.kind else {
            continue;
        };
        let Tag::Property(property) = &union.tag else {
            continue;
        };
        for id in union
            .variants
            .iter()
            .filter_map(|variant| named(api, &variant.ty))
        {
            let TypeKind::Struct(record) = &api.type_def(id).kind else {
                continue;
            };
            let is_declared = record.fields.iter().any(|field| field.wire == *property);
            let is_kept = record.additional.as_ref();
            let is_kept = is_kept.is_some_and(|ty| *ty != Type::Any(Untyped::OtherKeys));
            if !is_declared && !is_kept && record.mixins.is_empty() {
                let at = def.origin.key("discriminator").key("propertyName");
                missing.push((id, property.clone(), at));
            }
        }
    }
    for (id, property, at) in missing {
        let Some(TypeKind::Struct(record)) = api.types.get_mut(id.index()).map(|def| &mut def.kind)
        else {
            continue;
        };
        if record.fields.iter().all(|field| field.wire != property) {
            record.fields.push(tag_field(property, at));
        }
    }
}

fn tag_field(wire: String, origin: Pointer) -> Field {
    let description = "Which member of a union the object is.".to_owned();
    Field {
        wire,
        ty: Type::Scalar(Scalar::String),
        presence: Presence::Optional,
        access: Access::ReadWrite,
        secrecy: Secrecy::Open,
        default: None,
        constraints: Constraints::default(),
        docs: Docs {
            description: Some(description),
            ..Docs::default()
        },
        origin,
    }
}

/// A member that is itself a union told by the same key is named by all of its members' tags.
pub(super) fn nested(api: &mut Api) {
    for index in 0..api.types.len() {
        let Some(TypeKind::Union(union)) = api.types.get(index).map(|def| &def.kind) else {
            continue;
        };
        let tags: Vec<Vec<String>> = union
            .variants
            .iter()
            .map(|variant| inner_tags(api, &union.tag, &variant.ty, 0))
            .collect();
        let Some(TypeKind::Union(union)) = api.types.get_mut(index).map(|def| &mut def.kind) else {
            continue;
        };
        for (variant, tags) in union.variants.iter_mut().zip(tags) {
            for tag in tags {
                if !variant.tags.contains(&tag) {
                    variant.tags.push(tag);
                }
            }
        }
    }
}

/// The tags of a member's own members, where it is a union told by the same key.
fn inner_tags(api: &Api, tag: &Tag, ty: &Type, depth: usize) -> Vec<String> {
    // Unions in a circle tell nothing that the first turn has not told.
    if depth > api.types.len().min(16) || !matches!(tag, Tag::Property(_)) {
        return Vec::new();
    }
    let Some(TypeKind::Union(inner)) = named(api, ty).map(|id| &api.type_def(id).kind) else {
        return Vec::new();
    };
    if inner.tag != *tag {
        return Vec::new();
    }
    let mut tags = Vec::new();
    for variant in &inner.variants {
        tags.extend(variant.tags.iter().cloned());
        tags.extend(inner_tags(api, tag, &variant.ty, depth + 1));
    }
    tags
}

/// The first field that all members have, require, and give a value of their own. Longer lists are
/// no tags: a value that is new to all of them may be one that a member got.
fn property(api: &Api, union: &Union) -> Option<(String, Vec<Vec<String>>)> {
    let first = union.variants.first()?;
    let names = required_constants(api, &first.ty);
    names.into_iter().find_map(|(name, _)| {
        let mut tags: Vec<Vec<String>> = Vec::with_capacity(union.variants.len());
        for variant in &union.variants {
            let tag = required_constants(api, &variant.ty)
                .into_iter()
                .find_map(|(wire, tag)| (wire == name).then_some(tag))?;
            if tags.iter().flatten().any(|known| *known == tag) {
                return None;
            }
            tags.push(vec![tag]);
        }
        Some((name, tags))
    })
}

/// The required fields of a struct that have one value only, with its text.
fn required_constants(api: &Api, ty: &Type) -> Vec<(String, String)> {
    let Some(id) = named(api, ty) else {
        return Vec::new();
    };
    let TypeKind::Struct(record) = &api.type_def(id).kind else {
        return Vec::new();
    };
    record
        .fields
        .iter()
        .filter(|field| field.presence == Presence::Required)
        .filter_map(|field| Some((field.wire.clone(), constant(api, field)?)))
        .collect()
}

fn constant(api: &Api, field: &Field) -> Option<String> {
    if let Type::Scalar(Scalar::Bool) = field.ty {
        return field.constraints.boolean.map(|only| only.to_string());
    }
    let TypeKind::Enum(list) = &api.type_def(named(api, &field.ty)?).kind else {
        return None;
    };
    match list.values.as_slice() {
        [only] => match &only.wire {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) if number.is_i64() => Some(number.to_string()),
            _ => None,
        },
        _ => None,
    }
}

fn named(api: &Api, ty: &Type) -> Option<TypeId> {
    match api.resolve(ty) {
        Type::Named(id) => Some(*id),
        _ => None,
    }
}
