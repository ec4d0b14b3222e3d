//! A program per document that reads each value as its union, and prints which member it became and
//! what comes out.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clientsmith::write::{self, Tree};
use clientsmith_tests::{update, write_workspace};
use serde_json::Value;

use super::cases::Case;

const MAIN: &str = r#"
use clientsmith_runtime::support;

type Trip = fn(&str) -> Result<(usize, String), String>;

fn trip<T: json::Json + support::Union>(text: &str) -> Result<(usize, String), String> {
    let member = support::member::<T>(text.as_bytes());
    let value: T = json::from_str(text).map_err(|error| error.to_string())?;
    let first = json::to_string(&value);
    let again: T = json::from_str(&first).map_err(|error| format!("{first}: {error}"))?;
    let second = json::to_string(&again);
    if first == second { Ok((member, first)) } else { Err(format!("{first} became {second}")) }
}

fn run() {
    let path = std::env::args().nth(1).expect("a file of values");
    let text = std::fs::read_to_string(path).expect("values");
    let mut out = String::new();
    for line in text.lines() {
        let (index, text) = line.split_once('\t').expect("a type and a text");
        let index: usize = index.parse().expect("an index");
        match TRIPS[index](text) {
            Ok((member, text)) => { out.push_str(&format!("{}\t{text}", member as isize)); }
            Err(error) => { out.push_str(&format!("!\t{}", error.replace('\n', " "))); }
        }
        out.push('\n');
    }
    print!("{out}");
}

fn main() {
    // Values nest deep, and this is no test of stacks.
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(run);
    thread.expect("a thread").join().expect("no panic");
}
"#;

/// The workspace of the programs and of the crates that they use.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
    members: Vec<String>,
}

/// What became of a value: the index of the member, if it is one, and the JSON that comes out.
pub(crate) type Outcome = Result<(Option<usize>, Value), String>;

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

    /// Adds a crate and the program of its unions' values.
    pub(crate) fn add(&mut self, crate_name: &str, tree: &Tree, unions: &[String], cases: &[Case]) {
        write::write(&self.root.join(crate_name), tree).unwrap();
        let library = crate_name.replace('-', "_");
        let mut main = format!(
            "#![recursion_limit = \"1024\"]\nuse {library}::json;\n\nconst TRIPS: &[Trip] = &[\n"
        );
        for ty in unions {
            let _ = writeln!(main, "    trip::<{ty}>,");
        }
        main.push_str("];\n");
        main.push_str(MAIN);
        let mut lines = String::new();
        for case in cases {
            let _ = writeln!(lines, "{}\t{}", case.union, case.value);
        }
        let name = program(crate_name);
        let folder = self.root.join(&name);
        fs::create_dir_all(folder.join("src")).unwrap();
        update(&folder.join("src/main.rs"), &main);
        update(&folder.join("values.txt"), &lines);
        let runtime = clientsmith_tests::repository()
            .join("runtime")
            .display()
            .to_string();
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [dependencies]\n{crate_name} = {{ path = \"../{crate_name}\" }}\n\
             clientsmith-runtime = {{ path = {runtime:?} }}\n"
        );
        update(&folder.join("Cargo.toml"), &manifest);
        self.members.extend([crate_name.to_owned(), name]);
    }

    /// Builds all programs.
    pub(crate) fn build(&self) {
        write_workspace(&self.root, self.members.iter().map(String::as_str));
        let output = clientsmith_tests::cargo()
            .args(["build", "--offline", "--quiet", "--workspace", "--bins"])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .expect("cargo can be run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "cargo build:\n{said}");
    }

    /// What came out of each value.
    pub(crate) fn run(&self, crate_name: &str) -> Vec<Outcome> {
        let name = program(crate_name);
        let output = Command::new(self.target.join("debug").join(&name))
            .arg(self.root.join(&name).join("values.txt"))
            .output()
            .unwrap_or_else(|error| panic!("{name} was not built: {error}"));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}: {said}");
        let text = String::from_utf8(output.stdout).expect("text");
        text.lines().map(outcome).collect()
    }
}

fn outcome(line: &str) -> Outcome {
    let (member, text) = line.split_once('\t').expect("a member and a text");
    if member == "!" {
        return Err(text.to_owned());
    }
    let value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Ok((member.parse().ok(), value))
}

fn program(crate_name: &str) -> String {
    format!("{crate_name}-unions")
}
