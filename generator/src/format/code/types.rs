//! Types and paths.

use proc_macro2::Delimiter;

use crate::tokens;

use super::super::layout::{INDENT, Piece};
use super::setter::Setter;

/// Where a path stands, which decides how it has arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It has none.
    Plain,
    /// `Vec<T>`.
    Type,
    /// `Vec::<T>`.
    Expression,
}

impl Setter<'_> {
    pub(super) fn ty(&mut self) -> Option<()> {
        if self.skip_if('&') {
            self.layout.word("&");
            if self.is_punct('\'') {
                self.lifetime()?;
                self.layout.word(" ");
            }
            self.keyword_if("mut");
            return self.ty();
        }
        if self.opens(Delimiter::Parenthesis) {
            return self.tuple(Self::ty).map(|_| ());
        }
        if self.open(Delimiter::Bracket).is_some() {
            self.layout.word("[");
            self.ty()?;
            self.layout.word("]");
            return self.close();
        }
        if self.keyword_if("impl") || self.keyword_if("dyn") {
            self.bound()?;
            while self.skip_if('+') {
                self.layout.word(" + ");
                self.bound()?;
            }
            return Some(());
        }
        if self.is_word("fn") {
            return None;
        }
        self.path(Kind::Type)
    }

    fn bound(&mut self) -> Option<()> {
        if self.is_punct('\'') {
            self.lifetime()
        } else {
            self.path(Kind::Type)
        }
    }

    pub(super) fn lifetime(&mut self) -> Option<()> {
        self.skip_punct('\'')?;
        self.layout.word("'");
        self.name()
    }

    /// A tuple of whatever, or one thing in parentheses; whether it is a tuple.
    pub(super) fn tuple(&mut self, mut entry: impl FnMut(&mut Self) -> Option<()>) -> Option<bool> {
        self.open(Delimiter::Parenthesis)?;
        self.layout.word("(");
        if self.closes() {
            self.layout.word(")");
            return self.close().map(|()| true);
        }
        let place = self.layout.keep();
        let gap = self.layout.keep();
        entry(self)?;
        if self.closes() {
            self.layout.word(")");
            return self.close().map(|()| false);
        }
        self.layout.fill(place, Piece::consistent(INDENT));
        self.layout.fill(gap, Piece::spaces(0));
        self.skip_punct(',')?;
        if self.closes() {
            self.layout.word(",");
            self.layout.gap();
        } else {
            self.layout.comma(false, 0);
        }
        while !self.closes() {
            entry(self)?;
            self.separator(0)?;
        }
        self.layout.outdent();
        self.layout.end();
        self.layout.word(")");
        self.close().map(|()| true)
    }

    pub(super) fn path(&mut self, kind: Kind) -> Option<()> {
        if kind != Kind::Plain && self.is_punct('<') {
            self.qualified()?;
        } else if self.is_path_separator() {
            self.path_separator();
            self.segment(kind)?;
        } else {
            self.segment(kind)?;
        }
        while self.is_path_separator() && !self.tokens.is_punct(self.at + 2, '*') {
            self.path_separator();
            self.segment(kind)?;
        }
        Some(())
    }

    fn path_separator(&mut self) {
        self.layout.word("::");
        self.at += 2;
    }

    /// `<T as Trait>`.
    fn qualified(&mut self) -> Option<()> {
        self.skip_punct('<')?;
        self.layout.word("<");
        self.ty()?;
        if self.is_word("as") {
            self.at += 1;
            self.layout.word(" as ");
            self.path(Kind::Type)?;
        }
        self.layout.word(">");
        self.skip_punct('>')
    }

    fn segment(&mut self, kind: Kind) -> Option<()> {
        self.name()?;
        match kind {
            Kind::Type if self.is_punct('<') => self.arguments(),
            // As `Fn(…)` has.
            Kind::Type if self.opens(Delimiter::Parenthesis) => None,
            Kind::Expression if self.is_turbofish() => self.turbofish(),
            _ => Some(()),
        }
    }

    pub(super) fn is_turbofish(&self) -> bool {
        self.is_path_separator() && self.tokens.is_punct(self.at + 2, '<')
    }

    pub(super) fn turbofish(&mut self) -> Option<()> {
        self.path_separator();
        self.arguments()
    }

    fn arguments(&mut self) -> Option<()> {
        self.in_angles(INDENT, Self::argument)
    }

    /// A list in angle brackets, which are no group.
    pub(super) fn in_angles(
        &mut self,
        offset: isize,
        mut entry: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.skip_punct('<')?;
        self.layout.word("<");
        self.layout.consistent(offset);
        self.layout.gap();
        while !self.is_punct('>') {
            entry(self)?;
            let has_comma = self.skip_if(',');
            let is_last = self.is_punct('>');
            self.layout.comma(is_last, 0);
            (has_comma || is_last).then_some(())?;
        }
        self.layout.outdent();
        self.layout.end();
        self.layout.word(">");
        self.skip_punct('>')
    }

    fn argument(&mut self) -> Option<()> {
        let is_named = self.kind() == Some(tokens::Kind::Word)
            && self.tokens.is_punct(self.at + 1, '=')
            && !self.tokens.is_operator(self.at + 1, '=', '=');
        if is_named {
            self.name()?;
            self.skip_punct('=')?;
            self.layout.word(" = ");
        } else if self.is_punct('\'') {
            // Wherever it stands, it comes first.
            let is_first = self.tokens.is_punct(self.at - 1, '<');
            let is_only = self.tokens.is_punct(self.at + 2, '>');
            return (is_first && is_only).then(|| self.lifetime())?;
        } else if self.kind() == Some(tokens::Kind::Literal) {
            self.token();
            return Some(());
        }
        self.ty()
    }
}
