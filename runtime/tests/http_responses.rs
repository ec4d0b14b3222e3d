//! What comes back: values, error statuses, bodies that are not what they should be, time.

mod support;

use std::time::{Duration, Instant};

use clientsmith_runtime::support as rt;
use rt::PerCall as _;
use support::api::{self, client, send};
use support::{Act, Server, json, response, status};

const HTML: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";

/// A typed error body, as a generated crate has it.
#[derive(Clone, Debug, PartialEq)]
enum ListError {
    Status404(Vec<String>),
    Default(String),
}

impl ListError {
    fn decode(raw: &rt::RawResponse) -> Result<Option<Self>, rt::DecodeError> {
        match raw.status().as_u16() {
            404 => raw.typed(Self::Status404),
            _ => raw.typed(Self::Default),
        }
    }
}

async fn list(act: Act) -> Result<rt::Response<Vec<i64>>, rt::Error<ListError>> {
    let server = Server::start([act]).await;
    client(&server.url())
        .call(&api::LIST)
        .send(rt::decode::json, ListError::decode)
        .await
}

#[tokio::test]
async fn a_success_is_its_value_and_keeps_what_it_came_with() {
    let page = list(status(201, &[("x-request-id", "r-1")], "[1, 2]"))
        .await
        .unwrap();
    assert_eq!(page.status(), 201);
    assert_eq!(page.header("X-Request-Id"), Some("r-1"));
    assert_eq!(page.request_id(), Some("r-1"));
    assert_eq!(&page.body()[..], b"[1, 2]");
    assert_eq!(page.len(), 2, "it derefs to its value");
    assert_eq!(page.into_inner(), [1, 2]);
}

#[tokio::test]
async fn headers_are_typed() {
    let headers = [
        ("etag", "\"33a64\""),
        ("x-limit", "120"),
        ("x-more", "true"),
        ("x-names", "a, b"),
        ("x-sizes", "1,2"),
        ("x-text", "42"),
    ];
    let page = list(status(200, &headers, "[]")).await.unwrap();
    let text = |name: &str| page.header_as::<String>(name).unwrap();
    assert_eq!(text("etag").as_deref(), Some("\"33a64\""));
    assert_eq!(text("x-text").as_deref(), Some("42"));
    assert_eq!(text("x-none"), None);
    assert_eq!(page.header_as::<i64>("x-limit").unwrap(), Some(120));
    assert_eq!(page.header_as::<bool>("x-more").unwrap(), Some(true));
    let names = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(
        page.header_as::<Vec<String>>("x-names").unwrap(),
        Some(names)
    );
    assert_eq!(
        page.header_as::<Vec<i64>>("x-sizes").unwrap(),
        Some(vec![1, 2])
    );
    assert!(page.header_as::<i64>("etag").is_err());
}

#[tokio::test]
async fn typed_error_bodies_by_status() {
    let error = list(status(404, &[], r#"["a"]"#)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(
        error.body(),
        Some(&ListError::Status404(vec!["a".to_owned()]))
    );
    let error = list(status(401, &[], r#""no""#)).await.unwrap_err();
    assert_eq!(error.body(), Some(&ListError::Default("no".to_owned())));
    assert_eq!(
        error.to_string(),
        "GET /items (list) answered 401 Unauthorized: no"
    );
}

#[tokio::test]
async fn an_html_error_page_is_kept_with_its_status_and_headers() {
    let html = [("content-type", "text/html"), ("x-request-id", "r-2")];
    let error = list(status(500, &html, HTML)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(error.header("content-type"), Some("text/html"));
    assert_eq!(error.request_id(), Some("r-2"));
    assert_eq!(&error.raw_body().unwrap()[..], HTML.as_bytes());
    assert_eq!(error.body(), None);
    let rt::Error::Status(error) = error else {
        panic!()
    };
    assert!(error.undecoded().is_some());
    assert!(error.to_string().contains("502 Bad Gateway"));
}

#[tokio::test]
async fn an_error_without_a_body() {
    let error = list(status(404, &[], "")).await.unwrap_err();
    let rt::Error::Status(error) = error else {
        panic!()
    };
    assert!(error.body().is_none() && error.undecoded().is_none());
}

#[tokio::test]
async fn rate_limits_are_told() {
    let error = list(status(429, &[("retry-after", "7")], ""))
        .await
        .unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
}

#[tokio::test]
async fn long_bodies_are_cut_in_messages_only() {
    let body = "x".repeat(100_000);
    let error = list(status(500, &[], &body)).await.unwrap_err();
    assert!(error.to_string().len() < 1000);
    assert!(format!("{error:?}").len() < 3000);
    assert_eq!(error.raw_body().unwrap().len(), 100_000);
}

#[tokio::test]
async fn the_error_value_is_small() {
    assert!(size_of::<rt::Error<[u8; 500]>>() <= 24);
}

#[tokio::test]
async fn a_body_of_another_shape_names_the_path_and_is_kept() {
    let error = list(json(r#"[1, "two"]"#)).await.unwrap_err();
    let rt::Error::Decode(decode) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(decode.error().path(), "$[1]");
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(&error.raw_body().unwrap()[..], br#"[1, "two"]"#);
    let shown = error.to_string();
    assert!(shown.starts_with("GET /items (list) answered 200 OK with a body that does not"));
    assert!(shown.contains("$[1]"), "{shown}");
}

#[tokio::test]
async fn truncated_json_names_the_path() {
    let error = list(json("[1, 2, -")).await.unwrap_err();
    let rt::Error::Decode(decode) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(decode.error().path(), "$[2]");
}

#[tokio::test]
async fn a_body_shorter_than_announced_names_the_path() {
    let whole = response(200, &[], "[1, 2, -3, 4]");
    let cut = whole[..whole.len() - 5].to_vec();
    for act in [Act::SendAndClose(cut.clone()), Act::SendAndReset(cut)] {
        let error = list(act).await.unwrap_err();
        let rt::Error::Decode(decode) = &error else {
            panic!("{error:?}")
        };
        assert!(decode.error().path().starts_with("$["), "{error}");
        assert_eq!(&error.raw_body().unwrap()[..7], b"[1, 2, ");
        assert!(
            error
                .to_string()
                .contains("in the middle of the response body"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_cut_body_is_an_error_even_where_what_came_can_be_read() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n[1]";
    let error = list(Act::SendAndClose(head.into())).await.unwrap_err();
    assert!(matches!(error, rt::Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn invalid_utf8_is_a_decode_error_and_is_kept() {
    let server = Server::start([Act::Send(response(200, &[], b"\"\xff\xfe\""))]).await;
    let call = client(&server.url()).call(&api::LIST);
    let error = call
        .send::<String, _>(rt::decode::json, rt::decode::no_error)
        .await
        .unwrap_err();
    assert!(matches!(error, rt::Error::Decode(_)), "{error:?}");
    assert_eq!(&error.raw_body().unwrap()[..], b"\"\xff\xfe\"");
}

#[tokio::test]
async fn other_decoders() {
    let latin = [("content-type", "text/plain; charset=ISO-8859-1")];
    let server = Server::start([Act::Send(response(200, &latin, b"caf\xe9"))]).await;
    let call = || client(&server.url()).call(&api::LIST);
    let text = call()
        .send(rt::decode::text, rt::decode::no_error)
        .await
        .unwrap();
    assert_eq!(text.into_inner(), "caf\u{e9}");
    let bytes = call()
        .send(rt::decode::bytes, rt::decode::no_error)
        .await
        .unwrap();
    assert_eq!(&bytes[..], b"caf\xe9");
    call()
        .send(rt::decode::empty, rt::decode::no_error)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_success_with_or_without_a_body() {
    for (answer, expected) in [(json("[1]"), Some(vec![1])), (status(204, &[], ""), None)] {
        let server = Server::start([answer]).await;
        let call = client(&server.url()).call(&api::LIST);
        let decode = |raw: &_| rt::decode::or_none(raw, &[], rt::decode::json::<Vec<i64>>);
        assert_eq!(
            *call.send(decode, rt::decode::no_error).await.unwrap(),
            expected
        );
    }
}

#[tokio::test]
async fn a_hung_server_is_a_timeout() {
    let head: Vec<u8> = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n[1".into();
    for act in [Act::SendAndHang(Vec::new()), Act::SendAndHang(head)] {
        let server = Server::start([act]).await;
        let start = Instant::now();
        let mut builder = api::builder(&server.url());
        builder.timeout(Duration::from_millis(150));
        let error = send(builder.build().unwrap().call(&api::LIST))
            .await
            .unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(
            error.to_string(),
            "GET /items (list): no complete response within 150ms"
        );
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}

#[tokio::test]
async fn a_call_has_a_timeout_of_its_own() {
    let server = Server::start([Act::SendAndHang(Vec::new())]).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call = call.with_timeout(Duration::from_millis(100));
    assert!(send(call).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_slow_body_counts_towards_the_timeout() {
    let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    let pieces = std::iter::once(head)
        .chain((0..100).map(|_| b"1\r\n \r\n".to_vec()))
        .collect();
    let server = Server::start([Act::SendSlowly(pieces, Duration::from_millis(30))]).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call = call.with_timeout(Duration::from_millis(200));
    assert!(send(call).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn a_refused_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = send(client(&url).call(&api::LIST)).await.unwrap_err();
    let rt::Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(transport.kind(), rt::TransportErrorKind::Connect);
    assert!(
        error.to_string().to_lowercase().contains("refused"),
        "{error}"
    );
    assert!(std::error::Error::source(&error).is_some());
}

#[tokio::test]
async fn a_reset_before_the_response() {
    let server = Server::start([Act::SendAndReset(Vec::new())]).await;
    let error = send(client(&server.url()).call(&api::CREATE))
        .await
        .unwrap_err();
    let rt::Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(transport.kind(), rt::TransportErrorKind::Request);
}

#[tokio::test]
async fn what_is_no_http_is_a_transport_error() {
    let server = Server::start([Act::SendAndClose(b"220 smtp.example ESMTP\r\n".to_vec())]).await;
    let error = send(client(&server.url()).call(&api::CREATE))
        .await
        .unwrap_err();
    assert!(matches!(error, rt::Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn a_body_over_the_limit_is_an_error() {
    let long = format!("\"{}\"", "x".repeat(100));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\n";
    let chunked = format!("{chunked}{}\r\n0\r\n\r\n", &long[..100]);
    for act in [json(&long), Act::Send(chunked.into())] {
        let server = Server::start([act]).await;
        let mut builder = api::builder(&server.url());
        builder.max_body_bytes(50);
        let client = builder.build().unwrap();
        let error = send(client.call(&api::LIST)).await.unwrap_err();
        assert!(matches!(error, rt::Error::BodyTooLarge(_)), "{error:?}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(
            error.to_string(),
            "GET /items (list) answered 200 OK with a body that is larger than 50 bytes"
        );
        let mut call = client.call(&api::LIST);
        call = call.with_max_body_bytes(1000);
        assert!(!matches!(send(call).await, Err(rt::Error::BodyTooLarge(_))));
    }
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn gzip_is_undone_and_the_limit_is_on_what_it_was() {
    // `[1,2,3]`, and 100,000 spaces behind it.
    let zipped = include_bytes!("support/spaces.json.gz");
    let headers = [
        ("content-encoding", "gzip"),
        ("content-type", "application/json"),
    ];
    let server = Server::start([Act::Send(response(200, &headers, zipped))]).await;
    let client = client(&server.url());
    assert_eq!(
        send(client.call(&api::LIST)).await.unwrap().to_string(),
        "[1,2,3]"
    );
    assert_eq!(server.only().header("accept-encoding"), Some("gzip"));
    let mut call = client.call(&api::LIST);
    call = call.with_max_body_bytes(50_000);
    assert!(zipped.len() < 50_000);
    let error = send(call).await.unwrap_err();
    assert!(matches!(error, rt::Error::BodyTooLarge(_)), "{error:?}");
}
