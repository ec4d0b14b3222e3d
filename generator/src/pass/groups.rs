//! Which groups of operations need each type: a crate built for one group holds no other's types.

use super::visit;
use crate::model::{Api, GroupId, TypeId, TypeKind};

pub(super) fn mark(api: &mut Api) {
    let kinds: Vec<&TypeKind> = api.types.iter().map(|def| &def.kind).collect();
    let mut marks = Vec::with_capacity(api.groups.len());
    for group in &api.groups {
        let mut roots: Vec<TypeId> = Vec::new();
        for id in &group.operations {
            let Some(operation) = api.operations.get(id.index()) else {
                continue;
            };
            let types = visit::request_types(operation).chain(visit::response_types(operation));
            for ty in types {
                visit::ids(ty, &mut |id| roots.push(id));
            }
        }
        marks.push(visit::reachable(&kinds, roots));
    }
    for (group, reached) in marks.into_iter().enumerate() {
        for (def, reached) in api.types.iter_mut().zip(reached) {
            if reached {
                def.groups.insert(GroupId::new(group));
            }
        }
    }
}
