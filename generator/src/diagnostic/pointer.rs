//! JSON pointers (RFC 6901): the place of everything in a document.

use std::borrow::Cow;
use std::fmt;

/// A place in a document. Shown as a URI fragment, `#/paths/~1tokens/get`; the root is `#`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Reads a pointer, with or without the `#` of a fragment. `None` where it is neither empty
    /// nor begins with a slash. Escapes of URIs (`%7B`) are not decoded here.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#').unwrap_or(text);
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// The member `key` of the object here.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        let mut child = self.clone();
        child.push_key(key);
        child
    }

    /// The item `index` of the list here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Moves to the member `key` in place.
    pub fn push_key(&mut self, key: &str) {
        self.0.reserve(key.len() + 1);
        self.0.push('/');
        for character in key.chars() {
            match character {
                '~' => self.0.push_str("~0"),
                '/' => self.0.push_str("~1"),
                other => self.0.push(other),
            }
        }
    }

    /// The object or list that holds this; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0
            .rsplit_once('/')
            .map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Whether this is `other` or stands within it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        self.0
            .strip_prefix(&other.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether this is the whole document.
    #[must_use]
    pub const fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The keys and indices on the way from the root, with their escapes decoded.
    #[must_use]
    pub fn segments(&self) -> Segments<'_> {
        Segments { rest: &self.0 }
    }

    /// The pointer without the `#` of a fragment, as `serde_json::Value::pointer` takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&Self> for Pointer {
    fn from(pointer: &Self) -> Self {
        pointer.clone()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// The decoded segments of a [`Pointer`].
#[derive(Debug, Clone)]
pub struct Segments<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Segments<'a> {
    type Item = Cow<'a, str>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.strip_prefix('/')?;
        let end = rest.find('/').unwrap_or(rest.len());
        let (segment, rest) = rest.split_at(end);
        self.rest = rest;
        Some(if segment.contains('~') {
            // `~01` is `~1`, so the order of the two matters.
            Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(segment)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn escapes_and_decodes() {
        let pointer = Pointer::root()
            .key("paths")
            .key("/a~b/{c}")
            .key("~1")
            .index(3)
            .key("");
        assert_eq!(pointer.to_string(), "#/paths/~1a~0b~1{c}/~01/3/");
        let segments: Vec<_> = pointer.segments().collect();
        assert_eq!(segments, ["paths", "/a~b/{c}", "~1", "3", ""]);
        assert_eq!(Pointer::parse("#/paths/~1a~0b~1{c}/~01/3/"), Some(pointer));
    }

    #[test]
    fn root_parent_and_parse() {
        assert!(Pointer::root().is_root());
        assert_eq!(Pointer::root().to_string(), "#");
        assert_eq!(Pointer::root().segments().count(), 0);
        assert_eq!(Pointer::root().parent(), None);
        assert_eq!(Pointer::root().key("a").parent(), Some(Pointer::root()));
        assert_eq!(Pointer::parse("#"), Some(Pointer::root()));
        assert_eq!(Pointer::parse(""), Some(Pointer::root()));
        assert_eq!(Pointer::parse("a"), None);
        assert_eq!(Pointer::parse("#name"), None);
    }
}
