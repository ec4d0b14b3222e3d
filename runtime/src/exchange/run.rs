//! One call, within its time.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use super::attempt::{self, Wanted};
use super::collect::Arrival;
use super::trace;
use crate::call::Call;
use crate::error::{Failure, Phase, TimeoutError};
use crate::response::RawResponse;
use crate::transport::BoxFuture;

/// Begins a call. Nothing happens before the future is polled.
pub(crate) fn start(call: Call) -> BoxFuture<Result<RawResponse, Failure>> {
    Box::pin(async { Ok(run(call, Wanted::Whole).await?.raw) })
}

/// Does a call, within its time.
pub(crate) async fn run(call: Call, wanted: Wanted) -> Result<Arrival, Failure> {
    let operation = call.0.operation;
    let limit = call.time_limit();
    let sleep = call.0.client.shared.transport.sleep(limit);
    let out_of_time = || Err(Failure::Timeout(TimeoutError::new(Phase::Call(limit))));
    // Boxed here, or each layer of futures around it would hold a copy.
    let work = within(sleep, Box::pin(attempt::until_done(call, wanted, limit)));
    let work = async { work.await.unwrap_or_else(out_of_time) };
    let outcome = trace::call(operation, work).await;
    outcome.map_err(|failure| failure.of(operation))
}

/// The outcome of `work`, unless `sleep` ends first.
pub(crate) async fn within<T>(
    mut sleep: BoxFuture<()>,
    work: impl Future<Output = T>,
) -> Option<T> {
    let mut work = pin!(work);
    std::future::poll_fn(|cx| match work.as_mut().poll(cx) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending => sleep.as_mut().poll(cx).map(|()| None),
    })
    .await
}
