//! What is emitted compiles, as its callers would have it: every fixture and Opal, without one
//! warning of rustc, clippy or rustdoc, with one group of operations alone, and with the runtime
//! it carries; and it means what it should (`fixtures/semantics`).
//!
//! All crates stand in one workspace below cargo's folder for tests, with the lock file of the
//! repository and its target directory, so that dependencies are built once and nothing is
//! downloaded. One test runs all steps in order: they would wait for each other's lock anyway.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientsmith::emit::RuntimeSource;
use clientsmith::write::{self, MANIFEST, Tree};
use clientsmith_tests::{Fixture, repository};

/// The package that the files in `fixtures/semantics` are compiled into.
const SEMANTICS: &str = "semantics";

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
    workspace.groups_alone();
    workspace.clean("the semantics", &["test", "--package", SEMANTICS]);
    carried(&workspace.target);
}

/// The generated crates on disk.
struct Workspace {
    root: PathBuf,
    target: PathBuf,
    crates: Vec<(Fixture, Tree)>,
}

impl Workspace {
    /// Writes every crate. Files that do not change keep their time, so that a second run has
    /// little to build.
    fn create() -> Self {
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let root = temporary.join("fixtures");
        let mut fixtures = Fixture::all();
        fixtures.push(Fixture::vendor("opal"));
        let runtime = repository().join("runtime").display().to_string();
        let crates: Vec<_> = fixtures
            .into_iter()
            .map(|fixture| {
                let tree = fixture.tree(RuntimeSource::Path(runtime.clone()));
                write::write(&root.join(&fixture.config.crate_name), &tree).unwrap();
                (fixture, tree)
            })
            .collect();
        let target = temporary.parent().unwrap().to_owned();
        let workspace = Self {
            root,
            target,
            crates,
        };
        workspace.remove_strangers();
        workspace.semantics();
        let manifest = repository_manifest();
        let members: Vec<_> = workspace
            .members()
            .map(|name| format!("    \"{name}\",\n"))
            .collect();
        let text = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n{}",
            members.concat(),
            profiles(&manifest)
        );
        update(&workspace.root.join("Cargo.toml"), &text);
        fs::copy(
            repository().join("Cargo.lock"),
            workspace.root.join("Cargo.lock"),
        )
        .unwrap();
        workspace
    }

    fn members(&self) -> impl Iterator<Item = &str> {
        let crates = self
            .crates
            .iter()
            .map(|(fixture, _)| fixture.config.crate_name.as_str());
        crates.chain([SEMANTICS])
    }

    /// Crates of documents that are gone.
    fn remove_strangers(&self) {
        for entry in fs::read_dir(&self.root).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.join(MANIFEST).exists() && self.members().all(|member| member != name) {
                fs::remove_dir_all(&path).unwrap();
            }
        }
    }

    /// One package of tests with a module for each file in `fixtures/semantics`, where it lies.
    fn semantics(&self) {
        let folder = repository().join("tests/fixtures/semantics");
        let mut names: Vec<String> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| {
                assert_eq!(
                    path.extension(),
                    Some(OsStr::new("rs")),
                    "{}",
                    path.display()
                );
                path.file_stem().unwrap().to_str().unwrap().to_owned()
            })
            .collect();
        names.sort();
        let mut manifest = format!(
            "[package]\nname = \"{SEMANTICS}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             publish = false\n\n[dependencies]\nserde_json = \"1\"\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt\", \
             \"rt-multi-thread\", \"time\", \"io-util\", \"sync\"] }}\n"
        );
        for (fixture, _) in &self.crates {
            let name = &fixture.config.crate_name;
            let _ = writeln!(manifest, "{name} = {{ path = \"../{name}\" }}");
        }
        let runtime = repository().join("runtime").display().to_string();
        let _ = writeln!(manifest, "clientsmith-runtime = {{ path = {runtime:?} }}");
        let mut main = String::from("#![cfg(test)]\n\n");
        let support = folder.with_extension("rs");
        let _ = writeln!(
            main,
            "#[path = {:?}]\nmod support;",
            support.display().to_string()
        );
        for name in names {
            assert!(
                self.crates.iter().any(|(fixture, _)| fixture.name == name),
                "semantics/{name}.rs belongs to no document"
            );
            let path = folder.join(format!("{name}.rs"));
            let _ = writeln!(
                main,
                "#[path = {:?}]\nmod {name};",
                path.display().to_string()
            );
        }
        let package = self.root.join(SEMANTICS);
        fs::create_dir_all(package.join("src")).unwrap();
        update(&package.join("Cargo.toml"), &manifest);
        update(&package.join("src/lib.rs"), &main);
    }

    /// Every group of the fixtures that have several, without the others: a type that a group needs
    /// must be there, and nothing may be there that only another group uses.
    fn groups_alone(&self) {
        let mut checked = 0;
        for (fixture, tree) in &self.crates {
            if !["untagged", "responses", "operation_names"].contains(&fixture.name.as_str()) {
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
                self.clean(&what, &arguments);
                checked += 1;
            }
        }
        assert!(checked >= 5, "only {checked} groups");
    }

    /// Runs cargo, which must succeed and warn of nothing.
    fn clean(&self, what: &str, arguments: &[&str]) {
        cargo(&self.root, &self.target, what, arguments);
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

fn cargo(root: &Path, target: &Path, what: &str, arguments: &[&str]) {
    let start = std::time::Instant::now();
    let (command, rest) = arguments.split_first().unwrap();
    let output = Command::new(env!("CARGO"))
        .args([command, "--offline"])
        .args(rest)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTDOCFLAGS", "-D warnings")
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    let printed = String::from_utf8_lossy(&output.stdout);
    let warned = said.lines().any(|line| line.starts_with("warning"));
    assert!(
        output.status.success() && !warned,
        "{what}: `cargo {}` in {}\n{said}\n{printed}",
        arguments.join(" "),
        root.display()
    );
    println!("{what}: {:.1} s", start.elapsed().as_secs_f64());
}

/// The groups of a crate, as its manifest has them.
fn features(tree: &Tree) -> Vec<String> {
    let manifest = tree
        .iter()
        .find(|(path, _)| path.as_str() == "Cargo.toml")
        .unwrap()
        .1;
    let (_, groups) = manifest.split_once("# Groups of operations.\n").unwrap();
    let groups = groups.split("\n\n").next().unwrap();
    groups
        .lines()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect()
}

fn repository_manifest() -> String {
    fs::read_to_string(repository().join("Cargo.toml")).unwrap()
}

/// The profiles of the repository: with others, dependencies would be built a second time.
fn profiles(manifest: &str) -> String {
    let mut text = String::new();
    for section in manifest.split("\n[").skip(1) {
        if section.starts_with("profile.") {
            let _ = writeln!(text, "[{}", section.trim_end());
        }
    }
    assert!(
        text.contains("[profile.dev"),
        "the repository's profiles have moved"
    );
    text
}

/// Writes a file only where it differs.
fn update(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}
