//! Response headers as typed values.

use http::HeaderMap;

use crate::json::{self, DecodeError, Json};

/// What a header's value is read as: nothing where it is not there, an error where it is no such
/// value.
pub type HeaderResult<T> = Result<Option<T>, DecodeError>;

/// A header's value as what the document says it is, where it is there. Several headers of one name
/// are one list.
///
/// # Errors
/// When it is there and is not that.
pub fn header_as<T: Json>(headers: &HeaderMap, name: &str) -> HeaderResult<T> {
    let Some([text, others @ ..]) = header_readings(headers, name) else {
        return Ok(None);
    };
    match json::from_slice(&text) {
        Ok(value) => Ok(Some(value)),
        Err(error) => others
            .iter()
            .find_map(|text| json::from_slice(text).ok())
            .ok_or(error)
            .map(Some),
    }
}

/// What a header's text can be as JSON, in the order in which the readings are tried: text, a
/// number or a truth value, a list of texts, a list of numbers (style `simple`).
fn header_readings(headers: &HeaderMap, name: &str) -> Option<[Vec<u8>; 4]> {
    let values = headers.get_all(name).iter();
    let texts: Vec<_> = values
        .map(|value| String::from_utf8_lossy(value.as_bytes()))
        .collect();
    let first = texts.first()?;
    let items = || {
        texts
            .iter()
            .flat_map(|text| text.split(','))
            .map(str::trim)
            .filter(|item| !item.is_empty())
    };
    Some([
        json::to_vec(&first.clone().into_owned()),
        first.as_bytes().to_vec(),
        json::to_vec(&items().map(str::to_owned).collect::<Vec<String>>()),
        format!("[{}]", items().collect::<Vec<_>>().join(",")).into_bytes(),
    ])
}
