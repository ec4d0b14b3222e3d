//! Swagger 2.0 in, the one dialect out; and every place leads back to the text.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostics, Moves, Pointer};
use crate::upgrade::upgrade;

/// The upgraded document, what was said, and the moves.
fn run(document: Value) -> (Value, Diagnostics, Moves) {
    let mut diagnostics = Diagnostics::new();
    let root = upgrade(document, &mut diagnostics)
        .expect("a known version")
        .root;
    let moves = diagnostics.take_moves();
    (root, diagnostics, moves)
}

/// A document with one operation, `POST /pets/{id}`.
fn with_operation(operation: &Value, mut root: Value) -> Value {
    root["swagger"] = json!("2.0");
    root["info"] = json!({"title": "t", "version": "1"});
    root["paths"] = json!({"/pets/{id}": {"post": operation}});
    root
}

fn at<'a>(root: &'a Value, pointer: &str) -> &'a Value {
    root.pointer(pointer)
        .unwrap_or_else(|| panic!("nothing at {pointer} in {root:#}"))
}

const OPERATION: &str = "/paths/~1pets~1{id}/post";

#[track_caller]
fn assert_original(moves: &Moves, new: &str, old: &str) {
    let new = Pointer::parse(new).expect("a pointer");
    assert_eq!(moves.original(new).as_str(), old);
}

#[test]
fn definitions_are_schemas() {
    let operation = json!({"responses": {"200": {
        "description": "", "schema": {"$ref": "#/definitions/Pet"}
    }}});
    let pet = json!({
        "type": "object",
        "discriminator": "kind",
        "properties": {
            "kind": {"type": "string", "x-nullable": true},
            "owner": {"$ref": "#/definitions/Pet/properties/kind"}
        }
    });
    let (root, diagnostics, moves) = run(with_operation(
        &operation,
        json!({"definitions": {"Pet": pet}}),
    ));
    let pet = at(&root, "/components/schemas/Pet");
    assert_eq!(pet["discriminator"], json!({"propertyName": "kind"}));
    assert_eq!(pet["properties"]["kind"]["nullable"], json!(true));
    assert_eq!(
        pet["properties"]["owner"]["$ref"],
        "#/components/schemas/Pet/properties/kind"
    );
    let schema = format!("{OPERATION}/responses/200/content/application~1json/schema");
    assert_eq!(
        at(&root, &schema),
        &json!({"$ref": "#/components/schemas/Pet"})
    );
    assert_original(
        &moves,
        &schema,
        &format!("{OPERATION}/responses/200/schema"),
    );
    assert_original(
        &moves,
        "/components/schemas/Pet/type",
        "/definitions/Pet/type",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

/// An operation with a parameter of every kind.
fn parameters() -> Value {
    json!({
        "parameters": [
            {"name": "b", "in": "body", "schema": {"type": "string"}},
            {"name": "id", "in": "path", "required": true, "type": "integer", "format": "int64"},
            {"name": "csv", "in": "query", "type": "array", "items": {"type": "string"}},
            {"name": "multi", "in": "query", "type": "array", "items": {"type": "string"},
             "collectionFormat": "multi"},
            {"name": "ssv", "in": "query", "type": "array", "items": {"type": "string"},
             "collectionFormat": "ssv"},
            {"name": "pipes", "in": "query", "type": "array", "items": {"type": "string"},
             "collectionFormat": "pipes"},
            {"name": "tsv", "in": "query", "type": "array", "items": {"type": "string"},
             "collectionFormat": "tsv"},
            {"name": "h", "in": "header", "type": "array", "items": {"type": "string"}},
            {"name": "e", "in": "query", "type": "string", "enum": ["a"], "default": "a",
             "x-enum-varnames": ["A"], "x-example": "a", "allowEmptyValue": true}
        ],
        "responses": {"default": {"description": ""}}
    })
}

#[test]
fn parameters_get_schemas_and_styles() {
    let operation = parameters();
    let (root, diagnostics, moves) = run(with_operation(&operation, json!({})));
    let parameter = |index: usize| at(&root, &format!("{OPERATION}/parameters/{index}")).clone();
    assert_eq!(
        parameter(0),
        json!({"name": "id", "in": "path", "required": true,
               "schema": {"type": "integer", "format": "int64"}})
    );
    let styles: Vec<(Value, Value)> = (1..7)
        .map(|index| {
            (
                parameter(index)["style"].clone(),
                parameter(index)["explode"].clone(),
            )
        })
        .collect();
    let expected = [
        ("form", false),
        ("form", true),
        ("spaceDelimited", false),
        ("pipeDelimited", false),
        ("form", false),
        ("simple", false),
    ];
    assert_eq!(
        styles,
        expected.map(|(style, explode)| (json!(style), json!(explode)))
    );
    assert_eq!(
        parameter(7),
        json!({"name": "e", "in": "query", "allowEmptyValue": true, "example": "a",
               "schema": {"type": "string", "enum": ["a"], "default": "a", "x-enum-varnames": ["A"]}})
    );
    // The body went, so the others moved up.
    let new = format!("{OPERATION}/parameters/7/schema/enum");
    assert_original(&moves, &new, &format!("{OPERATION}/parameters/8/enum"));
    assert_original(
        &moves,
        &format!("{OPERATION}/requestBody"),
        &format!("{OPERATION}/parameters/0"),
    );
    let places: Vec<String> = diagnostics
        .iter()
        .map(|found| found.pointer.to_string())
        .collect();
    assert_eq!(
        places,
        [format!("#{OPERATION}/parameters/6/collectionFormat")]
    );
}

#[test]
fn bodies_have_the_media_types_that_are_consumed() {
    let body = json!({"name": "b", "in": "body", "required": true, "description": "d",
                      "schema": {"type": "object"}});
    let operation = json!({"consumes": ["application/json", "text/xml"], "parameters": [body],
                           "responses": {"default": {"description": ""}}});
    let (root, ..) = run(with_operation(&operation, json!({})));
    assert_eq!(
        at(&root, &format!("{OPERATION}/requestBody")),
        &json!({"description": "d", "required": true, "content": {
            "application/json": {"schema": {"type": "object"}},
            "text/xml": {"schema": {"type": "object"}}
        }})
    );
    assert!(root.pointer(&format!("{OPERATION}/consumes")).is_none());
}

#[test]
fn forms_are_objects() {
    let operation = json!({
        "consumes": ["multipart/form-data", "application/x-www-form-urlencoded"],
        "parameters": [
            {"name": "n", "in": "formData", "type": "string", "required": true, "description": "d"},
            {"name": "l", "in": "formData", "type": "array", "items": {"type": "string"},
             "collectionFormat": "multi"}
        ],
        "responses": {"default": {"description": ""}}
    });
    let (root, _, moves) = run(with_operation(&operation, json!({})));
    let content = at(&root, &format!("{OPERATION}/requestBody/content"));
    let types: Vec<&String> = content.as_object().expect("an object").keys().collect();
    assert_eq!(
        types,
        ["application/x-www-form-urlencoded", "multipart/form-data"]
    );
    let form = &content["application/x-www-form-urlencoded"];
    assert_eq!(
        form["schema"],
        json!({"type": "object", "required": ["n"], "properties": {
            "n": {"type": "string", "description": "d"},
            "l": {"type": "array", "items": {"type": "string"}}
        }})
    );
    assert_eq!(
        form["encoding"]["l"],
        json!({"style": "form", "explode": true})
    );
    let new =
        format!("{OPERATION}/requestBody/content/multipart~1form-data/schema/properties/l/items");
    assert_original(&moves, &new, &format!("{OPERATION}/parameters/1/items"));

    let mut with_file = operation.clone();
    with_file["parameters"][0]["type"] = json!("file");
    let (root, diagnostics, _) = run(with_operation(&with_file, json!({})));
    let content = at(&root, &format!("{OPERATION}/requestBody/content"));
    let types: Vec<&String> = content.as_object().expect("an object").keys().collect();
    assert_eq!(types, ["multipart/form-data"]);
    let field = &content["multipart/form-data"]["schema"]["properties"]["n"];
    assert_eq!(
        field,
        &json!({"type": "string", "format": "binary", "description": "d"})
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn responses_have_the_media_types_that_are_produced() {
    let operation = json!({
        "produces": ["application/json", "text/csv"],
        "responses": {
            "200": {"description": "", "schema": {"type": "string"},
                    "examples": {"text/csv": "a,b", "text/none": "n"},
                    "headers": {"X-Rate": {"type": "integer", "description": "d"}}},
            "201": {"description": "", "schema": {"type": "file"}},
            "202": {"description": "", "schema": {"type": "string", "format": "binary"}},
            "204": {"description": "none"},
            "4xx": {"$ref": "#/responses/Bad"}
        }
    });
    let root = json!({"responses": {"Bad": {"description": "bad", "schema": {"type": "object"}}}});
    let (root, diagnostics, moves) = run(with_operation(&operation, root));
    let responses = at(&root, &format!("{OPERATION}/responses"));
    assert_eq!(responses["200"]["content"]["text/csv"]["example"], "a,b");
    assert_eq!(responses["200"]["x-examples"], json!({"text/none": "n"}));
    assert_eq!(
        responses["200"]["headers"]["X-Rate"],
        json!({"description": "d", "schema": {"type": "integer"}})
    );
    for status in ["201", "202"] {
        assert_eq!(
            responses[status]["content"],
            json!({"text/csv": {"schema": {"type": "string", "format": "binary"}}})
        );
    }
    assert_eq!(responses["204"], json!({"description": "none"}));
    assert_eq!(
        responses["4xx"],
        json!({"$ref": "#/components/responses/Bad"})
    );
    assert_original(
        &moves,
        "/components/responses/Bad/content/application~1json/schema/type",
        "/responses/Bad/schema/type",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn a_global_response_is_copied_where_the_media_types_differ() {
    let operation =
        json!({"produces": ["text/plain"], "responses": {"200": {"$ref": "#/responses/Ok"}}});
    let root = json!({"responses": {"Ok": {"description": "ok", "schema": {"type": "string"}}}});
    let (root, _, moves) = run(with_operation(&operation, root));
    let content = format!("{OPERATION}/responses/200/content/text~1plain/schema");
    assert_eq!(at(&root, &content), &json!({"type": "string"}));
    assert_original(&moves, &content, "/responses/Ok/schema");
}

#[test]
fn global_parameters_of_every_kind() {
    let operation = json!({
        "parameters": [
            {"$ref": "#/parameters/Body"}, {"$ref": "#/parameters/Alias"}
        ],
        "responses": {"default": {"description": ""}}
    });
    let mut root = with_operation(
        &operation,
        json!({"parameters": {
            "Body": {"name": "b", "in": "body", "schema": {"type": "object"}},
            "Page": {"name": "page", "in": "query", "type": "integer"},
            "Alias": {"$ref": "#/parameters/Page"},
            "Field": {"name": "f", "in": "formData", "type": "string"}
        }}),
    );
    root["paths"]["/form"] = json!({
        "parameters": [{"$ref": "#/parameters/Field"}],
        "post": {"responses": {"default": {"description": ""}}},
        "put": {"consumes": ["text/plain"], "parameters": [{"$ref": "#/parameters/Body"}],
                "responses": {"default": {"description": ""}}}
    });
    let (root, _, moves) = run(root);
    assert_eq!(
        at(&root, &format!("{OPERATION}/requestBody")),
        &json!({"$ref": "#/components/requestBodies/Body"})
    );
    assert_eq!(
        at(&root, &format!("{OPERATION}/parameters")),
        &json!([{"$ref": "#/components/parameters/Page"}])
    );
    assert_eq!(
        at(&root, "/components/parameters/Page/schema/type"),
        "integer"
    );
    let field = "/paths/~1form/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/f";
    assert_eq!(at(&root, field), &json!({"type": "string"}));
    assert_original(&moves, field, "/parameters/Field");
    let copied = "/paths/~1form/put/requestBody/content/text~1plain/schema";
    assert_eq!(at(&root, copied), &json!({"type": "object"}));
    assert_original(&moves, copied, "/parameters/Body/schema");
}

#[test]
fn servers_from_host_base_path_and_schemes() {
    let urls = |root: Value| {
        let operation = json!({"responses": {"default": {"description": ""}}});
        let (root, ..) = run(with_operation(&operation, root));
        let servers = root["servers"].as_array().expect("a list").clone();
        servers
            .iter()
            .map(|server| server["url"].as_str().expect("text").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(urls(json!({})), ["/"]);
    assert_eq!(urls(json!({"basePath": "/v1/"})), ["/v1"]);
    assert_eq!(urls(json!({"host": "a.b"})), ["https://a.b"]);
    assert_eq!(
        urls(json!({"host": "a.b:8", "basePath": "v1", "schemes": ["http", "wss", "https"]})),
        ["https://a.b:8/v1", "http://a.b:8/v1"]
    );
    assert_eq!(
        urls(json!({"host": "http://a.b/x", "basePath": "/y"})),
        ["http://a.b/x/y"]
    );
}

#[test]
fn an_operation_may_speak_another_scheme() {
    let operation = json!({"schemes": ["http"], "responses": {"default": {"description": ""}}});
    let (root, ..) = run(with_operation(
        &operation,
        json!({"host": "a.b", "schemes": ["https"]}),
    ));
    assert_eq!(
        at(&root, &format!("{OPERATION}/servers")),
        &json!([{"url": "http://a.b"}])
    );
}

#[test]
fn security_definitions() {
    let flow = |flow: &str| json!({"type": "oauth2", "flow": flow, "authorizationUrl": "a", "tokenUrl": "t", "scopes": {"s": "d"}});
    let operation =
        json!({"responses": {"default": {"description": ""}}, "security": [{"basic": []}]});
    let (root, diagnostics, moves) = run(with_operation(
        &operation,
        json!({"securityDefinitions": {
            "basic": {"type": "basic", "description": "d"},
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "implicit": flow("implicit"), "password": flow("password"),
            "application": flow("application"), "code": flow("accessCode")
        }}),
    ));
    let schemes = at(&root, "/components/securitySchemes");
    assert_eq!(
        schemes["basic"],
        json!({"type": "http", "scheme": "basic", "description": "d"})
    );
    assert_eq!(
        schemes["key"],
        json!({"type": "apiKey", "in": "header", "name": "X-Key"})
    );
    assert_eq!(
        schemes["implicit"]["flows"],
        json!({"implicit": {"authorizationUrl": "a", "scopes": {"s": "d"}}})
    );
    assert_eq!(
        schemes["password"]["flows"],
        json!({"password": {"tokenUrl": "t", "scopes": {"s": "d"}}})
    );
    assert_eq!(
        schemes["application"]["flows"],
        json!({"clientCredentials": {"tokenUrl": "t", "scopes": {"s": "d"}}})
    );
    assert_eq!(
        schemes["code"]["flows"],
        json!({"authorizationCode": {"authorizationUrl": "a", "tokenUrl": "t", "scopes": {"s": "d"}}})
    );
    assert_original(
        &moves,
        "/components/securitySchemes/code/flows/authorizationCode/tokenUrl",
        "/securityDefinitions/code/tokenUrl",
    );
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
}

#[test]
fn references_to_other_places_are_replaced_by_what_they_name() {
    let operation = json!({
        "parameters": [{"$ref": "#/paths/~1other/get/parameters/0"}],
        "responses": {"default": {"description": ""}}
    });
    let mut root = with_operation(&operation, json!({}));
    root["paths"]["/other"] = json!({"get": {
        "parameters": [{"name": "q", "in": "query", "type": "strin"}],
        "responses": {"default": {"description": ""}}
    }});
    let (root, diagnostics, moves) = run(root);
    assert_eq!(at(&root, &format!("{OPERATION}/parameters/0/name")), "q");
    let new = format!("{OPERATION}/parameters/0/schema/type");
    assert_original(&moves, &new, "/paths/~1other/get/parameters/0/type");
    for diagnostic in &diagnostics {
        assert_eq!(
            diagnostic.pointer.as_str(),
            "/paths/~1other/get/parameters/0/type"
        );
    }
    assert_eq!(diagnostics.len(), 2);
}

#[test]
fn an_older_version_is_refused() {
    let mut diagnostics = Diagnostics::new();
    assert!(upgrade(json!({"swagger": "1.2"}), &mut diagnostics).is_none());
    assert!(diagnostics.has_errors());
}
