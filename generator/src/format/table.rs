//! Tables: macros of the runtime, with an entry on each line.

use std::iter::{from_fn, repeat_n};
use std::ops::Range;

use proc_macro2::{Delimiter, Spacing};

use crate::tokens::{Kind, Tokens};

/// How long a line of a table may be; prettyplease's own width.
const WIDTH: usize = 89;

/// The text of `path! { … }`; `None` of any other item.
pub(super) fn set(tokens: &Tokens) -> Option<String> {
    let mut at = 0;
    let mut text = String::new();
    while let Some(behind) = tokens.behind_attribute(at) {
        flat(tokens, at..behind, &mut text);
        text.push('\n');
        at = behind;
    }
    let is_macro = tokens.kind(at) == Some(Kind::Word)
        && tokens.is_operator(at + 1, ':', ':')
        && tokens.kind(at + 3) == Some(Kind::Word)
        && tokens.is_punct(at + 4, '!');
    let Some(Kind::Open(Delimiter::Brace, end)) = tokens.kind(at + 5) else {
        return None;
    };
    if !is_macro || tokens.kind(end + 1).is_some() {
        return None;
    }
    let table = Table { tokens };
    flat(tokens, at..at + 5, &mut text);
    text.push_str(" {\n");
    for part in table.parts(at + 6..end) {
        text.push_str("    ");
        table.push(&mut text, part, 4);
        text.push('\n');
    }
    text.push_str("}\n");
    Some(text)
}

struct Table<'a> {
    tokens: &'a Tokens,
}

impl Table<'_> {
    /// The tokens and whole groups of a range.
    fn trees(&self, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let mut at = range.start;
        from_fn(move || {
            let start = at;
            (start < range.end).then(|| {
                at = match self.tokens.kind(start) {
                    Some(Kind::Open(_, end)) => end + 1,
                    _ => start + 1,
                };
                start..at
            })
        })
    }

    /// What stands on lines of its own in a macro: up to and with each group in braces or brackets.
    fn parts(&self, body: Range<usize>) -> Vec<Range<usize>> {
        let is_end = |tree: &Range<usize>| {
            matches!(
                self.tokens.kind(tree.start),
                Some(Kind::Open(Delimiter::Brace | Delimiter::Bracket, _))
            )
        };
        let ends = self.trees(body.clone()).filter(is_end).map(|tree| tree.end);
        split(body.start, ends.chain([body.end]), 0)
    }

    /// The parts of a list, between its commas.
    fn entries(&self, list: Range<usize>) -> Vec<Range<usize>> {
        let is_comma = |tree: &Range<usize>| self.tokens.is_punct(tree.start, ',');
        let commas = self
            .trees(list.clone())
            .filter(is_comma)
            .map(|tree| tree.start);
        split(list.start, commas.chain([list.end]), 1)
    }

    /// Pushes tokens, with a line for each entry of a list that ends them where one line is too
    /// short, and always where it is in braces.
    fn push(&self, text: &mut String, range: Range<usize>, indent: usize) {
        let start = text.len();
        flat(self.tokens, range.clone(), text);
        let Some(list) = self.trees(range.clone()).last() else {
            return;
        };
        let Some(Kind::Open(delimiter, end)) = self.tokens.kind(list.start) else {
            return;
        };
        let entries = self.entries(list.start + 1..end);
        let in_braces = delimiter == Delimiter::Brace;
        let width = text.get(start..).map(|line| line.chars().count());
        let fits = !in_braces && indent + width.unwrap_or_default() < WIDTH;
        if entries.is_empty() || fits {
            return;
        }
        text.truncate(start);
        flat(self.tokens, range.start..list.start, text);
        text.push_str(if in_braces {
            " {"
        } else {
            self.tokens.text(list.start)
        });
        text.push('\n');
        for entry in entries {
            text.extend(repeat_n(' ', indent + 4));
            self.push(text, entry, indent + 4);
            text.push_str(",\n");
        }
        text.extend(repeat_n(' ', indent));
        text.push_str(self.tokens.text(end));
    }
}

/// The ranges up to each end, without those that hold nothing; `skipped` tokens stand between two.
fn split(mut start: usize, ends: impl Iterator<Item = usize>, skipped: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for end in ends {
        if start < end {
            parts.push(start..end);
        }
        start = end + skipped;
    }
    parts
}

/// Pushes tokens on one line.
fn flat(tokens: &Tokens, range: Range<usize>, text: &mut String) {
    let start = text.len();
    // Whether a word that follows a word needs a space.
    let mut after_word = false;
    for at in range {
        match tokens.kind(at) {
            Some(Kind::Open(delimiter, _)) => {
                if after_word && delimiter == Delimiter::Brace {
                    text.push(' ');
                }
                text.push_str(tokens.text(at));
                after_word = false;
            }
            Some(Kind::Close(_)) => {
                text.push_str(tokens.text(at));
                after_word = true;
            }
            Some(Kind::Punct(character, spacing)) => {
                let is_path = text.len() > start && text.ends_with(':');
                if character == '=' {
                    text.push_str(" = ");
                } else {
                    text.push(character);
                }
                let ends = spacing == Spacing::Alone && !is_path;
                if ends && matches!(character, ',' | ':') {
                    text.push(' ');
                }
                after_word = false;
            }
            Some(Kind::Word | Kind::Literal) => {
                if after_word {
                    text.push(' ');
                }
                text.push_str(tokens.text(at));
                after_word = true;
            }
            // Tables have no documentation.
            Some(Kind::Doc) | None => {}
        }
    }
}
