//! A place that takes a value, and how.

use serde_json::Value;

use crate::model::Constraints;

/// How a value is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Position {
    /// By a method, which takes whatever turns into the type.
    Argument,
    /// As exactly the type.
    Owned,
}

/// A place that takes a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValueSite<'s> {
    /// What stands there is called so.
    pub(super) name: &'s str,
    pub(super) position: Position,
    pub(super) depth: usize,
    /// What the document shows there.
    pub(super) shown: Option<&'s Value>,
    pub(super) constraints: &'s Constraints,
}

impl<'s> ValueSite<'s> {
    /// A place within, which takes exactly the type.
    pub(super) fn within(self, shown: Option<&'s Value>) -> Self {
        Self {
            position: Position::Owned,
            shown,
            ..self
        }
    }
}
