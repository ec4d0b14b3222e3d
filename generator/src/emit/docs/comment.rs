//! Documentation: the vendor's prose, and the facts beside it.

use proc_macro2::TokenStream;
use quote::quote;

use super::constraints;
use super::markdown::{markdown, visible};
use super::text::{code, page, repeats};
use crate::model::{Constraints, Docs};
use crate::tokens::Tokens;

/// A doc comment in the making: paragraphs, each of them Markdown, and a last one of short facts.
#[derive(Debug)]
pub(crate) struct DocComment {
    paragraphs: Vec<String>,
    facts: Vec<String>,
}

impl DocComment {
    pub(crate) fn new() -> Self {
        Self {
            paragraphs: Vec::new(),
            facts: Vec::new(),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// Adds prose of the document.
    pub(crate) fn prose(mut self, text: Option<&str>) -> Self {
        let text = text.map(markdown).unwrap_or_default();
        if !text.is_empty() && !self.paragraphs.contains(&text) {
            self.paragraphs.push(text);
        }
        self
    }

    /// Adds what the document says of an item of this name: the summary, the description and the
    /// page about it. A text that only says the name is none.
    pub(crate) fn docs(self, docs: &Docs, name: &str) -> Self {
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
    pub(crate) fn own(mut self, text: impl Into<String>) -> Self {
        self.paragraphs.push(text.into());
        self
    }

    /// Adds a first paragraph where there is none yet.
    pub(crate) fn or(self, text: impl FnOnce() -> String) -> Self {
        if self.paragraphs.is_empty() {
            self.own(text())
        } else {
            self
        }
    }

    /// Adds what the document demands of a value.
    pub(crate) fn constraints(self, constraints: &Constraints) -> Self {
        self.sentences(&constraints::sentences("Must", constraints))
    }

    /// Adds what the document demands of a value that the documentation is not about as a whole.
    pub(crate) fn constraints_on(self, subject: &str, constraints: &Constraints) -> Self {
        self.sentences(&constraints::sentences(
            &format!("{subject} must"),
            constraints,
        ))
    }

    fn sentences(self, sentences: &[String]) -> Self {
        sentences.iter().fold(self, Self::fact)
    }

    /// Adds a sentence to the last paragraph, of what is known beside the prose.
    pub(crate) fn fact(mut self, sentence: impl Into<String>) -> Self {
        self.facts.push(sentence.into());
        self
    }

    /// Adds the default in the document.
    pub(crate) fn default(self, default: Option<&serde_json::Value>) -> Self {
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
    pub(crate) fn push_to(&self, tokens: &mut Tokens) {
        self.text().lines().for_each(|line| tokens.doc(line));
    }

    /// The attributes, a line each.
    pub(crate) fn tokens(&self) -> TokenStream {
        let lines = self.lines();
        quote!(#(#[doc = #lines])*)
    }

    /// The attributes of a module's or crate's own documentation.
    pub(crate) fn inner_tokens(&self) -> TokenStream {
        let lines = self.lines();
        quote!(#(#![doc = #lines])*)
    }

    /// The lines as the formatter writes them behind `///`.
    fn lines(&self) -> Vec<String> {
        let text = self.text();
        let spaced = |line: &str| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        };
        text.lines().map(spaced).collect()
    }
}
