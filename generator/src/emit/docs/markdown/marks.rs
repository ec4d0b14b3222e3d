//! What text and its writing share: the characters that stand for others meanwhile, and addresses.

use std::ops::Range;

/// What stands for brackets until the text is written: the writer leaves those that are no link as
/// they are, and rustdoc would look for what they name.
pub(super) const OPENING: char = '\u{e000}';
pub(super) const CLOSING: char = '\u{e001}';

/// What stands at the end of a line that is to end there, until the text is written: two spaces would
/// be lost at the end of a comment.
pub(super) const BREAK: char = '\u{e002}';

/// Where the first bare address stands. What ends a sentence is not its own.
pub(super) fn address(text: &str) -> Option<Range<usize>> {
    let start = address_start(text)?;
    let from = text.get(start..)?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ')' | ']' | '\'');
    let end = from.find(ends).unwrap_or(from.len());
    let address = from.get(..end)?;
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    Some(start..start + address.len())
}

/// Where the first address of the web begins.
fn address_start(text: &str) -> Option<usize> {
    let secure = text.find("https://");
    let plain = text.find("http://");
    match (secure, plain) {
        (Some(secure), Some(plain)) => Some(secure.min(plain)),
        (found, None) | (None, found) => found,
    }
}

pub(super) fn is_web_address(address: &str) -> bool {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
}
