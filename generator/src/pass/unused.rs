//! Takes out the types without names of their own that nothing refers to any more.
//!
//! What was made one with others, or became part of them, leaves such types behind. A schema that the
//! document names stays, used or not.

use std::collections::BTreeMap;

use super::{duplicates, visit};
use crate::model::{Api, TypeId, TypeKind};

pub(super) fn remove(api: &mut Api) {
    let mut roots: Vec<TypeId> = Vec::new();
    for operation in &api.operations {
        let types = visit::request_types(operation).chain(visit::response_types(operation));
        for ty in types {
            ty.ids(&mut |id| roots.push(id));
        }
    }
    for (id, def) in api.types_with_ids() {
        if def.has_own_name() || def.pinned.is_some() {
            roots.push(id);
        }
    }
    let kinds: Vec<&TypeKind> = api.types.iter().map(|def| &def.kind).collect();
    let reached = visit::reachable(&kinds, roots);
    let unused: BTreeMap<TypeId, TypeId> = reached
        .into_iter()
        .enumerate()
        .filter(|(_, is_reached)| !is_reached)
        .map(|(index, _)| (TypeId::new(index), TypeId::new(index)))
        .collect();
    if !unused.is_empty() {
        duplicates::replace(api, &unused);
    }
}
