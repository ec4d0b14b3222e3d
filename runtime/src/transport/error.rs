//! How a request or its response gets lost.

use std::fmt;

use super::body::BoxError;
use crate::tables::Operation;

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
        Operation::begin(self.operation, f)?;
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
