//! Hashes, so that runs can be compared without what they wrote.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// A hash of texts in their order.
pub(super) fn hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        hasher.update(text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    }
    let digest = hasher.finalize();
    digest
        .iter()
        .take(16)
        .fold(String::new(), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// What a runtime and a compiler are called together: a crate that has compiled with them need not
/// be compiled with them again.
#[must_use]
pub(super) fn build_id(runtime: &BTreeMap<String, String>, compiler: &str) -> String {
    let texts = runtime
        .iter()
        .flat_map(|(path, text)| [path.as_str(), text.as_str()]);
    hash(texts.chain([compiler]))
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn hashes_tell_where_a_text_ends() {
        assert_ne!(hash(["ab", "c"]), hash(["a", "bc"]));
        assert_eq!(hash(["ab"]).len(), 32);
    }
}
