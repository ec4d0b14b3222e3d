//! Any dialect to one: OpenAPI 3.0 as `openapiv3` types it, with `x-clientsmith-*` keys for what
//! 3.0 cannot say. `Value` in, `Value` out; nothing here knows the model.
//!
//! | key | stands for |
//! |---|---|
//! | `x-clientsmith-null` | `type: "null"` |
//! | `x-clientsmith-tuple` | `prefixItems`, in an `items` whose `oneOf` has a member a place |
//! | `x-clientsmith-prose` | keywords that no type expresses, as phrases |
//! | `x-clientsmith-examples` | the `examples` of a schema but for the first, which is `example` |
//! | `x-clientsmith-default-mapping` | `defaultMapping` of a discriminator |
//! | `x-clientsmith-item-schema`, `-item-encoding`, `-prefix-encoding` | the same of a media type |
//! | `x-clientsmith-events` | a schema of whole events, where `schema` has that of their data |
//! | `x-clientsmith-empty` | `allowEmptyValue` of a parameter in the path |
//! | `x-clientsmith-links` | `links` of a response |
//! | `x-clientsmith-beside` | copies of what stands beside a `$ref` that replaces it |
//! | `x-clientsmith-name` | `name` of a server |
//! | `x-clientsmith-parent`, `-kind` | the same of a tag |
//!
//! One key of 3.2 stays as it is: `query`, a method of a path item.
//!
//! Where things move on the way, the diagnostics are told, so that they name the places of the text
//! as it was written ([`crate::diagnostic::Moves`]).

mod events;
mod inline;
mod repair;
mod schema;
mod shapes;
mod swagger2;
#[cfg(test)]
mod tests;
mod through;
mod walk;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostics, Moves, Pointer};
use inline::Layout;
use walk::SCHEMAS;

/// A document in the one dialect.
#[derive(Debug)]
pub struct Upgraded {
    /// The document.
    pub root: Value,
    /// Every pointer that a schema's `$ref` names and that is no schema under
    /// `components.schemas`: such schemas have a type each all the same.
    pub loose_schemas: BTreeSet<String>,
}

/// Upgrades a document; `None` where its version is not one that is known.
pub fn upgrade(mut root: Value, diagnostics: &mut Diagnostics) -> Option<Upgraded> {
    let dialect = check_version(&root, diagnostics)?;
    let mut moves = Moves::default();
    let layout = match dialect {
        Dialect::Swagger2 => Layout::Swagger2,
        Dialect::OpenApi3 => Layout::OpenApi3,
    };
    through::settle(&mut root, &mut moves);
    inline::inline_references(&mut root, layout, &mut moves, diagnostics);
    if dialect == Dialect::Swagger2 {
        root = swagger2::convert(root, &mut moves, diagnostics);
    }
    diagnostics.set_moves(moves);
    repair::repair(&mut root, diagnostics);
    events::describe(&mut root, diagnostics);
    let loose_schemas = schemas(&mut root, diagnostics);
    Some(Upgraded {
        root,
        loose_schemas,
    })
}

/// Upgrades every schema; returns the places of those that references name and that have no name.
fn schemas(root: &mut Value, diagnostics: &mut Diagnostics) -> BTreeSet<String> {
    let anchors = schema::anchors(root);
    let mut upgrade = schema::SchemaUpgrade::new(&anchors, diagnostics);
    walk::schemas(root, &mut |schema, place| upgrade.apply(schema, place));
    let mut references = upgrade.into_references();
    let mut walked = BTreeSet::new();
    let mut loose_schemas = BTreeSet::new();
    // A loose schema may refer to further ones that no walk from the top has reached.
    while let Some(reference) = references.pop_first() {
        if !walked.insert(reference.clone()) {
            continue;
        }
        if is_component_schema(&reference) {
            continue;
        }
        let Some(pointer) = Pointer::parse(&reference) else {
            continue;
        };
        let Some(target) = walk::find_mut(root, &pointer) else {
            continue;
        };
        let mut upgrade = schema::SchemaUpgrade::new(&anchors, diagnostics);
        walk::schema(
            target,
            &walk::Position::root_of(&pointer),
            &mut |schema, place| {
                upgrade.apply(schema, place);
            },
        );
        references.append(&mut upgrade.into_references());
        loose_schemas.insert(reference);
    }
    loose_schemas
}

fn is_component_schema(reference: &str) -> bool {
    reference
        .strip_prefix(SCHEMAS)
        .is_some_and(|name| !name.contains('/'))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Swagger2,
    OpenApi3,
}

fn check_version(root: &Value, diagnostics: &mut Diagnostics) -> Option<Dialect> {
    if let Some(swagger) = root.get("swagger") {
        let text = plain(swagger);
        if text == "2" || text.starts_with("2.0") {
            return Some(Dialect::Swagger2);
        }
        diagnostics
            .error(
                Code::UnknownVersion,
                Pointer::root().key("swagger"),
                format!("Swagger {text} is not known"),
            )
            .help("known are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2");
        return None;
    }
    let Some(version) = root.get("openapi") else {
        diagnostics
            .error(
                Code::UnknownVersion,
                Pointer::root(),
                "this is no OpenAPI document: it has no `openapi` key",
            )
            .help("the first line of an OpenAPI document is its version, such as `openapi: 3.0.4`");
        return None;
    };
    let text = plain(version);
    if ["3.0", "3.1", "3.2"].iter().any(|known| {
        text.strip_prefix(known)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    }) {
        return Some(Dialect::OpenApi3);
    }
    diagnostics
        .error(
            Code::UnknownVersion,
            Pointer::root().key("openapi"),
            format!("OpenAPI version {text} is not known"),
        )
        .help("known are OpenAPI 3.0, 3.1 and 3.2, and Swagger 2.0");
    None
}

/// A scalar as the document's author wrote it.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| shapes::shown(value), str::to_owned)
}
