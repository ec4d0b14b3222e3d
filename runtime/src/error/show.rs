//! How errors read.
//!
//! `Display` is one line for a log; `Debug` adds headers. Both go through the call's redactions.

use std::error::Error as StdError;
use std::fmt;

use super::{
    BodyError, BodyTooLargeError, Error, NoErrorBody, PaginationError, StatusError, TimeoutError,
};
use crate::response::RawResponse;

/// `GET /tokens (getTokens)`
fn operation(f: &mut fmt::Formatter<'_>, raw: &RawResponse) -> fmt::Result {
    let operation = raw.operation;
    write!(
        f,
        "{} {} ({})",
        operation.method.as_str(),
        operation.path,
        operation.id
    )
}

/// The body's start, on the same line.
fn body(f: &mut fmt::Formatter<'_>, raw: &RawResponse) -> fmt::Result {
    if raw.body.is_empty() {
        return f.write_str(", with no body");
    }
    write!(f, ": {}", raw.excerpt())
}

impl fmt::Display for NoErrorBody {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.limit {
            Some(limit) => write!(f, "no complete response within {limit:?}"),
            None => f.write_str("no connection or response in time"),
        }
    }
}

impl<E> fmt::Display for StatusError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        operation(f, &self.raw)?;
        write!(f, " answered {}", self.raw.status)?;
        body(f, &self.raw)
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        operation(f, &self.raw)?;
        write!(
            f,
            " answered {} with a body that does not decode",
            self.raw.status
        )?;
        if let Some(interrupted) = &self.raw.interrupted {
            write!(f, " ({interrupted})")?;
        }
        write!(
            f,
            ": {}",
            self.raw.redactions.apply(&self.error.to_string())
        )
    }
}

impl fmt::Display for BodyTooLargeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the response body is larger than {} bytes", self.limit)
    }
}

impl fmt::Display for PaginationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        operation(f, &self.raw)?;
        write!(f, ": {}", self.reason)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::BodyTooLarge(error) => error.fmt(f),
            Self::Pagination(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for StatusError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.raw.redactions.debug(&self.body, f);
        f.debug_struct("StatusError")
            .field("raw", &self.raw)
            .field("body", &body)
            .field(
                "undecoded",
                &self.undecoded.as_ref().map(ToString::to_string),
            )
            .finish()
    }
}

impl fmt::Debug for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = self.raw.redactions.apply(&self.error.to_string());
        f.debug_struct("BodyError")
            .field("error", &error)
            .field("raw", &self.raw)
            .finish()
    }
}

impl fmt::Debug for PaginationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PaginationError")
            .field("reason", &self.reason)
            .field("raw", &self.raw)
            .finish()
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::BodyTooLarge(error) => error.fmt(f),
            Self::Pagination(error) => error.fmt(f),
        }
    }
}

impl StdError for NoErrorBody {}
impl StdError for TimeoutError {}
impl StdError for BodyTooLargeError {}
impl StdError for PaginationError {}

impl<E: fmt::Debug> StdError for StatusError<E> {}

impl StdError for BodyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&self.error)
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // The message is the transport error's own, so its source comes next, not itself.
            Self::Transport(error) => error.source(),
            Self::Decode(error) => Some(error.error()),
            Self::Build(_)
            | Self::Timeout(_)
            | Self::Status(_)
            | Self::BodyTooLarge(_)
            | Self::Pagination(_) => None,
        }
    }
}
