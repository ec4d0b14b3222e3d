//! One and several: what a word of a path is called when it means one thing of many.

/// The singular of the last word of `snake_case`, as far as its ending tells.
pub(super) fn singular(words: &str) -> String {
    let (head, last) = words
        .rsplit_once('_')
        .map_or(("", words), |(head, last)| (head, last));
    let one = if !is_plural(last) {
        last.to_owned()
    } else if let Some((_, one)) = IRREGULAR.iter().find(|(several, _)| *several == last) {
        (*one).to_owned()
    } else if let Some(stem) = last.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        format!("{stem}y")
    } else if let Some(stem) = ["sses", "ches", "shes", "xes", "zzes"]
        .iter()
        .find_map(|ending| {
            last.ends_with(ending)
                .then(|| last.strip_suffix("es"))
                .flatten()
        })
    {
        stem.to_owned()
    } else {
        last.strip_suffix('s').unwrap_or(last).to_owned()
    };
    if head.is_empty() {
        one
    } else {
        format!("{head}_{one}")
    }
}

/// The plural of the last word of `snake_case`.
pub(super) fn plural(words: &str) -> String {
    let ends_in = |endings: &[&str]| endings.iter().any(|ending| words.ends_with(ending));
    match words.strip_suffix('y') {
        Some(stem) if !ends_in(&["ay", "ey", "oy", "uy"]) => format!("{stem}ies"),
        _ if ends_in(&["s", "x", "z", "ch", "sh"]) => format!("{words}es"),
        _ => format!("{words}s"),
    }
}

/// Words whose singular their ending does not tell.
const IRREGULAR: [(&str, &str); 12] = [
    ("calves", "calf"),
    ("halves", "half"),
    ("indices", "index"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lives", "life"),
    ("loaves", "loaf"),
    ("matrices", "matrix"),
    ("movies", "movie"),
    ("shelves", "shelf"),
    ("vertices", "vertex"),
    ("wolves", "wolf"),
];

/// Whether a word of `snake_case` means several.
pub(super) fn is_plural(words: &str) -> bool {
    let last = words.rsplit('_').next().unwrap_or(words);
    let is_other = [
        "ss", "us", "is", "as", "news", "series", "aws", "dns", "sms", "tls", "https", "os", "ios",
    ];
    last.len() > 2
        && last.ends_with('s')
        && !is_other
            .iter()
            .any(|ending| last.ends_with(ending) && (ending.len() == 2 || last == *ending))
}

#[cfg(test)]
mod tests {
    use super::{is_plural, plural, singular};

    #[test]
    fn endings_tell() {
        for (several, one) in [
            ("customers", "customer"),
            ("bank_accounts", "bank_account"),
            ("policies", "policy"),
            ("addresses", "address"),
            ("branches", "branch"),
            ("boxes", "box"),
            ("files", "file"),
            ("databases", "database"),
        ] {
            assert_eq!(singular(several), one);
            assert_eq!(plural(one), several);
            assert!(is_plural(several));
        }
        assert_eq!(singular("knives"), "knife");
        for word in ["status", "address", "aws", "analysis", "sms", "news", "me"] {
            assert_eq!(singular(word), word);
            assert!(!is_plural(word));
        }
    }
}
