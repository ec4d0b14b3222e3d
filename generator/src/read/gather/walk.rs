//! Where in a document a `$ref` means a reference.
//!
//! The same words mean different things by place: `default` beside `type` holds any value, in
//! `responses` it is a response, and in `properties` it is a property. So is `$ref`: a property may
//! be called that. All that is known here is which keys hold maps of named things, and which hold
//! values that are nobody's business.

use crate::read::value_path::ValuePath;
use serde_json::{Map, Value};

/// What is done with a reference: it may be changed, and its place is told.
type Visit<'v> = &'v mut dyn FnMut(&mut String, &ValuePath<'_>, Role);

/// What is lost where a reference leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The thing itself.
    Whole,
    /// The value of a discriminator's mapping: a hint, and no more.
    Mapping,
}

/// Calls `visit` for the text of every reference below `value`.
pub(super) fn references(value: &mut Value, place: &ValuePath<'_>, visit: Visit<'_>) {
    match value {
        Value::Object(members) => object(members, place, visit),
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                references(item, &place.index(index), visit);
            }
        }
        _ => {}
    }
}

/// What the value of a key is.
enum Kind {
    /// A reference, if it is a string.
    Reference,
    /// An object whose keys are names that the document's author chose.
    Names,
    /// The same, of objects of the same: a callback's expressions.
    NamesOfNames,
    /// Names for schemas: `mapping` of a discriminator.
    Discriminator,
    /// Any value, in which nothing means anything.
    Opaque,
    /// A thing with keywords: a schema, an operation, a parameter.
    Thing,
}

fn kind(key: &str) -> Kind {
    match key {
        "$ref" | "$dynamicRef" => Kind::Reference,
        "properties"
        | "patternProperties"
        | "dependentSchemas"
        | "definitions"
        | "$defs"
        | "paths"
        | "webhooks"
        | "schemas"
        | "responses"
        | "parameters"
        | "requestBodies"
        | "headers"
        | "securitySchemes"
        | "links"
        | "pathItems"
        | "content"
        | "encoding"
        | "mediaTypes"
        | "securityDefinitions"
        | "variables"
        | "additionalOperations" => Kind::Names,
        "callbacks" => Kind::NamesOfNames,
        "discriminator" => Kind::Discriminator,
        "example" | "examples" | "default" | "enum" | "const" => Kind::Opaque,
        extension if extension.starts_with("x-") => Kind::Opaque,
        _ => Kind::Thing,
    }
}

fn object(members: &mut Map<String, Value>, place: &ValuePath<'_>, visit: Visit<'_>) {
    for (key, value) in members {
        let place = place.key(key);
        match (kind(key), value) {
            (Kind::Opaque, _) => {}
            (Kind::Reference, Value::String(reference)) => visit(reference, &place, Role::Whole),
            (Kind::Names, Value::Object(named)) => each(named, &place, visit),
            (Kind::NamesOfNames, Value::Object(named)) => {
                for (name, value) in named {
                    let place = place.key(name);
                    match value {
                        Value::Object(inner) if !inner.contains_key("$ref") => {
                            each(inner, &place, visit);
                        }
                        other => references(other, &place, visit),
                    }
                }
            }
            (Kind::Discriminator, Value::Object(members)) => {
                mapping(members, &place, visit);
            }
            (_, value) => references(value, &place, visit),
        }
    }
}

fn each(named: &mut Map<String, Value>, place: &ValuePath<'_>, visit: Visit<'_>) {
    for (name, value) in named {
        references(value, &place.key(name), visit);
    }
}

/// A discriminator's mapping leads to schemas by reference or by bare name; a name is no path.
fn mapping(discriminator: &mut Map<String, Value>, place: &ValuePath<'_>, visit: Visit<'_>) {
    let place = place.key("mapping");
    let Some(Value::Object(mapping)) = discriminator.get_mut("mapping") else {
        return;
    };
    for (name, value) in mapping {
        if let Value::String(reference) = value
            && is_path(reference)
        {
            visit(reference, &place.key(name), Role::Mapping);
        }
    }
}

fn is_path(text: &str) -> bool {
    let file = text.split('#').next().unwrap_or_default();
    text.contains(['#', '/'])
        || [".yaml", ".yml", ".json"]
            .iter()
            .any(|ending| file.ends_with(ending))
}
