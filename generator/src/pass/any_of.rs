//! `anyOf` of objects: a value may be several of them at once, and what each declares is kept.
//!
//! Objects that stand in the union alone and have no names of their own become one object with the
//! fields of all. Where callers know the members by name, or where there are others, the union stays
//! and gets one more member with the fields of all those that a value may be at once. Objects that no
//! value is at once (a key has other values, or other kinds of them) are left as they are.

mod fields;
mod object;
mod overlap;

use std::collections::BTreeMap;

use super::duplicates;
use crate::model::{
    Api, Choice, Constraints, Docs, Role, Struct, Tag, Type, TypeDef, TypeId, TypeKind, Union,
    Variant,
};
use object::Object;

/// Unions that are members of unions are looked into so deep.
const NESTING: usize = 8;

pub(super) fn merge(api: &mut Api) {
    let mut taken: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let ids: Vec<TypeId> = api.types_with_ids().map(|(id, _)| id).collect();
    // What stands within another was lowered later.
    for id in ids.into_iter().rev() {
        let TypeKind::Union(union) = &api.type_def(id).kind else {
            continue;
        };
        if union.choice == Choice::One || union.tag != Tag::Shape {
            continue;
        }
        let parts = parts(api, union);
        let groups = overlap::groups(api, &parts.objects);
        if let ([whole], true) = (groups.as_slice(), parts.are_all_inline)
            && whole.len() == parts.objects.len()
        {
            let record = fields::merged(api, id, &parts.objects);
            become_object(api, id, record);
            taken.extend(parts.inline.iter().map(|inline| (*inline, id)));
            continue;
        }
        for group in groups {
            let objects: Vec<Object> = group
                .into_iter()
                .filter_map(|index| parts.objects.get(index).cloned())
                .collect();
            add_member(api, id, &objects);
        }
    }
    if !taken.is_empty() {
        absorb(api, &mut taken);
        duplicates::replace(api, &taken);
    }
}

struct Parts {
    objects: Vec<Object>,
    /// The types that nothing but the union refers to, where it consists of such alone.
    inline: Vec<TypeId>,
    are_all_inline: bool,
}

fn parts(api: &Api, union: &Union) -> Parts {
    let mut parts = Parts {
        objects: Vec::new(),
        inline: Vec::new(),
        are_all_inline: true,
    };
    gather(api, union, NESTING, &mut parts);
    parts
}

fn gather(api: &Api, union: &Union, left: usize, parts: &mut Parts) {
    let is_added =
        |index: usize| matches!(&union.choice, Choice::Any(added) if added.contains(&index));
    for (index, variant) in union.variants.iter().enumerate() {
        if is_added(index) {
            parts.are_all_inline = false;
            continue;
        }
        let ty = api.resolve(&variant.ty);
        if let Type::Map(value) = ty {
            let additional = Some((**value).clone());
            // What the values are would be demanded of all other keys.
            parts.are_all_inline &= matches!(**value, Type::Any(_));
            parts.objects.push(Object {
                record: Struct {
                    additional,
                    ..Struct::default()
                },
            });
            continue;
        }
        let Type::Named(id) = ty else {
            parts.are_all_inline = false;
            continue;
        };
        let is_inline = matches!(api.type_def(*id).name.path.last(), Some(Role::Member(..)));
        if is_inline && variant.ty == *ty {
            parts.inline.push(*id);
        } else {
            parts.are_all_inline = false;
        }
        match (&api.type_def(*id).kind, left.checked_sub(1)) {
            (TypeKind::Struct(record), _) => parts.objects.push(Object {
                record: record.clone(),
            }),
            (TypeKind::Union(inner), Some(left))
                if inner.choice != Choice::One && inner.tag == Tag::Shape =>
            {
                gather(api, inner, left, parts);
            }
            _ => parts.are_all_inline = false,
        }
    }
}

/// The union becomes an object; what is named by its members is named by it.
fn become_object(api: &mut Api, id: TypeId, record: Struct) {
    let Some(def) = api.types.get_mut(id.index()) else {
        return;
    };
    def.kind = TypeKind::Struct(record);
    let name = def.name.clone();
    let length = name.path.len();
    for other in &mut api.types {
        let is_within = other.name.root == name.root
            && other.name.path.starts_with(&name.path)
            && matches!(other.name.path.get(length), Some(Role::Member(..)))
            && other.name.path.len() > length + 1;
        if is_within {
            other.name.path.remove(length);
        }
    }
}

/// The union gets a member for what is several of these objects at once.
fn add_member(api: &mut Api, id: TypeId, objects: &[Object]) {
    let all = fields::merged(api, id, objects);
    // One of the objects may have room for everything already.
    if objects
        .iter()
        .any(|object| fields::has_all(api, &object.record, &all))
    {
        return;
    }
    let union = api.type_def(id);
    let docs = Docs {
        description: Some("What is several of the union's objects at once.".to_owned()),
        ..Docs::default()
    };
    let index = match &union.kind {
        TypeKind::Union(union) => union.variants.len(),
        _ => return,
    };
    let member = TypeDef {
        name: union
            .name
            .child(Role::Member(Some("Combined".to_owned()), index)),
        docs: docs.clone(),
        origin: union.origin.key("anyOf"),
        kind: TypeKind::Struct(all),
        ..fields::bare(union)
    };
    let member = api.add_type(member);
    if let Some(TypeKind::Union(union)) = api.types.get_mut(id.index()).map(|def| &mut def.kind) {
        if let Choice::Any(added) = &mut union.choice {
            added.push(index);
        }
        union.variants.push(Variant {
            ty: Type::Named(member),
            constraints: Constraints::default(),
            tags: Vec::new(),
            hint: None,
            docs,
        });
    }
}

/// An object that stands beside the fields of another, and nowhere else, is part of it.
fn absorb(api: &mut Api, taken: &mut BTreeMap<TypeId, TypeId>) {
    for index in 0..api.types.len() {
        let owner = TypeId::new(index);
        let TypeKind::Struct(record) = &api.type_def(owner).kind else {
            continue;
        };
        let mut whole = record.clone();
        whole.mixins.clear();
        let mut absorbed = Vec::new();
        for mixin in &record.mixins {
            match mixin {
                Type::Named(id) if is_mixin_alone(api, *id) => absorbed.push(*id),
                other => whole.mixins.push(other.clone()),
            }
        }
        for id in absorbed {
            let TypeKind::Struct(part) = &api.type_def(id).kind else {
                continue;
            };
            for field in &part.fields {
                if whole.fields.iter().all(|known| known.wire != field.wire) {
                    whole.fields.push(field.clone());
                }
            }
            whole.mixins.extend(part.mixins.iter().cloned());
            taken.insert(id, owner);
        }
        if let Some(def) = api.types.get_mut(index) {
            def.kind = TypeKind::Struct(whole);
        }
    }
    // What was taken into something that was taken itself is what that has become.
    let direct = taken.clone();
    for target in taken.values_mut() {
        for _ in 0..direct.len() {
            match direct.get(target) {
                Some(next) if next != target => *target = *next,
                _ => break,
            }
        }
    }
}

fn is_mixin_alone(api: &Api, id: TypeId) -> bool {
    let def = api.type_def(id);
    matches!(def.kind, TypeKind::Struct(_)) && matches!(def.name.path.last(), Some(Role::Mixin(_)))
}
