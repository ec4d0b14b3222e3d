//! Files of a document that cannot be read: each costs the operations and schemas that refer to it,
//! is said where they do, and leaves the rest as it was. Without `--keep-going` the same is said
//! and nothing is made.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Output;

use clientsmith::cli::corpus;
use clientsmith::config::Config;
use clientsmith::diagnostic::render;
use clientsmith::emit::{Placement, RuntimeSource};
use clientsmith::read;
use clientsmith::{Generated, OnError, inspect};
use clientsmith_tests::xtask;
use tempfile::TempDir;

/// Two operations that nothing is wrong with, and from line 6 on the one that is tried.
const GOOD: &str = "\
openapi: 3.1.0
info: {title: Boats, version: \"1\"}
paths:
  /boats: {get: {operationId: boats, responses: {\"204\": {description: None.}}}}
  /piers: {$ref: paths/piers.yaml}
";
const PIERS: &str =
    "get: {operationId: piers, parameters: [], responses: {\"204\": {description: None.}}}\n";

/// What is wrong with a file: the code of the error at a reference, and the one in the file, if it
/// has one, with its place.
struct Fault {
    name: &'static str,
    bytes: Option<Vec<u8>>,
    at_reference: &'static str,
    in_file: Option<&'static str>,
    /// What the message at the reference has to name.
    reason: &'static str,
}

fn faults() -> Vec<Fault> {
    let fault = |name, bytes: &[u8], in_file, reason| Fault {
        name,
        bytes: Some(bytes.to_vec()),
        at_reference: "unreadable",
        in_file: Some(in_file),
        reason,
    };
    let deep = "[".repeat(200) + &"]".repeat(200);
    let bomb: String = std::iter::once("l0: &l0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned())
        .chain((1..8).map(|level| {
            let below = vec![format!("*l{}", level - 1); 10].join(", ");
            format!("l{level}: &l{level} [{below}]\n")
        }))
        .collect();
    vec![
        Fault {
            name: "no file",
            bytes: None,
            at_reference: "missing-file",
            in_file: None,
            reason: "there is no such file",
        },
        fault("YAML", b"x:\n  y: [\n", "invalid-yaml", "this is not YAML"),
        fault("JSON", b"{\"x\": {", "invalid-json", "this is not JSON"),
        fault("Latin-1", b"x: \xe9\n", "unknown-encoding", "not UTF-8"),
        fault(
            "half UTF-16",
            b"\xff\xfex\x00:",
            "unknown-encoding",
            "not UTF-8",
        ),
        fault("depth", deep.as_bytes(), "too-deep", "nested more than"),
        fault("aliases", bomb.as_bytes(), "too-many-aliases", "aliases"),
    ]
}

/// One way to refer to `broken`, and what comes of it.
struct Case {
    name: &'static str,
    /// What stands below [`GOOD`].
    text: &'static str,
    /// Other files that can be read.
    files: &'static [(&'static str, &'static str)],
    /// What is generated beside the two good operations.
    left: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "a path item",
        text: "  /crews: {$ref: broken}\n",
        files: &[],
        left: &[],
    },
    Case {
        name: "a path item beside an operation",
        text: "  /crews:\n    get: {responses: {\"204\": {description: .}}}\n    $ref: broken\n",
        files: &[],
        left: &[],
    },
    Case {
        name: "a schema of a body",
        text: "  /crews:\n    put: {responses: {\"204\": {description: .}}}\n    post:\n      \
               requestBody: {content: {application/json: {schema: {$ref: 'broken#/x/y'}}}}\n      \
               responses: {\"204\": {description: .}}\n",
        files: &[],
        left: &["PUT /crews"],
    },
    Case {
        name: "a parameter",
        text: "  /crews/{crew}:\n    put: {parameters: [{$ref: 'broken#/crew'}], responses: {}}\n    \
               get: {parameters: [{in: path, name: crew, required: true, schema: {type: string}}], responses: {}}\n",
        files: &[],
        left: &["GET /crews/{crew}"],
    },
    Case {
        name: "a parameter of a path",
        text: "  /crews/{crew}:\n    parameters: [{$ref: 'broken#/crew'}]\n    put: {responses: {}}\n",
        files: &[],
        left: &[],
    },
    Case {
        name: "a body",
        text: "  /crews: {put: {requestBody: {$ref: broken}, responses: {}}, get: {responses: {}}}\n",
        files: &[],
        left: &["GET /crews"],
    },
    Case {
        name: "a response",
        text: "  /crews: {put: {responses: {\"200\": {$ref: broken}}}, get: {responses: {}}}\n",
        files: &[],
        left: &["GET /crews"],
    },
    Case {
        name: "components that operations refer to",
        text: "  /crews: {get: {parameters: [{$ref: '#/components/parameters/Page'}], responses: {}},\n    \
               post: {requestBody: {$ref: '#/components/requestBodies/Crew'}, responses: {}},\n    \
               put: {responses: {\"200\": {$ref: '#/components/responses/Crew'}}},\n    \
               delete: {responses: {default: {$ref: '#/components/responses/Crew'}}}, patch: {responses: {}}}\n\
               components:\n  parameters: {Page: {$ref: broken}}\n  requestBodies: {Crew: {$ref: broken}}\n  \
               responses: {Crew: {$ref: broken}}\n",
        files: &[],
        left: &["PATCH /crews"],
    },
    Case {
        name: "schemas that operations refer to",
        text: "  /crews: {get: {responses: {\"200\": {description: ., content: {application/json: \
               {schema: {$ref: '#/components/schemas/Crew'}}}}}}}\n\
               components:\n  schemas:\n    Crew: {oneOf: [{$ref: '#/components/schemas/Boat'}, {$ref: broken#/x}],\n      \
               discriminator: {propertyName: kind, mapping: {boat: '#/components/schemas/Boat', crew: 'broken#/x'}}}\n    \
               Boat: {type: object, properties: {owner: {$ref: broken#/x}, kind: {type: string}}}\n    Pier: {$ref: broken}\n",
        files: &[],
        left: &["GET /crews"],
    },
    Case {
        name: "a callback, which is not generated",
        text: "  /crews: {put: {callbacks: {sunk: {$ref: broken}}, responses: {}}}\n",
        files: &[],
        left: &["PUT /crews"],
    },
    Case {
        name: "another file's operation",
        text: "  /crews: {$ref: paths/crews.yaml}\n",
        files: &[(
            "paths/crews.yaml",
            "get: {responses: {}}\nput: {responses: {}, parameters: [{$ref: '../broken#/x'}]}\n",
        )],
        left: &["GET /crews"],
    },
    Case {
        name: "another file's parameter, body and answer",
        text: "  /crews:\n    get: {parameters: [{$ref: 'common.yaml#/Page'}], responses: {}}\n    \
               put: {requestBody: {$ref: 'common.yaml#/Page'}, responses: {}}\n    \
               post: {responses: {\"201\": {$ref: 'common.yaml#/Page'}}}\n    delete: {responses: {}}\n",
        files: &[("common.yaml", "Page: {$ref: broken}\n")],
        left: &["DELETE /crews"],
    },
    Case {
        name: "another file's schema",
        text: "  /crews:\n    get: {responses: {\"200\": {description: ., content: {application/json: \
               {schema: {$ref: common.yaml}}}}}}\n",
        files: &[(
            "common.yaml",
            "type: object\nproperties:\n  crew: {$ref: broken}\n",
        )],
        left: &["GET /crews"],
    },
];

/// The places of the keys whose values lead to `broken`, found without the generator's help. And whether
/// each is a tag of a mapping.
fn places(case: &Case) -> Vec<(String, bool)> {
    let root = GOOD.to_owned() + case.text;
    let files = std::iter::once(("openapi.yaml", root.as_str())).chain(case.files.iter().copied());
    let mut places = Vec::new();
    for (file, text) in files {
        for (number, line) in text.lines().enumerate() {
            for (value, _) in line.match_indices("broken") {
                let key = line[..value].rfind(": ").unwrap();
                let column = line[..key].rfind([' ', '{']).unwrap() + 2;
                let is_mapping = line[..key].contains("mapping: {");
                places.push((format!("{file}:{}:{column}", number + 1), is_mapping));
            }
        }
    }
    assert!(!places.is_empty(), "{} refers to nothing", case.name);
    places
}

/// The document of a case, in which `broken` has the fault.
fn document(case: &Case, fault: &Fault) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("openapi.yaml", (GOOD.to_owned() + case.text).as_bytes());
    write("paths/piers.yaml", PIERS.as_bytes());
    for (name, text) in case.files {
        write(name, text.as_bytes());
    }
    if let Some(bytes) = &fault.bytes {
        write("broken", bytes);
    }
    folder
}

fn config() -> Config {
    Config::named("boats-client")
}

fn placement() -> Placement {
    Placement {
        runtime: RuntimeSource::Path("runtime".to_owned()),
        document: "openapi.yaml".to_owned(),
    }
}

fn read(folder: &Path) -> read::Document {
    read::read(&folder.join("openapi.yaml")).unwrap()
}

fn generate(folder: &Path, on_error: OnError) -> Generated {
    clientsmith::generate_or(on_error, read(folder), &config(), &placement())
}

/// What is said but for notes, by place: `severity code file:line:column`.
fn said(generated: &Generated, folder: &Path) -> BTreeSet<String> {
    let folder = format!("{}/", folder.display());
    render::json(&generated.diagnostics, &generated.sources)
        .into_iter()
        .filter(|said| said.severity != "note")
        .map(|said| {
            let file = said.file.strip_prefix(&folder).unwrap();
            let (line, column) = (said.line, said.column);
            format!("{} {} {file}:{line}:{column}", said.severity, said.code)
        })
        .collect()
}

fn operations(generated: &Generated) -> BTreeSet<String> {
    let model = generated.model.as_ref().unwrap();
    inspect::inspect(model, &config())
        .operations
        .iter()
        .map(|operation| format!("{} {}", operation.method, operation.path))
        .collect()
}

#[test]
fn a_broken_file_costs_what_refers_to_it() {
    for fault in faults() {
        for case in CASES {
            let what = format!("{} by {}", fault.name, case.name);
            let folder = document(case, &fault);
            let folder = folder.path();
            let generated = generate(folder, OnError::KeepGoing);
            let mut expected: BTreeSet<_> = places(case)
                .iter()
                .map(|(place, is_mapping)| match is_mapping {
                    // Nothing hangs on it but how a value is told.
                    true => format!("warning unresolved-ref {place}"),
                    false => format!("error {} {place}", fault.at_reference),
                })
                .collect();
            let mut found = said(&generated, folder);
            if let Some(code) = fault.in_file {
                let start = format!("error {code} broken:");
                let count = found.len();
                found.retain(|said| !said.starts_with(&start));
                assert_eq!(count - found.len(), 1, "{what}");
            }
            assert_eq!(found, expected, "{what}");
            for diagnostic in &generated.diagnostics {
                if diagnostic.code.as_str() == fault.at_reference {
                    assert!(
                        diagnostic.message.contains(fault.reason),
                        "{what}: {diagnostic:?}"
                    );
                    assert!(
                        diagnostic.message.contains("broken"),
                        "{what}: {diagnostic:?}"
                    );
                    assert!(diagnostic.help.is_some(), "{what}: {diagnostic:?}");
                }
            }
            assert!(generated.tree.is_some(), "{what}");
            expected = ["GET /boats", "GET /piers"]
                .iter()
                .chain(case.left)
                .map(|operation| (*operation).to_owned())
                .collect();
            assert_eq!(operations(&generated), expected, "{what}");

            let (entry, tree) = corpus::generate(Ok(read(folder)), &config(), &placement());
            assert_eq!(entry.operations_out, expected.len(), "{what}");
            assert_eq!(tree, generated.tree, "{what}");

            let stopped = generate(folder, OnError::Stop);
            assert!(stopped.tree.is_none(), "{what}");
            assert_eq!(stopped.diagnostics, generated.diagnostics, "{what}");
        }
    }
}

/// What is made of a document does not hang on what stands beside it: the good operations come out
/// as if the bad one had never been.
#[test]
fn the_rest_is_as_it_would_be_without() {
    let fault = &faults()[1];
    let [case, ..] = CASES else { panic!("no case") };
    let with = document(case, fault);
    let nothing = Case { text: "", ..*case };
    let without = document(&nothing, fault);
    let [with, without] =
        [with, without].map(|folder| generate(folder.path(), OnError::KeepGoing).tree.unwrap());
    assert_eq!(with, without);
}

fn on_the_command_line(folder: &Path, more: &[&str]) -> Output {
    xtask()
        .args(["generate", "--json", "--from"])
        .arg(folder.join("openapi.yaml"))
        .arg("--out")
        .arg(folder.join("crate"))
        .args(more)
        .output()
        .expect("cargo can be run")
}

#[test]
fn the_command_line_writes_the_rest_only_if_told_to() {
    let folder = document(&CASES[3], &faults()[1]);
    let folder = folder.path();
    let stopped = on_the_command_line(folder, &[]);
    assert_eq!(stopped.status.code(), Some(1));
    assert!(!folder.join("crate").exists());

    let kept_going = on_the_command_line(folder, &["--keep-going"]);
    let errors = String::from_utf8_lossy(&kept_going.stderr);
    assert_eq!(kept_going.status.code(), Some(1), "{errors}");
    let [stopped, report] = [&stopped, &kept_going]
        .map(|output| serde_json::from_slice::<serde_json::Value>(&output.stdout).unwrap());
    let vendor = &report["vendors"][0];
    assert_eq!(vendor["operations"], 3, "{errors}");
    assert_eq!(vendor["errors"], 2, "{errors}");
    assert_eq!(stopped["diagnostics"], report["diagnostics"]);
    assert!(folder.join("crate/src/lib.rs").exists());
    let place = format!("{}:7:25", folder.join("openapi.yaml").display());
    assert!(
        errors.contains("error[unreadable]: `broken` leads to nothing: "),
        "{errors}"
    );
    assert!(errors.contains(&place), "{errors}");
}

#[test]
fn a_document_that_cannot_be_read_is_a_failure_as_a_whole() {
    for fault in faults() {
        let folder = document(&CASES[0], &fault);
        let path = folder.path().join("broken");
        let failure = read::read(&path).expect_err(fault.name);
        assert!(failure.diagnostics.has_errors(), "{}", fault.name);
    }
}
