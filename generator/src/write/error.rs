//! Why a crate cannot be written.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// Why a crate cannot be compared or written. It is as it was then, unless the file system refuses
/// while an old crate is cleared away; the next run goes on there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The file system refused.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// What was to be done.
        action: &'static str,
        /// What it was to be done to.
        path: PathBuf,
        /// The file system's reason.
        source: io::Error,
    },
    /// Files stand where the crate's would go, and no earlier run wrote them.
    #[error(
        "`{}` holds files that clientsmith did not write and would overwrite: {}; \
         move them away, or choose another folder",
        dir.display(),
        listed(paths)
    )]
    NotOwned {
        /// The folder of the crate.
        dir: PathBuf,
        /// The files, relative to it.
        paths: Vec<String>,
    },
    /// The manifest is not one, so that nothing is known about who owns what.
    #[error("`{}` is not a list of generated files (line {line})", path.display())]
    BrokenManifest {
        /// The manifest.
        path: PathBuf,
        /// The line that is wrong.
        line: usize,
    },
    /// Two files of the crate cannot both exist: one is needed as the folder of the other.
    #[error("the crate has a file `{0}` and needs that name for something else")]
    Clash(String),
    /// Another run writes to the same folder.
    #[error("another run of clientsmith is writing `{}`", dir.display())]
    Busy {
        /// The folder of the crate.
        dir: PathBuf,
    },
    /// A folder that cannot be put aside, such as the root of a file system.
    #[error("`{}` cannot be the folder of a crate", dir.display())]
    BadFolder {
        /// The folder.
        dir: PathBuf,
    },
}

impl WriteError {
    /// Wraps an error of the file system: `map_err(WriteError::io("read", path))`.
    pub(super) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}

/// At most ten of the paths.
fn listed(paths: &[String]) -> String {
    let mut text = paths
        .iter()
        .take(10)
        .map(|path| format!("`{path}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if let Some(more) = paths.len().checked_sub(10).filter(|more| *more > 0) {
        // Writing to a String cannot fail.
        let _ = write!(text, " and {more} more");
    }
    text
}
