//! The crate around types and operations: its root, its client, its manifest, its pages, its
//! programs and its tests.

pub(crate) mod api;
pub(crate) mod client;
pub(crate) mod crate_root;
mod credentials;
mod environment;
pub(crate) mod example;
pub(crate) mod exchanges;
mod first;
mod index;
pub(crate) mod manifest;
pub(crate) mod readme;
pub(crate) mod runtime;
mod start;
