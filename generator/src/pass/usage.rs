//! Which way each type travels: a type that a request can send can be built by callers.

use std::collections::BTreeSet;

use super::visit;
use crate::model::{Api, Content, Operation, Type, TypeId, TypeKind, Usage, Usages};

pub(super) fn usages(api: &Api) -> Usages {
    let kinds: Vec<&TypeKind> = api.types.iter().map(|def| &def.kind).collect();
    let request = visit::reachable(&kinds, roots(&api.operations, visit::request_types));
    let response = visit::reachable(&kinds, roots(&api.operations, visit::response_types));
    let bodies = bodies(api);
    let both = request.into_iter().zip(response).enumerate();
    let usages = both.map(|(index, (request, response))| {
        // What no operation reaches may be built and read all the same.
        let loose = !request && !response;
        Usage {
            request: request || loose,
            response: response || loose,
            body: bodies.contains(&TypeId::new(index)),
        }
    });
    usages.collect::<Vec<_>>().into()
}

/// The types that are JSON bodies of requests.
fn bodies(api: &Api) -> BTreeSet<TypeId> {
    let bodies = api
        .operations
        .iter()
        .filter_map(|operation| operation.body.as_ref());
    let contents = bodies.flat_map(|body| &body.contents);
    let ids = contents.filter_map(|media| match &media.content {
        Content::Json(ty) => match api.resolve(ty) {
            Type::Named(id) => Some(*id),
            _ => None,
        },
        _ => None,
    });
    ids.collect()
}

fn roots<'a, I: Iterator<Item = &'a Type>>(
    operations: &'a [Operation],
    types: impl Fn(&'a Operation) -> I,
) -> Vec<TypeId> {
    let mut roots = Vec::new();
    for operation in operations {
        for ty in types(operation) {
            ty.ids(&mut |id| roots.push(id));
        }
    }
    roots
}
