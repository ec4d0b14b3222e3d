//! What a request looks like on the wire: address, parameters, headers, body.

mod support;

use clientsmith_runtime::support as rt;
use rt::PerCall as _;
use support::api::{self, API, client, send};
use support::{Server, json};

static ITEM: rt::Operation =
    api::operation("item", rt::Method::Get, "/items/{id}/parts/{part}", &[]);
static ID: rt::Param = api::path("id");
static PART: rt::Param = api::path("part");
static NAME: rt::Param = api::query("name");
static SIZE: rt::Param = api::query("page[size]");
static IDS: rt::Param = rt::Param {
    explode: false,
    ..api::query("ids")
};
static HEADER: rt::Param = api::header("X-Trace");
static COOKIE: rt::Param = api::cookie("flavour");

/// The request line that a call of `ITEM` with this id makes.
async fn line_of(id: &str) -> String {
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&ITEM);
    call.param(&ID, &id.to_owned());
    call.param(&PART, &"x".to_owned());
    send(call).await.unwrap();
    server.only().line().to_owned()
}

#[tokio::test]
async fn a_path_value_arrives_as_it_is_and_cannot_change_the_path() {
    for (id, wire) in [
        ("plain-._~", "plain-._~"),
        ("a/b", "a%2Fb"),
        ("../admin", "..%2Fadmin"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("100%", "100%25"),
        ("%2e%2e", "%252e%252e"),
        ("a?b#c", "a%3Fb%23c"),
        ("a;b,c=d&e", "a%3Bb%2Cc%3Dd%26e"),
        ("na\u{ef}ve \u{1f40c}", "na%C3%AFve%20%F0%9F%90%8C"),
        ("a\\b\r\n\t", "a%5Cb%0D%0A%09"),
        ("{part}", "%7Bpart%7D"),
    ] {
        assert_eq!(
            line_of(id).await,
            format!("GET /items/{wire}/parts/x"),
            "{id:?}"
        );
    }
}

#[tokio::test]
async fn a_segment_that_no_url_can_carry_is_refused() {
    let server = Server::start([json("{}")]).await;
    for id in [".", ".."] {
        let mut call = client(&server.url()).call(&ITEM);
        call.param(&ID, &id.to_owned());
        call.param(&PART, &"x".to_owned());
        let error = send(call).await.unwrap_err();
        assert!(matches!(error, rt::Error::Build(_)), "{error:?}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn an_empty_path_parameter_is_refused_unless_the_document_allows_it() {
    static LOOSE: rt::Param = rt::Param {
        allow_empty: true,
        ..rt::Param::path("part")
    };
    let server = Server::start([json("{}")]).await;
    let none: [String; 0] = [];
    for empty in [rt::Value::from(""), rt::json::to_value(&none.to_vec())] {
        let mut call = client(&server.url()).call(&ITEM);
        call.param(&ID, &empty);
        call.param(&PART, &"x".to_owned());
        let error = send(call).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "path parameter `id` is empty: `/items/{id}/parts/{part}` would be the path of \
             something else"
        );
    }
    assert!(server.received().is_empty());
    let mut call = client(&server.url()).call(&ITEM);
    call.param(&ID, &"1".to_owned());
    call.param(&LOOSE, &String::new());
    send(call).await.unwrap();
    assert_eq!(server.only().line(), "GET /items/1/parts/");
}

#[tokio::test]
async fn a_missing_path_parameter_is_named_and_nothing_is_sent() {
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&ITEM);
    call.param(&ID, &"1".to_owned());
    let error = send(call).await.unwrap_err();
    assert_eq!(error.to_string(), "path parameter `part` is not set");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn query_values_are_encoded_in_the_order_they_were_set_and_unset_ones_are_absent() {
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call.param(&NAME, &"old".to_owned());
    call.param(&SIZE, &200_i64);
    call.param(&IDS, &vec!["a".to_owned(), "b,c".to_owned()]);
    call.param(&NAME, &"a b&c=d/\u{e9}?+%#".to_owned());
    send(call).await.unwrap();
    assert_eq!(
        server.only().line(),
        "GET /items?name=a%20b%26c%3Dd%2F%C3%A9%3F%2B%25%23&page%5Bsize%5D=200&ids=a,b%2Cc",
    );
}

#[tokio::test]
async fn no_parameters_no_question_mark() {
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call.param(&NAME, &"set".to_owned());
    call.param(&NAME, &None::<String>);
    send(call).await.unwrap();
    assert_eq!(server.only().line(), "GET /items");
}

#[tokio::test]
async fn header_and_cookie_parameters() {
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call.param(&HEADER, &vec!["a b".to_owned(), "\u{e9}".to_owned()]);
    call.param(&COOKIE, &"oat; x=y".to_owned());
    send(call).await.unwrap();
    let request = server.only();
    assert_eq!(request.header("x-trace"), Some("a b,\u{e9}"));
    assert_eq!(request.header("cookie"), Some("flavour=oat%3B%20x%3Dy"));
}

#[tokio::test]
async fn a_header_value_cannot_bring_another_header() {
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call.param(&HEADER, &"a\r\nX-Evil: 1".to_owned());
    let error = send(call).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "header `X-Trace` has a value with control characters"
    );

    let mut call = client(&server.url()).call(&api::LIST);
    call = call.with_header("X-Own", "a\nb");
    assert!(matches!(send(call).await.unwrap_err(), rt::Error::Build(_)));
    assert!(server.received().is_empty());

    let mut builder = api::builder(&server.url());
    builder.default_header("X Own", "a");
    assert!(builder.build().is_err());
}

#[tokio::test]
async fn headers_of_every_request() {
    let server = Server::start([json("{}")]).await;
    let mut builder = api::builder(&server.url());
    builder.default_header("X-Default", "1");
    builder.default_header("X-Both", "client");
    let mut call = builder.build().unwrap().call(&api::LIST);
    call = call.with_header("X-Both", "call");
    send(call).await.unwrap();
    let request = server.only();
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("user-agent"), Some("test-client/1.2.3"));
    assert_eq!(request.header("x-default"), Some("1"));
    assert_eq!(request.header("x-both"), Some("call"));
    assert_eq!(request.header("authorization"), None);
    assert_eq!(request.header("content-type"), None);
}

#[tokio::test]
async fn json_bodies() {
    let server = Server::start([json("{}")]).await;
    let mut call = client(&server.url()).call(&api::CREATE);
    call.json_body(&vec![1_i64, 2]);
    send(call).await.unwrap();
    let mut call = client(&server.url()).call(&api::CREATE);
    call.json_body_as("application/merge-patch+json", &vec!["\u{e9}\"".to_owned()]);
    send(call).await.unwrap();
    let [first, second] = &server.received()[..] else {
        panic!()
    };
    assert_eq!(first.line(), "POST /items");
    assert_eq!(first.header("content-type"), Some("application/json"));
    assert_eq!(first.text(), "[1,2]");
    assert_eq!(
        second.header("content-type"),
        Some("application/merge-patch+json")
    );
    assert_eq!(second.text(), "[\"\u{e9}\\\"\"]");
}

#[tokio::test]
async fn the_base_url_may_have_a_path() {
    let server = Server::start([json("{}")]).await;
    for base in [
        format!("{}/v1", server.url()),
        format!("{}/v1/", server.url()),
    ] {
        send(client(&base).call(&api::LIST)).await.unwrap();
    }
    assert_eq!(server.lines(), ["GET /v1/items", "GET /v1/items"]);
}

#[test]
fn base_urls_that_are_not_usable() {
    for base in [
        "ftp://x/",
        "x",
        "",
        "http://",
        "https://a/?b",
        "https://a/#b",
        "https://u:p@a/",
    ] {
        let error = api::builder(base).build().unwrap_err().to_string();
        assert!(
            error.starts_with("the base URL is not usable"),
            "{base}: {error}"
        );
        assert!(!error.contains("u:p"));
    }
}

#[test]
fn the_documents_server_is_the_default() {
    let client = rt::ClientBuilder::new(&API).build().unwrap();
    assert_eq!(client.base_url(), "https://api.invalid/v1");
}
