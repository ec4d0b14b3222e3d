//! What a document's words say: the resources in a path, and whether a title is a name.

/// Whether a title is a name: of one word many things are called, and a sentence is none.
pub(crate) fn is_title_name(title: &str) -> bool {
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).count();
    let humps = title
        .chars()
        .skip(1)
        .filter(|letter| letter.is_uppercase())
        .count();
    let is_identifier = words == 1 && humps > 0 && title.contains(char::is_lowercase);
    (is_identifier || (2..=5).contains(&words))
        && title.len() <= LONGEST_TITLE
        && title.starts_with(char::is_alphabetic)
        && !title.contains(['.', ',', '\n', '\r'])
}

/// Longer titles are sentences.
const LONGEST_TITLE: usize = 40;

/// The words of a path that name resources: not its parameters, its version, and the words of
/// `skipped`, which lead every path.
pub(crate) fn resource_words<'a>(path: &'a str, skipped: &[String]) -> Vec<&'a str> {
    let mut words: Vec<&str> = path
        .split('/')
        .filter(|segment| !segment.is_empty() && !segment.contains('{'))
        .map(|segment| {
            let segment = segment.split(':').next().unwrap_or(segment);
            segment.strip_suffix(".json").unwrap_or(segment)
        })
        .filter(|segment| segment.contains(char::is_alphanumeric))
        .collect();
    let led = words.iter().take_while(|word| is_version(word)).count();
    words.drain(..led);
    let is_led = !skipped.is_empty()
        && words.len() > skipped.len()
        && words
            .iter()
            .zip(skipped)
            .all(|(word, skipped)| word == skipped);
    if is_led {
        words.drain(..skipped.len());
        let led = words.iter().take_while(|word| is_version(word)).count();
        words.drain(..led.min(words.len().saturating_sub(1)));
    }
    words
}

/// `v1`, `2.0`, `2010-04-01`, `api`.
fn is_version(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    if matches!(word.as_str(), "api" | "apis" | "rest") {
        return true;
    }
    let rest = word.strip_prefix('v').unwrap_or(&word);
    let number = rest.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let suffix = rest.get(number.len()..).unwrap_or_default();
    let is_number = number.starts_with(|first: char| first.is_ascii_digit())
        && number
            .chars()
            .all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-' | '_'));
    is_number && matches!(suffix, "" | "alpha" | "beta" | "preview")
}

#[cfg(test)]
mod tests {
    use super::resource_words;

    #[test]
    fn versions_and_parameters_name_nothing() {
        let words = |path| resource_words(path, &["manage".to_owned()]);
        assert_eq!(
            words("/v1/customers/{customer}/sources/{id}"),
            ["customers", "sources"]
        );
        assert_eq!(
            words("/2010-04-01/Accounts/{Sid}/Calls.json"),
            ["Accounts", "Calls"]
        );
        assert_eq!(words("/api/v2/users:search"), ["users"]);
        assert_eq!(words("/manage/v1/teams"), ["teams"]);
        assert_eq!(words("/manage"), ["manage"]);
        assert_eq!(words("/{id}"), [""; 0]);
    }
}
