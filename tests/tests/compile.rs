//! What is emitted compiles, as its callers would have it: every fixture and Opal, without one
//! warning of rustc, clippy or rustdoc, with one group of operations alone, and with the runtime
//! it carries; and it means what it should (`fixtures/semantics`).
//!
//! Each fixture is a case of its own, `NAME::clippy` and `NAME::doc`, though cargo runs once for all of
//! them; `cargo test -p clientsmith-tests --test compile NAME` says what is wrong with one.

mod workspace;

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, LazyLock};

use clientsmith::cli::corpus::features::{groups, sets};
use clientsmith::emit::RuntimeSource;
use clientsmith::write::{self, Tree};
use clientsmith_tests::{Fixture, repository};
use libtest_mimic::{Arguments, Failed, Trial};
use workspace::{Workspace, cargo};

/// What cargo says of each package, or why it said nothing.
type Said = LazyLock<Result<BTreeMap<String, String>, String>>;

static WORKSPACE: LazyLock<Workspace> = LazyLock::new(Workspace::create);

/// Clippy runs the compiler, so whatever rustc warns of is here too.
static CLIPPY: Said = LazyLock::new(|| {
    let arguments = "clippy --workspace --all-targets -- -D warnings";
    said("clippy", arguments)
});

static DOC: Said = LazyLock::new(|| said("doc", "doc --workspace --no-deps"));

fn said(what: &str, arguments: &str) -> Result<BTreeMap<String, String>, String> {
    let arguments: Vec<&str> = arguments.split(' ').collect();
    WORKSPACE.said_of_packages(what, &arguments)
}

fn main() {
    let mut arguments = Arguments::from_args();
    // One cargo waits for the other anyway.
    arguments.test_threads = Some(1);
    let mut cases = Vec::new();
    for (fixture, tree) in Workspace::generated() {
        cases.extend(of_fixture(&fixture));
        let tree = Arc::new(tree);
        cases.extend(groups_alone(&fixture, &tree));
        cases.extend(sets_of_features(&fixture, &tree));
        cases.extend(generated_tests(&fixture));
    }
    cases.push(Trial::test("semantics", || {
        run("the semantics", &["test", "--package", "semantics"])
    }));
    cases.push(Trial::test("with_its_own_runtime", carried));
    for (prefix, least) in [("clippy", 50), ("alone", 5), ("with ", 12), ("tests", 8)] {
        let found = cases.iter().filter(|case| case.name().contains(prefix));
        let found = found.count();
        assert!(found >= least, "only {found} cases of `{prefix}`");
    }
    libtest_mimic::run(&arguments, cases).exit();
}

fn run(what: &str, arguments: &[&str]) -> Result<(), Failed> {
    Ok(WORKSPACE.clean(what, arguments)?)
}

fn of_fixture(fixture: &Fixture) -> impl Iterator<Item = Trial> {
    [("clippy", &CLIPPY), ("doc", &DOC)]
        .map(|(what, said)| {
            let package = fixture.config.crate_name.clone();
            Trial::test(format!("{}::{what}", fixture.name), move || {
                match said.as_ref().map_err(Clone::clone)?.get(&package) {
                    Some(said) => Err(said.into()),
                    None => Ok(()),
                }
            })
        })
        .into_iter()
}

/// The tests that a crate brings along pass. All of them compile above; linking each takes its time,
/// so those are run that have the most kinds of bodies, parameters and responses.
fn generated_tests(fixture: &Fixture) -> Option<Trial> {
    const RUN: [&str; 8] = [
        "examples",
        "forms",
        "media_types",
        "one_of_shape",
        "parameters",
        "request_bodies",
        "responses",
        "streams",
    ];
    RUN.contains(&fixture.name.as_str()).then(|| {
        let package = fixture.config.crate_name.clone();
        Trial::test(format!("{}::tests", fixture.name), move || {
            let arguments = ["test", "--test", "mock", "--package", &package];
            run("the generated tests", &arguments)
        })
    })
}

/// Every group of the fixtures that have several, without the others: a type that a group needs
/// must be there, and nothing may be there that only another group uses.
fn groups_alone(fixture: &Fixture, tree: &Tree) -> Vec<Trial> {
    let several = ["untagged", "responses", "operation_names", "features"];
    if !several.contains(&fixture.name.as_str()) {
        return Vec::new();
    }
    let mut features = features(tree);
    // One crate with every group is enough; of the others, the first two.
    if fixture.name != "untagged" {
        features.truncate(2);
    }
    let alone = |feature: String| {
        let package = fixture.config.crate_name.clone();
        Trial::test(format!("{}::{feature} alone", fixture.name), move || {
            // With TLS, and with the examples, so that the dependencies are those of the others.
            let features = format!("{feature},rustls");
            let arguments = ["check", "--package", &package, "--all-targets"];
            let narrow = ["--no-default-features", "--features", &features];
            run(&features, &[&arguments[..], &narrow].concat())
        })
    };
    features.into_iter().map(alone).collect()
}

/// Any set of features compiles: none, all, each alone with TLS and without, and pairs.
fn sets_of_features(fixture: &Fixture, tree: &Tree) -> Vec<Trial> {
    if fixture.name != "features" {
        return Vec::new();
    }
    let with = |set: String| {
        let package = fixture.config.crate_name.clone();
        Trial::test(format!("{}::with `{set}`", fixture.name), move || {
            let arguments = ["check", "--package", &package, "--lib"];
            let narrow = ["--no-default-features", "--features", &set];
            run(&set, &[&arguments[..], &narrow].concat())
        })
    };
    let sets = sets(&features(tree), None, 0);
    sets.into_iter().map(with).collect()
}

/// A crate with the runtime it carries builds as it lies, in a folder that has nothing to do with
/// the repository.
fn carried() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("anywhere");
    let tree = Fixture::vendor("opal").tree(RuntimeSource::Carried);
    write::write(&root, &tree)?;
    fs::copy(repository().join("Cargo.lock"), root.join("Cargo.lock"))?;
    // The repository's profile: with another, dependencies would be built a second time.
    let profile = "profile.dev.package.\"*\".opt-level=1";
    let arguments = ["check", "--all-targets", "--config", profile];
    let target = &WORKSPACE.target;
    Ok(cargo(
        &root,
        target,
        "a crate with its runtime",
        &arguments,
    )?)
}

/// The groups of a crate, as its manifest has them.
fn features(tree: &Tree) -> Vec<String> {
    let mut files = tree.iter();
    let manifest = files.find(|(path, _)| path.as_str() == "Cargo.toml");
    groups(manifest.expect("a manifest").1)
}
