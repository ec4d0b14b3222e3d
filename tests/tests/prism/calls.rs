//! Programs that call every operation of a crate, written, built and run.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clientsmith::emit::RuntimeSource;
use clientsmith::inspect::{self, ArgumentInfo, BodyInfo, OperationInfo, PartInfo};
use clientsmith_tests::{Fixture, repository};
use serde::Deserialize;
use serde_json::{Value, json};

use super::document::{Choice, Document};
use super::seen::Undecoded;
use super::server::Prism;

/// A crate and what calls it.
pub(crate) struct Subject {
    pub(crate) fixture: Fixture,
    pub(crate) operations: Vec<OperationInfo>,
    /// Where the crate is.
    folder: PathBuf,
    /// The environment variables of its credentials.
    credentials: Vec<String>,
}

impl Subject {
    /// A crate that lies in the repository.
    pub(crate) fn committed(fixture: Fixture, folder: PathBuf) -> Self {
        let generated = fixture.generate(RuntimeSource::Path(runtime()));
        let model = generated.model.expect("a document that can be lowered");
        let operations = inspect::inspect(&model, &fixture.config).operations;
        let schemes = model.api.schemes.iter();
        let credentials = schemes.flat_map(|scheme| scheme.env.clone()).collect();
        Self {
            fixture,
            operations,
            folder,
            credentials,
        }
    }

    /// A crate that is written beside its caller.
    pub(crate) fn written(fixture: Fixture) -> Self {
        let folder = scratch().join(&fixture.config.crate_name);
        let tree = fixture.tree(RuntimeSource::Path(runtime()));
        clientsmith::write::write(&folder, &tree).unwrap();
        Self::committed(fixture, folder)
    }

    pub(crate) fn document_name(&self) -> String {
        let path = self.fixture.path.strip_prefix(repository());
        let path = path.or_else(|_| self.fixture.path.file_name().map(Path::new).ok_or(()));
        path.unwrap_or(&self.fixture.path).display().to_string()
    }

    /// Whether the crate is one of the repository's.
    pub(crate) fn is_committed(&self) -> bool {
        self.folder.starts_with(repository().join("generated"))
    }

    fn caller(&self) -> String {
        format!("{}-caller", self.fixture.config.crate_name)
    }

    fn program(&self) -> String {
        let krate = self.fixture.config.crate_name.replace('-', "_");
        let shared = repository()
            .join("tests/prism/caller.rs")
            .display()
            .to_string();
        let mut text = format!(
            "#![allow(deprecated, unused_imports, unused_mut)]\n\
             #[path = {shared:?}]\nmod caller;\n\
             use caller::{{Arguments, Calling, Outcome, bytes, done, files, given}};\n\
             use {krate}::Client;\n\n\
             fn main() {{\n\
             let client = Client::builder().from_env().retry({krate}::RetryPolicy::never());\n\
             let client = client.build().expect(\"a client\");\n\
             caller::run(|index, arguments| match index {{\n"
        );
        for index in 0..self.operations.len() {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{index} => Box::pin(call_{index}(client.clone(), arguments)),"
            );
        }
        text.push_str(
            "_ => Box::pin(async { Err(\"no such operation\".to_owned().into()) }),\n});\n}\n",
        );
        for (index, operation) in self.operations.iter().enumerate() {
            text.push_str(&function(index, operation));
        }
        text
    }
}

/// How a call went wrong.
#[derive(Debug, Deserialize)]
pub(crate) struct Failure {
    #[serde(rename = "failure")]
    pub(crate) text: String,
    /// The response, where that does not decode.
    pub(crate) undecoded: Option<Undecoded>,
}

/// One operation's function.
fn function(index: usize, operation: &OperationInfo) -> String {
    let mut text =
        format!("\nasync fn call_{index}(client: Client, arguments: Arguments) -> Outcome {{\n");
    let mut begin = operation.call.clone();
    begin.truncate(begin.rfind('(').unwrap_or(begin.len()));
    let mut passed = Vec::new();
    for (nth, argument) in operation.arguments.iter().enumerate() {
        if argument.required {
            let (take, pass) = argument_code(operation, argument, nth);
            let _ = writeln!(text, "let a{nth} = {take};");
            passed.push(pass);
        }
    }
    let _ = writeln!(text, "let mut request = {begin}({});", passed.join(", "));
    for (nth, argument) in operation.arguments.iter().enumerate() {
        if !argument.required {
            let (take, pass) = argument_code(operation, argument, nth);
            let name = &argument.name;
            let _ = writeln!(
                text,
                "if arguments.contains_key({name:?}) {{ let a{nth} = {take}; \
                 request = request.{name}({pass}); }}"
            );
        }
    }
    text.push_str("done(request.send()).await\n}\n");
    text
}

/// How an argument is taken from the values, and how it is passed on.
fn argument_code(
    operation: &OperationInfo,
    argument: &ArgumentInfo,
    nth: usize,
) -> (String, String) {
    let (name, ty) = (&argument.name, &argument.ty);
    let body = operation.bodies.first();
    let body = body.filter(|_| argument.place == "body");
    if let Some(body) = body.filter(|body| body.media_type.starts_with("multipart/form-data")) {
        return (form_code(body), format!("a{nth}"));
    }
    if ty.ends_with("::bytes::Bytes") {
        let take = format!("given::<clientsmith_runtime::Value>(&arguments, {name:?})?");
        return (take, format!("bytes(a{nth})"));
    }
    // Text takes anything that turns into it, a reference as well.
    let borrow = if body.is_some() { "&" } else { "" };
    (
        format!("given::<{ty}>(&arguments, {name:?})?"),
        format!("{borrow}a{nth}"),
    )
}

/// A block that fills in a form of parts.
fn form_code(body: &BodyInfo) -> String {
    let (name, ty) = (&body.setter, &body.ty);
    if body.parts.is_empty() {
        return format!("{ty}::new()");
    }
    let part = |part: &PartInfo| {
        let (wire, ty) = (&part.wire, &part.ty);
        match part.files {
            None => format!("given::<{ty}>(&parts, {wire:?})?"),
            Some("one") => format!("bytes(given(&parts, {wire:?})?)"),
            Some(_) => format!("files(given(&parts, {wire:?})?)"),
        }
    };
    let (required, optional): (Vec<_>, Vec<_>) = body.parts.iter().partition(|part| part.required);
    let required: Vec<String> = required.into_iter().map(part).collect();
    let mut text = format!(
        "{{ let parts: Arguments = given::<clientsmith_runtime::Value>(&arguments, {name:?})?\
         .as_object().cloned().unwrap_or_default(); \
         let mut form = {ty}::new({});",
        required.join(", ")
    );
    for optional in optional {
        let (name, wire) = (&optional.name, &optional.wire);
        let value = part(optional);
        let _ = write!(
            text,
            " if parts.contains_key({wire:?}) {{ form = form.{name}({value}); }}"
        );
    }
    text + " form }"
}

/// The method and the path, which name an operation in reports.
pub(crate) fn route(operation: &OperationInfo) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// Writes and builds a caller for each crate.
pub(crate) fn build(subjects: &[Subject]) {
    let mut members = String::new();
    for subject in subjects {
        let package = scratch().join(subject.caller());
        fs::create_dir_all(package.join("src")).unwrap();
        update(&package.join("Cargo.toml"), &manifest(subject));
        update(&package.join("src/main.rs"), &subject.program());
        let _ = writeln!(members, "    {:?},", subject.caller());
    }
    let workspace = scratch().join("Cargo.toml");
    // Dependencies are those of the repository, built with its profiles, so built already.
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{members}]\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n"
    );
    update(&workspace, &text);
    let lock = repository().join("Cargo.lock");
    fs::copy(lock, scratch().join("Cargo.lock")).unwrap();
    let output = clientsmith_tests::cargo()
        .args(["build", "--offline", "--quiet"])
        .current_dir(scratch())
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

impl Subject {
    /// Calls these operations of a crate: for each what went wrong, if anything did.
    pub(crate) fn call(
        &self,
        document: &Document,
        server: &Prism,
        operations: &[usize],
        choice: Choice,
    ) -> BTreeMap<usize, Option<Failure>> {
        let calls: Vec<_> = operations
            .iter()
            .map(|index| {
                let arguments = document.arguments(&self.operations[*index], choice);
                json!([index, arguments])
            })
            .collect();
        let mut caller = Command::new(target().join("debug").join(self.caller()));
        caller.env(self.fixture.config.base_url_env(), &server.url);
        for variable in &self.credentials {
            caller.env(variable, "a-credential");
        }
        let mut process = caller
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a caller that can be run");
        let input = Value::Array(calls).to_string();
        process
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        let output = process.wait_with_output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let mut outcomes = BTreeMap::new();
        for line in printed.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            let index = usize::try_from(line["index"].as_u64().unwrap()).unwrap();
            let is_well = line["failure"].is_null();
            let failure = (!is_well).then(|| Failure::deserialize(line).unwrap());
            outcomes.insert(index, failure);
        }
        assert!(
            output.status.success(),
            "a caller broke off after {printed}"
        );
        assert_eq!(outcomes.len(), operations.len(), "{printed}");
        outcomes
    }
}

/// The features of the dependencies are those of the crates in `tests/workspace`, so that they are
/// built once for both.
fn manifest(subject: &Subject) -> String {
    let (caller, runtime) = (subject.caller(), runtime());
    let krate = &subject.fixture.config.crate_name;
    let folder = subject.folder.display().to_string();
    format!(
        "[package]\nname = {caller:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{krate} = {{ path = {folder:?} }}\n\
         clientsmith-runtime = {{ path = {runtime:?} }}\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt\", \
         \"rt-multi-thread\", \"time\", \"io-util\", \"sync\"] }}\n"
    )
}

/// Writes a file unless it holds this already: what keeps its time is not built again.
fn update(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).unwrap();
    }
}

fn runtime() -> String {
    repository().join("runtime").display().to_string()
}

/// Where everything that is built for these tests stands.
pub(crate) fn scratch() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("prism")
}

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .unwrap()
        .to_owned()
}
