//! From a call to its response: what happens between `send()` and the value that comes back.
//!
//! [`run`] is all of it, and not generic: build, authorise, send, follow redirects, read the
//! body within its limit, try again, all within the call's time. [`Sending`] is the thin typed
//! shell.

mod attempt;
mod collect;
mod redirect;

pub(crate) use collect::interruption;

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use crate::body::ResponseBody;
use crate::call::Call;
use crate::error::{Error, Failure, Phase, TimeoutError};
use crate::json::DecodeError;
use crate::response::{RawResponse, Response};
use crate::trace;
use crate::transport::BoxFuture;

/// A call on its way: the future of its response. Dropping it gives the call up.
#[must_use = "a call is sent by awaiting it"]
pub struct Sending<T, E> {
    raw: BoxFuture<Result<RawResponse, Failure>>,
    decode: fn(&RawResponse) -> Result<T, DecodeError>,
    decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
}

impl<T, E> Sending<T, E> {
    pub(crate) fn new(
        call: Call,
        decode: fn(&RawResponse) -> Result<T, DecodeError>,
        decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
    ) -> Self {
        Self {
            raw: start(call),
            decode,
            decode_error,
        }
    }
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

impl SendingRaw {
    pub(crate) fn new(call: Call) -> Self {
        Self(start(call))
    }
}

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
    decode: fn(&RawResponse) -> Result<T, DecodeError>,
    decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
) -> Result<Response<T>, Error<E>> {
    if !raw.operation.is_success(raw.status) {
        let decoded = decode_error(&raw);
        return Err(Error::from_status(raw, decoded));
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

/// Begins a call. Nothing happens before the future is polled.
pub(crate) fn start(call: Call) -> BoxFuture<Result<RawResponse, Failure>> {
    Box::pin(async { Ok(run(call, Wanted::Whole).await?.raw) })
}

/// How a successful response is wanted. One that is no success is always read whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Whole,
    Unread,
}

/// A response, whole or with its body still to come.
pub(crate) struct Answer {
    pub(crate) raw: RawResponse,
    pub(crate) rest: Option<ResponseBody>,
}

/// Does a call, within its time.
pub(crate) async fn run(call: Call, wanted: Wanted) -> Result<Answer, Failure> {
    let operation = call.0.operation;
    let limit = call.0.timeout.unwrap_or(call.0.client.shared.timeout);
    let sleep = call.0.client.shared.transport.sleep(limit);
    let out_of_time = || Err(Failure::Timeout(TimeoutError::new(Phase::Call(limit))));
    // Boxed here, or each layer of futures around it would hold a copy.
    let work = within(sleep, Box::pin(attempt::until_done(call, wanted, limit)));
    let work = async { work.await.unwrap_or_else(out_of_time) };
    let outcome = trace::call(operation, work).await;
    outcome.map_err(|failure| failure.of(operation))
}

/// The outcome of `work`, unless `sleep` ends first.
async fn within<T>(mut sleep: BoxFuture<()>, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    std::future::poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending => sleep.as_mut().poll(cx).map(|()| None),
    })
    .await
}
