//! Contract tests against a server that nobody here wrote: Prism mocks a document and validates
//! what it is sent, and every operation of the crate made from that document is called on it.
//!
//! Prism answers with the document's own examples (static mode), and with what it makes up from the
//! schemas (dynamic mode). It must accept every request, and the client must decode every response.
//! Where a response breaks its schema, because the document's example does or because Prism makes no
//! better, a validator must find it wrong at the place that the client's error names, and the
//! operation is listed (`seen.rs`). What is left stands in `tests/prism/exceptions.toml`, each entry
//! with its reason; an entry that is no longer needed fails the test.
//!
//! The committed crates are called whenever the tests run. `CLIENTSMITH_PRISM_DOCUMENTS` names a
//! folder of further documents:
//!
//! ```sh
//! CLIENTSMITH_PRISM_DOCUMENTS=/a/folder cargo test -p clientsmith-tests --test prism -- --nocapture
//! ```

mod calls;
mod document;
mod exceptions;
mod harness;
mod pattern;
mod sample;
mod seen;
mod server;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Mutex;

use clientsmith_tests::{Fixture, repository};

use calls::{Failure, Subject};
use document::{Choice, Document};
use exceptions::Exceptions;
use server::{Mode, Prism};

#[test]
fn committed_crates() {
    let vendors = ["datadog", "launchdarkly", "opal"];
    let subjects = vendors.map(|name| {
        let fixture = Fixture::vendor(name);
        let folder = repository().join("generated").join(name);
        Subject::committed(fixture, folder)
    });
    if let Some(report) = run(&subjects) {
        panic!("{report}");
    }
}

#[test]
fn documents_in_a_folder() {
    let Some(folder) = std::env::var_os("CLIENTSMITH_PRISM_DOCUMENTS") else {
        println!("skipped: CLIENTSMITH_PRISM_DOCUMENTS names no folder");
        return;
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    // One after the other: a crate of thousands of types takes gigabytes to build.
    let failed: Vec<String> = paths
        .iter()
        .filter_map(|path| run(&[Subject::written(Fixture::at(path))]))
        .collect();
    assert!(failed.is_empty(), "{}", failed.concat());
}

/// What begins the report of a response that breaks its own schema, as a validator says too: it has
/// been seen, and the error names the place.
const SEEN: &str = "seen: ";

/// The callers share one workspace.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Calls every operation of these crates, in both modes. The report where something is wrong that
/// no exception explains.
fn run(subjects: &[Subject]) -> Option<String> {
    let Some(prism) = server::install() else {
        println!("skipped: there is no Node on this machine");
        return None;
    };
    let _guard = ONE_AT_A_TIME.lock();
    calls::build(subjects);
    let mut exceptions = Exceptions::read();
    let mut report = String::new();
    let mut failed = false;
    for subject in subjects {
        let document = Document::read(&subject.fixture.path);
        for mode in [Mode::Static, Mode::Dynamic] {
            let server = prism.start(&subject.fixture.path, mode);
            let outcomes = operations(subject, &document, &document, &server);
            let name = subject.document_name();
            let is_committed = subject.is_committed();
            failed |= summarise(
                &name,
                is_committed,
                mode,
                &outcomes,
                &mut exceptions,
                &mut report,
            );
        }
    }
    println!("{report}");
    failed.then_some(report)
}

/// How an operation went; `None` is well.
struct Outcome {
    /// Why the values of the document's examples did not do, where those of its schemas did.
    examples: Option<String>,
    failure: Option<String>,
}

/// Calls every operation with the document's examples, and those that went wrong again with values
/// made from the schemas alone, because examples break their own schemas.
/// `truth` is the document that Prism has, by which answers are judged.
fn operations(
    subject: &Subject,
    document: &Document,
    truth: &Document,
    server: &Prism,
) -> BTreeMap<String, Outcome> {
    let all: Vec<usize> = (0..subject.operations.len()).collect();
    let first = subject.call(document, server, &all, Choice::Examples);
    let wrong: Vec<usize> = first
        .iter()
        .filter(|(_, failure)| failure.is_some())
        .map(|(index, _)| *index)
        .collect();
    let mut second = subject.call(document, server, &wrong, Choice::Schemas);
    let judge = truth.judge();
    let said = |index: usize, failure: Failure| {
        let operation = &subject.operations[index];
        let reason = failure.undecoded.and_then(|undecoded| {
            let media_type = undecoded.media_type.as_deref();
            let schema = truth.answer(operation, undecoded.status, media_type)?;
            undecoded.reason(&judge, schema)
        });
        match reason {
            Some(reason) => format!("{SEEN}{}; {reason}", failure.text),
            None => failure.text,
        }
    };
    first
        .into_iter()
        .map(|(index, failure)| {
            let again = second.remove(&index).flatten();
            let failure = failure.map(|failure| said(index, failure));
            let outcome = match again {
                None => Outcome {
                    examples: failure,
                    failure: None,
                },
                Some(again) => Outcome {
                    examples: None,
                    failure: Some(said(index, again)),
                },
            };
            (calls::route(&subject.operations[index]), outcome)
        })
        .collect()
}

/// Adds a document's part of the report. Whether something is wrong that no exception explains.
fn summarise(
    name: &str,
    is_committed: bool,
    mode: Mode,
    outcomes: &BTreeMap<String, Outcome>,
    exceptions: &mut Exceptions,
    report: &mut String,
) -> bool {
    let failures = outcomes
        .values()
        .filter_map(|outcome| outcome.failure.as_deref());
    let (seen, wrong): (Vec<_>, Vec<_>) = failures.partition(|why| why.starts_with(SEEN));
    let _ = writeln!(
        report,
        "{name}, {mode}: {} of {} operations passed, {} more had answers that break their own \
         schemas, {} failed",
        outcomes.len() - seen.len() - wrong.len(),
        outcomes.len(),
        seen.len(),
        wrong.len()
    );
    let mut failed = false;
    for (route, outcome) in outcomes {
        if let Some(why) = &outcome.examples {
            let _ = writeln!(
                report,
                "  {route}: with values of the schemas; the examples: {why}"
            );
        }
        if let Some(why) = &outcome.failure {
            // In the documents of this project the responses are right.
            if why.starts_with(SEEN) && !is_committed {
                let _ = writeln!(report, "  {route}: {why}");
                continue;
            }
            let reason = exceptions.take(name, mode, route);
            failed |= reason.is_none();
            let reason = reason.unwrap_or_else(|| "NOT EXPLAINED".to_owned());
            let _ = writeln!(report, "  {route}: {why}\n    {reason}");
        }
    }
    for stale in exceptions.stale(name, mode) {
        failed = true;
        let _ = writeln!(report, "  {stale}: passes; remove its exception");
    }
    failed
}
