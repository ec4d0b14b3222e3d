//! A response body as it comes.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use crate::call::Call;
use crate::error::{Error, Failure, Phase, TimeoutError};
use crate::exchange::{Arrival, Wanted, interruption, run};
use crate::response::{Decode, RawResponse};
use crate::transport::{BoxFuture, ResponseBody, Transport};

/// A call whose response is to be read while it comes. Dropping it gives the call up.
#[must_use = "a call is sent by awaiting it"]
pub struct Opening<E> {
    opening: BoxFuture<Result<ByteStream, Lost>>,
    decode_error: Decode<Option<E>>,
}

impl Call {
    /// Sends the call for a body that is read while it comes.
    pub fn send_streaming<E>(self, decode_error: Decode<Option<E>>) -> Opening<E> {
        Opening {
            opening: open(self),
            decode_error,
        }
    }
}

impl<E> Future for Opening<E> {
    type Output = Result<ByteStream, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let opened = self.opening.as_mut().poll(cx);
        opened.map_err(|lost| lost.into_error(self.decode_error))
    }
}

impl<E> fmt::Debug for Opening<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opening")
    }
}

/// Why nothing more comes.
pub(super) enum Lost {
    /// An error status, its body read.
    Refused(Box<RawResponse>),
    Failed(Failure),
}

impl From<Failure> for Lost {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl Lost {
    pub(super) fn into_error<E>(self, decode_error: Decode<Option<E>>) -> Error<E> {
        match self {
            Self::Refused(raw) => Error::refused(*raw, decode_error),
            Self::Failed(failure) => failure.into(),
        }
    }
}

/// Sends a call up to its response's head.
pub(super) fn open(call: Call) -> BoxFuture<Result<ByteStream, Lost>> {
    let shared = Arc::clone(&call.0.client.shared);
    let silence = call.silence_limit();
    Box::pin(async move {
        let Arrival { raw, rest } = run(call, Wanted::Unread).await?;
        let Some(body) = rest else {
            return Err(Lost::Refused(Box::new(raw)));
        };
        Ok(ByteStream {
            raw,
            body,
            transport: Arc::clone(&shared.transport),
            silence,
            waiting: None,
        })
    })
}

/// A response body that is read while it comes, without being buffered. Dropping it closes the
/// connection.
pub struct ByteStream {
    pub(super) raw: RawResponse,
    body: ResponseBody,
    transport: Arc<dyn Transport>,
    silence: Duration,
    waiting: Option<BoxFuture<()>>,
}

impl ByteStream {
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

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// When the connection breaks or stays silent for too long.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        std::future::poll_fn(|cx| self.poll_chunk(cx))
            .await
            .map_err(Into::into)
    }

    pub(super) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, Failure>> {
        if let Poll::Ready(chunk) = self.body.poll_chunk(cx) {
            self.waiting = None;
            return Poll::Ready(chunk.map_err(|error| match interruption(error) {
                Ok(broken) => Failure::Broken(broken),
                Err(failure) => failure,
            }));
        }
        let silence = self.silence;
        let waiting = self
            .waiting
            .get_or_insert_with(|| self.transport.sleep(silence));
        waiting.as_mut().poll(cx).map(|()| {
            self.waiting = None;
            let failure = Failure::Timeout(TimeoutError::new(Phase::Silence(silence)));
            Err(failure.of(self.raw.operation))
        })
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
            .map(|chunk| chunk.map_err(Into::into).transpose())
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("head", &self.raw)
            .finish_non_exhaustive()
    }
}
