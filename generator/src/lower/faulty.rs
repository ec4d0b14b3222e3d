//! What `--keep-going` leaves out: the operations that an error is about. A schema at fault is any
//! JSON, and what refers to it stays.
//!
//! About an operation is every error within it, and every parameter, body or response that it refers
//! to in vain: without one it would not be the operation that the document means.

use openapiv3::{Components, Operation, Parameter, ReferenceOr};

use super::reference::is_lost;
use crate::diagnostic::{Diagnostics, Pointer, Severity};
use crate::model::Method;
use crate::parse::{Parsed, slot};

impl Parsed {
    /// Removes every operation that an error is about.
    pub(crate) fn leave_out_faulty(&mut self, diagnostics: &Diagnostics) {
        let none = Components::default();
        let faults = Faults {
            diagnostics,
            errors: diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error)
                .map(|diagnostic| &diagnostic.pointer)
                .collect(),
            components: self.openapi.components.as_ref().unwrap_or(&none),
        };
        let at = Pointer::root().key("paths");
        for (path, item) in &mut self.openapi.paths.paths {
            let ReferenceOr::Item(item) = item else {
                continue;
            };
            let at = at.key(path);
            // What stands beside the operations of a path counts for each of them.
            let is_shared = faults.lack_one_of(&item.parameters)
                || ["parameters", "$ref"]
                    .iter()
                    .any(|key| faults.are_within(at.key(key)));
            let is_faulty = |method: &Method, operation: &Operation| {
                is_shared || faults.are_about(method.within(&at)) || faults.are_in(operation)
            };
            for method in Method::KEYED {
                if let Some(slot) = slot(item, &method) {
                    slot.take_if(|operation| is_faulty(&method, operation));
                }
            }
            if let Some(others) = self.others.get_mut(path) {
                others.retain(|(method, operation)| !is_faulty(method, operation));
            }
        }
    }
}

/// What is wrong with a document.
struct Faults<'a> {
    diagnostics: &'a Diagnostics,
    errors: Vec<&'a Pointer>,
    components: &'a Components,
}

impl Faults<'_> {
    /// Whether an error is about what stands at a place, or below it.
    fn are_within(&self, place: Pointer) -> bool {
        let place = self.diagnostics.original(place);
        self.errors.iter().any(|error| error.is_within(&place))
    }

    /// Whether an error is about the operation at a place. Callbacks are not generated.
    fn are_about(&self, place: Pointer) -> bool {
        let place = self.diagnostics.original(place);
        let callbacks = place.key("callbacks");
        let mut errors = self.errors.iter();
        errors.any(|error| error.is_within(&place) && !error.is_within(&callbacks))
    }

    /// Whether one of an operation's parts is a reference to nothing.
    fn are_in(&self, operation: &Operation) -> bool {
        let components = self.components;
        let body = operation.request_body.as_ref();
        let mut responses = operation.responses.responses.values();
        self.lack_one_of(&operation.parameters)
            || body.is_some_and(|body| is_lost(&components.request_bodies, body))
            || operation
                .responses
                .default
                .iter()
                .chain(&mut responses)
                .any(|response| is_lost(&components.responses, response))
    }

    fn lack_one_of(&self, parameters: &[ReferenceOr<Parameter>]) -> bool {
        parameters
            .iter()
            .any(|parameter| is_lost(&self.components.parameters, parameter))
    }
}
