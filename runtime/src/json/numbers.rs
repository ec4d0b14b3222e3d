//! Reading numbers: leniently where a value says the same (`1.0` for an integer, `1` for a float),
//! never where it would be changed.

use jiter::NumberInt;

use super::reader::syntax_failure;
use super::{Halt, Reader};

impl Reader<'_> {
    /// Reads a signed integer; `1.0` and `1e3` are integers too.
    ///
    /// # Errors
    /// When the next value is no integer, or too large.
    #[inline]
    pub fn signed(&mut self) -> std::result::Result<i64, Halt> {
        match self.peek() {
            Ok(peek) if peek.is_num() => match self.jiter.known_int(peek) {
                Ok(NumberInt::Int(value)) => Ok(value),
                Err(_) => self.odd_integer(signed_from_text),
            },
            Ok(_) => Err(self.mismatch("an integer")),
            Err(halt) => Err(halt),
        }
    }

    /// Reads an integer that is not negative.
    ///
    /// # Errors
    /// When the next value is no such integer, or too large.
    #[inline]
    pub fn unsigned(&mut self) -> std::result::Result<u64, Halt> {
        match self.peek() {
            Ok(peek) if peek.is_num() => match self.jiter.known_int(peek) {
                Ok(NumberInt::Int(value)) => match u64::try_from(value) {
                    Ok(value) => Ok(value),
                    Err(_) => Err(self.out_of_range("an integer of 64 bits without a sign")),
                },
                Err(_) => self.odd_integer(unsigned_from_text),
            },
            Ok(_) => Err(self.mismatch("an integer")),
            Err(halt) => Err(halt),
        }
    }

    /// Reads any number as a float.
    ///
    /// # Errors
    /// When the next value is no number, or beyond the range of a float.
    #[inline]
    pub fn float(&mut self) -> std::result::Result<f64, Halt> {
        match self.peek() {
            Ok(peek) if peek.is_num() => match self.jiter.known_float(peek) {
                Ok(value) if value.is_finite() => Ok(value),
                Ok(_) => Err(self.out_of_range("a number within the range of a float")),
                Err(error) => Err(self.note(&error)),
            },
            Ok(_) => Err(self.mismatch("a number")),
            Err(halt) => Err(halt),
        }
    }

    /// What the fast path refuses: floats that are whole, and integers of 19 digits and more.
    #[cold]
    fn odd_integer<T>(&mut self, parse: fn(&str) -> Option<T>) -> std::result::Result<T, Halt> {
        let parsed = match self.jiter.next_number_bytes() {
            Ok(bytes) => std::str::from_utf8(bytes).ok().and_then(parse),
            Err(error) => {
                self.failure = Some(Box::new(syntax_failure(&error)));
                return Err(Halt::new());
            }
        };
        match parsed {
            Some(value) => Ok(value),
            None => Err(self.out_of_range("an integer of 64 bits")),
        }
    }
}

fn signed_from_text(text: &str) -> Option<i64> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    whole(text).and_then(|whole| i64::try_from(whole).ok())
}

fn unsigned_from_text(text: &str) -> Option<u64> {
    if let Ok(value) = text.parse() {
        return Some(value);
    }
    whole(text).and_then(|whole| u64::try_from(whole).ok())
}

/// A float that is an integer. Beyond 2^53 a float no longer says which integer was meant.
fn whole(text: &str) -> Option<i128> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let value: f64 = text.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be whole and small"
    )]
    (text.contains(['.', 'e', 'E']) && value.fract() == 0.0 && value.abs() <= EXACT)
        .then_some(value as i128)
}
