//! Short texts that documentation is put together from.

use super::markdown::{destination, label, visible};
use crate::emit::context::Context;
use crate::model::{Docs, Link, Type, TypeKind};

/// A link to the vendor's page about an item.
pub(crate) fn page(link: &Link) -> String {
    /// Longer than this it is no name of a page.
    const LONGEST: usize = 80;
    let words = link.words.as_deref().map(str::trim).unwrap_or_default();
    let fits = !words.is_empty() && words.chars().count() <= LONGEST && !words.contains("://");
    let words = if fits { words } else { "The vendor's page" };
    format!("[{}](<{}>)", label(words), destination(&link.address))
}

/// The beginning of an item's documentation, for a place that only refers to it.
pub(crate) fn first_paragraph<'d>(docs: &'d Docs, name: &str) -> Option<&'d str> {
    let texts = [docs.summary.as_deref(), docs.description.as_deref()];
    let mut texts = texts.into_iter().flatten();
    let text = texts.find(|text| !text.trim().is_empty() && !repeats(text, name))?;
    text.trim()
        .split("\n\n")
        .find(|part| !part.starts_with('#'))
}

/// The words that stand for a type where it is used without any of its own: those of the first
/// definition on the way to it that has some.
pub(crate) fn words_behind<'a>(cx: &Context<'a>, ty: &Type) -> Option<&'a str> {
    let api = cx.api;
    let mut ty = ty;
    for _ in 0..=api.types.len() {
        let id = match ty {
            Type::Boxed(inner) | Type::Nullable(inner) => {
                ty = inner;
                continue;
            }
            Type::Named(id) => *id,
            _ => return None,
        };
        let def = api.type_def(id);
        let name = cx.names.type_name(id).plain();
        if let Some(words) = first_paragraph(&def.docs, name) {
            return Some(words);
        }
        match &def.kind {
            TypeKind::Alias(target) => ty = target,
            _ => return None,
        }
    }
    None
}

/// Whether a text says no more than the name of what it is about: `User ID` of `user_id`.
pub(crate) fn repeats(text: &str, name: &str) -> bool {
    // Most texts are sentences, which no name is as long as.
    if text.len() > 2 * name.len() + 8 {
        return false;
    }
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let (text, name) = (plain(text), plain(name));
    !name.is_empty() && (text == name || text.is_empty())
}

/// Text as a code span that nothing in it can end.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".to_owned();
    }
    let flat: String = visible(text)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let shown: String = flat.chars().take(200).collect();
    let longest = shown
        .split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    if longest == 0 {
        format!("{fence}{shown}{fence}")
    } else {
        format!("{fence} {shown} {fence}")
    }
}

/// A number of things.
pub(crate) fn count(number: usize, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_span_cannot_be_left() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "`` a`b ``");
    }

    #[test]
    fn a_text_that_is_a_name_says_nothing_of_it() {
        assert!(repeats("User ID", "user_id"));
        assert!(!repeats("The user id.", "userId"));
        assert!(repeats("`labels_url`", "labels_url"));
        assert!(!repeats("User ID of the owner", "user_id"));
        assert!(!repeats("Users", "user"));
        assert!(!repeats("名", "name"));
    }

    #[test]
    fn a_page_is_a_link_that_nothing_in_it_ends() {
        let link = |address: &str, words: Option<&str>| {
            let words = words.map(str::to_owned);
            let address = address.to_owned();
            page(&Link { address, words })
        };
        assert_eq!(
            link("https://a.example/b(c)", None),
            "[The vendor's page](<https://a.example/b(c)>)"
        );
        assert_eq!(
            link(
                "https://a.example/<b> \\c\n",
                Some("More [on] `this`\nhere")
            ),
            "[More \\[on\\] \\`this\\` here](<https://a.example/%3Cb%3E%20%5Cc>)"
        );
    }
}
