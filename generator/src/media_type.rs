//! Media types: what kind of body one names. It knows neither OpenAPI nor Rust.

/// What kind of body a media type names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// JSON, whatever its vendor calls it.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// `text/event-stream`.
    Events,
    /// JSON texts one after the other.
    JsonLines,
    /// XML, whatever its vendor calls it.
    Xml,
    /// Other text.
    Text,
    /// Anything else.
    Bytes,
    /// A range that has JSON in it: what it is can only be told by the schema.
    Range,
}

/// The media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// What kind of patch a media type names, for the same JSON means another thing in each; empty where
/// it is none.
pub(crate) fn patch(media_type: &str) -> String {
    Some(essence(media_type))
        .filter(|essence| essence.contains("patch"))
        .unwrap_or_default()
}

/// Text that begins with neither `text/` nor ends with what says that it is.
const TEXT: [&str; 12] = [
    "application/yaml",
    "application/x-yaml",
    "application/toml",
    "application/jwt",
    "application/jose",
    "application/jose+jwe",
    "application/javascript",
    "application/ecmascript",
    "application/graphql",
    "application/sql",
    "application/x-mpegurl",
    "application/vnd.apple.mpegurl",
];

/// Subtypes of JSON texts one after the other.
const LINES: [&str; 9] = [
    "x-ndjson",
    "ndjson",
    "jsonl",
    "x-jsonl",
    "jsonlines",
    "x-jsonlines",
    "json-lines",
    "json-seq",
    "stream+json",
];

/// The kind of a media type; `None` where the text is no media type.
pub(crate) fn kind(media_type: &str) -> Option<Kind> {
    let essence = essence(media_type);
    let (top, subtype) = essence.split_once('/')?;
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(is_token);
    if !is_word(top) || !is_word(subtype) || media_type.chars().any(char::is_control) {
        return None;
    }
    Some(match (top, subtype) {
        ("*" | "application", "*") => Kind::Range,
        ("application", "x-www-form-urlencoded") => Kind::Form,
        ("multipart", "form-data") => Kind::Multipart,
        ("text", "event-stream") => Kind::Events,
        (_, name) if LINES.contains(&name) || name.ends_with("+json-seq") => Kind::JsonLines,
        (_, "json") => Kind::Json,
        (_, "xml") => Kind::Xml,
        (_, name) if name.ends_with("+json") => Kind::Json,
        (_, name) if name.ends_with("+xml") && top != "image" => Kind::Xml,
        ("text", _) => Kind::Text,
        _ if essence.ends_with("+yaml") || TEXT.contains(&essence.as_str()) => Kind::Text,
        _ => Kind::Bytes,
    })
}

/// A byte of a token (RFC 9110).
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let all = [
            ("application/json", Kind::Json),
            ("Application/JSON; charset=utf-8", Kind::Json),
            ("application/vnd.api+json", Kind::Json),
            ("application/*+json", Kind::Json),
            ("*/*", Kind::Range),
            ("application/stream+json", Kind::JsonLines),
            ("application/geo+json-seq", Kind::JsonLines),
            ("application/x-ndjson", Kind::JsonLines),
            ("text/event-stream", Kind::Events),
            ("text/xml", Kind::Xml),
            ("application/*+xml", Kind::Xml),
            ("image/svg+xml", Kind::Bytes),
            ("text/csv", Kind::Text),
            ("text/*", Kind::Text),
            ("application/pdf", Kind::Bytes),
            ("image/*", Kind::Bytes),
            ("multipart/mixed", Kind::Bytes),
        ];
        for (media_type, expected) in all {
            assert_eq!(kind(media_type), Some(expected), "{media_type}");
        }
        for no_media_type in ["code", "", "a/", "/b", "a b/c", "application/json\r\nx: y"] {
            assert_eq!(kind(no_media_type), None, "{no_media_type}");
        }
    }
}
