//! What a document shows, by place: a table beside the model, because most of the model has none.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diagnostic::{Moves, Pointer};

/// An example of more values than this shows nobody anything, and would be copied into a test for
/// each operation that has it.
const MOST_VALUES: usize = 1_000;

/// The examples of a document, by the place of what they are examples of: a schema, a parameter, a
/// media type.
#[derive(Debug, Clone, Default)]
pub struct Examples {
    values: BTreeMap<Pointer, Vec<Value>>,
}

impl Examples {
    /// Collects the examples of an upgraded document.
    #[must_use]
    pub fn of(root: &Value) -> Self {
        let mut collector = Collector {
            root,
            place: String::new(),
            found: BTreeMap::new(),
        };
        collector.value(root, Within::Object);
        Self {
            values: collector.found,
        }
    }

    /// What is shown at a place.
    #[must_use]
    pub fn at(&self, place: &Pointer) -> &[Value] {
        self.values.get(place).map_or(&[], Vec::as_slice)
    }

    /// Turns every place of the upgraded document into that of the document as it was written.
    pub fn restore_places(&mut self, moves: &Moves) {
        if moves.is_empty() {
            return;
        }
        for (place, values) in std::mem::take(&mut self.values) {
            self.values
                .entry(moves.original(place))
                .or_default()
                .extend(values);
        }
    }
}

/// What the keys of an object are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Words of the specification.
    Object,
    /// Names that the author chose: of properties, of schemas.
    Names,
}

struct Collector<'d> {
    root: &'d Value,
    place: String,
    found: BTreeMap<Pointer, Vec<Value>>,
}

impl<'d> Collector<'d> {
    fn value(&mut self, value: &'d Value, within: Within) {
        match value {
            Value::Object(object) => self.object(object, within),
            Value::Array(list) => {
                for (index, item) in list.iter().enumerate() {
                    self.step(&index.to_string(), item, Within::Object);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, object: &'d Map<String, Value>, within: Within) {
        if within == Within::Names {
            for (key, value) in object {
                self.step(key, value, Within::Object);
            }
            return;
        }
        let shown = self.shown(object);
        if !shown.is_empty()
            && let Some(place) = Pointer::parse(&self.place)
        {
            self.found.insert(place, shown);
        }
        for (key, value) in object {
            match key.as_str() {
                "example"
                | "examples"
                | "x-clientsmith-examples"
                | "default"
                | "enum"
                | "const" => {}
                "properties" | "schemas" | "parameters" | "responses" | "requestBodies"
                | "content" | "paths" | "headers" => self.step(key, value, Within::Names),
                _ => self.step(key, value, Within::Object),
            }
        }
    }

    fn shown(&self, object: &'d Map<String, Value>) -> Vec<Value> {
        let mut shown: Vec<&Value> = object.get("example").into_iter().collect();
        match object.get("examples") {
            Some(Value::Object(named)) => {
                shown.extend(named.values().filter_map(|example| self.named(example)));
            }
            Some(Value::Array(list)) => shown.extend(list),
            _ => {}
        }
        if let Some(Value::Array(list)) = object.get("x-clientsmith-examples") {
            shown.extend(list);
        }
        let is_short = |example: &&Value| left_of(MOST_VALUES, example).is_some();
        shown.into_iter().filter(is_short).cloned().collect()
    }

    /// An example object, or what it refers to.
    fn named(&self, example: &'d Value) -> Option<&'d Value> {
        let reference = example.get("$ref").and_then(Value::as_str);
        let example = match reference {
            Some(reference) => self.root.pointer(reference.strip_prefix('#')?)?,
            None => example,
        };
        example.get("value")
    }

    fn step(&mut self, key: &str, value: &'d Value, within: Within) {
        if !matches!(value, Value::Object(_) | Value::Array(_)) {
            return;
        }
        let length = self.place.len();
        self.place.push('/');
        for c in key.chars() {
            match c {
                '~' => self.place.push_str("~0"),
                '/' => self.place.push_str("~1"),
                other => self.place.push(other),
            }
        }
        self.value(value, within);
        self.place.truncate(length);
    }
}

/// How many values more there may be after these; `None` where these are too many.
fn left_of(most: usize, value: &Value) -> Option<usize> {
    let most = most.checked_sub(1)?;
    match value {
        Value::Array(items) => items.iter().try_fold(most, left_of),
        Value::Object(members) => members.values().try_fold(most, left_of),
        _ => Some(most),
    }
}
