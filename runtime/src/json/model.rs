//! The two traits that generated models meet: [`Json`], which everything in a body or a parameter
//! has, and [`Model`], the table and the small functions of one object type.
//!
//! Both are plain on purpose. A model says where its fields are and nothing else: no generic
//! methods, no `?`, no calls that the compiler must resolve one by one. `docs/performance.md` has
//! the measurements behind this form.

use super::{Reader, Result, Writer};
use crate::tables::{Field, Rules};

/// Everything that can stand in a JSON body or in a parameter: every generated type, texts, numbers,
/// truth values, times, lists and maps of these, and any JSON, [`Value`](super::Value).
/// [`from_str`](super::from_str) and [`to_string`](super::to_string) read and write it; what a type has
/// for that is not for callers.
pub trait Json {
    /// A placeholder that [`read`](Self::read) fills: cheap, and never recursive without end.
    #[doc(hidden)]
    fn empty() -> Self
    where
        Self: Sized;

    /// Reads the next value of the text into a placeholder.
    ///
    /// # Errors
    /// When the text is not JSON or does not fit; the reader keeps the details.
    #[doc(hidden)]
    fn read(&mut self, json: &mut Reader<'_>) -> Result;

    /// Writes the value.
    #[doc(hidden)]
    fn write(&self, json: &mut Writer);

    /// Whether an optional field with this value is left out of its object.
    #[doc(hidden)]
    fn is_absent(&self) -> bool {
        false
    }

    /// What the document demands of its values, to be checked before they are sent.
    #[must_use]
    #[doc(hidden)]
    fn rules() -> Rules
    where
        Self: Sized,
    {
        &[]
    }

    /// Reads the value of one key into a map; what is no map has no room for it.
    ///
    /// # Errors
    /// When the value does not fit.
    #[doc(hidden)]
    fn read_entry(&mut self, key: String, json: &mut Reader<'_>) -> Result {
        drop(key);
        json.skip()
    }

    /// Writes the keys and values of a map, without its braces.
    #[doc(hidden)]
    fn write_entries(&self, json: &mut Writer) {
        let _ = json;
    }
}

/// The placeholder of any type, for generated constructors that name no type.
#[inline]
#[must_use]
pub fn empty<T: Json>() -> T {
    T::empty()
}

/// One object type: a table of fields, and where they are. Every model is [`Json`].
///
/// [`impl_model!`](crate::impl_model) adds `Debug` and `PartialEq`.
pub trait Model: Sized {
    /// The type's name, for `Debug` and for messages.
    const NAME: &'static str;

    /// The fields in the order in which they are written and counted.
    const FIELDS: &'static [Field];

    /// All fields with their placeholders.
    fn empty() -> Self;

    /// A field by its index in [`FIELDS`](Self::FIELDS).
    fn field(&self, index: usize) -> Option<&dyn Json>;

    /// A field by its index in [`FIELDS`](Self::FIELDS), to read into.
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Json>;

    /// What the document demands of its values; nothing where a request cannot break anything.
    #[must_use]
    fn rules() -> Rules {
        &[]
    }
}
