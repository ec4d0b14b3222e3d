//! What reads tokens and lays them out, and what each of its methods is made of.

use proc_macro2::{Delimiter, Spacing};

use super::super::layout::Layout;
use crate::tokens::{Kind, Tokens};

/// What reads tokens and lays them out. Each method takes one form of the grammar; `None` is for
/// forms that are not known here.
pub(super) struct Setter<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) at: usize,
    pub(super) layout: Layout,
}

impl Setter<'_> {
    pub(super) fn kind(&self) -> Option<Kind> {
        self.tokens.kind(self.at)
    }

    pub(super) fn is_punct(&self, character: char) -> bool {
        self.tokens.is_punct(self.at, character)
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.tokens.is_word(self.at, word)
    }

    pub(super) fn is_path_separator(&self) -> bool {
        self.tokens.is_operator(self.at, ':', ':')
    }

    /// Whether a single character stands here that is no part of an operator.
    pub(super) fn is_alone(&self, character: char) -> bool {
        self.kind() == Some(Kind::Punct(character, Spacing::Alone))
    }

    pub(super) fn opens(&self, delimiter: Delimiter) -> bool {
        matches!(self.kind(), Some(Kind::Open(found, _)) if found == delimiter)
    }

    pub(super) fn closes(&self) -> bool {
        matches!(self.kind(), Some(Kind::Close(_)) | None)
    }

    /// The token behind the group that begins here.
    pub(super) fn behind_group(&self) -> Option<usize> {
        match self.kind() {
            Some(Kind::Open(_, end)) => Some(end + 1),
            _ => None,
        }
    }

    pub(super) fn skip_punct(&mut self, character: char) -> Option<()> {
        self.is_punct(character).then(|| self.at += 1)
    }

    pub(super) fn skip_if(&mut self, character: char) -> bool {
        self.skip_punct(character).is_some()
    }

    pub(super) fn open(&mut self, delimiter: Delimiter) -> Option<()> {
        self.opens(delimiter).then(|| self.at += 1)
    }

    pub(super) fn close(&mut self) -> Option<()> {
        matches!(self.kind(), Some(Kind::Close(_))).then(|| self.at += 1)
    }

    /// Pushes the token's own text.
    pub(super) fn token(&mut self) {
        let tokens = self.tokens;
        self.layout.word(tokens.text(self.at));
        self.at += 1;
    }

    pub(super) fn name(&mut self) -> Option<()> {
        (self.kind() == Some(Kind::Word)).then(|| self.token())
    }

    /// Pushes a keyword and a space where it stands.
    pub(super) fn keyword_if(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.layout.words([word, " "]);
            self.at += 1;
        }
        found
    }

    /// A list to the end of its group: a line for each entry where one line is too short. The
    /// caller has pushed what opens it and pushes what closes it.
    pub(super) fn list(
        &mut self,
        offset: isize,
        mut entry: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.layout.consistent(offset);
        self.layout.gap();
        while !self.closes() {
            entry(self)?;
            self.separator(0)?;
        }
        self.layout.outdent();
        self.layout.end();
        self.close()
    }

    /// What stands behind an entry.
    pub(super) fn separator(&mut self, blank: isize) -> Option<()> {
        let has_comma = self.skip_if(',');
        let is_last = self.closes();
        self.layout.comma(is_last, blank);
        (has_comma || is_last).then_some(())
    }
}
