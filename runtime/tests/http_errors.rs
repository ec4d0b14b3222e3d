//! What an error says: the one line that a program prints, the server's own words, and what callers
//! ask it.

mod support;

use std::time::Instant;

use clientsmith_runtime::support as rt;
use support::api::{self, send};
use support::{Act, Server, json, response, status};

const JSON: (&str, &str) = ("content-type", "application/json");

async fn error_of(act: Act) -> rt::Error {
    let server = Server::start([act]).await;
    let client = api::client(&server.url());
    send(client.call(&api::LIST)).await.unwrap_err()
}

async fn refused(code: u16, body: &str) -> rt::Error {
    error_of(status(code, &[JSON], body)).await
}

#[expect(clippy::too_many_lines, reason = "a table of bodies")]
#[tokio::test]
async fn the_servers_message_and_code_are_found_where_servers_put_them() {
    for (code, body, message, own_code) in [
        (404, r#"{"message":"No such pot"}"#, "No such pot", None),
        (
            404,
            r#"{"Message":"No such pot","Code":"NoPot"}"#,
            "No such pot",
            Some("NoPot"),
        ),
        (
            400,
            r#"{"error":{"message":"Too hot","type":"kiln_error","code":null}}"#,
            "Too hot",
            Some("kiln_error"),
        ),
        (
            400,
            r#"{"type":"error","error":{"type":"too_hot","message":"Cool it"}}"#,
            "Cool it",
            Some("too_hot"),
        ),
        (
            404,
            r#"{"error":{"code":404,"message":"Gone cold","status":"NOT_FOUND"}}"#,
            "Gone cold",
            Some("NOT_FOUND"),
        ),
        (
            404,
            r#"{"kind":"Status","status":"Failure","message":"pots \"a\" not found","reason":"NotFound","code":404}"#,
            "pots \"a\" not found",
            Some("NotFound"),
        ),
        (
            401,
            r#"{"error":"invalid_grant","error_description":"It has expired"}"#,
            "It has expired",
            Some("invalid_grant"),
        ),
        (
            403,
            r#"{"ok":false,"error":"not_allowed"}"#,
            "not_allowed",
            Some("not_allowed"),
        ),
        (
            422,
            r#"{"message":"Wrong","errors":[{"field":"name","code":"taken"}]}"#,
            "Wrong",
            Some("taken"),
        ),
        (
            400,
            r#"{"errors":["The name is taken","Again"]}"#,
            "The name is taken",
            None,
        ),
        (
            400,
            r#"{"errors":[{"status":"400","title":"Bad","detail":"No glaze","code":"G1"}]}"#,
            "No glaze",
            Some("G1"),
        ),
        (
            400,
            r#"{"errors":[{"message":"No field"}]}"#,
            "No field",
            None,
        ),
        (
            422,
            r#"{"errors":{"name":["is taken"]}}"#,
            "name: is taken",
            None,
        ),
        (
            422,
            r#"{"detail":[{"loc":["body"],"msg":"Field required","type":"missing"}]}"#,
            "Field required",
            Some("missing"),
        ),
        (
            409,
            r#"{"type":"about:blank","title":"Conflict","status":409,"detail":"Was changed"}"#,
            "Was changed",
            None,
        ),
        (
            409,
            r#"{"type":"https://pots.invalid/x","title":"Conflict"}"#,
            "Conflict",
            None,
        ),
        (
            400,
            r#"[{"message":"In a list","errorCode":"LIST"}]"#,
            "In a list",
            Some("LIST"),
        ),
        (
            400,
            r#"{"code":-1102,"msg":"Wrong glaze"}"#,
            "Wrong glaze",
            Some("-1102"),
        ),
        (
            400,
            r#"{"message":"","detail":"Not empty"}"#,
            "Not empty",
            None,
        ),
        (400, r#"{"reason":"Why not"}"#, "Why not", None),
    ] {
        let error = refused(code, body).await;
        assert_eq!(error.message().as_deref(), Some(message), "{body}");
        assert_eq!(error.code().as_deref(), own_code, "{body}");
        let line = error.to_string();
        assert!(
            line.starts_with(&format!("GET /items (list) answered {code} ")),
            "{line}"
        );
        assert!(line.contains(&format!(": {message}")), "{line}");
        assert!(own_code.is_none_or(|code| line.contains(code)), "{line}");
    }
}

#[tokio::test]
async fn what_says_nothing_is_shown_as_it_came() {
    for body in [
        "{}",
        "[]",
        "null",
        "7",
        r#"{"pots":[1]}"#,
        r#"{"message":null}"#,
        "{",
    ] {
        let error = refused(400, body).await;
        assert_eq!((error.message(), error.code()), (None, None), "{body}");
        let expected = format!("GET /items (list) answered 400 Bad Request: {body}");
        assert_eq!(error.to_string(), expected);
    }
    let error = refused(400, "").await;
    assert_eq!(
        error.to_string(),
        "GET /items (list) answered 400 Bad Request, with no body"
    );
}

/// What a program prints by `?` in `main`, what `unwrap` prints, and what a log shows.
#[tokio::test]
async fn one_line_says_all_of_it() {
    let head = [JSON, ("x-acme-request-id", "r-7")];
    let body = r#"{"error":{"message":"No pot\n\tcalled \u001b[1mblue\u202e","code":"no_pot"}}"#;
    let error = error_of(status(404, &head, body)).await;
    let line = r"GET /items (list) answered 404 Not Found: No pot called \u{1b}[1mblue\u{202e} [code: no_pot, request id: r-7]";
    assert_eq!(error.to_string(), line);
    let boxed: Box<dyn std::error::Error + Send + Sync> = error.into();
    assert_eq!(format!("{boxed}"), line);
    assert_eq!(format!("{boxed:?}"), line);
    assert!(boxed.source().is_none(), "nothing is said twice");
    let all = format!("{boxed:#?}");
    assert!(
        all.contains("StatusError") && all.contains("x-acme-request-id"),
        "{all}"
    );
}

#[tokio::test]
async fn long_texts_are_cut_and_pages_have_titles() {
    let long = format!(r#"{{"message":"{}"}}"#, "x ".repeat(5000));
    let error = refused(500, &long).await;
    assert!(error.to_string().chars().count() < 400, "{error}");
    assert_eq!(
        error.message().unwrap().len(),
        9999,
        "the message itself is whole"
    );

    let page = "<!DOCTYPE html>\n<html><head><Title>\n Bad gateway </TITLE></head></html>";
    let error = error_of(status(502, &[("content-type", "text/html")], page)).await;
    assert_eq!(
        error.to_string(),
        "GET /items (list) answered 502 Bad Gateway: Bad gateway"
    );

    let text = [("content-type", "text/plain; charset=utf-8")];
    let error = error_of(status(503, &text, "upstream\r\nis away\n")).await;
    assert_eq!(error.message().as_deref(), Some("upstream\r\nis away"));
    assert_eq!(
        error.to_string(),
        "GET /items (list) answered 503 Service Unavailable: upstream is away"
    );

    // Deep, large and broken ones are no trouble.
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refused(400, &deep).await.message(), None);
    let large = format!(r#"{{"message":"m","more":"{}"}}"#, "y".repeat(1_000_000));
    assert_eq!(refused(400, &large).await.message(), None);
}

#[tokio::test]
async fn no_message_holds_the_credential() {
    let body = r#"{"message":"the key s3cr\u0065t-key is wrong","code":"s3cret-key"}"#;
    let head = [JSON, ("x-request-id", "s3cret-key")];
    let server = Server::start([status(401, &head, body)]).await;
    let mut builder = api::builder(&server.url());
    builder.credential("bearer", "s3cret-key".into());
    let client = builder.build().unwrap();
    let error = send(client.call(&api::BEARER)).await.unwrap_err();
    assert_eq!(
        error.message().as_deref(),
        Some("the key [redacted] is wrong")
    );
    for shown in [
        error.to_string(),
        format!("{error:?}"),
        format!("{error:#?}"),
        error.code().unwrap(),
    ] {
        assert!(!shown.contains("s3cret-key"), "{shown}");
    }
}

#[tokio::test]
async fn a_success_that_is_an_error_says_so() {
    let decode = |raw: &rt::RawResponse| raw.json::<Vec<i64>>();
    for (body, says) in [
        (
            r#"{"ok":false,"error":"no_such_kiln"}"#,
            Some("no_such_kiln"),
        ),
        (
            r#"{"success":false,"message":"It is cold"}"#,
            Some("It is cold"),
        ),
        (
            r#"{"errors":[{"message":"Unknown field"}],"data":null}"#,
            Some("Unknown field"),
        ),
        // A message of the caller's is not the server's.
        (r#"{"ok":true,"message":"Dear Ada"}"#, None),
        (r#"{"message":"Dear Ada","error":null,"errors":[]}"#, None),
    ] {
        let server = Server::start([json(body)]).await;
        let call = api::client(&server.url()).call(&api::LIST);
        let error = call.send(decode, rt::decode::no_error).await.unwrap_err();
        assert!(matches!(error, rt::Error::Decode(_)), "{error:?}");
        assert_eq!(error.message().as_deref(), says, "{body}");
        let line = error.to_string();
        assert!(
            line.starts_with(
                "GET /items (list) answered 200 OK with a body that does not decode: exp"
            ),
            "{line}"
        );
        assert_eq!(line.contains("the server says: "), says.is_some(), "{line}");
        assert!(says.is_none_or(|says| line.contains(says)), "{line}");
        assert!(!line.contains("Ada"), "{line}");
    }
}

#[tokio::test]
async fn the_operation_is_said_where_nothing_came_too() {
    let error = error_of(Act::SendAndReset(Vec::new())).await;
    let line = error.to_string();
    assert!(
        line.starts_with("GET /items (list): the connection broke before"),
        "{line}"
    );
    let client = api::client("http://127.0.0.1:1");
    let line = send(client.call(&api::LIST)).await.unwrap_err().to_string();
    assert!(
        line.starts_with("GET /items (list): could not connect"),
        "{line}"
    );
}

#[tokio::test]
async fn a_question_mark_leads_into_what_programs_return() {
    async fn by_anyhow() -> anyhow::Result<()> {
        Err(refused(404, r#"{"message":"No such pot"}"#).await)?
    }
    async fn boxed() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Err(refused(404, r#"{"message":"No such pot"}"#).await)?
    }
    let line = "GET /items (list) answered 404 Not Found: No such pot";
    let error = by_anyhow().await.unwrap_err();
    assert_eq!(error.to_string(), line);
    let ours = error.downcast_ref::<rt::Error>();
    assert!(ours.is_some_and(rt::Error::is_not_found));
    assert_eq!(boxed().await.unwrap_err().to_string(), line);
}

#[tokio::test]
async fn what_kind_of_error_it_is() {
    type Asked = fn(&rt::Error) -> bool;
    let all: [(&str, Asked); 9] = [
        ("invalid", rt::Error::is_invalid_request),
        ("unauthorized", rt::Error::is_unauthorized),
        ("forbidden", rt::Error::is_forbidden),
        ("not found", rt::Error::is_not_found),
        ("conflict", rt::Error::is_conflict),
        ("precondition", rt::Error::is_precondition_failed),
        ("limited", rt::Error::is_rate_limited),
        ("client", rt::Error::is_client_error),
        ("server", rt::Error::is_server_error),
    ];
    for (code, expected) in [
        (400, ["invalid", "client"]),
        (422, ["invalid", "client"]),
        (401, ["unauthorized", "client"]),
        (403, ["forbidden", "client"]),
        (404, ["not found", "client"]),
        (410, ["not found", "client"]),
        (409, ["conflict", "client"]),
        (412, ["precondition", "client"]),
        (429, ["limited", "client"]),
    ] {
        let error = refused(code, "").await;
        let holds = all.iter().filter(|(_, asked)| asked(&error));
        let holds: Vec<&str> = holds.map(|(name, _)| *name).collect();
        assert_eq!(holds, expected, "{code}");
        assert_eq!(error.status_code(), Some(code));
    }
    let error = refused(503, "").await;
    assert!(error.is_server_error() && !error.is_client_error() && !error.is_timeout());
}

#[tokio::test]
async fn a_403_without_requests_left_is_waited_for() {
    let quick = || rt::RetryPolicy::default();
    for limit in [
        &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1")][..],
        &[("ratelimit", r#""hour";r=0;t=1"#)],
        &[("ratelimit-remaining", "0"), ("retry-after", "1")],
    ] {
        let server = Server::start([status(403, limit, ""), json("[1]")]).await;
        let mut builder = api::builder(&server.url());
        builder.retry(quick());
        let start = Instant::now();
        send(builder.build().unwrap().call(&api::LIST))
            .await
            .unwrap();
        assert!(start.elapsed().as_millis() >= 1000, "{limit:?}");
        assert_eq!(server.received().len(), 2);
    }
    // One that is about rights, one that would take too long, and a request that may not be repeated.
    let rights = [("x-ratelimit-remaining", "59"), ("x-ratelimit-reset", "1")];
    let long = [
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset", "3600"),
    ];
    let soon = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "0")];
    for (head, operation, is_limited) in [
        (rights, &api::LIST, false),
        (long, &api::LIST, true),
        (soon, &api::CREATE, true),
    ] {
        let server = Server::start([status(403, &head, ""), json("[1]")]).await;
        let mut builder = api::builder(&server.url());
        builder.retry(quick());
        let client = builder.build().unwrap();
        let error = send(client.call(operation)).await.unwrap_err();
        assert_eq!(error.is_rate_limited(), is_limited, "{head:?}");
        assert_eq!(error.is_forbidden(), !is_limited, "{head:?}");
        assert_eq!(server.received().len(), 1, "{head:?}");
    }
    // A server that always says when its limit begins anew is asked again soon after a failure.
    let busy = Act::Send(response(502, &[("x-ratelimit-reset", "3600")], ""));
    let server = Server::start([busy, json("[1]")]).await;
    let mut builder = api::builder(&server.url());
    builder.retry(quick());
    send(builder.build().unwrap().call(&api::LIST))
        .await
        .unwrap();
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn a_typed_body_is_had_owned() {
    let decode = |raw: &rt::RawResponse| raw.typed(|body: String| body);
    for (body, expected) in [(r#""no""#, Some("no")), ("[]", None)] {
        let server = Server::start([status(418, &[JSON], body)]).await;
        let call = api::client(&server.url()).call(&api::LIST);
        let sent = call
            .send::<rt::Value, String>(rt::decode::json, decode)
            .await;
        match (sent.unwrap_err().into_body(), expected) {
            (Ok(body), Some(expected)) => assert_eq!(body, expected),
            (Err(error), None) => assert_eq!(error.status_code(), Some(418)),
            (other, _) => panic!("{other:?}"),
        }
    }
}
