//! The thin typed shells around a call on its way.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::run::start;
use crate::call::Call;
use crate::error::{Error, Failure};
use crate::response::{Decode, RawResponse, Response};
use crate::transport::BoxFuture;

impl Call {
    /// Sends the call. `decode` makes a success of a 2xx response, `decode_error` the typed error
    /// body of any other.
    pub fn send<T, E>(self, decode: Decode<T>, decode_error: Decode<Option<E>>) -> Sending<T, E> {
        Sending {
            raw: start(self),
            decode,
            decode_error,
        }
    }

    /// Sends the call for its response as it comes, whatever its status.
    pub fn send_raw(self) -> SendingRaw {
        SendingRaw(start(self))
    }
}

/// A call on its way: the future of its response. Dropping it gives the call up.
#[must_use = "a call is sent by awaiting it"]
pub struct Sending<T, E> {
    raw: BoxFuture<Result<RawResponse, Failure>>,
    decode: Decode<T>,
    decode_error: Decode<Option<E>>,
}

impl<T, E> Future for Sending<T, E> {
    type Output = Result<Response<T>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.raw.as_mut().poll(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(raw)) => Poll::Ready(finish(raw, self.decode, self.decode_error)),
            Poll::Ready(Err(failure)) => Poll::Ready(Err(failure.into())),
        }
    }
}

impl<T, E> fmt::Debug for Sending<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending")
    }
}

/// A call on its way whose response is wanted as it comes, whatever its status: for the day on
/// which a server and its document disagree.
#[must_use = "a call is sent by awaiting it"]
pub struct SendingRaw(BoxFuture<Result<RawResponse, Failure>>);

impl Future for SendingRaw {
    type Output = Result<RawResponse, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.0.as_mut().poll(cx).map_err(Into::into)
    }
}

impl fmt::Debug for SendingRaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SendingRaw")
    }
}

/// Decodes a response as what its status says it is.
pub(crate) fn finish<T, E>(
    raw: RawResponse,
    decode: Decode<T>,
    decode_error: Decode<Option<E>>,
) -> Result<Response<T>, Error<E>> {
    if !raw.operation.is_success(raw.status) {
        return Err(Error::refused(raw, decode_error));
    }
    if raw.operation.default && !raw.operation.documents(raw.status) {
        // The document describes this status by `default`. Servers are lax here, so where that is not
        // what came, it is one of the documented successes.
        if let decoded @ Ok(Some(_)) = decode_error(&raw) {
            return Err(Error::from_status(raw, decoded));
        }
    }
    match (decode(&raw), raw.interrupted.clone()) {
        (Ok(value), None) => Ok(Response::new(raw, value)),
        // What came can be read, and yet it is not all of it.
        (Ok(_), Some(interrupted)) => Err(Error::Transport(interrupted)),
        (Err(error), _) => Err(Error::decode(raw, error)),
    }
}
