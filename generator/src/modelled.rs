//! What the first half of the pipeline hands to the second.

use crate::examples::Examples;
use crate::model::Api;
use crate::name::Names;
use crate::pass::Facts;

/// A lowered document with its names.
#[derive(Debug)]
pub struct Modelled {
    /// The model.
    pub api: Api,
    /// Its names.
    pub names: Names,
    /// What is known of each of its types.
    pub facts: Facts,
    /// What the document shows.
    pub examples: Examples,
}
