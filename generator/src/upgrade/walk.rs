//! Every schema of a document, wherever one may stand: the one list of such places.

use serde_json::{Map, Value};

use crate::diagnostic::Pointer;

/// Where named schemas live.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// Where a walk stands. A pointer is made from it only when something is to be said.
#[derive(Clone, Copy)]
pub(super) struct Position<'a> {
    parent: Parent<'a>,
    segment: Segment<'a>,
}

#[derive(Clone, Copy)]
enum Parent<'a> {
    Root(&'a Pointer),
    Position(&'a Position<'a>),
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    None,
    Key(&'a str),
    Index(usize),
}

impl<'a> Position<'a> {
    /// The place that a pointer names.
    pub(super) fn root_of(pointer: &'a Pointer) -> Self {
        Self {
            parent: Parent::Root(pointer),
            segment: Segment::None,
        }
    }

    pub(super) fn key<'b>(&'b self, key: &'b str) -> Position<'b> {
        Position {
            parent: Parent::Position(self),
            segment: Segment::Key(key),
        }
    }

    pub(super) fn index(&self, index: usize) -> Position<'_> {
        Position {
            parent: Parent::Position(self),
            segment: Segment::Index(index),
        }
    }

    /// Whether this is a member of an `allOf` or its like, which says a part of a whole.
    pub(super) fn is_member(&self) -> bool {
        let Parent::Position(parent) = self.parent else {
            return false;
        };
        matches!(self.segment, Segment::Index(_))
            && matches!(parent.segment, Segment::Key("allOf" | "oneOf" | "anyOf"))
    }

    pub(super) fn pointer(&self) -> Pointer {
        let parent = match self.parent {
            Parent::Root(pointer) => pointer.clone(),
            Parent::Position(place) => place.pointer(),
        };
        match self.segment {
            Segment::None => parent,
            Segment::Key(key) => parent.key(key),
            Segment::Index(index) => parent.index(index),
        }
    }
}

pub(super) type Visit<'v> = dyn FnMut(&mut Value, &Position<'_>) + 'v;

/// The methods that a path item has a key for.
pub(super) const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// The key of a path item under which the operations of all other methods stand.
pub(super) const ADDITIONAL: &str = "additionalOperations";

/// The operations of a path item, by their places.
pub(super) fn operations<'a>(
    item: &'a Value,
    at: &Pointer,
) -> impl Iterator<Item = (Pointer, &'a Value)> {
    let keyed = METHODS.into_iter();
    let keyed = keyed.filter_map(move |method| Some((at.key(method), item.get(method)?)));
    let more = at.key(ADDITIONAL);
    let others = item.get(ADDITIONAL).and_then(Value::as_object);
    let others = others.into_iter().flatten();
    keyed.chain(others.map(move |(name, operation)| (more.key(name), operation)))
}

/// Visits every schema of a document, each before the schemas within it.
pub(super) fn schemas(root: &mut Value, visit: &mut Visit<'_>) {
    let base = Pointer::root();
    let root_place = Position::root_of(&base);
    if let Some(components) = root.get_mut("components") {
        let place = root_place.key("components");
        entries(components, "schemas", &place, &mut |value, at| {
            schema(value, at, visit);
        });
        entries(components, "parameters", &place, &mut |value, at| {
            parameter(value, at, visit);
        });
        entries(components, "headers", &place, &mut |value, at| {
            parameter(value, at, visit);
        });
        entries(components, "requestBodies", &place, &mut |value, at| {
            content(value, at, visit);
        });
        entries(components, "responses", &place, &mut |value, at| {
            response(value, at, visit);
        });
    }
    entries(root, "paths", &root_place, &mut |item, at| {
        path_item(item, at, visit);
    });
}

fn path_item(item: &mut Value, place: &Position<'_>, visit: &mut Visit<'_>) {
    items(item, "parameters", place, &mut |value, at| {
        parameter(value, at, visit);
    });
    for method in METHODS {
        if let Some(value) = item.get_mut(method) {
            operation(value, &place.key(method), visit);
        }
    }
    entries(item, ADDITIONAL, place, &mut |value, at| {
        operation(value, at, visit);
    });
}

fn operation(operation: &mut Value, place: &Position<'_>, visit: &mut Visit<'_>) {
    items(operation, "parameters", place, &mut |value, at| {
        parameter(value, at, visit);
    });
    if let Some(body) = operation.get_mut("requestBody") {
        content(body, &place.key("requestBody"), visit);
    }
    entries(operation, "responses", place, &mut |value, at| {
        response(value, at, visit);
    });
}

fn response(response: &mut Value, place: &Position<'_>, visit: &mut Visit<'_>) {
    content(response, place, visit);
    entries(response, "headers", place, &mut |value, at| {
        parameter(value, at, visit);
    });
}

/// A parameter or a header: a schema, or content.
fn parameter(parameter: &mut Value, place: &Position<'_>, visit: &mut Visit<'_>) {
    if let Some(value) = parameter.get_mut("schema") {
        schema(value, &place.key("schema"), visit);
    }
    content(parameter, place, visit);
}

fn content(holder: &mut Value, place: &Position<'_>, visit: &mut Visit<'_>) {
    entries(holder, "content", place, &mut |media_type, at| {
        for key in ["schema", "x-clientsmith-item-schema"] {
            if let Some(value) = media_type.get_mut(key) {
                schema(value, &at.key(key), visit);
            }
        }
        entries(media_type, "encoding", at, &mut |encoding, at| {
            entries(encoding, "headers", at, &mut |value, at| {
                parameter(value, at, visit);
            });
        });
    });
}

/// Visits a schema and then the schemas within it.
pub(super) fn schema(value: &mut Value, place: &Position<'_>, visit: &mut Visit<'_>) {
    visit(value, place);
    for key in ["properties", "$defs", "definitions"] {
        entries(value, key, place, &mut |value, at| schema(value, at, visit));
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        items(value, key, place, &mut |value, at| schema(value, at, visit));
    }
    for key in ["items", "not"] {
        if let Some(inner) = value.get_mut(key) {
            schema(inner, &place.key(key), visit);
        }
    }
    if let Some(inner @ Value::Object(_)) = value.get_mut("additionalProperties") {
        schema(inner, &place.key("additionalProperties"), visit);
    }
}

fn entries(
    holder: &mut Value,
    key: &str,
    place: &Position<'_>,
    each: &mut dyn FnMut(&mut Value, &Position<'_>),
) {
    let Some(Value::Object(map)) = holder.get_mut(key) else {
        return;
    };
    let place = place.key(key);
    for (name, value) in &mut *map {
        each(value, &place.key(name));
    }
}

fn items(
    holder: &mut Value,
    key: &str,
    place: &Position<'_>,
    each: &mut dyn FnMut(&mut Value, &Position<'_>),
) {
    let Some(Value::Array(list)) = holder.get_mut(key) else {
        return;
    };
    let place = place.key(key);
    for (index, value) in list.iter_mut().enumerate() {
        each(value, &place.index(index));
    }
}

/// The value that a pointer names.
pub(super) fn find_mut<'a>(root: &'a mut Value, pointer: &Pointer) -> Option<&'a mut Value> {
    pointer
        .segments()
        .try_fold(root, |value, segment| match value {
            Value::Object(map) => map.get_mut(segment.as_ref()),
            Value::Array(list) => list.get_mut(segment.parse::<usize>().ok()?),
            _ => None,
        })
}

/// The value that a pointer names.
pub(super) fn find<'a>(root: &'a Value, pointer: &Pointer) -> Option<&'a Value> {
    pointer
        .segments()
        .try_fold(root, |value, segment| match value {
            Value::Object(map) => map.get(segment.as_ref()),
            Value::Array(list) => list.get(segment.parse::<usize>().ok()?),
            _ => None,
        })
}

/// The map that a schema is, if it is one.
pub(super) fn as_map(value: &mut Value) -> Option<&mut Map<String, Value>> {
    value.as_object_mut()
}
