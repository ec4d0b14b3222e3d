//! A document that grows leaves a caller's program compiling and working: the same program is built
//! and run with the crates of two versions of one document (`fixtures/growth`).

mod workspace;

use std::fs;
use std::path::Path;

use clientsmith::emit::RuntimeSource;
use clientsmith::write;
use clientsmith_tests::{Fixture, repository, update, write_workspace};

const VERSIONS: [&str; 2] = ["before", "after"];

#[test]
fn a_caller_goes_on_compiling() {
    let folder = repository().join("tests/fixtures/growth");
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let root = temporary.join("growth");
    let runtime = repository().join("runtime").display().to_string();
    let mut members = Vec::new();
    for version in VERSIONS {
        let fixture = Fixture::at(&folder.join(version).with_extension("yaml"));
        let tree = fixture.tree(RuntimeSource::Path(runtime.clone()));
        let name = fixture.config.crate_name;
        write::write(&root.join(&name), &tree).unwrap();

        let caller = root.join(format!("caller-{version}"));
        let program = folder.join("caller.rs").display().to_string();
        let manifest = format!(
            "[package]\nname = \"caller-{version}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
             publish = false\n\n[[bin]]\nname = \"caller-{version}\"\npath = {program:?}\n\n\
             [dependencies]\ngarden_client = {{ package = \"{name}\", path = \"../{name}\", \
             features = [\"blocking\"] }}\n"
        );
        fs::create_dir_all(&caller).unwrap();
        update(&caller.join("Cargo.toml"), &manifest);
        members.extend([name, format!("caller-{version}")]);
    }
    write_workspace(&root, members.iter().map(String::as_str));
    let target = temporary.parent().unwrap();
    let run = |what: &str, arguments: &[&str]| {
        let run = workspace::cargo(&root, target, what, arguments);
        run.unwrap_or_else(|said| panic!("{said}"));
    };
    run("growth", &["build", "--workspace"]);
    for version in VERSIONS {
        let package = format!("caller-{version}");
        let arguments = ["run", "--quiet", "--package", &package];
        run(&package, &arguments);
    }
}
