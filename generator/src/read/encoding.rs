//! Bytes to text: UTF-8, or UTF-16 where a byte order mark says so.

/// Decodes a file. The error is the number of bytes that could be decoded, for the message.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, usize> {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest.to_vec()).map_err(|valid| valid + 3),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String, usize> {
    String::from_utf8(bytes).map_err(|error| error.utf8_error().valid_up_to())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, usize> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => return Err(2 + text.encode_utf16().count() * 2),
        }
    }
    if rest.is_empty() {
        Ok(text)
    } else {
        Err(2 + pairs.len() * 2)
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        format!("\u{FEFF}{text}")
            .encode_utf16()
            .flat_map(unit)
            .collect()
    }

    #[test]
    fn decodes_marked_and_unmarked_text() {
        let text = "titel: Ähre 🌾\r\n";
        assert_eq!(decode(text.into()).as_deref(), Ok(text));
        assert_eq!(
            decode(format!("\u{FEFF}{text}").into()).as_deref(),
            Ok(text)
        );
        assert_eq!(decode(utf16(text, u16::to_le_bytes)).as_deref(), Ok(text));
        assert_eq!(decode(utf16(text, u16::to_be_bytes)).as_deref(), Ok(text));
    }

    #[test]
    fn says_where_decoding_stopped() {
        assert_eq!(decode(vec![b'a', 0xFF]), Err(1));
        assert_eq!(decode(vec![0xEF, 0xBB, 0xBF, b'a', 0xFF]), Err(4));
        assert_eq!(decode(vec![0xFF, 0xFE, b'a', 0, 0]), Err(4));
        assert_eq!(decode(vec![0xFF, 0xFE, b'a', 0, 0x00, 0xD8]), Err(4));
    }
}
