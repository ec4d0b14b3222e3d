//! What a call can end in, other than its response.
//!
//! [`Failure`] is what the sending layer knows: it is the same for every operation. [`Error`] is
//! that and the operation's typed error body. No message holds a credential, or a query string
//! that may hold one; what is shown of a body is bounded.

mod read;
mod said;
mod show;

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::build_error::BuildError;
use crate::json::DecodeError;
use crate::response::redact::Redactions;
use crate::response::{Decode, RawResponse};
use crate::tables::Operation;
use crate::transport::{BoxError, TransportError, TransportErrorKind};
use crate::validate::ValidationError;

/// What a call can end in. `E` is the operation's typed error body.
///
/// ```
/// use clientsmith_runtime::http::{HeaderMap, StatusCode};
/// use clientsmith_runtime::{Error, RawResponse, StatusError};
///
/// let body = r#"{"error":{"message":"no such token"}}"#;
/// let raw = RawResponse::new(StatusCode::NOT_FOUND, HeaderMap::new(), body);
/// let error: Error = StatusError::new(raw, None).into();
/// match error.status_code() {
///     Some(404) => assert_eq!(error.message().as_deref(), Some("no such token")),
///     _ => unreachable!("it is a 404"),
/// }
/// ```
#[non_exhaustive]
pub enum Error<E = NoErrorBody> {
    /// The request could not be built; nothing was sent.
    Build(BuildError),
    /// A token could not be had; the call was not sent.
    Credential(Box<CredentialError>),
    /// Time ran out.
    Timeout(TimeoutError),
    /// The request or its response got lost on the way.
    Transport(Arc<TransportError>),
    /// The server answered with an error status.
    Status(Box<StatusError<E>>),
    /// The server answered with success, and the body is not what the document says.
    Decode(Box<BodyError>),
    /// The response body is larger than the client's limit.
    BodyTooLarge(Box<BodyTooLargeError>),
    /// The pages of a list do not lead to an end.
    Pagination(Box<PaginationError>),
}

/// The error type of an operation that documents no error body. It has no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoErrorBody {}

/// A token that could not be had.
pub struct CredentialError {
    pub(crate) operation: Option<&'static Operation>,
    pub(crate) scheme: &'static str,
    pub(crate) source: BoxError,
}

/// Time ran out.
#[derive(Clone)]
pub struct TimeoutError(Box<TimedOut>);

/// Boxed, so that the error of a call is small.
#[derive(Clone)]
struct TimedOut {
    operation: Option<&'static Operation>,
    phase: Phase,
}

/// What time ran out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// The call as a whole, which had this long.
    Call(Duration),
    /// Waiting for the next bytes of a stream.
    Silence(Duration),
    /// Connecting.
    Connect,
    /// The transport's own limit.
    Transport,
}

impl TimeoutError {
    pub(crate) fn new(phase: Phase) -> Self {
        Self(Box::new(TimedOut {
            operation: None,
            phase,
        }))
    }

    /// Whether no connection came about, so that the server has not seen the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.phase == Phase::Connect
    }
}

/// An error status.
pub struct StatusError<E> {
    raw: RawResponse,
    body: Option<E>,
    undecoded: Option<DecodeError>,
}

/// A body that is not what the document says.
pub struct BodyError {
    raw: RawResponse,
    error: DecodeError,
}

/// A body over the limit.
#[derive(Clone)]
pub struct BodyTooLargeError {
    operation: &'static Operation,
    limit: u64,
    redactions: Redactions,
    status: StatusCode,
    headers: HeaderMap,
}

/// Pages that do not lead to an end.
pub struct PaginationError {
    reason: &'static str,
    raw: RawResponse,
}

/// An [`Error`] before the operation's own error body is looked at.
#[derive(Debug)]
pub(crate) enum Failure {
    Build(BuildError),
    Credential(Box<CredentialError>),
    Timeout(TimeoutError),
    Transport(TransportError),
    /// The same, of a body that has begun to come.
    Broken(Arc<TransportError>),
    Decode(Box<BodyError>),
    BodyTooLarge(Box<BodyTooLargeError>),
    Pagination(Box<PaginationError>),
}

impl Failure {
    /// The same, of a call of this operation: its message says so.
    pub(crate) fn of(mut self, operation: &'static Operation) -> Self {
        match &mut self {
            Self::Credential(error) => error.operation = Some(operation),
            Self::Timeout(error) => error.0.operation = Some(operation),
            Self::Transport(error) => error.operation = Some(operation),
            // The others know.
            Self::Build(_)
            | Self::Broken(_)
            | Self::Decode(_)
            | Self::BodyTooLarge(_)
            | Self::Pagination(_) => {}
        }
        self
    }

    /// A body of this response, or a piece of it, that is over the limit.
    pub(crate) fn too_large(head: &RawResponse, limit: u64) -> Self {
        Self::BodyTooLarge(Box::new(BodyTooLargeError {
            operation: head.operation,
            limit,
            redactions: head.redactions.clone(),
            status: head.status,
            headers: head.headers.clone(),
        }))
    }

    /// A success that is not what the document says.
    pub(crate) fn decode(raw: RawResponse, error: DecodeError) -> Self {
        Self::Decode(Box::new(BodyError { raw, error }))
    }

    /// A page that does not lead on.
    pub(crate) fn pagination(reason: &'static str, raw: RawResponse) -> Self {
        Self::Pagination(Box::new(PaginationError { reason, raw }))
    }

    /// What it is, in a word: for traces.
    #[cfg(feature = "tracing")]
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Build(_) => "build",
            Self::Credential(_) => "credential",
            Self::Timeout(_) => "timeout",
            Self::Transport(_) | Self::Broken(_) => "transport",
            Self::Decode(_) => "decode",
            Self::BodyTooLarge(_) => "body_too_large",
            Self::Pagination(_) => "pagination",
        }
    }
}

impl From<BuildError> for Failure {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        match error.kind() {
            TransportErrorKind::ConnectTimeout => Self::Timeout(TimeoutError::new(Phase::Connect)),
            TransportErrorKind::Timeout => Self::Timeout(TimeoutError::new(Phase::Transport)),
            _ => Self::Transport(error),
        }
    }
}

impl<E> From<ValidationError> for Error<E> {
    fn from(error: ValidationError) -> Self {
        Self::Build(error.into())
    }
}

impl<E> From<StatusError<E>> for Error<E> {
    fn from(error: StatusError<E>) -> Self {
        Self::Status(Box::new(error))
    }
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Build(error) => Self::Build(error),
            Failure::Credential(error) => Self::Credential(error),
            Failure::Timeout(error) => Self::Timeout(error),
            Failure::Transport(error) => Self::Transport(Arc::new(error)),
            Failure::Broken(error) => Self::Transport(error),
            Failure::Decode(error) => Self::Decode(error),
            Failure::BodyTooLarge(error) => Self::BodyTooLarge(error),
            Failure::Pagination(error) => Self::Pagination(error),
        }
    }
}

impl<E> Error<E> {
    pub(crate) fn decode(raw: RawResponse, error: DecodeError) -> Self {
        Failure::decode(raw, error).into()
    }

    /// An error status, with the body that this makes of it.
    pub(crate) fn refused(raw: RawResponse, decode_error: Decode<Option<E>>) -> Self {
        let decoded = decode_error(&raw);
        Self::from_status(raw, decoded)
    }

    pub(crate) fn from_status(raw: RawResponse, decoded: Result<Option<E>, DecodeError>) -> Self {
        let (body, undecoded) = match decoded {
            Ok(body) => (body, None),
            Err(error) => (None, Some(error)),
        };
        Self::Status(Box::new(StatusError {
            raw,
            body,
            undecoded,
        }))
    }
}

impl<E> StatusError<E> {
    /// An error of these parts, for tests of what a program makes of one; `into()` makes it an
    /// [`Error`].
    #[must_use]
    pub fn new(raw: RawResponse, body: Option<E>) -> Self {
        Self {
            raw,
            body,
            undecoded: None,
        }
    }

    /// The body, and the error without it.
    fn split(self: Box<Self>) -> (Option<E>, Box<Self>) {
        let mut rest = self;
        (rest.body.take(), rest)
    }

    /// The response.
    #[must_use]
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// The typed body, where the status documents one and the body was one.
    #[must_use]
    pub fn body(&self) -> Option<&E> {
        self.body.as_ref()
    }

    /// The typed body, owned.
    #[must_use]
    pub fn into_body(self) -> Option<E> {
        self.body
    }

    /// The server's own message; see [`Error::message`].
    #[must_use]
    pub fn message(&self) -> Option<String> {
        said::said(&self.raw).message
    }

    /// The server's own code; see [`Error::code`].
    #[must_use]
    pub fn code(&self) -> Option<String> {
        said::said(&self.raw).code
    }

    /// Why the body is not the documented one.
    #[must_use]
    pub fn undecoded(&self) -> Option<&DecodeError> {
        self.undecoded.as_ref()
    }
}

impl BodyError {
    /// The response.
    #[must_use]
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// What did not decode, and where.
    #[must_use]
    pub fn error(&self) -> &DecodeError {
        &self.error
    }
}

impl BodyTooLargeError {
    /// The limit, in bytes.
    #[must_use]
    pub fn limit(&self) -> u64 {
        self.limit
    }
}

impl PaginationError {
    /// The page that does not lead on.
    #[must_use]
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }
}
