//! JSON to and from generated types.
//!
//! ```
//! use clientsmith_runtime::{DateTime, json};
//!
//! let times: Vec<DateTime> = json::from_str(r#"["2026-01-31T12:00:00.50+01:00"]"#)?;
//! assert_eq!(json::to_string(&times), r#"["2026-01-31T12:00:00.50+01:00"]"#);
//! # Ok::<(), clientsmith_runtime::DecodeError>(())
//! ```
//!
//! A generated type carries a table and a few small functions; everything that has behaviour (key
//! lookup, required fields, the choice of a union's member, limits, error paths, `Debug`,
//! equality) is here, once, in functions that are not generic. That is what keeps the time to
//! compile a crate of thousands of models close to that of its bare structs.
//!
//! This module knows nothing of HTTP. Generated models, parameters and bodies rely on it, and so
//! does pagination, which decodes only the part of a body that a JSON pointer names.

pub(crate) mod arguments;
pub(crate) mod binary;
mod boxed;
mod containers;
mod conversions;
mod dates;
pub(crate) mod enums;
pub(crate) mod error;
mod exact;
mod fit;
pub(crate) mod formats;
pub(crate) mod inspect;
mod leaf;
mod macros;
pub(crate) mod model;
pub(crate) mod moments;
pub(crate) mod newtype;
pub(crate) mod nullable;
mod numbers;
mod patch;
mod pointer;
mod rank;
pub(crate) mod reader;
mod record;
mod scalars;
#[cfg(feature = "serde")]
pub(crate) mod serde;
pub(crate) mod union;
mod value;
pub(crate) mod variant;
pub(crate) mod writer;

pub(crate) use self::enums::{Literal, OpenEnum, OpenIntEnum};
pub(crate) use self::error::{DecodeError, Halt, Result, Step};
pub(crate) use self::exact::Exact;
pub(crate) use self::formats::Decimal;
pub use self::formats::NoNumber;
pub(crate) use self::inspect::canonical;
pub use self::model::Json;
pub(crate) use self::model::{Model, empty};
pub use self::moments::NoMoment;
pub(crate) use self::moments::{DateTime, Time};
pub(crate) use self::nullable::Nullable;
pub use self::patch::{JsonPatch, PatchOperation};
pub use self::pointer::at;
pub use self::reader::DEPTH_LIMIT;
pub(crate) use self::reader::Reader;
pub(crate) use self::union::Union;
pub(crate) use self::writer::Writer;

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
