//! What every rule on a schema works with.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::diagnostic::{Diagnostics, Pointer};

pub(super) type Schema = Map<String, Value>;

/// The places that `$anchor`, `$dynamicAnchor` and `$id` name.
pub(in crate::upgrade) type Anchors = BTreeMap<String, Pointer>;

/// The rules, and the references they have met.
pub(in crate::upgrade) struct SchemaUpgrade<'d> {
    pub(super) anchors: &'d Anchors,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) references: BTreeSet<String>,
}

impl<'d> SchemaUpgrade<'d> {
    pub(in crate::upgrade) fn new(anchors: &'d Anchors, diagnostics: &'d mut Diagnostics) -> Self {
        Self {
            anchors,
            diagnostics,
            references: BTreeSet::new(),
        }
    }

    /// Every `$ref` met, in its canonical form.
    pub(in crate::upgrade) fn into_references(self) -> BTreeSet<String> {
        self.references
    }
}
