//! What the processes are asked for, and what comes of all of it.

use std::path::PathBuf;

use super::report::Entry;

/// One document and its crate.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(super) struct Job {
    /// The path below the folder.
    pub(super) path: String,
    pub(super) document: PathBuf,
    pub(super) document_bytes: u64,
    pub(super) crate_name: String,
    /// Where the crate is written, if it is.
    pub(super) out: Option<PathBuf>,
    /// The runtime that it depends on.
    pub(super) runtime: String,
}

/// What a run over all documents gave.
pub(super) struct Outcome {
    pub(super) entries: Vec<Entry>,
    pub(super) peak_memory: Option<u64>,
}
