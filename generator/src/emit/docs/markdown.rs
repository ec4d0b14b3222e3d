//! A vendor's prose made safe for rustdoc: it is parsed as Markdown and written again, so that
//! nothing in it runs as a doctest, breaks a link or opens an HTML tag.

mod marks;
mod prose;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::sync::LazyLock;

use pulldown_cmark::{Options, Parser};

use marks::{BREAK, CLOSING, OPENING, address};
use prose::Prose;

/// Text without what no comment may hold: characters that turn the direction of what follows, which
/// rustc refuses because they make code look like what it is not, and control characters. Whatever
/// ends a line anywhere ends one here: a carriage return by itself is an error in a comment.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push('\n'),
            '\n' | '\t' => shown.push(character),
            '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
            | OPENING
            | CLOSING
            | BREAK => {}
            _ if character.is_control() => {}
            _ => shown.push(character),
        }
    }
    shown
}

/// The first sentence of a vendor's Markdown in one line, still as it came; `None` where it does not
/// begin with words.
pub(crate) fn opening(text: &str) -> Option<String> {
    let paragraph = paragraph(text)?;
    let sentence = paragraph.get(..sentence_end(&paragraph));
    Some(sentence.unwrap_or(&paragraph).to_owned())
}

/// The first paragraph in one line, in the same way.
pub(crate) fn paragraph(text: &str) -> Option<String> {
    let text = visible(text);
    let mut paragraph = String::new();
    let lines = text
        .lines()
        .map(str::trim)
        .skip_while(|line| line.is_empty() || is_heading(line));
    for line in lines.take_while(|line| begins_with_words(line)) {
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line);
    }
    (!paragraph.is_empty()).then_some(paragraph)
}

/// The same as Markdown that rustdoc takes; empty where there is none.
pub(crate) fn line(text: &str) -> String {
    opening(text)
        .map(|text| markdown(&text).replace('\n', " "))
        .unwrap_or_default()
}

fn is_heading(line: &str) -> bool {
    line.starts_with('#') || (!line.is_empty() && line.chars().all(|c| matches!(c, '=' | '-')))
}

/// Whether a line is part of a paragraph, and begins no list, table, block of code or quotation.
fn begins_with_words(line: &str) -> bool {
    let first = line.chars().next();
    let is_item = || {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < line.len() && (rest.starts_with(". ") || rest.starts_with(") "))
    };
    match first {
        None | Some('#' | '|' | '>' | '~') => false,
        Some('-' | '+' | '*') => !line
            .get(1..)
            .is_some_and(|rest| rest.starts_with([' ', '\t']) || rest.is_empty()),
        Some('`') => !line.starts_with("```"),
        Some('=') => !line.chars().all(|c| c == '='),
        Some(_) => !is_item(),
    }
}

/// Where the first sentence ends. What an abbreviation or markup goes on behind is no end.
fn sentence_end(text: &str) -> usize {
    /// Text without a sentence among so many is none.
    const TRIED: usize = 16;
    let ends = text.match_indices(". ").map(|(at, _)| at + 1).take(TRIED);
    let mut ends = ends.filter(|end| {
        let (sentence, rest) = text.split_at(*end);
        let balanced = |open: char, close: char| {
            sentence.matches(open).count() == sentence.matches(close).count()
        };
        let is_begun = rest.trim_start().starts_with(|c: char| !c.is_lowercase());
        let is_short = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "No."];
        is_begun
            && sentence.matches('`').count().is_multiple_of(2)
            && sentence.matches('*').count().is_multiple_of(2)
            && balanced('(', ')')
            && balanced('[', ']')
            && balanced('<', '>')
            && !is_short.iter().any(|short| sentence.ends_with(short))
    });
    ends.next().unwrap_or(text.len())
}

/// A vendor's Markdown as Markdown that rustdoc takes without a word.
pub(crate) fn markdown(text: &str) -> String {
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

/// What a link is called: a line in which nothing is markup.
pub(crate) fn label(text: &str) -> String {
    let words: Vec<_> = visible(text)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    escape_text(&words.join(" "), false)
}

/// An address as it stands between the pointed brackets of a link.
pub(crate) fn destination(address: &str) -> String {
    let mut written = String::with_capacity(address.len());
    for character in visible(address).trim().chars() {
        match character {
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '\\' => written.push_str("%5C"),
            ' ' | '\t' => written.push_str("%20"),
            '\n' => {}
            other => written.push(other),
        }
    }
    written
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
