//! Collisions: who keeps a name, and what the others are called.

use std::collections::{BTreeMap, BTreeSet};

/// An item that wants a name.
pub(super) struct Candidate<'a> {
    /// What it is called in the document; items that collide are ordered by it.
    pub(super) wire: &'a str,
    /// The names it would take, the best first. Never empty.
    pub(super) wishes: Vec<String>,
}

/// Gives every candidate a name of its own, none of them in `taken`.
///
/// The best wish of each that no other shares is granted first. Of those that share one, the item
/// whose wire name is the wish itself keeps it, else the first by wire name; the others get their
/// next wish that is free, or a number.
pub(super) fn settle(candidates: &[Candidate<'_>], taken: &[&str]) -> Vec<String> {
    let mut used: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    let mut by_wish: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let wish = candidate.wishes.first().map_or("", String::as_str);
        by_wish.entry(wish).or_default().push(index);
    }
    let mut names = vec![String::new(); candidates.len()];
    let mut losers = Vec::new();
    for (wish, mut indices) in by_wish {
        indices.sort_by_key(|index| {
            candidates
                .get(*index)
                .map(|candidate| (candidate.wire != wish, candidate.wire))
        });
        let mut indices = indices.into_iter();
        let is_free = !wish.is_empty() && !used.contains(wish);
        if is_free && let Some(winner) = indices.next() {
            used.insert(wish.to_owned());
            if let Some(name) = names.get_mut(winner) {
                wish.clone_into(name);
            }
        }
        losers.extend(indices);
    }
    let mut numbers = BTreeMap::new();
    for index in losers {
        let (Some(candidate), Some(name)) = (candidates.get(index), names.get_mut(index)) else {
            continue;
        };
        *name = second_choice(candidate, &used, &mut numbers);
        used.insert(name.clone());
    }
    names
}

/// The next wish that is free, or a number after the last that the wish was given.
fn second_choice(
    candidate: &Candidate<'_>,
    used: &BTreeSet<String>,
    numbers: &mut BTreeMap<String, u32>,
) -> String {
    let free = |name: &&String| !name.is_empty() && !used.contains(*name);
    if let Some(wish) = candidate.wishes.iter().skip(1).find(free) {
        return wish.clone();
    }
    let base = candidate.wishes.iter().find(|wish| !wish.is_empty());
    let base = base.map_or("Unnamed", String::as_str);
    // A number after a digit would read as part of it.
    let joint = if base.ends_with(|last: char| last.is_ascii_digit()) {
        "_"
    } else {
        ""
    };
    let number = numbers.entry(base.to_owned()).or_insert(1);
    loop {
        *number = number.saturating_add(1);
        let name = format!("{base}{joint}{number}");
        if !used.contains(&name) {
            return name;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates<'a>(wires: &[&'a str], wish: impl Fn(&str) -> Vec<String>) -> Vec<Candidate<'a>> {
        wires
            .iter()
            .map(|wire| Candidate {
                wire,
                wishes: wish(wire),
            })
            .collect()
    }

    #[test]
    fn the_exact_name_wins_and_others_get_numbers() {
        let wish = |wire: &str| vec![super::super::words::camel(wire)];
        let all = candidates(&["foo_bar", "FooBar", "foo-bar", "Other"], wish);
        assert_eq!(settle(&all, &[]), ["FooBar3", "FooBar", "FooBar2", "Other"]);
    }

    #[test]
    fn taken_names_are_left_alone() {
        let all = candidates(&["new"], |wire| {
            vec![wire.to_owned(), format!("{wire}_value")]
        });
        assert_eq!(settle(&all, &["new"]), ["new_value"]);
    }

    #[test]
    fn an_addition_elsewhere_renames_nothing() {
        let wish = |wire: &str| vec![super::super::words::camel(wire)];
        let before = settle(&candidates(&["foo_bar", "FooBar"], wish), &[]);
        let after = settle(&candidates(&["Added", "foo_bar", "FooBar"], wish), &[]);
        assert_eq!(after.get(1..), Some(before.as_slice()));
    }
}
