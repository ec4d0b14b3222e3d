//! Lists that come in pages.
//!
//! Generated code says how an operation's pages hang together, as data ([`Pagination`](crate::tables::Pagination)). One
//! engine, which is not generic, asks for page after page; [`Items`] and [`Pages`] are the typed
//! shells around it.

mod advance;
mod engine;
mod link;
mod stream;

pub use stream::{Items, Pages};
