//! What the stages have to say about a document: gathered, never thrown at the first.
//!
//! A diagnostic names its place by JSON pointer and knows nothing of lines: the pointer is looked
//! up in the source text ([`crate::read::Sources::locate`]) only when something is printed, by
//! [`render`]. Every stage relies on this module; it relies on none and prints nothing itself.

mod code;
mod moves;
mod pointer;
pub mod render;

pub use code::Code;
pub use moves::Moves;
pub use pointer::{Pointer, Segments};

use std::fmt;

/// How much a diagnostic weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be generated, or only at the price of leaving something out.
    Error,
    /// The meaning was plain enough to go on, but the document should be repaired.
    Warning,
    /// Worth knowing; nothing is wrong.
    Note,
}

impl Severity {
    /// The word that stands in front of the message and in the JSON form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing to say about one place of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// Which kind of trouble it is, for machines and for looking it up.
    pub code: Code,
    /// Where it is, in the document as it was read.
    pub pointer: Pointer,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What would repair it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Adds what would repair it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }
}

/// How many diagnostics there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Diagnostics of [`Severity::Error`].
    pub errors: usize,
    /// Diagnostics of [`Severity::Warning`].
    pub warnings: usize,
    /// Diagnostics of [`Severity::Note`].
    pub notes: usize,
}

/// Everything gathered so far, in the order in which it was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    moves: Moves,
}

impl Diagnostics {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            list: Vec::new(),
            moves: Moves::new(),
        }
    }

    /// Adds an error; `.help(…)` on what comes back says how to repair it.
    pub fn error(
        &mut self,
        code: Code,
        pointer: impl Into<Pointer>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Error, code, pointer.into(), message.into())
    }

    /// Adds a warning.
    pub fn warn(
        &mut self,
        code: Code,
        pointer: impl Into<Pointer>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Warning, code, pointer.into(), message.into())
    }

    /// Adds a note.
    pub fn note(
        &mut self,
        code: Code,
        pointer: impl Into<Pointer>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Severity::Note, code, pointer.into(), message.into())
    }

    /// Adds a finished diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Takes over everything another stage has gathered.
    pub fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// Whether a stage border has to stop here.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are of each severity.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for diagnostic in &self.list {
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// From here on pointers are those of the upgraded document; what they are given as is turned
    /// into places of the document as it was written.
    pub fn set_moves(&mut self, moves: Moves) {
        self.moves = moves;
    }

    /// Notes one more move, of what stands at `from` in the upgraded document.
    pub(crate) fn moved(&mut self, from: &Pointer, to: &Pointer) {
        let original = self.moves.original(from.clone());
        self.moves.convert(&original, to);
    }

    /// Notes that a copy of what stands at `from` in the upgraded document was put at `to`.
    pub(crate) fn copied(&mut self, from: &Pointer, to: &Pointer) {
        let [from, to] = [from, to].map(|place| self.moves.original(place.clone()));
        self.moves.copy(&from, &to);
    }

    /// Where the thing at `current` of the upgraded document was written.
    pub(crate) fn original(&self, current: Pointer) -> Pointer {
        self.moves.original(current)
    }

    /// Whether what stands at `current` of the upgraded document is what somebody means by `named`:
    /// the place where it was written, or the one where it stands now.
    pub(crate) fn is_at(&self, current: &Pointer, named: &Pointer) -> bool {
        current == named || self.moves.original(current.clone()) == *named
    }

    /// Where the thing at `original` stands in the upgraded document, if it moved.
    pub(crate) fn current(&self, original: &Pointer) -> Option<Pointer> {
        self.moves.current(original)
    }

    /// An empty list that knows of the same moves: for a stage that runs a second time.
    pub(crate) fn muted(&self) -> Self {
        Self {
            list: Vec::new(),
            moves: self.moves.clone(),
        }
    }

    /// Ends what [`Self::set_moves`] began.
    pub fn take_moves(&mut self) -> Moves {
        std::mem::take(&mut self.moves)
    }

    /// How many there are in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    fn add(
        &mut self,
        severity: Severity,
        code: Code,
        pointer: Pointer,
        message: String,
    ) -> &mut Diagnostic {
        let place = self.list.len();
        let pointer = self.moves.original(pointer);
        self.list.push(Diagnostic {
            severity,
            code,
            pointer,
            message,
            help: None,
        });
        // It was pushed on the line above.
        &mut self.list[place]
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
