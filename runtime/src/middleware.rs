//! What a caller puts around every request: before it, after it, or in its place.
//!
//! The chain stands between the redirects and the transport, so a middleware sees each attempt
//! and each hop as it goes on the wire, credentials included. Fetching a token does not pass it.

use std::fmt;
use std::sync::Arc;

use http::{Request, Response};

use crate::body::{Body, ResponseBody};
use crate::client::Shared;
use crate::transport::{BoxFuture, TransportError};

/// The outcome of one request.
pub type Exchanged = Result<Response<ResponseBody>, TransportError>;

/// Something around every request.
///
/// The operation is among the request's extensions, as `&'static Operation`. A redirect may have
/// led to another host: whoever adds a secret looks at the request's URI first.
pub trait Middleware: fmt::Debug + Send + Sync + 'static {
    /// Handles a request. `next.run(request)` sends it on; what is done to the request before,
    /// or to the response after, is the middleware's; so is not to send it on at all.
    fn handle(&self, request: Request<Body>, next: Next) -> BoxFuture<Exchanged>;
}

/// The rest of the chain, the transport at its end.
pub struct Next {
    shared: Arc<Shared>,
    passed: usize,
}

impl Next {
    pub(crate) fn new(shared: &Arc<Shared>) -> Self {
        Self {
            shared: Arc::clone(shared),
            passed: 0,
        }
    }

    /// Sends the request on.
    #[must_use]
    pub fn run(mut self, request: Request<Body>) -> BoxFuture<Exchanged> {
        let Some(middleware) = self.shared.middleware.get(self.passed).map(Arc::clone) else {
            return self.shared.transport.send(request);
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
