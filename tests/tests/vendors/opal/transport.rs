//! Where a request goes: redirects, and a transport of the caller's own.

use std::sync::{Arc, Mutex};

use clientsmith_runtime as rt;
use opal_client::Client;

use super::super::support::{Act, Server, response};
use super::{CANARY, FIRST, client, empty_page, page, token};

#[tokio::test]
async fn a_redirect_to_another_host_carries_no_credential() {
    let other = Server::start([empty_page()]).await;
    let to = format!("{}/v1/tokens", other.url());
    let server = Server::start([Act::Send(response(302, &[("location", &to)], ""))]).await;
    client(&server).tokens().list().send().await.unwrap();
    assert_eq!(
        server.only().header("authorization"),
        Some(&*format!("Bearer {CANARY}"))
    );
    let request = other.only();
    assert_eq!(request.line(), "GET /v1/tokens");
    assert!(!request.head.contains(CANARY), "{}", request.head);
}

/// A transport of the caller's own: it answers by itself.
#[derive(Debug, Default)]
struct Canned {
    seen: Mutex<Vec<(String, bool)>>,
}

impl opal_client::Transport for Canned {
    fn send(
        &self,
        request: rt::http::Request<rt::Body>,
    ) -> rt::BoxFuture<Result<rt::http::Response<rt::ResponseBody>, rt::TransportError>> {
        let is_sensitive = request.headers()["authorization"].is_sensitive();
        self.seen
            .lock()
            .unwrap()
            .push((request.uri().to_string(), is_sensitive));
        let body = rt::ResponseBody::from(page("null", &[token(FIRST, "canned", "READ_ONLY")]));
        let response = rt::http::Response::builder().status(200).body(body);
        Box::pin(std::future::ready(Ok(response.unwrap())))
    }
}

#[tokio::test]
async fn a_transport_of_the_callers_own() {
    let transport = Arc::new(Canned::default());
    let client = Client::builder()
        .bearer_auth(CANARY)
        .transport(transport.clone())
        .build()
        .unwrap();
    let page = client.tokens().list().page_size(1).send().await.unwrap();
    assert_eq!(page.results[0].token_label, "canned");
    assert_eq!(
        *transport.seen.lock().unwrap(),
        [(
            "https://api.opal.dev/v1/tokens?page_size=1".to_owned(),
            true
        )]
    );
}
