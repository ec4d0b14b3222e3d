//! Documentation: the vendor's prose, and the facts beside it.

use proc_macro2::TokenStream;
use quote::quote;

use super::demands;
use super::markdown::{markdown, visible};
use super::tokens::Tokens;
use crate::model::{Constraints, Docs};

/// A doc comment in the making: paragraphs, each of them Markdown.
#[derive(Debug, Default)]
pub(super) struct DocComment {
    paragraphs: Vec<String>,
}

impl DocComment {
    pub(super) fn new() -> Self {
        Self {
            paragraphs: Vec::new(),
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

    /// Adds the summary and the description of an item.
    pub(super) fn docs(self, docs: &Docs) -> Self {
        let repeats = docs.description.as_deref().is_some_and(|description| {
            let summary = docs.summary.as_deref().unwrap_or_default();
            description
                .trim()
                .starts_with(summary.trim().trim_end_matches('.'))
        });
        let summary = docs.summary.as_deref().filter(|_| !repeats);
        self.prose(summary).prose(docs.description.as_deref())
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
        if sentences.is_empty() {
            self
        } else {
            self.own(sentences.join(" "))
        }
    }

    /// Adds the default in the document.
    pub(super) fn default(self, default: Option<&serde_json::Value>) -> Self {
        match default {
            Some(value) if !value.is_null() => {
                self.own(format!("Default: {}", code(&value.to_string())))
            }
            _ => self,
        }
    }

    /// The whole, without what no comment may hold, whatever it came in by.
    fn text(&self) -> String {
        visible(&self.paragraphs.join("\n\n"))
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

/// Text as a code span that nothing in it can end.
pub(super) fn code(text: &str) -> String {
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
}
