use std::sync::Arc;
use std::time::Duration;

use meters_client::{
    Body, BoxFuture, Client, Exchanged, Middleware, Next, PerCall, RetryPolicy, http,
};

#[derive(Debug)]
struct Log;

impl Middleware for Log {
    fn handle(&self, mut request: http::Request<Body>, next: Next) -> BoxFuture<Exchanged> {
        let trace = http::HeaderValue::from_static("t-1");
        request.headers_mut().insert("x-trace", trace);
        Box::pin(async move {
            let line = format!("{} {}", request.method(), request.uri().path());
            let answer = next.run(request).await?;
            println!("{line}: {}", answer.status());
            Ok(answer)
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let log = Arc::new(Log);
    let client = Client::builder().from_env().middleware(log).build()?; // METERS_API_KEY
    let show = client.meters().get("m-1");
    let meter = show.with_timeout(Duration::from_secs(2)).send().await?;
    println!("{} shows {}", meter.id, meter.count);
    let twice = RetryPolicy::default().attempts(2).even_if_not_idempotent();
    let reset = client.meters().reset("m-1").with_retry(twice);
    let meter = reset.with_header("X-Reason", "moved").send().await?;
    println!("{} shows {}", meter.id, meter.count);
    Ok(())
}
