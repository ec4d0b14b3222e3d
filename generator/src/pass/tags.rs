//! Unions without a discriminator whose members carry a constant each: the constant tells them.

use crate::model::{Api, EnumBase, Presence, Tag, Type, TypeId, TypeKind, Union};

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

/// The first field that all members have, require, and give values of their own.
fn property(api: &Api, union: &Union) -> Option<(String, Vec<Vec<String>>)> {
    let first = union.variants.first()?;
    let names = required_enums(api, &first.ty);
    names.into_iter().find_map(|(name, _)| {
        let mut seen: Vec<String> = Vec::new();
        let mut tags = Vec::with_capacity(union.variants.len());
        for variant in &union.variants {
            let values = required_enums(api, &variant.ty)
                .into_iter()
                .find_map(|(wire, values)| (wire == name).then_some(values))?;
            if values.iter().any(|value| seen.contains(value)) {
                return None;
            }
            seen.extend(values.iter().cloned());
            tags.push(values);
        }
        Some((name, tags))
    })
}

/// The required fields of a struct whose values are listed, with the values.
fn required_enums(api: &Api, ty: &Type) -> Vec<(String, Vec<String>)> {
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
        .filter_map(|field| {
            let id = named(api, &field.ty)?;
            let TypeKind::Enum(list) = &api.type_def(id).kind else {
                return None;
            };
            let values = list.values.iter().filter_map(|value| value.wire.as_str());
            (list.base == EnumBase::String)
                .then(|| (field.wire.clone(), values.map(str::to_owned).collect()))
        })
        .collect()
}

fn named(api: &Api, ty: &Type) -> Option<TypeId> {
    match api.resolve(ty) {
        Type::Named(id) => Some(*id),
        _ => None,
    }
}
