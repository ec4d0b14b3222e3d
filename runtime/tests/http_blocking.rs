//! The same calls without an async runtime.

mod support;

use clientsmith_runtime::support as rt;
use rt::PerCall as _;
use support::api::{self, client};
use support::{Act, json, response, serve_apart};

static CURSOR: rt::Param = api::query("cursor");
static PAGES: rt::Pagination = rt::Pagination {
    kind: rt::PageKind::Cursor {
        param: &CURSOR,
        next: "/next",
    },
    items: "/results",
    more: None,
};

#[test]
fn calls_raw_calls_and_streams() {
    let (server, _runtime) = serve_apart(vec![json("[1]")]);
    let client = client(&server.url());
    let call = client.call(&api::LIST);
    let response = call
        .send::<Vec<i64>, _>(rt::decode::json, rt::decode::no_error)
        .wait()
        .unwrap();
    assert_eq!(*response, [1]);
    assert_eq!(
        client.call(&api::LIST).send_raw().wait().unwrap().status(),
        200
    );
    let stream = client
        .call(&api::LIST)
        .send_streaming(rt::decode::no_error)
        .wait()
        .unwrap();
    let chunks: Result<Vec<_>, _> = stream.collect();
    assert_eq!(chunks.unwrap().concat(), b"[1]");
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.connection == 0)
    );
}

#[test]
fn pages_and_events() {
    let (server, _runtime) = serve_apart(vec![
        json(r#"{"results": [1, 2], "next": "c"}"#),
        json(r#"{"results": [3]}"#),
        Act::Send(response(200, &[], "data: 4\n\n")),
    ]);
    let client = client(&server.url());
    let items = client
        .call(&api::LIST)
        .items::<i64, _>(&PAGES, rt::decode::no_error)
        .wait();
    assert_eq!(items.collect::<Result<Vec<_>, _>>().unwrap(), [1, 2, 3]);
    let mut events = client
        .call(&api::LIST)
        .events::<i64, _>(rt::decode::no_error)
        .wait();
    assert_eq!(events.next().unwrap().unwrap().data, 4);
}

#[test]
fn time_passes_too() {
    let (server, _runtime) = serve_apart(vec![Act::SendAndHang(Vec::new())]);
    let mut call = client(&server.url()).call(&api::LIST);
    call = call.with_timeout(std::time::Duration::from_millis(100));
    let outcome = call
        .send::<i64, _>(rt::decode::json, rt::decode::no_error)
        .wait();
    assert!(outcome.unwrap_err().is_timeout());
}

#[tokio::test]
async fn within_a_runtime_it_blocks_and_does_not_panic() {
    let (server, runtime) = tokio::task::spawn_blocking(|| serve_apart(vec![json("[1]")]))
        .await
        .unwrap();
    let raw = client(&server.url())
        .call(&api::LIST)
        .send_raw()
        .wait()
        .unwrap();
    assert_eq!(raw.status(), 200);
    runtime.shutdown_background();
}
