//! What a caller puts around requests, and proxies.

mod support;

use std::sync::Arc;

use clientsmith_runtime::support as rt;
use support::api::{self, send};
use support::{Server, json, status};

/// Adds a header before, changes the body after.
#[derive(Debug)]
struct Around(&'static str);

impl rt::Middleware for Around {
    fn handle(
        &self,
        mut request: http::Request<rt::Body>,
        next: rt::Next,
    ) -> rt::BoxFuture<rt::Exchanged> {
        let name = self.0;
        let operation = request
            .extensions()
            .get::<&'static rt::Operation>()
            .unwrap()
            .id;
        let before = request
            .headers()
            .get("x-around")
            .map_or("", |v| v.to_str().unwrap());
        let value = format!("{before}{name}-{operation};").parse().unwrap();
        request.headers_mut().insert("x-around", value);
        Box::pin(async move {
            let mut response = next.run(request).await?;
            let mut body = Vec::new();
            while let Some(chunk) = response.body_mut().chunk().await.unwrap() {
                body.extend_from_slice(&chunk);
            }
            body.extend_from_slice(format!(" {name}").as_bytes());
            response.headers_mut().remove("content-length");
            Ok(response.map(|_| rt::ResponseBody::from(body)))
        })
    }
}

/// Answers in the server's place.
#[derive(Debug)]
struct Instead;

impl rt::Middleware for Instead {
    fn handle(&self, _: http::Request<rt::Body>, _: rt::Next) -> rt::BoxFuture<rt::Exchanged> {
        let response = http::Response::new(rt::ResponseBody::from("\"instead\""));
        Box::pin(std::future::ready(Ok(response)))
    }
}

#[tokio::test]
async fn before_and_after_each_attempt() {
    let server = Server::start([status(503, &[], ""), status(200, &[], "text")]).await;
    let mut builder = api::builder(&server.url());
    builder.retry(rt::RetryPolicy::default().first_delay(std::time::Duration::ZERO));
    builder.middleware(Arc::new(Around("outer")));
    builder.middleware(Arc::new(Around("inner")));
    let call = builder.build().unwrap().call(&api::LIST);
    let text = call
        .send(rt::decode::text, rt::decode::no_error)
        .await
        .unwrap();
    assert_eq!(*text, "text inner outer");
    for request in server.received() {
        assert_eq!(request.header("x-around"), Some("outer-list;inner-list;"));
    }
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn in_place_of_the_server() {
    let mut builder = api::builder("https://nowhere.invalid");
    builder.middleware(Arc::new(Instead));
    let response = send(builder.build().unwrap().call(&api::LIST))
        .await
        .unwrap();
    assert_eq!(response.to_string(), "\"instead\"");
}

#[tokio::test]
async fn a_proxy_gets_the_whole_address() {
    let proxy = Server::start([json("{}")]).await;
    let mut builder = api::builder("http://api.invalid/v1");
    let url = proxy.url().replace("http://", "http://user:proxy-s3cret@");
    builder.proxy(rt::reqwest::Proxy::all(url).unwrap());
    let client = builder.build().unwrap();
    assert!(!format!("{client:?}").contains("proxy-s3cret"));
    send(client.call(&api::LIST)).await.unwrap();
    assert_eq!(proxy.only().line(), "GET http://api.invalid/v1/items");
    assert!(
        proxy
            .only()
            .header("proxy-authorization")
            .unwrap()
            .starts_with("Basic ")
    );
}
