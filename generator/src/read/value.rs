//! One visitor for JSON and YAML: whatever the format gives becomes a `serde_json::Value`.
//!
//! Deserializing straight into `serde_json::Value` would refuse numbers beyond 64 bits and keys
//! that are no strings, and lose duplicate keys, tags and merge keys in silence. Here each of them
//! is repaired where its meaning is plain and said so at its place.

use super::limits::{MAX_ALIAS_GROWTH, MAX_DEPTH};
use super::value_path::ValuePath;
use crate::diagnostic::{Code, Diagnostics};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::marker::PhantomData;

/// What the text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Yaml,
}

/// The first whole number too big for a `u64`.
const U64_END: f64 = 18_446_744_073_709_551_616.0;

/// The smallest number of an `i64`.
const I64_BEGIN: f64 = -9_223_372_036_854_775_808.0;

/// Which limit of the reader stopped it; the error of serde then only carries the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Depth,
    Aliases,
}

/// What the visitors of one text share.
pub(super) struct State {
    format: Format,
    values_left: Cell<usize>,
    pub(super) limit: Cell<Option<Limit>>,
    pub(super) warnings: RefCell<Diagnostics>,
}

impl State {
    /// A text of `length` bytes cannot spell out more values than bytes; the rest is for aliases.
    pub(super) const fn new(format: Format, length: usize) -> Self {
        Self {
            format,
            values_left: Cell::new(length.saturating_add(MAX_ALIAS_GROWTH)),
            limit: Cell::new(None),
            warnings: RefCell::new(Diagnostics::new()),
        }
    }

    fn warn(&self, code: Code, place: &ValuePath<'_>, message: String) {
        self.warnings
            .borrow_mut()
            .warn(code, place.pointer(), message);
    }
}

/// Reads the value at one place.
pub(super) struct ValueSeed<'a> {
    pub(super) state: &'a State,
    pub(super) place: ValuePath<'a>,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let Some(left) = self.state.values_left.get().checked_sub(1) else {
            self.state.limit.set(Some(Limit::Aliases));
            return Err(D::Error::custom("too many values"));
        };
        self.state.values_left.set(left);
        deserializer.deserialize_any(self)
    }
}

impl ValueSeed<'_> {
    fn check_depth<E: Error>(&self) -> Result<(), E> {
        if self.place.depth < MAX_DEPTH {
            return Ok(());
        }
        self.state.limit.set(Some(Limit::Depth));
        Err(E::custom("nested too deep"))
    }

    fn big_number(&self, float: f64) -> Value {
        let message = "a whole number beyond 64 bits is kept as a floating-point number";
        self.state
            .warn(Code::BigNumber, &self.place, message.to_owned());
        Number::from_f64(float).map_or(Value::Null, Value::Number)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON knows")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    #[expect(clippy::cast_precision_loss, reason = "said in the warning")]
    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(self.big_number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "said in the warning")]
    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(self.big_number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        // serde_json hands whole numbers beyond 64 bits over as floats. Written with an exponent
        // a huge bound is meant as a float, and from 30 digits on nobody spells one out.
        let beyond = (U64_END..1e30).contains(&value) || (-1e30..I64_BEGIN).contains(&value);
        if self.state.format == Format::Json && beyond {
            return Ok(self.big_number(value));
        }
        if let Some(number) = Number::from_f64(value) {
            return Ok(Value::Number(number));
        }
        let message = format!("the number {value} does not exist in JSON; it is read as null");
        self.state.warn(Code::NotANumber, &self.place, message);
        Ok(Value::Null)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.check_depth()?;
        let mut items = Vec::new();
        loop {
            let place = self.place.index(items.len());
            match access.next_element_seed(ValueSeed {
                state: self.state,
                place,
            })? {
                Some(item) => items.push(item),
                None => return Ok(Value::Array(items)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.check_depth()?;
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = access.next_key_seed(KeySeed)? {
            let place = self.place.key(&key);
            let value = access.next_value_seed(ValueSeed {
                state: self.state,
                place,
            })?;
            if self.state.format == Format::Yaml && key == "<<" && can_be_merged(&value) {
                merged.push(value);
            } else if map.contains_key(&key) {
                let message = format!("the key `{key}` stands here twice; the last one counts");
                self.state.warn(Code::DuplicateKey, &place, message);
                map.insert(key, value);
            } else {
                map.insert(key, value);
            }
        }
        for value in merged {
            merge(&mut map, value);
        }
        Ok(Value::Object(map))
    }

    /// A YAML tag that `serde_yaml` does not know: the value counts, the tag is said.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (tag, variant) = access.variant_seed(PhantomData::<String>)?;
        let message = format!("the YAML tag `!{tag}` means nothing here and is passed over");
        self.state.warn(Code::UnknownTag, &self.place, message);
        variant.newtype_variant_seed(self)
    }
}

fn can_be_merged(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().all(Value::is_object),
        _ => false,
    }
}

/// Adds what a merge key brings, as far as it is not there yet: a key of the object itself counts
/// more, and an earlier merged object more than a later one.
fn merge(map: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                map.entry(key).or_insert(member);
            }
        }
        Value::Array(items) => items.into_iter().for_each(|item| merge(map, item)),
        _ => {}
    }
}

/// Reads a key as the text spells it: `200` is "200", `1.0` is "1.0", `null` is "null".
struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        // Asked for a string, serde_yaml gives the scalar's own text, whatever it would mean.
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is no list and no object")
    }

    fn visit_str<E>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}
