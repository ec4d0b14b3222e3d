//! With which groups of operations a crate holds a type.

use std::collections::BTreeSet;

use crate::model::GroupId;

/// With which groups of operations a crate holds a type.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// With any, and without one.
    #[default]
    Always,
    /// With at least one group of each of these sets, none of which holds another.
    Each(BTreeSet<BTreeSet<GroupId>>),
    /// With all groups together.
    All,
}

impl Gate {
    /// Demands what the other demands as well.
    pub fn narrow(&mut self, other: &Self) {
        match (&mut *self, other) {
            (Self::All, _) | (_, Self::Always) => {}
            (_, Self::All) => *self = Self::All,
            (Self::Always, Self::Each(_)) => *self = other.clone(),
            (Self::Each(sets), Self::Each(others)) => {
                for other in others {
                    // Who demands one of few demands one of more.
                    if !sets.iter().any(|known| known.is_subset(other)) {
                        sets.retain(|known| !other.is_subset(known));
                        sets.insert(other.clone());
                    }
                }
            }
        }
    }

    /// How many groups its condition names.
    #[must_use]
    pub fn named_groups(&self) -> usize {
        match self {
            Self::Always | Self::All => 0,
            Self::Each(sets) => sets.iter().map(BTreeSet::len).sum(),
        }
    }

    /// The one group that it demands, and nothing else.
    #[must_use]
    pub fn only(&self) -> Option<GroupId> {
        let Self::Each(sets) = self else { return None };
        let mut sets = sets.iter();
        let (Some(set), None) = (sets.next(), sets.next()) else {
            return None;
        };
        let mut groups = set.iter();
        let (only, None) = (groups.next(), groups.next()) else {
            return None;
        };
        only.copied()
    }
}
