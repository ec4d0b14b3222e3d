//! What has to change on disk: the crate in memory against the crate that is there.

use super::error::WriteError;
use super::manifest::{MANIFEST, Manifest, is_absent};
use super::tree::{RelPath, Tree};
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::Path;

/// What changes between the crate on disk and the one in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Files that are not there yet.
    pub created: Vec<RelPath>,
    /// Files with another text.
    pub changed: Vec<RelPath>,
    /// Files of an earlier run that are no longer part of the crate.
    pub removed: Vec<RelPath>,
    /// How many files stay as they are.
    pub unchanged: usize,
    /// Whether the manifest has to be written. It is no file of the crate's, so it is not counted.
    pub(super) manifest: bool,
}

impl Changes {
    /// Whether everything stays as it is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.created.is_empty()
            && self.changed.is_empty()
            && self.removed.is_empty()
            && !self.manifest
    }

    /// How many files have to be written.
    #[must_use]
    pub const fn written(&self) -> usize {
        self.created.len() + self.changed.len()
    }
}

/// The changes, and what staging needs to know besides.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) changes: Changes,
    /// Files to be taken over as they are.
    pub(super) kept: BTreeSet<RelPath>,
    /// The text of the new manifest.
    pub(super) manifest: String,
}

/// What is at the path of a file of the crate.
enum Found {
    Nothing,
    SameText,
    OtherText,
    /// Something that is not the generator's and in the way.
    Foreign,
}

impl Plan {
    /// Compares, the manifest too: a crate that lost it is not unchanged.
    pub(super) fn of(dir: &Path, tree: &Tree, old: &Manifest) -> Result<Self, WriteError> {
        check_names(tree)?;
        let manifest = Manifest::text(tree);
        let own_path = RelPath::new(MANIFEST).map_err(|bad| WriteError::Clash(bad.0))?;
        let mut changes = Changes::default();
        let mut kept = BTreeSet::new();
        let mut foreign = Vec::new();
        for (path, text) in tree.iter() {
            match look(dir, path, text, old)? {
                Found::Nothing => changes.created.push(path.clone()),
                Found::OtherText => changes.changed.push(path.clone()),
                Found::Foreign => foreign.push(path.to_string()),
                Found::SameText => {
                    changes.unchanged += 1;
                    kept.insert(path.clone());
                }
            }
        }
        match look(dir, &own_path, &manifest, old)? {
            Found::SameText => {}
            Found::Foreign => foreign.push(MANIFEST.to_owned()),
            Found::Nothing | Found::OtherText => changes.manifest = true,
        }
        if !foreign.is_empty() {
            return Err(WriteError::NotOwned {
                dir: dir.to_owned(),
                paths: foreign,
            });
        }
        for path in old.iter().filter(|path| tree.get(path).is_none()) {
            if metadata(&path.below(dir))?.is_some_and(|found| found.is_file()) {
                changes.removed.push(path.clone());
            }
        }
        Ok(Self {
            changes,
            kept,
            manifest,
        })
    }
}

/// A name cannot be a file and a folder, and the manifest's is taken.
fn check_names(tree: &Tree) -> Result<(), WriteError> {
    for (path, _) in tree.iter() {
        let mut names = path.folders().chain([path.as_str()]);
        if names.any(|name| name == MANIFEST) {
            return Err(WriteError::Clash(MANIFEST.to_owned()));
        }
        for folder in path.folders() {
            if RelPath::new(folder).is_ok_and(|folder| tree.get(&folder).is_some()) {
                return Err(WriteError::Clash(folder.to_owned()));
            }
        }
    }
    Ok(())
}

fn look(dir: &Path, path: &RelPath, text: &str, old: &Manifest) -> Result<Found, WriteError> {
    for folder in path.folders() {
        match metadata(&dir.join(folder))? {
            None => return Ok(Found::Nothing),
            Some(found) if found.is_dir() => {}
            // A file of the last run gives way to a folder; a symbolic link is never followed.
            Some(found) if found.is_file() && old.owns(folder) => return Ok(Found::Nothing),
            Some(_) => return Ok(Found::Foreign),
        }
    }
    let full = path.below(dir);
    let Some(found) = metadata(&full)? else {
        return Ok(Found::Nothing);
    };
    if found.is_dir() {
        let own = is_all_owned(&full, path.as_str(), old)?;
        return Ok(if own { Found::Nothing } else { Found::Foreign });
    }
    if !found.is_file() {
        return Ok(Found::Foreign);
    }
    let same = found.len() == text.len() as u64
        && fs::read(&full).map_err(WriteError::io("read", &full))? == text.as_bytes();
    Ok(match (same, old.owns(path.as_str())) {
        (true, _) => Found::SameText,
        (false, true) => Found::OtherText,
        (false, false) => Found::Foreign,
    })
}

/// Whether a folder holds nothing but files of the last run, so that it can give way.
fn is_all_owned(folder: &Path, path: &str, old: &Manifest) -> Result<bool, WriteError> {
    for entry in fs::read_dir(folder).map_err(WriteError::io("list", folder))? {
        let entry = entry.map_err(WriteError::io("list", folder))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            return Ok(false);
        };
        let path = format!("{path}/{name}");
        let found = entry
            .metadata()
            .map_err(WriteError::io("look at", &entry.path()))?;
        let own = if found.is_dir() {
            old.owns_below(&path) && is_all_owned(&entry.path(), &path, old)?
        } else {
            found.is_file() && old.owns(&path)
        };
        if !own {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What is at a path, without following a symbolic link; `None` for nothing.
pub(super) fn metadata(path: &Path) -> Result<Option<Metadata>, WriteError> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(WriteError::io("look at", path)(error)),
    }
}
