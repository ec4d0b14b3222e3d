//! Server-sent events: what a schema says of the whole event, as what it says of the data.
//!
//! The schema of a `text/event-stream` describes the data of an event or the event itself, an
//! object with `data` beside `event`, `id` and `retry`. The keys tell: where all that an object
//! has are parts of an event, `data` among them, it is the event. A server that sends such an
//! object as the data all the same is understood by the runtime, so nothing is lost by a wrong
//! guess; an object with any other key is data.
//!
//! What comes of it is the schema of the data. Where events are told apart by their names it is a
//! `oneOf` with a member for each, and the names stand beside it under [`KEY`].

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::schema::reference_pointer;
use crate::diagnostic::{Code, Diagnostics, Pointer};

/// What is known of the events of a media type: `keys`, those of an object that describes the
/// event; `from`, the schema with a name that does; `members`, the names of the events and the
/// prose of each member of the `oneOf`.
pub(super) const KEY: &str = "x-clientsmith-events";

type Object = Map<String, Value>;

/// Events of more kinds, or alternatives nested deeper, are told from one another by shape.
const MOST: usize = 2048;
const DEEPEST: usize = 16;

/// Rewrites the schemas of all event streams.
pub(super) fn describe(root: &mut Value, diagnostics: &mut Diagnostics) {
    let mut places = Vec::new();
    let paths = root.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let at = Pointer::root().key("paths").key(path);
        for (method, operation) in item.as_object().into_iter().flatten() {
            let at = at.key(method);
            find(operation, &at, &mut places);
            // Of methods without a key of their own.
            for (name, operation) in operation.as_object().into_iter().flatten() {
                if method == "additionalOperations" {
                    find(operation, &at.key(name), &mut places);
                }
            }
        }
    }
    for at in places {
        let found = root.pointer(at.as_str()).and_then(Value::as_object);
        let described =
            found.and_then(|media_type| Reader { root, diagnostics }.read(media_type, &at));
        let Some(described) = described else {
            continue;
        };
        if let Some(Value::Object(media_type)) = root.pointer_mut(at.as_str()) {
            described.put(media_type, &at, diagnostics);
        }
    }
}

/// The event streams among an operation's responses.
fn find(operation: &Value, at: &Pointer, places: &mut Vec<Pointer>) {
    let responses = operation.get("responses").and_then(Value::as_object);
    for (status, response) in responses.into_iter().flatten() {
        let content = response.get("content").and_then(Value::as_object);
        for (media_type, value) in content.into_iter().flatten() {
            if crate::media_type::kind(media_type) == Some(crate::media_type::Kind::Events)
                && value.is_object()
            {
                let at = at.key("responses").key(status);
                places.push(at.key("content").key(media_type));
            }
        }
    }
}

/// What comes of the schema of a stream.
enum Described {
    /// The events, by kind.
    Events {
        kinds: Vec<Event>,
        /// The schema with a name that describes them.
        from: Option<String>,
    },
    /// Data that is JSON in a string.
    Json(Value, Pointer),
    /// Some members describe the event, and others its data.
    Mixed(Pointer),
}

/// What the document says of one kind of event.
struct Event {
    names: Vec<String>,
    keys: BTreeSet<String>,
    data: Value,
    /// Where that stands, if it does.
    at: Option<Pointer>,
    description: Option<Value>,
    title: Option<Value>,
}

impl Described {
    fn put(self, media_type: &mut Object, at: &Pointer, diagnostics: &mut Diagnostics) {
        let schema_at = at.key("schema");
        match self {
            Self::Mixed(place) => {
                diagnostics
                    .warn(
                        Code::NotGenerated,
                        place,
                        "some members describe the event, with `data`, and others its data; all \
                         are read as data",
                    )
                    .help("describe all of them in the same way");
            }
            Self::Json(data, place) => {
                diagnostics.copied(&place, &schema_at);
                media_type.insert("schema".to_owned(), data);
            }
            Self::Events { kinds, from } => {
                media_type.shift_remove("x-clientsmith-item-schema");
                let mut keys = BTreeSet::new();
                let mut members = Vec::with_capacity(kinds.len());
                let mut data = Vec::with_capacity(kinds.len());
                let is_one = kinds.len() == 1;
                let has_names = kinds.iter().any(|kind| !kind.names.is_empty());
                for kind in kinds {
                    let place = if is_one {
                        schema_at.clone()
                    } else {
                        schema_at.key("oneOf").index(data.len())
                    };
                    if let Some(at) = &kind.at {
                        diagnostics.copied(at, &place);
                    }
                    keys.extend(kind.keys);
                    data.push(kind.data);
                    members.push(json!({
                        "names": kind.names,
                        "title": kind.title,
                        "description": kind.description,
                    }));
                }
                let schema = match data.pop() {
                    Some(only) if is_one => only,
                    last => {
                        data.extend(last);
                        json!({ "oneOf": data })
                    }
                };
                if is_one || !has_names {
                    members.clear();
                }
                media_type.insert("schema".to_owned(), schema);
                let events = json!({"keys": keys, "from": from, "members": members});
                media_type.insert(KEY.to_owned(), events);
            }
        }
    }
}

/// A schema as far as an event is concerned: the keys that it has whatever it is a mixture of.
#[derive(Clone, Default)]
struct Shape {
    properties: Vec<(String, Value, Pointer)>,
    /// The values of the discriminator that name it.
    names: Vec<String>,
    description: Option<Value>,
    title: Option<Value>,
    /// Whether it is more than an object of these keys.
    is_other: bool,
}

struct Reader<'r> {
    root: &'r Value,
    /// Where the references of Swagger 2.0 lead now.
    diagnostics: &'r Diagnostics,
}

impl<'r> Reader<'r> {
    fn read(&self, media_type: &'r Object, at: &Pointer) -> Option<Described> {
        let is_item = media_type.contains_key("x-clientsmith-item-schema");
        let at = at.key(if is_item { "itemSchema" } else { "schema" });
        let written = media_type.get("schema")?;
        let (mut schema, mut place) = self.resolve(written, at.clone())?;
        let mut from = named(&place);
        if let Some(items) = schema.get("items").filter(|_| !is_item) {
            (schema, place) = self.resolve(items, place.key("items"))?;
            from = named(&place);
        }
        if let Some(data) = json_in_text(schema) {
            return Some(Described::Json(data.clone(), place.key("contentSchema")));
        }
        let mut shapes = Vec::new();
        self.shapes((schema, &place), Shape::default(), 0, &mut shapes)?;
        let events: Vec<Option<Event>> = shapes
            .into_iter()
            .map(|shape| self.event(shape, is_item))
            .collect();
        let has_data = |event: &Event| event.keys.contains("data");
        let found = events
            .iter()
            .flatten()
            .filter(|event| has_data(event))
            .count();
        if found == 0 && !(is_item && events.iter().all(Option::is_some)) {
            return None;
        }
        let count = events.len();
        let kinds: Vec<Event> = events.into_iter().flatten().collect();
        if kinds.len() < count {
            return Some(Described::Mixed(at));
        }
        (!kinds.is_empty()).then_some(Described::Events { kinds, from })
    }

    /// A schema behind its references, and where it stands.
    fn resolve(&self, schema: &'r Value, at: Pointer) -> Option<(&'r Value, Pointer)> {
        let (mut schema, mut at) = (schema, at);
        for _ in 0..DEEPEST {
            let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
                return Some((schema, at));
            };
            at = self.target(reference)?;
            schema = self.root.pointer(at.as_str())?;
        }
        None
    }

    fn target(&self, reference: &str) -> Option<Pointer> {
        let pointer = reference_pointer(reference)?;
        Some(self.diagnostics.current(&pointer).unwrap_or(pointer))
    }

    /// The alternatives of a schema, each with the keys that stand beside them.
    fn shapes(
        &self,
        (schema, at): (&'r Value, &Pointer),
        mut shape: Shape,
        depth: usize,
        found: &mut Vec<Shape>,
    ) -> Option<()> {
        if depth > DEEPEST || found.len() >= MOST {
            return None;
        }
        let mut alternatives = None;
        self.merge((schema, at), &mut shape, &mut alternatives, depth)?;
        let Some((members, at, discriminator)) = alternatives else {
            found.push(shape);
            return Some(());
        };
        for (index, member) in members.iter().enumerate() {
            if member.get("type").and_then(Value::as_str) == Some("null") {
                continue;
            }
            let mut shape = shape.clone();
            let names = names_by(discriminator, member);
            if !names.is_empty() {
                shape.names = names;
            }
            let (schema, place) = self.resolve(member, at.index(index))?;
            self.shapes((schema, &place), shape, depth + 1, found)?;
        }
        Some(())
    }

    /// Takes in what a schema says by itself and by its `allOf`; its alternatives are left.
    fn merge(
        &self,
        (schema, at): (&'r Value, &Pointer),
        shape: &mut Shape,
        alternatives: &mut Option<Alternatives<'r>>,
        depth: usize,
    ) -> Option<()> {
        if depth > DEEPEST {
            return None;
        }
        let object = schema.as_object()?;
        let parts = object.get("allOf").and_then(Value::as_array);
        for (index, part) in parts.into_iter().flatten().enumerate() {
            let (part, place) = self.resolve(part, at.key("allOf").index(index))?;
            self.merge((part, &place), shape, alternatives, depth + 1)?;
        }
        let properties = object.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            shape.declare(name, property, at.key("properties").key(name));
        }
        for (key, slot) in [
            ("title", &mut shape.title),
            ("description", &mut shape.description),
        ] {
            if let Some(text) = object.get(key).filter(|text| text.is_string()) {
                *slot = Some(text.clone());
            }
        }
        let ty = object.get("type");
        let is_object = |ty: &Value| ty == "object" || ty == "null";
        shape.is_other |= match ty {
            None => false,
            Some(Value::Array(types)) => !types.iter().all(is_object),
            Some(ty) => !is_object(ty),
        };
        for key in ["oneOf", "anyOf"] {
            if let Some(Value::Array(members)) = object.get(key)
                && members.iter().any(|member| !only_demands(member))
            {
                *alternatives = Some((members, at.key(key), object.get("discriminator")));
            }
        }
        Some(())
    }

    /// The event that a shape describes, if it does.
    fn event(&self, shape: Shape, is_item: bool) -> Option<Event> {
        if shape.is_other || shape.properties.is_empty() {
            return None;
        }
        let part = |wanted: Part| {
            let mut properties = shape.properties.iter();
            properties.find(move |(name, ..)| Part::of(name) == Some(wanted))
        };
        let data = part(Part::Data);
        let name = part(Part::Name);
        let mut names = shape.names.clone();
        if let Some((_, schema, at)) = name
            && let Some((schema, _)) = self.resolve_owned(schema, at)
        {
            let listed = constants(&schema);
            if !listed.is_empty() {
                names = listed;
            }
        }
        let resolved = data.and_then(|(_, schema, at)| self.resolve_owned(schema, at));
        let is_json_text = resolved
            .as_ref()
            .is_some_and(|(schema, _)| json_in_text(schema).is_some());
        let knows_all = shape
            .properties
            .iter()
            .all(|(name, ..)| Part::of(name).is_some());
        let is_event = match (data, name) {
            (Some(_), _) if knows_all => true,
            (Some(_), Some(_)) => is_json_text || is_item,
            (Some(_), None) => is_json_text,
            // An event of nothing but its name.
            (None, Some(_)) => knows_all && (is_item || !names.is_empty()),
            (None, None) => knows_all && is_item,
        };
        if !is_event {
            return None;
        }
        let keys = shape.properties.iter().map(|(name, ..)| name.clone());
        let keys = keys.collect();
        let (data, at) = match (data, resolved) {
            (Some((_, schema, at)), Some(resolved)) => {
                let (data, at) = data_of(schema, at, resolved);
                (data, Some(at))
            }
            _ => (json!({}), None),
        };
        Some(Event {
            names,
            keys,
            data,
            at,
            description: shape.description,
            title: shape.title,
        })
    }

    /// The same of a schema that is not the document's, for it was put together.
    fn resolve_owned(&self, schema: &Value, at: &Pointer) -> Option<(Value, Pointer)> {
        let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
            return Some((schema.clone(), at.clone()));
        };
        let at = self.target(reference)?;
        let schema = self.root.pointer(at.as_str())?;
        let (schema, at) = self.resolve(schema, at)?;
        Some((schema.clone(), at))
    }
}

/// The members of a choice, where they stand, and what tells them apart.
type Alternatives<'r> = (&'r Vec<Value>, Pointer, Option<&'r Value>);

impl Shape {
    /// Adds a property. What is declared twice is both at once.
    fn declare(&mut self, name: &str, property: &Value, at: Pointer) {
        let known = self.properties.iter_mut().find(|(known, ..)| known == name);
        let Some((_, known, place)) = known else {
            let property = (name.to_owned(), property.clone(), at);
            return self.properties.push(property);
        };
        match (known, property) {
            (Value::Object(known), Value::Object(property))
                if !known.contains_key("$ref") && !property.contains_key("$ref") =>
            {
                for (key, value) in property {
                    known.insert(key.clone(), value.clone());
                }
            }
            (known, property) => *known = property.clone(),
        }
        *place = at;
    }
}

/// A part of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Data,
    Name,
    Id,
    Retry,
    Comment,
}

impl Part {
    /// The part that a key stands for, however it is spelled.
    fn of(key: &str) -> Option<Self> {
        let letters = key.chars().filter(|letter| letter.is_alphanumeric());
        let plain: String = letters.flat_map(char::to_lowercase).collect();
        Some(match plain.as_str() {
            "data" => Self::Data,
            "event" | "eventtype" | "eventname" => Self::Name,
            "id" | "eventid" | "lasteventid" => Self::Id,
            "retry" => Self::Retry,
            "comment" | "comments" => Self::Comment,
            _ => return None,
        })
    }
}

/// The schema of the JSON in a text.
fn json_in_text(schema: &Value) -> Option<&Value> {
    let media_type = schema.get("contentMediaType").and_then(Value::as_str);
    let is_json = media_type
        .is_none_or(|text| crate::media_type::kind(text) == Some(crate::media_type::Kind::Json));
    schema.get("contentSchema").filter(|_| is_json)
}

/// The schema of an event's data, and where it stands.
fn data_of(written: &Value, at: &Pointer, (schema, place): (Value, Pointer)) -> (Value, Pointer) {
    if let Some(data) = json_in_text(&schema) {
        return (data.clone(), place.key("contentSchema"));
    }
    // A number has a format even where all that an event says is said to be text.
    let is_text = matches!(
        schema.get("type").and_then(Value::as_str),
        None | Some("string")
    );
    let format = schema.get("format").and_then(Value::as_str);
    let number = match format.filter(|_| is_text) {
        Some("int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64") => {
            "integer"
        }
        Some("float" | "double" | "double-int" | "decimal" | "decimal128") => "number",
        _ => return (written.clone(), at.clone()),
    };
    let mut data = schema.clone();
    if let Value::Object(data) = &mut data {
        data.insert("type".to_owned(), Value::from(number));
    }
    (data, place)
}

/// The texts that a schema lists.
fn constants(schema: &Value) -> Vec<String> {
    let listed = schema.get("enum").and_then(Value::as_array);
    let all = schema
        .get("const")
        .into_iter()
        .chain(listed.into_iter().flatten());
    all.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The names that a discriminator on the event's name has for a member.
fn names_by(discriminator: Option<&Value>, member: &Value) -> Vec<String> {
    let property = discriminator
        .and_then(|it| it.get("propertyName"))
        .and_then(Value::as_str);
    if property.and_then(Part::of) != Some(Part::Name) {
        return Vec::new();
    }
    let target = member.get("$ref").and_then(Value::as_str);
    let Some(target) = target.and_then(reference_pointer) else {
        return Vec::new();
    };
    let short = target.segments().last().unwrap_or_default();
    let mapping = discriminator.and_then(|it| it.get("mapping"));
    let mapping = mapping.and_then(Value::as_object);
    let leads_here = |to: &Value| {
        to.as_str()
            .is_some_and(|to| to == short || reference_pointer(to).as_ref() == Some(&target))
    };
    let names = mapping.into_iter().flatten();
    let names: Vec<String> = names
        .filter(|(_, to)| leads_here(to))
        .map(|(name, _)| name.clone())
        .collect();
    if names.is_empty() {
        vec![short.into_owned()]
    } else {
        names
    }
}

/// Whether a member of a choice only says which keys must be there.
fn only_demands(member: &Value) -> bool {
    let object = member.as_object();
    object.is_some_and(|keys| keys.keys().all(|key| key == "required"))
}

/// The name of the schema at a place, where it has one.
fn named(at: &Pointer) -> Option<String> {
    let text = at.to_string();
    let name = text.strip_prefix(super::walk::SCHEMAS)?;
    (!name.contains('/')).then_some(text)
}
