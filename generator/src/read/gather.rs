//! Files that relative `$ref`s lead to, gathered into the one document.
use super::FILES_KEY;
use super::sources::Sources;
use crate::diagnostic::Diagnostics;
use serde_json::{Map, Value};
use std::path::Path;

pub(super) fn gather(
    _path: &Path,
    root: Map<String, Value>,
    _sources: &mut Sources,
    _diagnostics: &mut Diagnostics,
) -> Map<String, Value> {
    let _ = FILES_KEY;
    root
}
