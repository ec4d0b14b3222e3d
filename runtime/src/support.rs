//! What generated code calls: the tables, the call that a request builder wraps, the traits and
//! functions that its types are made of, and all that callers see. Not for callers: what is here
//! alone changes with the generator.

pub use crate::call::Call;
pub use crate::client::{Client, ClientBuilder};
pub use crate::json::enums::{Literal, LiteralValue, OpenEnum, OpenIntEnum, OpenLiteralEnum};
pub use crate::json::error::Result;
pub use crate::json::inspect::{debug, same};
pub use crate::json::model::{Model, empty};
pub use crate::json::newtype::Newtype;
pub use crate::json::reader::Reader;
pub use crate::json::union::{Union, member, unknown, why};
pub use crate::json::variant::{Kind, Variant};
pub use crate::json::writer::Writer;
pub use crate::response::header_as;
pub use crate::tables::{
    Api, EventData, EventForm, EventMember, Field, Location, PageKind, Pagination, Param, Rule,
    Rules, Scheme, SchemeKind, Style,
};
pub use crate::*;

pub mod decode {
    pub use crate::decode::*;
}

/// What methods and constructors make of their arguments.
pub mod take {
    pub use crate::json::arguments::*;
}

#[cfg(feature = "serde")]
pub mod serde {
    pub use crate::json::serde::*;
}

#[cfg(feature = "mock")]
pub mod mock {
    pub use crate::mock::*;
}
