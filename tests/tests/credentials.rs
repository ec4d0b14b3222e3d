//! What becomes of credentials before any code is made: declared by the configuration, repeated by
//! parameters, and defined without being asked for.

use clientsmith::config::Config;
use clientsmith::diagnostic::Diagnostics;
use clientsmith::model::Api;
use serde_json::{Value, json};

/// The model of a document with these operations and schemes, and what is said of it.
fn model(config: &str, root: &Value) -> (Option<Api>, Vec<String>) {
    let config = Config::parse(&format!("crate = \"acme-client\"\n{config}")).unwrap();
    let mut diagnostics = Diagnostics::new();
    let model = clientsmith::model(root.clone(), &config, &mut diagnostics);
    let said = diagnostics
        .iter()
        .map(|one| format!("{}: {}", one.code, one.message));
    let said = said.collect();
    (model.map(|model| model.api), said)
}

#[expect(clippy::needless_pass_by_value, reason = "given as it is made")]
fn document(schemes: Value, security: Option<Value>, operations: &[Value]) -> Value {
    let paths = operations.iter().enumerate().map(|(index, parameters)| {
        let operation = json!({
            "parameters": parameters, "responses": {"204": {"description": "."}}
        });
        (format!("/p{index}"), json!({ "get": operation }))
    });
    let paths: serde_json::Map<String, Value> = paths.collect();
    let mut document = json!({
        "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": paths,
        "components": {"securitySchemes": schemes, "parameters": {
            "Key": {"name": "X-Key", "in": "header", "required": true, "schema": {"type": "string"}}
        }}
    });
    if let Some(security) = security {
        document["security"] = security;
    }
    document
}

/// The parameters of all operations, `!` at those that have to be given.
fn parameters(api: &Api) -> Vec<Vec<String>> {
    let parameters = api.operations.iter().map(|operation| {
        let one = operation.parameters.iter().map(|parameter| {
            let mark = if parameter.required { "!" } else { "" };
            format!("{mark}{}", parameter.wire)
        });
        one.collect()
    });
    parameters.collect()
}

fn token(place: &str, name: &str) -> Value {
    json!({"name": name, "in": place, "required": true, "schema": {"type": "string"}})
}

fn bearer() -> Value {
    json!({"Bearer": {"type": "oauth2", "flows": {}}})
}

#[test]
fn a_key_that_many_operations_repeat_is_spoken_of_once() {
    let schemes = json!({
        "Key": {"type": "apiKey", "in": "header", "name": "x-key"},
        "Cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
        "Query": {"type": "apiKey", "in": "query", "name": "k"}
    });
    let shared = json!({"$ref": "#/components/parameters/Key"});
    let security = json!([{"Key": [], "Cookie": []}, {"Query": []}]);
    let document = document(
        schemes,
        Some(security),
        &[
            json!([shared, token("query", "n")]),
            json!([shared, token("cookie", "sid")]),
            json!([
                token("query", "k"),
                token("query", "K"),
                token("header", "k")
            ]),
        ],
    );
    let (api, said) = model("", &document);
    assert_eq!(
        parameters(&api.unwrap()),
        [vec!["!n"], vec![], vec!["!K", "!k"]]
    );
    assert_eq!(
        said,
        [
            "repeated-credential: the cookie parameter `sid` is the credential `Cookie`, which the \
             client sends; it is no argument",
            "repeated-credential: the header parameter `X-Key` of 2 operations is the credential \
             `Key`, which the client sends; it is no argument",
            "repeated-credential: the query parameter `k` is the credential `Query`, which the \
             client sends; it is no argument",
        ]
    );
}

#[test]
fn a_token_beside_a_bearer_token_need_not_be_given() {
    let security = || Some(json!([{"Bearer": []}]));
    // Where nearly every operation has it, in the header or the query.
    let operations = [
        json!([token("query", "token"), token("query", "channel")]),
        json!([token("header", "token")]),
        json!([token("header", "token")]),
    ];
    let (api, said) = model("", &document(bearer(), security(), &operations));
    assert_eq!(
        parameters(&api.unwrap()),
        [vec!["token", "!channel"], vec!["token"], vec!["token"]]
    );
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said.iter()
            .any(|one| one.contains("header parameter `token` of 2 operations")),
        "{said:?}"
    );

    // In one query of several it is what the operation is about; in no query is a number a token.
    let number =
        json!({"name": "token", "in": "header", "required": true, "schema": {"type": "integer"}});
    let operations = [
        json!([token("query", "token")]),
        json!([token("query", "n")]),
        json!([number]),
        json!([]),
    ];
    let (api, said) = model("", &document(bearer(), security(), &operations));
    assert_eq!(
        parameters(&api.unwrap()),
        [vec!["!token"], vec!["!n"], vec!["!token"], vec![]]
    );
    assert!(said.is_empty(), "{said:?}");

    // Without a scheme there is nothing that would be sent.
    let operations = [json!([token("header", "token")])];
    let (api, _) = model("", &document(bearer(), Some(json!([])), &operations));
    assert_eq!(parameters(&api.unwrap()), [["!token"]]);
}

#[test]
fn credentials_that_no_operation_asks_for_are_optional_everywhere() {
    let (api, said) = model("", &document(bearer(), None, &[json!([]), json!([])]));
    for operation in api.unwrap().operations {
        assert_eq!(operation.security, [vec!["Bearer".to_owned()], vec![]]);
    }
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].starts_with("unused-scheme: "), "{said:?}");

    // A document that says anything of it means what it says.
    let mut one = document(bearer(), None, &[json!([]), json!([])]);
    one["paths"]["/p0"]["get"]["security"] = json!([{"Bearer": []}]);
    let (api, said) = model("", &one);
    let security = api
        .unwrap()
        .operations
        .into_iter()
        .map(|one| one.security.len());
    assert_eq!(security.collect::<Vec<_>>(), [1, 0]);
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn the_configuration_declares_and_corrects() {
    let config = "[credentials]\nKey = { type = \"api-key\", name = \"X-Key\" }\n\
                  Bearer = { token-url = \"https://acme.invalid/token\", env = [\"A\", \"B\"] }\n";
    let operations = [json!([token("header", "x-key")])];
    let (api, said) = model(config, &document(bearer(), None, &operations));
    let api = api.unwrap();
    assert_eq!(parameters(&api), [Vec::<String>::new()]);
    assert_eq!(
        api.operations[0].security,
        [["Key"]],
        "what is only corrected is the document's"
    );
    let envs: Vec<_> = api
        .schemes
        .iter()
        .map(|scheme| scheme.env.join(" "))
        .collect();
    assert_eq!(envs, ["A B", "ACME_KEY"]);
    assert_eq!(said.len(), 1, "{said:?}");

    let config = "security = [[\"Key\", \"Bearer\"], []]\n".to_owned() + config;
    let (api, _) = model(&config, &document(bearer(), None, &[json!([])]));
    let security = &api.unwrap().operations[0].security;
    assert_eq!(
        *security,
        [vec!["Key".to_owned(), "Bearer".to_owned()], vec![]]
    );
}

#[test]
fn what_cannot_be_is_said_with_its_line() {
    for (config, said) in [
        (
            "[credentials]\nBaerer = \"A\"",
            "clientsmith.toml:3: the configuration names the credential `Baerer`, which the document lacks: it has `Bearer`",
        ),
        ("security = [[\"Nobody\"]]", "names the credential `Nobody`"),
        (
            "[credentials]\nKey = { type = \"basic\" }\nBearer = { type = \"bearer\" }\n[credentials.Other]\ntype = \"bearer\"\n",
            "",
        ),
        (
            "[credentials]\nBearer = { type = \"basic\" }\nK = { token-url = \"x\" }",
            "names the credential `K`",
        ),
    ] {
        let (_, all) = model(config, &document(bearer(), None, &[json!([])]));
        let errors: Vec<_> = all
            .iter()
            .filter(|one| one.starts_with("invalid-config"))
            .collect();
        assert_eq!(errors.is_empty(), said.is_empty(), "{config}: {all:?}");
        assert!(
            errors.iter().all(|error| error.contains(said)),
            "{config}: {errors:?}"
        );
    }
    for (entry, said) in [
        (
            "K = { type = \"api-key\" }",
            "`type = \"api-key\"` needs `name`",
        ),
        ("K = { type = \"http\" }", "needs `scheme`"),
        (
            "K = { type = \"bearer\", name = \"X\" }",
            "`name` says something of `type = \"api-key\"` only",
        ),
        (
            "K = { type = \"bearer\", token-url = \"X\" }",
            "`token-url` says something of",
        ),
        ("K = { type = \"bear\" }", "bear"),
        ("K = { typ = \"bearer\" }", "typ"),
        (
            "K = 7",
            "an environment variable, a list of them, or a table",
        ),
    ] {
        let refused = Config::parse(&format!("crate = \"a\"\n[credentials]\n{entry}\n"));
        let message = format!("{:?}", refused.unwrap_err());
        assert!(
            message.contains(&said.replace('"', "\\\"")),
            "{entry}: {message}"
        );
        assert!(message.contains("line 3"), "{entry}: {message}");
    }
}
