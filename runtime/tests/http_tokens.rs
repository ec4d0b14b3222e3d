//! Tokens that are fetched: OAuth 2 client credentials, and sources of the caller's own.

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clientsmith_runtime::support as rt;
use support::api::{self, send};
use support::{Act, Server, json, status};

static OAUTH: rt::Operation = api::operation("oauth", rt::Method::Get, "/a", &[&["oauth"]]);

fn client(server: &Server) -> rt::Client {
    let mut builder = api::builder(&server.url());
    let scopes = vec!["read:all".to_owned(), "write".to_owned()];
    builder.client_credentials("oauth", "id:1".to_owned(), "s&cret".into(), scopes);
    builder.build().unwrap()
}

fn token(name: &str, expires_in: &str) -> Act {
    json(&format!(
        r#"{{"access_token": "{name}", "expires_in": {expires_in}}}"#
    ))
}

fn tokens_used(server: &Server) -> Vec<String> {
    let received = server.received();
    let calls = received.iter().filter(|request| request.line() == "GET /a");
    calls
        .map(|request| request.header("authorization").unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_token_is_fetched_once_and_kept() {
    let server = Server::start([token("t1", "3600"), json("[]")]).await;
    let client = client(&server);
    for _ in 0..3 {
        send(client.call(&OAUTH)).await.unwrap();
    }
    assert_eq!(
        server.lines(),
        ["POST /oauth/token", "GET /a", "GET /a", "GET /a"]
    );
    assert_eq!(tokens_used(&server), ["Bearer t1"; 3]);
    let request = &server.received()[0];
    assert_eq!(
        request.header("authorization"),
        Some("Basic aWQlM0ExOnMlMjZjcmV0")
    );
    assert_eq!(
        request.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(
        request.text(),
        "grant_type=client_credentials&scope=read%3Aall%20write"
    );
}

#[tokio::test]
async fn a_token_that_expires_is_fetched_anew() {
    let script = [
        token("t1", "\"0.2\""),
        json("[]"),
        token("t2", "3600"),
        json("[]"),
    ];
    let server = Server::start(script).await;
    let client = client(&server);
    send(client.call(&OAUTH)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(250)).await;
    send(client.call(&OAUTH)).await.unwrap();
    assert_eq!(tokens_used(&server), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let script = [
        token("t1", "3600"),
        status(401, &[], ""),
        token("t2", "3600"),
        json("[]"),
        status(401, &[], ""),
        token("t3", "3600"),
        status(401, &[], "really"),
    ];
    let server = Server::start(script).await;
    let client = client(&server);
    send(client.call(&OAUTH)).await.unwrap();
    assert_eq!(tokens_used(&server), ["Bearer t1", "Bearer t2"]);
    let error = send(client.call(&OAUTH)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(tokens_used(&server)[2..], ["Bearer t2", "Bearer t3"]);
}

#[tokio::test]
async fn a_refused_token_is_given_up_even_where_the_call_cannot_be_repeated() {
    let script = [
        token("t1", "3600"),
        status(401, &[], ""),
        token("t2", "3600"),
        json("[]"),
    ];
    let server = Server::start(script).await;
    let client = client(&server);
    let mut call = client.call(&OAUTH);
    call.body(
        "application/octet-stream",
        rt::Body::streaming(rt::Body::from("once")),
    );
    assert_eq!(send(call).await.unwrap_err().status().unwrap(), 401);
    send(client.call(&OAUTH)).await.unwrap();
    assert_eq!(tokens_used(&server), ["Bearer t1", "Bearer t2"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_calls_wait_for_one_token() {
    let server = Server::start([token("t1", "3600"), json("[]")]).await;
    let client = client(&server);
    let calls: Vec<_> = (0..50)
        .map(|_| tokio::spawn(send(client.call(&OAUTH))))
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(
        server
            .lines()
            .iter()
            .filter(|line| line.starts_with("POST"))
            .count(),
        1
    );
}

#[tokio::test]
async fn a_token_that_cannot_be_had_is_an_error_that_says_why() {
    for (answer, reason) in [
        (
            status(400, &[], r#"{"error": "invalid_client"}"#),
            "400 Bad Request: invalid_client",
        ),
        (
            status(500, &[], "s&cret"),
            "500 Internal Server Error: no reason given",
        ),
        (json("{}"), "no `access_token`"),
    ] {
        let server = Server::start([answer]).await;
        let error = send(client(&server).call(&OAUTH)).await.unwrap_err();
        assert!(matches!(error, rt::Error::Credential(_)), "{error:?}");
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains(reason) && shown.contains("`oauth`"),
            "{shown}"
        );
        assert!(!shown.contains("s&cret"), "{shown}");
        assert_eq!(server.lines(), ["POST /oauth/token"]);
    }
}

#[derive(Debug, Default)]
struct Counting(AtomicUsize);

impl rt::TokenSource for Counting {
    fn token(&self) -> rt::BoxFuture<Result<rt::AccessToken, rt::BoxError>> {
        let nth = self.0.fetch_add(1, Ordering::SeqCst);
        let token = rt::AccessToken::new(format!("own-{nth}")).expires_in(Duration::ZERO);
        Box::pin(std::future::ready(Ok(token)))
    }
}

#[tokio::test]
async fn a_source_of_the_callers_own() {
    let server = Server::start([json("[]")]).await;
    let mut builder = api::builder(&server.url());
    builder.token_source("oauth", Arc::new(Counting::default()));
    let client = builder.build().unwrap();
    send(client.call(&OAUTH)).await.unwrap();
    send(client.call(&OAUTH)).await.unwrap();
    assert_eq!(tokens_used(&server), ["Bearer own-0", "Bearer own-1"]);
}

#[tokio::test]
async fn a_token_from_elsewhere_is_taken_as_it_is() {
    let server = Server::start([json("[]")]).await;
    let mut builder = api::builder(&server.url());
    builder.credential("oauth", "given".into());
    send(builder.build().unwrap().call(&OAUTH)).await.unwrap();
    assert_eq!(tokens_used(&server), ["Bearer given"]);
}
