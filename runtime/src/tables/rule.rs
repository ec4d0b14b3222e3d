//! What a document demands of the values of a request. [`validate`](crate::validate) checks it.

use super::field::Field;

/// What is demanded of one value.
pub type Rules = &'static [Rule];

/// One demand. Each says something of one kind of JSON values and nothing of the others, as the
/// keywords of JSON Schema do.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// `minLength`: a string has at least so many characters.
    MinLength(u64),
    /// `maxLength`: a string has at most so many characters.
    MaxLength(u64),
    /// `pattern`: a regular expression of ECMA 262 matches somewhere in a string.
    Pattern(&'static str),
    /// `minimum`, as the document writes it.
    Minimum(&'static str),
    /// `exclusiveMinimum`: the bound itself is not allowed.
    ExclusiveMinimum(&'static str),
    /// `maximum`.
    Maximum(&'static str),
    /// `exclusiveMaximum`: the bound itself is not allowed.
    ExclusiveMaximum(&'static str),
    /// `multipleOf`.
    MultipleOf(&'static str),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// Each item of a list.
    Items(Rules),
    /// The item of a list at a position.
    Position(usize, Rules),
    /// Each value of a map.
    Values(Rules),
    /// The field of an object, where it is there.
    Field(&'static str, Rules),
    /// The fields of an object that are none of these.
    Rest(&'static [Field], Rules),
    /// The rules of a type. A function, so that types can refer to each other in circles.
    Of(fn() -> Rules),
    /// Which member of a union a text is, and the rules of those that have some.
    Member(fn(&[u8]) -> usize, &'static [(usize, Rules)]),
    /// The value, and all within it, is not to be shown.
    Secret,
}
