//! Server-sent events as typed values, over as many connections as it takes.
//!
//! A new connection is begun where the old one ended, by `Last-Event-ID`. So it is begun only
//! when the server has given an id, and only for operations that may be repeated; else what had
//! come would come again. Without an id the stream ends with its connection, and a connection
//! that breaks is an error.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::{HeaderValue, StatusCode};

use super::bytes::{ByteStream, Opened, open};
use super::sse::{Parser, RawEvent};
use crate::call::Call;
use crate::error::{BodyError, BodyTooLargeError, Error, Failure};
use crate::json::{self, DecodeError, Json};
use crate::response::RawResponse;
use crate::transport::BoxFuture;

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

/// Events, as they come. After an error there is nothing more.
#[must_use = "nothing is sent before an event is asked for"]
pub struct Events<T, E> {
    source: Source,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
    decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
}

impl<T: Json, E> Events<T, E> {
    pub(crate) fn new(
        call: Call,
        decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
    ) -> Self {
        Self {
            source: Source::new(call),
            decode: json::from_slice::<T>,
            decode_error,
        }
    }
}

impl<E> Events<String, E> {
    pub(crate) fn of_text(
        call: Call,
        decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
    ) -> Self {
        Self {
            source: Source::new(call),
            decode: text,
            decode_error,
        }
    }
}

/// What is not UTF-8 is U+FFFD already.
#[expect(clippy::unnecessary_wraps, reason = "it stands where a decoder does")]
fn text(data: &[u8]) -> Result<String, DecodeError> {
    Ok(String::from_utf8_lossy(data).into_owned())
}

/// The events of a response that has been read whole.
pub(crate) fn whole<T>(
    body: &[u8],
    decode: fn(&[u8]) -> Result<T, DecodeError>,
) -> Result<Vec<Event<T>>, DecodeError> {
    let mut parser = Parser::default();
    let mut raw: Vec<RawEvent> = Vec::new();
    parser.feed(body, &mut raw);
    let mut events = Vec::with_capacity(raw.len());
    for event in raw {
        if event.data == END {
            break;
        }
        events.push(Event {
            id: event.id,
            event: event.name,
            data: decode(event.data.as_bytes())?,
        });
    }
    Ok(events)
}

/// The same of events that are text.
pub(crate) fn whole_text(body: &[u8]) -> Result<Vec<Event<String>>, DecodeError> {
    whole(body, text)
}

impl<T, E> Events<T, E> {
    /// The next event; `None` after the last.
    ///
    /// # Errors
    /// When the call or its connection fails, or an event is not what the document says.
    pub async fn try_next(&mut self) -> Result<Option<Event<T>>, Error<E>> {
        std::future::poll_fn(|cx| self.poll_event(cx))
            .await
            .transpose()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error<E>>>> {
        let raw = match ready!(self.source.poll_event(cx)) {
            None => return Poll::Ready(None),
            Some(Ok(raw)) => raw,
            Some(Err(Lost::Refused(raw))) => {
                let decoded = (self.decode_error)(&raw);
                return Poll::Ready(Some(Err(Error::from_status(*raw, decoded))));
            }
            Some(Err(Lost::Failed(failure))) => return Poll::Ready(Some(Err(failure.into()))),
        };
        Poll::Ready(Some(match (self.decode)(raw.data.as_bytes()) {
            Ok(data) => Ok(Event {
                id: raw.id,
                event: raw.name,
                data,
            }),
            Err(error) => Err(self.source.undecoded(raw, error)),
        }))
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
            .field("last_id", &self.source.parser.last_id)
            .finish_non_exhaustive()
    }
}

/// Whether an answer says that it is something else. What says nothing, or plain text, may be
/// events: many servers are careless.
fn no_events(raw: &RawResponse) -> bool {
    let media_type = raw.media_type();
    media_type.ends_with("json") || matches!(media_type.as_str(), "text/html" | "application/xml")
}

fn other_answer(raw: RawResponse) -> Failure {
    let reason = format!(
        "the answer is `{}`, not a stream of events",
        raw.media_type()
    );
    let error = DecodeError::of_whole(reason);
    Failure::Decode(Box::new(BodyError::new(raw, error)))
}

/// Why no more events come.
enum Lost {
    Refused(Box<RawResponse>),
    Failed(Failure),
}

/// What follows the end of a connection.
enum Outcome {
    GoesOn,
    Ends(Option<Result<RawEvent, Lost>>),
}

/// The connections, one after the other, and what is read from them. Not generic.
struct Source {
    state: State,
    /// What a new connection is asked for with.
    template: Option<Call>,
    parser: Parser,
    ready: VecDeque<RawEvent>,
    head: Option<RawResponse>,
    max_event: u64,
    /// Connections that brought nothing, since one that did.
    in_vain: u32,
}

enum State {
    Opening(BoxFuture<Result<Opened, Failure>>),
    Reading(Box<ByteStream>),
    Waiting(BoxFuture<()>),
    Done,
}

/// The wait before a new connection where the server asks for none.
const PAUSE: Duration = Duration::from_secs(1);
/// How many connections in a row may bring nothing.
const IN_VAIN: u32 = 5;
/// What ends the stream of some vendors, which is no JSON.
const END: &str = "[DONE]";

impl Source {
    fn new(call: Call) -> Self {
        let template = if call.is_idempotent() {
            call.try_clone()
        } else {
            None
        };
        let max_event = call
            .0
            .max_body_bytes
            .unwrap_or(call.0.client.shared.max_body_bytes);
        Self {
            state: State::Opening(open(call)),
            template,
            parser: Parser::default(),
            ready: VecDeque::new(),
            head: None,
            max_event,
            in_vain: 0,
        }
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<RawEvent, Lost>>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                if event.data == END {
                    self.stop();
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(Ok(event)));
            }
            match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Waiting(pause) => {
                    ready!(pause.as_mut().poll(cx));
                    self.state = self.reopen().map_or(State::Done, State::Opening);
                }
                State::Opening(opening) => match ready!(opening.as_mut().poll(cx)) {
                    // The specification's way to say that there is nothing more to come.
                    Ok(Opened::Stream(stream)) if stream.status() == StatusCode::NO_CONTENT => {
                        self.state = State::Done;
                    }
                    Ok(Opened::Stream(stream)) if no_events(&stream.raw) => {
                        self.stop();
                        return Poll::Ready(Some(Err(Lost::Failed(other_answer(stream.raw)))));
                    }
                    Ok(Opened::Stream(stream)) => {
                        self.head = Some(stream.raw.clone());
                        self.state = State::Reading(Box::new(stream));
                    }
                    Ok(Opened::Refused(raw)) => {
                        self.stop();
                        return Poll::Ready(Some(Err(Lost::Refused(Box::new(raw)))));
                    }
                    Err(failure) => match self.lost(Some(failure)) {
                        Outcome::GoesOn => {}
                        Outcome::Ends(end) => return Poll::Ready(end),
                    },
                },
                State::Reading(stream) => match ready!(stream.poll_chunk(cx)) {
                    Ok(Some(piece)) => {
                        self.parser.feed(&piece, &mut self.ready);
                        if !self.ready.is_empty() {
                            self.in_vain = 0;
                        }
                        if self.parser.pending() as u64 > self.max_event {
                            return Poll::Ready(self.too_large());
                        }
                    }
                    ended => match self.lost(ended.err()) {
                        Outcome::GoesOn => {}
                        Outcome::Ends(end) => return Poll::Ready(end),
                    },
                },
            }
        }
    }

    /// A connection has ended. Either a new one is waited for, or it was the last.
    fn lost(&mut self, failure: Option<Failure>) -> Outcome {
        self.parser.forget_pending();
        self.in_vain += 1;
        if let Some(call) = &self.template
            && self.parser.last_id.is_some()
            && self.in_vain <= IN_VAIN
        {
            let pause = self
                .parser
                .retry
                .unwrap_or(PAUSE)
                .saturating_mul(1 << (self.in_vain - 1));
            self.state = State::Waiting(call.0.client.shared.transport.sleep(pause));
            return Outcome::GoesOn;
        }
        self.stop();
        Outcome::Ends(failure.map(|failure| Err(Lost::Failed(failure))))
    }

    fn reopen(&self) -> Option<BoxFuture<Result<Opened, Failure>>> {
        let mut call = self.template.as_ref()?.try_clone()?;
        let id = HeaderValue::from_str(self.parser.last_id.as_deref()?).ok()?;
        call.0.headers.insert("last-event-id", id);
        Some(open(call))
    }

    fn too_large(&mut self) -> Option<Result<RawEvent, Lost>> {
        self.stop();
        let head = self.head.as_ref()?;
        let (limit, status, headers) = (self.max_event, head.status, head.headers.clone());
        let error = BodyTooLargeError {
            limit,
            status,
            headers,
        };
        Some(Err(Lost::Failed(Failure::BodyTooLarge(Box::new(error)))))
    }

    fn undecoded<E>(&mut self, event: RawEvent, error: DecodeError) -> Error<E> {
        self.stop();
        match self.head.take() {
            Some(head) => Error::decode(
                RawResponse {
                    body: event.data.into(),
                    ..head
                },
                error,
            ),
            None => Failure::Broken(std::sync::Arc::new(crate::TransportError::new(
                crate::TransportErrorKind::Other,
                error,
            )))
            .into(),
        }
    }

    fn stop(&mut self) {
        self.state = State::Done;
        self.ready.clear();
    }
}
