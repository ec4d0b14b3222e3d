//! A union's members as the ranking goes through a value: what each has met so far.
//!
//! Members that are unions themselves are seen as their members. `rank` walks over the text and
//! tells each of them of the keys and of what stands behind those that it asks for.

use std::cmp::Reverse;

use super::fit::{NESTING, Rank, Tier, Verdict};
use super::record::{Seen, position};
use super::variant::{Choices, Extent, Kind, Sign};

/// More members than this are not looked at behind one key: unions of unions multiply.
const MOST: usize = 512;

/// A member, or a member of a member that is a union itself.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) owner: usize,
    pub(super) sign: &'static Sign,
    pub(super) nesting: usize,
    tag: Option<&'static str>,
    seen: Seen,
    known: usize,
    unknown: usize,
    strict: usize,
    verdict: Verdict,
    tier: Tier,
    /// Whether a value behind a key is another's.
    is_another: bool,
}

/// The members behind these signs. `depth` is that of the value below the union.
pub(super) fn leaves(signs: &[&'static Sign], depth: usize) -> Vec<Leaf> {
    let mut leaves = Vec::with_capacity(signs.len());
    for (owner, sign) in signs.iter().enumerate() {
        collect(&mut leaves, (owner, depth), sign, None, 0);
    }
    leaves
}

fn collect(
    leaves: &mut Vec<Leaf>,
    (owner, depth): (usize, usize),
    sign: &'static Sign,
    tag: Option<&'static str>,
    nesting: usize,
) {
    if depth > 0 && leaves.len() >= MOST {
        return;
    }
    if let Sign::Shaped(tagged, shape) = sign {
        // Among a union's own members the tag has spoken already.
        if nesting > 0 {
            collect(leaves, (owner, depth), &tagged.0, tag, nesting);
        }
        return collect(leaves, (owner, depth), &shape.0, None, nesting);
    }
    if let Sign::Union(choices) = sign {
        if nesting < NESTING {
            let Choices { tag, variants } = choices();
            for variant in variants {
                collect(leaves, (owner, depth), &variant.0, tag, nesting + 1);
            }
        }
        return;
    }
    leaves.push(Leaf {
        owner,
        sign,
        nesting,
        tag,
        seen: Seen::default(),
        known: 0,
        unknown: 0,
        strict: 0,
        verdict: Verdict::Fits,
        tier: Tier::Plain,
        is_another: false,
    });
}

impl Leaf {
    /// Whether it is told by a key's value, so that what is no object is none.
    pub(super) fn is_tagged(&self) -> bool {
        self.tag.is_some()
    }

    /// Notes a key, and tells what its value should look like where that matters.
    pub(super) fn meet(&mut self, key: &str) -> Option<&'static Sign> {
        match self.sign {
            Sign::Object { fields, keys, .. } => {
                let Some(field) = position(fields, key, self.known + self.unknown) else {
                    self.unknown += 1;
                    return None;
                };
                if !self.seen.insert(field) {
                    self.known += 1;
                }
                let found = keys.iter().find(|(name, _)| *name == key);
                found.map(|(_, variant)| &variant.0)
            }
            Sign::Tagged(..) | Sign::Fallback(_) => {
                if let Sign::Tagged(_, fields) = self.sign
                    && let Some(field) = position(fields, key, self.known)
                {
                    self.seen.insert(field);
                }
                // A tag that names it vouches for all keys, or members that are told by their keys
                // would seem to know more.
                self.known += 1;
                (self.tag == Some(key)).then_some(self.sign)
            }
            _ => None,
        }
    }

    /// Notes what stands behind a key that it asked for. `unlisted` is what a value says that its
    /// list does not have; nothing where it says that it is another's.
    pub(super) fn take(&mut self, sign: &Sign, rank: Option<Rank>, unlisted: Option<Verdict>) {
        let Some(rank) = rank else {
            // Unions and enums of several kinds take whatever there is.
            if sign.is_open() {
                self.verdict = self.verdict.min(Verdict::Strained);
            } else {
                self.is_another = true;
            }
            return;
        };
        if sign.is_list() {
            match unlisted {
                _ if rank.tier == Tier::Exact => self.tier = Tier::Exact,
                Some(verdict) => self.verdict = self.verdict.min(verdict),
                None => self.is_another = true,
            }
            return;
        }
        self.verdict = self.verdict.min(rank.verdict);
        if rank.tier == Tier::Exact {
            self.tier = Tier::Exact;
        }
        self.known += rank.known;
        self.unknown += rank.unknown.0;
        self.strict += rank.strict + usize::from(rank.tier == Tier::Strict);
    }

    /// The rank against an object whose keys have all been met.
    pub(super) fn rank(&self) -> Option<Rank> {
        match self.sign {
            Sign::Object { fields, extent, .. } => {
                if self.is_another || self.seen.first_missing(fields).is_some() {
                    return None;
                }
                // That it allows what it knows nothing of says less than a key that another knows.
                let is_strange = self.known == 0 && self.unknown > 0;
                let is_beyond = *extent == Extent::Closed && self.unknown > 0;
                Some(Rank {
                    verdict: match (is_strange, is_beyond) {
                        (true, _) => Verdict::Doubtful,
                        (false, true) => self.verdict.min(Verdict::Strained),
                        (false, false) => self.verdict,
                    },
                    tier: self.tier,
                    known: self.known,
                    unknown: Reverse(self.unknown),
                    strict: self.strict,
                    nesting: Reverse(self.nesting),
                })
            }
            Sign::Tagged(_, fields) if self.tier == Tier::Exact => Some(Rank {
                verdict: match self.seen.first_missing(fields) {
                    Some(_) => Verdict::Strained,
                    None => Verdict::Fits,
                },
                known: self.known,
                ..Rank::of(Tier::Exact)
            }),
            Sign::Fallback(_) if self.tier == Tier::Exact => Some(Rank {
                known: self.known,
                ..Rank::of(Tier::Exact)
            }),
            Sign::Fallback(_) | Sign::Any => Some(Rank::strained(Tier::Possible)),
            Sign::Kind(Kind::Object) => Some(Rank::of(Tier::Plain)),
            Sign::Strict(Kind::Object) => Some(Rank::of(Tier::Strict)),
            _ => None,
        }
    }
}

impl Sign {
    /// The values of the tag that name the member.
    pub(super) fn tags(&self) -> Option<&'static [&'static str]> {
        match self {
            Self::Tagged(values, _) | Self::Fallback(values) => Some(values),
            Self::Shaped(tagged, _) => tagged.0.tags(),
            _ => None,
        }
    }

    /// Whether it lists the values that the document knows.
    pub(super) fn is_list(&self) -> bool {
        match self {
            Self::Strings(_)
            | Self::Integers(_)
            | Self::Literals(_)
            | Self::Tagged(..)
            | Self::Fallback(_) => true,
            Self::Constant(list) => list.0.is_list(),
            _ => false,
        }
    }

    pub(super) fn is_constant(&self) -> bool {
        matches!(self, Self::Constant(_) | Self::Tagged(..))
    }

    /// Whether the type decodes whatever there is.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Union(_) | Self::Literals(_) | Self::Any => true,
            Self::Constant(list) => list.0.is_open(),
            _ => false,
        }
    }

    /// Whether both say the same, as far as that is plain.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Strings(one), Self::Strings(other))
            | (Self::Tagged(one, _), Self::Tagged(other, _))
            | (Self::Fallback(one), Self::Fallback(other)) => one == other,
            (Self::Integers(one), Self::Integers(other)) => one == other,
            (Self::Literals(one), Self::Literals(other)) => one == other,
            (Self::Constant(one), Self::Constant(other)) => one.0.is_same(&other.0),
            (Self::Kind(one), Self::Kind(other)) | (Self::Strict(one), Self::Strict(other)) => {
                one == other
            }
            (Self::Union(one), Self::Union(other)) => std::ptr::fn_addr_eq(*one, *other),
            (Self::Any, Self::Any) => true,
            _ => std::ptr::eq(self, other),
        }
    }
}
