//! What the document shows: its examples, and values in their place where there are none.
//!
//! A table of the examples by their places, which of them fit their types, the least that fits where
//! none does, and from these the exchanges of the generated tests: what a call sends, what must be
//! on the wire, what the server responds with. All of it is JSON: this stage knows the model and the
//! names of a call's arguments, and no Rust. A generated test must pass for every document, so what
//! is not certain is left out, and said to be.

mod body;
mod credentials;
mod exchange;
mod fit;
mod mismatches;
mod parameters;
mod responses;
mod sample;
mod sent;
mod server;
mod table;
#[cfg(test)]
mod tests;
mod trips;
mod writer;

pub(crate) use exchange::Exchange;
pub(crate) use fit::kept;
pub(crate) use mismatches::warn_of_mismatches;
pub(crate) use sample::Sampler;
pub use table::Examples;
pub(crate) use trips::{Exchanges, Trips};
pub(crate) use writer::TEXT;
