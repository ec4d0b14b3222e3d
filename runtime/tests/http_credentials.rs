//! Where credentials go, where they do not, and that nothing shows them.

#![allow(
    clippy::format_push_string,
    reason = "what is shown is gathered bit by bit"
)]

mod support;

use clientsmith_runtime::support as rt;
use rt::PerCall as _;
use support::api::{self, client, send};
use support::{Server, json, status};

const CANARY: &str = "canary-s3cr3t-4711";

static BASIC: rt::Operation = api::operation("basic", rt::Method::Get, "/a", &[&["basic"]]);
static RAW: rt::Operation = api::operation("raw", rt::Method::Get, "/a", &[&["raw"]]);
static DIGEST: rt::Operation = api::operation("digest", rt::Method::Get, "/a", &[&["digest"]]);
static QUERY: rt::Operation = api::operation("query", rt::Method::Get, "/a?b=c", &[&["query_key"]]);
static COOKIE: rt::Operation = api::operation("cookie", rt::Method::Get, "/a", &[&["cookie_key"]]);
static BOTH: rt::Operation = api::operation(
    "both",
    rt::Method::Get,
    "/a",
    &[&["header_key", "app_key"], &["bearer"]],
);
static OPTIONAL: rt::Operation =
    api::operation("optional", rt::Method::Get, "/a", &[&[], &["bearer"]]);
static UNKNOWN: rt::Operation = api::operation("unknown", rt::Method::Get, "/a", &[&["nowhere"]]);
static FLAVOUR: rt::Param = api::cookie("flavour");

fn with(server: &Server, credentials: &[(&'static str, &str)]) -> rt::Client {
    let mut builder = api::builder(&server.url());
    for (scheme, secret) in credentials {
        builder.credential(scheme, (*secret).into());
    }
    builder.build().unwrap()
}

#[tokio::test]
async fn each_kind_goes_where_its_scheme_has_it() {
    for (operation, scheme, header, value) in [
        (&api::BEARER, "bearer", "authorization", "Bearer k+/="),
        (&RAW, "raw", "authorization", "k+/="),
        (&DIGEST, "digest", "authorization", "Digest k+/="),
        (&COOKIE, "cookie_key", "cookie", "session=k+/="),
    ] {
        let server = Server::start([json("{}")]).await;
        send(with(&server, &[(scheme, "k+/=")]).call(operation))
            .await
            .unwrap();
        assert_eq!(server.only().header(header), Some(value), "{scheme}");
    }
}

#[tokio::test]
async fn basic_is_user_and_password() {
    let server = Server::start([json("{}")]).await;
    let mut builder = api::builder(&server.url());
    builder.basic("basic", "Aladdin".to_owned(), "open sesame".into());
    send(builder.build().unwrap().call(&BASIC)).await.unwrap();
    let expected = Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    assert_eq!(server.only().header("authorization"), expected);
}

#[tokio::test]
async fn a_key_in_the_query_string_is_encoded() {
    let server = Server::start([json("{}")]).await;
    send(with(&server, &[("query_key", "a&b c")]).call(&QUERY))
        .await
        .unwrap();
    assert_eq!(server.only().line(), "GET /a?b=c&api%20key=a%26b%20c");
}

#[tokio::test]
async fn a_key_in_a_cookie_joins_the_cookies() {
    let server = Server::start([json("{}")]).await;
    let mut call = with(&server, &[("cookie_key", "k")]).call(&COOKIE);
    call.param(&FLAVOUR, &"oat".to_owned());
    send(call).await.unwrap();
    assert_eq!(
        server.only().header("cookie"),
        Some("flavour=oat; session=k")
    );
}

#[tokio::test]
async fn all_of_one_requirement_or_all_of_another() {
    let server = Server::start([json("{}")]).await;
    let keys = [("header_key", "k1"), ("app_key", "k2")];
    send(with(&server, &keys).call(&BOTH)).await.unwrap();
    send(with(&server, &[("app_key", "k2"), ("bearer", "t")]).call(&BOTH))
        .await
        .unwrap();
    let [first, second] = &server.received()[..] else {
        panic!()
    };
    assert_eq!(first.header("x-api-key"), Some("k1"));
    assert_eq!(first.header("x-application-key"), Some("k2"));
    assert_eq!(first.header("authorization"), None);
    assert_eq!(second.header("x-application-key"), None);
    assert_eq!(second.header("authorization"), Some("Bearer t"));
}

#[tokio::test]
async fn optional_credentials_are_sent_when_there_are_any() {
    let server = Server::start([json("{}")]).await;
    send(with(&server, &[]).call(&OPTIONAL)).await.unwrap();
    send(with(&server, &[("bearer", "t")]).call(&OPTIONAL))
        .await
        .unwrap();
    let [first, second] = &server.received()[..] else {
        panic!()
    };
    assert_eq!(first.header("authorization"), None);
    assert_eq!(second.header("authorization"), Some("Bearer t"));
}

#[tokio::test]
async fn an_operation_without_security_gets_none() {
    let server = Server::start([json("{}")]).await;
    send(with(&server, &[("bearer", "t")]).call(&api::LIST))
        .await
        .unwrap();
    assert_eq!(server.only().header("authorization"), None);
}

#[tokio::test]
async fn a_missing_credential_names_scheme_and_variable_and_nothing_is_sent() {
    let server = Server::start([json("{}")]).await;
    let error = send(with(&server, &[("app_key", "k")]).call(&BOTH))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "operation `both` needs a credential: security scheme `header_key` (on the builder, or \
         from the environment: HTTP_TEST_HEADER_KEY), or security scheme `bearer` (on the \
         builder, or from the environment: HTTP_TEST_TOKEN)",
    );
    let rt::Error::Build(build) = error else {
        panic!()
    };
    assert!(build.is_missing_credential());
    let error = send(with(&server, &[]).call(&UNKNOWN)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "operation `unknown` needs the credential `nowhere`, which the document does not define: \
         send one of your own in a header (`default_header`) or by a middleware"
    );
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn a_credential_that_no_header_can_have_is_refused_and_not_shown() {
    let server = Server::start([json("{}")]).await;
    let bad = format!("{CANARY}\r\nX-Evil: 1");
    for (operation, scheme) in [(&api::BEARER, "bearer"), (&QUERY, "query_key")] {
        let error = send(with(&server, &[(scheme, &bad)]).call(operation))
            .await
            .unwrap_err();
        assert!(matches!(error, rt::Error::Build(_)), "{error:?}");
        assert!(error.to_string().contains(scheme));
        assert!(!format!("{error} {error:?}").contains(CANARY));
    }
    assert!(server.received().is_empty());
}

#[test]
fn credentials_and_base_url_from_the_environment() {
    // In a process of its own, for the environment is shared by all threads.
    if std::env::var_os("HTTP_TEST_CHILD").is_none() {
        let output = std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "credentials_and_base_url_from_the_environment",
                "--exact",
                "--nocapture",
            ])
            .env("HTTP_TEST_CHILD", "1")
            .env("HTTP_TEST_TOKEN", CANARY)
            .env("HTTP_TEST_USER", "u")
            .env("HTTP_TEST_HEADER_KEY", "")
            .env("HTTP_TEST_BASE_URL", "https://from.env/api")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        return;
    }
    let mut builder = rt::ClientBuilder::new(&api::API);
    builder.from_env();
    let client = builder.build().unwrap();
    assert_eq!(client.base_url(), "https://from.env/api");
    let shown = format!("{client:?}");
    assert!(
        shown.contains(r#"credentials: ["bearer"]"#),
        "half or empty ones do not count: {shown}"
    );

    let mut builder = api::builder("https://own/");
    builder.credential("bearer", "own".into());
    builder.from_env();
    assert_eq!(builder.build().unwrap().base_url(), "https://own/");
}

/// Answers are made to echo the secret, as some servers' error pages do.
#[tokio::test]
async fn the_secret_is_in_no_debug_output_error_or_message() {
    let echo = format!(r#""you sent {CANARY}""#);
    let headers = [("x-echo", CANARY), ("set-cookie", CANARY)];
    let server = Server::start([status(500, &headers, &echo), status(200, &headers, &echo)]).await;
    let secret = rt::Secret::from(CANARY);
    let mut shown = format!("{secret:?}");
    let mut builder = api::builder(&server.url());
    builder.credential("bearer", secret);
    builder.default_header("X-Extra-Key", CANARY);
    shown += &format!("{builder:?}");
    let client = builder.build().unwrap();
    let mut call = client.call(&api::BEARER);
    call = call.with_header("X-Own-Key", CANARY);
    call.param(&api::SECRET, &CANARY.to_owned());
    shown += &format!("{client:?} {client:#?} {call:?}");
    let sending = call.send::<Vec<i64>, String>(rt::decode::json, |raw| raw.typed(|text| text));
    shown += &format!("{sending:?}");
    let error = sending.await.unwrap_err();
    shown += &format!("{error} {:?}", error.raw().unwrap());
    // The typed body is the document's: it prints as its model does.
    let rt::Error::Status(_) = &error else {
        panic!()
    };

    let decode = send_list(&client).await.unwrap_err();
    assert!(matches!(decode, rt::Error::Decode(_)));
    shown += &format!("{decode} {decode:?} {decode:#?}");
    let text = client
        .call(&api::BEARER)
        .send(rt::decode::empty, rt::decode::no_error)
        .await;
    shown += &format!("{text:?}");
    let value = send(client.call(&api::BEARER)).await.unwrap();
    shown += &format!("{value:?} {value:#?}");
    assert!(!shown.contains(CANARY), "{shown}");
    assert!(shown.contains("you sent [redacted]"), "{shown}");
}

/// A secret that the server has just made is in no list of what not to show.
#[tokio::test]
async fn a_secret_new_in_the_body_is_in_no_debug_output() {
    let body = format!(r#"{{"token":"{CANARY}"}}"#);
    let script = [
        json(&body),
        json(&body),
        status(418, &[("content-type", "application/json")], &body),
    ];
    let server = Server::start(script).await;
    let client = api::client(&server.url());
    let raw = client.call(&api::LIST).send_raw().await.unwrap();
    assert_eq!(raw.body(), &body);
    let sending = client.call(&api::LIST);
    let sending = sending.send::<Vec<i64>, _>(rt::decode::json, rt::decode::no_error);
    let undecoded = sending.await.unwrap_err();
    let refused = send(client.call(&api::LIST)).await.unwrap_err();
    assert_eq!(refused.raw().unwrap().body(), &body);
    let shown = format!("{raw:?} {raw:#?} {undecoded} {undecoded:?} {refused:?} {refused:#?}");
    assert!(!shown.contains(CANARY), "{shown}");
    assert!(shown.contains("bytes of `application/json`"), "{shown}");
}

async fn send_list(client: &rt::Client) -> Result<rt::Response<Vec<i64>>, rt::Error> {
    client
        .call(&api::BEARER)
        .send(rt::decode::json, rt::decode::no_error)
        .await
}

#[tokio::test]
async fn a_transport_error_shows_no_query_string() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let mut builder = api::builder(&url);
    builder.credential("query_key", CANARY.into());
    let error = send(builder.build().unwrap().call(&QUERY))
        .await
        .unwrap_err();
    let mut shown = format!("{error} {error:?} {error:#?}");
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        shown += &format!("{error} {error:?}");
        source = error.source();
    }
    assert!(!shown.contains(CANARY), "{shown}");
}

#[tokio::test]
async fn a_redirect_to_another_host_carries_no_credential() {
    let other = Server::start([json("{}")]).await;
    let to = format!("{}/elsewhere", other.url());
    let server = Server::start([status(302, &[("location", &to)], "")]).await;
    let mut builder = api::builder(&server.url());
    builder.credential("header_key", CANARY.into());
    builder.credential("app_key", CANARY.into());
    builder.default_header("X-Extra-Key", CANARY);
    let mut call = builder.build().unwrap().call(&BOTH);
    call.param(&FLAVOUR, &CANARY.to_owned());
    call = call.with_header("Authorization", CANARY);
    send(call).await.unwrap();
    assert!(server.only().head.contains(CANARY));
    let request = other.only();
    assert_eq!(request.line(), "GET /elsewhere");
    assert!(!request.head.contains(CANARY), "{}", request.head);
    assert_eq!(request.header("user-agent"), Some("test-client/1.2.3"));
    assert_eq!(request.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn a_key_in_the_query_string_does_not_follow_a_redirect() {
    let other = Server::start([json("{}")]).await;
    let server = Server::start([status(307, &[("location", &other.url())], "")]).await;
    send(with(&server, &[("query_key", CANARY)]).call(&QUERY))
        .await
        .unwrap();
    assert!(!other.only().head.contains(CANARY));
}

#[tokio::test]
async fn a_redirect_within_the_server_keeps_its_credential() {
    let server = Server::start([status(301, &[("location", "/b?c=d#e")], ""), json("{}")]).await;
    send(with(&server, &[("bearer", "t")]).call(&api::BEARER))
        .await
        .unwrap();
    assert_eq!(server.lines(), ["GET /bearer", "GET /b?c=d"]);
    assert_eq!(
        server.received()[1].header("authorization"),
        Some("Bearer t")
    );
}

#[tokio::test]
async fn a_request_with_an_effect_follows_what_asks_for_the_same_again() {
    for code in [307, 308] {
        let server = Server::start([
            status(code, &[("location", "/b")], ""),
            status(code, &[("location", "/c")], ""),
            json("{}"),
        ])
        .await;
        let mut call = client(&server.url()).call(&api::CREATE);
        call.json_body(&vec![7_i64]);
        send(call).await.unwrap();
        assert_eq!(server.lines(), ["POST /items", "POST /b", "POST /c"]);
        for request in server.received() {
            assert_eq!(request.body, b"[7]");
            assert_eq!(request.header("content-type"), Some("application/json"));
        }
    }
}

#[tokio::test]
async fn a_request_with_an_effect_follows_nothing_else() {
    let other = Server::start([json("{}")]).await;
    let elsewhere = other.url();
    for (code, to) in [(307, elsewhere.as_str()), (302, "/b"), (303, "/b")] {
        let server = Server::start([status(code, &[("location", to)], ""), json("{}")]).await;
        let error = send(client(&server.url()).call(&api::CREATE))
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap(), code);
        assert_eq!(error.header("location"), Some(to));
        assert_eq!(server.lines(), ["POST /items"]);
    }
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn a_body_that_can_be_sent_once_follows_nothing() {
    let server = Server::start([status(307, &[("location", "/b")], ""), json("{}")]).await;
    let mut call = client(&server.url()).call(&api::CREATE);
    call.body("text/plain", rt::Body::streaming("only once".to_owned()));
    let error = send(call).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
    assert_eq!(server.lines(), ["POST /items"]);
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let server = Server::start([status(302, &[("location", "/b")], "")]).await;
    let error = send(client(&server.url()).call(&api::LIST))
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 302);
    assert_eq!(server.received().len(), 11);
}

#[tokio::test]
async fn user_names_in_a_location_are_dropped() {
    let server = Server::start([json("{}")]).await;
    let to = format!("http://user:pass@{}/b", server.address);
    let first = Server::start([status(302, &[("location", &to)], "")]).await;
    send(client(&first.url()).call(&api::LIST)).await.unwrap();
    assert_eq!(server.only().header("authorization"), None);
}
