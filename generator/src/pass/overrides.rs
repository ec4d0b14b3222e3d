//! What a vendor's configuration knows better than the document.
//!
//! An entry that matches nothing is an error: it has gone stale, and would otherwise be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, FieldOverride, ScalarName};
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::{Api, Field, NameRoot, NameSource, Presence, Secrecy, Type, TypeDef, TypeKind};

pub(super) fn apply(api: &mut Api, config: &Config, diagnostics: &mut Diagnostics) {
    let changed = change_fields(api, config, diagnostics);
    for place in config
        .fields
        .keys()
        .filter(|place| !changed.contains(place))
    {
        config.stale("fields", place, diagnostics);
    }
    for name in config.server_variables.keys() {
        if !has_server_variable(api, name) {
            diagnostics
                .error(
                    Code::InvalidConfig,
                    Pointer::root().key("servers"),
                    format!("the configuration's `server-variables` names `{name}`, which no server's address has"),
                )
                .help("correct the name, or remove the entry");
        }
    }
    for (place, name) in &config.names {
        let pointer = Pointer::parse(place);
        if !pointer.is_some_and(|pointer| pin(api, &pointer, name, diagnostics)) {
            config.stale("names", place, diagnostics);
        }
    }
}

fn has_server_variable(api: &Api, name: &str) -> bool {
    let own = api
        .operations
        .iter()
        .flat_map(|operation| &operation.servers);
    api.servers
        .iter()
        .chain(own)
        .flat_map(|server| &server.variables)
        .any(|variable| variable.name == name)
}

/// The entries that some field has heeded.
fn change_fields<'c>(
    api: &mut Api,
    config: &'c Config,
    diagnostics: &Diagnostics,
) -> BTreeSet<&'c String> {
    let mut entries: BTreeMap<Pointer, Vec<(&String, &FieldOverride)>> = BTreeMap::new();
    for (place, change) in &config.fields {
        if let Some(pointer) = Pointer::parse(place) {
            entries.entry(pointer).or_default().push((place, change));
        }
    }
    let mut found = BTreeSet::new();
    if entries.is_empty() {
        return found;
    }
    for def in &mut api.types {
        let TypeKind::Struct(record) = &mut def.kind else {
            continue;
        };
        // A field that `allOf` took over has the same place in several structs.
        for field in &mut record.fields {
            // The place is the author's; where things have moved, the new one is known as well.
            let written = diagnostics.original(field.origin.clone());
            let written = entries.get(&written).or_else(|| entries.get(&field.origin));
            for (place, change) in written.into_iter().flatten() {
                change_field(field, change);
                found.insert(*place);
            }
        }
    }
    found
}

fn change_field(field: &mut Field, change: &FieldOverride) {
    let was_nullable = matches!(field.ty, Type::Nullable(_));
    let plain = match &field.ty {
        Type::Nullable(inner) => (**inner).clone(),
        ty => ty.clone(),
    };
    let plain = change.ty.map_or(plain, ScalarName::ty);
    let is_nullable = change.nullable.unwrap_or(was_nullable);
    field.ty = if is_nullable {
        Type::Nullable(Box::new(plain))
    } else {
        plain
    };
    if let Some(required) = change.required {
        field.presence = if required {
            Presence::Required
        } else {
            Presence::Optional
        };
    }
    if let Some(secret) = change.secret {
        field.secrecy = if secret {
            Secrecy::Secret
        } else {
            Secrecy::Open
        };
    }
}

fn pin(api: &mut Api, pointer: &Pointer, name: &str, diagnostics: &Diagnostics) -> bool {
    let schemas = Pointer::root().key("components").key("schemas");
    // A schema that another file has is named by the place that refers to it, too.
    let is_it = |def: &TypeDef| {
        diagnostics.is_at(&def.origin, pointer)
            || matches!(&def.name, NameSource { root: NameRoot::Schema(name), path }
                if path.is_empty() && diagnostics.is_at(&schemas.key(name), pointer))
    };
    let ty = api.types.iter_mut().find(|def| is_it(def));
    let operation = api
        .operations
        .iter_mut()
        .find(|operation| diagnostics.is_at(&operation.origin, pointer));
    match (ty, operation) {
        (Some(def), _) => def.pinned = Some(name.to_owned()),
        (None, Some(operation)) => operation.pinned = Some(name.to_owned()),
        (None, None) => return false,
    }
    true
}
