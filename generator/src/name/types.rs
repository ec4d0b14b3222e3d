//! The names of types.

use std::collections::BTreeMap;

use super::operations::LONGEST_TYPE;
use super::settle::{Candidate, settle};
use super::words::{camel, cut, escape, spell_signs};
use super::{TypeName, VariantName};
use crate::model::{Api, NameRoot, NameSource, OperationRole, Role, Status, TypeKind};

pub(super) fn types(api: &Api) -> Vec<TypeName> {
    let mut names = vec![String::new(); api.types.len()];
    // Schemas with names of their own come first: nothing inline can take a name from them.
    let (schemas, inline): (Vec<usize>, Vec<usize>) =
        (0..api.types.len()).partition(|index| api.types.get(*index).is_some_and(is_named));
    let wires: Vec<String> = api.types.iter().map(|def| wire(&def.name)).collect();
    let wire_of = |index: usize| wires.get(index).map_or("", String::as_str);
    let pinned = pin(api, &mut names);
    let pinned: Vec<&str> = pinned.iter().map(String::as_str).collect();
    let schemas: Vec<usize> = schemas
        .into_iter()
        .filter(|index| !is_pinned(api, *index))
        .collect();
    let inline: Vec<usize> = inline
        .into_iter()
        .filter(|index| !is_pinned(api, *index))
        .collect();
    let candidates: Vec<_> = schemas
        .iter()
        .map(|index| Candidate {
            wire: wire_of(*index),
            wishes: wishes(api, *index, wire_of(*index)),
        })
        .collect();
    for (index, name) in schemas.iter().zip(settle(&candidates, &pinned)) {
        if let Some(slot) = names.get_mut(*index) {
            *slot = name;
        }
    }
    let taken: Vec<String> = names
        .iter()
        .filter(|name| !name.is_empty())
        .cloned()
        .collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let shorts = short_names(api, &inline);
    let candidates: Vec<_> = inline
        .iter()
        .zip(shorts)
        .filter_map(|(index, short)| {
            let long = long_name(api, &api.types.get(*index)?.name);
            let wishes = short.into_iter().chain([long]);
            let wishes = wishes.map(|name| cut(name, LONGEST_TYPE)).collect();
            Some(Candidate {
                wire: wire_of(*index),
                wishes,
            })
        })
        .collect();
    for (index, name) in inline.iter().zip(settle(&candidates, &taken)) {
        if let Some(slot) = names.get_mut(*index) {
            *slot = name;
        }
    }
    names
        .into_iter()
        .map(|name| TypeName(escape(name)))
        .collect()
}

/// The names that a schema with a name of its own would take.
fn wishes(api: &Api, index: usize, wire: &str) -> Vec<String> {
    let is_newtype = api
        .types
        .get(index)
        .is_some_and(|def| matches!(def.kind, TypeKind::Newtype(_)));
    [camel(wire), camel(&spell_signs(wire))]
        .into_iter()
        .map(|name| {
            // The constructor of such a type is a value as arguments are, and those have no
            // capital.
            let is_like_an_argument = !name.contains(char::is_uppercase);
            if is_newtype && is_like_an_argument && !name.is_empty() {
                name + "Type"
            } else {
                name
            }
        })
        .map(|name| cut(name, LONGEST_TYPE))
        .collect()
}

/// Names that the configuration gives stand whatever else there is.
fn pin(api: &Api, names: &mut [String]) -> Vec<String> {
    let mut pinned = Vec::new();
    for (slot, def) in names.iter_mut().zip(&api.types) {
        if let Some(name) = &def.pinned {
            *slot = camel(name);
            pinned.push(slot.clone());
        }
    }
    pinned
}

fn is_pinned(api: &Api, index: usize) -> bool {
    api.types.get(index).is_some_and(|def| def.pinned.is_some())
}

fn is_named(def: &crate::model::TypeDef) -> bool {
    def.name.path.is_empty() && matches!(def.name.root, NameRoot::Schema(_))
}

/// The document's words, for the order among those that collide.
fn wire(source: &NameSource) -> String {
    match &source.root {
        NameRoot::Schema(name) if source.path.is_empty() => name.clone(),
        _ => format!("{source:?}"),
    }
}

/// Root and last step alone, where that tells a type from all others of the same root: only those
/// can take the short form away again.
fn short_names(api: &Api, inline: &[usize]) -> Vec<Option<String>> {
    let short = |index: &usize| {
        let source = &api.types.get(*index)?.name;
        let fields = source
            .path
            .iter()
            .filter(|role| matches!(role, Role::Field(_)))
            .count();
        if fields < 2 {
            return None;
        }
        let last_field = source
            .path
            .iter()
            .rposition(|role| matches!(role, Role::Field(_)))?;
        let path = source.path.get(last_field..)?.to_vec();
        Some(long_name(
            api,
            &NameSource {
                root: source.root.clone(),
                path,
            },
        ))
    };
    let shorts: Vec<Option<String>> = inline.iter().map(short).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (index, short) in inline.iter().zip(&shorts) {
        let long = api.types.get(*index).map(|def| long_name(api, &def.name));
        for name in short.iter().chain(&long) {
            *counts.entry(name.clone()).or_default() += 1;
        }
    }
    shorts
        .into_iter()
        .map(|short| short.filter(|name| counts.get(name) == Some(&1)))
        .collect()
}

fn long_name(api: &Api, source: &NameSource) -> String {
    let mut name = match &source.root {
        NameRoot::Schema(name) => camel(name),
        NameRoot::Operation(id, role) => {
            let Some(operation) = api.operations.get(id.index()) else {
                return String::new();
            };
            let base = camel(&operation.id);
            match role {
                OperationRole::Parameter(name) => base + &camel(name),
                OperationRole::Body => base + "Body",
                OperationRole::Header(name) => base + &camel(name) + "Header",
                OperationRole::Response(status) => {
                    let first = operation
                        .successes()
                        .find(|response| !response.contents.is_empty());
                    if first.is_some_and(|response| response.status == *status) {
                        base + "Response"
                    } else {
                        base + "Response" + &status_word(*status)
                    }
                }
            }
        }
    };
    for role in &source.path {
        match role {
            Role::Field(field) => name.push_str(&camel(field)),
            Role::Item => name.push_str("Item"),
            Role::Place(index) => name = format!("{name}Item{}", index + 1),
            Role::Value => name.push_str("Value"),
            Role::Member(Some(title), _) if !camel(title).is_empty() => {
                name.push_str(&camel(title));
            }
            Role::Member(_, index) => name = format!("{name}Variant{}", index + 1),
            Role::Media(media_type) => name.push_str(&camel(&super::media::words(media_type))),
            Role::Base => name.push_str("Base"),
            Role::Mixin(0) => name.push_str("Kind"),
            Role::Mixin(index) => name = format!("{name}Kind{}", index + 1),
        }
    }
    name
}

/// What holds the body of a status, in the enums of answers and of errors.
#[must_use]
pub fn status_variant(status: Status) -> VariantName {
    VariantName(match status {
        Status::Default => status_word(status),
        Status::Code(_) | Status::Class(_) => format!("Status{}", status_word(status)),
    })
}

pub(super) fn status_word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Class(class) => format!("{class}xx"),
        Status::Default => "Default".to_owned(),
    }
}
