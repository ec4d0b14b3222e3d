//! What the platform gives: a clock, a timer, files.
//!
//! Two platforms: one with an operating system, where Tokio drives what waits, and
//! wasm32-unknown-unknown, where a JavaScript engine does (a browser, a worker, Node). The rest of
//! the crate does not tell them apart, but for the two transports and the settings of reqwest's.

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
mod native;
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod web;

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
pub(crate) use native::{Instant, file, now, sleep};
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
pub(crate) use web::{Instant, file, now, sleep};
