//! Absent, null and value told apart, where a request can express all three.

use super::{Json, Reader, Result, Writer};
use crate::tables::Rules;

/// A field of a PATCH body: leave it alone, clear it, or set it. An `Option` turns into one; `None` is
/// null.
///
/// ```
/// use clientsmith_runtime::Nullable;
///
/// assert_eq!(Nullable::<u8>::default(), Nullable::Absent);
/// assert_eq!(Nullable::from(Some(1)).into_option(), Some(1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nullable<T> {
    /// The field is left out: the server keeps what it has.
    #[default]
    Absent,
    /// The field is `null`: the server clears it.
    Null,
    /// The field has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value by reference, if there is one.
    pub const fn as_ref(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value by mutable reference, if there is one.
    pub const fn as_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one; absent and null become the same.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The same with the value behind a pointer, as large values are kept.
    #[must_use]
    pub fn boxed(self) -> Nullable<Box<T>> {
        match self {
            Self::Value(value) => Nullable::Value(Box::new(value)),
            Self::Null => Nullable::Null,
            Self::Absent => Nullable::Absent,
        }
    }

    /// Whether the field is left out.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the field is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the field has a value.
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    /// `None` is null: who passes an option has said something about the field.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl<T: Json> Nullable<T> {
    /// Sets a placeholder to read into. Apart from the reading, so that in an unoptimised build the
    /// placeholder's copies are off the stack before what is inside is read.
    fn fill(&mut self) -> Option<&mut T> {
        *self = Self::Value(T::empty());
        self.as_mut()
    }
}

impl<T: Json> Json for Nullable<T> {
    #[inline]
    fn empty() -> Self {
        Self::Absent
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        if json.null() {
            *self = Self::Null;
            return Ok(());
        }
        match self.fill() {
            Some(value) => value.read(json),
            None => Ok(()),
        }
    }

    fn write(&self, json: &mut Writer) {
        match self {
            Self::Value(value) => value.write(json),
            Self::Absent | Self::Null => json.null(),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        Self::is_absent(self)
    }

    fn rules() -> Rules {
        T::rules()
    }
}
