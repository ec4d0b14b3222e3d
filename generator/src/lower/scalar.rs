//! Scalars: a JSON type and a format.

use super::keywords::{JsonType, Keywords};
use crate::model::{Integer, Limit, Scalar};

/// The scalar of a schema whose type is `json`. Objects and arrays are no scalars.
pub(super) fn scalar(json: JsonType, keywords: &Keywords<'_>) -> Scalar {
    let format = keywords.format.as_deref().unwrap_or_default();
    match json {
        JsonType::Boolean => Scalar::Bool,
        JsonType::Integer => Scalar::Integer(integer(format, keywords)),
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
        "int32" | "int64" | "uint32" | "uint64" => Some(Scalar::Integer(integer(format, keywords))),
        "float" | "double" => Some(Scalar::F64),
        "string" => Some(Scalar::String),
        other => string(other),
    }
}

fn string(format: &str) -> Option<Scalar> {
    Some(match format {
        "uuid" => Scalar::Uuid,
        "date-time" => Scalar::DateTime,
        "date" => Scalar::Date,
        "time" => Scalar::Time,
        "byte" => Scalar::Base64,
        "binary" => Scalar::Binary,
        "password" => Scalar::String,
        _ => return None,
    })
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

fn integer(format: &str, keywords: &Keywords<'_>) -> Integer {
    match format {
        "int8" => Integer::I8,
        "int16" => Integer::I16,
        "int32" => Integer::I32,
        "uint8" => Integer::U8,
        "uint16" => Integer::U16,
        "uint32" => Integer::U32,
        "uint64" => Integer::U64,
        "int64" => Integer::I64,
        _ if is_never_negative(keywords) => Integer::U64,
        _ => Integer::I64,
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
