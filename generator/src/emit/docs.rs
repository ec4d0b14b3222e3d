//! Documentation: the vendor's prose, and the facts beside it.

use proc_macro2::TokenStream;
use quote::quote;

use super::demands;
use super::markdown::{destination, label, markdown, visible};
use crate::model::{Constraints, Docs, Link};
use crate::tokens::Tokens;

/// A doc comment in the making: paragraphs, each of them Markdown, and a last one of short facts.
#[derive(Debug)]
pub(super) struct DocComment {
    paragraphs: Vec<String>,
    facts: Vec<String>,
}

impl DocComment {
    pub(super) fn new() -> Self {
        Self {
            paragraphs: Vec::new(),
            facts: Vec::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// Adds prose of the document.
    pub(super) fn prose(mut self, text: Option<&str>) -> Self {
        let text = text.map(markdown).unwrap_or_default();
        if !text.is_empty() && !self.paragraphs.contains(&text) {
            self.paragraphs.push(text);
        }
        self
    }

    /// Adds what the document says of an item of this name: the summary, the description and the
    /// page about it. A text that only says the name is none.
    pub(super) fn docs(self, docs: &Docs, name: &str) -> Self {
        let description = docs.description.as_deref();
        let description = description.filter(|text| !repeats(text, name));
        let summary = docs.summary.as_deref().map(str::trim);
        let summary = summary.filter(|summary| {
            let begins = description.is_some_and(|description| {
                description
                    .trim()
                    .starts_with(summary.trim_end_matches('.'))
            });
            !begins && !repeats(summary, name)
        });
        let page = docs.link.as_deref().map(page);
        self.prose(summary).prose(description).owned(page)
    }

    fn owned(self, text: Option<String>) -> Self {
        match text {
            Some(text) => self.own(text),
            None => self,
        }
    }

    /// Adds a paragraph that is Markdown of our own.
    pub(super) fn own(mut self, text: impl Into<String>) -> Self {
        self.paragraphs.push(text.into());
        self
    }

    /// Adds a first paragraph where there is none yet.
    pub(super) fn or(self, text: impl FnOnce() -> String) -> Self {
        if self.paragraphs.is_empty() {
            self.own(text())
        } else {
            self
        }
    }

    /// Adds what the document demands of a value.
    pub(super) fn constraints(self, constraints: &Constraints) -> Self {
        self.sentences(&demands::sentences("Must", constraints))
    }

    /// Adds what the document demands of a value that the documentation is not about as a whole.
    pub(super) fn constraints_on(self, subject: &str, constraints: &Constraints) -> Self {
        self.sentences(&demands::sentences(&format!("{subject} must"), constraints))
    }

    fn sentences(self, sentences: &[String]) -> Self {
        sentences.iter().fold(self, Self::fact)
    }

    /// Adds a sentence to the last paragraph, of what is known beside the prose.
    pub(super) fn fact(mut self, sentence: impl Into<String>) -> Self {
        self.facts.push(sentence.into());
        self
    }

    /// Adds the default in the document.
    pub(super) fn default(self, default: Option<&serde_json::Value>) -> Self {
        match default {
            Some(value) if !value.is_null() => {
                self.fact(format!("Default: {}.", code(&value.to_string())))
            }
            _ => self,
        }
    }

    /// The whole, without what no comment may hold, whatever it came in by.
    fn text(&self) -> String {
        let facts = (!self.facts.is_empty()).then(|| self.facts.join(" "));
        let paragraphs: Vec<&str> = self
            .paragraphs
            .iter()
            .chain(&facts)
            .map(String::as_str)
            .collect();
        visible(&paragraphs.join("\n\n"))
    }

    /// Adds the lines to an item.
    pub(super) fn push_to(&self, tokens: &mut Tokens) {
        self.text().lines().for_each(|line| tokens.doc(line));
    }

    /// The attributes, a line each.
    pub(super) fn tokens(&self) -> TokenStream {
        let text = self.text();
        let lines = text.lines().map(|line| {
            // The formatter writes `///` and this.
            let line = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            quote!(#[doc = #line])
        });
        quote!(#(#lines)*)
    }

    /// The attributes of a module's or crate's own documentation.
    pub(super) fn inner_tokens(&self) -> TokenStream {
        let text = self.text();
        let lines = text.lines().map(|line| {
            let line = if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            };
            quote!(#![doc = #line])
        });
        quote!(#(#lines)*)
    }
}

/// A link to the vendor's page about an item.
pub(super) fn page(link: &Link) -> String {
    /// Longer than this it is no name of a page.
    const LONGEST: usize = 80;
    let words = link.words.as_deref().map(str::trim).unwrap_or_default();
    let fits = !words.is_empty() && words.chars().count() <= LONGEST && !words.contains("://");
    let words = if fits { words } else { "The vendor's page" };
    format!("[{}](<{}>)", label(words), destination(&link.address))
}

/// The beginning of an item's documentation, for a place that only refers to it.
pub(super) fn first_paragraph<'d>(docs: &'d Docs, name: &str) -> Option<&'d str> {
    let texts = [docs.summary.as_deref(), docs.description.as_deref()];
    let mut texts = texts.into_iter().flatten();
    let text = texts.find(|text| !text.trim().is_empty() && !repeats(text, name))?;
    text.trim()
        .split("\n\n")
        .find(|part| !part.starts_with('#'))
}

/// Whether a text says no more than the name of what it is about: `User ID` of `user_id`.
pub(super) fn repeats(text: &str, name: &str) -> bool {
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
pub(super) fn code(text: &str) -> String {
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
