//! Bytes out, bytes in: bodies, the transports that carry them, and what the platform gives.
//!
//! Nothing here knows operations' parameters, credentials or retries.

mod body;
mod error;
/// A clock, timers, files and a transport, twice under the same names: over an operating system and
/// Tokio in `platform/`, and over a JavaScript engine (a browser, a worker, Node) in `platform/web/`.
/// This is the one place that spells the target out; `native!` and `web!` keep what is of one
/// platform alone.
#[cfg_attr(
    all(target_family = "wasm", target_os = "unknown"),
    path = "platform/web/mod.rs"
)]
#[macro_use]
pub(crate) mod platform;
mod send;

pub use self::body::{Body, BoxError, ResponseBody};
pub use self::error::{TransportError, TransportErrorKind};
pub use self::send::{BoxFuture, Exchanged, Transport};
pub(crate) use self::send::{Direct, Head, Parsed};

native! {
    pub use self::platform::reqwest::ReqwestTransport;
    pub(crate) use self::platform::reqwest::{Settings, build};
}
web! {
    pub use self::platform::fetch::FetchTransport;
    pub(crate) use self::platform::fetch::{Settings, build};
}
