//! What a body's media type is called, in the names of methods and of types.

use super::words::snake;
use crate::model::{Content, Media};

/// The word that tells one form of a body from the others of the same operation.
pub(super) fn suffix(media: &Media) -> String {
    match &media.content {
        Content::Form(..) => "form".to_owned(),
        Content::Multipart(_) => "multipart".to_owned(),
        Content::Events(_) => "events".to_owned(),
        Content::JsonLines(_) => "lines".to_owned(),
        // Of several kinds of bytes none gives the name.
        Content::Bytes if !media.also.is_empty() => "bytes".to_owned(),
        Content::Json(_) | Content::JsonPatch | Content::Text | Content::Bytes => {
            let words = snake(&words(&media.media_type));
            if words.is_empty() {
                "body".to_owned()
            } else {
                words
            }
        }
    }
}

/// The words of a media type that say the most.
pub(super) fn words(media_type: &str) -> String {
    let essence = crate::media_type::essence(media_type);
    let (kind, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    match (kind, subtype) {
        (_, "xml") => "xml".to_owned(),
        ("text", "plain" | "*") => "text".to_owned(),
        ("application", "octet-stream") | (_, "*") => "bytes".to_owned(),
        (_, "json") => "json".to_owned(),
        _ => {
            let parameters = media_type.split(';').skip(1);
            // A version or profile tells apart what its essence does not.
            let values = parameters.filter_map(|parameter| {
                let (name, value) = parameter.split_once('=')?;
                let is_charset = name.trim().eq_ignore_ascii_case("charset");
                (!is_charset).then(|| format!(" {}", value.trim_matches(['"', ' '])))
            });
            let subtype = subtype
                .strip_suffix("+json")
                .or_else(|| subtype.strip_suffix("+xml"))
                .unwrap_or(subtype);
            let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
            subtype.to_owned() + &values.collect::<String>()
        }
    }
}
