//! Operations: the statics that describe them, the methods that begin a request, its builder, and
//! what may come back.

mod bodies;
mod builder;
pub(crate) mod call;
mod context;
mod docs;
mod events;
pub(crate) mod exchange;
mod forms;
pub(crate) mod group;
mod headers;
mod items;
mod method;
mod parameters;
mod responses;
mod stream_flag;
pub(crate) mod tables;
