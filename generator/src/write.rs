//! The last stage: a crate in memory becomes the crate on disk, all of it or nothing.
//!
//! What the files hold is not known here. A manifest in the crate says which files are the
//! generator's own; everything else in the folder (a `target`, a lock file, what people put there)
//! is left as it is. Files that do not change keep their inode and their time, so that cargo has
//! nothing to build again, and when no file changes nothing is touched at all.
//!
//! The command line relies on two promises: [`compare`] writes nothing, and a process killed in
//! [`write()`] at any moment leaves the old crate or the new one. How is told in `swap.rs`.

mod diff;
mod error;
mod manifest;
mod plan;
mod swap;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_kill;
mod tree;

pub use diff::diff;
pub use error::WriteError;
pub use manifest::MANIFEST;
pub use plan::Changes;
pub use tree::{BadPath, RelPath, Tree};

use manifest::Manifest;
use plan::Plan;
use std::path::Path;
use swap::Workplace;

/// What [`write()`] would change in `dir`. Touches nothing.
///
/// # Errors
/// As [`write()`], as far as it can be known without writing.
pub fn compare(dir: &Path, tree: &Tree) -> Result<Changes, WriteError> {
    let old = Manifest::read(dir)?;
    Ok(Plan::of(dir, tree, &old)?.changes)
}

/// Makes `dir` hold the crate in `tree`, and removes the files of the last run that are no longer
/// part of it. What an interrupted run left behind is put in order first.
///
/// # Errors
/// When a file that is not the generator's own would be overwritten, another run is at work on the
/// same folder, or the file system refuses. The crate is as it was then.
pub fn write(dir: &Path, tree: &Tree) -> Result<Changes, WriteError> {
    let place = swap::CrateFolder::of(dir)?;
    if !place.is_interrupted() {
        let changes = compare(&place.dir, tree)?;
        if changes.is_empty() {
            return Ok(changes);
        }
    }
    let workplace = Workplace::enter(&place)?;
    let changes = replace(&workplace, &place.dir, tree);
    workplace.leave()?;
    changes
}

fn replace(workplace: &Workplace<'_>, dir: &Path, tree: &Tree) -> Result<Changes, WriteError> {
    // Compared again: before the lock another run may have been at work.
    let old = Manifest::read(dir)?;
    let plan = Plan::of(dir, tree, &old)?;
    if !plan.changes.is_empty() {
        workplace.stage(tree, &plan)?;
        workplace.exchange()?;
    }
    Ok(plan.changes)
}

/// Puts in order what an interrupted run left beside `dir`. [`write()`] does so by itself.
///
/// # Errors
/// When another run is at work on the same folder, or the file system refuses.
pub fn recover(dir: &Path) -> Result<(), WriteError> {
    let place = swap::CrateFolder::of(dir)?;
    if place.is_interrupted() {
        Workplace::enter(&place)?.leave()?;
    }
    Ok(())
}
