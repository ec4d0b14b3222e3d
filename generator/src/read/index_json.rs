//! Marks of a JSON text, by a scanner that knows strings and brackets and nothing else: the text
//! has been parsed before, so it need not be checked again.

use super::index::{Builder, Index};
use std::borrow::Cow;

/// Indexes as much of the text as can be scanned.
pub(super) fn index(text: &str) -> Index {
    let bytes = text.as_bytes();
    let mut builder = Builder::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => builder.begin_map(at..at),
            b'[' => builder.begin_list(at..at),
            b'}' | b']' => builder.end(),
            b'"' => {
                let end = end_of_string(bytes, at);
                builder.scalar(&unquoted(text.get(at..end).unwrap_or_default()), at..end);
                at = end;
                continue;
            }
            b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                let end = end_of_word(bytes, at);
                builder.scalar("", at..end);
                at = end;
                continue;
            }
        }
        at += 1;
        if builder.is_finished() {
            break;
        }
    }
    builder.finish()
}

/// The end of the string that begins at the quote at `start`.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of the number or word at `start`; at least one byte further.
fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start + 1..).unwrap_or_default();
    let length = rest
        .iter()
        .position(|byte| b",:]}[{\" \t\r\n".contains(byte));
    start + 1 + length.unwrap_or(rest.len())
}

fn unquoted(string: &str) -> Cow<'_, str> {
    let inner = string
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.contains('\\') => Cow::Borrowed(inner),
        _ => Cow::Owned(serde_json::from_str(string).unwrap_or_default()),
    }
}
