//! No type is large: what the generator expects of sizes is what the compiler says, and values of the
//! deepest types fit on a small stack.

use std::fs;
use std::path::{Path, PathBuf};

use clientsmith_tests::sizes::measure;
use clientsmith_tests::{nested, repository, update, write_workspace};

/// The fixtures that have every kind of type between them.
const FIXTURES: [&str; 6] = [
    "formats",
    "nullable_3_1",
    "one_of_many",
    "open_enums",
    "recursion",
    "tuples",
];

/// How much too high an estimate may be: rustc finds room for a union's tag where the estimate has
/// eight bytes for it, and a struct may hold some of those.
const SLACK: u64 = 32;

#[test]
fn types_are_as_large_as_expected_and_no_larger_than_is_good() {
    let root = folder("sizes");
    let mut documents: Vec<(PathBuf, String)> = FIXTURES
        .iter()
        .map(|name| {
            let file = format!("tests/fixtures/schemas/{name}.yaml");
            (repository().join(file), name.replace('_', "-"))
        })
        .collect();
    documents.push((nested::write(&root), "nested".to_owned()));
    documents.push((wide(&root), "wide".to_owned()));
    for measured in measure(&documents, &root, &target()) {
        assert!(!measured.types.is_empty(), "{}", measured.name);
        for size in &measured.types {
            let expected = size.real..=size.real + SLACK;
            assert!(expected.contains(&size.estimate), "{size:?}");
            let limit = if size.kind == "union" { 256 } else { 4096 };
            assert!(size.real <= limit, "{size:?}");
        }
    }
}

/// A document with one schema of so many plain fields that they are too large by themselves.
fn wide(root: &Path) -> PathBuf {
    let kinds = ["integer", "number", "string", "array", "object"];
    let fields = (0..400).map(|index| {
        let kind = kinds[index % kinds.len()];
        let items = if kind == "array" {
            ", items: {type: string}"
        } else {
            ""
        };
        format!("        field{index}: {{type: {kind}{items}}}\n")
    });
    let text = format!(
        "openapi: 3.0.4\ninfo: {{title: Wide, version: '1'}}\nservers: [{{url: 'https://wide.example.com'}}]\n\
         paths:\n  /wide:\n    put:\n      operationId: putWide\n      requestBody:\n        required: true\n        \
         content: {{application/json: {{schema: {{$ref: '#/components/schemas/Wide'}}}}}}\n      \
         responses: {{'204': {{description: Kept.}}}}\n\
         components:\n  schemas:\n    Wide:\n      type: object\n      properties:\n{}",
        fields.collect::<String>()
    );
    let path = root.join("wide.yaml");
    update(&path, &text);
    path
}

#[test]
fn values_of_the_deepest_types_fit_on_a_small_stack() {
    let root = folder("small-stack");
    let documents = [(nested::write(&root), "nested".to_owned())];
    // Writes the crate.
    let _ = measure(&documents, &root, &target());
    let program = root.join("small-stack");
    fs::create_dir_all(&program).unwrap();
    let source = repository().join("tests/programs/small_stack.rs");
    let manifest = format!(
        "[package]\nname = \"small-stack\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [[bin]]\nname = \"small-stack\"\npath = {source:?}\n\n\
         [dependencies]\nnested-client = {{ path = \"../nested-client\" }}\n\
         tokio = {{ version = \"1\", features = [\"rt-multi-thread\"] }}\n"
    );
    update(&program.join("Cargo.toml"), &manifest);
    write_workspace(&root, ["nested-client", "small-stack"].into_iter());
    let value = root.join("value.json");
    update(&value, &nested::value().to_string());
    let output = clientsmith_tests::cargo()
        .args([
            "run",
            "--quiet",
            "--offline",
            "--package",
            "small-stack",
            "--",
        ])
        .arg(&value)
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    print!("{}", String::from_utf8_lossy(&output.stdout));
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Where dependencies have been built.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned()
}
