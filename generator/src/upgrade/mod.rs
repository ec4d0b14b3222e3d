//! Any dialect to one: OpenAPI 3.0 as `openapiv3` types it, with `x-clientsmith-*` keys for what
//! 3.0 cannot say. `Value` in, `Value` out; nothing here knows the model.
//!
//! | key | stands for |
//! |---|---|
//! | `x-clientsmith-null` | `type: "null"` |
//! | `x-clientsmith-prefix-items` | `prefixItems` |
//! | `x-clientsmith-prose` | keywords that no type expresses, as phrases |

mod inline;
mod schema;
mod walk;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostics, Pointer};

/// A document in the one dialect.
#[derive(Debug)]
pub struct Upgraded {
    /// The document.
    pub root: Value,
    /// Every pointer that a schema's `$ref` names and that is no schema under
    /// `components.schemas`: such schemas have a type each all the same.
    pub loose_schemas: BTreeSet<String>,
}

/// Where named schemas live.
pub(crate) const SCHEMAS: &str = "#/components/schemas/";

/// Upgrades a document; `None` where its version is not one that is known.
pub fn upgrade(mut root: Value, diagnostics: &mut Diagnostics) -> Option<Upgraded> {
    check_version(&root, diagnostics)?;
    inline::inline_references(&mut root, diagnostics);
    let mut upgrade = schema::SchemaUpgrade::new(diagnostics);
    walk::schemas(&mut root, &mut |schema, place| upgrade.apply(schema, place));
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
        let Some(target) = walk::find_mut(&mut root, &pointer) else {
            continue;
        };
        let mut upgrade = schema::SchemaUpgrade::new(diagnostics);
        walk::schema(
            target,
            &walk::Place::root_of(&pointer),
            &mut |schema, place| {
                upgrade.apply(schema, place);
            },
        );
        references.append(&mut upgrade.into_references());
        loose_schemas.insert(reference);
    }
    Some(Upgraded {
        root,
        loose_schemas,
    })
}

fn is_component_schema(reference: &str) -> bool {
    reference
        .strip_prefix(SCHEMAS)
        .is_some_and(|name| !name.contains('/'))
}

fn check_version(root: &Value, diagnostics: &mut Diagnostics) -> Option<()> {
    if let Some(swagger) = root.get("swagger") {
        diagnostics
            .error(
                Code::UnknownVersion,
                Pointer::root().key("swagger"),
                format!("Swagger {} is not read yet", plain(swagger)),
            )
            .help("convert the document to OpenAPI 3.0, 3.1 or 3.2");
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
        return Some(());
    }
    diagnostics
        .error(
            Code::UnknownVersion,
            Pointer::root().key("openapi"),
            format!("OpenAPI version {text} is not known"),
        )
        .help("known are 3.0, 3.1 and 3.2");
    None
}

/// A scalar as the document's author wrote it.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
