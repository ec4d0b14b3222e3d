//! How well each member of a union fits a JSON value, from one pass over the value's text.
//!
//! Looks at keys, at the strings behind constant keys, at kinds and at first items; decodes
//! nothing and reports nothing. `union` tries the members in the order found here.

use std::cmp::Reverse;

use jiter::{Jiter, Peek};

use super::Kind;
use super::record::{Seen, position};
use super::union::{Choices, Sign, Variant};

/// The members that may fit, best first; among equals, in the order of the document.
pub(super) fn candidates(jiter: &Jiter<'_>, variants: &'static [Variant]) -> Vec<usize> {
    let signs: Vec<&'static Variant> = variants.iter().collect();
    let ranks = rank_all(&mut jiter.clone(), &signs, 0);
    let mut order: Vec<(usize, Rank)> = ranks
        .into_iter()
        .enumerate()
        .filter_map(|(at, rank)| Some((at, rank?)))
        .collect();
    order.sort_by(|(_, one), (_, other)| other.cmp(one));
    order.into_iter().map(|(variant, _)| variant).collect()
}

/// How well a member fits. Compared field by field; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    tier: Tier,
    known: usize,
    unknown: Reverse<usize>,
    /// A union's own member before a member's member, which may be the same.
    nesting: Reverse<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tier {
    /// It might decode.
    Possible,
    /// Its kind agrees.
    Plain,
    /// Its kind agrees, and it must parse besides.
    Strict,
    /// A constant agrees.
    Exact,
}

impl Rank {
    const fn of(tier: Tier) -> Self {
        Self {
            tier,
            known: 0,
            unknown: Reverse(0),
            nesting: Reverse(0),
        }
    }
}

/// Unions within unions, and arrays in arrays, are looked into only so far.
pub(super) const NESTING: usize = 4;

/// Ranks members against the value that is next.
fn rank_all(
    probe: &mut Jiter<'_>,
    variants: &[&'static Variant],
    nesting: usize,
) -> Vec<Option<Rank>> {
    let mut ranks = vec![None; variants.len()];
    let mut leaves = Vec::new();
    for (owner, variant) in variants.iter().enumerate() {
        collect(&mut leaves, owner, &variant.0, None, nesting);
    }
    let better = |rank: Option<Rank>, leaf: &Leaf, ranks: &mut Vec<Option<Rank>>| {
        if let Some(best) = ranks.get_mut(leaf.owner) {
            let rank = rank.map(|rank| Rank {
                nesting: Reverse(leaf.nesting),
                ..rank
            });
            *best = (*best).max(rank);
        }
    };
    match probe.peek() {
        Ok(Peek::Object) => {
            for leaf in rank_objects(probe, leaves) {
                better(leaf.rank(), &leaf, &mut ranks);
            }
        }
        Ok(Peek::Array) => {
            for (leaf, rank) in rank_arrays(probe, &leaves, nesting) {
                better(Some(rank), leaf, &mut ranks);
            }
        }
        Ok(peek) => {
            let text = if peek == Peek::String {
                probe.known_str().unwrap_or_default()
            } else {
                scalar_text(probe).unwrap_or_default()
            };
            for leaf in &leaves {
                better(rank_scalar(peek, text, leaf.sign), leaf, &mut ranks);
            }
        }
        Err(_) => {}
    }
    ranks
}

/// A member, or a member of a member that is a union itself.
#[derive(Debug)]
struct Leaf {
    owner: usize,
    sign: &'static Sign,
    tag: Option<&'static str>,
    nesting: usize,
    seen: Seen,
    known: usize,
    unknown: usize,
    constants: Agreement,
}

/// What the constants of an object have said so far; what is further down outweighs the rest.
///
/// Enums are open: a new value of a key that tells no members apart speaks against a member, but
/// does not rule it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Agreement {
    Open,
    /// A constant agrees, which tells no members apart.
    Match,
    /// Such a constant has another value.
    Doubt,
    /// A constant agrees that members differ in.
    Agree,
    /// Such a constant has another value.
    Disagree,
}

/// What a key is to a member.
enum Met {
    Unknown,
    Known,
    /// It should have one of these values.
    Constant(&'static [&'static str]),
}

fn collect(
    leaves: &mut Vec<Leaf>,
    owner: usize,
    sign: &'static Sign,
    tag: Option<&'static str>,
    nesting: usize,
) {
    if let Sign::Union(choices) = sign {
        if nesting < NESTING {
            let Choices { tag, variants } = choices();
            for variant in variants {
                collect(leaves, owner, &variant.0, tag, nesting + 1);
            }
        }
        return;
    }
    let (seen, known, unknown, constants) = (Seen::default(), 0, 0, Agreement::Open);
    leaves.push(Leaf {
        owner,
        sign,
        tag,
        nesting,
        seen,
        known,
        unknown,
        constants,
    });
}

/// One pass over the keys, for all members at once.
fn rank_objects(probe: &mut Jiter<'_>, mut leaves: Vec<Leaf>) -> Vec<Leaf> {
    let mut asked: Vec<(usize, &'static [&'static str])> = Vec::new();
    let mut next = probe.known_object();
    // A text that is no JSON is ranked by what came before; decoding reports it.
    while let Ok(Some(key)) = next {
        asked.clear();
        let mut tells = false;
        for (at, leaf) in leaves.iter_mut().enumerate() {
            match leaf.meet(key) {
                Met::Unknown => {}
                Met::Known => tells = true,
                Met::Constant(values) => {
                    tells |= asked.first().is_some_and(|(_, others)| *others != values);
                    asked.push((at, values));
                }
            }
        }
        if asked.is_empty() {
            if probe.next_skip().is_err() {
                break;
            }
        } else {
            let text = match scalar_text(probe).map(str::to_owned) {
                Some(text) => Some(text),
                None if probe.next_skip().is_err() => break,
                None => None,
            };
            for (at, values) in &asked {
                if let Some(leaf) = leaves.get_mut(*at) {
                    leaf.compare(text.as_deref(), values, tells);
                }
            }
        }
        next = probe.next_key();
    }
    leaves
}

impl Leaf {
    /// Notes a key.
    fn meet(&mut self, key: &str) -> Met {
        match self.sign {
            Sign::Object { fields, constants } => {
                let Some(field) = position(fields, key, self.known + self.unknown) else {
                    self.unknown += 1;
                    return Met::Unknown;
                };
                if !self.seen.insert(field) {
                    self.known += 1;
                }
                let mut constants = constants.iter();
                match constants.find(|(name, _)| *name == key) {
                    Some((_, values)) => Met::Constant(values),
                    None => Met::Known,
                }
            }
            Sign::Tagged(values) | Sign::Fallback(values) if self.tag == Some(key) => {
                Met::Constant(values)
            }
            _ => Met::Unknown,
        }
    }

    fn compare(&mut self, text: Option<&str>, values: &[&str], tells: bool) {
        let agrees = text.is_some_and(|text| values.contains(&text));
        let is_tag = self.tag.is_some();
        self.constants = self.constants.max(match (agrees, tells || is_tag) {
            (true, true) => Agreement::Agree,
            (true, false) => Agreement::Match,
            (false, true) => Agreement::Disagree,
            (false, false) => Agreement::Doubt,
        });
    }

    /// The rank against an object whose keys have all been met.
    fn rank(&self) -> Option<Rank> {
        match self.sign {
            Sign::Object { fields, .. } => {
                let tier = match self.constants {
                    _ if self.seen.first_missing(fields).is_some() => return None,
                    Agreement::Disagree => return None,
                    Agreement::Doubt => Tier::Possible,
                    Agreement::Open => Tier::Plain,
                    Agreement::Match | Agreement::Agree => Tier::Exact,
                };
                let unknown = Reverse(self.unknown);
                Some(Rank {
                    known: self.known,
                    unknown,
                    ..Rank::of(tier)
                })
            }
            Sign::Tagged(_) => {
                (self.constants == Agreement::Agree).then_some(Rank::of(Tier::Exact))
            }
            Sign::Fallback(_) => {
                let agrees = self.constants == Agreement::Agree;
                let tier = if agrees { Tier::Exact } else { Tier::Possible };
                Some(Rank::of(tier))
            }
            Sign::Kind(Kind::Object) => Some(Rank::of(Tier::Plain)),
            Sign::Strict(Kind::Object) => Some(Rank::of(Tier::Strict)),
            Sign::Any => Some(Rank::of(Tier::Possible)),
            _ => None,
        }
    }
}

/// Arrays are told apart by their first item; an empty one fits all.
fn rank_arrays<'a>(
    probe: &mut Jiter<'_>,
    leaves: &'a [Leaf],
    nesting: usize,
) -> Vec<(&'a Leaf, Rank)> {
    let mut ranks = Vec::new();
    let (mut asked, mut items) = (Vec::new(), Vec::new());
    for leaf in leaves {
        match leaf.sign {
            Sign::Kind(Kind::Array) => ranks.push((leaf, Rank::of(Tier::Plain))),
            Sign::Strict(Kind::Array) => ranks.push((leaf, Rank::of(Tier::Strict))),
            Sign::Any => ranks.push((leaf, Rank::of(Tier::Possible))),
            Sign::ArrayOf(item) => {
                asked.push(leaf);
                items.push(*item);
            }
            _ => {}
        }
    }
    if asked.is_empty() {
        return ranks;
    }
    let empty = matches!(probe.known_array(), Ok(None));
    let item_ranks = if empty || nesting >= NESTING {
        vec![Some(Rank::of(Tier::Plain)); items.len()]
    } else {
        rank_all(probe, &items, nesting + 1)
    };
    for (leaf, rank) in asked.into_iter().zip(item_ranks) {
        ranks.push((leaf, rank.unwrap_or(Rank::of(Tier::Possible))));
    }
    ranks
}

fn rank_scalar(peek: Peek, text: &str, sign: &Sign) -> Option<Rank> {
    let kind = match peek {
        Peek::Null => Kind::Null,
        Peek::True | Peek::False => Kind::Bool,
        Peek::String => Kind::String,
        _ if text.contains(['.', 'e', 'E']) => Kind::Number,
        _ => Kind::Integer,
    };
    let listed = |among: bool| Rank::of(if among { Tier::Exact } else { Tier::Possible });
    match sign {
        Sign::Kind(wanted) if *wanted == kind => Some(Rank {
            known: 1,
            ..Rank::of(Tier::Plain)
        }),
        Sign::Strict(wanted) if *wanted == kind => Some(Rank::of(Tier::Strict)),
        // An integer is a number too, and `1.0` may stand for an integer.
        Sign::Kind(Kind::Number) | Sign::Strict(Kind::Number) if kind == Kind::Integer => {
            Some(Rank::of(Tier::Plain))
        }
        Sign::Kind(Kind::Integer) | Sign::Strict(Kind::Integer) if kind == Kind::Number => {
            Some(Rank::of(Tier::Possible))
        }
        Sign::Strings(values) if kind == Kind::String => Some(listed(values.contains(&text))),
        Sign::Integers(values) if kind == Kind::Integer => Some(listed(
            text.parse().is_ok_and(|value| values.contains(&value)),
        )),
        Sign::Literals(values) if kind != Kind::Null => {
            Some(listed(values.iter().any(|value| value.is(kind, text))))
        }
        Sign::Any => Some(Rank::of(Tier::Possible)),
        _ => None,
    }
}

/// The text of a string; other scalars as they are written.
pub(super) fn scalar_text<'a>(probe: &'a mut Jiter<'_>) -> Option<&'a str> {
    match probe.peek() {
        Ok(Peek::String) => probe.known_str().ok(),
        Ok(Peek::Array | Peek::Object) | Err(_) => None,
        Ok(peek) => {
            let start = probe.current_index();
            probe.known_skip(peek).ok()?;
            std::str::from_utf8(probe.slice_to_current(start)).ok()
        }
    }
}
