//! Tokens in a row, with their texts in one string: a stream that can be looked at anywhere without
//! a copy.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The tokens of one item.
#[derive(Debug, Default)]
pub(super) struct Tokens {
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
pub(super) enum Kind {
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
}

impl Tokens {
    pub(super) fn new(stream: TokenStream) -> Self {
        let mut tokens = Self::default();
        tokens.push_all(stream);
        tokens
    }

    fn push_all(&mut self, stream: TokenStream) {
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
                    let (open, close) = texts(delimiter);
                    let at = self.list.len();
                    self.push(Kind::Open(delimiter, at), format_args!("{open}"));
                    self.push_all(stream);
                    let end = self.list.len();
                    self.push(Kind::Close(delimiter), format_args!("{close}"));
                    if let Some(token) = self.list.get_mut(at) {
                        token.kind = Kind::Open(delimiter, end);
                    }
                }
            }
        }
    }

    fn push(&mut self, kind: Kind, text: std::fmt::Arguments<'_>) {
        let start = self.text.len();
        // Writing to a String cannot fail.
        let _ = self.text.write_fmt(text);
        let end = self.text.len();
        self.list.push(Token { kind, start, end });
    }

    /// What the token at a place is; `None` behind the last.
    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.list.get(at).map(|token| token.kind)
    }

    /// The text of the token at a place; empty behind the last.
    pub(super) fn text(&self, at: usize) -> &str {
        self.list
            .get(at)
            .and_then(|token| self.text.get(token.start..token.end))
            .unwrap_or_default()
    }

    pub(super) fn is_punct(&self, at: usize, character: char) -> bool {
        matches!(self.kind(at), Some(Kind::Punct(found, _)) if found == character)
    }

    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.kind(at) == Some(Kind::Word) && self.text(at) == word
    }

    /// Whether two characters that make one operator stand at a place.
    pub(super) fn is_operator(&self, at: usize, first: char, second: char) -> bool {
        self.kind(at) == Some(Kind::Punct(first, Spacing::Joint)) && self.is_punct(at + 1, second)
    }

    /// Whether this stands in front of the last token.
    pub(super) fn is_before_last(&self, kind: Kind) -> bool {
        matches!(self.list.as_slice(), [.., before, _] if before.kind == kind)
    }

    /// The tokens as text that lexes to the same tokens.
    pub(super) fn spaced(&self) -> String {
        let mut text = String::with_capacity(self.text.len() + self.list.len());
        for (at, token) in self.list.iter().enumerate() {
            text.push_str(self.text(at));
            let is_lifetime = matches!(token.kind, Kind::Punct('\'', _));
            if !matches!(token.kind, Kind::Punct(_, Spacing::Joint)) && !is_lifetime {
                text.push(' ');
            }
        }
        text
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
