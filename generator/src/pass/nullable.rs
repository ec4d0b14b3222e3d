//! A reference to a schema that allows `null` allows `null`.

use super::visit;
use crate::model::{Api, Type};

pub(super) fn references(api: &mut Api) {
    let nullable: Vec<bool> = api.types.iter().map(|def| def.nullable).collect();
    if !nullable.contains(&true) {
        return;
    }
    for def in &mut api.types {
        // A member of a union that is null is the union's null, which the union says itself.
        for ty in visit::types_of_mut(&mut def.kind) {
            wrap(ty, &nullable);
        }
    }
    for operation in &mut api.operations {
        for ty in visit::operation_types_mut(operation) {
            wrap(ty, &nullable);
        }
        for parameter in &mut operation.parameters {
            if let Type::Nullable(inner) = &parameter.ty {
                parameter.ty = (**inner).clone();
            }
        }
    }
}

fn wrap(ty: &mut Type, nullable: &[bool]) {
    match ty {
        Type::Named(id) if nullable.get(id.index()) == Some(&true) => {
            *ty = Type::Nullable(Box::new(ty.clone()));
        }
        Type::Nullable(inner) => {
            wrap(inner, nullable);
            if let Type::Nullable(_) = **inner {
                *ty = (**inner).clone();
            }
        }
        Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) => wrap(inner, nullable),
        Type::Tuple(items) => items.iter_mut().for_each(|item| wrap(item, nullable)),
        Type::Named(_) | Type::Scalar(_) | Type::Any(_) => {}
    }
}
