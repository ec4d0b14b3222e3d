//! The events of a response: what their data is. [`stream`](crate::stream) reads them.

/// What a document says of the events of a response.
#[derive(Debug)]
pub struct EventForm {
    /// The keys of an object that describes the whole event, `data` among them. Empty where the
    /// document describes the data alone, or where such an object could be the data itself.
    pub keys: &'static [&'static str],
    /// What the data is: one for all events, or one for each member of a union.
    pub members: &'static [EventMember],
}

/// What the data of some events is.
#[derive(Debug)]
pub struct EventMember {
    /// The names of the events; empty for those of any other name.
    pub names: &'static [&'static str],
    /// How the data is written.
    pub data: EventData,
}

/// How an event's data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventData {
    /// As JSON.
    Json,
    /// As the text that it is.
    Text,
}

impl EventForm {
    /// Data of JSON that is described by itself.
    pub(crate) const JSON: &Self = &Self::of(&[EventMember::any(EventData::Json)]);

    /// Data of text that is described by itself.
    pub(crate) const TEXT: &Self = &Self::of(&[EventMember::any(EventData::Text)]);

    const fn of(members: &'static [EventMember]) -> Self {
        Self { keys: &[], members }
    }
}

impl EventMember {
    const fn any(data: EventData) -> Self {
        Self { names: &[], data }
    }
}
