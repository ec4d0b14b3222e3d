//! Bytes in JSON strings: `format: byte`.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::{Json, Reader, Result, Writer};

/// Bytes that are Base64 text on the wire.
///
/// ```
/// use clientsmith_runtime::{Base64, json};
///
/// assert_eq!(json::to_string(&Base64(b"hi".to_vec())), r#""aGk=""#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base64(pub Vec<u8>);

/// Servers disagree on padding, so it is written always and asked for never.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const URL: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Json for Base64 {
    #[inline]
    fn empty() -> Self {
        Self(Vec::new())
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        match json.parse("a Base64 string", decode) {
            Ok(bytes) => {
                self.0 = bytes;
                Ok(())
            }
            Err(halt) => Err(halt),
        }
    }

    fn write(&self, json: &mut Writer) {
        json.text(&PLAIN.encode(&self.0));
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let engine = if text.contains(['-', '_']) {
        URL
    } else {
        PLAIN
    };
    // MIME encoders break lines.
    if text.contains(['\r', '\n']) {
        let joined: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
        return engine.decode(joined).ok();
    }
    engine.decode(text).ok()
}
