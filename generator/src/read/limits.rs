//! What all of reading holds to: the words of its own, and the limits.

/// The root key under which the files that `$ref`s lead to are kept, by their relative paths.
pub const FILES_KEY: &str = "x-clientsmith-files";

/// How deep objects and lists may be nested. Below the limits of `serde_json` (127) and
/// `serde_yaml` (128), so that it is this one that is met and reported.
pub const MAX_DEPTH: usize = 120;

/// How many values YAML aliases may add to a document by repeating what they name.
pub const MAX_ALIAS_GROWTH: usize = 1_000_000;

/// What stands in place of a reference that leads out of the document or to a file that cannot be
/// read, once that has been said.
pub(crate) const REFUSED: &str = "#/x-clientsmith-refused";
