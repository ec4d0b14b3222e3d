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

use crate::body::ResponseBody;
use crate::call::Call;
use crate::error::{Error, Failure, Phase, TimeoutError};
use crate::json::DecodeError;
use crate::response::RawResponse;
use crate::send::{Answer, Wanted, interruption, run};
use crate::transport::{BoxFuture, Transport};

/// A call whose response is to be read while it comes. Dropping it gives the call up.
#[must_use = "a call is sent by awaiting it"]
pub struct Opening<E> {
    opening: BoxFuture<Result<Opened, Failure>>,
    decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
}

impl<E> Opening<E> {
    pub(crate) fn new(
        call: Call,
        decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
    ) -> Self {
        Self {
            opening: open(call),
            decode_error,
        }
    }
}

impl<E> Future for Opening<E> {
    type Output = Result<ByteStream, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.opening.as_mut().poll(cx).map(|opened| match opened {
            Ok(Opened::Stream(stream)) => Ok(stream),
            Ok(Opened::Refused(raw)) => {
                let decoded = (self.decode_error)(&raw);
                Err(Error::from_status(raw, decoded))
            }
            Err(failure) => Err(failure.into()),
        })
    }
}

impl<E> fmt::Debug for Opening<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Opening")
    }
}

/// What a streamed call comes to once its head is there.
pub(super) enum Opened {
    Stream(ByteStream),
    /// An error status, its body read.
    Refused(RawResponse),
}

/// Sends a call up to its response's head.
pub(super) fn open(call: Call) -> BoxFuture<Result<Opened, Failure>> {
    let shared = Arc::clone(&call.0.client.shared);
    let silence = call.0.idle_timeout.unwrap_or(shared.idle_timeout);
    Box::pin(async move {
        let Answer { raw, rest } = run(call, Wanted::Unread).await?;
        Ok(match rest {
            Some(body) => {
                let transport = Arc::clone(&shared.transport);
                Opened::Stream(ByteStream {
                    raw,
                    body,
                    transport,
                    silence,
                    waiting: None,
                })
            }
            None => Opened::Refused(raw),
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
