//! Whole documents of vendors, which are not part of the repository: with the environment variable
//! `CLIENTSMITH_DOCUMENTS` naming a folder of them, every one is generated, with every operation
//! that it has and without an error.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clientsmith::emit::RuntimeSource;
use clientsmith::inspect;
use clientsmith::read;
use clientsmith_tests::{Fixture, diagnostics};
use serde_json::Value;

const VARIABLE: &str = "CLIENTSMITH_DOCUMENTS";

const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

#[test]
fn every_operation_of_whole_documents_is_generated() {
    let Some(folder) = std::env::var_os(VARIABLE) else {
        eprintln!("skipped: {VARIABLE} names no folder of documents");
        return;
    };
    let documents = documents(Path::new(&folder));
    assert!(
        !documents.is_empty(),
        "no documents in {}",
        Path::new(&folder).display()
    );
    let mut problems = Vec::new();
    for path in documents {
        if let Err(problem) = check(&path) {
            problems.push(format!("{}: {problem}", path.display()));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut documents: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|e| e == "yaml" || e == "yml" || e == "json")
        })
        .collect();
    documents.sort();
    documents
}

fn check(path: &Path) -> Result<(), String> {
    let mut fixture = Fixture::at(path);
    "whole-client".clone_into(&mut fixture.config.crate_name);
    let root = read::read(path)
        .map_err(|failure| failure.to_string())?
        .root;
    let expected = operations(&root);
    let start = Instant::now();
    let generated = fixture.generate(RuntimeSource::Path("runtime".to_owned()));
    let seconds = start.elapsed().as_secs_f64();
    let counts = generated.diagnostics.counts();
    if counts.errors > 0 {
        return Err(diagnostics(&generated));
    }
    let (Some(model), Some(tree)) = (&generated.model, &generated.tree) else {
        return Err("nothing was generated".to_owned());
    };
    let inspection = inspect::inspect(model, &fixture.config);
    let found: BTreeSet<_> = inspection
        .operations
        .iter()
        .map(|operation| (operation.method.to_lowercase(), operation.path.clone()))
        .collect();
    let dropped: Vec<_> = expected.difference(&found).collect();
    if !dropped.is_empty() || found.len() != inspection.operations.len() {
        return Err(format!(
            "{} operations, dropped: {dropped:?}",
            inspection.operations.len()
        ));
    }
    // Each has its place in the code: the static that describes it.
    let code: usize = tree
        .iter()
        .filter(|(path, _)| path.as_str().starts_with("src/api/"))
        .map(|(_, text)| text.matches(": rt::Operation = rt::Operation {").count())
        .sum();
    if code != found.len() {
        return Err(format!(
            "{code} of {} operations are in the code",
            found.len()
        ));
    }
    let census = &inspection.census;
    println!(
        "{}: {} operations, {} types, {} fields, {} untyped {:?}, {} warnings, {seconds:.2} s",
        path.file_name().unwrap_or_default().display(),
        census.operations,
        census.types,
        census.fields,
        census.untyped,
        census.untyped_by_reason,
        counts.warnings,
    );
    Ok(())
}

/// The operations as the document has them.
fn operations(root: &Value) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (path, item) in root["paths"].as_object().into_iter().flatten() {
        for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
            found.insert(((*method).to_owned(), path.clone()));
        }
    }
    found
}
