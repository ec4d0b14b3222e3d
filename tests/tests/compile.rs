//! What is emitted compiles, as its callers would have it: every fixture and Opal, without one
//! warning of rustc, clippy or rustdoc, with one group of operations alone, and with the runtime
//! it carries; and it means what it should (`fixtures/semantics`).
//!
//! One test runs all steps in order: they would wait for each other's lock anyway.

mod workspace;

use std::fs;
use std::path::Path;

use clientsmith::corpus::features::{groups, sets};
use clientsmith::emit::RuntimeSource;
use clientsmith::write::{self, Tree};
use clientsmith_tests::{Fixture, repository};
use workspace::{Workspace, cargo};

#[test]
fn every_fixture_compiles_and_means_what_it_should() {
    let workspace = Workspace::create();
    // Clippy runs the compiler, so whatever rustc warns of fails here too.
    workspace.clean(
        "check",
        &["check", "--workspace", "--all-targets", "--keep-going"],
    );
    workspace.clean(
        "clippy",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    );
    workspace.clean("doc", &["doc", "--workspace", "--no-deps", "--keep-going"]);
    groups_alone(&workspace);
    sets_of_features(&workspace);
    workspace.clean("the semantics", &["test", "--package", "semantics"]);
    generated_tests(&workspace);
    carried(&workspace.target);
}

/// The tests that a crate brings along pass. All of them compile above; linking each takes its time,
/// so those are run that have the most kinds of bodies, parameters and answers.
fn generated_tests(workspace: &Workspace) {
    let mut arguments = vec!["test", "--test", "mock"];
    for (fixture, _) in &workspace.crates {
        if MOCKED.contains(&fixture.name.as_str()) {
            arguments.extend(["--package", &fixture.config.crate_name]);
        }
    }
    assert_eq!(arguments.len(), 3 + 2 * MOCKED.len(), "a fixture is gone");
    workspace.clean("the generated tests", &arguments);
}

/// The fixtures whose generated tests are run.
const MOCKED: [&str; 8] = [
    "examples",
    "forms",
    "media_types",
    "one_of_shape",
    "parameters",
    "request_bodies",
    "responses",
    "streams",
];

/// Every group of the fixtures that have several, without the others: a type that a group needs
/// must be there, and nothing may be there that only another group uses.
fn groups_alone(workspace: &Workspace) {
    let mut checked = 0;
    for (fixture, tree) in &workspace.crates {
        if !["untagged", "responses", "operation_names", "features"]
            .contains(&fixture.name.as_str())
        {
            continue;
        }
        let name = &fixture.config.crate_name;
        let mut features = features(tree);
        // One crate with every group is enough; of the others, the first two.
        if fixture.name != "untagged" {
            features.truncate(2);
        }
        for feature in features {
            let what = format!("{name} with `{feature}` alone");
            // With TLS, and with the examples, so that the dependencies are those of the others.
            let features = format!("{feature},rustls");
            let arguments = [
                "check",
                "--package",
                name,
                "--all-targets",
                "--no-default-features",
                "--features",
                &features,
            ];
            workspace.clean(&what, &arguments);
            checked += 1;
        }
    }
    assert!(checked >= 5, "only {checked} groups");
}

/// Any set of features compiles: none, all, each alone with TLS and without, and pairs.
fn sets_of_features(workspace: &Workspace) {
    let named = |(fixture, _): &&(Fixture, Tree)| fixture.name == "features";
    let (fixture, tree) = workspace.crates.iter().find(named).unwrap();
    let name = &fixture.config.crate_name;
    let sets = sets(&features(tree), None, 0);
    assert!(sets.len() >= 12, "{sets:?}");
    for set in sets {
        let what = format!("{name} with `{set}`");
        let arguments = [
            "check",
            "--package",
            name,
            "--lib",
            "--no-default-features",
            "--features",
            &set,
        ];
        workspace.clean(&what, &arguments);
    }
}

/// A crate with the runtime it carries builds as it lies, in a folder that has nothing to do with
/// the repository.
fn carried(target: &Path) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("anywhere");
    let tree = Fixture::vendor("opal").tree(RuntimeSource::Carried);
    write::write(&root, &tree).unwrap();
    fs::copy(repository().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    // The repository's profile: with another, dependencies would be built a second time.
    let profile = "profile.dev.package.\"*\".opt-level=1";
    cargo(
        &root,
        target,
        "a crate with its runtime",
        &["check", "--all-targets", "--config", profile],
    );
}

/// The groups of a crate, as its manifest has them.
fn features(tree: &Tree) -> Vec<String> {
    let manifest = tree
        .iter()
        .find(|(path, _)| path.as_str() == "Cargo.toml")
        .unwrap()
        .1;
    groups(manifest)
}
