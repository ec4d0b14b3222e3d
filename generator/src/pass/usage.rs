//! Which way each type travels: a type that a request can send can be built by callers.

use super::visit;
use crate::model::{Api, Operation, Type, TypeId, TypeKind, Usage};

pub(super) fn mark(api: &mut Api) {
    let kinds: Vec<&TypeKind> = api.types.iter().map(|def| &def.kind).collect();
    let request = visit::reachable(&kinds, roots(&api.operations, visit::request_types));
    let response = visit::reachable(&kinds, roots(&api.operations, visit::response_types));
    for ((def, request), response) in api.types.iter_mut().zip(request).zip(response) {
        // What no operation reaches may be built and read all the same.
        let loose = !request && !response;
        def.usage = Usage {
            request: request || loose,
            response: response || loose,
        };
    }
}

fn roots<'a, I: Iterator<Item = &'a Type>>(
    operations: &'a [Operation],
    types: impl Fn(&'a Operation) -> I,
) -> Vec<TypeId> {
    let mut roots = Vec::new();
    for operation in operations {
        for ty in types(operation) {
            visit::ids(ty, &mut |id| roots.push(id));
        }
    }
    roots
}
