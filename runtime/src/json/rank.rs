//! How well each member of a union fits a JSON value, from one pass over the value's text.
//!
//! Looks at keys, at kinds, at listed values, at items, and at the same behind the keys that tell
//! members apart; decodes nothing and reports nothing. `union` tries the members in the order found
//! here.

use std::cmp::Reverse;

use jiter::{Jiter, Peek};

use super::fit::{Rank, Tier, Verdict};
use super::leaf::{Leaf, leaves};
use super::variant::{Extent, Kind, Sign};

/// The members that may fit, best first; among equals, in the order of the document.
///
/// Values that are new to every list rule no member out by themselves, but then the rest must tell:
/// where it leaves several members, it is none of them.
pub(super) fn candidates(jiter: &Jiter<'_>, signs: &[&'static Sign]) -> Vec<usize> {
    let ranks = rank_all(&mut jiter.clone(), signs, 0);
    let mut order: Vec<(usize, Rank)> = ranks
        .into_iter()
        .enumerate()
        .filter_map(|(at, rank)| Some((at, rank?)))
        .collect();
    let has_several = |at: usize| {
        let extent = |sign: &&Sign| matches!(sign, Sign::Object { extent, .. } if *extent == Extent::Several);
        signs.get(at).is_some_and(extent)
    };
    if order.iter().all(|(at, _)| has_several(*at)) {
        return Vec::new();
    }
    order.sort_by(|(_, one), (_, other)| other.cmp(one));
    let is_doubtful = |(_, rank): &(usize, Rank)| rank.verdict == Verdict::Doubtful;
    let sure = order.iter().position(is_doubtful).unwrap_or(order.len());
    let is_tie = match order.get(sure..) {
        Some([(_, first), (_, second), ..]) => first.measure() == second.measure(),
        _ => false,
    };
    order.truncate(if is_tie { sure } else { sure + 1 });
    order.into_iter().map(|(variant, _)| variant).collect()
}

/// What stands deeper below a union than this tells no members apart.
const DEPTH: usize = 8;

/// So many items of an array are looked at.
const ITEMS: usize = 16;

/// Ranks members against the value that is next, and passes over it.
pub(super) fn rank_all(
    probe: &mut Jiter<'_>,
    signs: &[&'static Sign],
    depth: usize,
) -> Vec<Option<Rank>> {
    let mut ranks = vec![None; signs.len()];
    let mut leaves = leaves(signs, depth);
    let mut better = |rank: Option<Rank>, leaf: &Leaf| {
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
            rank_objects(probe, &mut leaves, depth);
            for leaf in &leaves {
                better(leaf.rank(), leaf);
            }
        }
        Ok(Peek::Array) => {
            for (leaf, rank) in rank_arrays(probe, &leaves, depth) {
                better(rank, leaf);
            }
        }
        Ok(peek) => {
            let text = if peek == Peek::String {
                probe.known_str().unwrap_or_default()
            } else {
                scalar_text(probe).unwrap_or_default()
            };
            for leaf in leaves.iter().filter(|leaf| !leaf.is_tagged()) {
                better(rank_scalar(peek, text, leaf.sign), leaf);
            }
        }
        Err(_) => {}
    }
    ranks
}

/// One pass over the keys, for all members at once.
fn rank_objects(probe: &mut Jiter<'_>, leaves: &mut [Leaf], depth: usize) {
    let mut next = probe.known_object();
    // A text that is no JSON is ranked by what came before; decoding reports it.
    while let Ok(Some(key)) = next {
        let asked: Vec<(usize, &'static Sign)> = leaves
            .iter_mut()
            .enumerate()
            .filter_map(|(at, leaf)| Some((at, leaf.meet(key)?)))
            .collect();
        let is_null = matches!(probe.peek(), Ok(Peek::Null));
        if asked.is_empty() || is_null || depth >= DEPTH {
            if probe.next_skip().is_err() {
                return;
            }
        } else {
            rank_key(probe, leaves, &asked, depth);
        }
        next = probe.next_key();
    }
}

/// Ranks the value of a key for all members that ask for it, each sign once.
fn rank_key(
    probe: &mut Jiter<'_>,
    leaves: &mut [Leaf],
    asked: &[(usize, &'static Sign)],
    depth: usize,
) {
    let mut signs: Vec<&'static Sign> = Vec::with_capacity(asked.len());
    let places: Vec<usize> = asked
        .iter()
        .map(|(_, sign)| {
            let known = signs.iter().position(|known| known.is_same(sign));
            known.unwrap_or_else(|| {
                signs.push(sign);
                signs.len() - 1
            })
        })
        .collect();
    let ranks = rank_all(probe, &signs, depth + 1);
    let mut lists = signs.iter().zip(&ranks).filter(|(sign, _)| sign.is_list());
    let is_listed = lists
        .clone()
        .any(|(_, rank)| rank.is_some_and(|rank| rank.tier == Tier::Exact));
    let differ = lists.clone().count() > 1;
    let all_constant = lists.all(|(sign, _)| sign.is_constant());
    let unlisted = match (is_listed, differ) {
        (true, _) => None,
        (false, true) if all_constant => None,
        (false, true) => Some(Verdict::Doubtful),
        (false, false) => Some(Verdict::Strained),
    };
    for ((at, sign), place) in asked.iter().zip(places) {
        if let (Some(leaf), Some(rank)) = (leaves.get_mut(*at), ranks.get(place)) {
            leaf.take(sign, *rank, unlisted);
        }
    }
}

/// Arrays are told apart by their items; an empty one fits all.
fn rank_arrays<'a>(
    probe: &mut Jiter<'_>,
    leaves: &'a [Leaf],
    depth: usize,
) -> Vec<(&'a Leaf, Option<Rank>)> {
    let mut ranks = Vec::new();
    let (mut asked, mut items) = (Vec::new(), Vec::new());
    for leaf in leaves {
        match leaf.sign {
            Sign::Kind(Kind::Array) => ranks.push((leaf, Some(Rank::of(Tier::Plain)))),
            Sign::Strict(Kind::Array) => ranks.push((leaf, Some(Rank::of(Tier::Strict)))),
            Sign::Any => ranks.push((leaf, Some(Rank::strained(Tier::Possible)))),
            Sign::ArrayOf(item) => {
                asked.push(leaf);
                items.push(&item.0);
            }
            _ => {}
        }
    }
    let mut whole = vec![None; items.len()];
    let mut met = 0;
    let mut next = probe.known_array();
    while let Ok(Some(peek)) = next {
        if items.is_empty() || met >= ITEMS || depth >= DEPTH || peek == Peek::Null {
            if probe.next_skip().is_err() {
                break;
            }
        } else {
            let found = rank_all(probe, &items, depth + 1);
            for ((so_far, sign), rank) in whole.iter_mut().zip(&items).zip(found) {
                let rank =
                    rank.or_else(|| sign.is_open().then_some(Rank::strained(Tier::Possible)));
                *so_far = Some(match *so_far {
                    None => rank,
                    Some(so_far) => worse(so_far, rank),
                });
            }
        }
        met += 1;
        next = probe.array_step();
    }
    for (leaf, rank) in asked.into_iter().zip(whole) {
        ranks.push((leaf, rank.unwrap_or(Some(Rank::of(Tier::Plain)))));
    }
    ranks
}

/// What two items say together.
fn worse(one: Option<Rank>, other: Option<Rank>) -> Option<Rank> {
    let (one, other) = (one?, other?);
    Some(Rank {
        verdict: one.verdict.min(other.verdict),
        tier: one.tier.min(other.tier),
        known: one.known + other.known,
        unknown: Reverse(one.unknown.0 + other.unknown.0),
        strict: one.strict + other.strict,
        nesting: one.nesting.min(other.nesting),
    })
}

fn rank_scalar(peek: Peek, text: &str, sign: &Sign) -> Option<Rank> {
    let kind = match peek {
        Peek::Null => Kind::Null,
        Peek::True | Peek::False => Kind::Bool,
        Peek::String => Kind::String,
        _ if text.contains(['.', 'e', 'E']) => Kind::Number,
        _ => Kind::Integer,
    };
    let listed = |among: bool| {
        Some(if among {
            Rank::of(Tier::Exact)
        } else {
            Rank::strained(Tier::Possible)
        })
    };
    match sign {
        Sign::Kind(wanted) if *wanted == kind => Some(Rank {
            strict: 1,
            ..Rank::of(Tier::Plain)
        }),
        Sign::Strict(wanted) if *wanted == kind => Some(Rank::of(Tier::Strict)),
        // An integer is a number too, and `1.0` may stand for an integer.
        Sign::Kind(Kind::Number) | Sign::Strict(Kind::Number) if kind == Kind::Integer => {
            Some(Rank::of(Tier::Plain))
        }
        Sign::Kind(Kind::Integer) | Sign::Strict(Kind::Integer) if kind == Kind::Number => {
            Some(Rank::strained(Tier::Possible))
        }
        Sign::Strings(values) | Sign::Tagged(values, _) | Sign::Fallback(values)
            if kind == Kind::String =>
        {
            listed(values.contains(&text))
        }
        // Tags are compared as they are written.
        Sign::Tagged(values, _) | Sign::Fallback(values) => listed(values.contains(&text)),
        Sign::Integers(values) if kind == Kind::Integer => {
            listed(text.parse().is_ok_and(|value| values.contains(&value)))
        }
        Sign::Integers(_) if kind == Kind::Number => listed(false),
        Sign::Literals(values) if kind != Kind::Null => {
            listed(values.iter().any(|value| value.is(kind, text)))
        }
        Sign::Constant(list) => rank_scalar(peek, text, &list.0),
        Sign::Any => Some(Rank::strained(Tier::Possible)),
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
