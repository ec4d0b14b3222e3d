//! An operating system, and Tokio above it.

mod file;
pub(crate) mod reqwest;
#[cfg(any(feature = "blocking", feature = "mock"))]
mod wait;

use std::time::{Duration, SystemTime};

pub(crate) use std::time::Instant;

pub(crate) use self::file::file;
#[cfg(any(feature = "blocking", feature = "mock"))]
pub(crate) use self::wait::block_on;

/// What is here alone.
macro_rules! native {
    ($($code:tt)*) => { $($code)* };
}

/// What is on the other platform alone.
macro_rules! web {
    ($($code:tt)*) => {};
}

/// The time of day.
pub(crate) fn now() -> SystemTime {
    SystemTime::now()
}

/// Waits by Tokio's timer; for ever on a thread that has none.
pub(crate) fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
    let is_driven = tokio::runtime::Handle::try_current().is_ok();
    let timer = is_driven.then(|| tokio::time::sleep(duration));
    async move {
        match timer {
            Some(timer) => timer.await,
            None => std::future::pending().await,
        }
    }
}
