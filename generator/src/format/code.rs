//! Code, set as prettyplease sets it but straight from the tokens: for the forms that the emitter
//! writes most, which is nearly all there is. Building a syntax tree only to print it took a third
//! of a run.
//!
//! Whatever is not known here is nothing: the caller has prettyplease set the whole item then. So
//! the forms are few, and each is checked against prettyplease in `tests.rs`.

mod branches;
mod chains;
mod expressions;
mod items;
mod statements;
mod types;

use proc_macro2::{Delimiter, Spacing};

use super::layout::{INDENT, Layout, Piece};
use crate::tokens::{Kind, Tokens};

/// The text of an item; `None` where it holds something that is not known here.
pub(super) fn set(tokens: &Tokens) -> Option<String> {
    let mut setter = Setter {
        tokens,
        at: 0,
        layout: Layout::default(),
    };
    setter.layout.consistent(0);
    setter.item()?;
    setter.layout.end();
    if setter.kind().is_some() {
        return None;
    }
    let mut text = String::new();
    setter.layout.print(&mut text);
    Some(text)
}

/// What reads tokens and lays them out. Each method takes one form of the grammar; `None` is for
/// forms that are not known here.
struct Setter<'a> {
    tokens: &'a Tokens,
    at: usize,
    layout: Layout,
}

impl Setter<'_> {
    fn kind(&self) -> Option<Kind> {
        self.tokens.kind(self.at)
    }

    fn is_punct(&self, character: char) -> bool {
        self.tokens.is_punct(self.at, character)
    }

    fn is_word(&self, word: &str) -> bool {
        self.tokens.is_word(self.at, word)
    }

    fn is_path_separator(&self) -> bool {
        self.tokens.is_operator(self.at, ':', ':')
    }

    /// Whether a single character stands here that is no part of an operator.
    fn is_alone(&self, character: char) -> bool {
        self.kind() == Some(Kind::Punct(character, Spacing::Alone))
    }

    fn opens(&self, delimiter: Delimiter) -> bool {
        matches!(self.kind(), Some(Kind::Open(found, _)) if found == delimiter)
    }

    fn closes(&self) -> bool {
        matches!(self.kind(), Some(Kind::Close(_)) | None)
    }

    /// The token behind the group that begins here.
    fn behind_group(&self) -> Option<usize> {
        match self.kind() {
            Some(Kind::Open(_, end)) => Some(end + 1),
            _ => None,
        }
    }

    fn skip_punct(&mut self, character: char) -> Option<()> {
        self.is_punct(character).then(|| self.at += 1)
    }

    fn skip_if(&mut self, character: char) -> bool {
        self.skip_punct(character).is_some()
    }

    fn open(&mut self, delimiter: Delimiter) -> Option<()> {
        self.opens(delimiter).then(|| self.at += 1)
    }

    fn close(&mut self) -> Option<()> {
        matches!(self.kind(), Some(Kind::Close(_))).then(|| self.at += 1)
    }

    /// Pushes the token's own text.
    fn token(&mut self) {
        let tokens = self.tokens;
        self.layout.word(tokens.text(self.at));
        self.at += 1;
    }

    fn name(&mut self) -> Option<()> {
        (self.kind() == Some(Kind::Word)).then(|| self.token())
    }

    /// Pushes a keyword and a space where it stands.
    fn keyword_if(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.layout.words([word, " "]);
            self.at += 1;
        }
        found
    }

    /// A list to the end of its group: a line for each entry where one line is too short. The
    /// caller has pushed what opens it and pushes what closes it.
    fn list(
        &mut self,
        offset: isize,
        mut entry: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.layout.consistent(offset);
        self.layout.gap();
        while !self.closes() {
            entry(self)?;
            self.separator(0)?;
        }
        self.layout.outdent();
        self.layout.end();
        self.close()
    }

    /// What stands behind an entry.
    fn separator(&mut self, blank: isize) -> Option<()> {
        let has_comma = self.skip_if(',');
        let is_last = self.closes();
        self.layout.comma(is_last, blank);
        (has_comma || is_last).then_some(())
    }

    /// The attributes in front of an item: documentation as comments.
    fn attributes(&mut self) -> Option<()> {
        loop {
            if self.kind() == Some(Kind::Doc) {
                let line = self.tokens.text(self.at).trim_end_matches(' ');
                self.layout.words(["///", line]);
                self.layout.line();
                self.at += 1;
                continue;
            }
            if !self.is_punct('#') {
                return Some(());
            }
            self.at += 1;
            let is_inner = self.skip_if('!');
            self.open(Delimiter::Bracket)?;
            let is_doc = self.is_word("doc") && self.tokens.is_punct(self.at + 1, '=');
            if is_doc {
                self.at += 2;
                let tokens = self.tokens;
                let line = documentation(tokens.text(self.at))?;
                self.at += 1;
                let start = if is_inner { "//!" } else { "///" };
                self.layout.words([start, line.trim_end_matches(' ')]);
                self.layout.line();
            } else {
                self.layout.word(if is_inner { "#![" } else { "#[" });
                self.path(types::Kind::Plain)?;
                if self.opens(Delimiter::Parenthesis) {
                    self.meta_list()?;
                } else if self.skip_if('=') {
                    self.layout.word(" = ");
                    (self.kind() == Some(Kind::Literal)).then(|| self.token())?;
                }
                self.layout.word("]");
                self.layout.space();
            }
            self.close()?;
        }
    }

    /// What an attribute says in parentheses.
    fn meta_list(&mut self) -> Option<()> {
        self.at += 1;
        self.layout.word("(");
        self.layout.push(Piece::consistent(INDENT));
        self.layout.gap();
        let mut ends_with_comma = false;
        while !self.closes() {
            ends_with_comma = false;
            self.name()?;
            if self.skip_if('=') {
                self.layout.word(" = ");
                (self.kind() == Some(Kind::Literal)).then(|| self.token())?;
            } else if self.opens(Delimiter::Parenthesis) {
                self.meta_list()?;
            }
            if self.skip_if(',') {
                ends_with_comma = self.closes();
                self.layout.comma(ends_with_comma, 0);
            }
        }
        if !ends_with_comma {
            self.layout.gap();
        }
        self.layout.outdent();
        self.layout.end();
        self.layout.word(")");
        self.close()
    }
}

/// The text of a documentation's literal; `None` where it would be no comment of one line.
fn documentation(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix("r\"") {
        return is_line(raw.strip_suffix('"')?.to_owned());
    }
    let quoted = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(quoted.len());
    let mut rest = quoted;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        text.push_str(before);
        let (plain, length) = match escape.as_bytes().get(1)? {
            b'"' => ('"', 2),
            b'\'' => ('\'', 2),
            b'\\' => ('\\', 2),
            b't' => ('\t', 2),
            b'u' => unicode(escape)?,
            _ => return None,
        };
        text.push(plain);
        rest = escape.get(length..)?;
    }
    text.push_str(rest);
    is_line(text)
}

/// A comment's text, if it is one line and does not change what the comment is.
fn is_line(text: String) -> Option<String> {
    (!text.starts_with('/') && !text.contains('\n')).then_some(text)
}

/// The character of `\u{…}` and how long that is.
fn unicode(escape: &str) -> Option<(char, usize)> {
    let digits = escape.strip_prefix("\\u{")?;
    let end = digits.find('}')?;
    let code = u32::from_str_radix(digits.get(..end)?, 16).ok()?;
    Some((char::from_u32(code)?, end + 4))
}
