//! What an event's text means: JSON or text, and which of several types by the event's name.
//!
//! A document may describe the event (`data` beside `event` and `id`) instead of its data alone.
//! Some servers send what it describes as the fields of the event, others as JSON within `data`;
//! the document does not tell, the event does, so both are read. Nothing here is generic but the
//! functions that decode.

use serde_json::{Map, Value};

use super::sse::RawEvent;
use crate::json::{self, DecodeError, Json, Union};
use crate::tables::{EventData, EventForm, EventMember};

/// Makes a value of an event.
pub(super) type Read<T> = fn(&EventForm, &RawEvent) -> Result<T, DecodeError>;

/// Data of one type.
pub(super) fn read<T: Json>(form: &EventForm, event: &RawEvent) -> Result<T, DecodeError> {
    let data = form.members.first().map(|member| member.data);
    let mut value = json::empty();
    fill(&mut value, data.unwrap_or(EventData::Json), &event.data)?;
    Ok(value)
}

/// Data of the member that the event's name tells. A name that no member has is none that the
/// document knows, and an event without a name is what it looks like.
pub(super) fn read_by_name<U: Json + Union>(
    form: &EventForm,
    event: &RawEvent,
) -> Result<U, DecodeError> {
    let name = event.name.as_deref();
    let mut found = U::variant(usize::MAX);
    if let Some((index, member)) = named(form, name) {
        found = U::variant(index);
        fill(found.value_mut(), member.data, &event.data)?;
        return Ok(found);
    }
    let is_open = form.members.iter().any(|member| member.names.is_empty());
    let by_shape = name.is_none() || is_open;
    let slot: &mut dyn Json = if by_shape {
        &mut found
    } else {
        found.value_mut()
    };
    fill(slot, EventData::Json, &event.data)?;
    Ok(found)
}

/// The only member of this name; else the only one for events of any name.
fn named<'f>(form: &'f EventForm, name: Option<&str>) -> Option<(usize, &'f EventMember)> {
    let only = |fits: &dyn Fn(&EventMember) -> bool| {
        let mut fitting = form.members.iter().enumerate();
        let first = fitting.find(|(_, member)| fits(member))?;
        fitting.all(|(_, member)| !fits(member)).then_some(first)
    };
    let has_name = |member: &EventMember| name.is_some_and(|name| member.names.contains(&name));
    if form.members.iter().any(has_name) {
        return only(&has_name);
    }
    only(&|member| member.names.is_empty())
}

/// Reads data. What is no JSON, or JSON of another type, may be the text of a value all the same:
/// servers write dates, words and ids without quotes.
fn fill(slot: &mut dyn Json, data: EventData, text: &str) -> Result<(), DecodeError> {
    let quoted = || json::to_vec(&text.to_owned());
    if data == EventData::Text {
        return json::read_slice(&quoted(), slot);
    }
    let failed = match json::read_slice(text.as_bytes(), slot) {
        Ok(()) => return Ok(()),
        Err(error) => error,
    };
    if text.trim_start().starts_with(['{', '[', '"']) {
        return Err(failed);
    }
    json::read_slice(&quoted(), slot).map_err(|_| failed)
}

/// Whether there is nothing in an event to decode.
pub(super) fn is_empty(form: &EventForm, event: &RawEvent) -> bool {
    let has_text = form
        .members
        .iter()
        .any(|member| member.data == EventData::Text);
    event.data.is_empty() || (!has_text && event.data.trim().is_empty())
}

/// The event within its data, where the data is the whole of what the document describes.
pub(super) fn unfold(form: &EventForm, event: &RawEvent) -> Option<RawEvent> {
    if form.keys.is_empty() || !event.data.trim_start().starts_with('{') {
        return None;
    }
    let Ok(Value::Object(mut object)) = serde_json::from_str::<Value>(&event.data) else {
        return None;
    };
    let is_whole =
        object.contains_key("data") && object.keys().all(|key| form.keys.contains(&key.as_str()));
    if !is_whole {
        return None;
    }
    let data = match object.remove("data").unwrap_or_default() {
        Value::String(text) => text,
        other => other.to_string(),
    };
    let (name, id) = (event.name.clone(), event.id.clone());
    Some(RawEvent {
        name: name.or_else(|| text_of(&object, Part::Name)),
        id: id.or_else(|| text_of(&object, Part::Id)),
        data,
        has_own_id: event.has_own_id,
    })
}

/// A part of an event beside its data.
#[derive(Clone, Copy)]
enum Part {
    Name,
    Id,
}

/// The text of a part, whatever its key is in this document: `event`, `eventType`, `event_name`.
fn text_of(object: &Map<String, Value>, part: Part) -> Option<String> {
    let is_part = |key: &str| {
        let letters = key.chars().filter(|letter| letter.is_alphanumeric());
        let plain: String = letters.flat_map(char::to_lowercase).collect();
        match part {
            Part::Name => matches!(plain.as_str(), "event" | "eventtype" | "eventname"),
            Part::Id => matches!(plain.as_str(), "id" | "eventid" | "lasteventid"),
        }
    };
    let (_, value) = object.iter().find(|(key, _)| is_part(key))?;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
