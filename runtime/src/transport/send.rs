//! The seam between a finished request and the network.
//!
//! A transport sends one request and returns once the response's head is there. It follows no
//! redirect, retries nothing and adds no credential: all of that is above it, the same for every
//! transport. A test or a caller can put its own in.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http::HeaderMap;
use url::Url;

use super::body::{Body, ResponseBody};
use super::error::TransportError;
use super::platform;

/// A future of any kind.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// The outcome of one request.
pub type Exchanged = Result<http::Response<ResponseBody>, TransportError>;

/// What sends a request. In tests it can be what a server would say:
///
/// ```
/// use clientsmith_runtime::{Body, BoxFuture, Exchanged, Transport, http};
///
/// #[derive(Debug)]
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(&self, _: http::Request<Body>) -> BoxFuture<Exchanged> {
///         let response = http::Response::new(self.0.into());
///         Box::pin(std::future::ready(Ok(response)))
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and returns the response with its body unread.
    ///
    /// The URI is absolute. A redirect is to be returned, not followed. Dropping the future
    /// gives the request up.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<Exchanged>;

    /// Waits, for timeouts and between attempts.
    ///
    /// This uses Tokio's timer. On a thread without a Tokio runtime it never returns, so that
    /// there is no timeout; a transport for another runtime has to have its own. On
    /// wasm32-unknown-unknown it uses JavaScript's `setTimeout`.
    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        Box::pin(platform::sleep(duration))
    }
}

/// What this crate's own transports can do besides: send a request that no one looks at in between
/// as it was built, its address parsed.
pub(crate) trait Direct: Transport {
    fn send_head(&self, head: Head, body: Body) -> BoxFuture<Exchanged>;
}

/// A request without its body and its credentials.
pub(crate) struct Head {
    pub(crate) method: http::Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
}

/// A request's address as it was parsed already, among its extensions: the default transport
/// need not parse the URI again, unless a middleware changed it.
#[derive(Clone)]
#[allow(dead_code, reason = "`fetch` takes a text")]
pub(crate) struct Parsed(pub(crate) Url);
