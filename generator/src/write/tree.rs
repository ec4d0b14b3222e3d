//! A crate in memory: texts by relative path.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// The path of a file inside a crate, with `/` between the names. No such path leads out of the
/// crate, whatever the document it was made from says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(String);

/// A text that is no path inside a crate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not a path inside a crate", .0.escape_debug())]
pub struct BadPath(pub String);

impl RelPath {
    /// Takes a path that has names only: none of them empty, `.` or `..`, no backslash, colon or
    /// control character in them.
    ///
    /// # Errors
    /// For every other text.
    pub fn new(path: impl Into<String>) -> Result<Self, BadPath> {
        let path = path.into();
        let bad = |character: char| character.is_control() || matches!(character, '\\' | ':');
        let good = !path.contains(bad)
            && path
                .split('/')
                .all(|name| !name.is_empty() && name != "." && name != "..");
        if good {
            Ok(Self(path))
        } else {
            Err(BadPath(path))
        }
    }

    /// The path with `/` between the names.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path of the file in the crate at `dir`.
    #[must_use]
    pub fn below(&self, dir: &Path) -> PathBuf {
        let mut path = dir.to_owned();
        path.extend(self.0.split('/'));
        path
    }

    /// The folders that hold the file, the outermost first, without the crate's own.
    pub(super) fn folders(&self) -> impl Iterator<Item = &str> {
        self.0
            .match_indices('/')
            .map(|(end, _)| self.0.get(..end).unwrap_or_default())
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A whole crate: every file's text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree(BTreeMap<RelPath, String>);

impl Tree {
    /// A crate without files.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Adds a file; what was at its path before comes back.
    pub fn insert(&mut self, path: RelPath, text: String) -> Option<String> {
        self.0.insert(path, text)
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &RelPath) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Every file, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&RelPath, &str)> {
        self.0.iter().map(|(path, text)| (path, text.as_str()))
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many lines all files have together.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.0.values().map(|text| text.lines().count()).sum()
    }

    /// How many bytes all files have together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.0.values().map(String::len).sum()
    }
}

impl FromIterator<(RelPath, String)> for Tree {
    fn from_iter<I: IntoIterator<Item = (RelPath, String)>>(files: I) -> Self {
        Self(files.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::RelPath;

    #[test]
    fn takes_only_paths_inside_a_crate() {
        for good in ["Cargo.toml", "src/lib.rs", "src/..a/b", "a b", "src/ä.rs"] {
            assert!(RelPath::new(good).is_ok(), "{good}");
        }
        let bad = [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "src/../../x",
            "src/./x",
            "src//x",
            "src/",
            "a\\b",
            "C:x",
            "a\0b",
            "a\nb",
        ];
        for bad in bad {
            assert!(RelPath::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn folders_from_the_outside_in() {
        let path = RelPath::new("src/api/tokens.rs").unwrap();
        assert_eq!(path.folders().collect::<Vec<_>>(), ["src", "src/api"]);
    }
}
