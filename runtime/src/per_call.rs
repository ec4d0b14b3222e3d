//! Settings of a single call, on every generated request builder.
//!
//! One trait for all of them, so that a builder per operation need not repeat the setters. The
//! names begin with `with_` and `send_`, for a parameter of the document may be called `timeout`.

use std::time::Duration;

use crate::call::Call;
use crate::client::{Reconnect, RetryPolicy};
use crate::decode;
use crate::error::NoErrorBody;
use crate::exchange::{Sending, SendingRaw};
use crate::json::Json;
use crate::stream::Opening;
use crate::validate::ValidationError;

/// Settings of a single call, and ways to send it that its document does not know. Every generated
/// request builder has them.
///
/// ```
/// use std::time::Duration;
///
/// use clientsmith_runtime::{PerCall, RetryPolicy};
///
/// /// For calls behind a page that somebody waits for.
/// fn at_once<R: PerCall>(request: R) -> R {
///     request
///         .with_timeout(Duration::from_secs(2))
///         .with_retry(RetryPolicy::never())
/// }
/// ```
pub trait PerCall: Sized {
    /// The call that the builder builds.
    #[doc(hidden)]
    fn call_mut(&mut self) -> &mut Call;

    /// Checks the parameters and the JSON body against what the document demands of them: lengths,
    /// patterns, bounds, counts. Nothing is checked without this.
    ///
    /// Where a parameter is called `validate`, this is `PerCall::validate(request)`.
    ///
    /// # Errors
    /// Names everything that is not as the document demands.
    fn validate(mut self) -> Result<Self, ValidationError> {
        self.call_mut().check()?;
        Ok(self)
    }

    /// How long the call may take, from its start to the last byte of its body;
    /// `Duration::MAX` for as long as it takes.
    #[must_use]
    fn with_timeout(mut self, timeout: Duration) -> Self {
        self.call_mut().0.settings.timeout = Some(timeout);
        self
    }

    /// How long the response may be silent while it is read as a stream.
    #[must_use]
    fn with_idle_timeout(mut self, timeout: Duration) -> Self {
        self.call_mut().0.settings.idle_timeout = Some(timeout);
        self
    }

    /// When the call is tried again.
    #[must_use]
    fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.call_mut().0.settings.retry = Some(policy);
        self
    }

    /// Whether a stream of events goes on over a new connection when its own has ended.
    #[must_use]
    fn with_reconnect(mut self, reconnect: Reconnect) -> Self {
        self.call_mut().0.settings.reconnect = Some(reconnect);
        self
    }

    /// How large the response body may be; of a stream, one event or line.
    #[must_use]
    fn with_max_body_bytes(mut self, limit: u64) -> Self {
        self.call_mut().0.settings.max_body_bytes = Some(limit);
        self
    }

    /// A header, above the client's and the document's.
    #[must_use]
    fn with_header(mut self, name: &str, value: &str) -> Self {
        self.call_mut().header(name, value);
        self
    }

    /// Sends the request for its response as it comes, whatever its status: for the day on which
    /// a server and its document disagree.
    fn send_raw(mut self) -> SendingRaw {
        self.call_mut().take().send_raw()
    }

    /// Sends the request for JSON of the caller's own type; [`Value`](crate::Value) is any.
    fn send_as<T: Json>(mut self) -> Sending<T, NoErrorBody> {
        let call = self.call_mut().take();
        call.send(decode::json, decode::no_error)
    }

    /// Sends the request for a body that is read while it comes, whatever it is.
    fn send_raw_stream(mut self) -> Opening<NoErrorBody> {
        self.call_mut().take().send_streaming(decode::no_error)
    }
}

impl PerCall for Call {
    fn call_mut(&mut self) -> &mut Call {
        self
    }
}
