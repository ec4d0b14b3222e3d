//! How large the types of generated crates are, by the compiler's word: a program per document prints
//! `size_of` of each, beside the generator's estimate.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use clientsmith::Modelled;
use clientsmith::config::Config;
use clientsmith::emit::{Placement, RuntimeSource};
use clientsmith::read;
use clientsmith::write;
use serde_json::Value;

use crate::{repository, update, write_workspace};

/// The types of one document, largest first.
#[derive(Debug)]
pub struct Measured {
    /// The document's name.
    pub name: String,
    /// Its types.
    pub types: Vec<Size>,
}

/// How large a type is.
#[derive(Debug)]
pub struct Size {
    /// The type's full path.
    pub path: String,
    /// `struct`, `enum`, `union`, `alias` or `newtype`.
    pub kind: &'static str,
    /// What the generator expects, in bytes.
    pub estimate: u64,
    /// What the compiler says, in bytes.
    pub real: u64,
}

/// Measures the types of documents, each a name and what the document says. The crates are written
/// below `root` and compiled into `target`.
///
/// # Panics
/// When a document has errors, or its crate does not compile.
#[must_use]
pub fn measure(documents: Vec<(String, Value)>, root: &Path, target: &Path) -> Vec<Measured> {
    let mut all = Vec::new();
    for (name, document) in documents {
        let config = Config::named(&format!("{name}-client"));
        let placement = Placement {
            runtime: RuntimeSource::Path(repository().join("runtime").display().to_string()),
            document: name.clone(),
        };
        fs::create_dir_all(root).expect("a folder to write to");
        let path = root.join(format!("{name}.json"));
        update(&path, &document.to_string());
        let document = read::read(&path).expect("a document that can be read");
        let generated = clientsmith::generate_or(
            clientsmith::OnError::KeepGoing,
            document,
            &config,
            &placement,
        );
        let model = generated.model.expect("a model");
        let tree = generated.tree.expect("a crate");
        write::write(&root.join(&config.crate_name), &tree).expect("a crate on disk");
        write_program(root, &name, &config, &model);
        all.push((name, config, model));
    }
    let members: Vec<String> = all
        .iter()
        .flat_map(|(name, config, _)| [config.crate_name.clone(), program(name)])
        .collect();
    write_workspace(root, members.iter().map(String::as_str));
    all.into_iter()
        .map(|(name, config, model)| {
            let types = run(root, target, &name, &config, &model);
            Measured { name, types }
        })
        .collect()
}

fn program(name: &str) -> String {
    format!("{name}-sizes")
}

/// A program that prints a size a line, in the order of `inspect`.
fn write_program(root: &Path, name: &str, config: &Config, model: &Modelled) {
    let package = root.join(program(name));
    fs::create_dir_all(package.join("src")).expect("a folder to write to");
    let manifest = format!(
        "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{} = {{ path = \"../{}\" }}\n",
        program(name),
        config.crate_name,
        config.crate_name
    );
    update(&package.join("Cargo.toml"), &manifest);
    let mut lines = String::new();
    for info in clientsmith::inspect::inspect(model, config).types {
        let _ = writeln!(lines, "    println!(\"{{}}\", size_of::<{}>());", info.rust);
    }
    // In functions of a hundred lines: one of thousands takes the compiler long.
    let lines: Vec<&str> = lines.lines().collect();
    let mut text = "#![allow(deprecated)]\n".to_owned();
    for (index, lines) in lines.chunks(100).enumerate() {
        let _ = write!(text, "fn part{index}() {{\n{}\n}}\n\n", lines.join("\n"));
    }
    let calls: String = (0..lines.len().div_ceil(100))
        .map(|index| format!("    part{index}();\n"))
        .collect();
    let _ = write!(text, "fn main() {{\n{calls}}}\n");
    update(&package.join("src/main.rs"), &text);
}

fn run(root: &Path, target: &Path, name: &str, config: &Config, model: &Modelled) -> Vec<Size> {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline", "--package", &program(name)])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}:\n{said}");
    let printed = String::from_utf8_lossy(&output.stdout);
    let real = printed.lines().map(|line| line.parse().expect("a size"));
    let types = clientsmith::inspect::inspect(model, config).types;
    let mut sizes: Vec<Size> = types
        .into_iter()
        .zip(real)
        .map(|(info, real)| Size {
            path: info.rust,
            kind: info.kind,
            estimate: info.size,
            real,
        })
        .collect();
    sizes.sort_by(|one, other| (other.real, &one.path).cmp(&(one.real, &other.path)));
    sizes
}
