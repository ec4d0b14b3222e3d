//! Replacing a crate at one stroke.
//!
//! Beside the crate's folder `DIR` there is, for the time of a run, a workplace `.DIR.clientsmith`:
//!
//! 1. `lock` is locked, so that two runs never meet; the lock dies with its process.
//! 2. The whole new crate is built in `new`, its manifest first; files that stay are linked.
//! 3. `new` and `DIR` are exchanged by one call of the kernel. Where there is no such call, `DIR`
//!    is renamed to `old` and `new` to `DIR`.
//! 4. What is not the generator's is moved from the old crate into `DIR`, by renaming.
//! 5. The old crate is renamed to `trash`, and everything is removed.
//!
//! A killed run leaves the workplace behind, and the next one does what is left to do. It need not
//! know how far the other came: a crate in the workplace, whether old or half built, has a manifest
//! that lists what is the generator's, so whatever it does not list belongs into `DIR`; and only
//! what was drained so is ever called `trash`.

use super::error::WriteError;
use super::manifest::{MANIFEST, Manifest};
use super::plan::{Plan, metadata};
use super::tree::{RelPath, Tree};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::thread::ScopedJoinHandle;

/// How many threads write files.
const WRITERS: usize = 8;

/// A crate's folder and the workplace that belongs to it.
#[derive(Debug)]
pub(super) struct CrateFolder {
    /// The folder of the crate, links followed.
    pub(super) dir: PathBuf,
    parent: PathBuf,
    workplace: PathBuf,
}

impl CrateFolder {
    /// Finds the workplace for a crate in `dir`.
    pub(super) fn of(dir: &Path) -> Result<Self, WriteError> {
        let bad = || WriteError::BadFolder {
            dir: dir.to_owned(),
        };
        let dir = match fs::canonicalize(dir) {
            Ok(dir) => dir,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                std::path::absolute(dir).map_err(WriteError::io("find", dir))?
            }
            Err(error) => return Err(WriteError::io("find", dir)(error)),
        };
        if metadata(&dir)?.is_some_and(|found| !found.is_dir()) {
            return Err(bad());
        }
        let parent = dir.parent().ok_or_else(bad)?.to_owned();
        let mut name = OsString::from(".");
        name.push(dir.file_name().ok_or_else(bad)?);
        name.push(".clientsmith");
        let workplace = parent.join(name);
        Ok(Self {
            dir,
            parent,
            workplace,
        })
    }

    /// Whether a run is at work here or was killed.
    pub(super) fn is_interrupted(&self) -> bool {
        self.workplace.exists()
    }
}

/// The workplace, locked and in order.
pub(super) struct Workplace<'a> {
    place: &'a CrateFolder,
    /// Held for its lock.
    _lock: File,
}

impl<'a> Workplace<'a> {
    /// Locks the workplace and finishes what an interrupted run left in it.
    pub(super) fn enter(place: &'a CrateFolder) -> Result<Self, WriteError> {
        fs::create_dir_all(&place.parent).map_err(WriteError::io("create", &place.parent))?;
        let lock = lock(place)?;
        let workplace = Self { place, _lock: lock };
        workplace.tidy_up()?;
        Ok(workplace)
    }

    /// Builds the new crate beside the old one.
    pub(super) fn stage(&self, tree: &Tree, plan: &Plan) -> Result<(), WriteError> {
        let new = self.path("new");
        fs::create_dir(&new).map_err(WriteError::io("create", &new))?;
        if let Some(old) = metadata(&self.place.dir)? {
            fs::set_permissions(&new, old.permissions()).map_err(WriteError::io("create", &new))?;
        }
        // The manifest comes first and whole: without it a half-built crate could not be told
        // from one that holds somebody's files.
        let draft = self.path("manifest");
        write_file(&draft, &plan.manifest)?;
        rename(&draft, &new.join(MANIFEST))?;
        let folders: BTreeSet<&str> = tree.iter().flat_map(|(path, _)| path.folders()).collect();
        for folder in folders {
            let folder = new.join(folder);
            fs::create_dir(&folder).map_err(WriteError::io("create", &folder))?;
        }
        self.stage_files(&new, tree, plan)
    }

    /// Waiting for the disk takes nearly all of the time, so there are more threads than cores.
    fn stage_files(&self, new: &Path, tree: &Tree, plan: &Plan) -> Result<(), WriteError> {
        let files: Vec<_> = tree.iter().collect();
        let share = files.len().div_ceil(WRITERS).max(1);
        std::thread::scope(|scope| {
            let stage = |files: &[(&RelPath, &str)]| {
                files
                    .iter()
                    .try_for_each(|(path, text)| self.stage_file(new, path, text, plan))
            };
            let writers: Vec<_> = files
                .chunks(share)
                .map(|files| scope.spawn(move || stage(files)))
                .collect();
            // Every writer is waited for before the first error is told.
            let results: Vec<_> = writers.into_iter().map(ScopedJoinHandle::join).collect();
            results.into_iter().try_for_each(|result| match result {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            })
        })
    }

    fn stage_file(
        &self,
        new: &Path,
        path: &RelPath,
        text: &str,
        plan: &Plan,
    ) -> Result<(), WriteError> {
        let target = path.below(new);
        let kept = path.below(&self.place.dir);
        if plan.kept.contains(path) && fs::hard_link(&kept, &target).is_ok() {
            return Ok(());
        }
        write_file(&target, text)?;
        if plan.kept.contains(path) {
            // A file system without links: the time at least stays.
            let time = fs::metadata(&kept).and_then(|found| found.modified());
            if let (Ok(time), Ok(file)) = (time, File::options().write(true).open(&target)) {
                file.set_modified(time)
                    .map_err(WriteError::io("write", &target))?;
            }
        }
        Ok(())
    }

    /// Puts the staged crate in the place of the old one, and what is not the generator's into it.
    pub(super) fn exchange(&self) -> Result<(), WriteError> {
        let (dir, new, old) = (&self.place.dir, self.path("new"), self.path("old"));
        if metadata(dir)?.is_none() {
            rename(&new, dir)?;
        } else if let Err(error) = exchange_folders(&new, dir) {
            if !is_unsupported(&error) {
                return Err(WriteError::io("replace", dir)(error));
            }
            rename(dir, &old)?;
            rename(&new, dir)?;
        }
        if let Ok(parent) = File::open(&self.place.parent) {
            // Not every file system can; the crate is whole either way.
            let _ = parent.sync_all();
        }
        Ok(())
    }

    /// Removes the workplace, and what a failed run has staged.
    pub(super) fn leave(self) -> Result<(), WriteError> {
        self.tidy_up()?;
        let lock = self.path("lock");
        fs::remove_file(&lock).map_err(WriteError::io("remove", &lock))?;
        // Another run may have come in already; then it is its workplace.
        let _ = fs::remove_dir(&self.place.workplace);
        Ok(())
    }

    /// Leaves nothing in the workplace but the lock: steps 4 and 5, and the way back from between
    /// the two renames of step 3.
    fn tidy_up(&self) -> Result<(), WriteError> {
        let dir = &self.place.dir;
        let (old, trash, draft) = (self.path("old"), self.path("trash"), self.path("manifest"));
        remove_all(&trash)?;
        if metadata(&draft)?.is_some() {
            fs::remove_file(&draft).map_err(WriteError::io("remove", &draft))?;
        }
        if metadata(dir)?.is_none() && metadata(&old)?.is_some() {
            rename(&old, dir)?;
        }
        for left in [old, self.path("new")] {
            if metadata(&left)?.is_some() {
                let manifest = Manifest::read(&left)?;
                drain(&left, dir, "", &manifest)?;
                rename(&left, &trash)?;
                remove_all(&trash)?;
            }
        }
        Ok(())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.workplace.join(name)
    }
}

/// Locks the workplace of a crate, which is created for it.
fn lock(place: &CrateFolder) -> Result<File, WriteError> {
    let path = place.workplace.join("lock");
    // A run that ends between our opening the file and locking it takes the file away.
    for _ in 0..100 {
        match fs::create_dir(&place.workplace) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(WriteError::io("create", &place.workplace)(error));
            }
            _ => {}
        }
        let file = match File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
        {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(WriteError::io("create", &path)(error)),
        };
        match file.try_lock() {
            Ok(()) if is_still_at(&file, &path) => return Ok(file),
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => break,
            Err(TryLockError::Error(error)) => return Err(WriteError::io("lock", &path)(error)),
        }
    }
    Err(WriteError::Busy {
        dir: place.dir.clone(),
    })
}

/// Whether the path still leads to the open file.
fn is_still_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => is_same(&open, &named),
        _ => false,
    }
}

#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(_: &fs::Metadata, _: &fs::Metadata) -> bool {
    // An open file cannot be taken away there.
    true
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_folders(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_folders(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether only the exchange is impossible here, not the renaming: file systems that do not know
/// it answer so.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput
    )
}

/// Moves what the manifest does not list from `old` into `dir`; `at` is the folder both are in.
fn drain(old: &Path, dir: &Path, at: &str, manifest: &Manifest) -> Result<(), WriteError> {
    for entry in fs::read_dir(old).map_err(WriteError::io("list", old))? {
        let entry = entry.map_err(WriteError::io("list", old))?;
        let (from, name) = (entry.path(), entry.file_name());
        let target = dir.join(&name);
        let kind = entry
            .file_type()
            .map_err(WriteError::io("look at", &from))?;
        // The manifest holds no name that is not Unicode.
        let path = name.to_str().map(|name| match at {
            "" => name.to_owned(),
            _ => format!("{at}/{name}"),
        });
        match path {
            Some(path) if kind.is_dir() && manifest.owns_below(&path) => {
                drain(&from, &target, &path, manifest)?;
            }
            Some(path) if kind.is_file() && manifest.owns(&path) => {}
            _ => move_over(&from, &target)?,
        }
    }
    Ok(())
}

/// Moves a file or folder to where it belongs. What has come there in the meantime stays.
fn move_over(from: &Path, target: &Path) -> Result<(), WriteError> {
    let Some(there) = metadata(target)? else {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(WriteError::io("create", folder))?;
        }
        return rename(from, target);
    };
    let here = fs::symlink_metadata(from).map_err(WriteError::io("look at", from))?;
    if here.is_dir() && there.is_dir() {
        // Cargo has built anew after a run was killed; its old output is of no use to anybody.
        if from.join("CACHEDIR.TAG").exists() {
            return Ok(());
        }
        for entry in fs::read_dir(from).map_err(WriteError::io("list", from))? {
            let entry = entry.map_err(WriteError::io("list", from))?;
            move_over(&entry.path(), &target.join(entry.file_name()))?;
        }
        return Ok(());
    }
    if here.is_file() && there.is_file() && has_same_text(from, target)? {
        return Ok(());
    }
    rename(from, &free_name_beside(target)?)
}

fn has_same_text(one: &Path, other: &Path) -> Result<bool, WriteError> {
    let text = fs::read(one).map_err(WriteError::io("read", one))?;
    Ok(text == fs::read(other).map_err(WriteError::io("read", other))?)
}

/// A name next to `target` that nothing has yet.
fn free_name_beside(target: &Path) -> Result<PathBuf, WriteError> {
    let mut number = 1_u32;
    loop {
        let mut name = target.as_os_str().to_owned();
        name.push(format!(".recovered-{number}"));
        let name = PathBuf::from(name);
        if metadata(&name)?.is_none() {
            return Ok(name);
        }
        number += 1;
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), WriteError> {
    fs::rename(from, to).map_err(WriteError::io("move", from))
}

fn remove_all(folder: &Path) -> Result<(), WriteError> {
    if metadata(folder)?.is_some() {
        fs::remove_dir_all(folder).map_err(WriteError::io("remove", folder))?;
    }
    Ok(())
}

fn write_file(path: &Path, text: &str) -> Result<(), WriteError> {
    let write = || -> io::Result<()> {
        let mut file = File::create_new(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(WriteError::io("write", path))
}
