//! Inline types that say the same become one.
//!
//! Only within one schema or operation, and only where they stand under fields of one name: there
//! the one name is good for all, and nothing that is added elsewhere can take it away.

use std::collections::BTreeMap;

use super::visit;
use crate::model::{Api, Docs, NameRoot, OperationRole, Role, Type, TypeDef, TypeId, TypeKind};

pub(super) fn merge(api: &mut Api) {
    // Types that hold merged types may become alike in turn.
    loop {
        let replacements = replacements(api);
        if replacements.is_empty() {
            return;
        }
        replace(api, &replacements);
    }
}

/// Which type each duplicate is replaced by.
fn replacements(api: &Api) -> BTreeMap<TypeId, TypeId> {
    let mut first: BTreeMap<(String, String), TypeId> = BTreeMap::new();
    let mut replacements = BTreeMap::new();
    for (id, def) in api.types_with_ids() {
        let Some(place) = place(def) else { continue };
        let key = (place, fingerprint(&def.kind));
        match first.get(&key) {
            Some(known) => {
                replacements.insert(id, *known);
            }
            None => {
                first.insert(key, id);
            }
        }
    }
    replacements
}

/// The schema or operation that a type stands in and the name of the field it stands under.
fn place(def: &TypeDef) -> Option<String> {
    let is_shape = matches!(
        def.kind,
        TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_)
    );
    let last = def.name.path.iter().rev().find_map(|role| match role {
        Role::Field(name) => Some(name.as_str()),
        _ => None,
    });
    let (root, last) = match &def.name.root {
        NameRoot::Schema(name) => (format!("schema {name}"), last?),
        NameRoot::Operation(id, OperationRole::Parameter(name)) => {
            (format!("operation {}", id.index()), last.unwrap_or(name))
        }
        NameRoot::Operation(id, _) => (format!("operation {}", id.index()), last?),
    };
    // What follows the field (an item, a member) tells a list's item from a map's value.
    let tail: Vec<&Role> = def
        .name
        .path
        .iter()
        .rev()
        .take_while(|role| !matches!(role, Role::Field(_)))
        .collect();
    (is_shape && def.pinned.is_none()).then(|| format!("{root} {last:?} {tail:?}"))
}

/// All that is emitted of a type but its documentation.
fn fingerprint(kind: &TypeKind) -> String {
    let mut kind = kind.clone();
    match &mut kind {
        TypeKind::Struct(record) => {
            for field in &mut record.fields {
                field.docs = Docs {
                    deprecated: field.docs.deprecated,
                    ..Docs::default()
                };
                field.origin = crate::diagnostic::Pointer::root();
            }
        }
        TypeKind::Enum(list) => {
            for value in &mut list.values {
                value.docs = Docs::default();
            }
        }
        TypeKind::Union(union) => {
            for variant in &mut union.variants {
                variant.docs = Docs::default();
            }
        }
        TypeKind::Alias(_) | TypeKind::Newtype(_) => {}
    }
    format!("{kind:?}")
}

/// Takes the duplicates out and points every use to what is left.
pub(super) fn replace(api: &mut Api, replacements: &BTreeMap<TypeId, TypeId>) {
    let mut kept = 0;
    let new_ids: Vec<Option<TypeId>> = (0..api.types.len())
        .map(|index| {
            (!replacements.contains_key(&TypeId::new(index))).then(|| {
                kept += 1;
                TypeId::new(kept - 1)
            })
        })
        .collect();
    let new_id = |id: TypeId| {
        let id = replacements.get(&id).copied().unwrap_or(id);
        new_ids.get(id.index()).copied().flatten().unwrap_or(id)
    };
    let mut index = 0;
    api.types.retain(|_| {
        index += 1;
        !replacements.contains_key(&TypeId::new(index - 1))
    });
    for def in &mut api.types {
        for ty in visit::types_of_mut(&mut def.kind) {
            renumber(ty, &new_id);
        }
    }
    for operation in &mut api.operations {
        for ty in visit::operation_types_mut(operation) {
            renumber(ty, &new_id);
        }
    }
}

fn renumber(ty: &mut Type, new_id: &dyn Fn(TypeId) -> TypeId) {
    match ty {
        Type::Named(id) => *id = new_id(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            renumber(inner, new_id);
        }
        Type::Tuple(items) => {
            for item in items {
                renumber(item, new_id);
            }
        }
        Type::Scalar(_) | Type::Any(_) => {}
    }
}
