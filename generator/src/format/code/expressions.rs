//! Expressions. Operators between two are not known here, so that nothing binds but what stands
//! together.

use proc_macro2::Delimiter;

use super::super::layout::{Break, INDENT};
use super::super::tokens;
use super::types::Kind;
use super::{Piece, Setter};

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
struct Place {
    /// At a statement's beginning a short name and the call behind it stay together.
    at_start: bool,
    /// Braces behind what `match` or `if` asks are theirs.
    is_condition: bool,
}

/// Places in front of an expression for boxes that what follows decides on.
struct Boxes {
    outer: usize,
    inner: usize,
}

impl Setter<'_> {
    pub(super) fn expression(&mut self) -> Option<Shape> {
        self.placed(Place::default())
    }

    pub(super) fn expression_at_start(&mut self) -> Option<Shape> {
        self.placed(Place {
            at_start: true,
            is_condition: false,
        })
    }

    fn placed(&mut self, place: Place) -> Option<Shape> {
        let is_operator = ['&', '*', '!', '-']
            .into_iter()
            .any(|operator| self.is_punct(operator));
        if is_operator {
            let is_reference = self.is_punct('&');
            self.token();
            if is_reference {
                self.keyword_if("mut");
            }
            let within = Place {
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

    /// Something, and what is asked of it: fields, methods, calls, `?`, `.await`.
    fn chain(&mut self, place: Place) -> Option<Shape> {
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
    fn call(&mut self) -> Option<()> {
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

    /// What a chain begins with.
    fn primary(&mut self, place: Place, boxes: &Boxes) -> Option<Shape> {
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
    fn brace(&mut self, place: usize, before: usize, inline: Option<char>) {
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

    /// What `match` or `if` asks, up to its braces.
    fn asked(&mut self) -> Option<()> {
        self.layout.consistent(0);
        let place = Place {
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

    fn matching(&mut self) -> Option<Shape> {
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

    fn repetition(&mut self) -> Option<Shape> {
        self.keyword_if("while");
        self.asked()?;
        self.block()?;
        Some(Shape::If)
    }

    fn branches(&mut self) -> Option<Shape> {
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
