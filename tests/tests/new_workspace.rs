//! From nothing to a client: `init`, `new`, `generate` and cargo in a folder that has nothing to do with
//! this repository, as the README says.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use clientsmith::write::MANIFEST;
use clientsmith_tests::repository;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Mill, version: \"1\"}
servers: [{url: 'https://mill.example.com'}]
paths:
  /sacks/{id}:
    get:
      operationId: getSack
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {\"200\": {description: It., content: {application/json: {schema: {$ref: '#/components/schemas/Sack'}}}}}
components:
  schemas:
    Sack: {type: object, required: [weight], properties: {weight: {type: integer}}}
";

/// `clientsmith` in a folder.
fn clientsmith(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = clientsmith_tests::cargo();
    command
        .args([
            "run",
            "--quiet",
            "--package",
            "clientsmith",
            "--manifest-path",
        ])
        .arg(repository().join("Cargo.toml"))
        .arg("--")
        .args(arguments)
        .current_dir(folder);
    command
}

fn succeeds(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn fails(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn from_nothing_to_a_client() {
    let folder = tempfile::tempdir().unwrap();
    let outside = folder.path();
    let run = |folder: &Path, arguments: &[&str]| clientsmith(folder, arguments).output().unwrap();
    let said = fails(&run(outside, &["generate"]));
    assert!(said.contains("`clientsmith init` starts one"), "{said}");

    succeeds(&run(outside, &["init", "clients"]));
    let root = outside.join("clients");
    let mut child = clientsmith(&root, &["new", "mill", "--from", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(DOCUMENT.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert!(root.join("specs/mill/openapi.yaml").is_file());
    let again = fails(&run(&root, &["new", "mill", "--from", "-"]));
    assert!(again.contains("exists"), "{again}");

    // From a folder within, as people work.
    let said = succeeds(&run(&root.join("specs/mill"), &["generate"]));
    assert!(said.contains("mill: 1 operation, 1 type"), "{said}");
    succeeds(&run(&root, &["generate", "--check"]));
    fs::copy(repository().join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let profile = "profile.dev.package.\"*\".opt-level=1";
    let check = clientsmith_tests::cargo()
        .args([
            "check",
            "--workspace",
            "--offline",
            "--all-targets",
            "--config",
            profile,
        ])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap();
    succeeds(&check);
    // What is no document starts no vendor.
    fs::write(outside.join("page.html"), "<html>: [").unwrap();
    fails(&run(&root, &["new", "page", "--from", "../page.html"]));
    assert_eq!(fs::read_dir(root.join("specs")).unwrap().count(), 1);

    // The runtime is this version's, unless it is somebody's own.
    let manifest = root.join("runtime/Cargo.toml");
    let ours = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, "# older").unwrap();
    let said = fails(&run(&root, &["generate", "--check"]));
    assert!(said.contains("runtime: 1 file to write"), "{said}");
    succeeds(&run(&root, &["generate"]));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), ours);
    fs::remove_file(root.join("runtime").join(MANIFEST)).unwrap();
    fs::write(&manifest, "# theirs").unwrap();
    succeeds(&run(&root, &["init"]));
    succeeds(&run(&root, &["generate", "--check"]));
    assert_eq!(fs::read_to_string(&manifest).unwrap(), "# theirs");
}
