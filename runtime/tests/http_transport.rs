//! Connections, concurrency, cancellation, and transports of the caller's own.

mod support;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use clientsmith_runtime::support as rt;
use support::api::{self, client, send};
use support::{Act, Server, json, response};

/// Answers everything itself.
#[derive(Debug, Default)]
struct Canned {
    seen: Mutex<Vec<http::Request<rt::Body>>>,
}

impl rt::Transport for Canned {
    fn send(
        &self,
        request: http::Request<rt::Body>,
    ) -> rt::BoxFuture<Result<http::Response<rt::ResponseBody>, rt::TransportError>> {
        self.seen.lock().unwrap().push(request);
        let response = http::Response::builder()
            .status(200)
            .header("x-from", "canned");
        let response = response.body(rt::ResponseBody::from("[true]")).unwrap();
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[tokio::test]
async fn a_transport_of_the_callers_own() {
    let transport = Arc::new(Canned::default());
    let mut builder = api::builder("https://nowhere.invalid/base");
    builder.transport(transport.clone());
    builder.credential("bearer", "t".into());
    let mut call = builder.build().unwrap().call(&api::BEARER);
    call.json_body(&7_i64);
    let response = send(call).await.unwrap();
    assert_eq!(response.header("x-from"), Some("canned"));
    assert_eq!(response.to_string(), "[true]");
    let seen = transport.seen.lock().unwrap();
    assert_eq!(seen[0].uri(), "https://nowhere.invalid/base/bearer");
    assert_eq!(&seen[0].body().as_bytes().unwrap()[..], b"7");
    let authorization = &seen[0].headers()["authorization"];
    assert_eq!(authorization, "Bearer t");
    assert!(authorization.is_sensitive());
}

#[tokio::test]
async fn a_reqwest_client_of_the_callers_own() {
    let server = Server::start([json("{}")]).await;
    let mut headers = http::HeaderMap::new();
    headers.insert("x-own", "1".parse().unwrap());
    let own = rt::ReqwestTransport::client_builder()
        .unwrap()
        .default_headers(headers);
    let mut builder = api::builder(&server.url());
    builder.reqwest_client(own.build().unwrap());
    send(builder.build().unwrap().call(&api::LIST))
        .await
        .unwrap();
    assert_eq!(server.only().header("x-own"), Some("1"));
}

#[tokio::test]
async fn calls_share_a_connection() {
    let server = Server::start([json("{}")]).await;
    let client = client(&server.url());
    for _ in 0..3 {
        send(client.clone().call(&api::LIST)).await.unwrap();
    }
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.connection == 0)
    );
}

#[tokio::test]
async fn a_server_that_closes_idle_connections() {
    let server = Server::start([Act::SendAndClose(response(200, &[], "{}"))]).await;
    let client = client(&server.url());
    for _ in 0..5 {
        send(client.call(&api::CREATE)).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.received().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_calls_at_once_on_one_client() {
    let server = Server::start([json("[1]")]).await;
    let client = client(&server.url());
    let calls: Vec<_> = (0..200)
        .map(|_| tokio::spawn(send(client.call(&api::LIST))))
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().to_string(), "[1]");
    }
    assert_eq!(server.received().len(), 200);
}

#[tokio::test]
async fn dropping_gives_the_call_up() {
    let server = Server::start([Act::SendAndHang(Vec::new())]).await;
    let call = client(&server.url()).call(&api::LIST);
    let sending = call.send::<i64, _>(rt::decode::json, rt::decode::no_error);
    assert!(
        tokio::time::timeout(Duration::from_millis(100), sending)
            .await
            .is_err()
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_awaited() {
    let server = Server::start([json("{}")]).await;
    let call = client(&server.url()).call(&api::LIST);
    drop(call.send::<i64, _>(rt::decode::json, rt::decode::no_error));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(server.received().is_empty());
}

#[test]
fn without_a_runtime_there_is_an_error_and_no_panic() {
    let sending = client("http://127.0.0.1:9").call(&api::LIST);
    let sending = sending.send::<i64, _>(rt::decode::json, rt::decode::no_error);
    let mut sending = std::pin::pin!(sending);
    let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(outcome) = sending.as_mut().poll(&mut cx) else {
        panic!()
    };
    assert!(
        outcome
            .unwrap_err()
            .to_string()
            .contains("no Tokio runtime")
    );
}

#[cfg(all(feature = "rustls", feature = "http2"))]
#[tokio::test]
async fn https_is_spoken_and_http2_is_offered() {
    use tokio::io::AsyncReadExt as _;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let hello = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut hello = vec![0; 4096];
        let length = stream.read(&mut hello).await.unwrap();
        hello.truncate(length);
        hello
    });
    let error = send(client(&url).call(&api::LIST)).await.unwrap_err();
    assert!(matches!(error, rt::Error::Transport(_)), "{error:?}");
    let hello = hello.await.unwrap();
    assert_eq!(hello[..2], [0x16, 0x03], "a TLS handshake");
    let offered = b"\x02h2\x08http/1.1";
    assert!(hello.windows(offered.len()).any(|window| window == offered));
}

#[test]
fn what_crosses_threads() {
    fn both<T: Send + Sync + 'static>() {}
    fn send<T: Send + 'static>() {}
    both::<rt::Client>();
    both::<rt::Error<String>>();
    both::<rt::Response<String>>();
    send::<rt::Call>();
    send::<rt::ClientBuilder>();
    send::<rt::Sending<String, String>>();
    send::<rt::Items<String, String>>();
    send::<rt::Pages<String, String>>();
}
