//! What a caller puts around every request: before it, after it, or in its place.
//!
//! The chain stands between the redirects and the transport, so a middleware sees each attempt
//! and each hop as it goes on the wire, credentials included. Fetching a token does not pass it.

use std::fmt;
use std::sync::Arc;

use http::Request;

use crate::transport::{Body, BoxFuture, Exchanged, Transport};

/// Something around every request.
///
/// The operation is among the request's extensions, as `&'static Operation`. A redirect may have
/// led to another host: whoever adds a secret looks at the request's URI first.
///
/// ```
/// use clientsmith_runtime::{Body, BoxFuture, Exchanged, Middleware, Next, http};
///
/// /// Says where each request comes from.
/// #[derive(Debug)]
/// struct Origin(http::HeaderValue);
///
/// impl Middleware for Origin {
///     fn handle(&self, mut request: http::Request<Body>, next: Next) -> BoxFuture<Exchanged> {
///         request.headers_mut().insert("x-origin", self.0.clone());
///         next.run(request)
///     }
/// }
/// ```
pub trait Middleware: fmt::Debug + Send + Sync + 'static {
    /// Handles a request. `next.run(request)` sends it on; what is done to the request before,
    /// or to the response after, is the middleware's; so is not to send it on at all.
    fn handle(&self, request: Request<Body>, next: Next) -> BoxFuture<Exchanged>;
}

/// A client's middleware, the outermost first, and its transport.
pub(crate) struct Chain {
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) transport: Arc<dyn Transport>,
}

/// The rest of the chain, the transport at its end.
pub struct Next {
    chain: Arc<Chain>,
    passed: usize,
}

impl Next {
    pub(crate) fn new(chain: &Arc<Chain>) -> Self {
        Self {
            chain: Arc::clone(chain),
            passed: 0,
        }
    }

    /// Sends the request on.
    #[must_use]
    pub fn run(mut self, request: Request<Body>) -> BoxFuture<Exchanged> {
        let Some(middleware) = self.chain.middleware.get(self.passed).map(Arc::clone) else {
            return self.chain.transport.send(request);
        };
        self.passed += 1;
        middleware.handle(request, self)
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("passed", &self.passed)
            .finish_non_exhaustive()
    }
}
