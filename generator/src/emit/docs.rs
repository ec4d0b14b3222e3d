//! Documentation: the vendor's prose made safe for rustdoc, and the facts beside it.
//!
//! Prose is parsed as Markdown and written again, so that nothing in it runs as a doctest, breaks
//! a link or opens an HTML tag.

use std::ops::Range;
use std::sync::LazyLock;

use proc_macro2::TokenStream;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};
use quote::quote;

use super::demands;
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

    /// Adds the lines to an item.
    pub(super) fn push_to(&self, tokens: &mut Tokens) {
        let text = self.paragraphs.join("\n\n");
        text.lines().for_each(|line| tokens.doc(line));
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
        .filter(|c| !matches!(*c, OPENING | CLOSING))
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

/// What stands for brackets until the text is written: the writer leaves those that are no link as
/// they are, and rustdoc would look for what they name.
const OPENING: char = '\u{e000}';
const CLOSING: char = '\u{e001}';

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
        Ok(_) => written
            .trim()
            .replace(OPENING, "\\[")
            .replace(CLOSING, "\\]"),
        // Some prose is more than the writer can take; plain text is right in any case.
        Err(_) => plain(text),
    }
}

/// Whether a text is paragraphs without anything that Markdown reads as markup but code spans, and
/// comes out as it is.
fn is_plain(text: &str) -> bool {
    let begins_plain = |line: &str| line.starts_with(char::is_alphabetic) && !line.ends_with(' ');
    let mut ended = true;
    for line in text.split('\n') {
        // One empty line ends a paragraph.
        if !(begins_plain(line) || (line.is_empty() && !ended)) {
            return false;
        }
        ended = line.is_empty();
    }
    if text.contains("://") {
        return false;
    }
    text.split('`').enumerate().all(|(index, part)| {
        if index % 2 == 1 {
            is_plain_code(part)
        } else {
            part.chars().all(is_plain_char)
        }
    }) && text.matches('`').count().is_multiple_of(2)
}

/// Whether a character in the midst of a line is no markup.
fn is_plain_char(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(
            character,
            '\n' | ' '
                | ','
                | '.'
                | '\''
                | '"'
                | '('
                | ')'
                | '?'
                | ';'
                | '%'
                | '-'
                | ':'
                | '/'
                | '+'
                | '='
                | '!'
                | '@'
                | '{'
                | '}'
        )
}

/// Whether what stands between two backticks is a code span that is written as it is.
fn is_plain_code(part: &str) -> bool {
    !part.is_empty()
        && !part.starts_with(' ')
        && !part.ends_with(' ')
        && !part.chars().any(char::is_control)
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
            link_type,
            dest_url,
            title,
            ..
        }) => {
            let is_kept = is_web_address(&dest_url);
            dropped_links.push(!is_kept);
            if is_kept {
                let dest_url = CowStr::from(dest_url.replace(['<', '>', ' ', '\n'], ""));
                let title = CowStr::from(title.replace('"', "'"));
                let link_type = match link_type {
                    LinkType::Autolink => LinkType::Autolink,
                    _ => LinkType::Inline,
                };
                let link = Tag::Link {
                    link_type,
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
        Event::Text(text) if dropped_links.contains(&false) => safe.push(shown(&text)),
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
    while let Some(address) = address(rest) {
        let (before, after) = (rest.get(..address.start), rest.get(address.end..));
        safe.push(shown(before.unwrap_or_default()));
        let address = rest.get(address).unwrap_or_default();
        safe.push(Event::Start(Tag::Link {
            link_type: LinkType::Autolink,
            dest_url: CowStr::from(address.to_owned()),
            title: CowStr::Borrowed(""),
            id: CowStr::Borrowed(""),
        }));
        safe.push(Event::Text(CowStr::from(address.to_owned())));
        safe.push(Event::End(TagEnd::Link));
        rest = after.unwrap_or_default();
    }
    safe.push(shown(rest));
}

/// Text as an event, with its brackets as something else.
fn shown<'a>(text: &str) -> Event<'a> {
    let text = text.replace('[', &OPENING.to_string());
    Event::Text(CowStr::from(text.replace(']', &CLOSING.to_string())))
}

/// Prose without any markup but its addresses. An indented line would be code, and run.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for line in text.lines() {
        let mut rest = line.trim();
        let mut at_line_start = true;
        while let Some(address) = address(rest) {
            let (before, after) = (rest.get(..address.start), rest.get(address.end..));
            plain.push_str(&escape_text(before.unwrap_or_default(), at_line_start));
            plain.push('<');
            plain.push_str(rest.get(address).unwrap_or_default());
            plain.push('>');
            rest = after.unwrap_or_default();
            at_line_start = false;
        }
        plain.push_str(&escape_text(rest, at_line_start));
        plain.push('\n');
    }
    plain.trim().to_owned()
}

/// Where the first bare address stands. What ends a sentence is not its own.
fn address(text: &str) -> Option<Range<usize>> {
    let start = address_start(text)?;
    let from = text.get(start..)?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ')' | ']' | '\'');
    let end = from.find(ends).unwrap_or(from.len());
    let address = from.get(..end)?;
    let address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    Some(start..start + address.len())
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

/// Text in which nothing is markup.
fn escape_text(text: &str, mut at_line_start: bool) -> String {
    static MARKUP: LazyLock<&[char]> = LazyLock::new(|| {
        &[
            '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '&', '$',
        ]
    });
    let mut escaped = String::with_capacity(text.len());
    // The number that a line may begin with, as in a numbered list.
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
    fn only_what_begins_a_line_begins_a_list() {
        assert_eq!(markdown("One of *a*: `b`: + c"), "One of *a*: `b`: + c");
        assert_eq!(markdown("A [b]\n\\- c"), "A \\[b\\]\n\\- c");
    }

    #[test]
    fn paragraphs_without_markup_stay() {
        for text in ["A `b-c`: d/e\n\nF (`g`), 50% - h = {i}!", "One\ntwo"] {
            assert!(is_plain(text), "{text}");
            assert_eq!(marked_up(text), text);
        }
        for text in [
            "a\n\n\nb",
            "a  \nb",
            "a\n- b",
            "a `b",
            "a ` b` c",
            "a\n===",
            "see https://a.example",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }

    #[test]
    fn markup_stays() {
        for text in [
            "x **a** y, *b* and ~~c~~",
            "# T\n\n- **a**: `b`\n- c",
            "|a|b|\n|-|-|\n|*c*|d|",
            "See <https://example.com/a>: **[b](https://example.com/b)**.",
        ] {
            assert_eq!(markdown(text), text);
        }
        assert_eq!(markdown("**See [Token]**"), "**See \\[Token\\]**");
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
        assert_eq!(markdown("a <b>bold</b> `<T>`"), "a \\<b>bold\\</b> `<T>`");
    }

    #[test]
    fn a_code_span_cannot_be_left() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
