//! Statements, blocks, patterns.

use proc_macro2::{Delimiter, Spacing};

use crate::tokens;

use super::super::layout::INDENT;
use super::super::layout::Piece;
use super::expressions::Shape;
use super::setter::Setter;
use super::types::Kind;

/// What a block has come to.
#[derive(Debug, Default, Clone, Copy)]
struct Statements {
    count: usize,
    /// Whether the last is the block's value.
    ends_with_value: bool,
}

impl Setter<'_> {
    /// The statements of a block, to its end, on lines of their own.
    pub(super) fn statements(&mut self) -> Option<()> {
        self.counted_statements().map(|_| ())
    }

    fn counted_statements(&mut self) -> Option<Statements> {
        let mut found = Statements::default();
        while !self.closes() {
            found.count += 1;
            found.ends_with_value = self.statement()?;
        }
        Some(found)
    }

    /// A statement; whether it is the block's value.
    fn statement(&mut self) -> Option<bool> {
        if self.is_word("use") {
            self.import()?;
            return Some(false);
        }
        if self.is_item() {
            return None;
        }
        self.layout.inconsistent(0);
        if self.keyword_if("let") {
            self.pattern()?;
            if self.is_punct(':') {
                self.at += 1;
                self.layout.word(": ");
                self.ty()?;
            }
            self.skip_punct('=')?;
            self.layout.word(" = ");
            self.layout.never();
            self.expression()?;
            self.layout.end();
            self.skip_punct(';')?;
            self.layout.word(";");
            self.layout.line();
            return Some(false);
        }
        let shape = if self.keyword_if("return") {
            self.expression()?
        } else if self.is_assignment() {
            self.assignment()?
        } else {
            self.expression_at_start()?
        };
        let has_semicolon = self.skip_if(';');
        if has_semicolon {
            self.layout.word(";");
        }
        let stands = has_semicolon || shape.is_statement() || self.closes();
        let is_known = !(has_semicolon && shape == Shape::If);
        self.layout.end();
        self.layout.line();
        (stands && is_known).then_some(!has_semicolon && self.closes())
    }

    /// Whether an item or a statement of another kind begins here.
    fn is_item(&self) -> bool {
        let words = [
            "fn", "struct", "enum", "const", "static", "impl", "for", "loop", "unsafe", "break",
            "continue",
        ];
        self.is_punct('#') || words.iter().any(|word| self.is_word(word))
    }

    /// Whether an `=` stands before the statement's end.
    fn is_assignment(&self) -> bool {
        if ["if", "match", "while"]
            .iter()
            .any(|word| self.is_word(word))
        {
            return false;
        }
        let mut at = self.at;
        loop {
            match self.tokens.kind(at) {
                None | Some(tokens::Kind::Close(_) | tokens::Kind::Punct(';', _)) => return false,
                Some(tokens::Kind::Punct('=', Spacing::Alone)) => {
                    let before = at.checked_sub(1).and_then(|at| self.tokens.kind(at));
                    return !matches!(before, Some(tokens::Kind::Punct(_, Spacing::Joint)));
                }
                Some(tokens::Kind::Open(_, end)) => at = end + 1,
                Some(_) => at += 1,
            }
        }
    }

    fn assignment(&mut self) -> Option<Shape> {
        self.layout.inconsistent(0);
        self.expression()?;
        self.skip_punct('=')?;
        self.layout.word(" = ");
        self.layout.never();
        self.expression()?;
        self.layout.end();
        Some(Shape::Other)
    }

    /// A block that may stand on one line. Its box is the caller's.
    pub(super) fn small_block(&mut self) -> Option<()> {
        self.open(Delimiter::Brace)?;
        self.layout.word("{");
        if !self.closes() {
            self.layout.space();
            let found = self.counted_statements()?;
            if found.count == 1 && found.ends_with_value {
                self.layout.line_to_space();
            }
            self.layout.outdent();
        }
        self.layout.word("}");
        self.close()
    }

    /// A block with a line for each statement.
    pub(super) fn block(&mut self) -> Option<()> {
        self.open(Delimiter::Brace)?;
        self.layout.word("{");
        self.layout.never();
        self.layout.consistent(INDENT);
        self.layout.line_if_nonempty();
        self.statements()?;
        self.layout.outdent();
        self.layout.end();
        self.layout.word("}");
        self.close()
    }

    pub(super) fn pattern(&mut self) -> Option<()> {
        let place = self.layout.keep();
        let mut all_literal = self.single_pattern()?;
        if !self.is_alone('|') {
            return Some(());
        }
        while self.skip_if('|') {
            self.layout.space();
            self.layout.word("| ");
            all_literal &= self.single_pattern()?;
        }
        let alternatives = if all_literal {
            Piece::inconsistent(0)
        } else {
            Piece::consistent(0)
        };
        self.layout.fill(place, alternatives);
        self.layout.end();
        Some(())
    }

    /// Whether it is a literal or `_`.
    fn single_pattern(&mut self) -> Option<bool> {
        if self.kind() == Some(tokens::Kind::Literal) {
            self.token();
            if self.tokens.is_operator(self.at, '.', '.') && self.tokens.is_punct(self.at + 2, '=')
            {
                self.at += 3;
                self.layout.word("..=");
                return (self.kind() == Some(tokens::Kind::Literal)).then(|| {
                    self.token();
                    false
                });
            }
            return Some(true);
        }
        if self.is_word("_") {
            self.token();
            return Some(true);
        }
        if self.skip_if('&') {
            self.layout.word("&");
            self.pattern()?;
            return Some(false);
        }
        if self.opens(Delimiter::Parenthesis) {
            self.tuple(Self::pattern)?;
            return Some(false);
        }
        if self.keyword_if("ref") | self.keyword_if("mut") {
            self.name()?;
            return Some(false);
        }
        self.path(Kind::Expression)?;
        if self.open(Delimiter::Parenthesis).is_some() {
            self.layout.word("(");
            self.list(INDENT, Self::pattern)?;
            self.layout.word(")");
        } else if self.opens(Delimiter::Brace) || self.is_punct('@') {
            return None;
        }
        Some(false)
    }
}
