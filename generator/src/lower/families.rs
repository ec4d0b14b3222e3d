//! What extends what, as it was found: a table by place.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Discriminator;

use crate::diagnostic::Pointer;
use crate::model::TypeId;

/// What extends what.
#[derive(Default)]
pub(super) struct Families<'a> {
    /// The schemas that extend another, by the place of the one they extend.
    pub(super) subtypes: BTreeMap<Pointer, Vec<Pointer>>,
    /// The reverse; also of members of a `oneOf` that have no name.
    pub(super) parents: BTreeMap<Pointer, Vec<Pointer>>,
    /// The schemas that stand for their subtypes.
    pub(super) heads: BTreeMap<Pointer, Head<'a>>,
    /// A head as a value of its own: its fields without its subtypes'.
    pub(super) bases: BTreeMap<Pointer, TypeId>,
    /// Whether the members of a union (the second place) are subtypes of a schema (the first).
    pub(super) listed: BTreeMap<(Pointer, Pointer), bool>,
}

/// A schema that stands for its subtypes.
#[derive(Clone)]
pub(super) struct Head<'a> {
    /// How the subtypes are told from each other.
    pub(super) told: Option<&'a Discriminator>,
    pub(super) members: Members,
}

/// Who the members are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Members {
    /// Whatever extends it.
    Subtypes,
    /// Those of its `oneOf` or `anyOf`, which all extend it.
    Listed,
}

impl<'a> Families<'a> {
    pub(super) fn stands_for_subtypes(&self, at: &Pointer) -> bool {
        self.heads.contains_key(at)
    }

    pub(super) fn is_subtype(&self, at: &Pointer) -> bool {
        self.parents.contains_key(at)
    }

    pub(super) fn extends(&self, subtype: &Pointer, base: &Pointer) -> bool {
        self.parents_of(subtype).contains(base)
    }

    pub(super) fn subtypes_of(&self, at: &Pointer) -> &[Pointer] {
        self.subtypes.get(at).map_or(&[], Vec::as_slice)
    }

    pub(super) fn parents_of(&self, at: &Pointer) -> &[Pointer] {
        self.parents.get(at).map_or(&[], Vec::as_slice)
    }

    /// The key that tells the subtypes of a head.
    pub(super) fn property(&self, at: &Pointer) -> Option<&'a str> {
        let told = self.heads.get(at)?.told?;
        Some(told.property_name.as_str())
    }

    /// Everything that a schema extends, the nearest first.
    pub(super) fn ancestors(&self, at: &Pointer) -> Vec<Pointer> {
        let mut found: Vec<Pointer> = Vec::new();
        let mut seen = BTreeSet::from([at.clone()]);
        let mut next = 0;
        let mut place = at.clone();
        loop {
            for parent in self.parents_of(&place) {
                if seen.insert(parent.clone()) {
                    found.push(parent.clone());
                }
            }
            let Some(following) = found.get(next) else {
                return found;
            };
            place = following.clone();
            next += 1;
        }
    }

    pub(super) fn descends(&self, at: &Pointer, from: &Pointer) -> bool {
        self.ancestors(at).contains(from)
    }
}
