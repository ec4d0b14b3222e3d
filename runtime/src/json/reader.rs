//! The reader: a position in a JSON text, and what went wrong.
//!
//! Tokens come from `jiter`, a pull parser; here are the typed reads above it (strings, numbers,
//! arrays, maps), the depth limit and the notes on a failure. Objects with a table are in
//! `record`, unions in `union`. Concrete on purpose: generated code calls it without generics.

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use super::error::{Failure, Nature, Step};
use super::{DecodeError, Halt, Json, Result};

/// How deep arrays and objects may nest in what is decoded; deeper is an error.
///
/// The same as the limit of `serde_json`, and low enough for a thread with a 2 MB stack in an
/// unoptimised build.
pub const DEPTH_LIMIT: usize = 128;

/// How often the text may be read again, in all, because a union's best candidate did not decode.
///
/// Without a bound, a hostile text could double the work at each of its levels.
const REREADS: usize = 8;

/// A position in a JSON text.
#[derive(Debug)]
pub struct Reader<'j> {
    pub(super) text: &'j [u8],
    pub(super) jiter: Jiter<'j>,
    pub(super) failure: Option<Box<Failure>>,
    /// The last key that was no field's; one buffer for all, so unknown keys allocate nothing.
    pub(super) key: String,
    /// Where the scalar read last begins: a value that does not fit is reported at its start.
    start: usize,
    depth: usize,
    /// Set while a key that came before is read again: the slot is no longer a placeholder.
    pub(super) repeated: bool,
    /// Bytes that may still be read a second time.
    pub(super) credit: usize,
    /// The union that is being read.
    pub(super) union: Enclosing,
    /// The union that was read last, where it is none of its members.
    pub(super) fallen: Option<Fallen>,
}

/// Where the innermost union begins, and how many around it begin there too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Enclosing {
    pub(super) start: usize,
    pub(super) nesting: usize,
}

/// What became of the union that was read last, where it is no member.
#[derive(Debug)]
pub(super) struct Fallen {
    /// Where its value begins.
    pub(super) start: usize,
    /// What the member said that got furthest; nothing where none was tried.
    pub(super) failure: Option<Box<Failure>>,
}

/// A place to go back to.
#[derive(Debug)]
pub(super) struct Location<'j> {
    jiter: Jiter<'j>,
    depth: usize,
}

impl<'j> Reader<'j> {
    /// A reader at the start of a text.
    #[must_use]
    pub fn new(text: &'j [u8]) -> Self {
        Self {
            text,
            jiter: Jiter::new(text),
            failure: None,
            key: String::new(),
            start: 0,
            depth: 0,
            repeated: false,
            credit: text.len().saturating_mul(REREADS),
            union: Enclosing {
                start: usize::MAX,
                nesting: 0,
            },
            fallen: None,
        }
    }

    /// Reads one value that must be the whole text.
    pub(super) fn document(
        mut self,
        read: &mut dyn FnMut(&mut Self) -> Result,
    ) -> std::result::Result<(), DecodeError> {
        let result = match read(&mut self) {
            Ok(()) => match self.jiter.finish() {
                Ok(()) => Ok(()),
                Err(error) => self.syntax(&error),
            },
            Err(halt) => Err(halt),
        };
        result.map_err(|halt| self.into_error(halt))
    }

    pub(super) fn into_error(self, Halt { .. }: Halt) -> DecodeError {
        let failure = self.failure.unwrap_or_else(|| {
            Box::new(Failure {
                nature: Nature::Syntax,
                message: "reading stopped without a reason".to_owned(),
                index: self.start,
                steps: Vec::new(),
            })
        });
        DecodeError::new(&failure, self.text)
    }

    /// Reads a value into a field's placeholder.
    ///
    /// # Errors
    /// When the value does not fit.
    #[inline]
    pub fn read<T: Json>(&mut self, slot: &mut T) -> Result {
        slot.read(self)
    }

    /// Passes over the next value. It must be JSON, but its strings may hold anything.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn skip(&mut self) -> Result {
        match self.jiter.next_skip() {
            Ok(()) => Ok(()),
            Err(error) => self.syntax(&error),
        }
    }

    /// Takes a `null` if one is next.
    #[inline]
    pub fn null(&mut self) -> bool {
        self.next_byte() == Some(b'n') && self.jiter.known_null().is_ok()
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// When the next value is none.
    pub fn boolean(&mut self) -> std::result::Result<bool, Halt> {
        let peek = match self.peek() {
            Ok(peek @ (Peek::True | Peek::False)) => peek,
            Ok(_) => return Err(self.mismatch("a boolean")),
            Err(halt) => return Err(halt),
        };
        match self.jiter.known_bool(peek) {
            Ok(value) => Ok(value),
            Err(error) => Err(self.note(&error)),
        }
    }

    /// Reads a string, without its escapes. It is the caller's until the next read.
    ///
    /// # Errors
    /// When the next value is none.
    #[inline]
    pub fn text(&mut self) -> std::result::Result<&str, Halt> {
        if self.peek()? != Peek::String {
            return Err(self.mismatch("a string"));
        }
        match self.jiter.known_str() {
            Ok(text) => Ok(text),
            Err(error) => {
                // Not through a method: the text above still borrows the parser on this path.
                self.failure = Some(Box::new(syntax_failure(&error)));
                Err(Halt::new())
            }
        }
    }

    /// Reads a string and turns it into something else.
    ///
    /// # Errors
    /// When the next value is no string or `parse` refuses it; `expected` then says what it
    /// should have been, such as "a UUID".
    #[inline]
    pub fn parse<T>(
        &mut self,
        expected: &str,
        parse: fn(&str) -> Option<T>,
    ) -> std::result::Result<T, Halt> {
        let parsed = match self.text() {
            Ok(text) => parse(text),
            Err(halt) => return Err(self.expect_instead(expected, halt)),
        };
        match parsed {
            Some(value) => Ok(value),
            None => Err(self.mismatch_at_start(expected, "a string that is none")),
        }
    }

    /// Reads an array; `item` reads each element.
    ///
    /// # Errors
    /// When the next value is no array, or one of its elements does not fit.
    pub fn array(&mut self, item: &mut dyn FnMut(&mut Self) -> Result) -> Result {
        if self.peek()? != Peek::Array {
            return Err(self.mismatch("an array"));
        }
        self.enter()?;
        let mut next = self.jiter.known_array();
        let mut index = 0;
        loop {
            match next {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) => return self.syntax(&error),
            }
            if let Err(halt) = item(self) {
                return Err(self.step(halt, Step::Index(index)));
            }
            index += 1;
            next = self.jiter.array_step();
        }
        self.leave();
        Ok(())
    }

    /// Reads an object of free keys; `entry` takes each key and reads its value.
    ///
    /// # Errors
    /// When the next value is no object, or one of its values does not fit.
    pub fn object(&mut self, entry: &mut dyn FnMut(String, &mut Self) -> Result) -> Result {
        if self.peek()? != Peek::Object {
            return Err(self.mismatch("an object"));
        }
        self.enter()?;
        let mut before_key = self.jiter.current_index();
        let mut next = self.jiter.known_object();
        loop {
            let key = match next {
                Ok(Some(key)) => key.to_owned(),
                Ok(None) => break,
                Err(error) => return self.syntax(&error),
            };
            if let Err(halt) = entry(key, self) {
                return Err(self.step_of_key_after(halt, before_key));
            }
            before_key = self.jiter.current_index();
            next = self.jiter.next_key();
        }
        self.leave();
        Ok(())
    }

    /// Notes a problem with the value read last; `expected` says what it should have been, such as
    /// "a positive amount".
    #[cold]
    pub fn refuse(&mut self, expected: &str) -> Halt {
        self.mismatch_at_start(expected, "something else")
    }

    /// The next byte that is not space, without taking it.
    #[inline]
    pub(super) fn next_byte(&mut self) -> Option<u8> {
        match self.text.get(self.jiter.current_index()) {
            Some(&byte) if byte > b' ' => Some(byte),
            _ => self.jiter.peek().ok().map(Peek::into_inner),
        }
    }

    /// What kind of value is next; remembers where it begins.
    #[inline]
    pub(super) fn peek(&mut self) -> std::result::Result<Peek, Halt> {
        let index = self.jiter.current_index();
        if let Some(&byte) = self.text.get(index)
            && byte > b' '
        {
            self.start = index;
            return Ok(Peek::new(byte));
        }
        match self.jiter.peek() {
            Ok(peek) => {
                self.start = self.jiter.current_index();
                Ok(peek)
            }
            Err(error) => Err(self.note(&error)),
        }
    }

    /// Where the next value begins.
    pub(super) fn next_index(&mut self) -> usize {
        match self.jiter.peek() {
            Ok(_) | Err(_) => self.jiter.current_index(),
        }
    }

    /// Notes that an array has fewer items than its tuple has places.
    #[cold]
    pub(super) fn too_short(&mut self, places: usize, start: usize) -> Halt {
        let message = format!("expected an array of {places} items, found fewer");
        self.fail(Nature::Shape, message, start)
    }

    #[inline]
    pub(super) fn enter(&mut self) -> Result {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            Err(self.too_deep())
        } else {
            Ok(())
        }
    }

    #[inline]
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    pub(super) fn place(&self) -> Location<'j> {
        Location {
            jiter: self.jiter.clone(),
            depth: self.depth,
        }
    }

    pub(super) fn go_back(&mut self, place: &Location<'j>) {
        self.jiter = place.jiter.clone();
        self.depth = place.depth;
    }

    /// Notes that the next value is of another kind than it should be.
    #[cold]
    pub(super) fn mismatch(&mut self, expected: &str) -> Halt {
        let found = match self.text.get(self.start) {
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            _ => return self.unexpected(),
        };
        // Something that only begins like a value is a syntax error, and must be told from a
        // mismatch: after a mismatch another member of a union is tried.
        let mut probe = self.jiter.clone();
        if let Err(error) = probe.next_skip() {
            return self.note(&error);
        }
        self.mismatch_at_start(expected, found)
    }

    #[cold]
    fn unexpected(&mut self) -> Halt {
        self.fail(Nature::Syntax, "expected value".to_owned(), self.start)
    }

    #[cold]
    pub(super) fn mismatch_at_start(&mut self, expected: &str, found: &str) -> Halt {
        self.fail(
            Nature::Shape,
            format!("expected {expected}, found {found}"),
            self.start,
        )
    }

    /// Sharpens "expected a string" when more is known.
    #[cold]
    fn expect_instead(&mut self, expected: &str, halt: Halt) -> Halt {
        if let Some(failure) = &mut self.failure
            && failure.nature == Nature::Shape
        {
            failure.message = failure.message.replacen("a string", expected, 1);
        }
        halt
    }

    #[cold]
    pub(super) fn out_of_range(&mut self, expected: &str) -> Halt {
        self.mismatch_at_start(expected, "a number that is none")
    }

    #[cold]
    fn too_deep(&mut self) -> Halt {
        let message = format!("nested deeper than {DEPTH_LIMIT} levels");
        self.fail(Nature::Syntax, message, self.start)
    }

    #[cold]
    pub(super) fn fail(&mut self, nature: Nature, message: String, index: usize) -> Halt {
        self.failure = Some(Box::new(Failure {
            nature,
            message,
            index,
            steps: Vec::new(),
        }));
        Halt::new()
    }

    #[cold]
    pub(super) fn syntax(&mut self, error: &JiterError) -> Result {
        Err(self.note(error))
    }

    #[cold]
    pub(super) fn note(&mut self, error: &JiterError) -> Halt {
        self.failure = Some(Box::new(syntax_failure(error)));
        Halt::new()
    }

    /// Adds a step to the path of a failure.
    #[cold]
    pub(super) fn step(&mut self, halt: Halt, step: Step) -> Halt {
        if let Some(failure) = &mut self.failure {
            failure.steps.push(step);
        }
        halt
    }

    /// Adds the key that comes after a position, which is cheaper than keeping every key.
    #[cold]
    pub(super) fn step_of_key_after(&mut self, halt: Halt, before_key: usize) -> Halt {
        let rest = self.text.get(before_key..).unwrap_or_default();
        let skipped = rest.iter().position(|&byte| byte == b'"').unwrap_or(0);
        let mut probe = Jiter::new(rest.get(skipped..).unwrap_or_default());
        let key = probe.next_str().unwrap_or_default().to_owned();
        self.step(halt, Step::Key(key))
    }
}

pub(super) fn syntax_failure(error: &JiterError) -> Failure {
    let message = match &error.error_type {
        JiterErrorType::JsonError(JsonErrorType::RecursionLimitExceeded) => {
            "nested too deep".to_owned()
        }
        kind => kind.to_string(),
    };
    Failure {
        nature: Nature::Syntax,
        message,
        index: error.index,
        steps: Vec::new(),
    }
}
