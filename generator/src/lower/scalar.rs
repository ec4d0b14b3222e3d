//! Scalars: a JSON type and a format.

use super::keywords::{JsonType, Keywords};
use crate::model::{Integer, Limit, Scalar};
use crate::text_format::TextFormat;

/// The scalar of a schema whose type is `json`. Objects and arrays are no scalars.
pub(super) fn scalar(json: JsonType, keywords: &Keywords<'_>) -> Scalar {
    let format = keywords.format.as_deref().unwrap_or_default();
    match json {
        JsonType::Boolean => Scalar::Bool,
        JsonType::Integer => integer(format, keywords).map_or(Scalar::Decimal, Scalar::Integer),
        JsonType::Number => number(format),
        JsonType::Null => Scalar::Null,
        JsonType::String | JsonType::Object | JsonType::Array => {
            string(format).unwrap_or(Scalar::String)
        }
    }
}

/// The scalar that a format alone makes plain.
pub(super) fn untyped(keywords: &Keywords<'_>) -> Option<Scalar> {
    let format = keywords.format.as_deref()?;
    match format {
        "int32" | "int64" | "uint32" | "uint64" => {
            Some(integer(format, keywords).map_or(Scalar::Decimal, Scalar::Integer))
        }
        "float" | "double" => Some(Scalar::F64),
        "string" => Some(Scalar::String),
        other => string(other),
    }
}

fn string(format: &str) -> Option<Scalar> {
    match format {
        "binary" => Some(Scalar::Binary),
        "password" => Some(Scalar::String),
        format => TextFormat::of_schema(format).map(Scalar::Text),
    }
}

/// `float` is read in 64 bits too: servers do not round to what the document says, and a value
/// must come back as it was.
fn number(format: &str) -> Scalar {
    match format {
        "int32" => Scalar::Integer(Integer::I32),
        "int64" => Scalar::Integer(Integer::I64),
        _ => Scalar::F64,
    }
}

/// The width of a whole number; nothing where the document allows more than 64 bits hold.
fn integer(format: &str, keywords: &Keywords<'_>) -> Option<Integer> {
    Some(match format {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" => Integer::I32,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" => Integer::U32,
        "uint64" => Integer::U64,
        "int128" | "uint128" | "int256" | "uint256" => return None,
        _ if is_below_64_bits(keywords) => return None,
        _ if is_never_negative(keywords) && is_above(keywords, U64_END) => return None,
        _ if is_never_negative(keywords) && format != "int64" => Integer::U64,
        _ if is_never_negative(keywords) && is_above(keywords, I64_END) => Integer::U64,
        _ if is_above(keywords, I64_END) => return None,
        _ => Integer::I64,
    })
}

/// 2^63, the first number beyond an `i64`.
const I64_END: f64 = 9_223_372_036_854_775_808.0;

/// 2^64. A float cannot tell it from the last number of a `u64`, which is what is written.
const U64_END: f64 = 18_446_744_073_709_551_616.0;

/// Whether the document allows numbers above this one by saying so. The last number of an `i64`
/// or a `u64` is a bound that is often written, and rounds to the one behind it.
fn is_above(keywords: &Keywords<'_>, end: f64) -> bool {
    match keywords.constraints.range.max {
        Some(Limit::Inclusive(bound) | Limit::Exclusive(bound)) => bound.as_f64() > end,
        None => false,
    }
}

fn is_below_64_bits(keywords: &Keywords<'_>) -> bool {
    match keywords.constraints.range.min {
        Some(Limit::Inclusive(bound) | Limit::Exclusive(bound)) => bound.as_f64() < -I64_END,
        None => false,
    }
}

/// Whether the bounds rule out every integer below zero.
fn is_never_negative(keywords: &Keywords<'_>) -> bool {
    match keywords.constraints.range.min {
        Some(Limit::Inclusive(bound)) => bound.as_f64() >= 0.0,
        Some(Limit::Exclusive(bound)) => bound.as_f64() >= -1.0,
        None => false,
    }
}
