//! Prints how large the types of documents are as Rust has them, beside the generator's estimate.
//!
//! ```sh
//! cargo run -q -p clientsmith-tests --example sizes -- openapi.yaml other.json
//! cargo run -q -p clientsmith-tests --example sizes -- --nested      # a document that multiplies
//! ```
//!
//! A line for each document: how many types, how many over 1 KB and over 4 KB, the largest, the largest
//! union, and how far the estimate is off at most; then the five largest types.

use std::path::{Path, PathBuf};

use clientsmith_tests::sizes::{Measured, measure};
use clientsmith_tests::{nested, repository};

fn main() {
    let target = repository().join("target");
    let root = target.join("sizes");
    std::fs::create_dir_all(&root).expect("a folder to write to");
    let documents: Vec<(PathBuf, String)> = std::env::args()
        .skip(1)
        .map(|argument| match argument.as_str() {
            "--nested" => (nested::write(&root), "nested".to_owned()),
            path => (PathBuf::from(path), name(Path::new(path))),
        })
        .collect();
    for measured in measure(&documents, &root, &target) {
        print(&measured);
    }
}

fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name: String = stem
        .to_lowercase()
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name
    } else {
        format!("document-{name}")
    }
}

fn print(measured: &Measured) {
    let types = &measured.types;
    let over = |limit: u64| types.iter().filter(|size| size.real > limit).count();
    let largest = |kind: &str| {
        let mut found = types
            .iter()
            .filter(|size| kind.is_empty() || size.kind == kind);
        found.next().map_or(0, |size| size.real)
    };
    let too_low = types
        .iter()
        .filter(|size| size.estimate < size.real)
        .count();
    let off = types
        .iter()
        .map(|size| size.estimate.abs_diff(size.real))
        .max();
    println!(
        "{}: {} types, {} over 1 KB, {} over 4 KB, largest {}, largest union {}, estimates: {too_low} too low, {} off at most",
        measured.name,
        types.len(),
        over(1024),
        over(4096),
        largest(""),
        largest("union"),
        off.unwrap_or(0),
    );
    for size in types.iter().take(5) {
        println!(
            "    {:>6} (estimate {:>6})  {}",
            size.real, size.estimate, size.path
        );
    }
}
