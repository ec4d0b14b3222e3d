//! No text of a document breaks a crate: each character that no comment, no literal or no manifest
//! may hold, in each place that has words, in one document; the crate is compiled, linted and
//! documented without a warning.

mod workspace;

use std::path::Path;

use clientsmith::config::Config;
use clientsmith::emit::{Placement, RuntimeSource};
use clientsmith::read::{Document, Sources};
use clientsmith::{diagnostic::Diagnostics, generate, write};
use clientsmith_tests::{repository, write_workspace};
use serde_json::{Map, Value, json};
use workspace::cargo;

/// Carriage returns alone and before a line's end, other ends of lines, control characters of both
/// sets, byte-order marks, and what turns the direction of a text.
const HOSTILE: [&str; 28] = [
    "\r",
    "\r\n",
    "\n\r",
    "\r\r\n",
    "\0",
    "\u{1}",
    "\u{7}",
    "\u{8}",
    "\t",
    "\u{b}",
    "\u{c}",
    "\u{1b}[31m",
    "\u{1f}",
    "\u{7f}",
    "\u{80}",
    "\u{85}",
    "\u{9f}",
    "\u{ad}",
    "\u{200b}",
    "\u{200e}",
    "\u{2028}",
    "\u{2029}",
    "\u{202a}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{feff}",
    "\u{fffe}",
];

/// Words with the character at their start, in their midst, as a paragraph and at their end.
fn words(hostile: &str) -> String {
    format!(
        "{hostile}Some{hostile}words, `co{hostile}de`.\n\n{hostile}\n- an item{hostile}with more{hostile}"
    )
}

fn operation(hostile: &str, index: usize) -> Value {
    let text = words(hostile);
    let schema = json!({
        "title": text, "description": text, "type": "object", "required": [format!("k{hostile}y")],
        "externalDocs": {"url": format!("https://a.example/{hostile}<b>"), "description": format!("N{hostile}](x)")},
        "example": {format!("k{hostile}y"): text},
        "properties": {
            format!("k{hostile}y"): {"type": "string", "title": text, "description": text, "example": text,
                "pattern": format!("^[{hostile}a]*$")},
            "with_default": {"type": "string", "default": text, "description": text, "deprecated": true,
                "x-deprecated-reason": text},
            "choice": {"type": "string", "enum": [format!("a{hostile}b"), "c"], "description": text,
                "x-enum-descriptions": [text, text], "x-enum-varnames": [format!("A{hostile}B"), "C"]},
            "union": {"oneOf": [{"title": text, "type": "string", "description": text},
                {"title": format!("N{hostile}"), "type": "integer", "description": text}]},
        },
    });
    let content = json!({"application/json": {"schema": schema, "examples": {"one": {"summary": text, "description": text, "value": {format!("k{hostile}y"): text}}}}});
    json!({"post": {
        "operationId": format!("send {index}"), "summary": text, "description": text, "deprecated": index.is_multiple_of(2),
        "tags": [format!("tag{hostile}{index}")], "externalDocs": {"url": format!("https://a.example/(`{hostile}`)>[x](y)\\"), "description": text},
        "parameters": [
            {"name": "q", "in": "query", "description": text, "example": text, "schema": {"type": "string", "default": text}},
            {"name": format!("w{hostile}q"), "in": "query", "description": text, "deprecated": true, "schema": {"type": "string"}},
        ],
        "requestBody": {"description": text, "required": true, "content": content},
        "responses": {
            "200": {"description": text, "content": content, "headers": {"X-One": {"description": text, "schema": {"type": "string", "description": text}}}},
            "400": {"description": text, "content": {"application/json": {"schema": {"type": "object", "description": text, "properties": {"e": {"type": "string"}}}}}},
        },
    }})
}

fn document() -> Value {
    let all = words(&HOSTILE.concat());
    let mut paths = Map::new();
    let mut tags = Vec::new();
    let mut schemas = Map::new();
    for (index, hostile) in HOSTILE.iter().enumerate() {
        paths.insert(format!("/c{index}"), operation(hostile, index));
        let text = words(hostile);
        tags.push(
            json!({"name": format!("tag{hostile}{index}"), "description": text,
            "externalDocs": {"url": "https://a.example", "description": text}}),
        );
        schemas.insert(
            format!("Named {index} {hostile}"),
            json!({"type": "string", "title": text, "description": text, "enum": ["a", text]}),
        );
    }
    json!({
        "openapi": "3.0.3",
        "info": {"title": HOSTILE.concat() + "Prose", "version": format!("1{}", HOSTILE.concat()),
            "description": all, "termsOfService": all, "summary": all,
            "contact": {"name": all, "url": "https://a.example", "email": all},
            "license": {"name": all, "url": "https://a.example"}},
        "externalDocs": {"url": "https://a.example", "description": all},
        "servers": [{"url": "https://{region}.example", "description": all,
            "variables": {"region": {"default": "eu", "enum": ["eu", "us"], "description": all}}}],
        "tags": tags, "paths": paths,
        "security": [{"key": []}],
        "components": {"schemas": schemas, "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": all}}},
    })
}

#[test]
fn no_character_in_any_text_breaks_a_crate() {
    let temporary = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let root = temporary.join("prose");
    let document = Document {
        root: document(),
        sources: Sources::of_text("prose.json", "{}"),
        diagnostics: Diagnostics::new(),
    };
    let placement = Placement {
        runtime: RuntimeSource::Path(repository().join("runtime").display().to_string()),
        document: format!("prose{}.json", HOSTILE.concat()),
    };
    let generated = generate(document, &Config::named("prose-client"), &placement);
    let errors = generated.diagnostics.counts().errors;
    assert_eq!(errors, 0, "{:?}", generated.diagnostics);
    let tree = generated.tree.expect("a crate");
    // What the tests are played by is data: JSON says any character as it is.
    let texts = tree
        .iter()
        .filter(|(path, _)| Path::new(path.as_str()).extension() != Some("json".as_ref()));
    for (path, text) in texts {
        let bad = text.chars().find(|c| {
            matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
                || (c.is_control() && !matches!(c, '\n'))
        });
        assert_eq!(bad, None, "{}", path.as_str());
    }
    write::write(&root.join("prose-client"), &tree).unwrap();
    write_workspace(&root, ["prose-client"].into_iter());
    let target = temporary.parent().unwrap();
    for arguments in [
        &["clippy", "--all-targets", "--", "-D", "warnings"][..],
        &["doc", "--no-deps"],
    ] {
        let run = cargo(&root, target, "the crate", arguments);
        run.unwrap_or_else(|said| panic!("{said}"));
    }
}
