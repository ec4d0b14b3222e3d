//! The events of a response, not yet decoded, over as many connections as it takes.
//!
//! A new connection is begun where the old one ended, by `Last-Event-ID`. So it is begun only
//! when the server has given an id, and only for operations that may be repeated; else what had
//! come would come again. Without an id the stream ends with its connection, and a connection
//! that breaks is an error. A server that heeds no `Last-Event-ID` sends what it has sent before:
//! that is left out, and where it is all that comes the stream has ended.

use std::collections::VecDeque;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use http::{HeaderValue, StatusCode};

use super::bytes::{ByteStream, Lost, open};
use super::reconnect::{Seen, Tries};
use super::sse::{Parser, RawEvent};
use crate::call::Call;
use crate::client::{Reconnect, RetryPolicy};
use crate::error::{Error, Failure};
use crate::json::DecodeError;
use crate::response::RawResponse;
use crate::transport::{BoxFuture, TransportError, TransportErrorKind};

/// What ends the stream of some vendors, which is no JSON.
pub(super) const END: &str = "[DONE]";

/// The connections, one after the other, and what is read from them. Not generic.
pub(super) struct Source {
    state: State,
    /// How the stream goes on over a new connection, where it may.
    renewal: Option<Renewal>,
    parser: Parser,
    ready: VecDeque<RawEvent>,
    head: Option<RawResponse>,
    max_event: u64,
}

struct Renewal {
    /// What a new connection is asked for with.
    template: Call,
    tries: Tries,
    seen: Seen,
    /// Whether the connection is a new one already.
    is_renewed: bool,
    /// Whether an event has come on this connection that had not come before.
    has_news: bool,
}

enum State {
    Opening(BoxFuture<Result<ByteStream, Lost>>),
    Reading(Box<ByteStream>),
    Waiting(BoxFuture<()>),
    Done,
}

impl Source {
    pub(super) fn new(call: Call) -> Self {
        Self {
            max_event: call.size_limit(),
            renewal: Renewal::of(&call),
            state: State::Opening(open(call)),
            parser: Parser::default(),
            ready: VecDeque::new(),
            head: None,
        }
    }

    pub(super) fn last_id(&self) -> Option<&str> {
        self.parser.last_id.as_deref()
    }

    pub(super) fn poll_event(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<RawEvent, Lost>>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                if event.data == END {
                    self.stop();
                    return Poll::Ready(None);
                }
                if self.renewal.as_mut().is_none_or(|it| it.is_new(&event)) {
                    return Poll::Ready(Some(Ok(event)));
                }
                continue;
            }
            let end = match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Waiting(pause) => {
                    ready!(pause.as_mut().poll(cx));
                    self.state = self.reopen().map_or(State::Done, State::Opening);
                    continue;
                }
                State::Opening(opening) => {
                    let opened = ready!(opening.as_mut().poll(cx));
                    self.opened(opened)
                }
                State::Reading(stream) => match ready!(stream.poll_chunk(cx)) {
                    Ok(Some(piece)) => self.feed(&piece),
                    ended => self.lost(ended.err()),
                },
            };
            if let Some(end) = end {
                self.stop();
                return Poll::Ready(end);
            }
        }
    }

    /// What the response's head says; an end, or that there is more to do.
    fn opened(&mut self, opened: Result<ByteStream, Lost>) -> Option<Ended> {
        let lost = match opened {
            // The specification's way to say that there is nothing more to come.
            Ok(stream) if stream.status() == StatusCode::NO_CONTENT => return Some(None),
            Ok(stream) if no_events(&stream.raw) => {
                return Some(Some(Err(other_response(stream.raw).into())));
            }
            Ok(stream) => {
                self.head = Some(stream.raw.clone());
                self.state = State::Reading(Box::new(stream));
                return None;
            }
            Err(lost) => lost,
        };
        let outcome = match &lost {
            Lost::Refused(raw) => Ok(&**raw),
            Lost::Failed(failure) => Err(failure),
        };
        if self.waits(|renewal| renewal.after_failure(outcome)) {
            return None;
        }
        Some(Some(Err(lost)))
    }

    fn feed(&mut self, piece: &[u8]) -> Option<Ended> {
        self.parser.feed(piece, &mut self.ready);
        // The events before one that is too large come first.
        if self.parser.pending() as u64 <= self.max_event || !self.ready.is_empty() {
            return None;
        }
        let head = self.head.as_ref();
        Some(head.map(|head| Err(Failure::too_large(head, self.max_event).into())))
    }

    /// A connection has ended. Either a new one is waited for, or it was the last.
    fn lost(&mut self, failure: Option<Failure>) -> Option<Ended> {
        self.parser.forget_pending();
        let has_id = self.parser.last_id.is_some();
        let (is_clean, asked_for) = (failure.is_none(), self.parser.retry);
        let goes_on = has_id
            && self.waits(|renewal| {
                let is_over = is_clean && renewal.brought_only_what_was_known();
                (!is_over).then(|| renewal.tries.after_end(asked_for))?
            });
        (!goes_on).then(|| failure.map(|failure| Err(failure.into())))
    }

    /// Whether a new connection is waited for.
    fn waits(&mut self, pause: impl FnOnce(&mut Renewal) -> Option<std::time::Duration>) -> bool {
        let Some(renewal) = &mut self.renewal else {
            return false;
        };
        let Some(pause) = pause(renewal) else {
            return false;
        };
        let shared = &renewal.template.0.client.shared;
        self.state = State::Waiting(shared.transport.sleep(pause));
        true
    }

    fn reopen(&mut self) -> Option<BoxFuture<Result<ByteStream, Lost>>> {
        let id = HeaderValue::from_bytes(self.parser.last_id.as_deref()?.as_bytes()).ok()?;
        let mut call = self.renewal.as_mut()?.begin_anew()?;
        call.0.headers.insert("last-event-id", id);
        Some(open(call))
    }

    /// An event that does not decode. The next one may.
    pub(super) fn undecoded<E>(&self, text: String, error: DecodeError) -> Error<E> {
        match self.head.clone() {
            Some(head) => Error::decode(
                RawResponse {
                    body: text.into(),
                    ..head
                },
                error,
            ),
            None => Error::Transport(Arc::new(TransportError::new(
                TransportErrorKind::Other,
                error,
            ))),
        }
    }

    fn stop(&mut self) {
        self.state = State::Done;
        self.ready.clear();
    }
}

/// How a stream ends: with an error, or without.
type Ended = Option<Result<RawEvent, Lost>>;

impl Renewal {
    /// Nothing where a stream ends with its connection.
    fn of(call: &Call) -> Option<Self> {
        let policy = call.retry_policy();
        let is_on = call.reconnects() == Reconnect::ByRetryPolicy;
        if !is_on || !policy.may_repeat(call.is_idempotent()) {
            return None;
        }
        Some(Self {
            template: call.try_clone()?,
            tries: Tries::new(policy.clone(), call.is_idempotent()),
            seen: Seen::default(),
            is_renewed: false,
            has_news: false,
        })
    }

    fn is_new(&mut self, event: &RawEvent) -> bool {
        let is_new = self.seen.is_new(event);
        if is_new {
            self.has_news = true;
            self.tries.succeed();
        }
        is_new
    }

    fn brought_only_what_was_known(&self) -> bool {
        self.seen.is_replay && !self.has_news
    }

    /// What is done about a new connection that was refused or failed. The first is the call's
    /// own, with its own retries.
    fn after_failure(
        &mut self,
        outcome: Result<&RawResponse, &Failure>,
    ) -> Option<std::time::Duration> {
        self.is_renewed.then(|| self.tries.after_failure(outcome))?
    }

    fn begin_anew(&mut self) -> Option<Call> {
        self.is_renewed = true;
        self.has_news = false;
        self.seen.begin_anew();
        let mut call = self.template.try_clone()?;
        // Each connection is an attempt of the stream's.
        call.0.settings.retry = Some(RetryPolicy::never());
        Some(call)
    }
}

/// Whether a response says that it is something else. What says nothing, or plain text, may be
/// events: many servers are careless.
fn no_events(raw: &RawResponse) -> bool {
    let media_type = raw.media_type();
    media_type.ends_with("json") || matches!(media_type.as_str(), "text/html" | "application/xml")
}

fn other_response(raw: RawResponse) -> Failure {
    let reason = format!(
        "the response is `{}`, not a stream of events",
        raw.media_type()
    );
    Failure::decode(raw, DecodeError::of_whole(reason))
}
