//! How well one member of a union fits a value: what `rank` and `leaf` compare.

use std::cmp::Reverse;

/// How well a member fits. Compared field by field; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub(super) verdict: Verdict,
    pub(super) tier: Tier,
    pub(super) known: usize,
    pub(super) unknown: Reverse<usize>,
    /// How many values behind keys must parse besides.
    pub(super) strict: usize,
    /// A union's own member before a member's member, which may be the same.
    pub(super) nesting: Reverse<usize>,
}

/// Whether the value is what the document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// It has a value that members differ in, and that none of them lists; or no key that the member
    /// knows.
    Doubtful,
    /// It has what the document does not list or does not allow: it may be newer.
    Strained,
    /// Nothing speaks against it.
    Fits,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// It might decode.
    Possible,
    /// Its kind agrees.
    Plain,
    /// Its kind agrees, and it must parse besides.
    Strict,
    /// A listed value agrees.
    Exact,
}

impl Rank {
    pub(super) const fn of(tier: Tier) -> Self {
        Self {
            verdict: Verdict::Fits,
            tier,
            known: 0,
            unknown: Reverse(0),
            strict: 0,
            nesting: Reverse(0),
        }
    }

    pub(super) const fn strained(tier: Tier) -> Self {
        Self {
            verdict: Verdict::Strained,
            ..Self::of(tier)
        }
    }

    /// What the value says of the member, whatever stands around it.
    pub(super) fn measure(&self) -> (Tier, usize, Reverse<usize>) {
        (self.tier, self.known, self.unknown)
    }
}

/// Unions within unions are looked into only so far.
pub(super) const NESTING: usize = 4;
