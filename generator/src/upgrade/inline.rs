//! References to anything but a schema: parameters, responses, bodies, headers, path items.
//!
//! Lowering follows those to `components.parameters`, `requestBodies` and `responses`; a reference
//! to any other place (another path's parameter, another file, a path item) is replaced by a copy
//! of what it names. The same is done to Swagger 2.0, before it is converted.

use serde_json::Value;

use super::walk;
use crate::diagnostic::{Code, Diagnostics, Moves, Pointer};
use crate::read::REFUSED;

/// How many references may lead to one another before it is called a cycle.
const MAX_CHAIN: usize = 64;

/// Where a dialect keeps what is referred to by name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// `#/parameters/…` and `#/responses/…`.
    Swagger2,
    /// `#/components/…`.
    OpenApi3,
}

pub(super) fn inline_references(
    root: &mut Value,
    layout: Layout,
    moves: &mut Moves,
    diagnostics: &mut Diagnostics,
) {
    let mut inlining = Inlining {
        layout,
        moves,
        diagnostics,
    };
    for place in places(root, layout) {
        inlining.inline(root, &place);
    }
    // What was copied in may hold references of its own, to places that are whole by now.
    for place in places(root, layout) {
        inlining.inline(root, &place);
    }
}

/// Every place where such a reference may stand, path items first.
fn places(root: &Value, layout: Layout) -> Vec<Pointer> {
    let mut places = Vec::new();
    let paths = Pointer::root().key("paths");
    for (path, item) in entries(root.get("paths")) {
        let item_place = paths.key(path);
        add_items(
            &mut places,
            item.get("parameters"),
            &item_place.key("parameters"),
        );
        for (place, operation) in walk::operations(item, &item_place) {
            add_items(
                &mut places,
                operation.get("parameters"),
                &place.key("parameters"),
            );
            if let Some(body) = operation.get("requestBody") {
                add_content(&mut places, body, &place.key("requestBody"));
                places.push(place.key("requestBody"));
            }
            add_responses(
                &mut places,
                operation.get("responses"),
                &place.key("responses"),
            );
        }
        places.push(item_place);
    }
    add_components(&mut places, root, layout);
    // Path items come first: what stands in them is reached only once they are there.
    places.sort_by_cached_key(|place| place.segments().count());
    places
}

fn add_components(places: &mut Vec<Pointer>, root: &Value, layout: Layout) {
    if layout == Layout::Swagger2 {
        let at = Pointer::root().key("parameters");
        places.extend(entries(root.get("parameters")).map(|(name, _)| at.key(name)));
        add_responses(
            places,
            root.get("responses"),
            &Pointer::root().key("responses"),
        );
        return;
    }
    let Some(components) = root.get("components") else {
        return;
    };
    let at = Pointer::root().key("components");
    for kind in [
        "parameters",
        "headers",
        "requestBodies",
        "securitySchemes",
        "mediaTypes",
    ] {
        for (name, value) in entries(components.get(kind)) {
            let place = at.key(kind).key(name);
            add_content(places, value, &place);
            places.push(place);
        }
    }
    add_responses(places, components.get("responses"), &at.key("responses"));
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn add_items(places: &mut Vec<Pointer>, list: Option<&Value>, at: &Pointer) {
    for (index, parameter) in list
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        add_content(places, parameter, &at.index(index));
        places.push(at.index(index));
    }
}

fn add_responses(places: &mut Vec<Pointer>, responses: Option<&Value>, at: &Pointer) {
    for (status, response) in entries(responses) {
        let place = at.key(status);
        for (name, _) in entries(response.get("headers")) {
            places.push(place.key("headers").key(name));
        }
        add_content(places, response, &place);
        places.push(place);
    }
}

/// Since 3.2 a media type may be a reference.
fn add_content(places: &mut Vec<Pointer>, holder: &Value, at: &Pointer) {
    for (media_type, value) in entries(holder.get("content")) {
        if value.get("$ref").is_some() {
            places.push(at.key("content").key(media_type));
        }
    }
}

struct Inlining<'a> {
    layout: Layout,
    moves: &'a mut Moves,
    diagnostics: &'a mut Diagnostics,
}

impl Inlining<'_> {
    fn inline(&mut self, root: &mut Value, place: &Pointer) {
        for _ in 0..MAX_CHAIN {
            let Some(reference) = reference_at(root, place) else {
                return;
            };
            if self.is_followed(&reference) {
                // Later stages know nothing of a URI's escapes.
                if let Some(Value::Object(slot)) = walk::find_mut(root, place) {
                    slot.insert("$ref".to_owned(), Value::String(reference.to_string()));
                }
                return;
            }
            if reference.to_string() == REFUSED {
                return;
            }
            let Some(mut target) = walk::find(root, &reference).cloned() else {
                unresolved(self.diagnostics, place, &reference);
                return;
            };
            let Some(slot) = walk::find_mut(root, place) else {
                return;
            };
            keep_siblings(slot, &mut target, place.segments().count() == 2);
            *slot = target;
            self.moves.copy(&reference, place);
        }
        self.diagnostics.error(
            Code::UnresolvedRef,
            place,
            format!("more than {MAX_CHAIN} references lead to one another here"),
        );
    }

    /// Whether later stages follow a reference by themselves.
    fn is_followed(&self, reference: &Pointer) -> bool {
        let mut segments = reference.segments();
        let first = segments.next();
        let kind = match self.layout {
            Layout::Swagger2 => first,
            Layout::OpenApi3 if first.as_deref() == Some("components") => segments.next(),
            Layout::OpenApi3 => None,
        };
        let kinds: &[&str] = match self.layout {
            Layout::Swagger2 => &["parameters", "responses"],
            Layout::OpenApi3 => &["parameters", "requestBodies", "responses"],
        };
        kind.is_some_and(|kind| kinds.contains(&kind.as_ref())) && segments.count() == 1
    }
}

/// A summary or a description beside a reference counts; so does what a path item adds.
fn keep_siblings(slot: &mut Value, target: &mut Value, is_path_item: bool) {
    let (Value::Object(slot), Value::Object(target)) = (slot, target) else {
        return;
    };
    for (key, value) in std::mem::take(slot) {
        if key == "$ref" {
            continue;
        }
        if matches!(key.as_str(), "summary" | "description")
            || (is_path_item && !target.contains_key(&key))
        {
            target.insert(key, value);
        }
    }
}

fn unresolved(diagnostics: &mut Diagnostics, place: &Pointer, reference: &Pointer) {
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
