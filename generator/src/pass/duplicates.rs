//! Inline types that say the same become one.
//!
//! Within one schema or operation, where they stand under fields of one name: there the one name is
//! good for all, and nothing that is added elsewhere can take it away. And in the whole document,
//! where they stand under fields of one name or have one title: then they are called by that name,
//! after none of their owners.

use std::collections::{BTreeMap, BTreeSet};

use super::visit;
use crate::config::Config;
use crate::document_words::is_title_name;
use crate::model::{
    Api, Docs, NameRoot, NameSource, OperationRole, Role, Shared, Type, TypeDef, TypeId, TypeKind,
};

pub(super) fn merge(api: &mut Api, config: &Config) {
    // Types that hold merged types may become alike in turn.
    loop {
        let mut replacements = replacements(api);
        if replacements.is_empty() && config.naming.shared_types.is_on() {
            replacements = share(api);
        }
        if replacements.is_empty() {
            return;
        }
        replace(api, &replacements);
    }
}

/// What types of several owners have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Common<'a> {
    kind: Shared,
    word: &'a str,
    /// What follows the field: it tells a list's item from a map's value.
    tail: &'a [Role],
}

/// Makes one of the types of several owners that have a title or a field's name in common and say the
/// same. Tells which are replaced.
///
/// Where types of one name say several things, those are made one that most owners have: a name means
/// one thing, and what is added to the document with other contents takes it from none.
fn share(api: &mut Api) -> BTreeMap<TypeId, TypeId> {
    let mut alike: BTreeMap<Common<'_>, Vec<TypeId>> = BTreeMap::new();
    for (id, def) in api.types_with_ids() {
        for common in [title(def), field(def)].into_iter().flatten() {
            alike.entry(common).or_default().push(id);
        }
    }
    let claimed: BTreeMap<Common<'_>, TypeId> = api
        .types_with_ids()
        .filter_map(|(id, def)| Some((claimed(def)?, id)))
        .collect();
    let mut replacements = BTreeMap::new();
    let mut shared: BTreeMap<TypeId, (NameSource, bool)> = BTreeMap::new();
    for (common, ids) in &alike {
        let is_new = |id: &TypeId| !replacements.contains_key(id) && !shared.contains_key(id);
        let ids: Vec<TypeId> = ids.iter().copied().filter(is_new).collect();
        if let Some(known) = claimed.get(common) {
            // What is held by types that have become one may have become alike since.
            let content = whole(api.type_def(*known));
            let ids = ids
                .into_iter()
                .filter(|id| whole(api.type_def(*id)) == content);
            replacements.extend(ids.map(|id| (id, *known)));
            continue;
        }
        let ids = of_most_owners(api, &ids);
        let Some((first, others)) = ids.split_first() else {
            continue;
        };
        let docs = &api.type_def(*first).docs;
        let has_one_text = others.iter().all(|id| api.type_def(*id).docs == *docs);
        let name = NameSource {
            root: NameRoot::Shared(common.kind, common.word.to_owned()),
            path: common.tail.to_vec(),
        };
        shared.insert(*first, (name, has_one_text));
        replacements.extend(others.iter().map(|id| (*id, *first)));
    }
    for (id, (name, has_one_text)) in shared {
        let Some(def) = api.types.get_mut(id.index()) else {
            continue;
        };
        def.name = name;
        if !has_one_text {
            def.docs.description = None;
        }
    }
    replacements
}

/// Of these types those that say what the types of most owners say, where there are several.
fn of_most_owners(api: &Api, ids: &[TypeId]) -> Vec<TypeId> {
    let roots = ids.iter().map(|id| &api.type_def(*id).name.root);
    if roots.collect::<BTreeSet<_>>().len() < 2 {
        return Vec::new();
    }
    let mut by_content: BTreeMap<String, (BTreeSet<&NameRoot>, Vec<TypeId>)> = BTreeMap::new();
    for id in ids {
        let def = api.type_def(*id);
        let (owners, ids) = by_content.entry(whole(def)).or_default();
        owners.insert(&def.name.root);
        ids.push(*id);
    }
    let several = by_content
        .into_values()
        .filter(|(owners, _)| owners.len() > 1);
    let most = several.max_by_key(|(owners, _)| owners.len());
    most.map_or_else(Vec::new, |(_, ids)| ids)
}

/// What a type is called by that has become one.
fn claimed(def: &TypeDef) -> Option<Common<'_>> {
    match &def.name.root {
        NameRoot::Shared(kind @ (Shared::Field | Shared::Title), word) => Some(Common {
            kind: *kind,
            word,
            tail: &def.name.path,
        }),
        _ => None,
    }
}

fn title(def: &TypeDef) -> Option<Common<'_>> {
    let title = def
        .docs
        .summary
        .as_deref()
        .filter(|title| is_title_name(title))?;
    is_inline(def).then_some(Common {
        kind: Shared::Title,
        word: title,
        tail: &[],
    })
}

fn field(def: &TypeDef) -> Option<Common<'_>> {
    let path = def.name.path.as_slice();
    let at = path.iter().rposition(|role| matches!(role, Role::Field(_)));
    let (word, tail) = match (at, &def.name.root) {
        (Some(at), _) => match path.split_at_checked(at)?.1 {
            [Role::Field(word), tail @ ..] => (word, tail),
            _ => return None,
        },
        (None, NameRoot::Operation(_, OperationRole::Parameter(word))) => (word, path),
        (None, _) => return None,
    };
    let says_something = !GENERIC.contains(&word.to_ascii_lowercase().as_str());
    (is_inline(def) && says_something).then_some(Common {
        kind: Shared::Field,
        word,
        tail,
    })
}

/// Fields by which nobody would know a type again.
const GENERIC: [&str; 36] = [
    "attributes",
    "body",
    "config",
    "content",
    "data",
    "details",
    "error",
    "errors",
    "event",
    "fields",
    "id",
    "info",
    "item",
    "items",
    "kind",
    "mode",
    "name",
    "node",
    "object",
    "options",
    "parameters",
    "params",
    "payload",
    "properties",
    "response",
    "result",
    "results",
    "settings",
    "spec",
    "state",
    "status",
    "type",
    "types",
    "value",
    "values",
    "version",
];

/// Whether it is named by where it stands. What is shared already has its name.
fn is_inline(def: &TypeDef) -> bool {
    let is_shape = matches!(
        def.kind,
        TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_)
    );
    let is_shared = matches!(
        def.name.root,
        NameRoot::Shared(Shared::Field | Shared::Title, _)
    );
    let has_own_name = def.name.path.is_empty() && matches!(def.name.root, NameRoot::Schema(_));
    is_shape && def.pinned.is_none() && !is_shared && !has_own_name
}

fn whole(def: &TypeDef) -> String {
    format!(
        "{} {:?} {}",
        def.nullable,
        def.constraints,
        fingerprint(&def.kind)
    )
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
        NameRoot::Shared(kind, name) => (format!("{kind:?} {name}"), last?),
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
