//! A response's body, read whole, up to a limit.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};

use crate::error::Failure;
use crate::response::RawResponse;
use crate::transport::{BoxError, ResponseBody, TransportError, TransportErrorKind};

/// A response, whole or with its body still to come.
pub(crate) struct Arrival {
    pub(crate) raw: RawResponse,
    pub(crate) rest: Option<ResponseBody>,
}

/// What a server says about a body's length is believed up to here when memory is set aside.
const BELIEVED: u64 = 1024 * 1024;

/// Reads the rest of a response into its body. What came of a broken body is kept, with the reason: it is
/// what tells how far the server got.
pub(super) async fn collect(arrival: &mut Arrival, limit: u64) -> Result<(), Failure> {
    let raw = &mut arrival.raw;
    let Some(mut body) = arrival.rest.take() else {
        return Ok(());
    };
    let announced = raw.headers.get(http::header::CONTENT_LENGTH);
    let announced: Option<u64> = announced.and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Failure::too_large(raw, limit));
    }

    let mut first = Bytes::new();
    let mut rest = BytesMut::new();
    loop {
        raw.interrupted = match body.chunk().await {
            Ok(Some(chunk)) => {
                if (first.len() + rest.len() + chunk.len()) as u64 > limit {
                    return Err(Failure::too_large(raw, limit));
                }
                if first.is_empty() && rest.is_empty() {
                    // Most bodies are one chunk, which need not be copied.
                    first = chunk;
                    continue;
                }
                if rest.is_empty() {
                    let length = announced.unwrap_or(0).min(BELIEVED).try_into().unwrap_or(0);
                    rest.reserve(first.len().max(length));
                    rest.extend_from_slice(&std::mem::take(&mut first));
                }
                rest.extend_from_slice(&chunk);
                continue;
            }
            Ok(None) => None,
            Err(error) => Some(interruption(error)?),
        };
        raw.body = if rest.is_empty() {
            first
        } else {
            rest.freeze()
        };
        return Ok(());
    }
}

/// Why a body broke off, unless time ran out, which is an error of its own.
pub(crate) fn interruption(error: BoxError) -> Result<Arc<TransportError>, Failure> {
    let error = match error.downcast::<TransportError>() {
        Ok(error) => *error,
        Err(other) => TransportError::new(TransportErrorKind::Body, other),
    };
    match error.into() {
        Failure::Transport(error) => Ok(Arc::new(error)),
        other => Err(other),
    }
}
