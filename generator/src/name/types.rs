//! The names of types: schemas with names of their own first, so that nothing inline can take a name
//! from them.

use std::collections::BTreeMap;

use super::identifiers::TypeName;
use super::inline;
use super::prefix::Shortener;
use super::settle::{Candidate, settle};
use super::verbs::Phrase;
use super::words::{LONGEST_TYPE, camel, cut, escape, spell_signs};
use crate::config::Naming;
use crate::model::{Api, NameRoot, NameSource, TypeDef, TypeKind};

/// The names of all types; `phrases` says what each operation is called.
pub(super) fn types(api: &Api, phrases: &[Phrase], naming: &Naming) -> Vec<TypeName> {
    let mut names = vec![String::new(); api.types.len()];
    for (slot, def) in names.iter_mut().zip(&api.types) {
        // What the configuration says stands whatever else there is.
        if let Some(name) = &def.pinned {
            *slot = camel(name);
        }
    }
    let is_open = |index: &usize| {
        api.types
            .get(*index)
            .is_some_and(|def| def.pinned.is_none())
    };
    let (schemas, inline): (Vec<usize>, Vec<usize>) = (0..api.types.len())
        .filter(is_open)
        .partition(|index| api.types.get(*index).is_some_and(TypeDef::has_own_name));
    let wires: Vec<String> = api.types.iter().map(|def| wire(&def.name)).collect();
    let shortener = Shortener::new(api, naming);
    let wishes = schemas
        .iter()
        .map(|index| wishes(api, *index, &wires, &shortener));
    settle_into(&mut names, &schemas, wishes.collect(), &wires);
    let wishes = inline::wishes(api, &inline, &schema_names(api, &names), phrases, naming);
    settle_into(&mut names, &inline, wishes, &wires);
    names
        .into_iter()
        .map(|name| TypeName(escape(name)))
        .collect()
}

/// Gives the types of these indices names that no other has yet.
fn settle_into(
    names: &mut [String],
    indices: &[usize],
    wishes: Vec<Vec<String>>,
    wires: &[String],
) {
    let taken: Vec<String> = names
        .iter()
        .filter(|name| !name.is_empty())
        .cloned()
        .collect();
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let candidates: Vec<_> = indices
        .iter()
        .zip(wishes)
        .map(|(index, wishes)| Candidate {
            wire: wires.get(*index).map_or("", String::as_str),
            wishes: wishes
                .into_iter()
                .map(|name| cut(name, LONGEST_TYPE))
                .collect(),
        })
        .collect();
    for (index, name) in indices.iter().zip(settle(&candidates, &taken)) {
        if let Some(slot) = names.get_mut(*index) {
            *slot = name;
        }
    }
}

/// What each schema with a name of its own is called.
fn schema_names<'a>(api: &'a Api, names: &[String]) -> BTreeMap<&'a str, String> {
    let pairs = api.types.iter().zip(names);
    let pairs = pairs.filter(|(_, name)| !name.is_empty());
    let found = pairs.filter_map(|(def, name)| match &def.name.root {
        NameRoot::Schema(wire) if def.name.path.is_empty() => Some((wire.as_str(), name.clone())),
        _ => None,
    });
    found.collect()
}

/// The names that a schema with a name of its own would take.
fn wishes(api: &Api, index: usize, wires: &[String], shortener: &Shortener) -> Vec<String> {
    let wire = wires.get(index).map_or("", String::as_str);
    let kind = api.types.get(index).map(|def| &def.kind);
    let is_newtype = matches!(kind, Some(TypeKind::Newtype(_)));
    let mut wishes = shortener.names(wire);
    let plain = camel(wire);
    wishes.push(plain.clone());
    wishes.push(camel(&spell_signs(wire)));
    if let Some(kind) = kind
        && !plain.is_empty()
    {
        wishes.push(plain + inline::kind_word(kind));
    }
    let wishes = wishes.into_iter().map(|name| {
        // The constructor of such a type is a value as arguments are, and those have no capital.
        let is_like_an_argument = !name.contains(char::is_uppercase);
        if is_newtype && is_like_an_argument && !name.is_empty() {
            name + "Type"
        } else {
            name
        }
    });
    wishes.collect()
}

/// The document's words, for the order among those that collide.
fn wire(source: &NameSource) -> String {
    match &source.root {
        NameRoot::Schema(name) if source.path.is_empty() => name.clone(),
        _ => format!("{source:?}"),
    }
}
