//! The generated crates on disk, in a workspace of their own: what `compile.rs` and `wire.rs` share.
//!
//! It stands below cargo's folder for tests, with the lock file of the repository and its target
//! directory, so that dependencies are built once and nothing is downloaded.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Instant;

use clientsmith::emit::RuntimeSource;
use clientsmith::write::{self, MANIFEST, Tree};
use clientsmith_tests::{Fixture, repository, update, write_workspace};
use serde_json::Value;

/// A package that a folder in `fixtures` is compiled into: a file of tests for each document.
struct Tests {
    /// The package's name and the folder's.
    name: &'static str,
    /// What every file uses, as the module `support`.
    support: &'static str,
}

const TESTS: [Tests; 2] = [
    Tests {
        name: "semantics",
        support: "tests/fixtures/semantics.rs",
    },
    // The runtime's own wire tests use the same server.
    Tests {
        name: "wire",
        support: "runtime/tests/support/mod.rs",
    },
];

/// The generated crates on disk.
pub(crate) struct Workspace {
    root: PathBuf,
    pub(crate) target: PathBuf,
    crates: Vec<(Fixture, Tree)>,
}

impl Workspace {
    /// Writes every crate. Files that do not change keep their time, so that a second run has
    /// little to build.
    pub(crate) fn create() -> Self {
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let root = temporary.join("fixtures");
        let crates = Self::generated();
        for (fixture, tree) in &crates {
            write::write(&root.join(&fixture.config.crate_name), tree).unwrap();
        }
        let target = temporary.parent().unwrap().to_owned();
        let workspace = Self {
            root,
            target,
            crates,
        };
        workspace.remove_strangers();
        for tests in &TESTS {
            workspace.package(tests);
        }
        write_workspace(&workspace.root, workspace.members());
        workspace
    }

    /// Every fixture and Opal, with its crate.
    pub(crate) fn generated() -> Vec<(Fixture, Tree)> {
        let mut fixtures = Fixture::all();
        fixtures.push(Fixture::vendor("opal"));
        let runtime = repository().join("runtime").display().to_string();
        let generate = |fixture: Fixture| {
            let tree = fixture.tree(RuntimeSource::Path(runtime.clone()));
            (fixture, tree)
        };
        fixtures.into_iter().map(generate).collect()
    }

    fn members(&self) -> impl Iterator<Item = &str> {
        let crates = self
            .crates
            .iter()
            .map(|(fixture, _)| fixture.config.crate_name.as_str());
        crates.chain(TESTS.iter().map(|tests| tests.name))
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

    /// The crate of a document that has tests of its own in a package.
    fn tested(&self, name: &str, tests: &Tests) -> &str {
        let found = self.crates.iter().find(|(fixture, _)| fixture.name == name);
        let (fixture, _) =
            found.unwrap_or_else(|| panic!("{}/{name}.rs belongs to no document", tests.name));
        &fixture.config.crate_name
    }

    /// One package with a module for each file of tests, where it lies.
    fn package(&self, tests: &Tests) {
        let folder = repository().join("tests/fixtures").join(tests.name);
        let mut manifest = format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             publish = false\n\n[dependencies]\nserde_json = \"1\"\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt\", \
             \"rt-multi-thread\", \"time\", \"io-util\", \"sync\"] }}\n",
            tests.name
        );
        let runtime = repository().join("runtime").display().to_string();
        let _ = writeln!(manifest, "clientsmith-runtime = {{ path = {runtime:?} }}");
        let support = repository().join(tests.support).display().to_string();
        let mut main = format!("#![cfg(test)]\n\n#[path = {support:?}]\nmod support;\n");
        for name in rust_files(&folder) {
            let tested = self.tested(&name, tests);
            let _ = writeln!(
                manifest,
                "{tested} = {{ path = \"../{tested}\", features = [\"blocking\"] }}"
            );
            let path = folder.join(format!("{name}.rs")).display().to_string();
            let _ = writeln!(main, "#[path = {path:?}]\nmod {name};");
        }
        let package = self.root.join(tests.name);
        fs::create_dir_all(package.join("src")).unwrap();
        update(&package.join("Cargo.toml"), &manifest);
        update(&package.join("src/lib.rs"), &main);
    }

    /// Runs cargo, which must succeed and warn of nothing.
    pub(crate) fn clean(&self, what: &str, arguments: &[&str]) -> Result<(), String> {
        cargo(&self.root, &self.target, what, arguments)
    }

    /// Runs cargo over all packages, and returns what it says of each.
    ///
    /// # Errors
    /// What it says where it fails for a reason that is no package's.
    pub(crate) fn said_of_packages(
        &self,
        what: &str,
        arguments: &[&str],
    ) -> Result<BTreeMap<String, String>, String> {
        let start = Instant::now();
        let (flags, behind) = match arguments.iter().position(|argument| *argument == "--") {
            Some(at) => arguments.split_at(at),
            None => (arguments, &[][..]),
        };
        let json = ["--keep-going", "--message-format=json"];
        let arguments = [flags, &json, behind].concat();
        let output = output(&self.root, &self.target, &arguments);
        let mut said: BTreeMap<String, String> = BTreeMap::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let message: Value = serde_json::from_str(line).unwrap_or_default();
            let id = message["package_id"].as_str();
            if let (Some(id), Some(text)) = (id, message["message"]["rendered"].as_str()) {
                said.entry(package(id).to_owned())
                    .or_default()
                    .push_str(text);
            }
        }
        println!("{what}: {:.1} s", start.elapsed().as_secs_f64());
        if output.status.success() || !said.is_empty() {
            Ok(said)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }
}

/// The name of a package by cargo's id of it: `path+file:///folder/name#0.1.0`, or with the name
/// behind the sign where the folder has another.
fn package(id: &str) -> &str {
    let (folder, version) = id.rsplit_once('#').unwrap_or((id, ""));
    match version.split_once('@') {
        Some((name, _)) => name,
        None => folder.rsplit('/').next().unwrap_or(folder),
    }
}

/// Runs cargo in a folder, which must succeed and warn of nothing.
///
/// # Errors
/// What it says otherwise.
pub(crate) fn cargo(
    root: &Path,
    target: &Path,
    what: &str,
    arguments: &[&str],
) -> Result<(), String> {
    let start = Instant::now();
    let output = output(root, target, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    let warned = said.lines().any(|line| line.starts_with("warning"));
    if output.status.success() && !warned {
        println!("{what}: {:.1} s", start.elapsed().as_secs_f64());
        return Ok(());
    }
    Err(format!(
        "{what}: `cargo {}` in {}\n{said}\n{}",
        arguments.join(" "),
        root.display(),
        String::from_utf8_lossy(&output.stdout)
    ))
}

fn output(root: &Path, target: &Path, arguments: &[&str]) -> Output {
    let (command, rest) = arguments.split_first().unwrap();
    clientsmith_tests::cargo()
        .args([command, "--offline"])
        .args(rest)
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTDOCFLAGS", "-D warnings")
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .expect("cargo can be run")
}

/// The names of the files in a folder that holds nothing but Rust.
fn rust_files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
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
    names
}
