//! Keeps types small: what is held by value and large goes behind a pointer.
//!
//! Types that hold each other by value grow by multiplication, until a value is larger than a stack.
//! The types are settled from the inside out, each by itself, so an unrelated schema moves no pointer.
//! Few pointers, where they cut most: of a struct the largest holdings, of a union the members that
//! would make all of its values large. Relies on there being no cycle of holdings by value.

use std::cmp::Reverse;

use super::layout::{POINTER, Sizes, inside_out};
use crate::model::{Api, Integer, Scalar, Type, TypeDef, TypeId, TypeKind, Usages};

/// What a struct or a tuple holds of other structs and unions by value may take so much in all.
const MOST_HELD: u64 = 512;

/// A holding that is no larger stays: little is won by a pointer and what it points to.
const SMALL: u64 = 32;

/// No type is larger, unless it has more fields than pointers fit into this.
const LARGEST: u64 = 4096;

/// Puts what is large behind pointers, and says how large each type is then.
pub(super) fn limit(api: &mut Api, usages: &Usages) -> Sizes {
    let mut sizes = Sizes::unsettled(api.types.len());
    for id in inside_out(api) {
        let large = large(api, &sizes, api.type_def(id));
        if let (false, Some(def)) = (large.is_empty(), api.types.get_mut(id.index())) {
            let mut place = 0;
            for ty in held_mut(&mut def.kind) {
                named_mut(ty, &mut |named| {
                    if large.contains(&place) {
                        put_behind_pointer(named);
                    }
                    place += 1;
                });
            }
        }
        sizes.settle(api, usages, id);
        box_plain_fields(api, usages, &mut sizes, id);
    }
    sizes
}

fn put_behind_pointer(ty: &mut Type) {
    let inner = std::mem::replace(ty, Type::Tuple(Vec::new()));
    *ty = Type::Boxed(Box::new(inner));
}

/// Puts as many further fields of a struct behind pointers as it takes, the largest first, the last in
/// the document before those ahead of it: a struct of hundreds of fields is large by these alone.
fn box_plain_fields(api: &mut Api, usages: &Usages, sizes: &mut Sizes, id: TypeId) {
    let Some(excess) = sizes.size(id).checked_sub(LARGEST + 1) else {
        return;
    };
    let def = api.type_def(id);
    let TypeKind::Struct(record) = &def.kind else {
        return;
    };
    let mut fields: Vec<(usize, u64)> = record
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| is_plain(field.held()) || is_composite(api, field.held()))
        .map(|(index, field)| (index, sizes.field(api, *usages.of(id), field).size))
        .collect();
    fields.sort_by_key(|(index, size)| Reverse((*size, *index)));
    let mut saved = 0;
    let chosen: Vec<usize> = fields
        .into_iter()
        .take_while(|(_, size)| {
            let is_needed = saved <= excess;
            saved += size.saturating_sub(POINTER);
            is_needed
        })
        .map(|(index, _)| index)
        .collect();
    if let Some(def) = api.types.get_mut(id.index()) {
        for (index, ty) in held_mut(&mut def.kind).into_iter().enumerate() {
            match ty {
                Type::Nullable(inner) if chosen.contains(&index) => put_behind_pointer(inner),
                ty if chosen.contains(&index) => put_behind_pointer(ty),
                _ => {}
            }
        }
    }
    sizes.settle(api, usages, id);
}

/// Whether a type is one of those that the runtime reads through a pointer beside the named ones.
fn is_plain(ty: &Type) -> bool {
    match ty {
        Type::Scalar(scalar) => matches!(
            scalar,
            Scalar::Integer(Integer::I64 | Integer::U64) | Scalar::F64 | Scalar::String
        ),
        Type::Any(_) | Type::List(_) | Type::Map(_) => true,
        Type::Named(_) | Type::Tuple(_) | Type::Nullable(_) | Type::Boxed(_) => false,
    }
}

/// The places of a definition that hold too much, counted over all named types that it holds.
fn large(api: &Api, sizes: &Sizes, def: &TypeDef) -> Vec<usize> {
    let mut held = Vec::new();
    let mut place = 0;
    for ty in held_by_value(&def.kind) {
        named(ty, &mut |named| {
            if is_composite(api, named) {
                held.push((place, sizes.ty(named).size));
            }
            place += 1;
        });
    }
    // The largest first; of two alike the first in the document.
    held.sort_by_key(|(_, size)| Reverse(*size));
    let mut total: u64 = held.iter().map(|(_, size)| size).sum();
    let mut is_large = |size: u64| match &def.kind {
        TypeKind::Union(_) => size > Sizes::LARGEST_MEMBER,
        _ => {
            let is_large = total > MOST_HELD && size > SMALL;
            total -= if is_large { size } else { 0 };
            is_large
        }
    };
    held.into_iter()
        .filter(|(_, size)| is_large(*size))
        .map(|(place, _)| place)
        .collect()
}

/// Whether a type is one that can stand behind a pointer and is worth it: a list or a text is one
/// already.
fn is_composite(api: &Api, ty: &Type) -> bool {
    match api.resolve(ty) {
        Type::Named(id) => !matches!(api.type_def(*id).kind, TypeKind::Enum(_)),
        _ => false,
    }
}

/// What a definition holds by value. What is mixed in stands in the same object and stays.
fn held_by_value(kind: &TypeKind) -> Vec<&Type> {
    match kind {
        TypeKind::Struct(record) => record.fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Alias(target @ Type::Tuple(_)) | TypeKind::Newtype(target) => vec![target],
        TypeKind::Alias(_) | TypeKind::Enum(_) => Vec::new(),
    }
}

fn held_mut(kind: &mut TypeKind) -> Vec<&mut Type> {
    match kind {
        TypeKind::Struct(record) => record
            .fields
            .iter_mut()
            .map(|field| &mut field.ty)
            .collect(),
        TypeKind::Union(union) => union
            .variants
            .iter_mut()
            .map(|variant| &mut variant.ty)
            .collect(),
        TypeKind::Alias(target @ Type::Tuple(_)) | TypeKind::Newtype(target) => vec![target],
        TypeKind::Alias(_) | TypeKind::Enum(_) => Vec::new(),
    }
}

/// Every named type that is held within a type.
fn named<'a>(ty: &'a Type, each: &mut dyn FnMut(&'a Type)) {
    match ty {
        Type::Named(_) => each(ty),
        Type::Nullable(inner) => named(inner, each),
        Type::Tuple(items) => items.iter().for_each(|item| named(item, each)),
        Type::List(_) | Type::Map(_) | Type::Boxed(_) | Type::Scalar(_) | Type::Any(_) => {}
    }
}

fn named_mut(ty: &mut Type, each: &mut dyn FnMut(&mut Type)) {
    match ty {
        Type::Named(_) => each(ty),
        Type::Nullable(inner) => named_mut(inner, each),
        Type::Tuple(items) => items.iter_mut().for_each(|item| named_mut(item, each)),
        Type::List(_) | Type::Map(_) | Type::Boxed(_) | Type::Scalar(_) | Type::Any(_) => {}
    }
}
