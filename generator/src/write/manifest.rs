//! The list of the files in a crate that are the generator's own, kept in the crate.

use super::error::WriteError;
use super::tree::{RelPath, Tree};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

/// The name of the manifest in the crate's folder.
pub const MANIFEST: &str = ".clientsmith";

const HEADER: &str = "# The files below were written by clientsmith, which may change and remove \
                      them. All others are left alone.";

/// What an earlier run wrote. Empty where there was none.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    files: BTreeSet<RelPath>,
}

impl Manifest {
    /// Reads the manifest of the crate in `dir`.
    pub(super) fn read(dir: &Path) -> Result<Self, WriteError> {
        let path = dir.join(MANIFEST);
        let text = match std::fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if is_absent(&error) => return Ok(Self::default()),
            Err(error) => return Err(WriteError::io("read", &path)(error)),
        };
        let broken = |line| WriteError::BrokenManifest {
            path: path.clone(),
            line,
        };
        let mut lines = text.lines();
        if !lines.next().is_some_and(|line| line.starts_with('#')) {
            return Err(broken(1));
        }
        let mut files = BTreeSet::new();
        for (line, number) in lines.zip(2..) {
            files.insert(RelPath::new(line).map_err(|_| broken(number))?);
        }
        Ok(Self { files })
    }

    /// The text of the manifest for a crate.
    pub(super) fn text(tree: &Tree) -> String {
        let mut text = format!("{HEADER}\n");
        for (path, _) in tree.iter() {
            text.push_str(path.as_str());
            text.push('\n');
        }
        text
    }

    /// Whether an earlier run wrote this file.
    pub(super) fn owns(&self, path: &str) -> bool {
        path == MANIFEST || RelPath::new(path).is_ok_and(|path| self.files.contains(&path))
    }

    /// Whether an earlier run wrote anything in this folder.
    pub(super) fn owns_below(&self, folder: &str) -> bool {
        let Ok(start) = RelPath::new(folder) else {
            return false;
        };
        let inside = |path: &&RelPath| {
            path.as_str()
                .strip_prefix(folder)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        // Between a folder and what is in it only names that begin like the folder's can stand.
        let near = self.files.range(start..);
        near.take_while(|path| path.as_str().starts_with(folder))
            .any(|path| inside(&path))
    }

    /// Every file of the earlier run.
    pub(super) fn iter(&self) -> impl Iterator<Item = &RelPath> {
        self.files.iter()
    }
}

/// Whether the error only says that there is nothing at the path.
pub(super) fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
