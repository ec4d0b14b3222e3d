//! What went wrong while decoding, and where.
//!
//! Nothing is tracked while all goes well: the first problem is noted in the [`Reader`], and each
//! container that is left on the way out adds its own step to the path. Messages name types and
//! kinds of JSON, never values, because values may be secrets.
//!
//! [`Reader`]: super::Reader

use std::fmt;

use super::Value;

/// The outcome of reading one value; the details of a failure stay in the reader.
pub type Result = std::result::Result<(), Halt>;

/// Reading has stopped. The reader knows why and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt(());

impl Halt {
    pub(super) const fn new() -> Self {
        Self(())
    }
}

/// A JSON text that could not be decoded, with the place of the problem.
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError {
    // Boxed so that a `Result` of a small value stays small.
    details: Box<Details>,
}

#[derive(Clone, PartialEq, Eq)]
struct Details {
    path: String,
    message: String,
    line: usize,
    column: usize,
}

impl DecodeError {
    /// Nothing was to be made of a text.
    pub(crate) fn unread() -> Self {
        Self {
            details: Box::new(Details {
                path: "$".to_owned(),
                message: "the document describes no body".to_owned(),
                line: 1,
                column: 1,
            }),
        }
    }

    /// Where in the document, such as `$.results[3].access_level` or `$["a b"]`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.details.path
    }

    /// What is wrong there. It names no value of the document, only kinds and names of fields.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.details.message
    }

    /// The line in the text, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.details.line
    }

    /// The column in the line, in characters, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.details.column
    }

    /// Of a text that is not even JSON of the wrong kind.
    pub(crate) fn of_whole(message: String) -> Self {
        Self {
            details: Box::new(Details {
                path: "$".to_owned(),
                message,
                line: 1,
                column: 1,
            }),
        }
    }

    pub(super) fn new(failure: &Failure, text: &[u8]) -> Self {
        let before = text.get(..failure.index).unwrap_or(text);
        let mut lines = before.split(|&byte| byte == b'\n');
        let line = lines.clone().count();
        let column = String::from_utf8_lossy(lines.next_back().unwrap_or_default())
            .chars()
            .count()
            + 1;
        let mut path = String::from("$");
        for step in failure.steps.iter().rev() {
            step.write(&mut path);
        }
        let message = failure.message.clone();
        Self {
            details: Box::new(Details {
                path,
                message,
                line,
                column,
            }),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Details {
            path,
            message,
            line,
            column,
        } = &*self.details;
        write!(
            formatter,
            "{message} at {path} (line {line}, column {column})"
        )
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DecodeError")
            .field("path", &self.details.path)
            .field("message", &self.details.message)
            .field("line", &self.details.line)
            .field("column", &self.details.column)
            .finish()
    }
}

impl std::error::Error for DecodeError {}

/// The problem as the reader notes it.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) nature: Nature,
    pub(super) message: String,
    /// Byte offset in the text.
    pub(super) index: usize,
    /// Innermost first: each container adds its step when it is left.
    pub(super) steps: Vec<Step>,
}

/// Whether another reading of the same text could succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// The text is not JSON, or nested too deep: no type can decode it.
    Syntax,
    /// The text is JSON of another shape: another member of a union may fit.
    Shape,
}

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    pub(crate) fn write(&self, path: &mut String) {
        match self {
            Self::Index(index) => {
                path.push('[');
                path.push_str(&index.to_string());
                path.push(']');
            }
            Self::Key(key) if is_identifier(key) => {
                path.push('.');
                path.push_str(key);
            }
            Self::Key(key) => {
                path.push('[');
                path.push_str(&Value::from(key.as_str()).to_string());
                path.push(']');
            }
        }
    }
}

/// Whether a name can stand unquoted in a path or in `Debug` output.
pub(super) fn is_identifier(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte == b'$')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$')
}
