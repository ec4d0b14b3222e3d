//! What a vendor's configuration knows better than the document.
//!
//! An entry that matches nothing is an error: it has gone stale, and would otherwise be forgotten.

use crate::config::{Config, FieldOverride, ScalarName};
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::{Api, Field, NameRoot, NameSource, Presence, Secrecy, Type, TypeDef, TypeKind};

pub(super) fn apply(api: &mut Api, config: &Config, diagnostics: &mut Diagnostics) {
    for (place, change) in &config.fields {
        let pointer = Pointer::parse(place);
        let changed = pointer.is_some_and(|pointer| change_fields(api, &pointer, change));
        if !changed {
            config.stale("fields", place, diagnostics);
        }
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
        if !pointer.is_some_and(|pointer| pin(api, &pointer, name)) {
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

fn change_fields(api: &mut Api, pointer: &Pointer, change: &FieldOverride) -> bool {
    let mut found = false;
    for def in &mut api.types {
        let TypeKind::Struct(record) = &mut def.kind else {
            continue;
        };
        // A field that `allOf` took over has the same place in several structs.
        for field in record
            .fields
            .iter_mut()
            .filter(|field| field.origin == *pointer)
        {
            change_field(field, change);
            found = true;
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

fn pin(api: &mut Api, pointer: &Pointer, name: &str) -> bool {
    let schemas = Pointer::root().key("components").key("schemas");
    // A schema that another file has is named by the place that refers to it, too.
    let is_it = |def: &TypeDef| {
        def.origin == *pointer
            || matches!(&def.name, NameSource { root: NameRoot::Schema(name), path }
                if path.is_empty() && schemas.key(name) == *pointer)
    };
    let ty = api.types.iter_mut().find(|def| is_it(def));
    let operation = api
        .operations
        .iter_mut()
        .find(|operation| operation.origin == *pointer);
    match (ty, operation) {
        (Some(def), _) => def.pinned = Some(name.to_owned()),
        (None, Some(operation)) => operation.pinned = Some(name.to_owned()),
        (None, None) => return false,
    }
    true
}
