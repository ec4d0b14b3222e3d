//! The place of the value at hand while a tree is walked.
//!
//! A chain of borrowed steps on the stack: it costs nothing until a diagnostic asks for the
//! pointer.

use crate::diagnostic::Pointer;

/// A place below some base, linked to the place above it.
#[derive(Debug, Clone, Copy)]
pub(super) struct ValuePath<'a> {
    above: Option<&'a ValuePath<'a>>,
    step: Step<'a>,
    /// How many steps it is below the base.
    pub(super) depth: usize,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Base(&'a Pointer),
    Key(&'a str),
    Index(usize),
}

impl<'a> ValuePath<'a> {
    /// The base itself.
    pub(super) const fn base(pointer: &'a Pointer) -> Self {
        Self {
            above: None,
            step: Step::Base(pointer),
            depth: 0,
        }
    }

    /// The member `key` of the object here.
    pub(super) const fn key(&'a self, key: &'a str) -> Self {
        Self {
            above: Some(self),
            step: Step::Key(key),
            depth: self.depth + 1,
        }
    }

    /// The item `index` of the list here.
    pub(super) const fn index(&'a self, index: usize) -> Self {
        Self {
            above: Some(self),
            step: Step::Index(index),
            depth: self.depth + 1,
        }
    }

    /// The whole way as a pointer.
    pub(super) fn pointer(&self) -> Pointer {
        let above = self.above.map_or_else(Pointer::root, Self::pointer);
        match self.step {
            Step::Base(pointer) => pointer.clone(),
            Step::Key(key) => above.key(key),
            Step::Index(index) => above.index(index),
        }
    }
}
