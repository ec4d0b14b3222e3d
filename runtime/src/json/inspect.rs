//! `Debug` and equality for generated types, both through their `write`.

use std::fmt;

use super::writer::Style;
use super::{Json, Writer};

/// Formats a value for `Debug`: names, wire names of fields, secrets hidden.
///
/// # Errors
/// When the formatter fails.
pub fn debug<T: Json>(value: &T, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let style = if formatter.alternate() {
        Style::Pretty
    } else {
        Style::Debug
    };
    let mut json = Writer::with_style(style);
    value.write(&mut json);
    formatter.write_str(&json.into_text())
}

/// Whether two values are the same JSON. The order of keys does not matter.
pub fn same<T: Json>(one: &T, other: &T) -> bool {
    canonical(one) == canonical(other)
}

/// A value as JSON that is the same for equal values.
pub(crate) fn canonical(value: &dyn Json) -> Vec<u8> {
    let mut json = Writer::with_style(Style::Canonical);
    value.write(&mut json);
    json.into_bytes()
}
