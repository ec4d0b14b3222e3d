//! The report for people.

use std::fmt::Write as _;

use super::report::{Compile, Entry, Outcome, Report, Totals};

/// At most so many documents are named for one cause.
const NAMED: usize = 5;

/// A line for each document, then the sums, the slowest and the causes of failures.
#[must_use]
pub(super) fn text(report: &Report) -> String {
    let mut text = format!(
        "{:<7} {:<8} {:>11} {:>6} {:>7} {:>8} {:>7} {:>8} {:>10}  document\n",
        "outcome",
        "compile",
        "operations",
        "types",
        "untyped",
        "warnings",
        "seconds",
        "lines",
        "bytes"
    );
    for entry in &report.documents {
        text.push_str(&row(entry));
    }
    text.push('\n');
    text.push_str(&totals(&report.totals));
    text.push_str("\nslowest:\n");
    for slow in &report.slowest {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {:>7.2} s  {}", slow.seconds, slow.path);
    }
    if !report.failures.is_empty() {
        text.push_str("\nfailures:\n");
    }
    for cause in &report.failures {
        let mut named: Vec<&str> = cause.documents.iter().map(String::as_str).collect();
        let more = named.len().saturating_sub(NAMED);
        named.truncate(NAMED);
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "  {} × {}\n      {}{more}",
            cause.documents.len(),
            cause.cause,
            named.join(", ")
        );
    }
    text
}

fn row(entry: &Entry) -> String {
    let operations = if entry.operations_in == entry.operations_out {
        entry.operations_in.to_string()
    } else {
        format!("{}/{}", entry.operations_out, entry.operations_in)
    };
    format!(
        "{:<7} {:<8} {operations:>11} {:>6} {:>7} {:>8} {:>7.2} {:>8} {:>10}  {}\n",
        outcome(entry.outcome),
        entry.compile.map_or("-", compile),
        entry.types,
        entry.untyped,
        entry.warnings,
        entry.seconds,
        entry.lines,
        entry.bytes,
        entry.path
    )
}

fn totals(totals: &Totals) -> String {
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let mut text = format!(
        "{} documents: {} ok, {} with errors, {} panicked\n\
         {} of {} operations, {} types, {} fields, {} untyped, {} warnings\n\
         names: {} numbered, {} unnamed members, {} long, {} that repeat their group\n\
         {} lines, {:.1} MB of Rust from {:.1} MB of documents\n\
         {:.2} s, {:.1} MB/s",
        totals.documents,
        totals.ok,
        totals.errors,
        totals.panic,
        totals.operations_out,
        totals.operations_in,
        totals.types,
        totals.fields,
        totals.untyped,
        totals.warnings,
        totals.naming.numbered,
        totals.naming.unnamed_members,
        totals.naming.long,
        totals.naming.repeats,
        totals.lines,
        megabytes(totals.bytes as u64),
        megabytes(totals.document_bytes),
        totals.seconds,
        megabytes(totals.document_bytes) / totals.seconds.max(1e-9),
    );
    if let Some(peak) = totals.peak_memory {
        let _ = write!(text, ", at most {:.0} MB in one process", megabytes(peak));
    }
    let _ = write!(text, "\nhash {}\n", totals.hash);
    let compiled = totals.compile_clean + totals.compile_warnings + totals.compile_errors;
    if compiled > 0 {
        let _ = writeln!(
            text,
            "compiled: {} clean, {} with warnings, {} with errors",
            totals.compile_clean, totals.compile_warnings, totals.compile_errors
        );
    }
    if totals.features_tried > 0 {
        let _ = writeln!(
            text,
            "sets of features: {} tried, {} failed",
            totals.features_tried, totals.features_failed
        );
    }
    let codes: Vec<_> = totals
        .diagnostics
        .iter()
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    if !codes.is_empty() {
        let _ = writeln!(text, "diagnostics: {}", codes.join(", "));
    }
    text
}

const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Ok => "ok",
        Outcome::Errors => "errors",
        Outcome::Panic => "panic",
    }
}

const fn compile(compile: Compile) -> &'static str {
    match compile {
        Compile::Clean => "clean",
        Compile::Warnings => "warnings",
        Compile::Errors => "errors",
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::cli::corpus::report::{Entry, Report};

    #[test]
    fn what_is_read_first() {
        let mut panicked = Entry::panicked("index out of bounds".to_owned());
        panicked.path = "a.json".to_owned();
        let mut report = Report {
            documents: vec![panicked],
            ..Report::default()
        };
        report.sum_up(1.0, Some(2_000_000));
        let text = text(&report);
        assert!(
            text.contains("1 documents: 0 ok, 0 with errors, 1 panicked"),
            "{text}"
        );
        assert!(text.contains("at most 2 MB in one process"), "{text}");
        assert!(
            text.contains("1 × index out of bounds\n      a.json"),
            "{text}"
        );
    }
}
