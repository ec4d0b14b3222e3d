//! A response decoded.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::header::HeaderResult;
use super::raw::RawResponse;
use crate::json::Json;

/// A successful response, decoded. It derefs to what it was decoded to. Tests make one by hand:
///
/// ```
/// use clientsmith_runtime::http::{HeaderMap, StatusCode};
/// use clientsmith_runtime::{RawResponse, Response};
///
/// let raw = RawResponse::new(StatusCode::OK, HeaderMap::new(), "[1,2]");
/// let response = Response::new(raw.clone(), raw.json::<Vec<i64>>()?);
/// assert_eq!((response.len(), response.status()), (2, StatusCode::OK));
/// # Ok::<(), clientsmith_runtime::DecodeError>(())
/// ```
#[derive(Clone)]
pub struct Response<T> {
    raw: RawResponse,
    value: T,
}

impl<T> Response<T> {
    /// A response of these parts, for tests of what a program makes of one: nothing is decoded.
    #[must_use]
    pub fn new(raw: RawResponse, value: T) -> Self {
        Self { raw, value }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// A header's value, where it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.raw.header(name)
    }

    /// A header's value as what the document says it is, where it is there.
    ///
    /// # Errors
    /// When it is there and is not that.
    pub fn header_as<H: Json>(&self, name: &str) -> HeaderResult<H> {
        self.raw.header_as(name)
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }

    /// The whole response as it came.
    #[must_use]
    pub fn raw(&self) -> &RawResponse {
        &self.raw
    }

    /// The id that the server gave the request, where it named one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// What it was decoded to, alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The response as it came, and what it was decoded to.
    pub fn into_parts(self) -> (RawResponse, T) {
        (self.raw, self.value)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The value speaks for the body: a model leaves its secret fields out, raw bytes would not.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.raw.redactions.debug(&self.value, f);
        f.debug_struct("Response")
            .field("status", &self.raw.status)
            .field("headers", &self.raw.redactions.headers(&self.raw.headers))
            .field("value", &value)
            .finish()
    }
}
