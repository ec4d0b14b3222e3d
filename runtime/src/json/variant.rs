//! How a union's members are recognised: the tables that generated unions are made of.
//!
//! Plain static data. `rank` compares a value with them, `union` reads what they say.

use super::Literal;
use crate::tables::Field;

/// A union's table.
#[derive(Clone, Copy, Debug)]
pub struct Choices {
    pub(super) tag: Option<&'static str>,
    pub(super) variants: &'static [Variant],
}

/// The kinds of JSON values; a number without fraction and exponent is an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// `1`
    Integer,
    /// `1.5`
    Number,
    /// `"text"`
    String,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

/// How to recognise one member of a union.
#[derive(Clone, Copy, Debug)]
pub struct Variant(pub(super) Sign);

/// How much an object has room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Other keys are let be.
    Open,
    /// The document allows no other keys.
    Closed,
    /// It has the keys of several members.
    Several,
}

/// Keys of an object with what their values look like.
pub(super) type Keys = &'static [(&'static str, Variant)];

#[derive(Clone, Copy, Debug)]
pub(super) enum Sign {
    Tagged(&'static [&'static str], &'static [Field]),
    Fallback(&'static [&'static str]),
    Shaped(&'static Variant, &'static Variant),
    Object {
        fields: &'static [Field],
        keys: Keys,
        extent: Extent,
    },
    Kind(Kind),
    Strict(Kind),
    Strings(&'static [&'static str]),
    Integers(&'static [i64]),
    Literals(&'static [Literal]),
    Constant(&'static Variant),
    ArrayOf(&'static Variant),
    Union(fn() -> Choices),
    Any,
}

impl Variant {
    /// The tag has one of these values.
    #[must_use]
    pub const fn tagged(values: &'static [&'static str]) -> Self {
        Self(Sign::Tagged(values, &[]))
    }

    /// The same tagged member with its fields: where the union is a member of another, one that
    /// lacks a required key fits less than what has all of its own.
    #[must_use]
    pub const fn with_fields(self, fields: &'static [Field]) -> Self {
        match self.0 {
            Sign::Tagged(values, _) => Self(Sign::Tagged(values, fields)),
            _ => self,
        }
    }

    /// The same, and the member of objects whose tag is missing or names no member.
    #[must_use]
    pub const fn fallback(values: &'static [&'static str]) -> Self {
        Self(Sign::Fallback(values))
    }

    /// A tagged member that the tag alone does not tell: another has the same tag, or the tag may be
    /// missing. Its shape says the rest.
    #[must_use]
    pub const fn shaped(tagged: &'static Self, shape: &'static Self) -> Self {
        Self(Sign::Shaped(tagged, shape))
    }

    /// An object that has all required fields; the more of the others, the better.
    #[must_use]
    pub const fn object(fields: &'static [Field]) -> Self {
        Self(Sign::Object {
            fields,
            keys: &[],
            extent: Extent::Open,
        })
    }

    /// The same object, with what stands behind those of its keys that tell it from other members:
    /// lists of values, kinds, objects with keys of their own.
    #[must_use]
    pub const fn with_keys(self, keys: Keys) -> Self {
        match self.0 {
            Sign::Object { fields, extent, .. } => Self(Sign::Object {
                fields,
                keys,
                extent,
            }),
            _ => self,
        }
    }

    /// The same object, to which the document allows no other keys: one that has some is rather
    /// another member.
    #[must_use]
    pub const fn closed(self) -> Self {
        self.of_extent(Extent::Closed)
    }

    /// An object that has room for what is several of the other members at once; where a value is
    /// none of them, it is not this one either.
    #[must_use]
    pub const fn several(self) -> Self {
        self.of_extent(Extent::Several)
    }

    const fn of_extent(self, extent: Extent) -> Self {
        match self.0 {
            Sign::Object { fields, keys, .. } => Self(Sign::Object {
                fields,
                keys,
                extent,
            }),
            _ => self,
        }
    }

    /// Any value of the kind.
    #[must_use]
    pub const fn kind(kind: Kind) -> Self {
        Self(Sign::Kind(kind))
    }

    /// A value of the kind that must also parse (a UUID, a date-time): tried before plain ones.
    #[must_use]
    pub const fn strict(kind: Kind) -> Self {
        Self(Sign::Strict(kind))
    }

    /// A string enum: its values are tried first, other strings last.
    #[must_use]
    pub const fn strings(values: &'static [&'static str]) -> Self {
        Self(Sign::Strings(values))
    }

    /// An integer enum: its values are tried first, other integers last.
    #[must_use]
    pub const fn integers(values: &'static [i64]) -> Self {
        Self(Sign::Integers(values))
    }

    /// An enum of values of several kinds: its values are tried first, other scalars last.
    #[must_use]
    pub const fn literals(values: &'static [Literal]) -> Self {
        Self(Sign::Literals(values))
    }

    /// The only value that a key may have which must be there: where members differ in it, a value
    /// that is new is a member that is new. In longer lists it is just a value that is new.
    #[must_use]
    pub const fn constant(list: &'static Self) -> Self {
        Self(Sign::Constant(list))
    }

    /// An array, told from others by its items.
    #[must_use]
    pub const fn array_of(item: &'static Self) -> Self {
        Self(Sign::ArrayOf(item))
    }

    /// Another union: `<Other as rt::Union>::choices`.
    #[must_use]
    pub const fn union(choices: fn() -> Choices) -> Self {
        Self(Sign::Union(choices))
    }

    /// Any value at all, tried last.
    #[must_use]
    pub const fn any() -> Self {
        Self(Sign::Any)
    }
}
