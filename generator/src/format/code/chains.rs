//! Chains: something, and what is asked of it by dots, parentheses and question marks.

use proc_macro2::Delimiter;

use crate::tokens;

use super::super::layout::INDENT;
use super::super::layout::Piece;
use super::expressions::{Boxes, Shape, Surroundings};
use super::setter::Setter;

impl Setter<'_> {
    /// Something, and what is asked of it: fields, methods, calls, `?`, `.await`.
    pub(super) fn chain(&mut self, place: Surroundings) -> Option<Shape> {
        let boxes = Boxes {
            outer: self.layout.keep(),
            inner: self.layout.keep(),
        };
        let begin = self.at;
        let shape = self.primary(place, &boxes)?;
        let last_dot = self.last_dot();
        if last_dot.is_none() {
            return self.links(shape, None, false);
        }
        if self.layout.ends_with('.') || shape == Shape::Block {
            return None;
        }
        self.layout.fill(boxes.outer, Piece::consistent(INDENT));
        self.layout.fill(boxes.inner, Piece::consistent(-INDENT));
        self.layout.push(Piece::End);
        let is_short = self.at == begin + 1
            && self.tokens.kind(begin) == Some(tokens::Kind::Word)
            && self.tokens.text(begin).len() <= 4;
        self.links(shape, last_dot, is_short && place.at_start)
    }

    /// Where the last dot of the chain stands, of which the first link begins here.
    fn last_dot(&self) -> Option<usize> {
        let mut at = self.at;
        let mut found = None;
        loop {
            match self.tokens.kind(at)? {
                tokens::Kind::Punct('.', _) if !self.tokens.is_punct(at + 1, '.') => {
                    found = Some(at);
                    at += 2;
                }
                tokens::Kind::Punct('?', _) => at += 1,
                tokens::Kind::Punct(':', _) if self.tokens.is_punct(at + 2, '<') => {
                    at = self.behind_arguments(at + 2)?;
                }
                tokens::Kind::Open(Delimiter::Parenthesis | Delimiter::Bracket, end) => {
                    at = end + 1;
                }
                _ => return found,
            }
        }
    }

    /// The token behind `<…>`.
    fn behind_arguments(&self, mut at: usize) -> Option<usize> {
        let mut depth = 0_usize;
        loop {
            match self.tokens.kind(at)? {
                tokens::Kind::Punct('<', _) => depth += 1,
                tokens::Kind::Punct('>', _) => depth = depth.checked_sub(1)?,
                tokens::Kind::Punct('-' | '=', _) if self.tokens.is_punct(at + 1, '>') => {
                    return None;
                }
                tokens::Kind::Open(_, end) => at = end,
                tokens::Kind::Close(_) => return None,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }

    /// The links of a chain; the box ends behind that of the last dot. What becomes of the `shape`
    /// by them. The first one `stays` on the line with what it is asked of.
    fn links(
        &mut self,
        mut shape: Shape,
        last_dot: Option<usize>,
        mut stays: bool,
    ) -> Option<Shape> {
        loop {
            let is_last = last_dot == Some(self.at);
            if self.is_punct('.') && last_dot.is_some_and(|last| self.at <= last) {
                self.dot(stays, is_last)?;
                shape = Shape::Chain;
                if is_last {
                    self.layout.end();
                }
            } else if self.is_punct('?') {
                self.token();
                if shape != Shape::Chain {
                    shape = Shape::Other;
                }
            } else if self.opens(Delimiter::Parenthesis) {
                (shape != Shape::Chain).then_some(())?;
                self.call()?;
                shape = Shape::Call;
            } else {
                return (!self.opens(Delimiter::Bracket)).then_some(shape);
            }
            stays = false;
        }
    }

    /// A field, a method's call, or `.await`.
    fn dot(&mut self, stays: bool, is_last: bool) -> Option<()> {
        if !stays {
            self.layout.gap();
        }
        self.token();
        let is_index = self.kind() == Some(tokens::Kind::Literal);
        if is_index {
            self.token();
            return Some(());
        }
        self.name()?;
        if self.is_turbofish() {
            self.turbofish()?;
        } else if !self.opens(Delimiter::Parenthesis) {
            return Some(());
        }
        let offset = if stays && is_last { -INDENT } else { 0 };
        self.layout.consistent(offset);
        self.call()?;
        self.layout.end();
        Some(())
    }

    /// The arguments of a call. A single block begins on its line.
    pub(super) fn call(&mut self) -> Option<()> {
        self.open(Delimiter::Parenthesis)?;
        self.layout.word("(");
        if !self.closes() {
            let place = self.layout.keep();
            let gap = self.layout.keep();
            let shape = self.expression()?;
            let has_comma = self.skip_if(',');
            if !(self.closes() && shape == Shape::Block) {
                self.layout.fill(place, Piece::consistent(INDENT));
                self.layout.fill(gap, Piece::spaces(0));
                let is_last = self.closes();
                (has_comma || is_last).then_some(())?;
                self.layout.comma(is_last, 0);
                while !self.closes() {
                    self.expression()?;
                    self.separator(0)?;
                }
                self.layout.outdent();
                self.layout.end();
            }
        }
        self.layout.word(")");
        self.close()
    }
}
