//! Objects with a table: key lookup, required fields, unknown and repeated keys.
//!
//! One non-generic loop serves every model; a model is seen through [`Record`], the part of it
//! that can be a trait object.

use jiter::Peek;

use super::error::{Nature, Step};
use super::model::{Field, Model, Presence};
use super::{Entries, Halt, Reader, Result};

/// A model as the loop sees it.
trait Record {
    fn read_field(&mut self, field: usize, json: &mut Reader<'_>) -> Result;
    fn read_extra(&mut self, json: &mut Reader<'_>) -> Result;
    fn read_flattened(&mut self, index: usize, json: &mut Reader<'_>) -> Result;
}

impl<M: Model> Record for M {
    #[inline]
    fn read_field(&mut self, field: usize, json: &mut Reader<'_>) -> Result {
        Model::read(self, field, json)
    }

    #[inline]
    fn read_extra(&mut self, json: &mut Reader<'_>) -> Result {
        Model::read_extra(self, json)
    }

    #[inline]
    fn read_flattened(&mut self, index: usize, json: &mut Reader<'_>) -> Result {
        Model::read_flattened(self, index, json)
    }
}

/// What the loop knows of a model beside its functions.
struct Shape {
    name: &'static str,
    fields: &'static [Field],
    flattened: usize,
}

/// What a key turned out to be.
enum Key {
    Field(usize),
    Extra,
    End,
}

impl Reader<'_> {
    /// Reads an object into a model's placeholder.
    ///
    /// # Errors
    /// When the next value is no object, a field does not fit, or a required field is missing.
    #[inline]
    pub fn model<M: Model>(&mut self, slot: &mut M) -> Result {
        if self.repeated {
            // The slot has the members of an earlier value of the same key; the last one wins.
            self.repeated = false;
            *slot = M::empty();
        }
        let shape = Shape {
            name: M::NAME,
            fields: M::FIELDS,
            flattened: M::FLATTENED,
        };
        self.record(slot, &shape)
    }

    /// Reads the value of a key that is no field's into a map of such entries.
    ///
    /// # Errors
    /// When the value does not fit the map.
    pub fn entry<E: Entries>(&mut self, entries: &mut E) -> Result {
        let key = self.key.clone();
        entries.read_entry(key, self)
    }

    fn record(&mut self, record: &mut dyn Record, shape: &Shape) -> Result {
        if self.peek()? != Peek::Object {
            return Err(self.mismatch("an object"));
        }
        if shape.flattened > 0 {
            let place = self.place();
            for index in 0..shape.flattened {
                record.read_flattened(index, self)?;
                self.go_back(&place);
            }
        }
        let start = self.jiter.current_index();
        self.enter()?;
        let mut seen = Seen::default();
        self.members(record, shape, &mut seen)?;
        self.leave();
        match seen.first_missing(shape.fields) {
            None => Ok(()),
            Some(missing) => Err(self.missing(shape, missing, start)),
        }
    }

    fn members(&mut self, record: &mut dyn Record, shape: &Shape, seen: &mut Seen) -> Result {
        let mut expected = 0;
        let mut before_key = self.jiter.current_index();
        let mut key = self.first_key(shape.fields);
        loop {
            match key {
                Ok(Key::Field(field)) => {
                    self.repeated = seen.insert(field);
                    if let Err(halt) = record.read_field(field, self) {
                        let name = shape.fields.get(field).map_or("", |field| field.name);
                        return Err(self.step(halt, Step::Key(name.to_owned())));
                    }
                    self.repeated = false;
                    expected = field + 1;
                }
                Ok(Key::Extra) => {
                    if let Err(halt) = record.read_extra(self) {
                        return Err(self.step_of_key_after(halt, before_key));
                    }
                }
                Ok(Key::End) => return Ok(()),
                Err(halt) => return Err(halt),
            }
            before_key = self.jiter.current_index();
            key = self.next_key(shape.fields, expected);
        }
    }

    fn first_key(&mut self, fields: &[Field]) -> std::result::Result<Key, Halt> {
        match self.jiter.known_object() {
            Ok(Some(key)) => Ok(look_up(fields, key, 0, &mut self.key)),
            Ok(None) => Ok(Key::End),
            Err(error) => Err(self.note(&error)),
        }
    }

    fn next_key(&mut self, fields: &[Field], expected: usize) -> std::result::Result<Key, Halt> {
        match self.jiter.next_key() {
            Ok(Some(key)) => Ok(look_up(fields, key, expected, &mut self.key)),
            Ok(None) => Ok(Key::End),
            Err(error) => Err(self.note(&error)),
        }
    }

    #[cold]
    fn missing(&mut self, shape: &Shape, missing: usize, start: usize) -> Halt {
        let name = shape.fields.get(missing).map_or("", |field| field.name);
        let message = format!("missing required field `{name}` of {}", shape.name);
        self.fail(Nature::Shape, message, start)
    }
}

/// Servers write fields in a stable order, so the one after the last is nearly always next.
#[inline]
fn look_up(fields: &[Field], key: &str, expected: usize, extra: &mut String) -> Key {
    if let Some(field) = fields.get(expected)
        && field.name == key
    {
        return Key::Field(expected);
    }
    if let Some(field) = position(fields, key, expected) {
        return Key::Field(field);
    }
    extra.clear();
    extra.push_str(key);
    Key::Extra
}

/// The field of a key, looked for from the expected one on.
pub(super) fn position(fields: &[Field], key: &str, expected: usize) -> Option<usize> {
    let (before, after) = fields.split_at_checked(expected).unwrap_or((fields, &[]));
    let found = after.iter().position(|field| field.name == key);
    found
        .map(|at| at + before.len())
        .or_else(|| before.iter().position(|field| field.name == key))
}

/// Which fields have come: a set of small numbers that allocates only for very large models.
#[derive(Debug, Default)]
pub(super) struct Seen {
    low: u64,
    high: Vec<u64>,
}

impl Seen {
    /// Adds a field and tells whether it was there already.
    #[inline]
    pub(super) fn insert(&mut self, field: usize) -> bool {
        if field < 64 {
            let bit = 1 << field;
            let was = self.low & bit != 0;
            self.low |= bit;
            was
        } else {
            self.insert_high(field - 64)
        }
    }

    #[cold]
    fn insert_high(&mut self, field: usize) -> bool {
        let (word, bit) = (field / 64, 1 << (field % 64));
        if self.high.len() <= word {
            self.high.resize(word + 1, 0);
        }
        match self.high.get_mut(word) {
            Some(word) => {
                let was = *word & bit != 0;
                *word |= bit;
                was
            }
            None => false,
        }
    }

    #[inline]
    pub(super) fn contains(&self, field: usize) -> bool {
        if field < 64 {
            self.low & (1 << field) != 0
        } else {
            self.high
                .get((field - 64) / 64)
                .is_some_and(|word| word & (1 << ((field - 64) % 64)) != 0)
        }
    }

    /// The first required field that has not come.
    #[inline]
    pub(super) fn first_missing(&self, fields: &[Field]) -> Option<usize> {
        fields
            .iter()
            .enumerate()
            .find(|(index, field)| field.presence == Presence::Required && !self.contains(*index))
            .map(|(index, _)| index)
    }
}
