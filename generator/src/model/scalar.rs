//! Scalars: what stands in JSON as one text, number or truth value.

use crate::text_format::TextFormat;

/// A value with no structure of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scalar {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer(Integer),
    /// A number of 32 bits.
    F32,
    /// A number of 64 bits.
    F64,
    /// Text.
    String,
    /// Text of a format that has a type of its own.
    Text(TextFormat),
    /// Bytes as they are: a file in a multipart body, a binary response.
    Binary,
    /// A number with all its digits.
    Decimal,
    /// `null` and nothing else.
    Null,
}

/// The width and sign of a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Integer {
    /// 8 bits, signed.
    I8,
    /// 16 bits, signed.
    I16,
    /// 32 bits, signed.
    I32,
    /// 64 bits, signed.
    I64,
    /// 8 bits, unsigned.
    U8,
    /// 16 bits, unsigned.
    U16,
    /// 32 bits, unsigned.
    U32,
    /// 64 bits, unsigned.
    U64,
}

impl Integer {
    /// The least and the most that it holds.
    #[must_use]
    pub fn bounds(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (0, u8::MAX.into()),
            Self::U16 => (0, u16::MAX.into()),
            Self::U32 => (0, u32::MAX.into()),
            Self::U64 => (0, u64::MAX.into()),
        }
    }

    /// The least that holds what either does; of 64 bits with a sign, where one has a sign and the
    /// other has not.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.is_signed() == other.is_signed() {
            self.max(other)
        } else {
            Self::I64
        }
    }

    /// Whether it has values that a float of 64 bits rounds.
    #[must_use]
    pub fn is_beyond_floats(self) -> bool {
        matches!(self, Self::I64 | Self::U64)
    }

    fn is_signed(self) -> bool {
        self <= Self::I64
    }
}
