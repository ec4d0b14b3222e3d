//! Tokens in a row, with their texts in one string. Emission makes items of them, formatting sets
//! them.
//!
//! A `TokenStream` is a tree whose every leaf is an allocation, and is copied where it stands in a
//! larger one. So only small parts are made as streams.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};

/// The tokens of one item.
#[derive(Debug, Default, Clone)]
pub struct Tokens {
    text: String,
    list: Vec<Token>,
}

#[derive(Debug, Clone, Copy)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier or a keyword.
    Word,
    /// A literal.
    Literal,
    /// One character; joined to a following one with which it makes an operator.
    Punct(char, Spacing),
    /// Where a group begins, and the place of its end.
    Open(Delimiter, usize),
    /// Where a group ends.
    Close(Delimiter),
    /// A line of documentation, as it stands behind `///`.
    Doc,
}

impl Tokens {
    /// Adds tokens at the end.
    pub(crate) fn extend(&mut self, stream: TokenStream) {
        for tree in stream {
            match tree {
                TokenTree::Ident(ident) => self.push(Kind::Word, format_args!("{ident}")),
                TokenTree::Literal(literal) => {
                    self.push(Kind::Literal, format_args!("{literal}"));
                }
                TokenTree::Punct(punct) => {
                    let kind = Kind::Punct(punct.as_char(), punct.spacing());
                    self.push(kind, format_args!("{punct}"));
                }
                TokenTree::Group(group) => {
                    let (delimiter, stream) = (group.delimiter(), group.stream());
                    // Else its tokens would be copied.
                    drop(group);
                    self.group(delimiter, |inner| inner.extend(stream));
                }
            }
        }
    }

    /// Adds a group and what `fill` adds to it.
    fn group(&mut self, delimiter: Delimiter, fill: impl FnOnce(&mut Self)) {
        let (open, close) = texts(delimiter);
        let at = self.list.len();
        self.push(Kind::Open(delimiter, at), format_args!("{open}"));
        fill(self);
        let end = self.list.len();
        self.push(Kind::Close(delimiter), format_args!("{close}"));
        if let Some(token) = self.list.get_mut(at) {
            token.kind = Kind::Open(delimiter, end);
        }
    }

    /// Adds braces and what `fill` adds to them.
    pub(crate) fn braces(&mut self, fill: impl FnOnce(&mut Self)) {
        self.group(Delimiter::Brace, fill);
    }

    /// Adds a line of documentation.
    pub(crate) fn doc(&mut self, line: &str) {
        // What stands behind `///`.
        let space = if line.is_empty() { "" } else { " " };
        self.push(Kind::Doc, format_args!("{space}{line}"));
    }

    /// Adds the tokens of another item.
    pub(crate) fn append(&mut self, other: &Self) {
        let (texts, places) = (self.text.len(), self.list.len());
        self.text.push_str(&other.text);
        self.list.extend(other.list.iter().map(|token| Token {
            kind: match token.kind {
                Kind::Open(delimiter, end) => Kind::Open(delimiter, end + places),
                kind => kind,
            },
            start: token.start + texts,
            end: token.end + texts,
        }));
    }

    fn push(&mut self, kind: Kind, text: std::fmt::Arguments<'_>) {
        let start = self.text.len();
        // Writing to a String cannot fail.
        let _ = self.text.write_fmt(text);
        let end = self.text.len();
        self.list.push(Token { kind, start, end });
    }

    /// How many tokens there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// What the token at a place is; `None` behind the last.
    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.list.get(at).map(|token| token.kind)
    }

    /// The text of the token at a place; empty behind the last.
    pub(crate) fn text(&self, at: usize) -> &str {
        self.list
            .get(at)
            .and_then(|token| self.text.get(token.start..token.end))
            .unwrap_or_default()
    }

    pub(crate) fn is_punct(&self, at: usize, character: char) -> bool {
        matches!(self.kind(at), Some(Kind::Punct(found, _)) if found == character)
    }

    pub(crate) fn is_word(&self, at: usize, word: &str) -> bool {
        self.kind(at) == Some(Kind::Word) && self.text(at) == word
    }

    /// Whether two characters that make one operator stand at a place.
    pub(crate) fn is_operator(&self, at: usize, first: char, second: char) -> bool {
        self.kind(at) == Some(Kind::Punct(first, Spacing::Joint)) && self.is_punct(at + 1, second)
    }

    /// Whether a path begins with a module of this name: `types::Pot`, but no field `types: …`.
    pub(crate) fn uses(&self, module: &str) -> bool {
        (0..self.list.len())
            .any(|at| self.is_word(at, module) && self.is_operator(at + 1, ':', ':'))
    }

    /// The token behind an attribute or a line of documentation that stands at a place.
    pub(crate) fn behind_attribute(&self, at: usize) -> Option<usize> {
        match (self.kind(at)?, self.kind(at + 1)) {
            (Kind::Doc, _) => Some(at + 1),
            (Kind::Punct('#', _), Some(Kind::Open(_, end))) => Some(end + 1),
            _ => None,
        }
    }

    /// Whether this stands in front of the last token.
    pub(crate) fn is_before_last(&self, kind: Kind) -> bool {
        matches!(self.list.as_slice(), [.., before, _] if before.kind == kind)
    }

    /// Leaves out tokens, which open and close no group alone.
    pub(crate) fn leave_out(&mut self, is_left_out: impl Fn(usize) -> bool) {
        let mut places = Vec::with_capacity(self.list.len());
        let mut kept = 0;
        for at in 0..self.list.len() {
            places.push(kept);
            kept += usize::from(!is_left_out(at));
        }
        let mut at = 0;
        self.list.retain(|_| {
            at += 1;
            !is_left_out(at - 1)
        });
        for token in &mut self.list {
            if let Kind::Open(_, end) = &mut token.kind {
                *end = places.get(*end).copied().unwrap_or_default();
            }
        }
    }

    /// The tokens as text that lexes to the same tokens.
    pub(crate) fn spaced(&self) -> String {
        let mut text = String::with_capacity(self.text.len() + self.list.len());
        for (at, token) in self.list.iter().enumerate() {
            if token.kind == Kind::Doc {
                let line = Literal::string(self.text(at));
                // Writing to a String cannot fail.
                let _ = write!(text, "#[doc = {line}] ");
                continue;
            }
            text.push_str(self.text(at));
            let is_lifetime = matches!(token.kind, Kind::Punct('\'', _));
            if !matches!(token.kind, Kind::Punct(_, Spacing::Joint)) && !is_lifetime {
                text.push(' ');
            }
        }
        text
    }
}

impl From<TokenStream> for Tokens {
    fn from(stream: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.extend(stream);
        tokens
    }
}

fn texts(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    }
}
