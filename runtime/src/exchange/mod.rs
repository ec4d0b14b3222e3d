//! From a call to its response: what happens between `send()` and the value that comes back.
//!
//! [`run`](run::run) is all of it, and not generic: build, authorise, send, follow redirects, read the
//! body within its limit, try again, all within the call's time. A call says what is to be sent and
//! knows nothing of this; [`Sending`] is the thin typed shell.

mod attempt;
mod collect;
mod redirect;
mod run;
mod sending;
mod trace;

pub(crate) use self::attempt::Wanted;
pub(crate) use self::collect::{Arrival, interruption};
#[cfg(feature = "mock")]
pub(crate) use self::run::within;
pub(crate) use self::run::{run, start};
pub(crate) use self::sending::finish;
pub use self::sending::{Sending, SendingRaw};
