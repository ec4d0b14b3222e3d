//! Large and deep documents: a crate grows as its document does, and no stack is too small for what
//! the reader lets in.

use std::fmt::Write as _;
use std::fs;

use clientsmith::config::Config;
use clientsmith::diagnostic::Code;
use clientsmith::emit::{Placement, RuntimeSource};
use clientsmith::{Generated, read};
use clientsmith_tests::large;
use serde_json::{Value, json};

fn generate(root: &Value) -> Generated {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.json");
    fs::write(&path, root.to_string()).unwrap();
    let document = read::read(&path).expect("it can be read");
    let placement = Placement {
        runtime: RuntimeSource::Path("runtime".to_owned()),
        document: "openapi.json".to_owned(),
    };
    clientsmith::generate(document, &Config::named("large-client"), &placement)
}

fn bytes(generated: &Generated) -> usize {
    let tree = generated.tree.as_ref().expect("a crate");
    tree.iter().map(|(_, text)| text.len()).sum()
}

/// One operation that answers with a schema.
fn with_schemas(schemas: &Value) -> Value {
    json!({
        "openapi": "3.0.4",
        "info": {"title": "Deep", "version": "1"},
        "paths": {"/it": {"get": {"responses": {"200": {
            "description": "It.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S0"}}},
        }}}}},
        "components": {"schemas": schemas},
    })
}

#[test]
fn a_crate_grows_as_its_document_does() {
    let small = bytes(&generate(&large::document(240, 60)));
    let large = bytes(&generate(&large::document(960, 240)));
    assert!(large > small * 3, "{small} and {large}");
    assert!(large < small * 5, "{small} and {large}");
}

#[test]
fn chains_of_references_may_be_long() {
    let place = |number: usize| json!({"$ref": format!("#/components/schemas/S{number}")});
    let chain = |length: usize, link: &dyn Fn(usize) -> Value| {
        let mut schemas = serde_json::Map::new();
        for number in 0..length {
            schemas.insert(format!("S{number}"), link(number + 1));
        }
        schemas.insert(
            format!("S{length}"),
            json!({"type": "object", "properties": {"end": {"type": "string"}}}),
        );
        with_schemas(&Value::Object(schemas))
    };
    // The last one merges every link with all behind it.
    let links: [(usize, &dyn Fn(usize) -> Value); 4] = [
        (1000, &place),
        (
            1000,
            &|number| json!({"type": "array", "items": place(number)}),
        ),
        (
            1000,
            &|number| json!({"type": "object", "properties": {"next": place(number)}, "required": ["next"]}),
        ),
        (
            60,
            &|number| json!({"allOf": [place(number), {"type": "object", "properties": {format!("f{}", number % 7): {"type": "string"}}}]}),
        ),
    ];
    for (length, link) in links {
        let generated = generate(&chain(length, link));
        assert!(generated.tree.is_some(), "{:?}", generated.diagnostics);
    }
}

#[test]
fn whatever_depth_the_reader_takes_is_generated() {
    // Each wrapper with the levels that it adds.
    let wrappers: [(&str, &str, usize); 4] = [
        ("{\"type\":\"object\",\"properties\":{\"p\":", "}}", 2),
        ("{\"type\":\"array\",\"items\":", "}", 1),
        ("{\"oneOf\":[", ",{\"type\":\"string\"}]}", 2),
        ("{\"allOf\":[", "]}", 2),
    ];
    for (open, close, levels) in wrappers {
        // The document, `components` and `schemas` stand around it, the innermost schema in it.
        let count = (read::MAX_DEPTH - 4) / levels;
        let nested = |count: usize| {
            let mut text = open.repeat(count);
            let _ = write!(text, "{{\"type\":\"integer\"}}{}", close.repeat(count));
            text
        };
        let schema: Value = serde_json::from_str(&nested(count)).unwrap();
        let generated = generate(&with_schemas(&json!({ "S0": schema })));
        assert!(generated.tree.is_some(), "{:?}", generated.diagnostics);

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("openapi.json");
        fs::write(&path, format!("{{\"x\":{}}}", nested(read::MAX_DEPTH))).unwrap();
        let failure = read::read(&path).expect_err("it is too deep");
        let codes: Vec<_> = failure.diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, [Code::TooDeep]);
    }
}
