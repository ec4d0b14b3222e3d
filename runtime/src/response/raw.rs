//! A response as it came. Status, headers and body are kept whatever becomes of the decoding.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};
use url::Url;

use super::after;
use super::header::{HeaderResult, header_as};
use super::redact::{self, Redactions};
use crate::json::{self, DecodeError, Json};
use crate::tables::{Method, Operation};
use crate::transport::TransportError;

/// Makes a value of a response.
pub(crate) type Decode<T> = fn(&RawResponse) -> Result<T, DecodeError>;

/// A response with its body read, before anything is made of it.
#[derive(Clone)]
pub struct RawResponse {
    pub(crate) operation: &'static Operation,
    /// What was asked, without a key in its query string: where relative links start from. Nothing where it was
    /// made by hand.
    pub(crate) url: Option<Arc<Url>>,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Why the body ends before its end, if it does.
    pub(crate) interrupted: Option<Arc<TransportError>>,
    /// How often the call was sent, this response's time included.
    pub(crate) attempts: u32,
    pub(crate) redactions: Redactions,
}

/// What stands for the operation of a response that no operation has had.
static MADE: Operation = Operation {
    id: "made by hand",
    method: Method::Get,
    path: "/",
    accept: "",
    security: &[],
    servers: &[],
    successes: &[],
    default: false,
};

impl RawResponse {
    /// A response that no server has given, for tests of what a program makes of one.
    ///
    /// [`Response::new`](crate::Response::new) makes a decoded one of it, [`StatusError::new`](crate::StatusError::new) an
    /// error.
    #[must_use]
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self {
            operation: &MADE,
            url: None,
            status,
            headers,
            body: body.into(),
            interrupted: None,
            attempts: 1,
            redactions: Redactions::default(),
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header's value, where it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// A header's value as what the document says it is, where it is there.
    ///
    /// # Errors
    /// When it is there and is not that.
    pub fn header_as<T: Json>(&self, name: &str) -> HeaderResult<T> {
        header_as(&self.headers, name)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The media type without its parameters, in lower case; empty where there is none.
    #[must_use]
    pub fn media_type(&self) -> String {
        let header = self.header("content-type").unwrap_or("");
        header
            .split(';')
            .next()
            .unwrap_or("")
            .trim()
            .to_ascii_lowercase()
    }

    /// How often the call was sent until this response came, from 1.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The body as text, by the character set that the content type names.
    pub(crate) fn text(&self) -> String {
        let content_type = self.header("content-type").unwrap_or("");
        let content_type = content_type.to_ascii_lowercase();
        let is_latin = content_type.contains("charset=iso-8859-1")
            || content_type.contains("charset=\"iso-8859-1");
        if is_latin {
            return self.body.iter().copied().map(char::from).collect();
        }
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// When it is not the JSON that `T` is.
    pub fn json<T: Json>(&self) -> Result<T, DecodeError> {
        json::from_slice(&self.body)
    }

    /// The body as one of several types, for an enum of them: `None` when there is no body.
    ///
    /// # Errors
    /// When the body is not the JSON that `T` is.
    #[doc(hidden)]
    pub fn typed<T: Json, E>(&self, wrap: fn(T) -> E) -> Result<Option<E>, DecodeError> {
        if self.body.is_empty() {
            return Ok(None);
        }
        match self.json() {
            // A success that is not documented: what shows nothing of its body is not what it is.
            Ok(body) if self.status.is_success() && json::to_vec::<T>(&body) == b"{}" => Ok(None),
            Ok(body) => Ok(Some(wrap(body))),
            Err(error) => Err(error),
        }
    }

    /// The body as text, for an enum of several types: `None` when there is no body.
    ///
    /// # Errors
    /// None: this fits where [`typed`](Self::typed) does.
    #[doc(hidden)]
    pub fn typed_text<E>(&self, wrap: fn(String) -> E) -> Result<Option<E>, DecodeError> {
        if self.body.is_empty() {
            return Ok(None);
        }
        Ok(Some(wrap(self.text())))
    }

    /// How long the server asks to wait, from `Retry-After` or a rate limit header.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        after::from_headers(&self.headers)
    }

    /// The id that the server gave the request, where it named one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// The start of the body, fit to be shown.
    pub(crate) fn excerpt(&self) -> String {
        const SEARCHED: usize = 64 * 1024;
        // Cut after the redaction, for half a secret is a secret too.
        let shown = self
            .body
            .get(..self.body.len().min(SEARCHED))
            .unwrap_or_default();
        let text = self.redactions.apply(&String::from_utf8_lossy(shown));
        redact::line(&text)
    }
}

/// The id that the server gave a request, by the headers that servers name it in: the usual ones,
/// else one of the server's own (`x-acme-request-id`).
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    const NAMES: [&str; 5] = [
        "x-request-id",
        "request-id",
        "x-correlation-id",
        "x-trace-id",
        "cf-ray",
    ];
    const ENDS: [&str; 2] = ["-request-id", "-requestid"];
    let usual = NAMES.iter().filter_map(|name| headers.get(*name));
    let is_own = |name: &HeaderName| ENDS.iter().any(|end| name.as_str().ends_with(end));
    let own = headers.iter().filter(|(name, _)| is_own(name));
    let mut ids = usual
        .chain(own.map(|(_, value)| value))
        .filter_map(|value| value.to_str().ok());
    ids.find(|id| !id.trim().is_empty())
}

/// The body's length and media type: its text may be a secret that the server has just made.
impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &self.redactions.headers(&self.headers))
            .field(
                "body",
                &format_args!("{} bytes of `{}`", self.body.len(), self.media_type()),
            )
            .finish_non_exhaustive()
    }
}
