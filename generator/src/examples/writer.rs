//! What is gathered of one operation while its exchange is put together.

use serde_json::{Map, Value, json};

use super::sample::Sampler;
use crate::diagnostic::Pointer;
use crate::model::{Api, Operation, Type};
use crate::name::OperationNames;

/// What a body, or a part of one, is that is no JSON.
pub(crate) const TEXT: &str = "some text";

/// Too little is known of an operation to call it.
pub(super) struct Unknown;

/// Whether enough is known of an operation to call it.
pub(super) type Result<T = ()> = std::result::Result<T, Unknown>;

/// What is gathered of one operation.
pub(super) struct Writer<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    pub(super) names: &'a OperationNames,
    pub(super) sampler: &'a Sampler<'a>,
    /// What must be on the wire.
    pub(super) request: Map<String, Value>,
    /// What the test reads its arguments from.
    pub(super) arguments: Map<String, Value>,
    pub(super) parameters: Vec<usize>,
    pub(super) parts: Vec<usize>,
    pub(super) mismatches: usize,
    pub(super) unchecked: Vec<String>,
    pub(super) unsent: Vec<String>,
}

impl Writer<'_> {
    /// What is in the query and not compared.
    pub(super) fn open_query(&mut self, what: String) {
        self.request.insert("open_query".to_owned(), json!(true));
        self.unchecked.push(what);
    }

    /// Whether anything is expected at a place of the request.
    pub(super) fn is_expected(&self, place: &str, name: &str) -> bool {
        let place = self.request.get(place);
        place.is_some_and(|place| place.get(name).is_some())
    }

    /// Demands a value at a place of the request; a second of the same name beside the first. Of
    /// headers of one name the client sends one, and any will do.
    pub(super) fn demand(&mut self, place: &str, name: &str, value: impl Into<Value>) {
        let value = value.into();
        let is_header = place == "headers";
        let name = if is_header {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        };
        let Value::Object(place) = self.request.entry(place).or_insert_with(|| json!({})) else {
            return;
        };
        match place.get_mut(&name) {
            // Two schemes may have one secret at one place.
            Some(one) if is_header && *one == value => {}
            Some(one) if is_header => {
                *one = Value::Null;
                self.unchecked.push(name);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(one) => *one = json!([one.take(), value]),
            None => {
                place.insert(name, value);
            }
        }
    }

    /// The first example at a place that fits, or a value for the type.
    pub(super) fn shown(&mut self, place: &Pointer, ty: &Type) -> Option<Value> {
        self.shown_that(place, ty, |_| true)
    }

    /// The same of the examples and values that may be used.
    pub(super) fn shown_that(
        &mut self,
        place: &Pointer,
        ty: &Type,
        may_be: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let sampler = self.sampler;
        let fitting: Vec<Value> = sampler.fitting(place, ty).collect();
        self.mismatches += sampler.count(place) - fitting.len();
        let shown = fitting.into_iter().find(|value| may_be(value));
        shown.or_else(|| sampler.value(ty).filter(may_be))
    }
}
