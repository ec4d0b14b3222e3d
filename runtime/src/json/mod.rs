//! JSON to and from generated types.
//!
//! A generated type carries a table and a few small functions; everything that has behaviour (key
//! lookup, required fields, the choice of a union's member, limits, error paths, `Debug`,
//! equality) is here, once, in functions that are not generic. That is what keeps the time to
//! compile a crate of thousands of models close to that of its bare structs.
//!
//! This module knows nothing of HTTP. Generated models, parameters and bodies rely on it, and so
//! does pagination, which decodes only the part of a body that a JSON pointer names.

#[doc(hidden)]
pub mod arguments;
mod binary;
mod boxed;
mod containers;
mod conversions;
mod dates;
mod enums;
mod error;
mod exact;
mod formats;
mod inspect;
mod leaf;
mod macros;
mod model;
mod moments;
mod newtype;
mod nullable;
mod numbers;
mod patch;
mod pointer;
mod rank;
mod reader;
mod record;
mod scalars;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod serde;
mod union;
mod value;
mod variant;
mod writer;

pub use crate::tables::Field;
pub use arguments::{IntoOwned, JsonObject, OrNull};
pub use binary::Base64;
pub use enums::{Literal, LiteralValue, OpenEnum, OpenIntEnum, OpenLiteralEnum};
pub(crate) use error::Step;
pub use error::{DecodeError, Halt, Result};
pub(crate) use exact::Exact;
pub use formats::{Decimal, NoNumber, Url};
pub(crate) use inspect::canonical;
#[doc(hidden)]
pub use inspect::{debug, same};
pub use model::{Json, Model, empty};
pub use moments::{DateTime, NoMoment, Time};
pub use newtype::Newtype;
pub use nullable::Nullable;
pub use patch::{JsonPatch, PatchOperation};
pub use pointer::at;
pub use reader::{DEPTH_LIMIT, Reader};
pub use union::Union;
#[doc(hidden)]
pub use union::{member, unknown, why};
pub use variant::{Choices, Kind, Variant};
pub use writer::Writer;

/// A calendar date: JSON strings of `format: date`.
pub type Date = chrono::NaiveDate;
/// Any JSON value.
pub type Value = serde_json::Value;

/// Decodes a whole JSON text.
///
/// # Errors
/// When the text is not JSON, holds more than one value, or does not fit the type.
pub fn from_slice<T: Json>(text: &[u8]) -> std::result::Result<T, DecodeError> {
    // Some servers begin with a byte-order mark.
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let mut value = T::empty();
    Reader::new(text).document(&mut |json| value.read(json))?;
    Ok(value)
}

/// Decodes a whole JSON text into a value that is there already.
pub(crate) fn read_slice(
    text: &[u8],
    value: &mut dyn Json,
) -> std::result::Result<(), DecodeError> {
    Reader::new(text).document(&mut |json| value.read(json))
}

/// Decodes a whole JSON text.
///
/// # Errors
/// When the text is not JSON, holds more than one value, or does not fit the type.
pub fn from_str<T: Json>(text: &str) -> std::result::Result<T, DecodeError> {
    from_slice(text.as_bytes())
}

/// Decodes a JSON value that is already in memory.
///
/// # Errors
/// When the value does not fit the type.
pub fn from_value<T: Json>(value: &Value) -> std::result::Result<T, DecodeError> {
    from_slice(&to_vec(value))
}

/// Encodes a value as compact JSON text.
pub fn to_vec<T: Json>(value: &T) -> Vec<u8> {
    let mut json = Writer::new();
    value.write(&mut json);
    json.into_bytes()
}

/// Encodes a value as it is sent: what only the server sets goes along where it is asked for.
pub(crate) fn to_sent<T: Json>(value: &T, read_only: bool) -> Vec<u8> {
    if read_only {
        return to_vec(value);
    }
    let mut json = Writer::without_read_only();
    value.write(&mut json);
    json.into_bytes()
}

/// Encodes a value as compact JSON text.
pub fn to_string<T: Json>(value: &T) -> String {
    let mut json = Writer::new();
    value.write(&mut json);
    json.into_text()
}

/// Encodes a value as a JSON value in memory.
pub fn to_value<T: Json>(value: &T) -> Value {
    // What a `Writer` wrote is JSON; only nesting beyond the depth limit is refused here, and null
    // is the honest rest of what no server would read either.
    from_slice(&to_vec(value)).unwrap_or_default()
}
