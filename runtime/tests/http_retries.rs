//! When a call is sent again, when it is not, and how long it waits.

mod support;

use std::time::{Duration, Instant, SystemTime};

use clientsmith_runtime::support as rt;
use rt::PerCall as _;
use support::api::{self, send};
use support::{Act, Server, json, response, status};

static PUT: rt::Operation = api::operation("put", rt::Method::Put, "/items", &[]);
static KEY: rt::Param = api::header("Idempotency-Key");

fn quick() -> rt::RetryPolicy {
    rt::RetryPolicy::default().first_delay(Duration::from_millis(1))
}

fn client(server: &Server, policy: rt::RetryPolicy) -> rt::Client {
    let mut builder = api::builder(&server.url());
    builder.retry(policy);
    builder.build().unwrap()
}

/// The statuses that the server saw asked for again.
#[tokio::test]
async fn the_statuses_that_pass() {
    for code in [408, 425, 429, 500, 502, 503, 504] {
        let server = Server::start([status(code, &[], "wait"), json("[1]")]).await;
        let response = send(client(&server, quick()).call(&api::LIST))
            .await
            .unwrap();
        assert_eq!(response.to_string(), "[1]", "{code}");
        assert_eq!(response.raw().attempts(), 2);
        assert_eq!(server.lines(), ["GET /items", "GET /items"]);
    }
    for code in [400, 401, 403, 404, 409, 422, 501] {
        let server = Server::start([status(code, &[], "no"), json("[1]")]).await;
        let error = send(client(&server, quick()).call(&api::LIST))
            .await
            .unwrap_err();
        assert_eq!(error.status().unwrap(), code);
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn after_the_last_attempt_its_answer_is_the_error() {
    let server = Server::start([status(503, &[], "one"), status(503, &[], "two")]).await;
    let error = send(client(&server, quick()).call(&api::LIST))
        .await
        .unwrap_err();
    assert_eq!(&error.raw_body().unwrap()[..], b"two");
    assert_eq!(error.raw().unwrap().attempts(), 3);
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_post_is_sent_once_unless_the_caller_or_a_key_says_otherwise() {
    let script = || [status(503, &[], ""), json("[1]")];
    let server = Server::start(script()).await;
    assert!(
        send(client(&server, quick()).call(&api::CREATE))
            .await
            .is_err()
    );
    assert_eq!(server.received().len(), 1);

    let server = Server::start([Act::SendAndReset(Vec::new()), json("[1]")]).await;
    assert!(
        send(client(&server, quick()).call(&api::CREATE))
            .await
            .is_err()
    );
    assert_eq!(server.received().len(), 1, "the server may have seen it");

    let server = Server::start(script()).await;
    let mut call = client(&server, rt::RetryPolicy::never()).call(&api::CREATE);
    call = call.with_retry(quick().even_if_not_idempotent());
    call.json_body(&7_i64);
    send(call).await.unwrap();
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.text() == "7")
    );
    assert_eq!(server.received().len(), 2);

    let server = Server::start(script()).await;
    let mut call = client(&server, quick()).call(&api::CREATE);
    call.idempotency_key(&KEY);
    send(call).await.unwrap();
    let [first, second] = &server.received()[..] else {
        panic!()
    };
    let key = first.header("idempotency-key").unwrap();
    assert_eq!(key.len(), 36);
    assert_eq!(
        second.header("idempotency-key"),
        Some(key),
        "the same for each attempt"
    );

    let server = Server::start([json("[1]")]).await;
    let mut call = client(&server, quick()).call(&api::CREATE);
    call.param(&KEY, &"mine".to_owned());
    call.idempotency_key(&KEY);
    send(call).await.unwrap();
    assert_eq!(server.only().header("idempotency-key"), Some("mine"));
}

#[tokio::test]
async fn a_put_with_its_body_is_sent_again() {
    let server = Server::start([status(500, &[], ""), json("[1]")]).await;
    let mut call = client(&server, quick()).call(&PUT);
    call.json_body(&vec![1_i64]);
    send(call).await.unwrap();
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.text() == "[1]")
    );
}

#[tokio::test]
async fn a_body_that_is_produced_while_it_is_sent_is_sent_once() {
    let server = Server::start([status(503, &[], ""), json("[1]")]).await;
    let mut call = client(&server, quick().even_if_not_idempotent()).call(&PUT);
    call.body(
        "application/octet-stream",
        rt::Body::streaming(rt::Body::from("once")),
    );
    assert_eq!(send(call).await.unwrap_err().status().unwrap(), 503);
    assert_eq!(server.only().text(), "once");
}

#[tokio::test]
async fn broken_connections_are_tried_again() {
    let cut = response(200, &[], "[1, 2, 3]");
    let cut = cut[..cut.len() - 3].to_vec();
    for broken in [Act::SendAndReset(Vec::new()), Act::SendAndReset(cut)] {
        let server = Server::start([broken, json("[1]")]).await;
        send(client(&server, quick()).call(&api::LIST))
            .await
            .unwrap();
        assert_eq!(server.received().len(), 2);
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_whatever_the_method() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let mut builder = api::builder(&format!("http://{address}"));
    builder.retry(
        rt::RetryPolicy::default()
            .attempts(20)
            .first_delay(Duration::from_millis(40)),
    );
    let call = builder.build().unwrap().call(&api::CREATE);
    let sending = tokio::spawn(send(call));
    tokio::time::sleep(Duration::from_millis(30)).await;
    let server = Server::start_at(address, [json("[1]")]).await;
    sending.await.unwrap().unwrap();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn an_answer_is_kept_when_there_is_none_the_next_time() {
    let broken = Act::SendAndReset(Vec::new());
    let server = Server::start([status(503, &[], "busy"), broken]).await;
    let error = send(client(&server, quick()).call(&api::LIST))
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
}

/// How long a call waits that is first answered with this header.
async fn waits_for(name: &str, value: &str) -> Duration {
    let server = Server::start([status(429, &[(name, value)], ""), json("[1]")]).await;
    let start = Instant::now();
    send(client(&server, quick()).call(&api::LIST))
        .await
        .unwrap();
    start.elapsed()
}

#[tokio::test]
async fn the_server_says_how_long_to_wait() {
    let now = || {
        SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap()
    };
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(2));
    let in_a_second = (now() + Duration::from_millis(800)).as_millis().to_string();
    let epoch_seconds = (now().as_secs() + 2).to_string();
    let waits = tokio::join!(
        waits_for("retry-after", "1"),
        waits_for("retry-after", &date),
        waits_for("x-ratelimit-reset", "1"),
        waits_for("x-ratelimit-reset", &epoch_seconds),
        waits_for("x-ratelimit-reset", &in_a_second),
    );
    let (seconds, at, reset, reset_at, reset_at_ms) = waits;
    for (wait, least) in [
        (seconds, 1000),
        (at, 900),
        (reset, 1000),
        (reset_at, 900),
        (reset_at_ms, 700),
    ] {
        assert!(wait >= Duration::from_millis(least), "{wait:?} {least}");
        assert!(
            wait < Duration::from_millis(least + 1600),
            "{wait:?} {least}"
        );
    }
}

#[tokio::test]
async fn a_longer_wait_than_is_left_is_not_begun() {
    let script = || [status(429, &[("retry-after", "60")], ""), json("[1]")];
    for (policy, timeout) in [
        (
            quick().budget(Duration::from_secs(5)),
            Duration::from_secs(100),
        ),
        (
            quick().budget(Duration::from_secs(100)),
            Duration::from_secs(5),
        ),
    ] {
        let server = Server::start(script()).await;
        let start = Instant::now();
        let mut call = client(&server, policy).call(&api::LIST);
        call = call.with_timeout(timeout);
        let error = send(call).await.unwrap_err();
        assert!(error.is_rate_limited());
        assert_eq!(error.retry_after(), Some(Duration::from_secs(60)));
        assert!(start.elapsed() < Duration::from_secs(4));
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn the_default_waits_with_jitter_and_tries_three_times() {
    let server = Server::start([status(503, &[], "")]).await;
    let start = Instant::now();
    let error = send(client(&server, rt::RetryPolicy::default()).call(&api::LIST)).await;
    assert_eq!(error.unwrap_err().status().unwrap(), 503);
    assert_eq!(server.received().len(), 3);
    assert!(start.elapsed() < Duration::from_secs(2));
}
