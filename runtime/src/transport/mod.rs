//! The seam between a finished request and the network.
//!
//! A transport sends one request and returns once the response's head is there. It follows no
//! redirect, retries nothing and adds no credential: all of that is above it, the same for every
//! transport. A test or a caller can put its own in.

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod fetch;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
mod reqwest;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub use self::fetch::FetchTransport;
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) use self::fetch::{Settings, build};
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub use self::reqwest::ReqwestTransport;
#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) use self::reqwest::{Settings, build};
use crate::api::Operation;
use crate::body::{Body, BoxError, ResponseBody};
use crate::middleware::Exchanged;
use crate::platform;
use crate::request::Head;

/// A future of any kind.
pub type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send + 'static>>;

/// A request's address as it was parsed already, among its extensions: the default transport
/// need not parse the URI again, unless a middleware changed it.
#[derive(Clone)]
#[cfg_attr(
    all(target_family = "wasm", target_os = "unknown"),
    expect(dead_code, reason = "`fetch` takes a text")
)]
pub(crate) struct Parsed(pub(crate) url::Url);

/// What sends a request.
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends the request and returns the response with its body unread.
    ///
    /// The URI is absolute. A redirect is to be returned, not followed. Dropping the future
    /// gives the request up.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<Result<http::Response<ResponseBody>, TransportError>>;

    /// Waits, for timeouts and between attempts.
    ///
    /// This uses Tokio's timer. On a thread without a Tokio runtime it never returns, so that
    /// there is no timeout; a transport for another runtime has to have its own. On
    /// wasm32-unknown-unknown it uses JavaScript's `setTimeout`.
    fn sleep(&self, duration: Duration) -> BoxFuture<()> {
        platform::sleep(duration)
    }
}

/// What this crate's own transports can do besides: send a request that no one looks at in between
/// as it was built, its address parsed.
pub(crate) trait Direct: Transport {
    fn send_head(&self, head: Head, body: Body) -> BoxFuture<Exchanged>;
}

/// A request or response that got lost on its way.
pub struct TransportError {
    /// Which call it was, for the message.
    pub(crate) operation: Option<&'static Operation>,
    kind: TransportErrorKind,
    source: BoxError,
}

/// How a request or response got lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about, so the server has not seen the request.
    Connect,
    /// A connection did not come about in time, so the server has not seen the request.
    ConnectTimeout,
    /// The transport's own time limit passed.
    Timeout,
    /// The connection broke before the response's head was there. The server may have seen the
    /// request.
    Request,
    /// The connection broke, or what came was no HTTP, in the middle of the response's body.
    Body,
    /// Anything else.
    Other,
}

impl TransportError {
    /// An error of this kind. The source's text is printed, so it must not hold a credential,
    /// nor a URL with one in its query string.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            operation: None,
            kind,
            source: source.into(),
        }
    }

    /// How it got lost.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

#[expect(
    clippy::missing_fields_in_debug,
    reason = "what is left out is the source, or would show a secret"
)]
impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &self.source.to_string())
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::error::begin(f, self.operation)?;
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::ConnectTimeout => "could not connect in time",
            TransportErrorKind::Timeout => "timed out",
            TransportErrorKind::Request => "the connection broke before a response came",
            TransportErrorKind::Body => "the connection broke in the middle of the response body",
            TransportErrorKind::Other => "the request could not be sent",
        })?;
        // The innermost source says what happened ("Connection refused"); the layers between
        // repeat each other.
        let mut innermost: &(dyn std::error::Error + 'static) = &*self.source;
        while let Some(source) = innermost.source() {
            innermost = source;
        }
        write!(f, ": {innermost}")
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
