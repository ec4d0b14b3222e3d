//! From pointers back to lines and columns.

use super::{good, pointer};
use crate::diagnostic::Pointer;
use crate::read::Sources;

/// What is marked, with its line and column.
fn marked<'a>(sources: &'a Sources, at: &str) -> (&'a str, usize, usize) {
    let location = sources.locate(&pointer(at));
    (
        &sources.text(&location)[location.span.clone()],
        location.line,
        location.column,
    )
}

const YAML: &str = "\
# A document.
openapi: 3.1.0
paths:
  /tokens/{id}:
    get:
      tags: [a, 'b c']
      parameters:
        - name: cursor
          in: query
        - &limit
          name: limit
        - *limit
      200: {x: 1}
  \"/ä~b\": &shared
    put: {}
  /other:
    <<: *shared
    ? [a, b]
    : {post: 1}
    delete: ü
";

#[test]
fn yaml() {
    let sources = Sources::of_text("a.yaml", YAML);
    let cases = [
        ("#", ("openapi: 3.1.0", 2, 1)),
        ("#/openapi", ("openapi", 2, 1)),
        ("#/paths/~1tokens~1{id}", ("/tokens/{id}", 4, 3)),
        ("#/paths/~1tokens~1{id}/get", ("get", 5, 5)),
        ("#/paths/~1tokens~1{id}/get/tags/0", ("a", 6, 14)),
        ("#/paths/~1tokens~1{id}/get/tags/1", ("'b c'", 6, 17)),
        (
            "#/paths/~1tokens~1{id}/get/parameters/0",
            ("name: cursor", 8, 11),
        ),
        ("#/paths/~1tokens~1{id}/get/parameters/0/in", ("in", 9, 11)),
        (
            "#/paths/~1tokens~1{id}/get/parameters/1/name",
            ("name", 11, 11),
        ),
        ("#/paths/~1tokens~1{id}/get/200/x", ("x", 13, 13)),
        ("#/paths/~1ä~0b/put", ("put", 15, 5)),
        ("#/paths/~1other/delete", ("delete", 20, 5)),
        // An alias, what a merge key brings, and what is not there: the nearest thing above.
        (
            "#/paths/~1tokens~1{id}/get/parameters/2/name",
            ("*limit", 12, 11),
        ),
        ("#/paths/~1other/put", ("/other", 16, 3)),
        ("#/paths/~1tokens~1{id}/get/responses/200", ("get", 5, 5)),
        ("#/nothing/at/all", ("openapi: 3.1.0", 2, 1)),
        ("#/paths/~1tokens~1{id}/get/tags/7", ("tags", 6, 7)),
    ];
    for (at, expected) in cases {
        assert_eq!(marked(&sources, at), expected, "{at}");
    }
}

#[test]
fn line_ends_of_windows_and_characters_of_many_bytes() {
    let text = YAML
        .replace('\n', "\r\n")
        .replace("A document", &"ü🌾".repeat(300));
    let sources = Sources::of_text("a.yaml", text);
    assert_eq!(
        marked(&sources, "#/paths/~1other/delete"),
        ("delete", 20, 5)
    );
    assert_eq!(marked(&sources, "#/paths/~1ä~0b/put"), ("put", 15, 5));
    assert_eq!(
        marked(&sources, "#/paths/~1tokens~1{id}/get/parameters/0"),
        ("name: cursor", 8, 11)
    );
}

#[test]
fn json() {
    let text = "{\n  \"a\\/b\": {\"x\": [1, \"two, {\", {\"y\": null}, [true]]},\n  \"ü\\\"\": -1.5e3,\n  \"a\": 1, \"a\": 2\n}\n";
    let sources = Sources::of_text("a.json", text);
    let cases = [
        ("#/a~1b", ("\"a\\/b\"", 2, 3)),
        ("#/a~1b/x/0", ("1", 2, 18)),
        ("#/a~1b/x/1", ("\"two, {\"", 2, 21)),
        ("#/a~1b/x/2", ("{\"y\": null}, [true]]},", 2, 31)),
        ("#/a~1b/x/2/y", ("\"y\"", 2, 32)),
        ("#/a~1b/x/3/0", ("true", 2, 45)),
        ("#/ü\"", ("\"ü\\\"\"", 3, 3)),
        ("#/a", ("\"a\"", 4, 11)),
        ("#/b", ("{", 1, 1)),
    ];
    for (at, expected) in cases {
        assert_eq!(marked(&sources, at), expected, "{at}");
    }
}

#[test]
fn every_pointer_of_a_document_is_found_in_both_formats() {
    let document = good(
        "a.yaml",
        YAML.replace("    ? [a, b]\n    : {post: 1}\n", "").as_str(),
    );
    let json = serde_json::to_string_pretty(&document.root).unwrap();
    let in_json = Sources::of_text("a.json", json);
    let mut pointers = Vec::new();
    collect(&document.root, &Pointer::root(), &mut pointers);
    assert!(pointers.len() > 20);
    for at in pointers {
        let last = at.segments().last().unwrap().into_owned();
        for sources in [&in_json, &document.sources] {
            let location = sources.locate(&at);
            let marked = &sources.text(&location)[location.span.clone()];
            let behind_alias =
                at.as_str().contains("parameters/2/") || at.as_str().ends_with("other/put");
            let is_item = last.parse::<usize>().is_ok_and(|index| index < 10);
            let in_json = sources.text(&location).starts_with('{');
            if !is_item && (in_json || !behind_alias) {
                assert!(marked.trim_matches('"') == last, "{at}: {marked}");
            }
        }
    }
}

fn collect(value: &serde_json::Value, at: &Pointer, pointers: &mut Vec<Pointer>) {
    if let Some(members) = value.as_object() {
        for (key, value) in members {
            pointers.push(at.key(key));
            collect(value, &at.key(key), pointers);
        }
    }
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        pointers.push(at.index(index));
        collect(value, &at.index(index), pointers);
    }
}

#[test]
fn texts_that_are_no_documents_are_answered() {
    for text in [
        "", "\u{FEFF}", "{", "{\"", "[\"\\", "a: [", "\t", "ä", "- - -", "? ?", "}", "]", "{:",
        "1", "\r",
    ] {
        for name in ["a.json", "a.yaml"] {
            let sources = Sources::of_text(name, text);
            for at in ["#", "#/a", "#/0/0", "#/x-clientsmith-files/x"] {
                let location = sources.locate(&pointer(at));
                assert!(sources.text(&location).get(location.span.clone()).is_some());
                assert!(location.line >= 1 && location.column >= 1);
            }
        }
    }
}
