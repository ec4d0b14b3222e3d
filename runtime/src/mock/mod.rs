//! A server on this machine for the tests of generated crates: it plays one operation's answers,
//! one after the other, and checks each request that it gets.
//!
//! A generated test is a thin call; what is sent and what comes back stands in a file of JSON beside
//! it, which is read here. The checks are strict: the request must be the one that is described and
//! no more, and what a body decodes to must encode to the same JSON again. No part of a client:
//! only tests turn the feature `mock` on.

mod exchange;
mod parts;
mod request;
mod same;
mod server;
mod types;

pub use exchange::{Run, check, events, json, opaque, text};
pub use types::{Trip, round_trips, trip};
