//! The tables a generated crate describes its API with: data only, all of it `'static`.
//!
//! Nothing here knows HTTP. Generated crates fill these in as statics; all other rooms read them.
//! Strings come from a vendor's document, so nothing that reads them may assume that they are well
//! formed.

mod api;
mod event;
mod field;
mod operation;
mod pagination;
mod parameter;
mod rule;

pub use self::api::{Api, Scheme, SchemeKind, Server, ServerVariable};
pub use self::event::{EventData, EventForm, EventMember};
pub use self::field::Field;
pub use self::operation::{Method, Operation};
pub use self::pagination::{PageKind, Pagination};
pub use self::parameter::{Location, Param, Style};
pub use self::rule::{Rule, Rules};
