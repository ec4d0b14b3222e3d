//! From a call to its response: what happens between `send()` and the value that comes back.
//!
//! [`run`] is all of it, and not generic: build, authorise, send, follow redirects, read the
//! body within its limit, all within the call's time. [`Sending`] is the thin typed shell.

mod collect;
mod redirect;

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use url::Url;

use crate::auth;
use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, Failure, TimeoutError};
use crate::json::DecodeError;
use crate::redact::Redactions;
use crate::request::{self, Prepared};
use crate::response::{RawResponse, Response};
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

/// Decodes a response as what its status says it is.
pub(crate) fn finish<T, E>(
    raw: RawResponse,
    decode: fn(&RawResponse) -> Result<T, DecodeError>,
    decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
) -> Result<Response<T>, Error<E>> {
    if !raw.status.is_success() {
        let decoded = decode_error(&raw);
        return Err(Error::from_status(raw, decoded));
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
    Box::pin(run(call))
}

async fn run(call: Call) -> Result<RawResponse, Failure> {
    let shared = &call.0.client.shared;
    let limit = call.0.timeout.unwrap_or(shared.timeout);
    let sleep = shared.transport.sleep(limit);
    let out_of_time = || Err(Failure::Timeout(TimeoutError { limit: Some(limit) }));
    within(sleep, exchange(call))
        .await
        .unwrap_or_else(out_of_time)
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

async fn exchange(mut call: Call) -> Result<RawResponse, Failure> {
    let mut prepared = request::prepare(&mut call)?;
    let operation = call.0.operation;
    let client: Client = call.0.client.clone();
    // A link from the server is followed without the key that the query string may get next.
    let url: Arc<Url> = Arc::new(prepared.url.clone());
    let redactions = authorize(&call, &mut prepared)?;
    let response = redirect::send(&client, prepared).await?;
    let limit = call
        .0
        .max_body_bytes
        .unwrap_or(client.shared.max_body_bytes);
    let (head, body) = response.into_parts();
    let (body, interrupted) = collect::collect(&head, body, limit).await?;
    Ok(RawResponse {
        operation,
        url,
        status: head.status,
        headers: head.headers,
        body,
        interrupted,
        redactions,
    })
}

fn authorize(call: &Call, prepared: &mut Prepared) -> Result<Redactions, Failure> {
    let shared = &call.0.client.shared;
    let chosen = auth::choose(shared.api, call.0.operation, &shared.credentials)?;
    let mut secrets = auth::secrets_in(&prepared.headers);
    for chosen in chosen {
        auth::apply(
            chosen,
            &mut prepared.url,
            &mut prepared.headers,
            &mut secrets,
        )?;
    }
    Ok(Redactions::new(secrets))
}
