//! Redirects.
//!
//! Only what can be asked again without effect (GET, HEAD) follows one. To another origin
//! (scheme, host, port) it goes bare: any header may be a key, the caller's defaults included,
//! so none but the harmless ones go along. From https to http nothing goes. What is not
//! followed is the call's response.

use std::sync::Arc;

use http::header::{ACCEPT, LOCATION, USER_AGENT};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use url::Url;

use crate::api::Operation;
use crate::body::{Body, ResponseBody};
use crate::build_error::Problem;
use crate::client::Shared;
use crate::error::Failure;
use crate::middleware::Next;
use crate::request::Prepared;
use crate::transport::Parsed;

const MOST: usize = 10;

/// Sends the request and follows where it is safe to.
pub(super) async fn send(
    shared: &Arc<Shared>,
    operation: &'static Operation,
    request: Prepared,
) -> Result<Response<ResponseBody>, Failure> {
    let Prepared {
        method,
        mut url,
        mut headers,
        mut body,
    } = request;
    let follows = matches!(method, Method::GET | Method::HEAD) && is_empty(&body);
    for _ in 0..MOST {
        let sent = request_of(
            operation,
            &method,
            &url,
            &headers,
            std::mem::take(&mut body),
        )?;
        let response = Next::new(shared).run(sent).await?;
        let next = follows.then(|| target(&url, &response)).flatten();
        let Some(next) = next else {
            return Ok(response);
        };
        if next.origin() != url.origin() {
            headers = harmless(&headers);
        }
        url = next;
    }
    let sent = request_of(operation, &method, &url, &headers, body)?;
    Ok(Next::new(shared).run(sent).await?)
}

fn is_empty(body: &Body) -> bool {
    body.as_bytes().is_some_and(bytes::Bytes::is_empty)
}

fn request_of(
    operation: &'static Operation,
    method: &Method,
    url: &Url,
    headers: &HeaderMap,
    body: Body,
) -> Result<Request<Body>, Failure> {
    let mut request = Request::new(body);
    *request.method_mut() = method.clone();
    *request.uri_mut() = url.as_str().parse().map_err(|_| {
        Failure::Build(
            Problem::Body {
                reason: "its address is not a URI".into(),
            }
            .into(),
        )
    })?;
    *request.headers_mut() = headers.clone();
    request.extensions_mut().insert(operation);
    request.extensions_mut().insert(Parsed(url.clone()));
    Ok(request)
}

/// Where a response leads to, if it may be followed there.
fn target(from: &Url, response: &Response<ResponseBody>) -> Option<Url> {
    let leads = matches!(
        response.status(),
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    );
    let location = response.headers().get(LOCATION).filter(|_| leads)?;
    let mut to = from
        .join(std::str::from_utf8(location.as_bytes()).ok()?)
        .ok()?;
    let safe = match to.scheme() {
        "https" => true,
        "http" => from.scheme() == "http",
        _ => false,
    };
    // A transport may make an `Authorization` header of these.
    to.set_username("").ok()?;
    to.set_password(None).ok()?;
    to.set_fragment(None);
    safe.then_some(to)
}

/// The headers that may go to any host.
fn harmless(headers: &HeaderMap) -> HeaderMap {
    let names = [ACCEPT, USER_AGENT];
    names
        .into_iter()
        .filter_map(|name| Some((name.clone(), headers.get(name)?.clone())))
        .collect()
}
