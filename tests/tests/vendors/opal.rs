//! `opal-client`: the listing of tokens, and what every generated crate does around a call.

mod environment;
mod transport;

use std::time::{Duration, Instant};

use clientsmith_runtime as rt;
use opal_client::types::{ApiAccessLevelEnum, PaginatedTokensList, Token};
use opal_client::{Client, ClientBuilder, Error, json as codec};

use super::CANARY;
use super::support::{Act, Received, Server, json, response};

pub(super) const FIRST: &str = "0b8f2a4e-7c1d-4e55-8f0a-3a9d5c2e7b10";
const SECOND: &str = "1c9f3b5f-8d2e-4f66-9a1b-4b0e6d3f8c21";
const USER: &str = "6f0b3c1e-52a4-4f6d-9c9e-0d6c8e6b1a01";

pub(super) fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .bearer_auth(CANARY)
        .base_url(format!("{}/v1", server.url()))
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

pub(super) fn token(id: &str, label: &str, level: &str) -> String {
    format!(
        r#"{{"token_id":"{id}","created_at":"2024-03-01T09:30:00Z","token_label":"{label}","creator_user_id":"{USER}","user_id":"{USER}","access_level":"{level}"}}"#
    )
}

pub(super) fn page(next: &str, tokens: &[String]) -> String {
    format!(
        r#"{{"next":{next},"previous":null,"results":[{}]}}"#,
        tokens.join(",")
    )
}

fn empty_page() -> Act {
    json(&page("null", &[]))
}

/// The headers as they came, sorted, without the one that names the address.
fn headers(request: &Received) -> Vec<String> {
    let mut lines: Vec<_> = request
        .head
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty() && !line.to_lowercase().starts_with("host: "))
        .map(str::to_owned)
        .collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn a_request_with_every_parameter() {
    let server = Server::start([empty_page()]).await;
    let (first, second) = (FIRST.parse().unwrap(), SECOND.parse().unwrap());
    client(&server)
        .tokens()
        .list()
        .cursor("cGFnZS0y+/= &?")
        .page_size(200)
        .token_ids([first, second])
        .user_id(USER.parse().unwrap())
        .send()
        .await
        .unwrap();
    let request = server.only();
    let line = format!(
        "GET /v1/tokens?cursor=cGFnZS0y%2B%2F%3D%20%26%3F&page_size=200\
         &token_ids={FIRST},{SECOND}&user_id={USER} HTTP/1.1\r\n"
    );
    assert!(request.head.starts_with(&line), "{}", request.head);
    assert_eq!(
        request.header("authorization"),
        Some(&*format!("Bearer {CANARY}"))
    );
    assert_eq!(request.header("host"), Some(&*server.address.to_string()));
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let server = Server::start([empty_page()]).await;
    client(&server).tokens().list().send().await.unwrap();
    let request = server.only();
    assert!(
        request.head.starts_with("GET /v1/tokens HTTP/1.1\r\n"),
        "{}",
        request.head
    );
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        headers(&request),
        [
            "accept-encoding: gzip",
            "accept: application/json",
            &format!("authorization: Bearer {CANARY}"),
            &format!("user-agent: opal-client/{version}"),
        ]
    );
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn a_page_decodes() {
    let body = page("\"abc\"", &[token(FIRST, "Nightly", "READ_ONLY")]);
    let sent = response(
        200,
        &[
            ("content-type", "application/json"),
            ("x-request-id", "r-1"),
        ],
        &body,
    );
    let server = Server::start([Act::Send(sent)]).await;
    let response = client(&server).tokens().list().send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.header("x-request-id"), Some("r-1"));
    assert_eq!(response.body(), &body);
    assert_eq!(response.next.as_deref(), Some("abc"));
    assert_eq!(response.previous, None);
    let [token] = response.results.as_slice() else {
        panic!("{response:?}")
    };
    assert_eq!(token.token_id.to_string(), FIRST);
    assert_eq!(token.created_at.to_rfc3339(), "2024-03-01T09:30:00+00:00");
    assert_eq!(token.token_label, "Nightly");
    assert!(matches!(token.access_level, ApiAccessLevelEnum::ReadOnly));
    assert_eq!(token.last_used_at, None);
}

/// The server of three tokens on two pages.
async fn two_pages() -> Server {
    let first = page(
        "\"second page\"",
        &[
            token(FIRST, "a", "READ_ONLY"),
            token(SECOND, "b", "READ_ONLY"),
        ],
    );
    let second = page("null", &[token(USER, "c", "FULL_ACCESS")]);
    // A third page would be a mistake; it would be seen in the labels and in the requests.
    let third = page("null", &[token(USER, "one too many", "FULL_ACCESS")]);
    Server::start([json(&first), json(&second), json(&third)]).await
}

#[tokio::test]
async fn items_of_all_pages_in_order() {
    let server = two_pages().await;
    let mut items = client(&server).tokens().list().page_size(2).items();
    assert!(
        server.received().is_empty(),
        "nothing is sent before an item is asked for"
    );
    let mut labels = Vec::new();
    while let Some(token) = items.try_next().await.unwrap() {
        labels.push(token.token_label);
        let expected = if labels.len() < 3 { 1 } else { 2 };
        assert_eq!(server.received().len(), expected, "after {labels:?}");
    }
    assert_eq!(labels, ["a", "b", "c"]);
    assert!(
        items.try_next().await.unwrap().is_none(),
        "the end stays the end"
    );
    assert_eq!(
        server.lines(),
        [
            "GET /v1/tokens?page_size=2",
            "GET /v1/tokens?page_size=2&cursor=second%20page"
        ]
    );
    for request in server.received() {
        assert_eq!(
            request.header("authorization"),
            Some(&*format!("Bearer {CANARY}"))
        );
    }
}

#[tokio::test]
async fn pages_in_order() {
    let server = two_pages().await;
    let mut pages = client(&server).tokens().list().pages();
    let mut sizes = Vec::new();
    while let Some(page) = pages.try_next().await.unwrap() {
        assert_eq!(page.status(), 200);
        sizes.push((page.results.len(), page.next.clone()));
    }
    assert_eq!(sizes, [(2, Some("second page".to_owned())), (1, None)]);
    assert_eq!(
        server.lines(),
        ["GET /v1/tokens", "GET /v1/tokens?cursor=second%20page"]
    );
}

#[tokio::test]
async fn an_error_on_the_second_page_ends_the_items() {
    let first = page("\"x\"", &[token(FIRST, "a", "READ_ONLY")]);
    let second = Act::Send(response(403, &[("content-type", "application/json")], "{}"));
    let server = Server::start([json(&first), second]).await;
    let mut items = client(&server).tokens().list().items();
    assert_eq!(items.try_next().await.unwrap().unwrap().token_label, "a");
    assert_eq!(items.try_next().await.unwrap_err().status().unwrap(), 403);
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn an_unknown_value_decodes_prints_and_is_sent_back_as_it_came() {
    let body = page("null", &[token(FIRST, "a", "write-only ü")]);
    let server = Server::start([json(&body)]).await;
    let response = client(&server).tokens().list().send().await.unwrap();
    let level = &response.results[0].access_level;
    assert!(matches!(level, ApiAccessLevelEnum::Unknown(text) if text == "write-only ü"));
    assert_eq!(level.to_string(), "write-only ü");
    assert_eq!(format!("{level:?}"), "\"write-only ü\"");
    assert_eq!(codec::to_string(level), "\"write-only ü\"");
    assert_eq!(
        codec::to_string(&response.results[0]),
        token(FIRST, "a", "write-only ü"),
        "a token is encoded as it came"
    );
}

#[tokio::test]
async fn unknown_fields_are_ignored() {
    let token = token(FIRST, "a", "READ_ONLY").replacen('{', r#"{"new":{"deep":[1,{}]},"#, 1);
    let body = page("null", &[token]).replacen('{', r#"{"count":1,"#, 1);
    let server = Server::start([json(&body)]).await;
    let response = client(&server).tokens().list().send().await.unwrap();
    assert_eq!(response.results[0].token_label, "a");
}

#[tokio::test]
async fn a_401_keeps_status_headers_and_body() {
    let body = r#"{"detail":"no such token"}"#;
    let sent = response(
        401,
        &[
            ("content-type", "application/json"),
            ("www-authenticate", "Bearer"),
        ],
        body,
    );
    let server = Server::start([Act::Send(sent)]).await;
    let error = client(&server).tokens().list().send().await.unwrap_err();
    assert!(matches!(error, Error::Status(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.header("www-authenticate"), Some("Bearer"));
    assert_eq!(error.headers().unwrap()["content-type"], "application/json");
    assert_eq!(error.raw_body().unwrap(), body);
    let shown = error.to_string();
    assert!(
        shown.contains("401") && shown.contains("no such token"),
        "{shown}"
    );
    assert_eq!(server.received().len(), 1, "a refusal is not tried again");
}

#[tokio::test]
async fn a_500_with_html_keeps_status_headers_and_body() {
    let body = "<html><body>Bad <b>day</b></body></html>";
    // `Retry-After: 0`: the attempts follow each other at once.
    let sent = response(
        500,
        &[("content-type", "text/html"), ("retry-after", "0")],
        body,
    );
    let server = Server::start([Act::Send(sent)]).await;
    let error = client(&server).tokens().list().send().await.unwrap_err();
    assert!(matches!(error, Error::Status(_)), "{error:?}");
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.header("content-type"), Some("text/html"));
    assert_eq!(error.raw_body().unwrap(), body);
    assert!(error.to_string().contains("Bad <b>day</b>"), "{error}");
    assert_eq!(server.received().len(), 3, "a GET is tried three times");
}

#[tokio::test]
async fn a_hung_server_is_a_timeout() {
    let whole = response(200, &[], page("null", &[]));
    let beginning = whole.get(..whole.len() - 5).unwrap().to_vec();
    for act in [Act::SendAndHang(Vec::new()), Act::SendAndHang(beginning)] {
        let server = Server::start([act]).await;
        let client = builder(&server)
            .timeout(Duration::from_millis(200))
            .build()
            .unwrap();
        let start = Instant::now();
        let error = client.tokens().list().send().await.unwrap_err();
        assert!(
            matches!(error, Error::Timeout(_)) && error.is_timeout(),
            "{error:?}"
        );
        assert!(start.elapsed() >= Duration::from_millis(200));
        assert!(start.elapsed() < Duration::from_secs(20));
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn a_truncated_body_is_a_decode_error_that_names_the_path() {
    let whole = page(
        "null",
        &[
            token(FIRST, "a", "READ_ONLY"),
            token(SECOND, "b", "READ_ONLY"),
        ],
    );
    let cut = whole.rfind("token_label\":\"b").unwrap() + "token_label\":\"b".len();
    let sent = response(200, &[("content-type", "application/json")], &whole);
    let sent = sent
        .get(..sent.len() - (whole.len() - cut))
        .unwrap()
        .to_vec();
    let server = Server::start([Act::SendAndClose(sent)]).await;
    let error = client(&server).tokens().list().send().await.unwrap_err();
    let Error::Decode(details) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(details.error().path(), "$.results[1].token_label");
    assert!(
        error.to_string().contains("$.results[1].token_label"),
        "{error}"
    );
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.raw_body().unwrap(), whole.get(..cut).unwrap());
}

#[tokio::test]
async fn a_body_of_another_shape_is_a_decode_error_that_names_the_path() {
    let token = token(FIRST, "a", "READ_ONLY");
    for (wrong, path) in [
        (
            page("null", std::slice::from_ref(&token)).replace("\"a\"", "7"),
            "$.results[0].token_label",
        ),
        (
            page("null", &[token.replace(FIRST, "no uuid")]),
            "$.results[0].token_id",
        ),
        (
            page("null", &[token.replace("\"token_label\":\"a\",", "")]),
            "$.results[0]",
        ),
        (page("5", &[]), "$.next"),
        ("[]".to_owned(), "$"),
    ] {
        let server = Server::start([json(&wrong)]).await;
        let error = client(&server).tokens().list().send().await.unwrap_err();
        let Error::Decode(details) = &error else {
            panic!("{error:?}")
        };
        assert_eq!(details.error().path(), path, "{wrong}");
        assert_eq!(error.raw_body().unwrap(), &wrong);
    }
}

#[tokio::test]
async fn a_refused_connection_is_an_error_that_says_so() {
    // A port that was free a moment ago, and that nobody listens on.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let client = Client::builder()
        .bearer_auth(CANARY)
        .base_url(format!("http://{address}/v1"))
        .build();
    let error = client.unwrap().tokens().list().send().await.unwrap_err();
    let Error::Transport(details) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(details.kind(), rt::TransportErrorKind::Connect);
    assert!(
        error.to_string().to_lowercase().contains("refused"),
        "{error}"
    );
    assert!(!error.is_timeout() && error.status().is_none());
}

#[tokio::test]
async fn without_a_credential_nothing_is_sent() {
    let server = Server::start([empty_page()]).await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let error = client.tokens().list().send().await.unwrap_err();
    assert!(matches!(error, Error::Build(_)), "{error:?}");
    let shown = error.to_string();
    for part in ["getTokens", "BearerAuth", "OPAL_TOKEN"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(server.received().is_empty());
}

#[test]
fn models_read_and_write_as_the_document_has_them() {
    let text =
        page("\"n\"", &[token(FIRST, "a", "FULL_ACCESS")]).replace(r#""previous":null,"#, "");
    let page: PaginatedTokensList = codec::from_str(&text).unwrap();
    assert_eq!(codec::to_string(&page), text);
    let again: PaginatedTokensList = codec::from_str(&text).unwrap();
    assert_eq!(page, again);
    let missing = token(FIRST, "a", "FULL_ACCESS").replace("access_level", "access");
    let error = codec::from_str::<Token>(&missing).unwrap_err();
    assert!(error.message().contains("access_level"), "{error}");
}
