//! What a call leaves in a trace, and what it does not.

mod support;

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use clientsmith_runtime::support as rt;
use support::api::{self, send};
use support::{Server, json, status};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes everything down as `name=value`.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

impl Visit for Notes {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        writeln!(self.0.lock().unwrap(), "{}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("clientsmith_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn a_span_with_method_template_status_and_retries_and_no_secret() {
    static OPERATION: rt::Operation = api::operation(
        "get",
        rt::Method::Get,
        "/items/{id}",
        &[&["bearer", "query_key"]],
    );
    static ID: rt::Param = api::path("id");
    let notes = Notes::default();
    let guard = tracing::subscriber::set_default(notes.clone());
    let server = Server::start([status(503, &[], "canary-body"), json("\"canary-body\"")]).await;
    let mut builder = api::builder(&server.url());
    builder.retry(rt::RetryPolicy::default().first_delay(std::time::Duration::ZERO));
    builder.credential("bearer", "canary-token".into());
    builder.credential("query_key", "canary-key".into());
    let mut call = builder.build().unwrap().call(&OPERATION);
    call.param(&ID, &"canary-id".to_owned());
    send(call).await.unwrap();
    drop(guard);
    let notes = notes.0.lock().unwrap();
    for expected in [
        "operation.id=\"get\"",
        "http.request.method=\"GET\"",
        "url.template=\"/items/{id}\"",
        "reason=\"503\"",
        "http.response.status_code=200",
        "http.request.resend_count=1",
    ] {
        assert!(notes.contains(expected), "{expected}\n{notes}");
    }
    assert!(!notes.contains("canary"), "{notes}");
}
