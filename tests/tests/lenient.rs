//! What real documents get wrong (`fixtures/lenient`): each mistake is repaired where its meaning is
//! plain and said at its place; where it is not, it costs the one operation that it is about.
//! Neither hangs on how the text is encoded.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::config::Config;
use clientsmith::diagnostic::render;
use clientsmith::emit::{Placement, RuntimeSource};
use clientsmith::inspect;
use clientsmith::read;
use clientsmith::write::Tree;
use clientsmith::{Generated, OnError};
use clientsmith_tests::{diagnostics, repository};

fn fixtures() -> Vec<PathBuf> {
    let folder = repository().join("tests/fixtures/lenient");
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect();
    found.sort();
    assert!(found.len() >= 20, "only {} documents", found.len());
    found
}

/// The rest of every line that begins with a word.
fn lines(path: &Path, word: &str) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let start = format!("# {word}: ");
    text.lines()
        .filter_map(|line| line.strip_prefix(&start))
        .map(str::to_owned)
        .collect()
}

fn generate(path: &Path, on_error: OnError) -> Generated {
    let document = read::read(path).unwrap_or_else(|failure| {
        panic!("{}: {:?}", path.display(), failure.diagnostics);
    });
    let placement = Placement {
        runtime: RuntimeSource::Path("runtime".to_owned()),
        document: "openapi.yaml".to_owned(),
    };
    clientsmith::generate_or(
        on_error,
        document,
        &Config::named("boats-client"),
        &placement,
    )
}

/// `severity code line:column` of everything that is said.
fn said(generated: &Generated) -> Vec<String> {
    render::json(&generated.diagnostics, &generated.sources)
        .iter()
        .map(|diagnostic| serde_json::to_value(diagnostic).unwrap())
        .map(|diagnostic| {
            let [severity, code] =
                ["severity", "code"].map(|key| diagnostic[key].as_str().unwrap());
            let [line, column] = ["line", "column"].map(|key| &diagnostic[key]);
            format!("{severity} {code} {line}:{column}")
        })
        .collect()
}

fn operations(generated: &Generated) -> BTreeSet<String> {
    let model = generated.model.as_ref().unwrap();
    inspect::inspect(model, &Config::named("boats-client"))
        .operations
        .iter()
        .map(|operation| format!("{} {}", operation.method, operation.path))
        .collect()
}

/// The operations that the text spells, counted without the generator's help.
fn spelled(path: &Path) -> BTreeSet<String> {
    let root = read::read(path).unwrap().root;
    let mut found = BTreeSet::new();
    for (path, item) in root["paths"].as_object().unwrap() {
        let item = match item.get("$ref") {
            Some(reference) => root.pointer(&reference.as_str().unwrap()[1..]).unwrap(),
            None => item,
        };
        for method in ["get", "put", "post"] {
            if item.get(method).is_some() {
                found.insert(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    found
}

#[test]
fn what_is_wrong_is_said_at_its_place_and_the_rest_is_generated() {
    let mut problems = Vec::new();
    for path in fixtures() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let generated = generate(&path, OnError::KeepGoing);
        let (expected, found) = (lines(&path, "expect"), said(&generated));
        if expected != found {
            problems.push(format!("{name}: {found:#?}\n{}", diagnostics(&generated)));
        }
        assert!(generated.tree.is_some(), "{name} gives no crate");
        let mut operations_expected = spelled(&path);
        for lost in lines(&path, "without") {
            assert!(operations_expected.remove(&lost), "{name}: {lost}");
        }
        if operations_expected != operations(&generated) {
            problems.push(format!("{name}: {:?}", operations(&generated)));
        }
        let has_errors = expected.iter().any(|line| line.starts_with("error"));
        let stopped = generate(&path, OnError::Stop);
        if stopped.tree.is_none() != has_errors {
            problems.push(format!(
                "{name}: a crate in spite of errors, or none without"
            ));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_encoding_and_the_ends_of_lines_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    for path in fixtures() {
        let text = fs::read_to_string(&path).unwrap();
        let plain = generate(&path, OnError::KeepGoing);
        let crlf = text.replace('\n', "\r\n");
        let utf16 = |big: bool| -> Vec<u8> {
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            units
                .flat_map(|unit| {
                    if big {
                        unit.to_be_bytes()
                    } else {
                        unit.to_le_bytes()
                    }
                })
                .collect()
        };
        for (how, bytes) in [
            ("CRLF", crlf.into_bytes()),
            ("BOM", format!("\u{feff}{text}").into_bytes()),
            ("UTF-16LE", utf16(false)),
            ("UTF-16BE", utf16(true)),
        ] {
            let other = folder.path().join("openapi.yaml");
            fs::write(&other, bytes).unwrap();
            let other = generate(&other, OnError::KeepGoing);
            let what = format!("{} as {how}", path.display());
            assert_eq!(said(&other), said(&plain), "{what}");
            assert_eq!(whole(&other), whole(&plain), "{what}");
        }
    }
}

fn whole(generated: &Generated) -> &Tree {
    generated.tree.as_ref().unwrap()
}
