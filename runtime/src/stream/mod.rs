//! Responses that are read while they come: bytes, server-sent events, lines of JSON.
//!
//! What a call does until its response's head is there is the same as for any other call. From
//! then on no limit is set to the whole, only to the silence between two pieces, and nothing is
//! buffered beyond the event or line that is being read.

mod bytes;
mod described;
mod events;
mod lines;
mod reconnect;
mod source;
mod sse;

pub use self::bytes::{ByteStream, Opening};
pub use self::events::{Event, Events};
pub(crate) use self::events::{whole, whole_by_name};
pub use self::lines::JsonLines;
pub(crate) use self::lines::lines;
