//! Redirects.
//!
//! What can be asked again without effect (GET, HEAD) follows any. To another origin (scheme, host,
//! port) it goes bare: any header may be a key, the caller's defaults included, so none but the
//! harmless ones go along. From https to http nothing goes. Any other request follows 307 and 308,
//! which ask for it to be sent again as it is, within its origin and with a body that can be had
//! again. What is not followed is the call's response.

use std::sync::Arc;

use http::header::{ACCEPT, LOCATION, USER_AGENT};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use url::Url;

use crate::build_error::{BuildError, Problem};
use crate::call::{Call, head};
use crate::client::auth::{self, Ready};
use crate::client::{Next, Shared};
use crate::error::Failure;
use crate::tables::Operation;
use crate::transport::{Body, BoxFuture, Exchanged, Head, Parsed, ResponseBody};

const MOST: usize = 10;

/// A request on its way, and what further ones would be made of.
pub(super) struct Hops<'a> {
    pub(super) shared: &'a Arc<Shared>,
    pub(super) call: &'a Call,
    pub(super) ready: &'a [Ready],
    /// Where the first one goes, without a key in its query string.
    pub(super) url: &'a Url,
    pub(super) follows: &'a Follows,
}

/// Which redirects a request may follow, and with what.
pub(super) enum Follows {
    /// Any: it can be asked again without effect.
    Any,
    /// Those that ask for the same request again, within its origin, with this body.
    Same(Body),
    /// None: its body can be sent once only.
    None,
}

impl Follows {
    pub(super) fn of(head: &Head, body: &Body) -> Self {
        let is_empty = body.as_bytes().is_some_and(bytes::Bytes::is_empty);
        if is_empty && matches!(head.method, Method::GET | Method::HEAD) {
            return Self::Any;
        }
        body.try_clone().map_or(Self::None, Self::Same)
    }

    /// Where a response leads to, if the request may follow it there.
    pub(super) fn target(&self, from: &Url, response: &Response<ResponseBody>) -> Option<Url> {
        let to = target(from, response)?;
        let is_same = matches!(
            response.status(),
            StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT
        ) && to.origin() == from.origin();
        match self {
            Self::Any => Some(to),
            Self::Same(_) => is_same.then_some(to),
            Self::None => None,
        }
    }

    /// The body of one more request; `None` where it cannot be had again.
    fn body(&self) -> Option<Body> {
        match self {
            Self::Any => Some(Body::empty()),
            Self::Same(body) => body.try_clone(),
            Self::None => None,
        }
    }
}

/// An address beyond this is none that `http` can hold.
const LONGEST: usize = 65_534;

/// Hands a request to the middleware and the transport.
pub(super) fn begin(
    shared: &Arc<Shared>,
    operation: &'static Operation,
    head: Head,
    body: Body,
) -> Result<BoxFuture<Exchanged>, Failure> {
    if let Some(transport) = &shared.direct
        && shared.chain.middleware.is_empty()
        && head.url.as_str().len() <= LONGEST
    {
        return Ok(transport.send_head(head, body));
    }
    let request = request_of(operation, head, body)?;
    Ok(Next::new(&shared.chain).run(request))
}

impl Hops<'_> {
    /// Follows a redirect, and those behind it, where it is safe to. `redirected` is the response that
    /// leads there.
    pub(super) async fn follow(
        &self,
        mut redirected: Response<ResponseBody>,
        mut to: Url,
    ) -> Result<Response<ResponseBody>, Failure> {
        let mut headers = self.headers()?;
        let mut from = self.url.clone();
        let mut hops = 1;
        loop {
            if to.origin() != from.origin() {
                headers = harmless(&headers);
            }
            let head = Head {
                url: to.clone(),
                headers: headers.clone(),
                ..head::head(self.call)?
            };
            let Some(body) = self.follows.body() else {
                return Ok(redirected);
            };
            let sent = begin(self.shared, self.call.0.operation, head, body)?;
            redirected = sent.await?;
            let is_documented = self.call.0.operation.documents(redirected.status());
            let next = (hops < MOST && !is_documented)
                .then(|| self.follows.target(&to, &redirected))
                .flatten();
            let Some(next) = next else {
                return Ok(redirected);
            };
            from = std::mem::replace(&mut to, next);
            hops += 1;
        }
    }

    /// The first request's headers once more. A key in the query string stays behind.
    fn headers(&self) -> Result<HeaderMap, BuildError> {
        let Head {
            mut url,
            mut headers,
            ..
        } = head::head(self.call)?;
        for one in self.ready {
            auth::apply(one, &mut url, &mut headers, &mut Vec::new())?;
        }
        Ok(headers)
    }
}

fn request_of(
    operation: &'static Operation,
    head: Head,
    body: Body,
) -> Result<Request<Body>, Failure> {
    let mut request = Request::new(body);
    *request.method_mut() = head.method;
    *request.uri_mut() = head.url.as_str().parse().map_err(|_| {
        Failure::Build(
            Problem::Body {
                reason: "its address is not a URI".into(),
            }
            .into(),
        )
    })?;
    *request.headers_mut() = head.headers;
    request.extensions_mut().insert(operation);
    request.extensions_mut().insert(Parsed(head.url));
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
