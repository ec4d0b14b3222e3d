//! Documentation: the vendor's prose made safe for rustdoc, and the facts beside it.
//!
//! Prose is parsed as Markdown and written again, so that nothing in it runs as a doctest, breaks
//! a link or opens an HTML tag.

use std::sync::LazyLock;

use proc_macro2::TokenStream;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use quote::quote;

use super::demands;
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

    /// The attributes, a line each.
    pub(super) fn tokens(&self) -> TokenStream {
        let text = self.paragraphs.join("\n\n");
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
        let text = self.paragraphs.join("\n\n");
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

/// Text without the characters that turn the direction of what follows: rustc refuses them even in
/// comments, because they make code look like what it is not.
fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect()
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

/// A vendor's Markdown as Markdown that rustdoc takes without a word.
pub(super) fn markdown(text: &str) -> String {
    let text = visible(text);
    let text = text.trim();
    if is_plain(text) {
        return text.to_owned();
    }
    // What a tab may mean to Markdown it has meant by now; in a comment it is no good.
    marked_up(text).replace('\t', "    ")
}

fn marked_up(text: &str) -> String {
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(text, extensions);
    let mut safe = Vec::new();
    let mut dropped_links = Vec::new();
    for event in events {
        push_safe(event, &mut safe, &mut dropped_links);
    }
    let mut written = String::new();
    let options = pulldown_cmark_to_cmark::Options {
        code_block_token_count: 4,
        list_token: '-',
        ..pulldown_cmark_to_cmark::Options::default()
    };
    match pulldown_cmark_to_cmark::cmark_with_options(
        safe.iter(),
        &mut written,
        extensions,
        options,
    ) {
        Ok(_) => written.trim().to_owned(),
        // Some prose is more than the writer can take; plain text is right in any case.
        Err(_) => plain(text),
    }
}

/// Whether a text is a single paragraph without anything that Markdown reads as markup.
fn is_plain(text: &str) -> bool {
    let is_plain_char = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                ' ' | ',' | '.' | '\'' | '"' | '(' | ')' | '?' | ';' | '%'
            )
    };
    let starts_plain = text.starts_with(char::is_alphabetic);
    starts_plain
        && text
            .split('\n')
            .all(|line| line.starts_with(char::is_alphabetic))
        && text.chars().all(|c| is_plain_char(c) || c == '\n')
}

fn push_safe<'a>(event: Event<'a>, safe: &mut Vec<Event<'a>>, dropped_links: &mut Vec<bool>) {
    match event {
        Event::Html(html) | Event::InlineHtml(html) => push_text(&html, safe),
        Event::Start(Tag::HtmlBlock) => safe.push(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => safe.push(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::CodeBlock(_)) => {
            let language = CodeBlockKind::Fenced(CowStr::Borrowed("text"));
            safe.push(Event::Start(Tag::CodeBlock(language)));
        }
        Event::Start(Tag::Link {
            dest_url, title, ..
        }) => {
            let is_kept = is_web_address(&dest_url);
            dropped_links.push(!is_kept);
            if is_kept {
                let dest_url = CowStr::from(dest_url.replace(['<', '>', ' ', '\n'], ""));
                let title = CowStr::from(title.replace('"', "'"));
                let link = Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url,
                    title,
                    id: CowStr::Borrowed(""),
                };
                safe.push(Event::Start(link));
            }
        }
        Event::End(TagEnd::Link) => {
            if dropped_links.pop() != Some(true) {
                safe.push(Event::End(TagEnd::Link));
            }
        }
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
        // Within a link a bare address is its text already.
        Event::Text(text) if dropped_links.contains(&false) => safe.push(escaped(&text)),
        Event::Text(text) => push_text(&text, safe),
        other => safe.push(other),
    }
}

/// Pushes text with every bare address in angle brackets.
fn push_text(text: &str, safe: &mut Vec<Event<'_>>) {
    let is_in_code = matches!(safe.last(), Some(Event::Start(Tag::CodeBlock(_))));
    let is_code_text = is_in_code || {
        let start = safe
            .iter()
            .rposition(|event| matches!(event, Event::Start(Tag::CodeBlock(_))));
        let end = safe
            .iter()
            .rposition(|event| matches!(event, Event::End(TagEnd::CodeBlock)));
        start.is_some() && start > end
    };
    if is_code_text {
        safe.push(Event::Text(CowStr::from(text.to_owned())));
        return;
    }
    let mut rest = text;
    while let Some(start) = address_start(rest) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|c: char| {
                c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ')' | ']' | '\'')
            })
            .unwrap_or(from.len());
        let (address, after) = from.split_at(end);
        let trimmed = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        let tail = address.get(trimmed.len()..).unwrap_or_default();
        safe.push(escaped(before));
        safe.push(Event::InlineHtml(CowStr::from(format!("<{trimmed}>"))));
        safe.push(escaped(tail));
        rest = after;
    }
    safe.push(escaped(rest));
}

/// Prose without any markup but its addresses. An indented line would be code, and run.
fn plain(text: &str) -> String {
    let mut events = Vec::new();
    for line in text.lines() {
        push_text(line.trim(), &mut events);
        events.push(Event::InlineHtml(CowStr::from("\n")));
    }
    let texts: String = events
        .iter()
        .map(|event| match event {
            Event::InlineHtml(text) => text.as_ref(),
            _ => "",
        })
        .collect();
    texts.trim().to_owned()
}

/// Where the first address of the web begins.
fn address_start(text: &str) -> Option<usize> {
    let secure = text.find("https://");
    let plain = text.find("http://");
    match (secure, plain) {
        (Some(secure), Some(plain)) => Some(secure.min(plain)),
        (found, None) | (None, found) => found,
    }
}

fn is_web_address(address: &str) -> bool {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
}

/// Text as an event that is written as it is: `InlineHtml` is what is not escaped a second time.
fn escaped<'a>(text: &str) -> Event<'a> {
    Event::InlineHtml(CowStr::from(escape_text(text)))
}

/// Text in which nothing is markup.
fn escape_text(text: &str) -> String {
    static MARKUP: LazyLock<&[char]> = LazyLock::new(|| {
        &[
            '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&', '$',
        ]
    });
    let mut escaped = String::with_capacity(text.len());
    // The start of a line, and the number it may begin with, as in a numbered list.
    let mut at_line_start = true;
    let mut in_number = false;
    for character in text.chars() {
        let starts_block = (at_line_start && matches!(character, '-' | '+' | '=' | ':'))
            || (in_number && matches!(character, '.' | ')'));
        if MARKUP.contains(&character) || starts_block {
            escaped.push('\\');
        }
        escaped.push(character);
        in_number = (at_line_start || in_number) && character.is_ascii_digit();
        at_line_start = character == '\n';
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_as_markdown_is_plain() {
        assert_eq!(
            plain("`GET https://a.example/b`\n\n    run();"),
            "\\`GET <https://a.example/b>\\`\n\nrun();"
        );
    }

    #[test]
    fn a_number_begins_no_list_where_there_is_no_markup() {
        assert_eq!(
            plain("Steps:\n1. One\n2) Two 3. x"),
            "Steps:\n1\\. One\n2\\) Two 3. x"
        );
    }

    #[test]
    fn no_tab_is_left() {
        assert_eq!(markdown("- a\tb\n- `c\td`"), "- a    b\n- `c    d`");
    }

    #[test]
    fn plain_text_stays() {
        assert_eq!(
            markdown(" The date (UTC), if any. "),
            "The date (UTC), if any."
        );
    }

    #[test]
    fn nothing_becomes_a_doctest() {
        let written =
            markdown("Example:\n\n    let x = 1;\n\n```rust\nfn main() {}\n```\n```\nraw\n```");
        assert!(!written.contains("rust"), "{written}");
        assert_eq!(written.matches("````text").count(), 3, "{written}");
        assert!(!written.contains("\n    let"), "{written}");
    }

    #[test]
    fn links_that_rustdoc_would_resolve_are_text() {
        assert_eq!(
            markdown("See [Token] and [the guide](/docs)."),
            "See \\[Token\\] and the guide."
        );
        assert_eq!(
            markdown("See [the guide](https://example.com/a)."),
            "See [the guide](https://example.com/a)."
        );
    }

    #[test]
    fn bare_addresses_are_marked() {
        assert_eq!(
            markdown("At https://example.com/a_b, or not."),
            "At <https://example.com/a_b>, or not."
        );
    }

    #[test]
    fn html_is_text() {
        assert_eq!(
            markdown("a <b>bold</b> `<T>`"),
            "a \\<b\\>bold\\</b\\> `<T>`"
        );
    }

    #[test]
    fn a_code_span_cannot_be_left() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
