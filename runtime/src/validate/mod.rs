//! What a document demands of the values of a request, checked before anything is sent: only when
//! the caller asks for it.
//!
//! Generated types and parameters carry tables of [`Rule`](crate::tables::Rule)s; a value is checked as the JSON that it
//! is sent as, so that one function that is not generic serves all of them. Whether required fields
//! are there is not checked here: the types see to that. What only the server sets is not checked.

mod check;
mod decimal;
mod error;
#[cfg(feature = "patterns")]
mod pattern;

pub use error::{ValidationError, Violation};

pub(crate) use check::{check, check_text};

use crate::json::{self, Json};

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
