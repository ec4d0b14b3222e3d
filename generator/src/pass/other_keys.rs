//! Keys that the document neither describes nor forbids: kept in what is read and sent back, so that
//! a caller who changes one field of an object does not delete what is newer than the crate.
//!
//! A type that only travels one way does without: its callers would pay for a map that nothing
//! reads.

use std::collections::BTreeSet;

use super::groups::Needed;
use crate::model::{Api, Struct, Type, TypeId, TypeKind, Untyped, Usage, Usages};

pub(super) fn keep(api: &mut Api, usages: &Usages, needed: &Needed) {
    let sharing = sharing(api);
    let fallbacks = fallbacks(api);
    for (index, def) in api.types.iter_mut().enumerate() {
        let id = TypeId::new(index);
        let kept = goes_back(*usages.of(id)) && !needed.of(id).is_empty();
        let TypeKind::Struct(record) = &mut def.kind else {
            continue;
        };
        record.is_closed = record.additional.is_none();
        let kept = (kept || fallbacks.contains(&id)) && !sharing.contains(&id);
        if record.additional == Some(Type::Any(Untyped::OtherKeys))
            && !(kept && record.mixins.is_empty())
        {
            record.additional = None;
        }
    }
}

/// The members of unions for values that are new to the document: what is new about them is in keys
/// that it does not describe, and who reads such a value wants to see them.
fn fallbacks(api: &Api) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    for def in &api.types {
        if let TypeKind::Union(union) = &def.kind
            && let Some(member) = union.fallback.and_then(|index| union.variants.get(index))
        {
            member.ty.ids(&mut |id| {
                found.insert(id);
            });
        }
    }
    found
}

/// Whether it comes from the server and is sent to it.
fn goes_back(usage: Usage) -> bool {
    usage.request && usage.response
}

/// The structs that share an object with another's fields: a key that is other to the one is the
/// other's field.
fn sharing(api: &Api) -> BTreeSet<TypeId> {
    let mut waiting: Vec<TypeId> = Vec::new();
    for def in &api.types {
        if let TypeKind::Struct(Struct { mixins, .. }) = &def.kind {
            for ty in mixins {
                ty.ids(&mut |id| waiting.push(id));
            }
        }
    }
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if !found.insert(id) {
            continue;
        }
        let mut wait = |ty: &Type| ty.ids(&mut |id| waiting.push(id));
        match &api.type_def(id).kind {
            TypeKind::Union(union) => union.variants.iter().for_each(|member| wait(&member.ty)),
            TypeKind::Alias(target) | TypeKind::Newtype(target) => wait(target),
            TypeKind::Struct(_) | TypeKind::Enum(_) => {}
        }
    }
    found
}
