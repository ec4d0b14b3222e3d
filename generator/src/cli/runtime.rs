//! The runtime of this program's version on disk: what all clients of a workspace share.

use std::path::Path;

use super::stop::Stop;
use crate::write::{self, Changes, MANIFEST, RelPath, Tree};

/// Makes a folder hold the runtime, whole or not at all, unless it holds one that is not ours.
pub(super) fn place(folder: &Path) -> Result<Changes, Stop> {
    act(folder, write::write)
}

/// What [`place`] would change.
pub(super) fn compare(folder: &Path) -> Result<Changes, Stop> {
    act(folder, write::compare)
}

fn act(
    folder: &Path,
    act: fn(&Path, &Tree) -> Result<Changes, write::WriteError>,
) -> Result<Changes, Stop> {
    if folder.join("Cargo.toml").exists() && !folder.join(MANIFEST).exists() {
        return Ok(Changes::default());
    }
    let files = crate::emit::carried_runtime().into_iter();
    let files = files.map(|(path, text)| {
        let path = path.strip_prefix("runtime/").unwrap_or(&path).to_owned();
        RelPath::new(path).map(|path| (path, text))
    });
    let tree = files.collect::<Result<Tree, _>>();
    let tree = tree.map_err(|error| Stop::Because(error.to_string()))?;
    act(folder, &tree).map_err(|error| Stop::Because(error.to_string()))
}
