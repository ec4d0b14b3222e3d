//! A vendor's prose made safe for rustdoc: it is parsed as Markdown and written again, so that
//! nothing in it runs as a doctest, breaks a link or opens an HTML tag.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd};

/// Text without the characters that turn the direction of what follows: rustc refuses them even in
/// comments, because they make code look like what it is not.
pub(super) fn visible(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .filter(|c| !matches!(*c, OPENING | CLOSING | BREAK))
        .collect()
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

/// What stands at the end of a line that is to end there, until the text is written: two spaces would
/// be lost at the end of a comment.
const BREAK: char = '\u{e002}';

fn marked_up(text: &str) -> String {
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut prose = Prose::default();
    let mut events: VecDeque<_> = Parser::new_ext(text, extensions).collect();
    while let Some(event) = events.pop_front() {
        prose.push(event, &mut events);
    }
    let safe = prose.events;
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
            .replace(BREAK, "\\")
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

/// Prose in the making: events that rustdoc takes without a word.
#[derive(Debug, Default)]
struct Prose<'a> {
    events: Vec<Event<'a>>,
    /// Whether each open link is left out.
    dropped_links: Vec<bool>,
    /// The tags of HTML that are open in this block, as what ends them.
    open_tags: Vec<TagEnd>,
    in_code_block: bool,
    in_paragraph: bool,
    /// How much emphasis of Markdown's is open.
    emphasis: usize,
    /// Where a line cannot end.
    in_line: bool,
}

impl<'a> Prose<'a> {
    /// Adds an event of a document; `rest` are those that follow.
    fn push(&mut self, event: Event<'a>, rest: &mut VecDeque<Event<'a>>) {
        match event {
            Event::Html(html) => self.block(&html, rest),
            Event::InlineHtml(html) => self.tag(&html, rest),
            Event::Start(Tag::HtmlBlock) => self.start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => self.end(TagEnd::Paragraph),
            Event::Start(Tag::CodeBlock(_)) => {
                self.in_code_block = true;
                let language = CodeBlockKind::Fenced(CowStr::Borrowed("text"));
                self.events.push(Event::Start(Tag::CodeBlock(language)));
            }
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => self.link(link_type, &dest_url, &title),
            Event::End(TagEnd::Link) => self.end_link(),
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Text(text) => self.text(&text),
            // A line ends once.
            Event::SoftBreak if self.events.last() == Some(&Event::SoftBreak) => {}
            Event::HardBreak => self.line_break(),
            Event::End(end) => self.end(end),
            Event::Start(tag) => self.start(tag),
            other => self.events.push(other),
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        if is_emphasis(tag.to_end()) {
            self.emphasis += 1;
        } else {
            self.in_paragraph = tag == Tag::Paragraph;
        }
        self.in_line |= matches!(tag, Tag::Heading { .. } | Tag::Table(_));
        self.events.push(Event::Start(tag));
    }

    fn end_link(&mut self) {
        if self.dropped_links.pop() != Some(true) {
            self.events.push(Event::End(TagEnd::Link));
        }
    }

    /// Ends what is no link, and with a block the tags that are open in it.
    fn end(&mut self, end: TagEnd) {
        if is_emphasis(end) {
            self.emphasis = self.emphasis.saturating_sub(1);
        } else {
            self.in_paragraph = false;
            let is_break = |event: &Event<'a>| match event {
                Event::Text(text) => text.strip_prefix(BREAK) == Some(""),
                event => *event == Event::SoftBreak,
            };
            while self.events.last().is_some_and(is_break) {
                self.events.pop();
            }
            self.trim_end();
            let open = self.open_tags.drain(..).rev();
            self.events.extend(open.map(Event::End));
        }
        match end {
            TagEnd::CodeBlock => self.in_code_block = false,
            TagEnd::Heading(_) | TagEnd::Table => self.in_line = false,
            TagEnd::Paragraph if self.events.last() == Some(&Event::Start(Tag::Paragraph)) => {
                self.events.pop();
                return;
            }
            _ => {}
        }
        self.events.push(Event::End(end));
    }

    /// A block does not end with a space.
    fn trim_end(&mut self) {
        if self.in_code_block {
            return;
        }
        if let Some(Event::Text(text)) = self.events.last_mut() {
            *text = CowStr::from(text.trim_end().to_owned());
            if text.is_empty() {
                self.events.pop();
            }
        }
    }

    fn link(&mut self, link_type: LinkType, address: &str, title: &str) {
        let is_kept = is_web_address(address);
        self.dropped_links.push(!is_kept);
        if is_kept {
            self.events.push(Event::Start(Tag::Link {
                link_type: match link_type {
                    LinkType::Autolink => LinkType::Autolink,
                    _ => LinkType::Inline,
                },
                dest_url: CowStr::from(address.replace(['<', '>', ' ', '\n'], "")),
                title: CowStr::from(title.replace('"', "'")),
                id: CowStr::Borrowed(""),
            }));
        }
    }

    /// The tags that mean what Markdown can say, or nothing; others are text.
    fn tag(&mut self, html: &str, rest: &mut VecDeque<Event<'a>>) {
        let ends = html.starts_with("</");
        let within = html.trim_start_matches(['<', '/']);
        let length = within.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, attributes) = within.split_at(length.unwrap_or(within.len()));
        match name.to_ascii_lowercase().as_str() {
            "b" | "strong" => self.styled(Tag::Strong, html),
            "i" | "em" => self.styled(Tag::Emphasis, html),
            "br" => self.line_break(),
            "code" if !ends => self.code(html, rest),
            "a" if ends && !self.dropped_links.is_empty() => self.end_link(),
            "a" if !ends => self.link(LinkType::Inline, attribute(attributes, "href"), ""),
            "p" | "div" if self.stands_in_paragraph() => {
                self.end(TagEnd::Paragraph);
                self.start(Tag::Paragraph);
            }
            "li" if !ends => {
                self.line_break();
                self.text("• ");
            }
            "ul" | "ol" | "li" | "span" => {}
            _ => self.text(html),
        }
    }

    /// In a paragraph, and in nothing within it.
    fn stands_in_paragraph(&self) -> bool {
        let is_within = self.emphasis > 0 || !self.open_tags.is_empty();
        self.in_paragraph && !is_within && self.dropped_links.is_empty()
    }

    fn styled(&mut self, tag: Tag<'a>, html: &str) {
        let end = tag.to_end();
        if !html.starts_with("</") {
            self.open_tags.push(end);
            self.events.push(Event::Start(tag));
        } else if self.open_tags.last() == Some(&end) {
            self.open_tags.pop();
            self.events.push(Event::End(end));
        } else {
            self.text(html);
        }
    }

    /// Ends the line, where it can be.
    fn line_break(&mut self) {
        if self.in_line {
            self.events.push(Event::Text(CowStr::Borrowed(" ")));
        } else {
            let mark = BREAK.to_string();
            self.events.push(Event::Text(CowStr::from(mark)));
            self.events.push(Event::SoftBreak);
        }
    }

    /// `<code>` with nothing but text in it is a code span.
    fn code(&mut self, html: &str, rest: &mut VecDeque<Event<'a>>) {
        let is_text = |event: &&Event<'a>| matches!(event, Event::Text(_));
        let texts = rest.iter().take_while(is_text).count();
        let is_end = |event: &Event<'a>| matches!(event, Event::InlineHtml(html) if html.eq_ignore_ascii_case("</code>"));
        if texts == 0 || !rest.get(texts).is_some_and(is_end) {
            return self.text(html);
        }
        let texts = rest.drain(..=texts);
        let code: String = texts
            .filter_map(|event| match event {
                Event::Text(text) => Some(text.into_string()),
                _ => None,
            })
            .collect();
        self.events.push(Event::Code(CowStr::from(code)));
    }

    /// HTML of several lines.
    fn block(&mut self, html: &str, rest: &mut VecDeque<Event<'a>>) {
        for line in html.lines() {
            if !matches!(self.events.last(), Some(Event::Start(_) | Event::SoftBreak)) {
                self.events.push(Event::SoftBreak);
            }
            let mut line = line.trim();
            while let Some(start) = line.find('<') {
                let (before, from) = line.split_at(start);
                let end = from.find('>').map_or(from.len(), |end| end + 1);
                let (tag, after) = from.split_at(end);
                self.text(before);
                self.tag(tag, rest);
                line = after;
            }
            self.text(line);
        }
    }

    /// Text with every bare address as a link.
    fn text(&mut self, text: &str) {
        if self.in_code_block {
            self.events.push(Event::Text(CowStr::from(text.to_owned())));
            return;
        }
        // Within a link a bare address is its text already.
        let is_linked = self.dropped_links.contains(&false);
        let mut rest = match self.events.last() {
            // A line has no space in front of it.
            Some(Event::SoftBreak | Event::Start(Tag::Paragraph | Tag::Item)) => text.trim_start(),
            _ => text,
        };
        while let Some(address) = address(rest).filter(|_| !is_linked) {
            let (before, after) = (rest.get(..address.start), rest.get(address.end..));
            self.show(before.unwrap_or_default());
            let address = rest.get(address).unwrap_or_default();
            self.events.push(Event::Start(Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: CowStr::from(address.to_owned()),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            }));
            self.events
                .push(Event::Text(CowStr::from(address.to_owned())));
            self.events.push(Event::End(TagEnd::Link));
            rest = after.unwrap_or_default();
        }
        self.show(rest);
    }

    /// Text as it is, with its brackets as something else. There is no empty text.
    fn show(&mut self, text: &str) {
        if !text.is_empty() {
            let text = text.replace('[', OPENING.encode_utf8(&mut [0; 4]));
            let text = text.replace(']', CLOSING.encode_utf8(&mut [0; 4]));
            self.events.push(Event::Text(CowStr::from(text)));
        }
    }
}

fn is_emphasis(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough
    )
}

/// The value of an attribute of a tag; empty where it has none.
fn attribute<'t>(attributes: &'t str, name: &str) -> &'t str {
    let value = attributes.split_once(name).map(|(_, value)| value);
    let value = value.and_then(|value| value.trim_start().strip_prefix('='));
    let value = value.unwrap_or_default().trim_start();
    let quoted = value.strip_prefix(['"', '\'']).unwrap_or(value);
    let mut ends = quoted.split(['"', '\'', '>', ' ']);
    ends.next().unwrap_or_default()
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
    fn tags_that_markdown_has_words_for_are_markdown() {
        assert_eq!(
            markdown("A <b>bold</b> <code>a_b</code>.<br/>\nNext <i>one <b>c"),
            "A **bold** `a_b`.\\\nNext *one **c***"
        );
        assert_eq!(markdown("# A<br>b"), "# A b");
        assert_eq!(markdown("A<br> **b** <br>"), "A\\\n**b**");
        assert_eq!(
            markdown("**A**, <br> b <br>\n\n<br>\n\nc"),
            "**A**, \\\nb\n\nc"
        );
        assert_eq!(markdown("- a  \n  b\n- c<br>"), "- a\\\n  b\n- c");
        assert_eq!(markdown("a</b><br>"), "a\\</b>");
        assert_eq!(
            markdown("<p>One</p>\n<p class='a'>two <b>c</b></p>\n\n*a*<p>b"),
            "One\n\ntwo **c**\n\n*a*\n\nb"
        );
        assert_eq!(
            markdown("See <a href=\"https://a.example\">a</a> or <a href='/b'>b</a>."),
            "See [a](https://a.example) or b."
        );
        assert_eq!(
            markdown("One of: <ul><li>a</li><li>b</li></ul>"),
            "One of: \\\n• a\\\n• b"
        );
        assert_eq!(
            markdown("x <code>`</code> <code>a *b*</code>"),
            "x `` ` `` \\<code>a *b*\\</code>"
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
        assert_eq!(markdown("a <q>bold</q> `<T>`"), "a \\<q>bold\\</q> `<T>`");
    }
}
