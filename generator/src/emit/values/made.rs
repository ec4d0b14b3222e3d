//! Values that are made up for examples where the document shows none. They read as what the name
//! says, and stay within the bounds that the document sets.

use crate::model::{Bounds, Constraints, Limit, Number};

/// What texts of these names hold: by the last words of the name, the longest match first.
const TEXTS: [(&str, &str); 44] = [
    ("first name", "Ada"),
    ("given name", "Ada"),
    ("last name", "Lovelace"),
    ("family name", "Lovelace"),
    ("user name", "ada"),
    ("file name", "report.pdf"),
    ("time zone", "Europe/Berlin"),
    ("postal code", "10115"),
    ("zip code", "10115"),
    ("country code", "DE"),
    ("start date", "2030-01-01"),
    ("end date", "2030-01-31"),
    ("address", "1 Example Street"),
    ("branch", "main"),
    ("city", "Berlin"),
    ("color", "#1d76db"),
    ("colour", "#1d76db"),
    ("comment", "Looks good."),
    ("country", "DE"),
    ("currency", "eur"),
    ("date", "2030-01-31"),
    ("description", "What it is for."),
    ("domain", "example.com"),
    ("email", "ada@example.com"),
    ("filename", "report.pdf"),
    ("host", "example.com"),
    ("hostname", "example.com"),
    ("href", "https://example.com"),
    ("ip", "192.0.2.1"),
    ("language", "en"),
    ("link", "https://example.com"),
    ("locale", "en-GB"),
    ("mail", "ada@example.com"),
    ("message", "Hello!"),
    ("phone", "+15555550100"),
    ("query", "example"),
    ("timezone", "Europe/Berlin"),
    ("title", "An example"),
    ("uri", "https://example.com"),
    ("url", "https://example.com"),
    ("username", "ada"),
    ("version", "1.0.0"),
    ("website", "https://example.com"),
    ("zip", "10115"),
];

/// What whole numbers of these names are.
const NUMBERS: [(&str, i128); 12] = [
    ("page", 1),
    ("limit", 20),
    ("size", 20),
    ("per page", 20),
    ("count", 20),
    ("offset", 0),
    ("year", 2030),
    ("month", 1),
    ("port", 8080),
    ("amount", 1000),
    ("price", 1000),
    ("quantity", 2),
];

/// A text for something of this name.
pub(super) fn text(name: &str, constraints: &Constraints) -> String {
    let words = words(name);
    let known = TEXTS.iter().find(|(ending, _)| ends_with(&words, ending));
    let text = match (known, words.as_slice()) {
        (Some((_, text)), _) => (*text).to_owned(),
        (None, [.., what, last]) if last == "id" || last == "ids" => format!("{what}_123"),
        (None, [only]) if only == "id" => "123".to_owned(),
        // One sees what to replace.
        _ => words.join("-"),
    };
    fitted(text, constraints.length)
}

/// A whole number for something of this name.
pub(super) fn integer(name: &str, constraints: &Constraints) -> i128 {
    let words = words(name);
    let known = NUMBERS.iter().find(|(ending, _)| ends_with(&words, ending));
    let is_id = words.last().is_some_and(|last| last == "id");
    let number = known.map_or(if is_id { 123 } else { 1 }, |(_, number)| *number);
    let whole = |limit: Limit, step: i128| match limit {
        Limit::Inclusive(Number::Integer(bound)) => bound,
        Limit::Exclusive(Number::Integer(bound)) => bound.saturating_add(step),
        // What is between is left to whoever checks.
        Limit::Inclusive(Number::Float(_)) | Limit::Exclusive(Number::Float(_)) => number,
    };
    let least = constraints.range.min.map(|limit| whole(limit, 1));
    let most = constraints.range.max.map(|limit| whole(limit, -1));
    let number = least.map_or(number, |least| number.max(least));
    most.map_or(number, |most| number.min(most))
}

/// The words of a name, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut after_small = false;
    for character in name.chars() {
        let begins = !character.is_alphanumeric() || (after_small && character.is_uppercase());
        if begins && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        after_small = character.is_lowercase();
        if let Some(word) = words.last_mut()
            && character.is_alphanumeric()
        {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

fn ends_with(words: &[String], ending: &str) -> bool {
    let mut words = words.iter().rev();
    ending
        .split(' ')
        .rev()
        .all(|part| words.next().is_some_and(|word| word == part))
}

/// The text as long as it may be, at most.
fn fitted(text: String, length: Bounds<u64>) -> String {
    match length.max.and_then(|most| usize::try_from(most).ok()) {
        Some(most) if most > 0 => text.chars().take(most).collect(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Range;

    #[test]
    fn a_text_reads_as_what_its_name_says() {
        for (name, made) in [
            ("email", "ada@example.com"),
            ("billingEmail", "ada@example.com"),
            ("callback_url", "https://example.com"),
            ("curl", "curl"),
            ("project_id", "project_123"),
            ("projectId", "project_123"),
            ("id", "123"),
            ("paid", "paid"),
            ("X-Trace", "x-trace"),
            ("firstName", "Ada"),
            ("", ""),
        ] {
            assert_eq!(text(name, &Constraints::default()), made, "{name}");
        }
    }

    #[test]
    fn what_is_made_stays_within_bounds() {
        let limits = |min, max| Constraints {
            range: Range {
                min: Some(Limit::Inclusive(Number::Integer(min))),
                max: Some(Limit::Exclusive(Number::Integer(max))),
            },
            length: Bounds {
                min: None,
                max: Some(3),
            },
            ..Constraints::default()
        };
        assert_eq!(integer("limit", &limits(1, 11)), 10);
        assert_eq!(integer("limit", &limits(50, 100)), 50);
        assert_eq!(integer("page", &limits(0, 9)), 1);
        assert_eq!(text("description", &limits(0, 9)), "Wha");
    }
}
