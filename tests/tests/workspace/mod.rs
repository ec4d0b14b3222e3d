//! The generated crates on disk, in a workspace of their own: what `compile.rs` and `wire.rs` share.
//!
//! It stands below cargo's folder for tests, with the lock file of the repository and its target
//! directory, so that dependencies are built once and nothing is downloaded.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::emit::RuntimeSource;
use clientsmith::write::{self, MANIFEST, Tree};
use clientsmith_tests::{Fixture, repository, update, write_workspace};

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
    pub(crate) crates: Vec<(Fixture, Tree)>,
}

impl Workspace {
    /// Writes every crate. Files that do not change keep their time, so that a second run has
    /// little to build.
    pub(crate) fn create() -> Self {
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
        for tests in &TESTS {
            workspace.package(tests);
        }
        write_workspace(&workspace.root, workspace.members());
        workspace
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
    pub(crate) fn clean(&self, what: &str, arguments: &[&str]) {
        cargo(&self.root, &self.target, what, arguments);
    }
}

pub(crate) fn cargo(root: &Path, target: &Path, what: &str, arguments: &[&str]) {
    let start = std::time::Instant::now();
    let (command, rest) = arguments.split_first().unwrap();
    let output = clientsmith_tests::cargo()
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
