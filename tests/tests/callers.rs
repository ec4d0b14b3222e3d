//! Programs as callers write them: each file in `programs/callers` uses the crate of the document of
//! its name in `fixtures/callers`, and talks to a server on 127.0.0.1 as the transcript beside the
//! document says (`callers/transcript.rs`). `docs/callers.md` shows them, and must show them as they
//! are.
//!
//! The programs are modules of one package, so that one link makes them all. While one of them is
//! worked on, `CLIENTSMITH_CALLERS=billing` runs that alone.

#[path = "callers/page.rs"]
mod page;
#[path = "callers/transcript.rs"]
mod transcript;

#[path = "../../runtime/tests/support/mod.rs"]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use clientsmith::emit::RuntimeSource;
use clientsmith::write;
use clientsmith_tests::{Fixture, repository, update, write_workspace};
use support::Server;
use tokio::net::TcpListener;
use transcript::Transcript;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_program_does_what_its_caller_wants() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("callers");
    let names = names();
    let program = build(&root, &names);
    let only = std::env::var("CLIENTSMITH_CALLERS").unwrap_or_default();
    for name in names.iter().filter(|name| name.contains(&only)) {
        run(&program, name, &root.join("files")).await;
    }
}

/// The programs, in the order of their names.
fn names() -> Vec<String> {
    let folder = repository().join("tests/programs/callers");
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = entries
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

fn program(name: &str) -> PathBuf {
    repository().join(format!("tests/programs/callers/{name}.rs"))
}

/// Writes the crates and the package of all programs, and builds it.
fn build(root: &Path, names: &[String]) -> PathBuf {
    let mut manifest = "[package]\nname = \"callers\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         publish = false\n\n[dependencies]\ntokio = { version = \"1\", features = [\"macros\", \
         \"rt-multi-thread\", \"time\"] }\n"
        .to_owned();
    let mut modules = String::new();
    let mut arms = String::new();
    let mut members = Vec::new();
    let runtime = repository().join("runtime").display().to_string();
    for name in names {
        let document = repository().join(format!("tests/fixtures/callers/{name}.yaml"));
        let fixture = Fixture::at(&document);
        let member = fixture.config.crate_name.clone();
        let tree = fixture.tree(RuntimeSource::Path(runtime.clone()));
        write::write(&root.join(&member), &tree).unwrap();
        let _ = writeln!(manifest, "{member} = {{ path = \"../{member}\" }}");
        let _ = writeln!(
            modules,
            "mod {name} {{\n    include!({:?});\n    pub(super) fn run() -> Outcome {{ main() }}\n    \
             use super::Outcome;\n}}",
            program(name).display().to_string()
        );
        let _ = writeln!(arms, "        Some({name:?}) => {name}::run(),");
        members.push(member);
    }
    members.push("callers".to_owned());
    let main = format!(
        "type Outcome = Result<(), Box<dyn std::error::Error>>;\n\n{modules}\n\
         fn main() -> Outcome {{\n    match std::env::args().nth(1).as_deref() {{\n{arms}        \
         other => Err(format!(\"no program: {{other:?}}\").into()),\n    }}\n}}\n"
    );
    let package = root.join("callers");
    fs::create_dir_all(package.join("src")).unwrap();
    update(&package.join("Cargo.toml"), &manifest);
    update(&package.join("src/main.rs"), &main);
    write_workspace(root, members.iter().map(String::as_str));
    compile(root)
}

/// Builds without a warning, and says where the program is.
fn compile(root: &Path) -> PathBuf {
    let start = Instant::now();
    // Where dependencies have been built.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned();
    let output = clientsmith_tests::cargo()
        .args(["build", "--offline", "--package", "callers"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    let warned = said.lines().any(|line| line.starts_with("warning"));
    assert!(
        output.status.success() && !warned,
        "in {}\n{said}",
        root.display()
    );
    println!("built in {:.1} s", start.elapsed().as_secs_f64());
    target.join("debug/callers")
}

/// Runs a program in a folder of its own files.
async fn run(program: &Path, name: &str, folder: &Path) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let fixtures = repository().join("tests/fixtures/callers");
    let text = fs::read_to_string(fixtures.join(format!("{name}.http"))).expect("a transcript");
    let transcript = Transcript::parse(&text, &address);
    let server = Server::start_on(listener, transcript.script());
    fs::create_dir_all(folder).unwrap();
    update(&folder.join("report.csv"), "day,count\nmon,3\n");
    let mut command = Command::new(program);
    command
        .arg(name)
        .current_dir(folder)
        .env(format!("{}_BASE_URL", name.to_uppercase()), address)
        .envs(
            transcript
                .environment
                .iter()
                .map(|(name, value)| (name, value)),
        );
    let start = Instant::now();
    let Output {
        status,
        stdout,
        stderr,
    } = tokio::task::spawn_blocking(move || command.output().unwrap())
        .await
        .unwrap();
    let took = start.elapsed();
    let stderr = String::from_utf8_lossy(&stderr);
    transcript.check(&format!("{name}\n{stderr}"), &server.received());
    assert!(status.success(), "{name}: {stderr}");
    assert_eq!(
        String::from_utf8_lossy(&stdout).trim_end(),
        transcript.printed,
        "{name}"
    );
    assert!(
        took >= transcript.at_least,
        "{name} waited for {took:?} only"
    );
    println!("{name}: {:.2} s", took.as_secs_f64());
}
