//! Every `example`, `examples` and `default` of a document that fits its schema decodes into the
//! generated type and encodes back equal: of the fixtures and the vendors always, of real documents
//! where the environment names a folder of them.
//!
//! - `CLIENTSMITH_DOCUMENTS`: every document in the folder.
//! - `CLIENTSMITH_CORPUS`: a sample of the documents below it, one of every fourth provider.
//!
//! Which examples fit is judged by a validator that is not ours. Those that fit and still do not
//! survive are bugs, or stand in `exceptions.toml` with the reason; an entry that is no longer
//! needed fails too.

mod collect;
mod compare;
mod exceptions;
mod further;
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::emit::RuntimeSource;
use clientsmith::{inspect, read};
use clientsmith_tests::judge::{Judge, Verdict};
use clientsmith_tests::{Fixture, diagnostics, repository};
use serde_json::Value;

use collect::Example;
use compare::Forms;
use exceptions::Exceptions;
use further::Further;
use program::Workspace;

/// The methods of a path item.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The largest document of the corpus that is taken: the sample is to build in minutes.
const LARGEST: u64 = 400_000;

/// Of how many providers one is taken.
const EVERY: usize = 4;

#[test]
fn examples_of_the_fixtures_come_back_equal() {
    let mut fixtures = Fixture::all();
    let vendors = fs::read_dir(repository().join("specs")).unwrap();
    let mut vendors: Vec<_> = vendors.map(|entry| entry.unwrap().file_name()).collect();
    vendors.sort();
    fixtures.extend(
        vendors
            .iter()
            .map(|name| Fixture::vendor(name.to_str().unwrap())),
    );
    let counts = check("examples-of-fixtures", fixtures);
    // The two fixtures of examples alone show so many, and two handfuls that do not fit.
    assert!(counts.equal >= 40, "only {} examples", counts.equal);
    assert!(counts.invalid >= 5, "only {} do not fit", counts.invalid);
    assert_eq!((counts.untyped, counts.unjudged), (0, 0));
}

#[test]
fn examples_of_whole_documents_come_back_equal() {
    let Some(folder) = folder("CLIENTSMITH_DOCUMENTS") else {
        return;
    };
    let mut paths: Vec<_> = files(&folder)
        .into_iter()
        .filter(|path| path.parent() == Some(&folder))
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "md"));
    let fixtures = paths.iter().map(|path| whole(&folder, path)).collect();
    check("examples-of-documents", fixtures);
}

#[test]
fn examples_of_a_sample_of_the_corpus_come_back_equal() {
    let Some(folder) = folder("CLIENTSMITH_CORPUS") else {
        return;
    };
    let mut providers: Vec<(String, PathBuf)> = Vec::new();
    for path in files(&folder) {
        let provider = path.strip_prefix(&folder).unwrap().iter().next().unwrap();
        let provider = provider.to_string_lossy().into_owned();
        let is_small = fs::metadata(&path).unwrap().len() <= LARGEST;
        if is_small && providers.last().is_none_or(|(known, _)| *known != provider) {
            providers.push((provider, path));
        }
    }
    let sample = providers
        .iter()
        .step_by(EVERY)
        .map(|(_, path)| whole(&folder, path))
        .collect();
    check("examples-of-corpus", sample);
}

fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: {variable} names no folder of documents");
    }
    folder
}

/// All files below a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    entries
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

/// A document outside the repository, named by its path below the folder.
fn whole(folder: &Path, path: &Path) -> Fixture {
    let name = path.strip_prefix(folder).unwrap_or(path);
    let words = name.with_extension("").to_string_lossy().into_owned();
    let words: String = words
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    Fixture {
        path: path.to_owned(),
        config: clientsmith::config::Config::named(&format!("doc-{words}-client")),
        name: name.to_string_lossy().into_owned(),
    }
}

/// What became of the examples.
#[derive(Debug, Default)]
struct Counts {
    documents: usize,
    equal: usize,
    invalid: usize,
    unjudged: usize,
    untyped: usize,
    excepted: usize,
    forms: Forms,
}

/// A document on its way.
struct Subject {
    fixture: Fixture,
    root: Value,
    further: Vec<Further>,
}

fn check(workspace: &str, fixtures: Vec<Fixture>) -> Counts {
    let mut workspace = Workspace::new(workspace);
    let subjects: Vec<_> = fixtures
        .into_iter()
        .filter_map(|fixture| {
            let root = read::read(&fixture.path).ok()?.root;
            let further = further::of(&fixture.name);
            Some(Subject {
                fixture,
                root,
                further,
            })
        })
        .collect();
    let mut counts = Counts::default();
    let mut examples = Vec::new();
    for subject in &subjects {
        if let Some(valid) = prepare(subject, &mut workspace, &mut counts) {
            examples.push((subject, valid));
        }
    }
    workspace.build();
    let mut exceptions = Exceptions::load();
    let mut problems = Vec::new();
    for (subject, valid) in &examples {
        problems.extend(outcomes(
            subject,
            valid,
            &workspace,
            &mut exceptions,
            &mut counts,
        ));
        problems.extend(exceptions.unneeded(&subject.fixture.name));
    }
    println!("{counts:?}");
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
    counts
}

/// Generates the crate and its program; returns the examples that fit their schemas.
fn prepare<'s>(
    subject: &'s Subject,
    workspace: &mut Workspace,
    counts: &mut Counts,
) -> Option<Vec<Example<'s>>> {
    let fixture = &subject.fixture;
    let runtime = repository().join("runtime").display().to_string();
    let generated = fixture.generate(RuntimeSource::Path(runtime));
    let (Some(tree), Some(model)) = (&generated.tree, &generated.model) else {
        println!(
            "{}: not generated\n{}",
            fixture.name,
            diagnostics(&generated)
        );
        return None;
    };
    let places = inspect::schemas(model, &fixture.config);
    let found = collect::collect(&subject.root, &places);
    let mut judge = Judge::new(&subject.root);
    let before = (counts.invalid, counts.unjudged);
    let total = found.typed.len();
    let mut valid = found.typed;
    valid.retain(
        |example| match judge.judge(&example.schema, example.value) {
            Verdict::Valid => true,
            Verdict::Invalid => {
                counts.invalid += 1;
                false
            }
            Verdict::NoSchema => {
                counts.unjudged += 1;
                false
            }
        },
    );
    counts.documents += 1;
    counts.untyped += found.untyped.len();
    println!(
        "{}: {total} examples, {} fit, {} do not, {} without a schema to judge by, {} without a type",
        fixture.name,
        valid.len(),
        counts.invalid - before.0,
        counts.unjudged - before.1,
        found.untyped.len(),
    );
    if std::env::var_os("CLIENTSMITH_VERBOSE").is_some() {
        found
            .untyped
            .iter()
            .for_each(|at| println!("  no type: {at}"));
    }
    valid.extend(subject.further.iter().map(|case| case.example(&places)));
    if valid.is_empty() {
        return None;
    }
    workspace.write(&fixture.config.crate_name, tree);
    workspace.add(&fixture.config.crate_name, &valid);
    Some(valid)
}

/// Runs a document's program and compares.
fn outcomes(
    subject: &Subject,
    valid: &[Example<'_>],
    workspace: &Workspace,
    exceptions: &mut Exceptions,
    counts: &mut Counts,
) -> Vec<String> {
    let name = &subject.fixture.name;
    let results = match workspace.run(&subject.fixture.config.crate_name) {
        Ok(results) => results,
        Err(problem) => return vec![problem],
    };
    assert_eq!(results.len(), valid.len(), "{name}");
    let mut problems = Vec::new();
    for (example, result) in valid.iter().zip(results) {
        let compared = result.and_then(|trip| {
            if example.is_known != trip.is_known {
                return Err(format!(
                    "known: {} in place of {}",
                    trip.is_known, example.is_known
                ));
            }
            if let Some(expected) = example.expected {
                return further::same(expected, &trip.after);
            }
            let forms = &mut counts.forms;
            compare::compare(&subject.root, example, &trip.after, forms)
        });
        match compared {
            Ok(()) => counts.equal += 1,
            Err(_) if exceptions.covers(name, &example.at) => counts.excepted += 1,
            Err(problem) => {
                problems.push(format!("{name} {} ({}): {problem}", example.at, example.ty));
            }
        }
    }
    problems
}
