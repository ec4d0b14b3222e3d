//! `match`, `if` and `while`.

use proc_macro2::Delimiter;

use crate::tokens;

use super::super::layout::INDENT;
use super::expressions::{Shape, Surroundings};
use super::setter::Setter;

impl Setter<'_> {
    /// What `match` or `if` asks, up to its braces.
    fn asked(&mut self) -> Option<()> {
        self.layout.consistent(0);
        let place = Surroundings {
            at_start: false,
            is_condition: true,
        };
        let shape = if self.is_word("let") {
            self.layout.inconsistent(0);
            self.keyword_if("let");
            self.layout.inconsistent(0);
            self.pattern()?;
            self.layout.end();
            self.skip_punct('=')?;
            self.layout.word(" = ");
            self.layout.never();
            self.layout.inconsistent(0);
            let shape = self.placed(place)?;
            self.layout.end();
            self.layout.end();
            shape
        } else {
            self.placed(place)?
        };
        if shape == Shape::Chain {
            self.layout.space();
        } else {
            self.layout.word(" ");
        }
        self.layout.end();
        self.opens(Delimiter::Brace).then_some(())
    }

    pub(super) fn matching(&mut self) -> Option<Shape> {
        self.layout.inconsistent(0);
        self.keyword_if("match");
        self.asked()?;
        self.open(Delimiter::Brace)?;
        self.layout.word("{");
        self.layout.never();
        self.layout.consistent(INDENT);
        self.layout.line_if_nonempty();
        while !self.closes() {
            self.arm()?;
            self.layout.line();
        }
        self.layout.outdent();
        self.layout.end();
        self.layout.word("}");
        self.layout.end();
        self.close()?;
        Some(Shape::Match)
    }

    fn arm(&mut self) -> Option<()> {
        self.layout.inconsistent(0);
        self.pattern()?;
        if self.is_word("if") {
            self.layout.word(" ");
            self.keyword_if("if");
            self.expression()?;
        }
        self.tokens.is_operator(self.at, '=', '>').then_some(())?;
        self.at += 2;
        self.layout.word(" => ");
        let is_block = self.opens(Delimiter::Brace);
        if is_block {
            self.has_statements().then_some(())?;
            self.block()?;
        } else if self.tokens.text(self.at) == "(" && self.behind_group() == Some(self.at + 2) {
            self.at += 2;
            self.layout.word("{}");
        } else {
            self.layout.never();
            let place = self.layout.keep();
            let before = self.layout.keep();
            let shape = self.expression_at_start()?;
            let inline = (!shape.is_statement()).then_some(',');
            self.brace(place, before, inline);
        }
        let has_comma = self.skip_if(',');
        self.layout.end();
        (has_comma || is_block || self.closes()).then_some(())
    }

    /// Whether a block surely is more than a value: what is no more loses its braces.
    fn has_statements(&self) -> bool {
        let Some(end) = self.behind_group() else {
            return false;
        };
        let mut at = self.at + 1;
        if at + 1 == end {
            return true;
        }
        while at < end {
            match self.tokens.kind(at) {
                Some(tokens::Kind::Punct(';', _)) => return true,
                Some(tokens::Kind::Open(_, end)) => at = end + 1,
                _ => at += 1,
            }
        }
        false
    }

    pub(super) fn repetition(&mut self) -> Option<Shape> {
        self.keyword_if("while");
        self.asked()?;
        self.block()?;
        Some(Shape::If)
    }

    pub(super) fn branches(&mut self) -> Option<Shape> {
        self.layout.consistent(INDENT);
        self.keyword_if("if");
        self.layout.consistent(-INDENT);
        self.asked()?;
        self.layout.end();
        let behind = self.behind_group()?;
        if !self.tokens.is_word(behind, "else") {
            self.open(Delimiter::Brace)?;
            self.layout.word("{");
            if !self.closes() {
                self.layout.line();
                self.statements()?;
                self.layout.outdent();
            }
            self.layout.word("}");
            self.close()?;
            self.layout.end();
            return Some(Shape::If);
        }
        self.small_block()?;
        while self.is_word("else") {
            self.layout.word(" ");
            self.keyword_if("else");
            if self.keyword_if("if") {
                self.layout.consistent(-INDENT);
                self.asked()?;
                self.layout.end();
            }
            self.small_block()?;
        }
        self.layout.end();
        Some(Shape::If)
    }
}
