//! What callers ask an error: the response behind it, what the server said, and what kind of error
//! it is.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Error, said};
use crate::response::{RawResponse, after};

impl<E> Error<E> {
    /// The response, where there was one.
    #[must_use]
    pub fn raw(&self) -> Option<&RawResponse> {
        match self {
            Self::Status(error) => Some(&error.raw),
            Self::Decode(error) => Some(&error.raw),
            Self::Pagination(error) => Some(&error.raw),
            _ => None,
        }
    }

    /// The status, where there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::BodyTooLarge(error) => Some(error.status),
            _ => self.raw().map(RawResponse::status),
        }
    }

    /// The headers, where there was a response.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::BodyTooLarge(error) => Some(&error.headers),
            _ => self.raw().map(RawResponse::headers),
        }
    }

    /// A response header's value, where it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers()?.get(name)?.to_str().ok()
    }

    /// The response body as it came.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.raw().map(RawResponse::body)
    }

    /// The status as a number, for one `match`: `match error.status_code() { Some(404) => …, … }`.
    #[must_use]
    pub fn status_code(&self) -> Option<u16> {
        self.status().map(|status| status.as_u16())
    }

    /// The operation's typed error body, where the status documents one and the body was one. An
    /// enum with a variant for each documented status: one `match` tells them all apart.
    #[must_use]
    pub fn body(&self) -> Option<&E> {
        match self {
            Self::Status(error) => error.body.as_ref(),
            _ => None,
        }
    }

    /// The same, owned; the error itself where there is no such body.
    ///
    /// # Errors
    /// The error, unchanged, where it has no typed body.
    pub fn into_body(self) -> Result<E, Self> {
        match self {
            Self::Status(error) if error.body.is_some() => match error.split() {
                (Some(body), _) => Ok(body),
                (None, error) => Err(Self::Status(error)),
            },
            other => Err(other),
        }
    }

    /// The server's own message, from where servers put it in JSON (`message`, `error.message`,
    /// `error_description`, `error`, `errors[0]`, `detail`, `title`, `reason`), the text of a plain
    /// body, or the title of a page. The call's credentials are taken out of it. A success that does
    /// not decode has one only where its body says that it is an error (`"ok": false`, `error`).
    #[must_use]
    pub fn message(&self) -> Option<String> {
        said::said(self.raw()?).message
    }

    /// The server's own code, where its JSON has one that is not the status (`code`, `error.code`,
    /// `error.type`, `reason`).
    #[must_use]
    pub fn code(&self) -> Option<String> {
        said::said(self.raw()?).code
    }

    /// Whether time ran out.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Timeout(_))
    }

    /// Whether the server refuses because of too many requests: 429, or a 403 that says that none
    /// are left (`X-RateLimit-Remaining: 0`) or when to come again (`Retry-After`).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        let response = self.status().zip(self.headers());
        response.is_some_and(|(status, headers)| after::is_rate_limited(status, headers))
    }

    /// Whether the status is 400, or 422: the server understood the request and finds it wrong.
    #[must_use]
    pub fn is_invalid_request(&self) -> bool {
        matches!(self.status_code(), Some(400 | 422))
    }

    /// Whether the status is 401: the credential is missing or refused.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(StatusCode::UNAUTHORIZED)
    }

    /// Whether the status is 403 and the reason is not the number of requests.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == Some(StatusCode::FORBIDDEN) && !self.is_rate_limited()
    }

    /// Whether the status is 404, or 410: it is not there, or no longer.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        matches!(self.status_code(), Some(404 | 410))
    }

    /// Whether the status is 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == Some(StatusCode::CONFLICT)
    }

    /// Whether the status is 412: a condition of the request did not hold (`If-Match`).
    #[must_use]
    pub fn is_precondition_failed(&self) -> bool {
        self.status() == Some(StatusCode::PRECONDITION_FAILED)
    }

    /// Whether the status is any 4xx.
    #[must_use]
    pub fn is_client_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_client_error())
    }

    /// Whether the status is any 5xx.
    #[must_use]
    pub fn is_server_error(&self) -> bool {
        self.status().is_some_and(|status| status.is_server_error())
    }

    /// How long the server asks to wait, from `Retry-After` or a rate limit header.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        after::from_headers(self.headers()?)
    }

    /// The id that the server gave the request, where it named one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        crate::response::request_id(self.headers()?)
    }
}
