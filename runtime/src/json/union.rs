//! Unions: which member a JSON value is, decided from the text before any member is decoded.
//!
//! With a tag, the tag's value says it. Without one, a single pass over the value's keys (or its
//! kind, for what is no object) ranks the members; they are tried in that order, and when none
//! decodes the value is kept as it came. Everything here is the runtime's and not generic; a
//! generated union is a table and a dispatch on the index of a member.

use super::error::Nature;
use super::model::Field;
use super::rank::{NESTING, candidates, scalar_text};
use super::reader::Enclosing;
use super::{Json, Literal, Reader, Result};
use crate::validate::Rules;

/// One of several types, with room for what the document does not describe.
///
/// [`impl_union!`](crate::impl_union) turns it into [`Json`], `Debug` and `PartialEq`.
pub trait Union: Sized {
    /// The type's name, for messages.
    const NAME: &'static str;

    /// The key whose value says which member it is; without one, members are told apart by shape.
    const TAG: Option<&'static str>;

    /// The members in the order in which `read` counts them.
    const VARIANTS: &'static [Variant];

    /// A member with its placeholder, by its index in [`VARIANTS`](Self::VARIANTS); any other index
    /// is the arm for unknown values.
    fn variant(index: usize) -> Self;

    /// What the member holds.
    fn value(&self) -> &dyn Json;

    /// What the member holds, to read into.
    fn value_mut(&mut self) -> &mut dyn Json;

    /// What the document demands of its values; nothing where a request cannot break anything.
    #[must_use]
    fn rules() -> Rules {
        &[]
    }

    /// The table for another union that has this one as a member.
    ///
    /// A function, so that unions can refer to each other in circles.
    #[must_use]
    fn choices() -> Choices {
        Choices {
            tag: Self::TAG,
            variants: Self::VARIANTS,
        }
    }
}

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

type Constants = &'static [(&'static str, &'static [&'static str])];

#[derive(Clone, Copy, Debug)]
pub(super) enum Sign {
    Tagged(&'static [&'static str]),
    Fallback(&'static [&'static str]),
    Object {
        fields: &'static [Field],
        constants: Constants,
    },
    Kind(Kind),
    Strict(Kind),
    Strings(&'static [&'static str]),
    Integers(&'static [i64]),
    Literals(&'static [Literal]),
    ArrayOf(&'static Variant),
    Union(fn() -> Choices),
    Any,
}

impl Variant {
    /// The tag has one of these values.
    #[must_use]
    pub const fn tagged(values: &'static [&'static str]) -> Self {
        Self(Sign::Tagged(values))
    }

    /// The same, and the member of objects whose tag is missing or names no member.
    #[must_use]
    pub const fn fallback(values: &'static [&'static str]) -> Self {
        Self(Sign::Fallback(values))
    }

    /// An object that has all required fields; the more of the others, the better.
    #[must_use]
    pub const fn object(fields: &'static [Field]) -> Self {
        Self(Sign::Object {
            fields,
            constants: &[],
        })
    }

    /// The same object, with keys that have only these strings: where such a key is present and
    /// another member has it with other values, it decides.
    #[must_use]
    pub const fn with_constants(self, constants: Constants) -> Self {
        match self.0 {
            Sign::Object { fields, .. } => Self(Sign::Object { fields, constants }),
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

    /// An array, told from others by its first item.
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

/// A union as the choice sees it.
trait Arms {
    /// Makes it the member of that index, with its placeholder.
    fn become_variant(&mut self, index: usize) -> &mut dyn Json;
}

impl<U: Union> Arms for U {
    #[inline]
    fn become_variant(&mut self, index: usize) -> &mut dyn Json {
        *self = U::variant(index);
        self.value_mut()
    }
}

/// A union that remembers which member it was last made.
struct Noted<U> {
    union: U,
    index: usize,
}

impl<U: Union> Arms for Noted<U> {
    fn become_variant(&mut self, index: usize) -> &mut dyn Json {
        self.index = index;
        self.union.become_variant(index)
    }
}

/// The index of the member that a text is read as.
#[must_use]
pub fn member<U: Union>(text: &[u8]) -> usize {
    let mut noted = Noted {
        union: unknown::<U>(),
        index: UNKNOWN,
    };
    let choices = U::choices();
    // Whether it decodes does not matter: the member is the one that its text asks for.
    let _ = Reader::new(text).choose(&mut noted, choices);
    noted.index
}

/// An index that no member has: the arm for unknown values.
const UNKNOWN: usize = usize::MAX;

/// The placeholder of a union.
#[doc(hidden)]
#[inline]
#[must_use]
pub fn unknown<U: Union>() -> U {
    U::variant(UNKNOWN)
}

impl Reader<'_> {
    /// Reads a union.
    ///
    /// # Errors
    /// When the text is not JSON, or the member that the tag names does not decode.
    #[inline]
    pub fn union<U: Union>(&mut self, slot: &mut U) -> Result {
        self.choose(
            slot,
            Choices {
                tag: U::TAG,
                variants: U::VARIANTS,
            },
        )
    }

    fn choose(&mut self, arms: &mut dyn Arms, choices: Choices) -> Result {
        // Members are read into fresh placeholders, also under a key that came before.
        self.repeated = false;
        let outer = self.union;
        let start = self.next_index();
        let nesting = if start == outer.start {
            outer.nesting + 1
        } else {
            0
        };
        self.union = Enclosing { start, nesting };
        let result = match choices.tag {
            // Unions that are each other's members would go round without reading a byte.
            _ if nesting > NESTING => arms.become_variant(UNKNOWN).read(self),
            Some(tag) => {
                let variant = self.tagged(tag, choices.variants);
                arms.become_variant(variant).read(self)
            }
            None => self.untagged(arms, choices.variants),
        };
        self.union = outer;
        result
    }

    /// The member that the value of the tag names.
    fn tagged(&self, tag: &str, variants: &[Variant]) -> usize {
        // A second parser looks ahead, so there is nothing to go back from.
        let mut probe = self.jiter.clone();
        let mut next = probe.next_object();
        let fallback = || {
            let is_fallback = |variant: &Variant| matches!(variant.0, Sign::Fallback(_));
            variants.iter().position(is_fallback).unwrap_or(UNKNOWN)
        };
        loop {
            match next {
                Ok(Some(key)) if key == tag => break,
                Ok(Some(_)) => {}
                Ok(None) => return fallback(),
                Err(_) => return UNKNOWN,
            }
            if probe.next_skip().is_err() {
                return UNKNOWN;
            }
            next = probe.next_key();
        }
        let names = |text: &str| {
            variants.iter().position(|variant| match variant.0 {
                Sign::Tagged(values) | Sign::Fallback(values) => values.contains(&text),
                _ => false,
            })
        };
        let member = scalar_text(&mut probe).and_then(names);
        member.unwrap_or_else(fallback)
    }

    fn untagged(&mut self, arms: &mut dyn Arms, variants: &'static [Variant]) -> Result {
        let place = self.place();
        let start = self.jiter.current_index();
        for variant in candidates(&self.jiter, variants) {
            let halt = match arms.become_variant(variant).read(self) {
                Ok(()) => return Ok(()),
                Err(halt) => halt,
            };
            if self
                .failure
                .as_ref()
                .is_some_and(|failure| failure.nature == Nature::Syntax)
            {
                return Err(halt);
            }
            let read = self.jiter.current_index() - start;
            self.failure = None;
            self.go_back(&place);
            if read > self.credit {
                break;
            }
            self.credit -= read;
        }
        arms.become_variant(UNKNOWN).read(self)
    }
}
