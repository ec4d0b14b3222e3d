//! Where things are in this repository.

use crate::Stop;
use std::path::{Path, PathBuf};

/// The root of the repository; empty where the command was started in it, so that the paths in
/// messages are short.
pub(crate) fn root() -> PathBuf {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = manifest.parent().map(Path::to_owned).unwrap_or_default();
    match std::env::current_dir() {
        Ok(here) if here == root => PathBuf::new(),
        _ => root,
    }
}

/// A path of the repository that holds wherever it is used.
pub(crate) fn absolute(path: &str) -> Result<PathBuf, Stop> {
    std::path::absolute(root().join(path))
        .map_err(|error| Stop::Because(format!("cannot find `{path}`: {error}")))
}

/// The target directory that cargo uses here.
pub(crate) fn target() -> Result<PathBuf, Stop> {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => Ok(folder.into()),
        None => absolute("target"),
    }
}

/// The names of all vendors, in order.
pub(crate) fn vendors() -> Result<Vec<String>, Stop> {
    let specs = root().join("specs");
    let failed = |error| Stop::Because(format!("cannot list `{}`: {error}", specs.display()));
    let mut vendors = Vec::new();
    for entry in std::fs::read_dir(&specs).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().is_dir() {
            vendors.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    vendors.sort_unstable();
    Ok(vendors)
}

/// The document of a vendor.
pub(crate) fn document(vendor: &str) -> Result<PathBuf, Stop> {
    let folder = root().join("specs").join(vendor);
    let names = ["openapi.yaml", "openapi.yml", "openapi.json"];
    names
        .iter()
        .map(|name| folder.join(name))
        .find(|path| path.is_file())
        .ok_or_else(|| Stop::Because(format!("`{}` holds no `openapi.yaml`", folder.display())))
}

/// Whether a path, however it is written, leads to the document of a vendor.
pub(crate) fn is_document_of_a_vendor(path: &Path) -> bool {
    let Ok(path) = path.canonicalize() else {
        return false;
    };
    let documents = vendors().unwrap_or_default().into_iter();
    let mut documents = documents.filter_map(|vendor| document(&vendor).ok()?.canonicalize().ok());
    documents.any(|document| document == path)
}

/// Whether a word is the name of a vendor; else the error names those that there are.
pub(crate) fn check_vendor(name: &str) -> Result<(), Stop> {
    let vendors = vendors()?;
    if vendors.iter().any(|vendor| vendor == name) {
        return Ok(());
    }
    let known = vendors.join(", ");
    Err(Stop::Usage(format!(
        "there is no vendor `{name}` in specs/; there are: {known}"
    )))
}
