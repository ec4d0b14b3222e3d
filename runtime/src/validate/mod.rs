//! What a document demands of the values of a request, checked before anything is sent: only when
//! the caller asks for it.
//!
//! Generated types and parameters carry tables of [`Rule`]s; a value is checked as the JSON that it
//! is sent as, so that one function that is not generic serves all of them. Whether required fields
//! are there is not checked here: the types see to that. What only the server sets is not checked.

mod check;
mod decimal;
mod error;
#[cfg(feature = "patterns")]
mod pattern;

pub use error::{ValidationError, Violation};

pub(crate) use check::{check, check_text};

use crate::json::{self, Field, Json};

/// What is demanded of one value.
pub type Rules = &'static [Rule];

/// One demand. Each says something of one kind of JSON values and nothing of the others, as the
/// keywords of JSON Schema do.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// `minLength`: a string has at least so many characters.
    MinLength(u64),
    /// `maxLength`: a string has at most so many characters.
    MaxLength(u64),
    /// `pattern`: a regular expression of ECMA 262 matches somewhere in a string.
    Pattern(&'static str),
    /// `minimum`, as the document writes it.
    Minimum(&'static str),
    /// `exclusiveMinimum`: the bound itself is not allowed.
    ExclusiveMinimum(&'static str),
    /// `maximum`.
    Maximum(&'static str),
    /// `exclusiveMaximum`: the bound itself is not allowed.
    ExclusiveMaximum(&'static str),
    /// `multipleOf`.
    MultipleOf(&'static str),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// Each item of a list.
    Items(Rules),
    /// The item of a list at a position.
    Position(usize, Rules),
    /// Each value of a map.
    Values(Rules),
    /// The field of an object, where it is there.
    Field(&'static str, Rules),
    /// The fields of an object that are none of these.
    Rest(&'static [Field], Rules),
    /// The rules of a type. A function, so that types can refer to each other in circles.
    Of(fn() -> Rules),
    /// Which member of a union a text is, and the rules of those that have some.
    Member(fn(&[u8]) -> usize, &'static [(usize, Rules)]),
    /// The value, and all within it, is not to be shown.
    Secret,
}

/// The check of a value against what the document demands of it: lengths, patterns, bounds, counts.
///
/// Every type that can stand in a request has it; where the document demands nothing it finds
/// nothing. A request builder checks its parameters and its body alike:
/// [`PerCall::validate`](crate::PerCall::validate).
pub trait Validate {
    /// Checks the value.
    ///
    /// # Errors
    /// Names everything that is not as the document demands.
    fn validate(&self) -> Result<(), ValidationError>;
}

impl<T: Json> Validate for T {
    fn validate(&self) -> Result<(), ValidationError> {
        let rules = T::rules();
        if rules.is_empty() {
            return Ok(());
        }
        ValidationError::of(check_text(&json::to_vec(self), rules))
    }
}
