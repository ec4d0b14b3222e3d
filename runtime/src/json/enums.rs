//! Enums that stay open: a value the document does not list is kept and written back as it came.

use super::variant::Kind;
use super::{Json, Reader, Result, Value, Writer};

/// An enum of strings.
///
/// [`impl_open_enum!`](crate::impl_open_enum) turns it into [`Json`], `Display`, `From<&str>`
/// and the rest.
pub trait OpenEnum: Clone + 'static {
    /// The type's name.
    const NAME: &'static str;

    /// The values that the document lists.
    const VALUES: &'static [&'static str];

    /// The variants of these, in their order.
    const VARIANTS: &'static [Self];

    /// The value on the wire.
    fn as_str(&self) -> &str;

    /// The open variant.
    fn unknown(value: String) -> Self;

    /// The variant of a value; what the document does not list is kept in the open one. Not written out
    /// for each enum: to check a match of texts takes the compiler as long as all else.
    #[must_use]
    fn from_value(value: &str) -> Self {
        let place = Self::VALUES.iter().position(|known| *known == value);
        match place.and_then(|place| Self::VARIANTS.get(place)) {
            Some(variant) => variant.clone(),
            None => Self::unknown(value.to_owned()),
        }
    }
}

/// An enum of integers.
///
/// [`impl_open_int_enum!`](crate::impl_open_int_enum) turns it into [`Json`] and the rest.
pub trait OpenIntEnum: Sized {
    /// The type's name.
    const NAME: &'static str;

    /// The values that the document lists.
    const VALUES: &'static [i64];

    /// The value on the wire.
    fn as_i64(&self) -> i64;

    /// The variant of a value; what the document does not list is kept in the open one.
    fn from_value(value: i64) -> Self;
}

/// An enum whose values are of several kinds.
///
/// [`impl_open_literal_enum!`](crate::impl_open_literal_enum) turns it into [`Json`] and the rest.
pub trait OpenLiteralEnum: Sized {
    /// The type's name.
    const NAME: &'static str;

    /// The values that the document lists, in the order in which `from_literal` counts them.
    const VALUES: &'static [Literal];

    /// The value on the wire.
    fn as_literal(&self) -> LiteralValue<'_>;

    /// The variant of an index in [`VALUES`](Self::VALUES); any other index is the open variant,
    /// which keeps the value.
    fn from_literal(index: usize, value: Value) -> Self;
}

/// The value of an enum whose values are of several kinds.
#[derive(Clone, Copy, Debug)]
pub enum LiteralValue<'a> {
    /// The value at this index of the enum's [`VALUES`](OpenLiteralEnum::VALUES).
    Listed(usize),
    /// A value that the document does not list.
    Unlisted(&'a Value),
}

/// One value of an enum whose values are of several kinds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// A string.
    Str(&'static str),
    /// An integer.
    Int(i64),
    /// A number that is no integer.
    Float(f64),
    /// A boolean.
    Bool(bool),
}

impl Literal {
    /// The literal as a JSON value.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self {
            Self::Str(text) => Value::from(text),
            Self::Int(value) => Value::from(value),
            Self::Float(value) => Value::from(value),
            Self::Bool(value) => Value::from(value),
        }
    }

    fn equals(self, value: &Value) -> bool {
        match self {
            Self::Str(text) => value.as_str() == Some(text),
            // `1.0` is an integer too.
            Self::Int(integer) => match value.as_i64() {
                Some(value) => value == integer,
                None => value
                    .as_f64()
                    .is_some_and(|value| Value::from(integer).as_f64() == Some(value)),
            },
            Self::Float(float) => value.as_f64() == Some(float),
            Self::Bool(boolean) => value.as_bool() == Some(boolean),
        }
    }

    /// Whether a scalar of the kind, as it is written, is this literal.
    pub(super) fn is(self, kind: Kind, text: &str) -> bool {
        match self {
            Self::Str(literal) => kind == Kind::String && text == literal,
            Self::Bool(literal) => kind == Kind::Bool && text.parse() == Ok(literal),
            Self::Int(literal) => kind == Kind::Integer && text.parse() == Ok(literal),
            Self::Float(literal) => {
                matches!(kind, Kind::Integer | Kind::Number) && text.parse() == Ok(literal)
            }
        }
    }
}

impl Reader<'_> {
    /// Reads a string enum.
    ///
    /// # Errors
    /// When the next value is no string.
    #[inline]
    pub fn open_enum<E: OpenEnum>(&mut self, slot: &mut E) -> Result {
        match self.text() {
            Ok(text) => {
                *slot = E::from_value(text);
                Ok(())
            }
            Err(halt) => Err(halt),
        }
    }

    /// Reads an integer enum.
    ///
    /// # Errors
    /// When the next value is no integer.
    #[inline]
    pub fn open_int_enum<E: OpenIntEnum>(&mut self, slot: &mut E) -> Result {
        match self.signed() {
            Ok(value) => {
                *slot = E::from_value(value);
                Ok(())
            }
            Err(halt) => Err(halt),
        }
    }

    /// Reads an enum whose values are of several kinds.
    ///
    /// # Errors
    /// When the next value is not JSON.
    pub fn open_literal_enum<E: OpenLiteralEnum>(&mut self, slot: &mut E) -> Result {
        let mut value = Value::Null;
        match value.read(self) {
            Ok(()) => {
                let listed = E::VALUES.iter().position(|literal| literal.equals(&value));
                *slot = E::from_literal(listed.unwrap_or(usize::MAX), value);
                Ok(())
            }
            Err(halt) => Err(halt),
        }
    }
}

impl Writer {
    /// Writes an enum whose values are of several kinds.
    pub fn open_literal_enum<E: OpenLiteralEnum>(&mut self, value: &E) {
        match value.as_literal() {
            LiteralValue::Listed(index) => match E::VALUES.get(index) {
                Some(literal) => literal.to_value().write(self),
                None => self.null(),
            },
            LiteralValue::Unlisted(value) => value.write(self),
        }
    }
}
