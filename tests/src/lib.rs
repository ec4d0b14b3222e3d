//! What the tests share: where things are, and the fixtures generated in memory.
//!
//! A fixture is one document in `fixtures/schemas` or `fixtures/operations`, named by the feature
//! that it shows; beside it may lie its configuration (`name.toml`) and a folder of the files that it
//! refers to (`name/`). No test names them one by one: whatever lies there is snapshotted
//! (`tests/snapshots.rs`), compiled, documented and run (`tests/compile.rs`).

pub mod judge;
pub mod large;
pub mod nested;
pub mod sizes;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientsmith::Generated;
use clientsmith::config::Config;
use clientsmith::diagnostic::render::{self, Colour};
use clientsmith::emit::{Placement, RuntimeSource};
use clientsmith::read;
use clientsmith::write::Tree;

/// The folders below `fixtures` that hold documents.
pub const FOLDERS: [&str; 2] = ["schemas", "operations"];

/// The root of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests).to_owned()
}

/// Cargo, without what it told the test that runs it: build scripts ask for some of these variables,
/// and would run anew, and all that depends on them be built anew, whenever they come and go.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(env!("CARGO"));
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// `cargo xtask` in the repository, built as these tests are.
#[must_use]
pub fn xtask() -> Command {
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--package", "xtask", "--"])
        .current_dir(repository());
    command
}

/// A document and the crate that it becomes.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// The document.
    pub path: PathBuf,
    /// The document's name without its ending: the feature.
    pub name: String,
    /// What is configured for it.
    pub config: Config,
}

/// The documents in the folder that `CLIENTSMITH_DOCUMENTS` names: real ones, whole. None, and a line
/// that says so, where it names none.
///
/// # Panics
/// When the folder cannot be read.
#[must_use]
pub fn whole_documents() -> Vec<Fixture> {
    let Some(folder) = std::env::var_os("CLIENTSMITH_DOCUMENTS") else {
        eprintln!("whole documents are left out: CLIENTSMITH_DOCUMENTS names no folder of any");
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("a folder of documents")
        .map(|entry| entry.expect("a document").path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "md"))
        .collect();
    paths.sort();
    paths.iter().map(|path| Fixture::whole(path)).collect()
}

impl Fixture {
    /// A document of any name, without configuration.
    #[must_use]
    pub fn whole(path: &Path) -> Self {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let crate_name = name.to_lowercase().replace(['.', '_'], "-");
        Self {
            path: path.to_owned(),
            name: name.into_owned(),
            config: Config::named(&format!("whole-{crate_name}-client")),
        }
    }

    /// The fixture of a document, with the configuration of its name beside it, if there is one.
    ///
    /// # Panics
    /// When the document's name is no name of a crate.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let crate_name = format!("{}-client", name.replace('_', "-"));
        assert!(
            clientsmith::config::is_crate_name(&crate_name),
            "{crate_name}"
        );
        let config = match fs::read_to_string(path.with_extension("toml")) {
            Ok(text) => Config::parse(&text).expect("a valid configuration"),
            Err(_) => Config::named(&crate_name),
        };
        assert_eq!(config.crate_name, crate_name);
        Self {
            path: path.to_owned(),
            name,
            config,
        }
    }

    /// A vendor's document with its configuration.
    ///
    /// # Panics
    /// When there is no such vendor.
    #[must_use]
    pub fn vendor(name: &str) -> Self {
        let folder = repository().join("specs").join(name);
        let text = fs::read_to_string(folder.join(clientsmith::config::FILE_NAME));
        let config = Config::parse(&text.expect("a configuration")).expect("a valid one");
        Self {
            path: folder.join("openapi.yaml"),
            name: name.to_owned(),
            config,
        }
    }

    /// Every fixture, in the order of the names.
    ///
    /// # Panics
    /// When a folder cannot be read, or two documents would become one crate.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for folder in FOLDERS {
            let folder = repository().join("tests/fixtures").join(folder);
            for entry in fs::read_dir(&folder).expect("a folder of fixtures") {
                let path = entry.expect("an entry").path();
                if is_document(&path) {
                    all.push(Self::at(&path));
                }
            }
        }
        all.sort_by(|a, b| a.name.cmp(&b.name));
        for pair in all.windows(2) {
            assert_ne!(pair[0].name, pair[1].name, "two fixtures have one name");
        }
        all
    }

    /// What the document becomes.
    ///
    /// # Panics
    /// When the document cannot be read.
    #[must_use]
    pub fn generate(&self, runtime: RuntimeSource) -> Generated {
        let document = match read::read(&self.path) {
            Ok(document) => document,
            Err(failure) => {
                let text = render::text(&failure.diagnostics, &failure.sources, Colour::Never);
                panic!("{}:\n{text}", self.path.display());
            }
        };
        let document_name = self.relative();
        let placement = Placement {
            runtime,
            document: document_name,
        };
        clientsmith::generate(document, &self.config, &placement)
    }

    /// The crate that the document becomes.
    ///
    /// # Panics
    /// When the document has errors.
    #[must_use]
    pub fn tree(&self, runtime: RuntimeSource) -> Tree {
        let generated = self.generate(runtime);
        let text = diagnostics(&generated);
        generated
            .tree
            .unwrap_or_else(|| panic!("{} has errors:\n{text}", self.path.display()))
    }

    /// The document's place in the repository.
    fn relative(&self) -> String {
        let path = self.path.strip_prefix(repository()).unwrap_or(&self.path);
        path.to_string_lossy().into_owned()
    }
}

/// Writes what makes a workspace of these packages below a folder: the manifest, and the lock file of
/// the repository, so that nothing is downloaded.
///
/// # Panics
/// When the folder cannot be written.
pub fn write_workspace<'a>(root: &Path, members: impl Iterator<Item = &'a str>) {
    let members: Vec<_> = members.map(|name| format!("    \"{name}\",\n")).collect();
    let members = members.concat();
    let profiles = profiles();
    let text = format!("[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n{profiles}");
    update(&root.join("Cargo.toml"), &text);
    let lock = repository().join("Cargo.lock");
    fs::copy(lock, root.join("Cargo.lock")).expect("a lock file");
}

/// The profiles of the repository: with others, dependencies would be built a second time.
fn profiles() -> String {
    let manifest = fs::read_to_string(repository().join("Cargo.toml")).expect("a manifest");
    let sections = manifest.split("\n[").skip(1);
    let profiles: Vec<_> = sections
        .filter(|section| section.starts_with("profile."))
        .map(|section| format!("[{}\n", section.trim_end()))
        .collect();
    let profiles = profiles.concat();
    assert!(
        profiles.contains("[profile.dev"),
        "the repository's profiles have moved"
    );
    profiles
}

/// Writes a file only where it differs, so that what is built from it is not built again.
///
/// # Panics
/// When the file cannot be written.
pub fn update(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("a folder to write to");
    }
}

/// Whether a file is a document.
fn is_document(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "json")
}

/// The diagnostics as they are printed, with places that are the same on every machine.
#[must_use]
pub fn diagnostics(generated: &Generated) -> String {
    let text = render::text(&generated.diagnostics, &generated.sources, Colour::Never);
    let root = format!("{}/", repository().display());
    text.replace(&root, "")
}
