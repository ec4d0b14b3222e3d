//! What does not pass through no fault of the generator's: `tests/prism/exceptions.toml`.

use clientsmith_tests::repository;
use serde::Deserialize;

use super::server::Mode;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    exception: Vec<Exception>,
}

/// One operation that does not pass.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    /// The document's file name.
    document: String,
    /// `static` or `dynamic`.
    mode: String,
    /// The method and the path.
    operation: String,
    /// Whose fault it is, and how one sees that.
    reason: String,
    #[serde(skip)]
    used: bool,
}

#[derive(Debug)]
pub(crate) struct Exceptions(Vec<Exception>);

impl Exceptions {
    pub(crate) fn read() -> Self {
        let path = repository().join("tests/prism/exceptions.toml");
        Self::parse(&std::fs::read_to_string(path).unwrap())
    }

    pub(crate) fn parse(text: &str) -> Self {
        let file: File = toml::from_str(text).unwrap();
        Self(file.exception)
    }

    /// The reason why an operation does not pass, if one is known.
    pub(crate) fn take(&mut self, document: &str, mode: Mode, operation: &str) -> Option<String> {
        let found = self.0.iter_mut().find(|exception| {
            exception.document == document
                && exception.mode == mode.to_string()
                && exception.operation == operation
        })?;
        found.used = true;
        Some(found.reason.clone())
    }

    /// The operations of a document whose exceptions nothing needed.
    pub(crate) fn stale(&self, document: &str, mode: Mode) -> Vec<String> {
        let of_it = self
            .0
            .iter()
            .filter(|exception| exception.document == document);
        of_it
            .filter(|exception| exception.mode == mode.to_string() && !exception.used)
            .map(|exception| exception.operation.clone())
            .collect()
    }
}
