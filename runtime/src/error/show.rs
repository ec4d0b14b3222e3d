//! How errors read.
//!
//! `Display` is one line for a log, and so is `Debug`; `{:#?}` adds headers and the typed body. Both go through the call's redactions.

use std::error::Error as StdError;
use std::fmt;

use super::said::{self, Said};
use super::{
    BodyError, BodyTooLargeError, CredentialError, Error, NoErrorBody, PaginationError, Phase,
    StatusError, TimeoutError,
};
use crate::response::RawResponse;
use crate::response::redact::line;
use crate::tables::Operation;

/// What the server says, else the body's start; then its code and its id of the request.
fn told(f: &mut fmt::Formatter<'_>, raw: &RawResponse) -> fmt::Result {
    let said = said::said(raw);
    match said.message.as_ref().or(said.rest.as_ref()) {
        Some(text) => write!(f, ": {}", line(text))?,
        None if raw.body.is_empty() => f.write_str(", with no body")?,
        None => write!(f, ": {}", raw.excerpt())?,
    }
    marks(f, raw, &said)
}

/// ` [code: …, request id: …]`. A code that is the message is not said twice.
fn marks(f: &mut fmt::Formatter<'_>, raw: &RawResponse, said: &Said) -> fmt::Result {
    let code = said.code.as_ref().filter(|_| said.code != said.message);
    let code = code.map(|code| format!("code: {}", line(code)));
    let id = raw.request_id().map(|id| {
        let id = raw.redactions.apply(id);
        format!("request id: {}", line(&id))
    });
    let marks: Vec<String> = code.into_iter().chain(id).collect();
    if marks.is_empty() {
        return Ok(());
    }
    write!(f, " [{}]", marks.join(", "))
}

impl fmt::Display for NoErrorBody {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl fmt::Display for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Operation::begin(self.0.operation, f)?;
        match self.0.phase {
            Phase::Call(limit) => write!(f, "no complete response within {limit:?}"),
            Phase::Silence(limit) => write!(f, "nothing came for {limit:?}"),
            Phase::Connect => f.write_str("no connection in time"),
            Phase::Transport => f.write_str("no response in time"),
        }
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Operation::begin(self.operation, f)?;
        write!(
            f,
            "no token for security scheme `{}`: {}",
            self.scheme, self.source
        )
    }
}

#[expect(
    clippy::missing_fields_in_debug,
    reason = "what is left out is the source, or would show a secret"
)]
impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialError")
            .field("scheme", &self.scheme)
            .field("source", &self.source.to_string())
            .finish()
    }
}

impl<E> fmt::Display for StatusError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw.operation.show(f)?;
        write!(f, " answered {}", self.raw.status)?;
        told(f, &self.raw)
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw.operation.show(f)?;
        write!(
            f,
            " answered {} with a body that does not decode",
            self.raw.status
        )?;
        if let Some(interrupted) = &self.raw.interrupted {
            write!(f, " ({interrupted})")?;
        }
        let reason = self.raw.redactions.apply(&self.error.to_string());
        write!(f, ": {}", line(&reason))?;
        let said = said::said(&self.raw);
        if let Some(message) = &said.message {
            write!(f, "; the server says: {}", line(message))?;
        }
        marks(f, &self.raw, &said)
    }
}

impl fmt::Display for BodyTooLargeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.operation.show(f)?;
        write!(
            f,
            " answered {} with a body that is larger than {} bytes",
            self.status, self.limit
        )
    }
}

impl fmt::Display for PaginationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw.operation.show(f)?;
        write!(f, ": {}", self.reason)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Credential(error) => error.fmt(f),
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

impl fmt::Debug for TimeoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.0.operation.map(|operation| operation.id);
        f.debug_struct("TimeoutError")
            .field("operation", &operation)
            .field("phase", &self.0.phase)
            .finish()
    }
}

impl fmt::Debug for BodyTooLargeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BodyTooLargeError")
            .field("operation", &self.operation.id)
            .field("limit", &self.limit)
            .field("status", &self.status)
            .field("headers", &self.redactions.headers(&self.headers))
            .finish()
    }
}

/// `{:?}` is what a program prints whose `main` returns the error, and what `unwrap` prints: the
/// same line as `{}`. `{:#?}` has everything.
impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        match self {
            Self::Build(error) => error.fmt(f),
            Self::Credential(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Status(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::BodyTooLarge(error) => error.fmt(f),
            Self::Pagination(error) => error.fmt(f),
        }
    }
}

impl StdError for CredentialError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}

impl StdError for NoErrorBody {}
impl StdError for TimeoutError {}
impl StdError for BodyTooLargeError {}
impl StdError for PaginationError {}

impl<E: fmt::Debug> StdError for StatusError<E> {}

/// What did not decode is in the message already, and is had by [`BodyError::error`].
impl StdError for BodyError {}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // The message is the transport error's own, so its source comes next, not itself.
            Self::Transport(error) => error.source(),
            Self::Credential(error) => error.source(),
            Self::Build(_)
            | Self::Decode(_)
            | Self::Timeout(_)
            | Self::Status(_)
            | Self::BodyTooLarge(_)
            | Self::Pagination(_) => None,
        }
    }
}
