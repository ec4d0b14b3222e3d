//! The report as data. The names of the fields are a contract: some may be added, none renamed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::features::Features;
use super::fingerprint::hash;
use crate::inspect::NameCounts;

/// What became of every document.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Report {
    /// The runtime and the compiler that `compile` speaks of.
    pub build: Option<String>,
    /// Each document, by its path.
    pub documents: Vec<Entry>,
    /// Sums over all documents.
    pub totals: Totals,
    /// The documents that took longest, the slowest first.
    pub slowest: Vec<Slow>,
    /// What went wrong, the most frequent cause first.
    pub failures: Vec<Cause>,
}

/// What became of one document.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// Its path below the folder.
    pub path: String,
    /// How generating went.
    pub outcome: Outcome,
    /// The operations that it has.
    pub operations_in: usize,
    /// The operations that were generated.
    pub operations_out: usize,
    /// The named types.
    pub types: usize,
    /// The places whose type is any JSON.
    pub untyped: usize,
    /// The warnings.
    pub warnings: usize,
    /// The time from reading to the crate in memory.
    pub seconds: f64,
    /// The lines of the crate.
    pub lines: usize,
    /// The bytes of the crate.
    pub bytes: usize,
    /// What cargo said of the crate, where it was asked.
    pub compile: Option<Compile>,
    /// How it went with sets of its features, where that was asked.
    #[serde(default)]
    pub features: Option<Features>,
    /// The first error: of the document, or else of the compiler.
    pub first_error: Option<String>,
    /// The name of its crate.
    #[serde(rename = "crate")]
    pub crate_name: String,
    /// The bytes of the document.
    pub document_bytes: u64,
    /// The fields of all structs.
    pub fields: usize,
    /// The errors.
    pub errors: usize,
    /// How many diagnostics there are of each code.
    pub diagnostics: BTreeMap<String, usize>,
    /// How many names could be better.
    #[serde(default)]
    pub naming: NameCounts,
    /// The operations that were not generated.
    pub dropped: Vec<String>,
    /// A hash of the crate's files.
    pub hash: String,
}

/// How generating went.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// There is a crate with every operation.
    #[default]
    Ok,
    /// The document has errors, or an operation is missing.
    Errors,
    /// The generator panicked, overflowed its stack, or did not come to an end.
    Panic,
}

/// What cargo said of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compile {
    /// Nothing.
    Clean,
    /// It compiles, with warnings.
    Warnings,
    /// It does not compile.
    Errors,
}

/// Sums over all documents.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[expect(
    missing_docs,
    reason = "each is the sum of the entries' field of that name, or a count"
)]
pub struct Totals {
    pub documents: usize,
    pub ok: usize,
    pub errors: usize,
    pub panic: usize,
    pub operations_in: usize,
    pub operations_out: usize,
    pub types: usize,
    pub fields: usize,
    pub untyped: usize,
    pub warnings: usize,
    pub lines: usize,
    pub bytes: usize,
    pub document_bytes: u64,
    pub compile_clean: usize,
    pub compile_warnings: usize,
    pub compile_errors: usize,
    #[serde(default)]
    pub features_tried: usize,
    #[serde(default)]
    pub features_failed: usize,
    pub diagnostics: BTreeMap<String, usize>,
    /// How many names could be better.
    #[serde(default)]
    pub naming: NameCounts,
    /// The time that the documents took together, whatever ran beside whatever.
    pub document_seconds: f64,
    /// The time of the whole run, without cargo.
    pub seconds: f64,
    /// The most memory that one process of the run held, in bytes, where it is known.
    pub peak_memory: Option<u64>,
    /// A hash of all crates: the same for the same documents and the same generator.
    pub hash: String,
}

/// A document and its time.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Slow {
    /// The document.
    pub path: String,
    /// Its time.
    pub seconds: f64,
}

/// What went wrong in some documents.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Cause {
    /// The first error with its names left out.
    pub cause: String,
    /// The documents.
    pub documents: Vec<String>,
}

impl Entry {
    /// The entry of a document that the generator did not survive.
    #[must_use]
    pub fn panicked(message: String) -> Self {
        Self {
            outcome: Outcome::Panic,
            first_error: Some(message),
            ..Self::default()
        }
    }

    /// Decides the outcome of a document that was read.
    pub(super) fn settle(&mut self, has_crate: bool) {
        let is_whole = has_crate && self.errors == 0 && self.dropped.is_empty();
        self.outcome = if is_whole {
            Outcome::Ok
        } else {
            Outcome::Errors
        };
        if let (None, Some(first)) = (&self.first_error, self.dropped.first()) {
            let message = format!("dropped: `{first}` is not generated and nothing says why");
            self.first_error = Some(message);
        }
    }

    /// Takes what cargo said.
    pub fn compiled(&mut self, compile: Compile, first_error: Option<String>) {
        self.compile = Some(compile);
        if self.first_error.is_none() {
            self.first_error = first_error;
        }
    }

    /// Whether the document counts as a failure.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.outcome != Outcome::Ok
            || self
                .compile
                .is_some_and(|compile| compile != Compile::Clean)
            || self
                .features
                .as_ref()
                .is_some_and(|features| features.failed > 0)
    }
}

impl Report {
    /// Takes over what an earlier report knows of crates that are the same, with the same build.
    pub fn resume(&mut self, earlier: &Self) {
        if self.build.is_none() || self.build != earlier.build {
            return;
        }
        let known: BTreeMap<_, _> = earlier
            .documents
            .iter()
            .filter(|entry| !entry.hash.is_empty())
            .map(|entry| (entry.path.as_str(), entry))
            .collect();
        for entry in &mut self.documents {
            if let Some(earlier) = known.get(entry.path.as_str())
                && earlier.hash == entry.hash
                // What failed is tried again: it may have been the machine.
                && earlier.compile == Some(Compile::Clean)
            {
                entry.compile = earlier.compile;
                let features = earlier.features.clone();
                entry.features = features.filter(|features| features.failed == 0);
            }
        }
    }

    /// Sums everything up.
    pub fn sum_up(&mut self, seconds: f64, peak_memory: Option<u64>) {
        self.documents.sort_by(|a, b| a.path.cmp(&b.path));
        let mut totals = Totals {
            documents: self.documents.len(),
            seconds,
            peak_memory,
            hash: hash(self.documents.iter().map(|entry| entry.hash.as_str())),
            ..Totals::default()
        };
        for entry in &self.documents {
            totals.add(entry);
        }
        self.totals = totals;
        self.slowest = self.slowest_documents();
        self.failures = self.causes();
    }

    /// Whether any document failed.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.documents.iter().any(Entry::failed)
    }

    fn slowest_documents(&self) -> Vec<Slow> {
        let mut slowest: Vec<_> = self
            .documents
            .iter()
            .map(|entry| Slow {
                path: entry.path.clone(),
                seconds: entry.seconds,
            })
            .collect();
        slowest.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
        slowest.truncate(10);
        slowest
    }

    fn causes(&self) -> Vec<Cause> {
        let mut causes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for entry in self.documents.iter().filter(|entry| entry.failed()) {
            let message = entry.first_error.as_deref().unwrap_or("unknown");
            let documents = causes.entry(cause(message)).or_default();
            documents.push(entry.path.clone());
        }
        let mut causes: Vec<_> = causes
            .into_iter()
            .map(|(cause, documents)| Cause { cause, documents })
            .collect();
        causes.sort_by_key(|cause| std::cmp::Reverse(cause.documents.len()));
        causes
    }
}

impl Totals {
    fn add(&mut self, entry: &Entry) {
        match entry.outcome {
            Outcome::Ok => self.ok += 1,
            Outcome::Errors => self.errors += 1,
            Outcome::Panic => self.panic += 1,
        }
        match entry.compile {
            None => {}
            Some(Compile::Clean) => self.compile_clean += 1,
            Some(Compile::Warnings) => self.compile_warnings += 1,
            Some(Compile::Errors) => self.compile_errors += 1,
        }
        if let Some(features) = &entry.features {
            self.features_tried += features.tried;
            self.features_failed += features.failed;
        }
        self.operations_in += entry.operations_in;
        self.operations_out += entry.operations_out;
        self.types += entry.types;
        self.fields += entry.fields;
        self.untyped += entry.untyped;
        self.naming.add(entry.naming);
        self.warnings += entry.warnings;
        self.lines += entry.lines;
        self.bytes += entry.bytes;
        self.document_bytes += entry.document_bytes;
        self.document_seconds += entry.seconds;
        for (code, count) in &entry.diagnostics {
            *self.diagnostics.entry(code.clone()).or_default() += count;
        }
    }
}

/// A message without what is special to one document: its names, numbers and place.
fn cause(message: &str) -> String {
    let message = message.lines().next().unwrap_or_default();
    let message = message.split(" (at ").next().unwrap_or_default();
    let mut text = String::new();
    for (index, part) in message.split('`').enumerate() {
        if index % 2 == 0 {
            text.push_str(part);
        } else {
            text.push_str("`…`");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Compile, Entry, Features, Outcome, Report, cause};

    fn entry(path: &str, hash: &str, compile: Option<Compile>) -> Entry {
        Entry {
            path: path.to_owned(),
            hash: hash.to_owned(),
            compile,
            ..Entry::default()
        }
    }

    #[test]
    fn causes_have_no_names() {
        assert_eq!(
            cause("x: `a` has no `b` (at #/c)\nmore"),
            "x: `…` has no `…`"
        );
    }

    #[test]
    fn what_was_clean_is_not_compiled_again_unless_it_changed() {
        let earlier = Report {
            build: Some("one".to_owned()),
            documents: vec![
                entry("a", "1", Some(Compile::Clean)),
                entry("b", "1", Some(Compile::Clean)),
                entry("c", "1", Some(Compile::Errors)),
            ],
            ..Report::default()
        };
        let mut report = Report {
            build: Some("one".to_owned()),
            documents: vec![
                entry("a", "1", None),
                entry("b", "2", None),
                entry("c", "1", None),
            ],
            ..Report::default()
        };
        report.resume(&earlier);
        let known: Vec<_> = report.documents.iter().map(|entry| entry.compile).collect();
        assert_eq!(known, [Some(Compile::Clean), None, None]);

        report.build = Some("two".to_owned());
        report.documents = vec![entry("a", "1", None)];
        report.resume(&earlier);
        assert_eq!(report.documents[0].compile, None);
    }

    #[test]
    fn sums_and_failures() {
        let mut slow = entry("b", "1", Some(Compile::Warnings));
        slow.seconds = 2.0;
        slow.first_error = Some("unused: `x`".to_owned());
        let mut panicked = Entry::panicked("index out of bounds".to_owned());
        panicked.path = "a".to_owned();
        let mut dropped = entry("c", "1", None);
        dropped.dropped = vec!["GET /x".to_owned()];
        dropped.settle(true);
        assert_eq!(dropped.outcome, Outcome::Errors);
        let mut report = Report {
            documents: vec![
                slow,
                panicked,
                dropped,
                entry("d", "1", Some(Compile::Clean)),
            ],
            ..Report::default()
        };
        report.sum_up(1.0, None);
        let totals = &report.totals;
        assert_eq!((totals.ok, totals.errors, totals.panic), (2, 1, 1));
        assert_eq!((totals.compile_clean, totals.compile_warnings), (1, 1));
        assert_eq!(report.slowest[0].path, "b");
        assert_eq!(report.failures.len(), 3);
        assert!(report.failed());
    }

    #[test]
    fn a_set_of_features_that_does_not_compile_is_a_failure() {
        let mut clean = entry("a", "1", Some(Compile::Clean));
        clean.features = Some(Features {
            tried: 6,
            ..Features::default()
        });
        let mut report = Report {
            documents: vec![clean],
            ..Report::default()
        };
        report.sum_up(1.0, None);
        assert!(!report.failed());
        let failed = Features {
            tried: 6,
            failed: 1,
            failures: vec!["b".to_owned()],
        };
        report.documents[0].features = Some(failed);
        report.sum_up(1.0, None);
        assert!(report.failed());
        let totals = &report.totals;
        assert_eq!((totals.features_tried, totals.features_failed), (6, 1));
        let text = serde_json::to_value(&report.documents[0]).unwrap();
        assert_eq!(text["features"]["failed"], 1);
    }
}
