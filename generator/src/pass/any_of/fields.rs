//! The fields of several objects as those of one.

use super::object::Object;
use super::overlap::plain;
use crate::model::{
    Access, Api, Choice, Constraints, Docs, Enum, EnumBase, EnumValue, Field, Presence, Role,
    Scalar, Secrecy, Struct, Tag, Type, TypeDef, TypeId, TypeKind, Union, Untyped, Variant,
};

/// An object with all that these declare. What one of them does not demand is not demanded.
pub(super) fn merged(api: &mut Api, owner: TypeId, objects: &[Object]) -> Struct {
    let mut merged = Struct {
        additional: additional(objects),
        ..Struct::default()
    };
    let mut wires: Vec<&str> = Vec::new();
    for object in objects {
        for field in &object.record.fields {
            if !wires.contains(&field.wire.as_str()) {
                wires.push(&field.wire);
            }
        }
        for mixin in &object.record.mixins {
            if !merged.mixins.contains(mixin) {
                merged.mixins.push(mixin.clone());
            }
        }
    }
    for wire in wires {
        let declared: Vec<&Field> = objects
            .iter()
            .filter_map(|object| object.record.fields.iter().find(|field| field.wire == wire))
            .collect();
        let is_everywhere = declared.len() == objects.len();
        merged
            .fields
            .extend(joint_field(api, owner, &declared, is_everywhere));
    }
    merged
}

/// Whether an object has room for all that another has.
pub(super) fn has_all(api: &Api, object: &Struct, all: &Struct) -> bool {
    let keeps = |additional: &Option<Type>| {
        !matches!(additional, None | Some(Type::Any(Untyped::OtherKeys)))
    };
    let has_fields = all.fields.iter().all(|field| {
        let mut own = object.fields.iter();
        own.any(|own| own.wire == field.wire && plain(api, &own.ty) == plain(api, &field.ty))
    });
    has_fields && object.mixins == all.mixins && keeps(&object.additional) == keeps(&all.additional)
}

/// A definition of which nothing is said.
pub(super) fn bare(near: &TypeDef) -> TypeDef {
    TypeDef::new(
        near.name.clone(),
        Docs::default(),
        near.origin.clone(),
        TypeKind::Struct(Struct::default()),
    )
}

/// What other keys hold: what the one object says that speaks of them, or anything.
fn additional(objects: &[Object]) -> Option<Type> {
    let mut said: Vec<&Type> = Vec::new();
    for ty in objects
        .iter()
        .filter_map(|it| it.record.additional.as_ref())
    {
        if *ty != Type::Any(Untyped::OtherKeys) && !said.contains(&ty) {
            said.push(ty);
        }
    }
    match said.as_slice() {
        [] => {
            let all_closed = objects.iter().all(|it| it.record.additional.is_none());
            (!all_closed).then_some(Type::Any(Untyped::OtherKeys))
        }
        [only] => Some((*only).clone()),
        _ => Some(Type::Any(Untyped::FreeFormObject)),
    }
}

fn joint_field(
    api: &mut Api,
    owner: TypeId,
    declared: &[&Field],
    is_everywhere: bool,
) -> Option<Field> {
    let mut field = (*declared.first()?).clone();
    let is_required = declared
        .iter()
        .all(|field| field.presence == Presence::Required);
    if !(is_everywhere && is_required) {
        field.presence = Presence::Optional;
    }
    for other in declared {
        if other.constraints != field.constraints {
            field.constraints = Constraints::default();
        }
        if other.access != field.access {
            field.access = Access::ReadWrite;
        }
        if other.default != field.default {
            field.default = None;
        }
        if other.secrecy == Secrecy::Secret {
            field.secrecy = Secrecy::Secret;
        }
    }
    let types: Vec<Type> = declared.iter().map(|field| field.ty.clone()).collect();
    field.ty = joint_type(api, owner, &field, types);
    Some(field)
}

/// A type that has room for each of these.
fn joint_type(api: &mut Api, owner: TypeId, field: &Field, types: Vec<Type>) -> Type {
    let mut distinct: Vec<Type> = Vec::new();
    let mut is_nullable = false;
    for ty in types {
        is_nullable |= matches!(api.resolve(&ty), Type::Nullable(_));
        let ty = match ty {
            Type::Nullable(inner) => *inner,
            other => other,
        };
        let is_known = |known: &Type| plain(api, known) == plain(api, &ty);
        if !distinct.iter().any(is_known) {
            distinct.push(ty);
        }
    }
    let any = distinct
        .iter()
        .find(|ty| matches!(api.resolve(ty), Type::Any(_)));
    let joint = match (any.cloned(), distinct.len()) {
        (Some(any), _) => return any,
        (None, 1) => distinct.remove(0),
        _ => {
            let kind = texts(api, &distinct).unwrap_or_else(|| alternatives(distinct));
            let near = api.type_def(owner);
            let def = TypeDef {
                name: near.name.child(Role::Field(field.wire.clone())),
                origin: field.origin.clone(),
                kind,
                ..bare(near)
            };
            Type::Named(api.add_type(def))
        }
    };
    if is_nullable {
        Type::Nullable(Box::new(joint))
    } else {
        joint
    }
}

/// Text is one list of the values that are known.
fn texts(api: &Api, types: &[Type]) -> Option<TypeKind> {
    let mut values: Vec<EnumValue> = Vec::new();
    for ty in types {
        match plain(api, ty) {
            Type::Scalar(Scalar::String) => {}
            Type::Named(id) => match &api.type_def(*id).kind {
                TypeKind::Enum(list) if list.base == EnumBase::String => {
                    for value in &list.values {
                        if values.iter().all(|known| known.wire != value.wire) {
                            values.push(value.clone());
                        }
                    }
                }
                _ => return None,
            },
            _ => return None,
        }
    }
    Some(TypeKind::Enum(Enum {
        base: EnumBase::String,
        values,
    }))
}

fn alternatives(types: Vec<Type>) -> TypeKind {
    let variants = types.into_iter().map(|ty| Variant {
        ty,
        constraints: Constraints::default(),
        tags: Vec::new(),
        hint: None,
        docs: Docs::default(),
    });
    TypeKind::Union(Union {
        tag: Tag::Shape,
        choice: Choice::One,
        variants: variants.collect(),
        fallback: None,
    })
}
