//! The names of builders: what takes the values one by one of a struct that needs many.

use super::identifiers::TypeName;
use super::settle::{Candidate, settle};
use super::words::{LONGEST_TYPE, cut, escape};
use crate::model::{Api, TypeKind, Usages};

/// The builder of each type, in their order; empty for those that have none.
pub(super) fn builders(api: &Api, usages: &Usages, types: &[TypeName]) -> Vec<TypeName> {
    let taken: Vec<&str> = types.iter().map(TypeName::as_str).collect();
    let mut names = vec![TypeName(String::new()); types.len()];
    let built = api.types_with_ids().zip(types).zip(&mut names);
    let built = built.filter(|(((id, def), _), _)| match &def.kind {
        TypeKind::Struct(record) => usages.of(*id).request && api.is_built_in_steps(record),
        _ => false,
    });
    let (candidates, slots): (Vec<_>, Vec<_>) = built
        .map(|((_, name), slot)| {
            let wish = format!("{}Builder", name.plain());
            let candidate = Candidate {
                wire: name.plain(),
                wishes: vec![cut(wish, LONGEST_TYPE)],
            };
            (candidate, slot)
        })
        .unzip();
    for (slot, name) in slots.into_iter().zip(settle(&candidates, &taken)) {
        *slot = TypeName(escape(name));
    }
    names
}
