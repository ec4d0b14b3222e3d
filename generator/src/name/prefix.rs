//! Words with which most schemas of a document begin: they tell none from another.

use super::words::{camel, split};
use crate::config::Naming;
use crate::model::{Api, NameRoot};

/// Of fewer schemas it cannot be said what most begin with.
const FEWEST: usize = 20;

/// How the names of schemas become shorter.
#[derive(Debug)]
pub(super) enum Shortener {
    /// They stay.
    None,
    /// They are paths with dots between their words: as few of the last as tell them apart.
    Dotted,
    /// They lose these words.
    Words(Vec<String>),
}

impl Shortener {
    pub(super) fn new(api: &Api, naming: &Naming) -> Self {
        if !naming.strip_prefix.is_on() {
            return Self::None;
        }
        let named = api.types.iter().filter(|def| def.has_own_name());
        let wires: Vec<&str> = named
            .filter_map(|def| match &def.name.root {
                NameRoot::Schema(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        if wires.len() < FEWEST {
            return Self::None;
        }
        let is_most = |count: usize| count * 5 >= wires.len() * 4;
        let dotted = wires.iter().filter(|wire| wire.matches('.').count() >= 2);
        if is_most(dotted.count()) {
            return Self::Dotted;
        }
        let all: Vec<Vec<String>> = wires.iter().map(|wire| split(wire)).collect();
        let mut led: Vec<String> = Vec::new();
        while let Some(word) = most_frequent(&all, &led) {
            led.push(word);
            let count = all
                .iter()
                .filter(|words| words.len() > led.len() && words.starts_with(&led))
                .count();
            if !is_most(count) {
                led.pop();
                break;
            }
        }
        // One word may be what all the schemas are about.
        if led.len() < 2 {
            Self::None
        } else {
            Self::Words(led)
        }
    }

    /// The shorter names of a schema, the shortest first.
    pub(super) fn names(&self, wire: &str) -> Vec<String> {
        match self {
            Self::None => Vec::new(),
            Self::Dotted => {
                let segments: Vec<&str> = wire.split('.').collect();
                let tails = (0..segments.len()).rev();
                let tails = tails.filter_map(|start| segments.get(start..));
                let names = tails.map(|tail| camel(&tail.join(" ")));
                names.filter(|name| is_good(name)).collect()
            }
            Self::Words(led) => {
                let words = split(wire);
                let rest = words
                    .strip_prefix(led.as_slice())
                    .map(|rest| camel(&rest.join(" ")));
                rest.filter(|name| is_good(name)).into_iter().collect()
            }
        }
    }
}

/// The word that follows most often.
fn most_frequent(all: &[Vec<String>], led: &[String]) -> Option<String> {
    let mut counts = std::collections::BTreeMap::new();
    for words in all.iter().filter(|words| words.starts_with(led)) {
        if let Some(word) = words.get(led.len()) {
            *counts.entry(word).or_insert(0_usize) += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map(|(word, _)| word.clone())
}

/// Whether a name stands for itself: not for a version or a number.
fn is_good(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next();
    let is_version = matches!(first, Some('V'))
        && letters
            .clone()
            .all(|letter| letter.is_ascii_digit() || letter == '_');
    first.is_some_and(char::is_alphabetic) && !is_version
}
