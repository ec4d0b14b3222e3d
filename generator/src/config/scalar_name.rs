//! Types without structure, by the words of a configuration.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

use crate::model::{Integer, Scalar, Type, Untyped};
use crate::text_format::TextFormat;

/// A type without structure, as a configuration names it: `bool`, `i8` to `u64`, `f32`, `f64`,
/// `decimal`, `string`, `any`, and the formats of text (`uuid`, `date-time`, `ip` …).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScalarName(Option<Scalar>);

/// The words that are no format of text.
const WORDS: [(&str, Option<Scalar>); 14] = [
    ("any", None),
    ("bool", Some(Scalar::Bool)),
    ("i8", Some(Scalar::Integer(Integer::I8))),
    ("i16", Some(Scalar::Integer(Integer::I16))),
    ("i32", Some(Scalar::Integer(Integer::I32))),
    ("i64", Some(Scalar::Integer(Integer::I64))),
    ("u8", Some(Scalar::Integer(Integer::U8))),
    ("u16", Some(Scalar::Integer(Integer::U16))),
    ("u32", Some(Scalar::Integer(Integer::U32))),
    ("u64", Some(Scalar::Integer(Integer::U64))),
    ("f32", Some(Scalar::F32)),
    ("f64", Some(Scalar::F64)),
    ("decimal", Some(Scalar::Decimal)),
    ("string", Some(Scalar::String)),
];

impl ScalarName {
    /// The type in the model.
    #[must_use]
    pub fn ty(self) -> Type {
        self.0.map_or(Type::Any(Untyped::Configured), Type::Scalar)
    }

    fn of(word: &str) -> Option<Self> {
        let plain = WORDS.iter().find(|(known, _)| *known == word);
        let text = || TextFormat::of_word(word).map(|format| Some(Scalar::Text(format)));
        plain.map(|(_, scalar)| *scalar).or_else(text).map(Self)
    }
}

impl<'de> Deserialize<'de> for ScalarName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::of(&word).ok_or_else(|| {
            let formats = TextFormat::ALL.iter().map(|format| format.facts().word);
            let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).chain(formats).collect();
            let expected = format!("one of {}", words.join(", "));
            D::Error::invalid_value(Unexpected::Str(&word), &expected.as_str())
        })
    }
}
