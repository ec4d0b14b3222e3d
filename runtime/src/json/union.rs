//! Unions: which member a JSON value is, decided from the text before any member is decoded.
//!
//! With a tag, the tag's value says it. Without one, a single pass over the value's keys (or its
//! kind, for what is no object) ranks the members; they are tried in that order. When none decodes,
//! nor the one that the tag names, the value is kept as it came, and [`why`] says what was wrong.
//! Everything here is the runtime's and not generic; a generated union is a table and a dispatch on
//! the index of a member.

use super::error::{Failure, Nature, Step};
use super::fit::NESTING;
use super::rank::{candidates, scalar_text};
use super::reader::{Enclosing, Fallen};
use super::variant::{Choices, Sign, Variant};
use super::{DecodeError, Halt, Json, Reader, Result, Value};
use crate::tables::Rules;

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
    /// When the text is not JSON.
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
        let order = match choices.tag {
            // Unions that are each other's members would go round without reading a byte.
            _ if nesting > NESTING => Vec::new(),
            Some(tag) => self.tagged(tag, choices.variants),
            None => self.among(choices.variants, &|_| true),
        };
        let result = self.try_all(arms, &order);
        self.union = outer;
        result
    }

    /// The members that the value of the tag names; where it is missing, those that may lack it.
    fn tagged(&self, tag: &str, variants: &'static [Variant]) -> Vec<usize> {
        // A second parser looks ahead, so there is nothing to go back from.
        let mut probe = self.jiter.clone();
        let mut next = probe.next_object();
        loop {
            match next {
                Ok(Some(key)) if key == tag => break,
                Ok(Some(_)) => {}
                Ok(None) => {
                    let may_lack = |sign: &Sign| matches!(sign, Sign::Shaped(..));
                    let fallback = fallback(variants);
                    return if fallback.is_empty() {
                        self.among(variants, &may_lack)
                    } else {
                        fallback
                    };
                }
                Err(_) => return Vec::new(),
            }
            if probe.next_skip().is_err() {
                return Vec::new();
            }
            next = probe.next_key();
        }
        let Some(text) = scalar_text(&mut probe) else {
            return fallback(variants);
        };
        let is_named = |sign: &Sign| sign.tags().is_some_and(|tags| tags.contains(&text));
        let mut named = variants.iter().enumerate();
        let first = named.find(|(_, variant)| is_named(&variant.0));
        match (first, named.any(|(_, variant)| is_named(&variant.0))) {
            (None, _) => fallback(variants),
            (Some((only, _)), false) => vec![only],
            (Some(_), true) => self.among(variants, &is_named),
        }
    }

    /// Of these members those that the shape of the value tells, best first.
    fn among(&self, variants: &'static [Variant], is_asked: &dyn Fn(&Sign) -> bool) -> Vec<usize> {
        let asked: Vec<(usize, &'static Sign)> = variants
            .iter()
            .enumerate()
            .filter(|(_, variant)| is_asked(&variant.0))
            .map(|(index, variant)| (index, &variant.0))
            .collect();
        let signs: Vec<&'static Sign> = asked.iter().map(|(_, sign)| *sign).collect();
        let places = candidates(&self.jiter, &signs);
        let found = places.into_iter().filter_map(|place| asked.get(place));
        found.map(|(index, _)| *index).collect()
    }

    /// Reads the first of these members that decodes, or else the value as it is.
    fn try_all(&mut self, arms: &mut dyn Arms, order: &[usize]) -> Result {
        let place = self.place();
        let start = self.jiter.current_index();
        let mut furthest: Option<Box<Failure>> = None;
        for member in order.iter().copied() {
            self.fallen = None;
            let failure = match arms.become_variant(member).read(self) {
                Ok(()) => match self
                    .fallen
                    .take_if(|fallen| fallen.start == self.union.start)
                {
                    None => return Ok(()),
                    // A union that is the member knows no more than this one.
                    Some(fallen) => fallen.failure,
                },
                Err(halt) if self.failure_is_final() => return Err(halt),
                Err(_) => self.failure.take(),
            };
            if let Some(failure) = failure
                && furthest
                    .as_ref()
                    .is_none_or(|known| known.index < failure.index)
            {
                furthest = Some(failure);
            }
            let read = self.jiter.current_index() - start;
            self.go_back(&place);
            if read > self.credit {
                break;
            }
            self.credit -= read;
        }
        let result = arms.become_variant(UNKNOWN).read(self);
        self.fallen = Some(Fallen {
            start: self.union.start,
            failure: furthest,
        });
        result
    }

    /// Whether no other member could be read either: the text is not JSON.
    fn failure_is_final(&self) -> bool {
        let nature = self.failure.as_ref().map(|failure| failure.nature);
        nature == Some(Nature::Syntax)
    }
}

/// The member that stands for all values of the tag which name none.
fn fallback(variants: &[Variant]) -> Vec<usize> {
    let is_fallback = |variant: &Variant| matches!(variant.0, Sign::Fallback(_));
    variants.iter().position(is_fallback).into_iter().collect()
}

/// Why a value is none of a union's members; nothing where it is one.
///
/// The value is read once more, so that reading a union remembers nothing.
#[must_use]
pub fn why<U: Union>(value: &Value) -> Option<DecodeError> {
    let mut union = unknown::<U>();
    explain(&super::to_vec(value), &mut union, U::NAME, U::choices())
}

fn explain(text: &[u8], arms: &mut dyn Arms, name: &str, choices: Choices) -> Option<DecodeError> {
    let mut reader = Reader::new(text);
    if let Err(Halt { .. }) = reader.choose(arms, choices) {
        let failure = reader.failure.take()?;
        return Some(DecodeError::new(&failure, text));
    }
    let fallen = reader.fallen.take_if(|fallen| fallen.start == 0)?;
    let failure = fallen
        .failure
        .or_else(|| each_alone(text, arms, choices))
        .unwrap_or_else(|| Box::new(unnamed(text, name, choices.tag)));
    Some(DecodeError::new(&failure, text))
}

/// What the members say that were not even tried: that of the one which gets furthest.
fn each_alone(text: &[u8], arms: &mut dyn Arms, choices: Choices) -> Option<Box<Failure>> {
    if choices.tag.is_some() {
        return None;
    }
    let failures = (0..choices.variants.len()).filter_map(|member| {
        let mut reader = Reader::new(text);
        let _ = arms.become_variant(member).read(&mut reader);
        reader.failure
    });
    failures.reduce(|best, other| {
        if other.index > best.index {
            other
        } else {
            best
        }
    })
}

/// Of a value that says by itself that it is no member.
fn unnamed(text: &[u8], name: &str, tag: Option<&str>) -> Failure {
    let has = |tag: &str| {
        let value: Option<Value> = super::from_slice(text).ok();
        value.is_some_and(|value| value.get(tag).is_some())
    };
    let (message, steps) = match tag {
        Some(tag) if has(tag) => (
            format!("`{tag}` names no member of {name}"),
            vec![Step::Key(tag.to_owned())],
        ),
        Some(tag) => (
            format!("no `{tag}` that names a member of {name}"),
            Vec::new(),
        ),
        None => (format!("no member of {name} lists such values"), Vec::new()),
    };
    Failure {
        nature: Nature::Shape,
        message,
        index: 0,
        steps,
    }
}
