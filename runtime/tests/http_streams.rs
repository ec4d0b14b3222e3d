//! Responses that are read while they come: bytes, server-sent events, lines of JSON.

mod support;

use std::time::Duration;

use clientsmith_runtime::support as rt;
use rt::PerCall as _;
use support::api::{self, client};
use support::{Act, Server, json, response, status};

const PAUSE: Duration = Duration::from_millis(20);

/// A chunked response whose pieces come one by one.
fn slowly(content_type: &str, pieces: &[&str], end: bool) -> Act {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\r\n"
    );
    let mut all = vec![head.into_bytes()];
    all.extend(
        pieces
            .iter()
            .map(|piece| format!("{:x}\r\n{piece}\r\n", piece.len()).into_bytes()),
    );
    if end {
        all.push(b"0\r\n\r\n".to_vec());
    }
    Act::SendSlowly(all, PAUSE)
}

fn events(server: &Server) -> rt::Events<rt::Value, String> {
    events_with(server, |_| {})
}

async fn all(mut events: rt::Events<rt::Value, String>) -> Vec<String> {
    let mut seen = Vec::new();
    while let Some(event) = events.try_next().await.unwrap() {
        seen.push(event.data.to_string());
    }
    seen
}

#[tokio::test]
async fn bytes_come_as_they_are_sent() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nfirst".to_vec();
    let server = Server::start([Act::SendAndHang(head)]).await;
    let mut builder = api::builder(&server.url());
    builder.max_body_bytes(10);
    builder.timeout(Duration::from_millis(100));
    builder.idle_timeout(Duration::from_millis(300));
    let call = builder.build().unwrap().call(&api::LIST);
    let mut stream = call.send_streaming(rt::decode::no_error).await.unwrap();
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.header("content-length"), Some("1000000"));
    assert_eq!(
        stream.chunk().await.unwrap().unwrap(),
        "first",
        "the rest has not come"
    );
    let start = std::time::Instant::now();
    let error = stream.chunk().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "GET /items (list): nothing came for 300ms"
    );
    assert!(
        start.elapsed() >= Duration::from_millis(290),
        "not the call's own 100 ms"
    );
}

#[tokio::test]
async fn a_stream_ends_or_breaks() {
    let server = Server::start([json("12345")]).await;
    let call = client(&server.url()).call(&api::LIST);
    let mut stream = call.send_streaming(rt::decode::no_error).await.unwrap();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "12345");
    assert_eq!(stream.chunk().await.unwrap(), None);

    let cut = response(200, &[], "12345");
    let server = Server::start([Act::SendAndClose(cut[..cut.len() - 2].to_vec())]).await;
    let call = client(&server.url()).call(&api::LIST);
    let mut stream = call.send_streaming(rt::decode::no_error).await.unwrap();
    assert_eq!(stream.chunk().await.unwrap().unwrap(), "123");
    assert!(matches!(stream.chunk().await, Err(rt::Error::Transport(_))));
}

#[tokio::test]
async fn a_refused_stream_is_a_typed_error() {
    let server = Server::start([status(403, &[], r#""no""#)]).await;
    let call = client(&server.url()).call(&api::LIST);
    let error = call
        .send_streaming::<String>(|raw| raw.typed(|text| text))
        .await
        .unwrap_err();
    assert_eq!(error.body().unwrap(), "no");
    let error = events(&server).try_next().await.unwrap_err();
    assert_eq!(error.body().unwrap(), "no");
    let call = client(&server.url()).call(&api::LIST);
    let mut lines = call.json_lines::<i64, String>(|raw| raw.typed(|text| text));
    assert_eq!(lines.try_next().await.unwrap_err().body().unwrap(), "no");
    assert_eq!(lines.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn raw_access_whatever_the_status() {
    let server = Server::start([status(418, &[("x-a", "b")], "{\"short\":1}")]).await;
    let raw = client(&server.url())
        .call(&api::LIST)
        .send_raw()
        .await
        .unwrap();
    assert_eq!(raw.status(), 418);
    assert_eq!(raw.header("x-a"), Some("b"));
    assert_eq!(&raw.body()[..], b"{\"short\":1}");
    assert_eq!(raw.json::<rt::Value>().unwrap()["short"], 1);
}

#[tokio::test]
async fn events_are_typed_and_come_one_by_one() {
    let pieces = [
        "event: add\ndata: {\"a\":",
        "1}\n\n: ping\n\ndata: [2",
        "]\n\n",
    ];
    let server = Server::start([slowly("text/event-stream", &pieces, true)]).await;
    let mut events = events(&server);
    let first = events.try_next().await.unwrap().unwrap();
    assert_eq!(first.event.as_deref(), Some("add"));
    assert_eq!(first.data["a"], 1);
    let second = events.try_next().await.unwrap().unwrap();
    assert_eq!((second.event, second.id), (None, None));
    assert_eq!(second.data.to_string(), "[2]");
    assert!(
        events.try_next().await.unwrap().is_none(),
        "without an id there is no going on"
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_lost_connection_goes_on_after_the_last_id() {
    let first = [
        "retry: 10\nid: 1\ndata: 1\n\n",
        "id: 2\ndata: 2\n\ndata: lost\n",
    ];
    let server = Server::start([
        Act::SendAndReset(format!("HTTP/1.1 200 OK\r\n\r\n{}{}", first[0], first[1]).into_bytes()),
        // No response at all is no end either.
        Act::SendAndReset(Vec::new()),
        slowly("text/event-stream", &["data: 3\n\n"], true),
        status(204, &[], ""),
    ])
    .await;
    assert_eq!(all(events(&server)).await, ["1", "2", "3"]);
    let ids: Vec<_> = server
        .received()
        .iter()
        .map(|request| request.header("last-event-id").map(str::to_owned))
        .collect();
    let two = Some("2".to_owned());
    assert_eq!(ids, [None, two.clone(), two.clone(), two]);
}

#[tokio::test]
async fn a_broken_stream_without_ids_is_an_error() {
    let broken = Act::SendAndReset(b"HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n".to_vec());
    let server = Server::start([broken]).await;
    let mut events = events(&server);
    assert_eq!(events.try_next().await.unwrap().unwrap().data, 1);
    assert!(matches!(
        events.try_next().await,
        Err(rt::Error::Transport(_))
    ));
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn connections_that_bring_nothing_end() {
    let first = "retry: 1\nid: 1\ndata: 1\n\n";
    let nothing = response(200, &[], ": nothing\n\n");
    let server = Server::start([Act::Send(response(200, &[], first)), Act::Send(nothing)]).await;
    assert_eq!(all(events(&server)).await, ["1"]);
    assert_eq!(server.received().len(), 3, "as often as the policy says");
}

/// Events of a client with these settings.
fn events_with(
    server: &Server,
    set: impl FnOnce(&mut rt::ClientBuilder),
) -> rt::Events<rt::Value, String> {
    let mut builder = api::builder(&server.url());
    builder.retry(rt::RetryPolicy::default());
    set(&mut builder);
    let call = builder.build().unwrap().call(&api::LIST);
    call.events(|raw| raw.typed(|text| text))
}

#[tokio::test]
async fn a_server_that_begins_again_is_not_asked_without_end() {
    let replay = "retry: 1\nid: 1\ndata: 1\n\nid: 2\ndata: 2\n\n";
    let server = Server::start([Act::Send(response(200, &[], replay))]).await;
    assert_eq!(all(events(&server)).await, ["1", "2"]);
    assert_eq!(server.received().len(), 2);

    // What is new after it is not lost.
    let more = format!("{replay}id: 3\ndata: 3\n\n");
    let acts = [replay, more.as_str()].map(|text| Act::Send(response(200, &[], text)));
    let server = Server::start(acts).await;
    assert_eq!(all(events(&server)).await, ["1", "2", "3"]);
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_broken_replay_is_tried_as_often_as_the_policy_says() {
    let broken = b"HTTP/1.1 200 OK\r\n\r\nretry: 1\nid: 1\ndata: 1\n\n".to_vec();
    let server = Server::start([Act::SendAndReset(broken)]).await;
    let policy = rt::RetryPolicy::default().attempts(4);
    let mut events = events_with(&server, |builder| builder.retry(policy));
    assert_eq!(events.try_next().await.unwrap().unwrap().data, 1);
    assert!(matches!(
        events.try_next().await,
        Err(rt::Error::Transport(_))
    ));
    assert!(events.try_next().await.unwrap().is_none());
    assert_eq!(server.received().len(), 4);
}

#[tokio::test]
async fn going_on_can_be_switched_off() {
    let stream = "retry: 1\nid: 1\ndata: 1\n\n";
    let server = Server::start([Act::Send(response(200, &[], stream))]).await;
    let off = |builder: &mut rt::ClientBuilder| builder.reconnect(rt::Reconnect::Never);
    assert_eq!(all(events_with(&server, off)).await, ["1"]);
    let never = |builder: &mut rt::ClientBuilder| builder.retry(rt::RetryPolicy::never());
    assert_eq!(all(events_with(&server, never)).await, ["1"]);
    let mut builder = api::builder(&server.url());
    builder.retry(rt::RetryPolicy::default());
    let mut call = builder.build().unwrap().call(&api::LIST);
    call = call.with_reconnect(rt::Reconnect::Never);
    assert_eq!(all(call.events(|raw| raw.typed(|text| text))).await, ["1"]);
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn the_wait_is_the_servers_and_no_longer_than_the_policys_budget() {
    let stream = |retry: &str| {
        let text = format!("retry: {retry}\nid: 1\ndata: 1\n\n");
        Act::Send(response(200, &[], text))
    };
    let server = Server::start([stream("120"), status(204, &[], "")]).await;
    let start = std::time::Instant::now();
    assert_eq!(all(events(&server)).await, ["1"]);
    assert!(start.elapsed() >= Duration::from_millis(120));
    assert_eq!(server.received().len(), 2);

    for long in [
        "86400000",
        "99999999999999999999999",
        "18446744073709551615",
    ] {
        let server = Server::start([stream(long), status(204, &[], "")]).await;
        let policy = rt::RetryPolicy::default().budget(Duration::from_secs(2));
        let start = std::time::Instant::now();
        let events = events_with(&server, |builder| builder.retry(policy));
        assert_eq!(all(events).await, ["1"], "{long}");
        assert!(start.elapsed() < Duration::from_secs(2), "{long}");
    }
}

#[tokio::test]
async fn a_refused_connection_obeys_the_policy() {
    let first = Act::Send(response(200, &[], "retry: 1\nid: 1\ndata: 1\n\n"));
    let busy = status(503, &[("retry-after", "0")], "");
    let second = Act::Send(response(200, &[], "id: 2\ndata: 2\n\n"));
    let server = Server::start([first.clone(), busy, second, status(204, &[], "")]).await;
    assert_eq!(all(events(&server)).await, ["1", "2"]);
    assert_eq!(server.received().len(), 4);

    let late = status(503, &[("retry-after", "3600")], "\"busy\"");
    let server = Server::start([first.clone(), late]).await;
    let mut stream = events(&server);
    assert_eq!(stream.try_next().await.unwrap().unwrap().data, 1);
    assert_eq!(stream.try_next().await.unwrap_err().body().unwrap(), "busy");
    assert!(stream.try_next().await.unwrap().is_none());

    let server = Server::start([first, status(403, &[], "\"no\"")]).await;
    let mut stream = events(&server);
    assert_eq!(stream.try_next().await.unwrap().unwrap().data, 1);
    assert_eq!(stream.try_next().await.unwrap_err().body().unwrap(), "no");
    assert!(stream.try_next().await.unwrap().is_none());
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn data_of_nothing_is_no_event() {
    let stream = "data:\n\nevent: ping\ndata\n\ndata:  \n\nid: 9\ndata:\n\ndata: 1\n\n";
    let server = Server::start([Act::Send(response(200, &[], stream)), status(204, &[], "")]).await;
    let mut events = events(&server);
    let event = events.try_next().await.unwrap().unwrap();
    assert_eq!((event.data, event.event), (rt::Value::from(1), None));
    assert_eq!(event.id.as_deref(), Some("9"), "its id counts all the same");
    assert!(events.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn the_mark_that_is_no_json_ends_the_stream() {
    let stream = "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n";
    let server = Server::start([Act::Send(response(200, &[], stream))]).await;
    assert_eq!(all(events(&server)).await, ["1"]);
}

#[tokio::test]
async fn an_event_of_another_shape_is_kept() {
    let stream = "data: 1\n\ndata: {\"a\": nope}\n\ndata: 2\n\n";
    let server = Server::start([Act::Send(response(200, &[], stream))]).await;
    let mut events = events(&server);
    events.try_next().await.unwrap();
    let error = events.try_next().await.unwrap_err();
    let rt::Error::Decode(decode) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(decode.error().path(), "$.a");
    assert_eq!(&error.raw_body().unwrap()[..], b"{\"a\": nope}");
    assert_eq!(
        events.try_next().await.unwrap().unwrap().data,
        2,
        "the next one comes"
    );
    assert!(events.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn an_endless_event_or_line_is_an_error() {
    let endless = format!("data: {}", "x".repeat(5000));
    let server = Server::start([Act::Send(response(200, &[], endless))]).await;
    let mut builder = api::builder(&server.url());
    builder.max_body_bytes(1000);
    let client = builder.build().unwrap();
    let mut events = client
        .call(&api::LIST)
        .events::<i64, _>(rt::decode::no_error);
    assert!(matches!(
        events.try_next().await,
        Err(rt::Error::BodyTooLarge(_))
    ));
    let mut lines = client
        .call(&api::LIST)
        .json_lines::<i64, _>(rt::decode::no_error);
    assert!(matches!(
        lines.try_next().await,
        Err(rt::Error::BodyTooLarge(_))
    ));
}

#[tokio::test]
async fn lines_of_json_wherever_they_are_cut() {
    let pieces = ["[1", "]\n[2]\r\n\n[", "3]"];
    let server = Server::start([slowly("application/x-ndjson", &pieces, true)]).await;
    let call = client(&server.url()).call(&api::LIST);
    let mut lines = call.json_lines::<Vec<i64>, _>(rt::decode::no_error);
    for expected in [1, 2, 3] {
        assert_eq!(lines.try_next().await.unwrap(), Some(vec![expected]));
    }
    assert_eq!(lines.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn a_line_of_another_shape_is_kept() {
    let server = Server::start([Act::Send(response(200, &[], "[1]\n[\"x\"]\n[2]\n"))]).await;
    let call = client(&server.url()).call(&api::LIST);
    let mut lines = call.json_lines::<Vec<i64>, _>(rt::decode::no_error);
    lines.try_next().await.unwrap();
    let error = lines.try_next().await.unwrap_err();
    assert_eq!(&error.raw_body().unwrap()[..], b"[\"x\"]");
    assert_eq!(lines.try_next().await.unwrap(), Some(vec![2]), "the next");
    assert_eq!(lines.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn all_of_them_cross_threads() {
    fn is_stream<S: futures_core::Stream + Send + Unpin + 'static>(_: S) {}
    let call = || client("http://127.0.0.1:9").call(&api::LIST);
    is_stream(call().events::<i64, _>(rt::decode::no_error));
    is_stream(call().json_lines::<i64, _>(rt::decode::no_error));
}
