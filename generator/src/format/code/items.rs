//! Items and what stands in them.

use proc_macro2::Delimiter;

use crate::tokens;

use super::super::layout::INDENT;
use super::super::layout::Piece;
use super::setter::Setter;
use super::types::Kind;

impl Setter<'_> {
    pub(super) fn item(&mut self) -> Option<()> {
        self.attributes()?;
        let tokens = self.tokens;
        match tokens.text(self.behind_visibility()) {
            "struct" => self.structure(),
            "enum" => self.enumeration(),
            "impl" => self.implementation(),
            "fn" | "async" => self.function(),
            "static" => self.constant("static"),
            "const" if !tokens.is_word(self.behind_visibility() + 1, "fn") => {
                self.constant("const")
            }
            "mod" => self.module(),
            "use" => self.import(),
            "type" => self.alias(),
            // A module's own documentation stands alone.
            "" => Some(()),
            _ => self.macro_item(),
        }
    }

    /// A macro of names alone.
    fn macro_item(&mut self) -> Option<()> {
        self.path(Kind::Plain)?;
        self.skip_punct('!')?;
        self.open(Delimiter::Parenthesis)?;
        self.layout.word("!(");
        self.layout.consistent(INDENT);
        self.layout.gap();
        self.layout.inconsistent(0);
        self.name()?;
        while self.skip_if(',') {
            self.layout.word(",");
            self.layout.space();
            self.name()?;
        }
        self.layout.end();
        self.layout.gap();
        self.layout.outdent();
        self.layout.end();
        self.layout.word(")");
        self.close()?;
        self.semicolon()?;
        self.layout.line();
        Some(())
    }

    /// The place of the keyword.
    fn behind_visibility(&self) -> usize {
        if !self.is_word("pub") {
            return self.at;
        }
        match self.tokens.kind(self.at + 1) {
            Some(tokens::Kind::Open(Delimiter::Parenthesis, end)) => end + 1,
            _ => self.at + 1,
        }
    }

    fn visibility(&mut self) -> Option<()> {
        if !self.is_word("pub") {
            return Some(());
        }
        self.token();
        if self.open(Delimiter::Parenthesis).is_some() {
            self.layout.word("(");
            let is_short = self.is_word("crate") || self.is_word("super");
            is_short.then(|| self.token())?;
            self.layout.word(")");
            self.close()?;
        }
        self.layout.word(" ");
        Some(())
    }

    /// The visibility, the keyword, the name and its parameters.
    fn head(&mut self, keyword: &str) -> Option<()> {
        self.visibility()?;
        self.keyword_if(keyword).then_some(())?;
        self.name()?;
        self.parameters()
    }

    /// The parameters of an item, if they are lifetimes and constants.
    fn parameters(&mut self) -> Option<()> {
        if self.is_punct('<') {
            self.in_angles(0, Self::parameter)
        } else {
            Some(())
        }
    }

    fn parameter(&mut self) -> Option<()> {
        if !self.keyword_if("const") {
            return self.lifetime();
        }
        self.name()?;
        self.skip_punct(':')?;
        self.layout.word(": ");
        self.ty()
    }

    fn end_item(&mut self) {
        self.layout.end();
        self.layout.line();
    }

    /// What stands on lines of its own in braces, to the end of the item's box.
    fn body(&mut self, mut entry: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.open(Delimiter::Brace)?;
        self.layout.word(" {");
        self.layout.line_if_nonempty();
        while !self.closes() {
            entry(self)?;
        }
        self.layout.outdent();
        self.layout.end();
        self.layout.word("}");
        self.close()
    }

    fn structure(&mut self) -> Option<()> {
        self.layout.consistent(INDENT);
        self.head("struct")?;
        if self.opens(Delimiter::Brace) {
            self.body(|setter| {
                setter.field()?;
                setter.comma_line()
            })?;
        } else if self.opens(Delimiter::Parenthesis) {
            self.fields()?;
            self.semicolon()?;
            self.layout.end();
        } else {
            self.semicolon()?;
            self.layout.end();
        }
        self.layout.line();
        Some(())
    }

    /// A comma, whether or not there is one, and the end of the line.
    fn comma_line(&mut self) -> Option<()> {
        let has_comma = self.skip_if(',');
        self.layout.word(",");
        self.layout.line();
        (has_comma || self.closes()).then_some(())
    }

    fn semicolon(&mut self) -> Option<()> {
        self.layout.word(";");
        self.skip_punct(';')
    }

    fn field(&mut self) -> Option<()> {
        self.attributes()?;
        self.visibility()?;
        self.name()?;
        self.skip_punct(':')?;
        self.layout.word(": ");
        self.ty()
    }

    /// Fields without names, in the box of what has them.
    fn fields(&mut self) -> Option<()> {
        self.open(Delimiter::Parenthesis)?;
        self.layout.word("(");
        self.layout.gap();
        while !self.closes() {
            self.attributes()?;
            self.visibility()?;
            self.ty()?;
            self.separator(0)?;
        }
        self.layout.outdent();
        self.layout.word(")");
        self.close()
    }

    fn enumeration(&mut self) -> Option<()> {
        self.layout.consistent(INDENT);
        self.head("enum")?;
        self.body(|setter| {
            setter.attributes()?;
            setter.name()?;
            if setter.opens(Delimiter::Parenthesis) {
                setter.layout.consistent(INDENT);
                setter.fields()?;
                setter.layout.end();
            } else if setter.opens(Delimiter::Brace) {
                setter.named_fields()?;
            }
            setter.comma_line()
        })?;
        self.layout.line();
        Some(())
    }

    /// A variant's fields.
    fn named_fields(&mut self) -> Option<()> {
        self.open(Delimiter::Brace)?;
        self.layout.word(" {");
        self.layout.consistent(INDENT);
        self.layout.space();
        while !self.closes() {
            self.field()?;
            self.separator(1)?;
        }
        self.layout.outdent();
        self.layout.end();
        self.layout.word("}");
        self.close()
    }

    fn implementation(&mut self) -> Option<()> {
        self.layout.consistent(INDENT);
        self.layout.inconsistent(-INDENT);
        self.layout.consistent(INDENT);
        self.at += 1;
        self.layout.word("impl");
        self.parameters()?;
        self.layout.end();
        self.layout.word(" ");
        self.path(Kind::Type)?;
        if self.is_word("for") {
            self.layout.space();
            self.keyword_if("for");
            self.path(Kind::Type)?;
        }
        self.layout.end();
        self.body(Self::member)?;
        self.layout.line();
        Some(())
    }

    fn member(&mut self) -> Option<()> {
        self.attributes()?;
        let tokens = self.tokens;
        match tokens.text(self.behind_visibility()) {
            "fn" | "async" => self.function(),
            "const" if !tokens.is_word(self.behind_visibility() + 1, "fn") => {
                self.constant("const")
            }
            "type" => {
                self.layout.consistent(INDENT);
                self.head("type")?;
                self.layout.word(" = ");
                self.aliased()
            }
            _ => None,
        }
    }

    fn function(&mut self) -> Option<()> {
        self.layout.consistent(INDENT);
        self.visibility()?;
        self.keyword_if("async");
        self.head("fn")?;
        self.open(Delimiter::Parenthesis)?;
        self.layout.word("(");
        self.layout.never();
        self.list(0, |setter| {
            if setter.receiver() {
                return Some(());
            }
            setter.pattern()?;
            setter.skip_punct(':')?;
            setter.layout.word(": ");
            setter.ty()
        })?;
        self.layout.word(")");
        self.layout.consistent(-INDENT);
        if self.tokens.is_operator(self.at, '-', '>') {
            self.at += 2;
            self.layout.word(" -> ");
            self.ty()?;
        }
        self.layout.push(Piece::End);
        self.opens(Delimiter::Brace).then_some(())?;
        self.open(Delimiter::Brace)?;
        self.layout.word(" {");
        self.layout.line_if_nonempty();
        self.statements()?;
        self.layout.outdent();
        self.layout.end();
        self.layout.word("}");
        self.close()?;
        self.layout.line();
        Some(())
    }

    /// `self`, `mut self`, `&self` or `&mut self`.
    fn receiver(&mut self) -> bool {
        let refers = usize::from(self.is_punct('&'));
        let mutates = usize::from(self.tokens.is_word(self.at + refers, "mut"));
        let place = self.at + refers + mutates;
        if !self.tokens.is_word(place, "self") || self.tokens.is_punct(place + 1, ':') {
            return false;
        }
        if refers == 1 {
            self.layout.word("&");
        }
        if mutates == 1 {
            self.layout.word("mut ");
        }
        self.layout.word("self");
        self.at = place + 1;
        true
    }

    fn constant(&mut self, keyword: &str) -> Option<()> {
        self.layout.consistent(0);
        self.head(keyword)?;
        self.skip_punct(':')?;
        self.layout.word(": ");
        self.ty()?;
        self.skip_punct('=')?;
        self.layout.word(" = ");
        self.layout.never();
        self.expression()?;
        self.semicolon()?;
        self.end_item();
        Some(())
    }

    fn module(&mut self) -> Option<()> {
        self.layout.consistent(INDENT);
        self.head("mod")?;
        self.semicolon()?;
        self.end_item();
        Some(())
    }

    pub(super) fn import(&mut self) -> Option<()> {
        self.visibility()?;
        self.keyword_if("use");
        self.path(Kind::Plain)?;
        if self.is_path_separator() && self.tokens.is_punct(self.at + 2, '*') {
            self.at += 3;
            self.layout.word("::*");
        }
        if self.is_word("as") {
            self.at += 1;
            self.layout.word(" as ");
            self.name()?;
        }
        self.semicolon()?;
        self.layout.line();
        Some(())
    }

    fn alias(&mut self) -> Option<()> {
        self.layout.consistent(INDENT);
        self.head("type")?;
        self.layout.word(" = ");
        self.aliased()
    }

    fn aliased(&mut self) -> Option<()> {
        self.skip_punct('=')?;
        self.layout.never();
        self.layout.inconsistent(-INDENT);
        self.ty()?;
        self.layout.end();
        self.semicolon()?;
        self.end_item();
        Some(())
    }
}
