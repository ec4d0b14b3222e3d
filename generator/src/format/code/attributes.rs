//! Attributes, and documentation as comments.

use proc_macro2::Delimiter;

use super::super::layout::{INDENT, Piece};
use super::setter::Setter;
use super::types;
use crate::tokens::Kind;

impl Setter<'_> {
    /// The attributes in front of an item: documentation as comments.
    pub(super) fn attributes(&mut self) -> Option<()> {
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
