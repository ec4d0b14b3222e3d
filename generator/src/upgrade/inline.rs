//! References to anything but a schema: parameters, responses, bodies, headers, path items.
//!
//! Lowering follows those into `components`; a reference to any other place (another path's
//! parameter, another file) is replaced by a copy of what it names, so that only references to
//! `components` are left. A path item's reference is always replaced.

use serde_json::Value;

use super::walk::{self, METHODS};
use crate::diagnostic::{Code, Diagnostics, Pointer};

/// How many references may lead to one another before it is called a cycle.
const MAX_CHAIN: usize = 64;

pub(super) fn inline_references(root: &mut Value, diagnostics: &mut Diagnostics) {
    for place in places(root) {
        inline(root, &place, diagnostics);
    }
    // What was copied in may hold references of its own, to places that are whole by now.
    for place in places(root) {
        inline(root, &place, diagnostics);
    }
}

/// Every place where such a reference may stand, path items first.
fn places(root: &Value) -> Vec<Pointer> {
    let mut places = Vec::new();
    let paths = Pointer::root().key("paths");
    for (path, item) in entries(root.get("paths")) {
        let item_place = paths.key(path);
        add_items(
            &mut places,
            item.get("parameters"),
            &item_place.key("parameters"),
        );
        for method in METHODS {
            let Some(operation) = item.get(method) else {
                continue;
            };
            let place = item_place.key(method);
            add_items(
                &mut places,
                operation.get("parameters"),
                &place.key("parameters"),
            );
            places.push(place.key("requestBody"));
            add_responses(
                &mut places,
                operation.get("responses"),
                &place.key("responses"),
            );
        }
        places.push(item_place);
    }
    let components = Pointer::root().key("components");
    for kind in ["parameters", "headers", "requestBodies", "securitySchemes"] {
        for (name, _) in entries(
            root.pointer("/components")
                .and_then(|parts| parts.get(kind)),
        ) {
            places.push(components.key(kind).key(name));
        }
    }
    let responses = root.pointer("/components/responses");
    add_responses(&mut places, responses, &components.key("responses"));
    // Path items come first: what stands in them is reached only once they are there.
    places.sort_by_key(|place| place.segments().count());
    places
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn add_items(places: &mut Vec<Pointer>, list: Option<&Value>, at: &Pointer) {
    let length = list.and_then(Value::as_array).map_or(0, Vec::len);
    places.extend((0..length).map(|index| at.index(index)));
}

fn add_responses(places: &mut Vec<Pointer>, responses: Option<&Value>, at: &Pointer) {
    for (status, response) in entries(responses) {
        let place = at.key(status);
        for (name, _) in entries(response.get("headers")) {
            places.push(place.key("headers").key(name));
        }
        places.push(place);
    }
}

fn inline(root: &mut Value, place: &Pointer, diagnostics: &mut Diagnostics) {
    for _ in 0..MAX_CHAIN {
        let Some(reference) = reference_at(root, place) else {
            return;
        };
        if is_component(&reference) && walk::find(root, &reference).is_some() {
            return;
        }
        let Some(target) = walk::find(root, &reference).cloned() else {
            unresolved(diagnostics, place, &reference);
            return;
        };
        if let Some(slot) = walk::find_mut(root, place) {
            *slot = target;
        }
    }
    diagnostics.error(
        Code::UnresolvedRef,
        place,
        format!("more than {MAX_CHAIN} references lead to one another here"),
    );
}

pub(super) fn unresolved(diagnostics: &mut Diagnostics, place: &Pointer, reference: &Pointer) {
    diagnostics
        .error(
            Code::UnresolvedRef,
            place.key("$ref"),
            format!("`{reference}` leads to nothing"),
        )
        .help("define what it names, or correct the reference");
}

fn reference_at(root: &Value, place: &Pointer) -> Option<Pointer> {
    let text = walk::find(root, place)?.get("$ref")?.as_str()?;
    super::schema::reference_pointer(text)
}

fn is_component(pointer: &Pointer) -> bool {
    let mut segments = pointer.segments();
    segments.next().as_deref() == Some("components") && segments.count() == 2
}
