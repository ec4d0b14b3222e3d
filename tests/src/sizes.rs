//! How large the types of generated crates are, by the compiler's word beside the generator's
//! estimate: a program prints `size_of` of each.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clientsmith::OnError;
use clientsmith::config::Config;
use clientsmith::emit::{Placement, RuntimeSource};
use clientsmith::inspect::{self, TypeInfo};
use clientsmith::read;
use clientsmith::write;

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

/// Measures the types of documents, each a path and a name. The crates are written below `root` and
/// compiled into `target`, with one program for all of them.
///
/// # Panics
/// When a document cannot be read, or its crate does not compile.
#[must_use]
pub fn measure(documents: &[(PathBuf, String)], root: &Path, target: &Path) -> Vec<Measured> {
    let crates: Vec<Crate> = documents
        .iter()
        .map(|(path, name)| Crate::write(path, name, root))
        .collect();
    write_program(root, &crates);
    let members = crates.iter().map(|krate| krate.config.crate_name.as_str());
    write_workspace(root, members.chain([PROGRAM]));
    let mut real = run(root, target).into_iter();
    crates
        .into_iter()
        .map(|krate| {
            let sizes = krate.types.into_iter().zip(&mut real);
            let mut types: Vec<Size> = sizes
                .map(|(info, real)| Size {
                    path: info.rust,
                    kind: info.kind,
                    estimate: info.size,
                    real,
                })
                .collect();
            types.sort_by(|one, other| (other.real, &one.path).cmp(&(one.real, &other.path)));
            Measured {
                name: krate.name,
                types,
            }
        })
        .collect()
}

/// The package that prints the sizes.
const PROGRAM: &str = "print-sizes";

/// A generated crate and its types.
struct Crate {
    name: String,
    config: Config,
    types: Vec<TypeInfo>,
}

impl Crate {
    /// Generates what can be generated of a document.
    fn write(path: &Path, name: &str, root: &Path) -> Self {
        let config = Config::named(&format!("{name}-client"));
        let placement = Placement {
            runtime: RuntimeSource::Path(repository().join("runtime").display().to_string()),
            document: name.to_owned(),
        };
        let document = read::read(path).expect("a document that can be read");
        let generated = clientsmith::generate_or(OnError::KeepGoing, document, &config, &placement);
        let tree = generated.tree.expect("a crate");
        write::write(&root.join(&config.crate_name), &tree).expect("a folder to write to");
        let model = generated.model.expect("a model");
        Self {
            name: name.to_owned(),
            types: inspect::inspect(&model, &config).types,
            config,
        }
    }
}

/// A program that prints a size a line, in the order of the crates and of `inspect`.
fn write_program(root: &Path, crates: &[Crate]) {
    let package = root.join(PROGRAM);
    fs::create_dir_all(package.join("src")).expect("a folder to write to");
    let mut manifest = format!(
        "[package]\nname = \"{PROGRAM}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         publish = false\n\n[dependencies]\n"
    );
    for Crate { config, .. } in crates {
        let name = &config.crate_name;
        let _ = writeln!(manifest, "{name} = {{ path = \"../{name}\" }}");
    }
    update(&package.join("Cargo.toml"), &manifest);
    let types: Vec<&TypeInfo> = crates.iter().flat_map(|krate| &krate.types).collect();
    // In functions of a hundred lines: the compiler takes long for one of thousands.
    let parts = types.chunks(100);
    let mut text = "#![allow(deprecated)]\n\nfn main() {\n".to_owned();
    for index in 0..parts.len() {
        let _ = writeln!(text, "    part{index}();");
    }
    text.push_str("}\n");
    for (index, types) in parts.enumerate() {
        let _ = writeln!(text, "\nfn part{index}() {{");
        for info in types {
            let _ = writeln!(text, "    println!(\"{{}}\", size_of::<{}>());", info.rust);
        }
        text.push_str("}\n");
    }
    update(&package.join("src/main.rs"), &text);
}

fn run(root: &Path, target: &Path) -> Vec<u64> {
    let output = crate::cargo()
        .args(["run", "--quiet", "--offline", "--package", PROGRAM])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let printed = String::from_utf8_lossy(&output.stdout);
    let sizes = printed.lines().map(|line| line.parse().expect("a size"));
    sizes.collect()
}
