//! What a stranger reads of a generated crate: its front page, its types by use, the words of each item,
//! and examples with real values. Each document here has one kind of thing to say, in words of its own.

use clientsmith::config::Config;
use clientsmith::diagnostic::{Diagnostics, Severity};
use clientsmith::emit::{Placement, RuntimeSource};
use clientsmith::read::{Document, Sources};
use clientsmith::{Generated, generate};
use serde_json::{Value, json};

fn generated(root: Value) -> Generated {
    let document = Document {
        root,
        sources: Sources::of_text("shop.json", "{}"),
        diagnostics: Diagnostics::new(),
    };
    let placement = Placement {
        runtime: RuntimeSource::Path("../runtime".to_owned()),
        document: "shop.json".to_owned(),
    };
    let generated = generate(document, &Config::named("shop-client"), &placement);
    let errors = generated.diagnostics.counts().errors;
    assert_eq!(errors, 0, "{:?}", generated.diagnostics);
    generated
}

/// All of a crate's sources below a folder, as one text.
fn texts(generated: &Generated, folder: &str) -> String {
    let tree = generated.tree.as_ref().expect("a crate");
    let texts = tree.iter();
    let texts = texts.filter(|(path, _)| path.as_str().starts_with(folder));
    let texts = texts.map(|(_, text)| text);
    texts.collect::<Vec<_>>().join("\n")
}

fn document(paths: &Value, schemas: &Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Shop API", "version": "1", "description": "Sells things."},
        "servers": [{"url": "https://shop.example"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// A document with one operation, which takes a type and answers with it.
fn with_schema(schema: &Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}});
    let put = json!({"put": {
        "operationId": "put", "tags": ["things"],
        "requestBody": {"required": true, "content": content},
        "responses": {"200": {"description": "It.", "content": content}},
    }});
    document(&json!({"/thing": put}), &json!({"Thing": schema}))
}

/// The lines of documentation directly above the first line that has this in it, but for attributes.
fn docs_of(text: &str, item: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let found = lines.iter().position(|line| line.contains(item));
    let at = found.unwrap_or_else(|| panic!("no `{item}` in {text}"));
    let above = lines[..at].iter().rev();
    let docs = above.skip_while(|line| line.starts_with("#["));
    let docs = docs.map_while(|line| line.strip_prefix("///"));
    let mut docs: Vec<String> = docs.map(|line| line.trim().to_owned()).collect();
    docs.reverse();
    docs
}

#[test]
fn words_within_a_schema_that_only_wraps_it_are_not_lost() {
    let number = json!({"type": "number", "description": "How warm it is."});
    let nothing = json!({"type": "null"});
    let named = json!({"type": "object", "properties": {
        "by_any": {"anyOf": [number, nothing]},
        "by_one": {"oneOf": [nothing, number]},
        "by_all": {"allOf": [{"type": "string"}, {"description": "What it says."}]},
        "nested": {"anyOf": [{"oneOf": [number, nothing]}, nothing]},
        "own": {"description": "Its own.", "anyOf": [number, nothing]},
        "blank": {"description": " ", "anyOf": [number, nothing]},
        "listed": {"type": ["number", "null"], "description": "Either."},
        "titled": {"title": "Titled", "anyOf": [number, nothing]},
        "texts": {"anyOf": [
            {"type": "string", "description": "Any name."},
            {"type": "string", "enum": ["a", "b"], "description": "A known one."},
        ]},
        "object": {"anyOf": [
            {"type": "object", "description": "Where it is.", "properties": {"x": {"type": "number"}}}, nothing,
        ]},
        "referred": {"anyOf": [{"$ref": "#/components/schemas/Thing/$defs/Name"}, nothing]},
        "either": {"oneOf": [
            {"type": "array", "items": {"type": "integer"}, "description": "By number."}, {"type": "boolean", "description": "Or not."},
        ]},
    }, "$defs": {"Name": {"type": "string", "description": "What it is called."}}});
    let crates = generated(with_schema(&named));
    let types = texts(&crates, "src/types/");
    for (field, words) in [
        ("by_any", &["How warm it is."][..]),
        ("by_one", &["How warm it is."]),
        ("by_all", &["What it says."]),
        ("nested", &["How warm it is."]),
        ("own", &["Its own."]),
        ("blank", &["How warm it is."]),
        ("listed", &["Either."]),
        ("titled", &["How warm it is."]),
        ("texts", &["Any name.", "", "A known one."]),
        ("object", &["Where it is."]),
        ("referred", &["What it is called."]),
        // Each member says its own.
        ("either", &[]),
    ] {
        assert_eq!(docs_of(&types, &format!("pub {field}:")), words, "{field}");
    }
    assert_eq!(docs_of(&types, "(Vec<i64>),"), ["By number."]);
    assert_eq!(docs_of(&types, "(bool),"), ["Or not."]);
    // A setter says what its field begins with.
    assert_eq!(docs_of(&types, "pub fn by_any("), ["How warm it is."]);
}

#[test]
fn the_most_derived_words_of_a_field_count_and_those_before_it_where_it_has_none() {
    let part = |words: Option<&str>| {
        let mut size = json!({"type": "integer"});
        if let Some(words) = words {
            size["description"] = json!(words);
        }
        json!({"type": "object", "properties": {"size": size}})
    };
    for (first, second, words) in [
        (Some("Old."), Some("New."), &["New."][..]),
        (Some("Old."), None, &["Old."]),
        (None, None, &[]),
    ] {
        let mut narrowed = part(second);
        narrowed["properties"]["size"]["maximum"] = json!(9);
        let crates = generated(with_schema(&json!({"allOf": [part(first), narrowed]})));
        let docs = docs_of(&texts(&crates, "src/types/"), "pub size:");
        let docs: Vec<_> = docs.into_iter().filter(|line| !line.is_empty()).collect();
        let words: Vec<_> = words
            .iter()
            .copied()
            .chain(["Must be at most 9."])
            .collect();
        assert_eq!(docs, words);
    }
}

#[test]
fn nothing_is_said_where_nothing_is_known() {
    let union = json!({"oneOf": [
        {"$ref": "#/components/schemas/Thing/$defs/Small"}, {"type": "integer"}, {"type": "array", "items": {"type": "string"}},
    ]});
    let crates = generated(with_schema(&json!({
        "type": "object", "title": "Thing",
        "properties": {
            "labels_url": {"type": "string"},
            "user_id": {"type": "string", "title": "User Id"},
            "Odd-Name": {"type": "string"},
            "choice": union,
            "state": {"type": "string", "enum": ["open", "Shut"]},
        },
        "$defs": {"Small": {"type": "object", "properties": {"a": {"type": "string"}}}},
    })));
    let types = texts(&crates, "src/types/");
    for item in [
        "pub struct Thing",
        "pub labels_url:",
        "pub user_id:",
        "pub fn labels_url(",
        "pub choice:",
        "Shut,",
    ] {
        assert_eq!(docs_of(&types, item), Vec::<String>::new(), "{item}");
    }
    assert_eq!(docs_of(&types, "pub odd_name:"), ["`Odd-Name` in JSON."]);
    assert_eq!(docs_of(&types, "Open,"), ["`open` on the wire."]);
    for filler in [
        "A member.",
        "The schema at",
        "A whole number.",
        "Sets `",
        "A list.",
    ] {
        assert!(!types.contains(filler), "{filler}\n{types}");
    }
}

#[test]
fn constraints_are_said_of_the_kinds_that_they_are_about() {
    let crates = generated(with_schema(&json!({"type": "object", "properties": {
        "text": {"type": "string", "uniqueItems": true, "minItems": 1, "maximum": 5, "maxLength": 4},
        "number": {"type": "integer", "minLength": 2, "pattern": "^a", "minimum": 3},
        "either": {"type": ["string", "integer"], "maxLength": 4, "minimum": 3},
        "list": {"type": "array", "uniqueItems": true, "maxLength": 3, "items": {"type": "boolean", "minimum": 1}},
        "count": {"type": "integer", "minimum": 0},
        "wrapped": {"anyOf": [{"type": "string"}, {"type": "null"}], "uniqueItems": true},
        "free": {"uniqueItems": true},
    }})));
    let types = texts(&crates, "src/types/");
    for (field, words) in [
        ("text", &["Must have at most 4 characters."][..]),
        ("number", &["Must be at least 3."]),
        ("list", &["Must have no item twice."]),
        // A `u64` is never negative.
        ("count", &[]),
        ("wrapped", &[]),
        ("free", &["Must have no item twice."]),
    ] {
        assert_eq!(docs_of(&types, &format!("pub {field}:")), words, "{field}");
    }
}

#[test]
fn the_vendors_pages_are_linked_and_nothing_else() {
    let page = |url: &str, words: Option<&str>| json!({"url": url, "description": words});
    let mut root = with_schema(&json!({
        "type": "object", "description": "A thing.",
        "externalDocs": page("https://shop.example/things", Some("About [things]")),
        "properties": {
            "one": {"type": "string", "externalDocs": page("http://shop.example/a b<c>", None)},
            "two": {"type": "string", "externalDocs": page("javascript:alert(1)", Some("Bait"))},
            "three": {"type": "string", "externalDocs": page("/docs/three", Some("Bait"))},
        },
    }));
    root["externalDocs"] = page("https://shop.example", Some("The shop's handbook"));
    root["tags"] =
        json!([{"name": "things", "externalDocs": page("https://shop.example/tag", None)}]);
    root["paths"]["/thing"]["put"]["externalDocs"] =
        page("https://shop.example/put", Some("How to put"));
    let crates = generated(root);
    let types = texts(&crates, "src/types/");
    assert_eq!(
        docs_of(&types, "pub struct Thing"),
        [
            "A thing.",
            "",
            "[About \\[things\\]](<https://shop.example/things>)"
        ]
    );
    assert_eq!(
        docs_of(&types, "pub one:"),
        ["[The vendor's page](<http://shop.example/a%20b%3Cc%3E>)"]
    );
    assert!(!texts(&crates, "").contains("Bait"));
    let api = texts(&crates, "src/api/");
    assert!(
        api.contains("/// [How to put](<https://shop.example/put>)"),
        "{api}"
    );
    assert!(
        api.contains("/// [The vendor's page](<https://shop.example/tag>)"),
        "{api}"
    );
    for front in ["src/lib.rs", "README.md"] {
        let front = texts(&crates, front);
        assert!(
            front.contains("[The shop's handbook](<https://shop.example>)"),
            "{front}"
        );
    }
    let notes = crates
        .diagnostics
        .iter()
        .filter(|note| note.severity == Severity::Note);
    let places: Vec<String> = notes.map(|note| note.pointer.to_string()).collect();
    let left_out = ["two", "three"]
        .map(|field| format!("#/components/schemas/Thing/properties/{field}/externalDocs/url"));
    assert_eq!(places, left_out);
}

#[test]
fn a_method_says_its_route_once() {
    for (summary, expected) in [(None, 1), (Some("Puts a thing."), 1), (Some(""), 1)] {
        let mut root =
            with_schema(&json!({"type": "object", "properties": {"a": {"type": "string"}}}));
        if let Some(summary) = summary {
            root["paths"]["/thing"]["put"]["summary"] = json!(summary);
        }
        let crates = generated(root);
        let docs = docs_of(&texts(&crates, "src/api/"), "pub fn put(").join("\n");
        assert_eq!(docs.matches("PUT /thing").count(), expected, "{docs}");
    }
}

#[test]
fn a_method_says_what_its_arguments_are() {
    let name = json!({"type": "string", "maxLength": 5});
    let mut root = with_schema(&json!({"type": "object", "properties": {"a": {"type": "string"}}}));
    root["components"]["schemas"]["Code"] =
        json!({"type": "string", "description": "A code\nof letters.\n\nMore."});
    let put = &mut root["paths"]["/thing"]["put"];
    put["parameters"] = json!([
        {"name": "told", "in": "query", "required": true, "description": "What it is *for*. At all.", "schema": name},
        {"name": "bound", "in": "query", "required": true, "schema": name},
        {"name": "mute", "in": "query", "required": true, "schema": {"type": "string"}},
        {"name": "code", "in": "query", "required": true, "schema": {"$ref": "#/components/schemas/Code"}},
        {"name": "listed", "in": "query", "required": true, "description": "- one\n- two", "schema": {"type": "string"}},
    ]);
    put["requestBody"]["description"] = json!("What is put.");
    let crates = generated(root);
    let docs = docs_of(&texts(&crates, "src/api/"), "pub fn put(");
    let arguments: Vec<&str> = docs
        .iter()
        .map(String::as_str)
        .filter(|line| line.starts_with("- "))
        .collect();
    assert_eq!(
        arguments,
        [
            "- `told`: What it is *for*. At all. Must have at most 5 characters.",
            "- `bound`: Must have at most 5 characters.",
            "- `code`: A code of letters.",
            "- `body`: What is put.",
        ]
    );
}

/// Operations of several kinds. Newcomers begin with the list.
fn operations() -> Value {
    let answer = |schema: Value| json!({"200": {"description": "It.", "content": {"application/json": {"schema": schema}}}});
    let order = json!({"$ref": "#/components/schemas/Order"});
    let id =
        json!({"name": "order_id", "in": "path", "required": true, "schema": {"type": "string"}});
    let body = json!({"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/OrderCreate"}}}});
    document(
        &json!({
            "/orders": {
                "post": {"operationId": "create", "tags": ["orders"], "summary": "Orders something.",
                    "requestBody": body, "responses": answer(order.clone())},
                "get": {"operationId": "list", "tags": ["orders"], "description": "Lists orders. Newest first.",
                    "responses": answer(json!({"type": "array", "items": order}))},
            },
            "/orders/{order_id}": {"parameters": [id],
                "get": {"operationId": "fetch", "tags": ["orders"], "responses": answer(order.clone())},
                "delete": {"operationId": "remove", "tags": ["orders"], "deprecated": true,
                    "responses": {"204": {"description": "Gone."}}},
            },
            "/a": {"get": {"operationId": "old_list", "tags": ["orders"], "deprecated": true,
                "responses": answer(json!({"type": "array", "items": order}))}},
            "/status": {"get": {"operationId": "health", "tags": ["status"], "responses": answer(json!({"type": "string"}))}},
        }),
        &json!({
            "Order": {"type": "object", "properties": {"id": {"type": "string"}}},
            "OrderCreate": {"type": "object", "required": ["name", "email", "quantity", "note", "address", "size"], "properties": {
                "name": {"type": "string", "example": "Two lamps"},
                "email": {"type": "string"},
                "quantity": {"type": "integer", "minimum": 5},
                "note": {"type": ["string", "null"], "examples": ["Ring twice"]},
                "address": {"oneOf": [{"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}, {"type": "string"}],
                    "example": "Mill Lane 1"},
                "size": {"type": "string", "enum": ["small", "large"], "default": "large"},
            }},
        }),
    )
}

#[test]
fn the_front_page_is_one_screen_with_what_to_do_and_where_to_go() {
    let crates = generated(operations());
    let root = texts(&crates, "src/lib.rs");
    let page: Vec<&str> = root
        .lines()
        .filter_map(|line| line.strip_prefix("//!"))
        .map(str::trim)
        .collect();
    let shown: Vec<&str> = page
        .iter()
        .copied()
        .filter(|line| !line.starts_with("# async") && !matches!(*line, "# Ok(())" | "# }"))
        .collect();
    assert_eq!(shown[0], "A client for the Shop API.");
    assert_eq!(shown[2], "Sells things.");
    let program = [
        "```no_run",
        "let client = shop_client::Client::from_env()?;",
        "let response = client.orders().list().send().await?;",
        "println!(\"{response:#?}\");",
        "```",
    ];
    assert_eq!(shown[4..9], program);
    let operations = page
        .iter()
        .position(|line| *line == "# Operations")
        .unwrap();
    let end = page.iter().position(|line| *line == "# Setup").unwrap();
    assert!(end < 45, "more than a screen: {end} lines");
    let listed: Vec<&str> = page[operations + 1..end]
        .iter()
        .copied()
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        listed,
        [
            "[`client.orders()`](api::Orders)",
            "- [`list`](api::Orders::list): Lists orders.",
            "- [`create`](api::Orders::create): Orders something.",
            "- [`fetch`](api::Orders::fetch): `GET /orders/{order_id}`",
            "- [`remove`](api::Orders::remove): `DELETE /orders/{order_id}` (deprecated)",
            "- [`old_list`](api::Orders::old_list): `GET /a` (deprecated)",
            "[`client.status()`](api::Status)",
            "- [`health`](api::Status::health): `GET /status`",
        ]
    );
    let readme = texts(&crates, "README.md");
    assert!(
        readme.contains("client.orders().list().send().await?"),
        "{readme}"
    );
    assert!(!texts(&crates, "").contains("from_str(\"{}\")"));
}

#[test]
fn an_example_has_the_documents_values_and_else_such_as_one_would_write() {
    let crates = generated(operations());
    let example = texts(&crates, "examples/create.rs");
    let words = example.split_whitespace().collect::<Vec<_>>().join(" ");
    for value in [
        "\"Two lamps\"",
        "\"ada@example.com\"",
        ".quantity(5)",
        ".note(\"Ring twice\")",
        "(\"Mill Lane 1\".to_owned())",
        "Size::Large",
    ] {
        assert!(words.contains(value), "{value}: {example}");
    }
    let example = texts(&crates, "examples/fetch.rs");
    assert!(example.contains("fetch(\"order_123\")"), "{example}");
}

#[test]
fn a_body_without_an_example_is_real_whatever_it_is() {
    let schemas = [
        // Nothing is required of it.
        json!({"type": "object", "properties": {"flag": {"type": "boolean"}, "at": {"type": "string", "format": "date-time"}}}),
        // Fields of a union beside its own.
        json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}},
            "oneOf": [{"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}}},
                {"type": "object", "required": ["c"], "properties": {"c": {"type": "integer"}}}]}),
        // It holds itself.
        json!({"oneOf": [{"type": "object", "required": ["not"], "properties": {"not": {"$ref": "#/components/schemas/Thing"}}},
            {"type": "object", "required": ["is"], "properties": {"is": {"type": "string"}}}]}),
        json!({}),
        json!({"type": "object", "additionalProperties": {"type": "array", "items": {"type": "integer"}}}),
        json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}], "minItems": 2}),
    ];
    for schema in schemas {
        let crates = generated(with_schema(&schema));
        let example = texts(&crates, "examples/put.rs");
        assert!(!example.contains("\"{}\""), "{schema}\n{example}");
        assert!(example.contains("let body = "), "{schema}\n{example}");
    }
}

#[test]
fn types_are_listed_by_use() {
    let crates = generated(operations());
    let root = texts(&crates, "src/types.rs");
    let page: Vec<&str> = root
        .lines()
        .filter_map(|line| line.strip_prefix("//! "))
        .collect();
    let below = |title: &str| {
        let at = page.iter().position(|line| *line == title);
        at.map(|at| page[at + 2])
    };
    let requests = below("# Requests").unwrap();
    assert!(requests.contains("[`OrderCreate`]"), "{root}");
    assert!(!requests.contains("[`Order`]"), "{root}");
    assert_eq!(below("# Responses"), Some("[`Order`]"));
    assert_eq!(below("# Shared"), None);
}

/// A page of a large crate has groups; the operations and the types that are not shown are counted.
#[test]
fn pages_of_large_crates_are_bounded() {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    for index in 0..150 {
        let name = format!("Thing{index}");
        let inner = format!("Part{index}");
        let answer = json!({"200": {"description": "It.", "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}}}});
        let operation = json!({"operationId": format!("get_{index}"), "tags": [format!("tag {}", index / 2)], "summary": format!("Gets number {index}."), "responses": answer});
        paths.insert(format!("/things/{index}"), json!({"get": operation}));
        schemas.insert(name, json!({"type": "object", "required": ["part"], "properties": {"part": {"$ref": format!("#/components/schemas/{inner}")}, "n": {"type": "integer", "maximum": index}}}));
        schemas.insert(
            inner,
            json!({"type": "object", "properties": {"x": {"type": "integer", "maximum": index}}}),
        );
    }
    let crates = generated(document(&Value::Object(paths), &Value::Object(schemas)));
    let root = texts(&crates, "src/lib.rs");
    assert_eq!(
        root.matches(": 2 operations").count() - root.matches("`: 2 operations").count(),
        60,
        "{root}"
    );
    assert!(root.contains("15 more groups are in [`api`]."), "{root}");
    assert!(!root.contains("Gets number"), "{root}");
    let api = texts(&crates, "src/api.rs");
    assert!(
        api.contains("- [`get_149`](self::Tag74::get_149): Gets number 149."),
        "{api}"
    );
    let types = texts(&crates, "src/types.rs");
    assert!(types.contains("240 more are listed below"), "{types}");
    assert_eq!(types.matches("[`Thing").count(), 60, "{types}");
    assert_eq!(types.matches("[`Part").count(), 0, "{types}");
}
