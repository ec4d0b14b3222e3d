//! A JavaScript engine: its clock and its timers. There are no files, and std's own clocks panic.

use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use send_wrapper::SendWrapper;
pub(crate) use web_time::Instant;

use crate::body::Body;
use crate::transport::BoxFuture;

/// The time of day, as std has it: only its clock is missing, not its arithmetic.
pub(crate) fn now() -> SystemTime {
    let since = web_time::SystemTime::now().duration_since(web_time::UNIX_EPOCH);
    SystemTime::UNIX_EPOCH + since.unwrap_or_default()
}

/// Waits by `setTimeout`; for ever where that would be more than it can count (24 days).
pub(crate) fn sleep(duration: Duration) -> BoxFuture<()> {
    match i32::try_from(duration.as_millis()) {
        Ok(millis) => {
            let timer = gloo_timers::future::TimeoutFuture::new(millis.unsigned_abs());
            Box::pin(SendWrapper::new(timer))
        }
        Err(_) => Box::pin(std::future::pending()),
    }
}

/// Fails: there are no files.
pub(crate) fn file(_: &Path) -> io::Result<Body> {
    let reason = "there are no files here; read it in JavaScript and send its bytes";
    Err(io::Error::new(io::ErrorKind::Unsupported, reason))
}
