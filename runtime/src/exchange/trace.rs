//! A `tracing` span around each call, and an event for each further attempt: method, path
//! template, status, attempts. No secret, no parameter value, no body. Without the feature
//! `tracing` there is nothing here but the call itself.

use std::future::Future;
use std::time::Duration;

use super::collect::Arrival;
use crate::error::Failure;
use crate::tables::Operation;

/// Does a call within its span. The fields are named as `OpenTelemetry` names them.
#[cfg(feature = "tracing")]
pub(crate) async fn call(
    operation: &'static Operation,
    work: impl Future<Output = Result<Arrival, Failure>>,
) -> Result<Arrival, Failure> {
    use tracing::Instrument;
    use tracing::field::Empty;

    let span = tracing::info_span!(
        "call",
        "otel.kind" = "client",
        "operation.id" = operation.id,
        "http.request.method" = operation.method.as_str(),
        "url.template" = operation.path,
        "http.response.status_code" = Empty,
        "http.request.resend_count" = Empty,
        "error.type" = Empty,
    );
    let outcome = work.instrument(span.clone()).await;
    match &outcome {
        Ok(arrival) => {
            span.record("http.response.status_code", arrival.raw.status.as_u16());
            span.record(
                "http.request.resend_count",
                arrival.raw.attempts.saturating_sub(1),
            );
        }
        Err(failure) => {
            span.record("error.type", failure.kind());
        }
    }
    outcome
}

#[cfg(not(feature = "tracing"))]
pub(crate) async fn call(
    _: &'static Operation,
    work: impl Future<Output = Result<Arrival, Failure>>,
) -> Result<Arrival, Failure> {
    work.await
}

/// Tells that a call is tried again.
#[cfg(feature = "tracing")]
pub(crate) fn again(attempts: u32, delay: Duration, outcome: Result<&Arrival, &Failure>) {
    let reason = match outcome {
        Ok(arrival) => arrival.raw.status.as_str().to_owned(),
        Err(failure) => failure.kind().to_owned(),
    };
    tracing::debug!(attempts, ?delay, reason, "trying again");
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn again(_: u32, _: Duration, _: Result<&Arrival, &Failure>) {}
