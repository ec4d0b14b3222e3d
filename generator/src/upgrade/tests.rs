//! What 3.1 and 3.2 say in other words, and what real documents get wrong.

use serde_json::{Value, json};

use super::{Upgraded, upgrade};
use crate::diagnostic::{Diagnostics, Severity};

fn run(document: Value) -> (Upgraded, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let upgraded = upgrade(document, &mut diagnostics).expect("a known version");
    (upgraded, diagnostics)
}

/// One schema, and the warnings' places below it.
#[track_caller]
fn schema(written: &Value) -> (Value, Vec<String>) {
    let document =
        json!({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"S": written}}});
    let (upgraded, diagnostics) = run(document);
    let places = diagnostics.iter().map(|found| {
        let place = found.pointer.as_str();
        place
            .strip_prefix("/components/schemas/S")
            .unwrap_or(place)
            .to_owned()
    });
    (
        upgraded.root["components"]["schemas"]["S"].clone(),
        places.collect(),
    )
}

/// An operation in a document that says what else is given.
fn operation(written: &Value, mut root: Value) -> (Value, Diagnostics) {
    if root.get("openapi").is_none() {
        root["openapi"] = json!("3.0.3");
    }
    root["paths"] = json!({"/a/{b}": {"get": written}});
    let (upgraded, diagnostics) = run(root);
    (upgraded.root["paths"]["/a/{b}"]["get"].clone(), diagnostics)
}

fn places(diagnostics: &Diagnostics, severity: Severity) -> Vec<String> {
    let found = diagnostics
        .iter()
        .filter(|found| found.severity == severity);
    found
        .map(|found| {
            let place = found.pointer.as_str();
            place
                .strip_prefix("/paths/~1a~1{b}/get")
                .unwrap_or(place)
                .to_owned()
        })
        .collect()
}

#[test]
fn what_is_no_reference_is_shown_in_short() {
    let long = json!({"$ref": {"type": "string", "description": "a".repeat(1000)}});
    let document = json!({"openapi": "3.1.0", "components": {"schemas": {"S": long}}});
    let (_, diagnostics) = run(document);
    let found = diagnostics
        .iter()
        .find(|found| found.severity == Severity::Error);
    let message = &found.expect("an error").message;
    assert!(message.starts_with("{\"type\":\"string\""), "{message}");
    assert!(message.len() < 120, "{message}");
}

#[test]
fn constants_of_any_type() {
    assert_eq!(schema(&json!({"const": "a"})).0, json!({"enum": ["a"]}));
    assert_eq!(
        schema(&json!({"const": "a", "enum": ["a", "b"]})).0,
        json!({"enum": ["a"]})
    );
    assert_eq!(
        schema(&json!({"const": null})).0,
        json!({"x-clientsmith-null": true})
    );
    assert_eq!(
        schema(&json!({"const": {"a": 1}})).0,
        json!({"type": "object", "x-clientsmith-prose": ["always `{\"a\":1}`"]})
    );
}

#[test]
fn of_two_bounds_the_stricter_counts() {
    let bounds = |written: Value| schema(&written).0;
    assert_eq!(
        bounds(json!({"exclusiveMinimum": 1, "minimum": 0})),
        json!({"exclusiveMinimum": true, "minimum": 1})
    );
    assert_eq!(
        bounds(json!({"exclusiveMinimum": 1, "minimum": 5})),
        json!({"minimum": 5})
    );
    assert_eq!(
        bounds(json!({"exclusiveMaximum": 9, "maximum": 5})),
        json!({"maximum": 5})
    );
    let old = json!({"exclusiveMaximum": true, "maximum": 5});
    assert_eq!(bounds(old.clone()), old);
}

#[test]
fn content_of_strings() {
    let format = |written: Value| schema(&written).0["format"].clone();
    assert_eq!(
        format(json!({"type": "string", "contentEncoding": "base64"})),
        "byte"
    );
    assert_eq!(
        format(json!({"type": "string", "contentMediaType": "image/png"})),
        "binary"
    );
    assert_eq!(
        format(json!({"type": "string", "contentMediaType": "application/json"})),
        Value::Null
    );
    let encoded =
        json!({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"});
    assert_eq!(format(encoded), "byte");
}

#[test]
fn pattern_properties_are_values_of_a_map() {
    let one = json!({"type": "object", "patternProperties": {"^x": {"type": "integer"}}});
    assert_eq!(
        schema(&one).0,
        json!({"type": "object", "additionalProperties": {"anyOf": [{"type": "integer"}, {}]},
               "x-clientsmith-prose": ["other keys match `^x`"]})
    );
    let several = json!({"patternProperties": {"^x": {"type": "integer"}, "^y": {"type": "strin"}},
                         "additionalProperties": {"type": "boolean"}});
    let (several, places) = schema(&several);
    assert_eq!(
        several["additionalProperties"]["anyOf"]
            .as_array()
            .map(Vec::len),
        Some(3)
    );
    assert_eq!(places.len(), 1, "{places:?}");
    let closed = json!({"patternProperties": {"^x": {"$ref": "#/components/schemas/S"}},
                        "additionalProperties": false});
    assert_eq!(
        schema(&closed).0["additionalProperties"],
        json!({"$ref": "#/components/schemas/S"})
    );
    let open =
        json!({"patternProperties": {"^x": {"type": "integer"}}, "additionalProperties": true});
    assert_eq!(
        schema(&open).0["additionalProperties"],
        json!({"anyOf": [{"type": "integer"}, {}]})
    );
    for (pattern, is_open) in [
        ("^.*$", false),
        (".+", false),
        ("^.$", true),
        ("^[a-z]+$", true),
    ] {
        let any = schema(&json!({"patternProperties": {pattern: {"type": "integer"}}})).0;
        let is_union = any["additionalProperties"].get("anyOf").is_some();
        assert_eq!(is_union, is_open, "{pattern}");
    }
}

#[test]
fn a_diagnostic_in_a_pattern_names_the_pattern() {
    let (_, places) =
        schema(&json!({"patternProperties": {"^x": {"type": "integer", "minimum": []}}}));
    assert_eq!(places, ["/patternProperties/^x/minimum"]);
}

#[test]
fn booleans_where_schemas_stand() {
    let (upgraded, places) = schema(&json!({
        "properties": {"any": true, "none": false},
        "oneOf": [{"type": "string"}, false],
        "not": false,
        "items": true,
        "unevaluatedProperties": {"type": "string"}
    }));
    assert_eq!(
        upgraded,
        json!({
            "properties": {"any": {}},
            "oneOf": [{"type": "string"}],
            "items": {},
            "additionalProperties": {"type": "string"},
            "x-clientsmith-prose": ["without a field `none`"]
        })
    );
    assert!(places.is_empty(), "{places:?}");
}

#[test]
fn anchors_and_definitions_within_schemas() {
    let document = json!({"openapi": "3.1.0", "paths": {}, "components": {"schemas": {
        "A": {"$defs": {"d": {"$anchor": "named", "type": "string"}},
              "properties": {"by_anchor": {"$ref": "#named"},
                             "by_pointer": {"$ref": "#/components/schemas/A/$defs/d"},
                             "dynamic": {"$dynamicRef": "#named"}}}
    }}});
    let (upgraded, diagnostics) = run(document);
    let place = "#/components/schemas/A/$defs/d";
    let properties = &upgraded.root["components"]["schemas"]["A"]["properties"];
    for name in ["by_anchor", "by_pointer", "dynamic"] {
        assert_eq!(properties[name], json!({"$ref": place}), "{name}");
    }
    assert!(upgraded.loose_schemas.contains(place));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn examples_are_kept() {
    let (upgraded, _) = schema(&json!({"type": "string", "examples": ["a", "b"]}));
    assert_eq!(upgraded["example"], "a");
    assert_eq!(upgraded["x-clientsmith-examples"], json!(["b"]));
}

#[test]
fn near_misses_of_types() {
    let (upgraded, places) = schema(&json!({"properties": {
        "a": {"type": "String"}, "b": {"type": "datetime"}, "c": {"type": "Frob"}, "d": {"type": "file"}
    }}));
    assert_eq!(
        upgraded["properties"],
        json!({"a": {"type": "string"}, "b": {"type": "string", "format": "date-time"}, "c": {},
               "d": {"type": "string", "format": "binary"}})
    );
    assert_eq!(
        places,
        [
            "/properties/a/type",
            "/properties/b/type",
            "/properties/c/type"
        ]
    );
}

#[test]
fn path_items_from_components() {
    let (upgraded, diagnostics) = run(json!({
        "openapi": "3.1.0",
        "paths": {"/a": {"$ref": "#/components/pathItems/A", "description": "mine"}},
        "components": {"pathItems": {"A": {"get": {"responses": {"200": {"description": 1}}}}}}
    }));
    let item = &upgraded.root["paths"]["/a"];
    assert_eq!(item["description"], "mine");
    assert_eq!(item["get"]["responses"]["200"]["description"], "1");
    // What is wrong with the copy is wrong where it was copied from.
    let places: Vec<&str> = diagnostics
        .iter()
        .map(|found| found.pointer.as_str())
        .collect();
    assert_eq!(
        places,
        ["/components/pathItems/A/get/responses/200/description"]
    );
}

/// How grave each finding is, and its place, in order.
fn said(diagnostics: &Diagnostics) -> Vec<(Severity, &str)> {
    let mut found: Vec<_> = diagnostics
        .iter()
        .map(|found| (found.severity, found.pointer.as_str()))
        .collect();
    found.sort_unstable();
    found
}

#[test]
fn what_3_2_adds() {
    let (upgraded, diagnostics) = run(json!({
        "openapi": "3.2.0",
        "servers": [{"url": "https://a", "name": "main"}],
        "tags": [{"name": "t", "summary": "s", "parent": "p", "kind": "nav"}],
        "paths": {"/a": {
            "query": {"security": [{"m": []}], "responses": {"200": {"content": {
                "application/jsonl": {"$ref": "#/components/mediaTypes/Lines"}
            }}}},
            "get": {"parameters": [{"name": "all", "in": "querystring", "content": {
                "application/x-www-form-urlencoded": {"schema": {"type": "object"}}
            }}], "responses": {}}
        }},
        "webhooks": {"w": {}},
        "components": {
            "mediaTypes": {"Lines": {"itemSchema": {"const": 1}}},
            "securitySchemes": {"m": {"type": "mutualTLS"},
                                "d": {"type": "oauth2", "flows": {"deviceAuthorization": {}}}},
            "schemas": {"U": {"discriminator": {"propertyName": "k", "defaultMapping": "O"}}}
        }
    }));
    let root = &upgraded.root;
    assert_eq!(root["servers"][0]["x-clientsmith-name"], "main");
    assert_eq!(
        root["tags"][0],
        json!({"name": "t", "description": "s", "x-clientsmith-parent": "p", "x-clientsmith-kind": "nav"})
    );
    let item = &root["paths"]["/a"];
    assert_eq!(item["query"]["security"], json!([{}]));
    let lines = &item["query"]["responses"]["200"]["content"]["application/jsonl"];
    assert_eq!(
        lines,
        &json!({"schema": {"enum": [1]}, "x-clientsmith-item-schema": {"enum": [1]}})
    );
    assert_eq!(
        item["get"]["parameters"][0],
        json!({"name": "all", "in": "query", "style": "form", "explode": true,
               "schema": {"type": "object"}})
    );
    assert_eq!(root["components"]["securitySchemes"].get("m"), None);
    let discriminator = &root["components"]["schemas"]["U"]["discriminator"];
    assert_eq!(discriminator["x-clientsmith-default-mapping"], "O");
    let expected = [
        (Severity::Note, "/components/securitySchemes/m"),
        (Severity::Note, "/webhooks"),
    ];
    assert_eq!(said(&diagnostics), expected);
}

#[test]
fn methods_of_any_name() {
    let (upgraded, diagnostics) = run(json!({
        "openapi": "3.2.0",
        "paths": {"/a": {
            "get": {"responses": {}},
            "additionalOperations": {
                "COPY": {"requestBody": {"content": {"a/b": {"schema": {"const": 2}}}},
                         "responses": {}},
                "Post": {"responses": {}},
                "GET": {"responses": {}},
                "TO COPY": {"responses": {}},
                "LOCK": null
            }
        }}
    }));
    // Schemas under any method are brought to one dialect; what has a key of its own moves there.
    let item = &upgraded.root["paths"]["/a"];
    assert_eq!(
        item["additionalOperations"],
        json!({
            "COPY": {"requestBody": {"content": {"a/b": {"schema": {"enum": [2]}}}},
                     "responses": {}},
            "LOCK": {"responses": {}}
        })
    );
    assert_eq!(item["post"], json!({"responses": {}}));
    let expected = [
        (Severity::Error, "/paths/~1a/additionalOperations/GET"),
        (Severity::Error, "/paths/~1a/additionalOperations/TO COPY"),
        (Severity::Warning, "/paths/~1a/additionalOperations/LOCK"),
        (Severity::Warning, "/paths/~1a/additionalOperations/Post"),
    ];
    assert_eq!(said(&diagnostics), expected);
}

#[test]
fn parameters_are_mended() {
    let (repaired, diagnostics) = operation(
        &json!({
            "parameters": [
                {"name": "b"},
                {"name": "p", "in": "Query", "required": "true", "schema": {}, "content": {"a/b": {}}},
                {"name": "h", "in": "header", "style": "form", "type": "integer"},
                {"name": "c", "in": "cookie", "schema": {}, "examples": ["x"], "deprecated": "false"}
            ],
            "responses": {}
        }),
        json!({}),
    );
    assert_eq!(
        repaired["parameters"],
        json!([
            {"name": "b", "in": "path", "schema": {"type": "string"}},
            {"name": "p", "in": "query", "required": true, "schema": {}},
            {"name": "h", "in": "header", "style": "simple", "schema": {"type": "integer"}},
            {"name": "c", "in": "cookie", "schema": {}, "deprecated": false,
             "examples": {"0": {"value": "x"}}}
        ])
    );
    assert!(!diagnostics.has_errors());
    assert_eq!(
        places(&diagnostics, Severity::Warning),
        [
            "/parameters/0",
            "/parameters/0",
            "/parameters/1/required",
            "/parameters/1/in",
            "/parameters/1/content",
            "/parameters/2",
            "/parameters/2/style",
            "/parameters/3/examples",
            "/parameters/3/deprecated",
        ]
    );
}

#[test]
fn operations_are_mended() {
    let (repaired, diagnostics) = operation(
        &json!({
            "tags": "t",
            "security": {},
            "summary": null,
            "externalDocs": {"description": "no url"},
            "requestBody": {"schema": {"type": "string"}},
            "responses": {
                "200": {"headers": {"X": {}}, "content": {"text/plain": null}},
                "201": "created"
            }
        }),
        json!({"servers": [{}, {"url": " https://a "}, "https://b"]}),
    );
    assert_eq!(
        repaired,
        json!({
            "tags": ["t"],
            "security": [],
            "requestBody": {"content": {"application/json": {"schema": {"type": "string"}}}},
            "responses": {
                "200": {"description": "", "headers": {"X": {"schema": {"type": "string"}}},
                        "content": {"text/plain": {}}},
                "201": {"description": "created"}
            }
        })
    );
    assert_eq!(
        places(&diagnostics, Severity::Warning),
        [
            "/servers/0",
            "/servers/2",
            "/tags",
            "/externalDocs",
            "/security",
            "/requestBody/schema",
            "/responses/200",
            "/responses/200/headers/X",
            "/responses/201",
        ]
    );
}

#[test]
fn security_schemes_are_mended() {
    let (upgraded, diagnostics) = run(json!({
        "openapi": "3.0.0",
        "paths": {},
        "components": {"securitySchemes": {
            "bearer": {"type": "bearer"},
            "key": {"type": "apikey", "in": "Header"},
            "other": {"$ref": "#/components/securitySchemes/key"},
            "flows": {"type": "oauth2", "flows": {
                "clientCredentials": {"scopes": {}},
                "authorizationCode": {"tokenUrl": "t", "scopes": {"s": null}}
            }},
            "bare": {"type": "oauth2"}
        }}
    }));
    let schemes = &upgraded.root["components"]["securitySchemes"];
    assert_eq!(
        schemes["bearer"],
        json!({"type": "http", "scheme": "bearer"})
    );
    assert_eq!(
        schemes["key"],
        json!({"type": "apiKey", "in": "header", "name": "key"})
    );
    assert_eq!(schemes["other"]["type"], "apiKey");
    assert_eq!(
        schemes["flows"]["flows"],
        json!({"authorizationCode": {"authorizationUrl": "", "tokenUrl": "t", "scopes": {"s": ""}}})
    );
    assert_eq!(schemes["bare"]["flows"], json!({}));
    assert!(!diagnostics.has_errors());
}

#[test]
fn an_upgraded_document_stays_as_it_is() {
    let document = json!({
        "openapi": "3.0.4",
        "paths": {"/a/{b}": {"get": {"tags": "t", "parameters": [{"name": "b"}]}}},
        "components": {"schemas": {"S": {"type": ["string", "null"], "const": "x"}}}
    });
    let (once, _) = run(document);
    let (twice, diagnostics) = run(once.root.clone());
    assert_eq!(once.root, twice.root);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}
