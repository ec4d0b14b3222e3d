//! Constraints in words.

use super::text::code;
use crate::model::{Bounds, Constraints, Limit};

/// What is demanded of a value, then of what is within it, a sentence each.
pub(crate) fn sentences(subject: &str, constraints: &Constraints) -> Vec<String> {
    let phrases = phrases(constraints);
    let mut sentences = Vec::new();
    if !phrases.is_empty() {
        sentences.push(format!("{subject} {}.", phrases.join(", ")));
    }
    // Of a list in a list, the inner items are meant by the last noun.
    let each = |what: &str| match subject.strip_suffix(" must") {
        Some(outer) => format!("{outer}'s {what}s each must"),
        None => format!("Each {what} must"),
    };
    if let Some(item) = &constraints.each_item {
        sentences.extend(self::sentences(&each("item"), item));
    }
    if let Some(value) = &constraints.each_value {
        sentences.extend(self::sentences(&each("value"), value));
    }
    for (index, position) in constraints.positions.iter().enumerate() {
        let subject = format!("Item {} must", index + 1);
        sentences.extend(self::sentences(&subject, position));
    }
    sentences
}

fn phrases(constraints: &Constraints) -> Vec<String> {
    let mut phrases = Vec::new();
    let mut bounds = |one: &str, many: &str, bounds: Bounds<u64>| {
        let noun = |count: u64| if count == 1 { one } else { many };
        match (bounds.min, bounds.max) {
            (Some(min), Some(max)) if min == max => {
                phrases.push(format!("have exactly {min} {}", noun(min)));
            }
            (Some(min), Some(max)) => phrases.push(format!("have {min} to {max} {}", noun(max))),
            (Some(min), None) if min > 0 => {
                phrases.push(format!("have at least {min} {}", noun(min)));
            }
            (None, Some(max)) => phrases.push(format!("have at most {max} {}", noun(max))),
            _ => {}
        }
    };
    bounds("character", "characters", constraints.length);
    bounds("item", "items", constraints.items);
    bounds("property", "properties", constraints.properties);
    phrases.extend(constraints.range.min.map(|limit| match limit {
        Limit::Inclusive(bound) => format!("be at least {bound}"),
        Limit::Exclusive(bound) => format!("be more than {bound}"),
    }));
    phrases.extend(constraints.range.max.map(|limit| match limit {
        Limit::Inclusive(bound) => format!("be at most {bound}"),
        Limit::Exclusive(bound) => format!("be less than {bound}"),
    }));
    phrases.extend(
        constraints
            .multiple_of
            .iter()
            .map(|of| format!("be a multiple of {of}")),
    );
    phrases.extend(
        constraints
            .patterns
            .iter()
            .chain(&constraints.broken_patterns)
            .map(|text| format!("match {}", code(text))),
    );
    if constraints.unique_items {
        phrases.push("have no item twice".to_owned());
    }
    phrases.extend(
        constraints
            .prose
            .iter()
            .map(|phrase| format!("heed that {phrase}")),
    );
    phrases
}
