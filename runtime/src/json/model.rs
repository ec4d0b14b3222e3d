//! The two traits that generated models meet: [`Json`], which everything in a body or a parameter
//! has, and [`Model`], the table and the small functions of one object type.
//!
//! Both are plain on purpose: concrete reader and writer, no generic methods, no `?`, so that
//! checking an implementation costs the compiler next to nothing.

use super::{Reader, Result, Writer};

/// Everything that can stand in a JSON body or in a parameter.
pub trait Json: Sized {
    /// A placeholder that [`read`](Self::read) fills: cheap, and never recursive without end.
    fn empty() -> Self;

    /// Reads the next value of the text into a placeholder.
    ///
    /// # Errors
    /// When the text is not JSON or does not fit; the reader keeps the details.
    fn read(&mut self, json: &mut Reader<'_>) -> Result;

    /// Writes the value.
    fn write(&self, json: &mut Writer);

    /// Whether an optional field with this value is left out of its object.
    fn is_absent(&self) -> bool {
        false
    }
}

/// The placeholder of any type, for generated constructors that name no type.
#[inline]
#[must_use]
pub fn empty<T: Json>() -> T {
    T::empty()
}

/// One object type: a table of fields and functions that dispatch on a field's index.
///
/// [`impl_model!`](crate::impl_model) turns it into [`Json`], `Debug` and `PartialEq`.
pub trait Model: Sized {
    /// The type's name, for `Debug` and for messages.
    const NAME: &'static str;

    /// The fields in the order in which `read` counts them.
    const FIELDS: &'static [Field];

    /// How many fields take their members from the same object as this type (`allOf` with a
    /// union); [`read_flattened`](Self::read_flattened) counts them.
    const FLATTENED: usize = 0;

    /// All fields with their placeholders.
    fn empty() -> Self;

    /// Reads the value of a field, by its index in [`FIELDS`](Self::FIELDS).
    ///
    /// # Errors
    /// When the value does not fit the field.
    fn read(&mut self, field: usize, json: &mut Reader<'_>) -> Result;

    /// Writes the fields in order.
    fn write(&self, json: &mut Writer);

    /// Reads the value of a key that is no field's; [`Reader::entry`] knows the key.
    ///
    /// # Errors
    /// When the value does not fit.
    #[inline]
    fn read_extra(&mut self, json: &mut Reader<'_>) -> Result {
        json.skip()
    }

    /// Reads the whole object again into a flattened field.
    ///
    /// # Errors
    /// When the object does not fit.
    #[inline]
    fn read_flattened(&mut self, index: usize, json: &mut Reader<'_>) -> Result {
        let _ = index;
        json.skip()
    }
}

/// A field of a [`Model`], as the wire knows it.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(super) name: &'static str,
    pub(super) presence: Presence,
    pub(super) secrecy: Secrecy,
}

/// Whether an object without the field can be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
}

/// Whether `Debug` shows the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Secrecy {
    Shown,
    Redacted,
}

impl Field {
    /// A field without which the object does not decode.
    #[must_use]
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            presence: Presence::Required,
            secrecy: Secrecy::Shown,
        }
    }

    /// A field that may be left out.
    #[must_use]
    pub const fn optional(name: &'static str) -> Self {
        Self {
            name,
            presence: Presence::Optional,
            secrecy: Secrecy::Shown,
        }
    }

    /// The same field, with its value hidden from `Debug`.
    #[must_use]
    pub const fn secret(mut self) -> Self {
        self.secrecy = Secrecy::Redacted;
        self
    }

    /// The name on the wire.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}
