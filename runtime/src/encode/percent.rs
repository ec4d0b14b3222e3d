//! Percent-encoding: which characters stand for themselves, place by place.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986. A `/`, a `?`, a `+` or a `%` in a value can
/// neither change the path nor be read as something else.
const STRICT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// `allowReserved` in a query string: the reserved characters too stand for themselves, save
/// those that would end the value there (`&`, `#`), be read as a space (`+`), or must not stand
/// in a query string at all (`[`, `]`).
const RESERVED_IN_QUERY: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// `allowReserved` in a path: what would leave the segment is still encoded.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED_IN_QUERY
    .add(b'/')
    .add(b'?')
    .remove(b'&')
    .remove(b'+');

/// Several segments of a path: what would end the path, or be read as another character, is encoded.
const SEGMENTS: &AsciiSet = &RESERVED_IN_PATH.remove(b'/');

/// Encodes for segments of a path.
pub(crate) fn segments(text: &str) -> String {
    utf8_percent_encode(text, SEGMENTS).to_string()
}

/// Encodes everything but unreserved characters.
pub(crate) fn strict(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, STRICT)
}

/// The same as a text, which is the given one where nothing of it is to be encoded.
pub(crate) fn strict_text(text: &str) -> Cow<'_, str> {
    strict(text).into()
}

/// Encodes for a query string in which reserved characters are allowed. A percent-encoded
/// triple passes as it is, as RFC 6570's reserved expansion has it.
pub(crate) fn reserved_in_query(text: &str) -> String {
    reserved(text, RESERVED_IN_QUERY)
}

/// Encodes for a path in which reserved characters are allowed.
pub(crate) fn reserved_in_path(text: &str) -> String {
    reserved(text, RESERVED_IN_PATH)
}

fn reserved(text: &str, set: &'static AsciiSet) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        out.extend(utf8_percent_encode(before, set));
        if is_triple(from.as_bytes()) {
            let (triple, after) = from.split_at(3);
            out.push_str(triple);
            rest = after;
        } else {
            out.push_str("%25");
            rest = from.get(1..).unwrap_or("");
        }
    }
    out.extend(utf8_percent_encode(rest, set));
    out
}

fn is_triple(text: &[u8]) -> bool {
    matches!(text, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}
