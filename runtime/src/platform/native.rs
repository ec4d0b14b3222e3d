//! An operating system, and Tokio above it.

use std::time::{Duration, SystemTime};

pub(crate) use std::time::Instant;

pub(crate) use crate::body::file::body as file;
use crate::transport::BoxFuture;

/// The time of day.
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// Waits by Tokio's timer; for ever on a thread that has none.
pub(crate) fn sleep(duration: Duration) -> BoxFuture<()> {
    if tokio::runtime::Handle::try_current().is_err() {
        return Box::pin(std::future::pending());
    }
    Box::pin(tokio::time::sleep(duration))
}
