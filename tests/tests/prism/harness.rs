//! What these tests would say of a client that is wrong, and of exceptions that are.

use std::collections::BTreeMap;
use std::fs;

use clientsmith_tests::Fixture;

use super::calls::{self, Subject};
use super::document::Document;
use super::exceptions::Exceptions;
use super::server::{self, Mode};
use super::{ONE_AT_A_TIME, Outcome, SEEN, operations, summarise};

/// A document in which some things are as they are given.
fn shop(limit: &str, name: &str, stock: &str, path: &str) -> String {
    let answer = |schema: &str| {
        format!(
            "responses: {{ '200': {{ description: '', content: {{ application/json: {{ schema: {schema} }} }} }} }}"
        )
    };
    let items = answer("{ type: array, items: { type: string } }");
    let item = answer(&format!(
        "{{ type: object, required: [stock], properties: {{ stock: {{ type: {stock} }} }} }}"
    ));
    format!(
        "openapi: 3.0.3
info: {{ title: Shop, version: '1' }}
servers: [{{ url: 'https://shop.example' }}]
paths:
  /items:
    get:
      operationId: list
      parameters: [{{ name: limit, in: query, schema: {{ type: {limit} }} }}]
      {items}
    post:
      operationId: add
      requestBody:
        required: true
        content:
          application/json:
            schema: {{ type: object, required: [name], properties: {{ name: {{ type: {name} }} }} }}
      {items}
  /item:
    get:
      operationId: get
      {item}
  /{path}:
    get:
      operationId: all
      {items}
  /fine:
    get:
      operationId: fine
      {items}
"
    )
}

#[test]
fn a_client_that_is_wrong_is_caught() {
    let Some(prism) = server::install() else {
        println!("skipped: there is no Node on this machine");
        return;
    };
    let _guard = ONE_AT_A_TIME.lock();
    let folder = calls::scratch();
    let (ours, theirs) = (folder.join("wrong-shop.yaml"), folder.join("shop.yaml"));
    fs::write(&ours, shop("string", "integer", "string", "every")).unwrap();
    fs::write(&theirs, shop("integer", "string", "integer", "all")).unwrap();
    let subject = Subject::written(Fixture::at(&ours));
    calls::build(std::slice::from_ref(&subject));
    let (document, truth) = (Document::read(&ours), Document::read(&theirs));
    let server = prism.start(&theirs, Mode::Static);
    let outcomes = operations(&subject, &document, &truth, &server);
    let failures: BTreeMap<&str, &str> = outcomes
        .iter()
        .filter_map(|(route, outcome)| Some((route.as_str(), outcome.failure.as_deref()?)))
        .collect();
    let expected = [
        ("GET /items", "422"),
        ("POST /items", "422"),
        ("GET /item", "$.stock"),
        ("GET /every", "404"),
    ];
    for (route, part) in expected {
        let failure = failures.get(route).copied().unwrap_or_default();
        assert!(failure.contains(part), "{route}: {failure:?}");
        assert!(!failure.starts_with(SEEN), "{route}: {failure}");
    }
    assert_eq!(failures.len(), expected.len(), "{failures:?}");
}

/// Whether a document fails with these exceptions where two of its three operations do.
fn fails(exceptions: &str) -> (bool, String) {
    let outcome = |failure: Option<&str>| Outcome {
        examples: None,
        failure: failure.map(str::to_owned),
    };
    let outcomes = BTreeMap::from([
        ("GET /bad".to_owned(), outcome(Some("what went wrong"))),
        ("GET /good".to_owned(), outcome(None)),
        (
            "GET /seen".to_owned(),
            outcome(Some("seen: the example is at fault")),
        ),
    ]);
    let mut report = String::new();
    let failed = summarise(
        "shop.yaml",
        false,
        Mode::Static,
        &outcomes,
        &mut Exceptions::parse(exceptions),
        &mut report,
    );
    (failed, report)
}

fn exception(operation: &str) -> String {
    format!(
        "[[exception]]\ndocument = \"shop.yaml\"\nmode = \"static\"\noperation = \"{operation}\"\n\
         reason = \"Prism does this.\"\n"
    )
}

#[test]
fn what_no_exception_explains_fails() {
    let (failed, report) = fails("");
    assert!(failed, "{report}");
    assert!(
        report.contains("GET /bad: what went wrong\n    NOT EXPLAINED"),
        "{report}"
    );
}

#[test]
fn what_an_exception_explains_does_not() {
    let (failed, report) = fails(&exception("GET /bad"));
    assert!(!failed, "{report}");
    assert!(
        report.contains("1 of 3 operations passed, 1 more"),
        "{report}"
    );
}

#[test]
fn an_exception_that_nothing_needs_fails() {
    let (failed, report) = fails(&(exception("GET /bad") + &exception("GET /good")));
    assert!(failed, "{report}");
    assert!(
        report.contains("GET /good: passes; remove its exception"),
        "{report}"
    );
}
