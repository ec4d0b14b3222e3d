//! Many documents at once: what became of each, and what that says of the generator.
//!
//! No IO and no processes here: the command line walks the folder, isolates each document and calls
//! cargo. This module counts, compares and describes, and its field names are a contract.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fingerprint::hash;
use super::report::{Entry, Outcome};
use crate::OnError;
use crate::config::Config;
use crate::diagnostic::{Diagnostics, Pointer, Severity};
use crate::emit::Placement;
use crate::inspect::{census, name_report};
use crate::model::Api;
use crate::read::{Document, Failure};
use crate::write::Tree;

/// The keys of a path item that hold an operation each.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Generates one document as the corpus does: whatever can be generated is, and errors are counted.
pub fn generate(
    read: Result<Document, Box<Failure>>,
    config: &Config,
    placement: &Placement,
) -> (Entry, Option<Tree>) {
    let mut entry = Entry::default();
    let document = match read {
        Ok(document) => document,
        Err(failure) => {
            entry.outcome = Outcome::Errors;
            describe(&mut entry, &failure.diagnostics);
            return (entry, None);
        }
    };
    let expected = operations(&document.root);
    let generated = crate::generate_or(OnError::KeepGoing, document, config, placement);
    describe(&mut entry, &generated.diagnostics);
    entry.operations_in = expected.len();
    if let Some(model) = &generated.model {
        let census = census(&model.api);
        entry.types = census.types;
        entry.fields = census.fields;
        entry.untyped = census.untyped;
        entry.naming = name_report(&model.api, &model.names).counts;
        let found = generated_operations(&model.api);
        entry.operations_out = found.len();
        entry.dropped = expected.difference(&found).map(shown).collect();
    }
    if let Some(tree) = &generated.tree {
        entry.lines = tree.lines();
        entry.bytes = tree.iter().map(|(_, text)| text.len()).sum();
        entry.hash = fingerprint(tree);
    }
    entry.settle(generated.tree.is_some());
    (entry, generated.tree)
}

fn describe(entry: &mut Entry, diagnostics: &Diagnostics) {
    let counts = diagnostics.counts();
    entry.warnings = counts.warnings;
    entry.errors = counts.errors;
    for diagnostic in diagnostics {
        let code = diagnostic.code.as_str().to_owned();
        *entry.diagnostics.entry(code).or_default() += 1;
    }
    let first = diagnostics
        .iter()
        .find(|diagnostic| diagnostic.severity == Severity::Error);
    entry.first_error = first.map(|first| {
        format!(
            "{}: {} (at {})",
            first.code.as_str(),
            first.message,
            first.pointer
        )
    });
}

/// A method and a path.
type Key = (String, String);

fn shown((method, path): &Key) -> String {
    format!("{method} {path}")
}

/// The operations as the document has them, counted without any stage of the generator.
fn operations(root: &Value) -> BTreeSet<Key> {
    let paths = root.get("paths").and_then(Value::as_object);
    let mut found = BTreeSet::new();
    for (path, item) in paths.into_iter().flatten() {
        if path.starts_with("x-") {
            continue;
        }
        let item = followed(root, item);
        for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
            found.insert((method.to_uppercase(), path.clone()));
        }
        let more = item.get("additionalOperations").and_then(Value::as_object);
        for (method, _) in more.into_iter().flatten() {
            let has_key = METHODS.contains(&method.to_lowercase().as_str());
            let method = if has_key {
                method.to_uppercase()
            } else {
                method.clone()
            };
            found.insert((method, path.clone()));
        }
    }
    found
}

/// A path item, or the one that it refers to.
fn followed<'a>(root: &'a Value, item: &'a Value) -> &'a Value {
    let mut item = item;
    for _ in 0..16 {
        let reference = item.get("$ref").and_then(Value::as_str);
        let target = reference
            .and_then(Pointer::parse)
            .and_then(|pointer| root.pointer(pointer.as_str()));
        match target {
            Some(target) => item = target,
            None => break,
        }
    }
    item
}

fn generated_operations(api: &Api) -> BTreeSet<Key> {
    let operations = api.operations.iter();
    operations
        .map(|operation| (operation.method.as_str().to_owned(), operation.path.clone()))
        .collect()
}

/// A hash of a crate's files, so that two runs can be compared without their output.
fn fingerprint(tree: &Tree) -> String {
    let texts = tree.iter().flat_map(|(path, text)| [path.as_str(), text]);
    hash(texts)
}

#[cfg(test)]
mod tests {
    use super::operations;
    use crate::read::FILES_KEY;
    use serde_json::json;

    #[test]
    fn operations_are_counted_where_they_stand() {
        let root = json!({
            "paths": {
                "/a": {"get": {}, "post": {}, "parameters": []},
                "/b": {"$ref": "#/x-clientsmith-files/b.yaml"},
                "/c": {"$ref": "#/paths/~1c"},
                "/d": {"additionalOperations": {"LOCK": {}}},
                "x-notes": {"get": {}},
            },
            FILES_KEY: {"b.yaml": {"delete": {}}},
        });
        let found: Vec<_> = operations(&root).iter().map(super::shown).collect();
        assert_eq!(found, ["DELETE /b", "GET /a", "LOCK /d", "POST /a"]);
    }
}
