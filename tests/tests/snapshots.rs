//! What every fixture becomes: its model, what is said about it, and of some the code.
//!
//! A new case is one document in `fixtures/schemas` or `fixtures/operations`. Run the tests once
//! with `INSTA_UPDATE=always`, and review the new snapshots as you would review code. A snapshot
//! without its document fails too.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clientsmith::emit::RuntimeSource;
use clientsmith::write::Tree;
use clientsmith_tests::{FOLDERS, Fixture, diagnostics, repository};

/// Where the snapshots are, from this file's folder.
const SNAPSHOTS: &str = "../snapshots";

#[test]
fn schemas() {
    insta::glob!("../fixtures", "schemas/*.{yaml,json}", |path| snapshot(
        &Fixture::at(path)
    ));
}

#[test]
fn operations() {
    insta::glob!("../fixtures", "operations/*.{yaml,json}", |path| snapshot(
        &Fixture::at(path)
    ));
}

#[test]
fn opal() {
    snapshot(&Fixture::vendor("opal"));
}

#[test]
fn no_snapshot_has_lost_its_document() {
    let mut expected = BTreeSet::from(["opal".to_owned()]);
    expected.extend(Fixture::all().into_iter().map(|fixture| fixture.name));
    let expected: BTreeSet<String> = expected
        .iter()
        .map(|name| format!("{name}.model.snap"))
        .chain(CODE.map(|name| format!("{name}.code.snap")))
        .chain(MOCKED.map(|name| format!("{name}.mocks.snap")))
        .collect();
    let folder = repository().join("tests/snapshots");
    let found: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".snap.new"))
        .collect();
    let lost: Vec<_> = found.difference(&expected).collect();
    assert!(
        lost.is_empty(),
        "these snapshots belong to no document: {lost:?}"
    );
}

#[test]
fn every_file_among_the_fixtures_is_a_case() {
    let known: BTreeSet<_> = Fixture::all()
        .into_iter()
        .map(|fixture| fixture.path)
        .collect();
    for folder in FOLDERS {
        for entry in fs::read_dir(repository().join("tests/fixtures").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let document = path.with_extension("yaml");
            assert!(
                known.contains(&path) || known.contains(&document),
                "no test looks at {}",
                path.display()
            );
        }
    }
}

fn snapshot(fixture: &Fixture) {
    let generated = fixture.generate(RuntimeSource::Path("runtime".to_owned()));
    let said = diagnostics(&generated);
    let model = generated
        .model
        .as_ref()
        .expect("the document can be lowered");
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(SNAPSHOTS);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings.bind(|| {
        let mut text = clientsmith::model::dump(&model.api, &model.facts.usages);
        if !said.is_empty() {
            let _ = write!(text, "\n--- diagnostics\n\n{said}");
        }
        insta::assert_snapshot!(format!("{}.model", fixture.name), text);
        let tree = generated
            .tree
            .as_ref()
            .unwrap_or_else(|| panic!("no crate:\n{said}"));
        if CODE.contains(&&*fixture.name) {
            insta::assert_snapshot!(format!("{}.code", fixture.name), code(tree));
        }
        if MOCKED.contains(&&*fixture.name) {
            insta::assert_snapshot!(format!("{}.mocks", fixture.name), mocks(tree));
        }
    });
}

/// The fixtures whose code shows each construct once. What all of them mean is asserted by the semantics
/// and on the wire.
const CODE: [&str; 16] = [
    "constraints",
    "features",
    "forms",
    "one_of_discriminator",
    "one_of_shape",
    "opal",
    "open_enums",
    "pagination",
    "parameters",
    "request_bodies",
    "required_optional_nullable",
    "response_headers",
    "responses",
    "security",
    "servers",
    "streams",
];

/// The fixtures whose generated tests are worth a look.
const MOCKED: [&str; 3] = ["examples", "forms", "parameters"];

/// What the generated tests send and receive, and the heads that say what they do not.
fn mocks(tree: &Tree) -> String {
    let mut out = String::new();
    for (path, text) in tree.iter() {
        let Some(path) = path.as_str().strip_prefix("tests/mock/") else {
            continue;
        };
        let is_data = Path::new(path).extension().is_some_and(|end| end == "json");
        let shown = if is_data {
            text.to_owned()
        } else {
            let head = text.lines().filter(|line| line.starts_with("//!"));
            head.collect::<Vec<_>>().join("\n") + "\n"
        };
        let _ = write!(out, "=== {path}\n\n{shown}\n");
    }
    out
}

/// The files that a document decides on; of the client, the parts that differ from crate to crate.
fn code(tree: &Tree) -> String {
    let mut out = String::new();
    for (path, text) in tree.iter() {
        let path = path.as_str();
        let text = match path {
            "src/client.rs" => client(text),
            "src/api.rs" | "src/types.rs" => text.to_owned(),
            _ if path.starts_with("src/api/") || path.starts_with("src/types/") => text.to_owned(),
            _ => continue,
        };
        let header = text.lines().next().unwrap_or_default();
        let text = text.strip_prefix(header).unwrap_or(&text).trim();
        let _ = write!(out, "=== {path}\n\n{text}\n\n");
    }
    out
}

/// The table of servers and credentials, and the builder's methods for the latter.
fn client(text: &str) -> String {
    let (table, rest) = text
        .split_once("\n/// A client ")
        .expect("the client's struct");
    let (_, builder) = rest
        .split_once("impl ClientBuilder {\n")
        .expect("its builder");
    let end = builder
        .find("    /// Takes from the environment")
        .or_else(|| builder.find("    /// The address that paths are appended to"));
    let credentials = builder
        .get(..end.expect("what every builder has"))
        .unwrap_or_default();
    format!("{}\n\n{}", table.trim_end(), credentials.trim_end())
}

#[test]
fn fixtures_are_found_where_they_are() {
    assert!(
        Fixture::all().len() >= 20,
        "only {} fixtures",
        Fixture::all().len()
    );
    assert!(
        Path::new(&repository())
            .join("specs/opal/openapi.yaml")
            .exists()
    );
}
