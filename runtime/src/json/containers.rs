//! Types made of other types: options, arrays, maps, tuples.
//!
//! Elements are read in place, in the container they end up in: a value is not held on the stack
//! while what is inside it is read, so that deep documents need little stack.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde_json::{Map, Value};

use super::writer::Style;
use super::{Json, Reader, Result, Writer};
use crate::tables::{Rule, Rules};

// Placeholders are made in functions of their own: in an unoptimised build their copies are off the
// stack before what is inside them is read.

#[inline]
fn fill<T: Json>(slot: &mut Option<T>) -> &mut T {
    slot.insert(T::empty())
}

#[inline]
fn push<T: Json>(items: &mut Vec<T>) -> Option<&mut T> {
    items.push(T::empty());
    items.last_mut()
}

fn slot_of<T: Json>(map: &mut BTreeMap<String, T>, key: String) -> &mut T {
    match map.entry(key) {
        Entry::Vacant(vacant) => vacant.insert(T::empty()),
        Entry::Occupied(occupied) => {
            let slot = occupied.into_mut();
            *slot = T::empty();
            slot
        }
    }
}

impl<T: Json> Json for Option<T> {
    #[inline]
    fn empty() -> Self {
        None
    }

    #[inline]
    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        if json.null() {
            *self = None;
            return Ok(());
        }
        fill(self).read(json)
    }

    #[inline]
    fn write(&self, json: &mut Writer) {
        match self {
            Some(value) => value.write(json),
            None => json.null(),
        }
    }

    #[inline]
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn rules() -> Rules {
        T::rules()
    }
}

impl<T: Json> Json for Vec<T> {
    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        self.clear();
        json.array(&mut |json| match push(self) {
            Some(item) => item.read(json),
            None => Ok(()),
        })
    }

    fn write(&self, json: &mut Writer) {
        json.array(&mut |json| {
            for item in self {
                json.item();
                item.write(json);
            }
        });
    }

    fn rules() -> Rules {
        const { &[Rule::Items(&[Rule::Of(T::rules)])] }
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        self.clear();
        json.object(&mut |key, json| self.read_entry(key, json))
    }

    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| self.write_entries(json));
    }

    fn read_entry(&mut self, key: String, json: &mut Reader<'_>) -> Result {
        slot_of(self, key).read(json)
    }

    fn write_entries(&self, json: &mut Writer) {
        for (key, value) in self {
            if json.key(key) {
                value.write(json);
            }
        }
    }

    fn rules() -> Rules {
        const { &[Rule::Values(&[Rule::Of(T::rules)])] }
    }
}

impl Json for Map<String, Value> {
    #[inline]
    fn empty() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        self.clear();
        json.object(&mut |key, json| self.read_entry(key, json))
    }

    fn write(&self, json: &mut Writer) {
        json.object(&mut |json| self.write_entries(json));
    }

    fn read_entry(&mut self, key: String, json: &mut Reader<'_>) -> Result {
        let mut value = Value::Null;
        let result = value.read(json);
        self.insert(key, value);
        result
    }

    fn write_entries(&self, json: &mut Writer) {
        // Maps may keep the order of the text; equality does not ask for it.
        if json.style() == Style::Canonical {
            let sorted: BTreeMap<&String, &Value> = self.iter().collect();
            for (key, value) in sorted {
                if json.key(key) {
                    value.write(json);
                }
            }
            return;
        }
        for (key, value) in self {
            if json.key(key) {
                value.write(json);
            }
        }
    }
}

/// Tuples are arrays with a type per place; items beyond the last are skipped.
macro_rules! tuples {
    ($($length:literal: $($name:ident $place:tt)+;)*) => {$(
        impl<$($name: Json),+> Json for ($($name,)+) {
            fn empty() -> Self {
                ($($name::empty(),)+)
            }

            fn read(&mut self, json: &mut Reader<'_>) -> Result {
                *self = Self::empty();
                json.tuple($length, &mut |place, json| match place {
                    $($place => self.$place.read(json),)+
                    _ => json.skip(),
                })
            }

            fn write(&self, json: &mut Writer) {
                json.array(&mut |json| {
                    $(json.item(); self.$place.write(json);)+
                });
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    9: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    10: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    11: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    12: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
}

impl Reader<'_> {
    /// Reads an array whose items have a type each.
    fn tuple(&mut self, length: usize, item: &mut dyn FnMut(usize, &mut Self) -> Result) -> Result {
        // A tuple is read into fresh items, also under a key that came before.
        self.repeated = false;
        let (mut place, start) = (0, self.next_index());
        let result = self.array(&mut |json| {
            let result = item(place, json);
            place += 1;
            result
        });
        if result.is_ok() && place < length {
            return Err(self.too_short(length, start));
        }
        result
    }
}
