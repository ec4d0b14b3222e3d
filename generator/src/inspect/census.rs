//! What a document holds, in numbers, and what is left untyped, place by place.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::diagnostic::Pointer;
use crate::model::{Api, Type, TypeKind, Untyped};

/// Counts over the whole document.
#[derive(Debug, Default, Clone, Serialize)]
pub struct Census {
    /// The operations.
    pub operations: usize,
    /// The named types.
    pub types: usize,
    /// The fields of all structs.
    pub fields: usize,
    /// The places whose type is any JSON.
    pub untyped: usize,
    /// The same by reason.
    pub untyped_by_reason: BTreeMap<&'static str, usize>,
    /// The same, one by one.
    pub untyped_places: Vec<UntypedPlace>,
}

/// A place whose type is any JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UntypedPlace {
    /// The field, the parameter, the body or the type that has it.
    pub pointer: String,
    /// Why it has no other type.
    pub reason: &'static str,
}

/// Counts what a model holds.
#[must_use]
pub fn census(api: &Api) -> Census {
    let mut census = Census {
        operations: api.operations.len(),
        types: api.types.len(),
        ..Census::default()
    };
    for def in &api.types {
        match &def.kind {
            TypeKind::Struct(record) => {
                census.fields += record.fields.len();
                record
                    .fields
                    .iter()
                    .for_each(|field| census.count(&field.ty, &field.origin));
                record
                    .additional
                    .iter()
                    .filter(|ty| **ty != Type::Any(Untyped::OtherKeys))
                    .chain(&record.mixins)
                    .for_each(|ty| census.count(ty, &def.origin));
            }
            TypeKind::Union(union) => {
                union
                    .variants
                    .iter()
                    .for_each(|variant| census.count(&variant.ty, &def.origin));
            }
            TypeKind::Alias(target) | TypeKind::Newtype(target) => {
                census.count(target, &def.origin);
            }
            TypeKind::Enum(_) => {}
        }
    }
    for operation in &api.operations {
        operation
            .parameters
            .iter()
            .for_each(|parameter| census.count(&parameter.ty, &parameter.origin));
        let sent = operation.body.iter().flat_map(|body| &body.contents);
        let received = operation
            .responses
            .iter()
            .flat_map(|response| &response.contents);
        for media in sent.chain(received) {
            let types = media.content.types();
            types.for_each(|ty| census.count(ty, &media.origin));
        }
    }
    census
}

impl Census {
    fn count(&mut self, ty: &Type, at: &Pointer) {
        if let Some(reason) = untyped(ty).map(Untyped::as_str) {
            let pointer = at.to_string();
            self.untyped += 1;
            *self.untyped_by_reason.entry(reason).or_default() += 1;
            self.untyped_places.push(UntypedPlace { pointer, reason });
        }
    }
}

/// Why a place has no type, if it has none.
fn untyped(ty: &Type) -> Option<Untyped> {
    match ty {
        Type::Any(reason) => Some(*reason),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            untyped(inner)
        }
        Type::Tuple(items) => items.iter().find_map(untyped),
        Type::Named(_) | Type::Scalar(_) => None,
    }
}
