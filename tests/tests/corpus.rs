//! `cargo xtask corpus`: the same bytes with any number of processes; a document that breaks is
//! reported and stops no other; and, with the environment variable `CLIENTSMITH_CORPUS` naming a
//! folder of real documents, a fixed sample of those, generated and compiled.

use std::fs;
use std::path::Path;
use std::process::Output;

use clientsmith_tests::{repository, xtask};
use serde_json::Value;

const VARIABLE: &str = "CLIENTSMITH_CORPUS";

/// Runs the command; what it prints and its report.
fn corpus(folder: &Path, arguments: &[&str]) -> (Output, Value) {
    let place = tempfile::tempdir().unwrap();
    let report = place.path().join("report.json");
    let output = xtask()
        .arg("corpus")
        .arg(folder)
        .args(arguments)
        .arg("--report")
        .arg(&report)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let text = fs::read_to_string(&report).unwrap_or_else(|_| panic!("no report: {said}"));
    (output, serde_json::from_str(&text).unwrap())
}

fn printed(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Everything is generated and nothing dropped.
fn assert_whole(output: &Output, report: &Value) {
    let (totals, printed) = (&report["totals"], printed(output));
    assert!(output.status.success(), "{printed}");
    assert_eq!(totals["ok"], totals["documents"], "{printed}");
    assert_eq!(
        totals["operations_in"], totals["operations_out"],
        "{printed}"
    );
    assert!(totals["operations_in"].as_u64().unwrap() > 0, "{printed}");
}

#[test]
fn the_number_of_processes_does_not_reach_the_output() {
    let folder = repository().join("tests/fixtures/operations");
    let hashes: Vec<Value> = ["1", "2", "2"]
        .iter()
        .map(|jobs| {
            let (output, report) = corpus(&folder, &["--jobs", jobs]);
            assert_whole(&output, &report);
            report["totals"]["hash"].clone()
        })
        .collect();
    assert_eq!(hashes[0], hashes[1]);
    assert_eq!(hashes[1], hashes[2]);
}

#[test]
fn a_document_at_fault_is_reported_beside_the_others() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("below")).unwrap();
    let fixtures = repository().join("tests/fixtures");
    for (from, to) in [
        ("operations/untagged.yaml", "good.yml"),
        ("lenient/reference-to-nothing.yaml", "below/one-lost.yaml"),
        ("bad/invalid-json.json", "broken.json"),
    ] {
        fs::copy(fixtures.join(from), folder.path().join(to)).unwrap();
    }
    fs::write(folder.path().join("notes.txt"), "no document").unwrap();
    let (output, report) = corpus(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let documents = report["documents"].as_array().unwrap();
    let found: Vec<_> = documents
        .iter()
        .map(|entry| {
            let [path, outcome] = ["path", "outcome"].map(|key| entry[key].as_str().unwrap());
            (path, outcome, entry["operations_out"].as_u64().unwrap())
        })
        .collect();
    let expected = [
        ("below/one-lost.yaml", "errors", 1),
        ("broken.json", "errors", 0),
        ("good.yml", "ok", 4),
    ];
    assert_eq!(found, expected);
    assert_eq!(documents[0]["dropped"][0], "GET /boats");
    let printed = printed(&output);
    assert!(
        printed.contains("3 documents: 1 ok, 2 with errors"),
        "{printed}"
    );
    assert!(
        printed.contains("1 × unresolved-ref: `…` leads to nothing"),
        "{printed}"
    );
}

#[test]
fn a_sample_of_real_documents() {
    let Some(folder) = std::env::var_os(VARIABLE) else {
        eprintln!("skipped: {VARIABLE} names no folder of documents");
        return;
    };
    let folder = Path::new(&folder);
    let (output, one) = corpus(folder, &["--sample", "40", "--seed", "6", "--jobs", "1"]);
    assert_whole(&output, &one);
    let (output, two) = corpus(folder, &["--sample", "40", "--seed", "6", "--jobs", "2"]);
    assert_whole(&output, &two);
    assert_eq!(one["totals"]["hash"], two["totals"]["hash"]);
    let (output, compiled) = corpus(folder, &["--sample", "8", "--seed", "6", "--compile"]);
    assert_whole(&output, &compiled);
    assert_eq!(
        compiled["totals"]["compile_clean"],
        compiled["totals"]["documents"]
    );
}
