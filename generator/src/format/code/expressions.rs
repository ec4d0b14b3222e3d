//! Expressions. Operators between two are not known here, so that nothing binds but what stands
//! together.

use proc_macro2::Delimiter;

use crate::tokens;

use super::super::layout::Piece;
use super::super::layout::{Break, INDENT};
use super::setter::Setter;
use super::types::Kind;

/// What of an expression decides how its surroundings are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// It ends with what it began with (braces, brackets, parentheses), or is a closure.
    Block,
    /// A call of a path.
    Call,
    Match,
    If,
    /// It may break before a dot.
    Chain,
    Other,
}

impl Shape {
    /// Whether it stands as a statement without a semicolon.
    pub(super) fn is_statement(self) -> bool {
        matches!(self, Self::Match | Self::If)
    }
}

/// Where an expression stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Surroundings {
    /// At a statement's beginning a short name and the call behind it stay together.
    pub(super) at_start: bool,
    /// Braces behind what `match` or `if` asks are theirs.
    pub(super) is_condition: bool,
}

/// Places in front of an expression for boxes that what follows decides on.
pub(super) struct Boxes {
    pub(super) outer: usize,
    pub(super) inner: usize,
}

impl Setter<'_> {
    pub(super) fn expression(&mut self) -> Option<Shape> {
        self.placed(Surroundings::default())
    }

    pub(super) fn expression_at_start(&mut self) -> Option<Shape> {
        self.placed(Surroundings {
            at_start: true,
            is_condition: false,
        })
    }

    pub(super) fn placed(&mut self, place: Surroundings) -> Option<Shape> {
        let is_operator = ['&', '*', '!', '-']
            .into_iter()
            .any(|operator| self.is_punct(operator));
        if is_operator {
            let is_reference = self.is_punct('&');
            self.token();
            if is_reference {
                self.keyword_if("mut");
            }
            let within = Surroundings {
                at_start: false,
                ..place
            };
            let shape = self.placed(within)?;
            return Some(match shape {
                Shape::Chain => Shape::Chain,
                _ => Shape::Other,
            });
        }
        match self.tokens.text(self.at) {
            "|" => self.closure(),
            "move" if self.tokens.is_punct(self.at + 1, '|') => self.closure(),
            "match" => self.matching(),
            "if" => self.branches(),
            "while" => self.repetition(),
            "async" | "unsafe" | "let" | "return" | "break" | "continue" | "for" | "loop"
            | "move" => None,
            _ => self.chain(place),
        }
    }

    /// What a chain begins with.
    pub(super) fn primary(&mut self, place: Surroundings, boxes: &Boxes) -> Option<Shape> {
        match self.kind()? {
            tokens::Kind::Literal => {
                self.token();
                Some(Shape::Other)
            }
            tokens::Kind::Open(Delimiter::Parenthesis, _) => {
                let is_tuple = self.tuple(|setter| setter.expression().map(|_| ()))?;
                Some(if is_tuple { Shape::Block } else { Shape::Other })
            }
            tokens::Kind::Open(Delimiter::Bracket, _) => self.array(),
            tokens::Kind::Open(Delimiter::Brace, _) => {
                self.layout.fill(boxes.outer, Piece::consistent(INDENT));
                self.small_block()?;
                self.layout.end();
                Some(Shape::Block)
            }
            _ => {
                self.path(Kind::Expression)?;
                if self.is_punct('!') {
                    return self.macro_call();
                }
                if !place.is_condition && self.opens(Delimiter::Brace) {
                    self.layout.fill(boxes.outer, Piece::consistent(INDENT));
                    self.layout.fill(boxes.inner, Piece::inconsistent(-INDENT));
                    return self.fields_of_value();
                }
                Some(Shape::Other)
            }
        }
    }

    /// A macro of one literal: how others are set depends on what the macro makes of them.
    fn macro_call(&mut self) -> Option<Shape> {
        self.token();
        self.open(Delimiter::Parenthesis)?;
        self.layout.word("(");
        if !self.closes() {
            (self.kind() == Some(tokens::Kind::Literal)).then_some(())?;
            self.layout.consistent(INDENT);
            self.layout.gap();
            self.token();
            self.layout.gap();
            self.layout.outdent();
            self.layout.end();
        }
        self.layout.word(")");
        self.close()?;
        Some(Shape::Other)
    }

    /// The fields of a struct's value, behind its path.
    fn fields_of_value(&mut self) -> Option<Shape> {
        self.layout.push(Piece::End);
        self.open(Delimiter::Brace)?;
        self.layout.word(" {");
        self.layout.space_if_nonempty();
        let is_empty = self.closes();
        while !self.closes() {
            self.name()?;
            if self.skip_if(':') {
                self.layout.word(": ");
                self.layout.inconsistent(0);
                self.expression()?;
                self.layout.end();
            }
            self.separator(1)?;
        }
        self.layout.outdent();
        if is_empty {
            self.layout.end();
        } else {
            self.layout.end_within(34);
        }
        self.layout.word("}");
        self.close()?;
        Some(Shape::Block)
    }

    fn array(&mut self) -> Option<Shape> {
        let is_filled = self.is_filled();
        self.open(Delimiter::Bracket)?;
        if self.closes() {
            self.layout.word("[]");
        } else if is_filled {
            self.layout.consistent(INDENT);
            self.layout.word("[");
            self.layout.gap();
            self.layout.inconsistent(0);
            while !self.closes() {
                self.token();
                if self.skip_if(',') && !self.closes() {
                    self.layout.word(",");
                    self.layout.space();
                }
            }
            self.layout.end();
            self.layout.comma(true, 0);
            self.layout.outdent();
            self.layout.word("]");
            self.layout.end();
        } else {
            self.layout.word("[");
            self.layout.consistent(INDENT);
            self.layout.gap();
            while !self.closes() {
                self.expression()?;
                self.separator(0)?;
            }
            self.layout.outdent();
            self.layout.end();
            self.layout.word("]");
        }
        self.close()?;
        Some(Shape::Block)
    }

    /// Whether an array has nothing but whole numbers and truth values, which fill its lines.
    fn is_filled(&self) -> bool {
        let Some(end) = self.behind_group() else {
            return false;
        };
        (self.at + 1..end - 1).all(|at| {
            let text = self.tokens.text(at);
            let is_number = text.starts_with(|first: char| first.is_ascii_digit())
                && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                && !text.contains(['e', 'f']);
            is_number || matches!(text, "true" | "false" | ",")
        })
    }

    fn closure(&mut self) -> Option<Shape> {
        self.layout.inconsistent(0);
        self.keyword_if("move");
        self.layout.consistent(INDENT);
        self.skip_punct('|')?;
        self.layout.word("|");
        if !self.is_punct('|') {
            self.layout.gap();
        }
        while !self.is_punct('|') {
            self.closure_parameter()?;
            if self.skip_if(',') && !self.is_punct('|') {
                self.layout.word(",");
                self.layout.space();
            }
        }
        self.token();
        self.layout.space();
        self.layout.outdent();
        self.layout.end();
        self.layout.never();
        let place = self.layout.keep();
        let before = self.layout.keep();
        let shape = self.expression()?;
        if !matches!(shape, Shape::Match | Shape::Call | Shape::Block) {
            self.brace(place, before, None);
        }
        self.layout.end();
        Some(Shape::Block)
    }

    /// One without alternatives, which would end the parameters.
    fn closure_parameter(&mut self) -> Option<()> {
        self.keyword_if("mut");
        self.name()?;
        if self.skip_if(':') {
            self.layout.word(": ");
            self.ty()?;
        }
        (self.is_punct(',') || self.is_punct('|')).then_some(())
    }

    /// Puts braces around what does not fit on its line, or `inline` behind what does.
    pub(super) fn brace(&mut self, place: usize, before: usize, inline: Option<char>) {
        self.layout.fill(place, Piece::consistent(INDENT));
        self.layout.fill(
            before,
            Piece::Break(Break {
                before: Some('{'),
                ..Break::default()
            }),
        );
        self.layout.push(Piece::Break(Break {
            offset: -INDENT,
            after: "}",
            inline,
            ..Break::default()
        }));
        self.layout.end();
    }
}
