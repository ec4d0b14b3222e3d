//! The first stage: a path becomes one `serde_json::Value` and the texts it came from.
//!
//! YAML and JSON look the same afterwards, and so do a document in one file and one in many: the
//! files that relative `$ref`s lead to are loaded here, once each, and put under the root key
//! [`FILES_KEY`]. What the values mean is not known here, beyond where a `$ref` may stand. Later
//! stages rely on there being no `$ref` to another file left, and on [`Sources::locate`] to turn a
//! pointer into a line.
//!
//! Limits, all of them reported: objects and lists nest at most [`MAX_DEPTH`] deep; YAML aliases
//! may add at most [`MAX_ALIAS_GROWTH`] values to those that the text spells out.

mod encoding;
mod gather;
mod index;
mod index_json;
mod index_yaml;
mod limits;
mod parse;
mod sources;
#[cfg(test)]
mod tests;
mod texts;
mod value;
mod value_path;

pub(crate) use limits::REFUSED;
pub use limits::{FILES_KEY, MAX_ALIAS_GROWTH, MAX_DEPTH};
pub use sources::{Location, Sources};

use crate::diagnostic::{Diagnostics, Pointer};
use serde_json::Value;
use std::fmt;
use std::path::Path;

/// A document as it was read: every file of it, in one value.
#[derive(Debug)]
pub struct Document {
    /// The document, an object; other files of it are below [`FILES_KEY`].
    pub root: Value,
    /// The texts, for the places of diagnostics.
    pub sources: Sources,
    /// What was repaired while reading, and the references that cannot be followed: errors, of which
    /// only what refers is at fault.
    pub diagnostics: Diagnostics,
}

/// Why a document could not be read: everything that is wrong, not only the first.
#[derive(Debug)]
pub struct Failure {
    /// What is wrong; at least one is an error.
    pub diagnostics: Diagnostics,
    /// The texts as far as they could be read, for the places of diagnostics.
    pub sources: Sources,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.diagnostics.counts();
        write!(f, "the document cannot be read: {} errors", counts.errors)
    }
}

impl std::error::Error for Failure {}

/// Reads a document with every file that it refers to.
///
/// # Errors
/// When the document cannot be read or parsed, or it is not an object. Another file that cannot is an
/// error of each reference to it.
pub fn read(path: &Path) -> Result<Document, Box<Failure>> {
    let mut sources = Sources::new();
    let mut diagnostics = Diagnostics::new();
    let root = parse::load(path, path, &Pointer::root(), &mut sources, &mut diagnostics);
    let root = match root {
        Some(Value::Object(root)) => gather::gather(path, root, &mut sources, &mut diagnostics),
        Some(other) => {
            parse::refuse_root(&other, &mut diagnostics);
            None
        }
        None => None,
    };
    match root {
        Some(root) => Ok(Document {
            root: Value::Object(root),
            sources,
            diagnostics,
        }),
        None => Err(Box::new(Failure {
            diagnostics,
            sources,
        })),
    }
}
