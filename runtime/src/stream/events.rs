//! Server-sent events as typed values. Where they come from is [`source`](super::source)'s, what
//! their text means is [`described`]'s.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::described::{self, Read};
use super::source::{END, Source};
use super::sse::{Parser, RawEvent};
use crate::call::Call;
use crate::error::Error;
use crate::json::{DecodeError, Json, Union};
use crate::response::Decode;
use crate::tables::EventForm;

/// An event, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The id that a new connection would go on from.
    pub id: Option<String>,
    /// The kind of event, where the server names it.
    pub event: Option<String>,
    /// What it says.
    pub data: T,
}

/// Events, as they come.
///
/// An event that is not what the document says is an error, and the next one follows it. After
/// any other error there is nothing more.
#[must_use = "nothing is sent before an event is asked for"]
pub struct Events<T, E> {
    source: Source,
    form: &'static EventForm,
    read: Read<T>,
    decode_error: Decode<Option<E>>,
}

impl Call {
    /// The server-sent events that the response consists of.
    pub fn events<T: Json, E>(self, decode_error: Decode<Option<E>>) -> Events<T, E> {
        self.described_events(EventForm::JSON, decode_error)
    }

    /// The same for events that are text.
    pub fn text_events<E>(self, decode_error: Decode<Option<E>>) -> Events<String, E> {
        self.described_events(EventForm::TEXT, decode_error)
    }

    /// The same for events that the document describes as a whole.
    pub fn described_events<T: Json, E>(
        self,
        form: &'static EventForm,
        decode_error: Decode<Option<E>>,
    ) -> Events<T, E> {
        Events {
            source: Source::new(self),
            form,
            read: described::read::<T>,
            decode_error,
        }
    }

    /// The same for events whose names say which member of a union their data is.
    pub fn named_events<U: Json + Union, E>(
        self,
        form: &'static EventForm,
        decode_error: Decode<Option<E>>,
    ) -> Events<U, E> {
        Events {
            source: Source::new(self),
            form,
            read: described::read_by_name::<U>,
            decode_error,
        }
    }
}

/// The events of a response that has been read whole.
pub(crate) fn whole<T: Json>(
    body: &[u8],
    form: &'static EventForm,
) -> Result<Vec<Event<T>>, DecodeError> {
    all(body, form, described::read::<T>)
}

/// The same where their names say which member of a union their data is.
pub(crate) fn whole_by_name<U: Json + Union>(
    body: &[u8],
    form: &'static EventForm,
) -> Result<Vec<Event<U>>, DecodeError> {
    all(body, form, described::read_by_name::<U>)
}

fn all<T>(
    body: &[u8],
    form: &'static EventForm,
    read: Read<T>,
) -> Result<Vec<Event<T>>, DecodeError> {
    let mut parser = Parser::default();
    let mut raw: Vec<RawEvent> = Vec::new();
    parser.feed(body, &mut raw);
    let events = raw.into_iter().take_while(|event| event.data != END);
    let events = events.filter(|event| !described::is_empty(form, event));
    events.map(|event| decoded(&event, form, read)).collect()
}

fn decoded<T>(
    raw: &RawEvent,
    form: &'static EventForm,
    read: Read<T>,
) -> Result<Event<T>, DecodeError> {
    let unfolded = described::unfold(form, raw);
    let event = unfolded.as_ref().unwrap_or(raw);
    let data = read(form, event)?;
    Ok(Event {
        id: event.id.clone(),
        event: event.name.clone(),
        data,
    })
}

impl<T, E> Events<T, E> {
    /// The next event; `None` after the last.
    ///
    /// # Errors
    /// When the call or its connection fails, which ends the stream, or when an event is not what
    /// the document says, which does not.
    pub async fn try_next(&mut self) -> Result<Option<Event<T>>, Error<E>> {
        std::future::poll_fn(|cx| self.poll_event(cx))
            .await
            .transpose()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error<E>>>> {
        loop {
            let raw = match ready!(self.source.poll_event(cx)) {
                None => return Poll::Ready(None),
                Some(Ok(raw)) if described::is_empty(self.form, &raw) => continue,
                Some(Ok(raw)) => raw,
                Some(Err(lost)) => {
                    return Poll::Ready(Some(Err(lost.into_error(self.decode_error))));
                }
            };
            let event = decoded(&raw, self.form, self.read);
            return Poll::Ready(Some(
                event.map_err(|error| self.source.undecoded(raw.data, error)),
            ));
        }
    }
}

impl<T, E> Stream for Events<T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(cx)
    }
}

impl<T, E> fmt::Debug for Events<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events")
            .field("last_id", &self.source.last_id())
            .finish_non_exhaustive()
    }
}
