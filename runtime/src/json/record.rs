//! Objects with a table: key lookup, required fields, unknown and repeated keys.
//!
//! One non-generic loop each for reading and writing serves every model; a model is seen through
//! [`Record`], the part of it that can be a trait object.

use jiter::Peek;

use super::error::{Nature, Step};
use super::{Halt, Json, Model, Reader, Result, Writer};
use crate::tables::{Field, Rules};

/// A model as the loops see it.
pub(super) trait Record {
    fn table(&self) -> &'static Table;
    fn reset(&mut self);
    fn field(&self, index: usize) -> Option<&dyn Json>;
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Json>;
}

/// What is worked out of a model's fields once, when the model is first used in a build.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
    /// A bit for each of the first 64 fields that are required.
    required: u64,
    pub(super) flattens: bool,
    rest: Option<usize>,
}

impl Table {
    const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        let (mut required, mut flattens, mut rest) = (0, false, None);
        let (mut index, mut left) = (0, fields);
        while let [field, others @ ..] = left {
            match field {
                Field::Flattened => flattens = true,
                Field::Rest => rest = Some(index),
                _ if index < 64 && field.is_required() => required |= 1 << index,
                _ => {}
            }
            index += 1;
            left = others;
        }
        Self {
            name,
            fields,
            required,
            flattens,
            rest,
        }
    }
}

impl<M: Model> Record for M {
    #[inline]
    fn table(&self) -> &'static Table {
        const { &Table::new(M::NAME, M::FIELDS) }
    }

    #[inline]
    fn reset(&mut self) {
        *self = M::empty();
    }

    #[inline]
    fn field(&self, index: usize) -> Option<&dyn Json> {
        Model::field(self, index)
    }

    #[inline]
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Json> {
        Model::field_mut(self, index)
    }
}

impl<M: Model> Json for M {
    #[inline]
    fn empty() -> Self {
        M::empty()
    }

    #[inline]
    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        json.record(self)
    }

    #[inline]
    fn write(&self, json: &mut Writer) {
        json.record(self);
    }

    fn rules() -> Rules {
        M::rules()
    }
}

/// Models, and by `boxed` what else is kept behind pointers: a `Json` for all boxes would clash with
/// the one for all models, because another crate could write `Model for Box<Local>`.
impl<M: Model> Model for Box<M> {
    const NAME: &'static str = M::NAME;
    const FIELDS: &'static [Field] = M::FIELDS;

    fn empty() -> Self {
        Self::new(M::empty())
    }

    #[inline]
    fn field(&self, index: usize) -> Option<&dyn Json> {
        M::field(self, index)
    }

    #[inline]
    fn field_mut(&mut self, index: usize) -> Option<&mut dyn Json> {
        M::field_mut(self, index)
    }

    fn rules() -> Rules {
        M::rules()
    }
}

/// What a key turned out to be.
enum Key {
    Field(usize),
    Unknown,
    End,
}

impl Reader<'_> {
    fn record(&mut self, record: &mut dyn Record) -> Result {
        if self.repeated {
            // The slot has the members of an earlier value of the same key; the last one wins.
            self.repeated = false;
            record.reset();
        }
        if self.peek()? != Peek::Object {
            return Err(self.mismatch("an object"));
        }
        let table = record.table();
        if table.flattens {
            self.flattened(record, table)?;
        }
        let start = self.jiter.current_index();
        self.enter()?;
        let mut seen = Seen::default();
        self.members(record, table, &mut seen)?;
        self.leave();
        if seen.low & table.required == table.required && table.fields.len() <= 64 {
            return Ok(());
        }
        match seen.first_missing(table.fields) {
            None => Ok(()),
            Some(name) => {
                let message = format!("missing required field `{name}` of {}", table.name);
                Err(self.fail(Nature::Shape, message, start))
            }
        }
    }

    /// Reads the same object once for each of the fields that share it.
    fn flattened(&mut self, record: &mut dyn Record, table: &Table) -> Result {
        let place = self.place();
        for (index, field) in table.fields.iter().enumerate() {
            if let (Field::Flattened, Some(slot)) = (field, record.field_mut(index)) {
                slot.read(self)?;
                // That it is no member says nothing of the object around it, which begins there too.
                self.fallen = None;
                self.go_back(&place);
            }
        }
        Ok(())
    }

    fn members(&mut self, record: &mut dyn Record, table: &Table, seen: &mut Seen) -> Result {
        let mut expected = 0;
        let mut before_key = self.jiter.current_index();
        let mut key = self.first_key(table.fields);
        loop {
            match key? {
                Key::Field(index) => {
                    expected = index + 1;
                    self.repeated = seen.insert(index);
                    let Some(slot) = record.field_mut(index) else {
                        return self.skip();
                    };
                    if let Err(halt) = slot.read(self) {
                        let name = table.fields.get(index).and_then(Field::name);
                        return Err(self.step(halt, Step::Key(name.unwrap_or("").to_owned())));
                    }
                    self.repeated = false;
                }
                Key::Unknown => {
                    let result = match table.rest.and_then(|index| record.field_mut(index)) {
                        Some(rest) => rest.read_entry(self.key.clone(), self),
                        None => self.skip(),
                    };
                    if let Err(halt) = result {
                        return Err(self.step_of_key_after(halt, before_key));
                    }
                }
                Key::End => return Ok(()),
            }
            before_key = self.jiter.current_index();
            key = self.next_key(table.fields, expected);
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
}

/// Servers write fields in a stable order, so the one after the last is nearly always next.
#[inline]
fn look_up(fields: &[Field], key: &str, expected: usize, unknown: &mut String) -> Key {
    if let Some(field) = fields.get(expected)
        && field.name() == Some(key)
    {
        return Key::Field(expected);
    }
    if let Some(field) = position(fields, key, expected) {
        return Key::Field(field);
    }
    unknown.clear();
    unknown.push_str(key);
    Key::Unknown
}

/// The field of a key, looked for from the expected one on.
pub(super) fn position(fields: &[Field], key: &str, expected: usize) -> Option<usize> {
    let (before, after) = fields.split_at_checked(expected).unwrap_or((fields, &[]));
    let found = after.iter().position(|field| field.name() == Some(key));
    found
        .map(|at| at + before.len())
        .or_else(|| before.iter().position(|field| field.name() == Some(key)))
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
    pub(super) fn first_missing(&self, fields: &[Field]) -> Option<&'static str> {
        fields
            .iter()
            .enumerate()
            .find(|(index, field)| field.is_required() && !self.contains(*index))
            .and_then(|(_, field)| field.name())
    }
}
