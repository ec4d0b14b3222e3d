//! The words of paths in references.

use crate::diagnostic::Pointer;

/// A pointer as the fragment of a URI, which every `$ref` is.
pub(super) fn escaped(place: &Pointer) -> String {
    place.to_string().replace('%', "%25")
}

/// Whether a path begins like `https:`. One letter would be a Windows drive.
pub(super) fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|rest| rest.is_ascii_alphanumeric() || "+-.".contains(rest))
    })
}
