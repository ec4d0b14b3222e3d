//! A program per document that takes JSON through the generated types and prints what comes out.
//!
//! Only the types are compiled in, once each; the examples are read when it runs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientsmith::write::{self, Tree};
use clientsmith_tests::{update, write_workspace};
use serde_json::Value;

use super::collect::Example;

/// What every program ends with.
const MAIN: &str = r#"
type Trip = fn(&str) -> Result<(String, bool), String>;

fn trip<T: json::Json>(text: &str) -> Result<(String, bool), String> {
    let value: T = json::from_str(text).map_err(|error| error.to_string())?;
    unknown::reset();
    let first = json::to_string(&value);
    let is_known = !unknown::was_met();
    let again: T = json::from_str(&first).map_err(|error| format!("{first}: {error}"))?;
    let second = json::to_string(&again);
    if first == second { Ok((first, is_known)) } else { Err(format!("{first} became {second}")) }
}

fn main() {
    let path = std::env::args().nth(1).expect("a file of examples");
    let text = std::fs::read_to_string(path).expect("examples");
    let mut out = String::new();
    for line in text.lines() {
        let (index, text) = line.split_once('\t').expect("a type and a text");
        let index: usize = index.parse().expect("an index");
        match TRIPS[index](text) {
            Ok((text, is_known)) => { out.push(if is_known { '+' } else { '?' }); out.push_str(&text); }
            Err(error) => { out.push('-'); out.push_str(&error.replace('\n', " ")); }
        }
        out.push('\n');
    }
    print!("{out}");
}
"#;

/// What a crate under test gets besides: whether an arm of the unknown was met while writing.
const UNKNOWN: &str = r"
pub mod unknown {
    use std::cell::Cell;
    std::thread_local!(static MET: Cell<bool> = const { Cell::new(false) });
    pub fn reset() { MET.set(false) }
    pub(crate) fn meet() -> bool { MET.set(true); false }
    pub fn was_met() -> bool { MET.get() }
}
";

/// The arm by which a union gives away what it does not know. An enum's is the runtime's; a value
/// that an enum does not list fits no schema, so none is met here.
const ARM: &str = "Self::Unknown(value) => ";

/// An arm before it that takes note and takes nothing.
const WATCH: &str = "Self::Unknown(_) if crate::unknown::meet() => ::std::unreachable!(),";

/// The workspace of the programs and of the crates that they use.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    members: Vec<String>,
}

impl Workspace {
    pub(crate) fn new(name: &str) -> Self {
        let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let root = temporary.join(name);
        fs::create_dir_all(&root).unwrap();
        Self {
            root,
            target: temporary.parent().unwrap().to_owned(),
            members: Vec::new(),
        }
    }

    /// Where a crate of this name stands.
    pub(crate) fn place(&self, crate_name: &str) -> PathBuf {
        self.root.join(crate_name)
    }

    /// Writes a crate, so that it tells when it meets what it does not know.
    pub(crate) fn write(&self, crate_name: &str, tree: &Tree) {
        let mut watched = Tree::new();
        for (path, text) in tree.iter() {
            let mut text = text.replace(ARM, &format!("{WATCH}\n{ARM}"));
            let arms = text.matches(WATCH).count();
            let holders = text.matches(" => Self::Unknown(").count();
            assert!(
                arms >= holders,
                "{crate_name} {}: {arms} of {holders}",
                path.as_str()
            );
            if path.as_str() == "src/lib.rs" {
                text.push_str(UNKNOWN);
            }
            watched.insert(path.clone(), text);
        }
        write::write(&self.place(crate_name), &watched).unwrap();
    }

    /// Adds the program of a document's examples to the workspace, beside its crate.
    pub(crate) fn add(&mut self, crate_name: &str, examples: &[Example<'_>]) {
        let types = types(examples);
        let library = crate_name.replace('-', "_");
        let mut main = format!(
            "#![recursion_limit = \"1024\"]\nuse {library}::{{json, unknown}};\n\nconst TRIPS: &[Trip] = &[\n"
        );
        let mut sorted: Vec<_> = types.iter().collect();
        sorted.sort_by_key(|(_, index)| **index);
        for (ty, _) in sorted {
            let _ = writeln!(main, "    trip::<{ty}>,");
        }
        main.push_str("];\n");
        main.push_str(MAIN);
        let mut lines = String::new();
        for example in examples {
            let _ = writeln!(lines, "{}\t{}", types[example.ty.as_str()], example.value);
        }
        let name = program(crate_name);
        let folder = self.place(&name);
        fs::create_dir_all(folder.join("src")).unwrap();
        update(&folder.join("src/main.rs"), &main);
        update(&folder.join("examples.txt"), &lines);
        // The trait that bounds the types is the runtime's; a crate's `json` has it.
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\n{crate_name} = {{ path = \"../{crate_name}\" }}\n"
        );
        update(&folder.join("Cargo.toml"), &manifest);
        self.members.extend([crate_name.to_owned(), name]);
    }

    /// Builds all programs; what does not compile is said, and the others are built.
    pub(crate) fn build(&self) {
        write_workspace(&self.root, self.members.iter().map(String::as_str));
        for member in &self.members {
            // What an earlier run built must not stand in for what does not compile today.
            let _ = fs::remove_file(self.target.join("debug").join(member));
        }
        let output = clientsmith_tests::cargo()
            .args([
                "build",
                "--offline",
                "--quiet",
                "--workspace",
                "--bins",
                "--keep-going",
            ])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .expect("cargo can be run");
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let errors: Vec<_> = said
                .lines()
                .filter(|line| line.starts_with("error"))
                .take(20)
                .collect();
            println!(
                "cargo build in {}:\n{}",
                self.root.display(),
                errors.join("\n")
            );
        }
    }

    /// What came out of each example; an error where the type refused it.
    pub(crate) fn run(&self, crate_name: &str) -> Result<Vec<Result<Trip, String>>, String> {
        let name = program(crate_name);
        let output = Command::new(self.target.join("debug").join(&name))
            .arg(self.place(&name).join("examples.txt"))
            .output()
            .map_err(|error| format!("{name} was not built: {error}"))?;
        if !output.status.success() {
            return Err(format!(
                "{name}: {}",
                String::from_utf8_lossy(&output.stderr)
            ));
        }
        let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
        Ok(text.lines().map(outcome).collect())
    }
}

/// What came out of an example.
pub(crate) struct Trip {
    pub(crate) after: Value,
    /// Whether each union took it for one of its members.
    pub(crate) is_known: bool,
}

fn outcome(line: &str) -> Result<Trip, String> {
    let Some(text) = line.strip_prefix(['+', '?']) else {
        return Err(line.trim_start_matches('-').to_owned());
    };
    let after = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let is_known = line.starts_with('+');
    Ok(Trip { after, is_known })
}

/// The distinct types, each with its index.
fn types<'e>(examples: &'e [Example<'_>]) -> BTreeMap<&'e str, usize> {
    let mut types = BTreeMap::new();
    for example in examples {
        let next = types.len();
        types.entry(example.ty.as_str()).or_insert(next);
    }
    types
}

fn program(crate_name: &str) -> String {
    format!("{crate_name}-examples")
}
