//! Which documents of a folder, and what their crates are called.

use std::collections::BTreeSet;

use super::fingerprint::hash;

/// `count` of the documents, in their order: which ones depends on the seed and on each document's
/// path alone, so that a document that joins the folder exchanges at most one.
#[must_use]
pub(super) fn sample(paths: &[String], count: usize, seed: u64) -> Vec<String> {
    let seed = seed.to_string();
    let mut drawn: Vec<_> = paths
        .iter()
        .map(|path| (hash([seed.as_str(), path.as_str()]), path))
        .collect();
    drawn.sort();
    drawn.truncate(count);
    let drawn: BTreeSet<&String> = drawn.into_iter().map(|(_, path)| path).collect();
    paths
        .iter()
        .filter(|path| drawn.contains(path))
        .cloned()
        .collect()
}

/// A name for the crate of each document, made from its path below the folder, no two the same.
#[must_use]
pub(super) fn crate_names(paths: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut names = Vec::with_capacity(paths.len());
    for path in paths {
        let base = base_name(path);
        let mut name = format!("{base}-client");
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{base}-{number}-client");
            number += 1;
        }
        names.push(name);
    }
    names
}

fn base_name(path: &str) -> String {
    let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
    let stem = stem.to_ascii_lowercase();
    let words: Vec<_> = stem
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let name = words.join("-");
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name
    } else {
        format!("api-{name}").trim_end_matches('-').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{crate_names, sample};
    use crate::config::is_crate_name;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn crates_have_names_of_their_own() {
        let paths = texts(&["a/b.json", "a-b.yaml", "1x.json", "é.json", "A/Ü x.json"]);
        let names = crate_names(&paths);
        let expected = [
            "a-b-client",
            "a-b-2-client",
            "api-1x-client",
            "api-client",
            "a-x-client",
        ];
        assert_eq!(names, expected);
        assert!(names.iter().all(|name| is_crate_name(name)));
    }

    #[test]
    fn a_sample_hangs_on_its_seed() {
        let paths: Vec<_> = (0..100).map(|number| format!("{number:02}.json")).collect();
        let one = sample(&paths, 10, 1);
        assert_eq!(one.len(), 10);
        assert!(one.is_sorted());
        assert_eq!(one, sample(&paths, 10, 1));
        assert_ne!(one, sample(&paths, 10, 2));
        let fewer = sample(&paths[..99], 10, 1);
        let kept = fewer.iter().filter(|path| one.contains(path)).count();
        assert!(kept >= 9, "{kept}");
        assert_eq!(sample(&paths, 1000, 1), paths);
    }
}
