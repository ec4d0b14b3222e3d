//! Responses: as they came, and decoded; what of them may be shown, and how long they ask to wait.

pub(crate) mod after;
mod decoded;
mod header;
mod raw;
pub(crate) mod redact;

pub use self::decoded::Response;
pub use self::header::{HeaderResult, header_as};
pub use self::raw::RawResponse;
pub(crate) use self::raw::{Decode, request_id};
