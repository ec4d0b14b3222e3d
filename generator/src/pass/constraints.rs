//! What a sent value can break, and which fields hold secrets.

use crate::model::{
    Access, Api, Constraints, Secrecy, Table, Type, TypeDef, TypeId, TypeKind, Usages,
};

/// A field is a secret where the schema that it refers to is one.
pub(super) fn secrets(api: &mut Api) {
    let secret: Vec<bool> = api
        .types_with_ids()
        .map(|(id, _)| is_secret(api, &Type::Named(id)))
        .collect();
    if !secret.contains(&true) {
        return;
    }
    for def in &mut api.types {
        let TypeKind::Struct(record) = &mut def.kind else {
            continue;
        };
        for field in &mut record.fields {
            let mut ty = &field.ty;
            while let Type::Nullable(inner) | Type::Boxed(inner) = ty {
                ty = inner;
            }
            if let Type::Named(id) = ty
                && secret.get(id.index()) == Some(&true)
            {
                field.secrecy = Secrecy::Secret;
            }
        }
    }
}

fn is_secret<'a>(api: &'a Api, mut ty: &'a Type) -> bool {
    // The bound ends the walk where aliases go round.
    for _ in 0..=api.types.len() {
        match ty {
            Type::Nullable(inner) | Type::Boxed(inner) => ty = inner,
            Type::Named(id) => {
                let def = api.type_def(*id);
                match &def.kind {
                    _ if def.constraints.secrecy == Secrecy::Secret => return true,
                    TypeKind::Alias(target) => ty = target,
                    _ => return false,
                }
            }
            _ => return false,
        }
    }
    false
}

/// Whether the values of each type can break a constraint, their own or one of what they hold, when
/// they are sent. Only these types carry rules.
pub(super) fn constrained(api: &Api, usages: &Usages) -> Table<TypeId, bool> {
    let mut constrained = vec![false; api.types.len()];
    let mut users: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut waiting = Vec::new();
    for (id, def) in api.types_with_ids() {
        if !usages.of(id).request {
            continue;
        }
        for ty in sent(def) {
            ty.ids(&mut |inner| {
                if let Some(users) = users.get_mut(inner.index()) {
                    users.push(id);
                }
            });
        }
        if def.demands().any(Constraints::can_be_broken) {
            waiting.push(id);
        }
    }
    while let Some(id) = waiting.pop() {
        let Some(known) = constrained.get_mut(id.index()) else {
            continue;
        };
        if !std::mem::replace(known, true) {
            waiting.extend(users.get(id.index()).into_iter().flatten());
        }
    }
    constrained.into()
}

/// The types within a definition that are sent with it.
fn sent(def: &TypeDef) -> Vec<&Type> {
    match &def.kind {
        TypeKind::Struct(record) => record
            .fields
            .iter()
            .filter(|field| field.access != Access::ReadOnly)
            .map(|field| &field.ty)
            .chain(&record.additional)
            .chain(&record.mixins)
            .collect(),
        kind => kind.types(),
    }
}
