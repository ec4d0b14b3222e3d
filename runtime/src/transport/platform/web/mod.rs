//! A JavaScript engine: its clock, its timers and its `fetch`. There are no files, std's own clocks
//! panic, and no thread may wait.

pub(crate) mod fetch;

use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use send_wrapper::SendWrapper;
pub(crate) use web_time::Instant;

/// What is on the other platform alone.
macro_rules! native {
    ($($code:tt)*) => {};
}

/// What is here alone.
macro_rules! web {
    ($($code:tt)*) => { $($code)* };
}

/// The time of day, as std has it: only its clock is missing, not its arithmetic.
pub(crate) fn now() -> SystemTime {
    let since = web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH);
    SystemTime::UNIX_EPOCH + since.unwrap_or_default()
}

/// Waits by `setTimeout`; for ever where that would be more than it can count (24 days).
pub(crate) fn sleep(duration: Duration) -> impl Future<Output = ()> + Send + 'static {
    let millis = i32::try_from(duration.as_millis()).ok();
    let timer = millis.map(|millis| {
        SendWrapper::new(gloo_timers::future::TimeoutFuture::new(
            millis.unsigned_abs(),
        ))
    });
    async move {
        match timer {
            Some(timer) => timer.await,
            None => std::future::pending().await,
        }
    }
}

/// Fails: there are no files.
pub(crate) fn file(_: &Path) -> io::Result<(u64, fn() -> String)> {
    let reason = "there are no files here; read it in JavaScript and send its bytes";
    Err(io::Error::new(io::ErrorKind::Unsupported, reason))
}

/// Panics: nobody gets here, for nothing that waits is exported.
#[cfg(any(feature = "blocking", feature = "mock"))]
pub(crate) fn block_on<F: Future>(_: F) -> F::Output {
    panic!("no thread can wait on wasm32-unknown-unknown")
}
