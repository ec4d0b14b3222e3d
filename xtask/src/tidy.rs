//! `cargo xtask tidy`: the invariants that the compiler does not check.
//!
//! The sources are read as text in which comments, strings and test modules are blank
//! ([`source`]); the rules ([`rules`]) look for words in it. They know no types, so a rule is
//! only as good as its words, but it is quick and says the line.

mod circles;
mod imports;
mod manifests;
mod rules;
mod source;

use clientsmith::cli::{Stop, Workspace, number};
use source::Source;
use std::path::{Path, PathBuf};

/// Folders with sources of this repository; what is generated is checked where it is generated.
const FOLDERS: &[&str] = &[
    "generator/src",
    "runtime/src",
    "xtask/src",
    "tests/src",
    "tests/tests",
];

/// Crates whose files may not name each other in circles, and whether those of one folder may.
const CRATES: &[(&str, bool)] = &[("generator/src", false), ("runtime/src", true)];

pub(crate) fn run(workspace: &Workspace) -> Result<(), Stop> {
    let found = check(workspace.root()?).map_err(Stop::Because)?;
    for violation in &found {
        println!("{violation}");
    }
    if found.is_empty() {
        return Ok(());
    }
    eprintln!(
        "error: {} in the sources",
        number(found.len(), "broken invariant")
    );
    Err(Stop::Failed)
}

/// Everything that is wrong, as lines `file:line: what`, in the order of the files.
fn check(root: &Path) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        for path in rust_files(&root.join(folder))? {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
            let name = path.strip_prefix(root).unwrap_or(&path);
            let name = name.to_string_lossy().replace('\\', "/");
            let source = Source::new(&text);
            for (line, what) in rules::check(&name, &source) {
                found.push(format!("{name}:{line}: {what}"));
            }
        }
    }
    found.extend(manifests::check(root)?);
    for (folder, may_stay_in_folder) in CRATES {
        let imports = imports::Imports::of(&sources(&root.join(folder))?)?;
        for circle in circles::circles(&imports, *may_stay_in_folder) {
            let ties: Vec<String> = circles::ties(&imports, &circle);
            found.push(format!("{folder}: a circle:{}", ties.concat()));
        }
    }
    Ok(found)
}

/// The files of a crate without tests, each with its path in the crate.
fn sources(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let mut sources = Vec::new();
    for path in rust_files(folder)? {
        let name = path.strip_prefix(folder).unwrap_or(&path);
        let name = name.to_string_lossy().replace('\\', "/");
        // The library is what has a structure; a program beside it only calls it.
        if !rules::is_test(&name) && name != "main.rs" {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
            sources.push((name, text));
        }
    }
    Ok(sources)
}

/// Every Rust file below a folder that may be missing, in order.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop().filter(|folder| folder.exists()) {
        let failed = |error| format!("cannot list `{}`: {error}", folder.display());
        for entry in std::fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::check;
    use std::path::Path;

    #[test]
    fn every_broken_invariant_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
            std::fs::write(path, text).expect("a file");
        };
        write(
            "Cargo.toml",
            "[workspace.dependencies]\nbytes = \"1.12\"\nuuid = { version = \"1\" }\n",
        );
        write(
            "runtime/Cargo.toml",
            "[dependencies]\nbytes = \"1.11\"\nuuid = \"1\"\nother = \"3\"\n",
        );
        let good = "// openapiv3 quote!\nfn f() -> &'static str { \"quote!(x)\" }\n";
        write("generator/src/name.rs", good);
        let bad = "use openapiv3::Schema;\nfn f() {\n    let _ = std::fs::read(\"x\");\n    \
                   quote!(x);\n}\n";
        write("generator/src/pass/a.rs", bad);
        let long = format!("fn long() {{\n{}}}\n", "    call();\n".repeat(600));
        write("generator/src/emit/long.rs", &long);
        write("generator/src/lower/tests.rs", "fn f() { quote!(x); }\n");
        write("runtime/src/a/mod.rs", "use crate::b::B; pub struct A(B);");
        write("runtime/src/b.rs", "use crate::a::A; pub struct B(A);");
        let mut found = check(folder.path()).expect("the sources can be read");
        for line in &mut found {
            line.truncate(line.find(": ").map_or(line.len(), |end| end));
        }
        found.dedup();
        let expected = [
            "generator/src/emit/long.rs:1",
            "generator/src/pass/a.rs:1",
            "generator/src/pass/a.rs:3",
            "generator/src/pass/a.rs:4",
            "runtime/Cargo.toml",
            "runtime/src",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn this_repository_is_tidy() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("the repository");
        let found = check(root).expect("the sources can be read");
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
