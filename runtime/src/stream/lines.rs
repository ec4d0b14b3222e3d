//! Lines of JSON (`application/x-ndjson`, `application/jsonl`) as typed values.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;

use super::bytes::{ByteStream, Opened, open};
use crate::call::Call;
use crate::error::{BodyTooLargeError, Error, Failure};
use crate::json::{self, DecodeError, Json};
use crate::response::RawResponse;
use crate::transport::BoxFuture;

/// Values, a line each, as they come. After an error there is nothing more.
#[must_use = "nothing is sent before a line is asked for"]
pub struct JsonLines<T, E> {
    lines: Lines,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
    decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
}

impl<T: Json, E> JsonLines<T, E> {
    pub(crate) fn new(
        call: Call,
        decode_error: fn(&RawResponse) -> Result<Option<E>, DecodeError>,
    ) -> Self {
        Self {
            lines: Lines::new(call),
            decode: json::from_slice::<T>,
            decode_error,
        }
    }
}

impl<T, E> JsonLines<T, E> {
    /// The next value; `None` after the last.
    ///
    /// # Errors
    /// When the call or its connection fails, or a line is not what the document says.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        std::future::poll_fn(|cx| self.poll_value(cx))
            .await
            .transpose()
    }

    fn poll_value(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        let outcome = match ready!(self.lines.poll_line(cx)) {
            None => return Poll::Ready(None),
            Some(Ok((head, line))) => (self.decode)(&line)
                .map_err(|error| Error::decode(RawResponse { body: line, ..head }, error)),
            Some(Err(Lost::Refused(raw))) => {
                let decoded = (self.decode_error)(&raw);
                Err(Error::from_status(*raw, decoded))
            }
            Some(Err(Lost::Failed(failure))) => Err(failure.into()),
        };
        if outcome.is_err() {
            self.lines.state = State::Done;
        }
        Poll::Ready(Some(outcome))
    }
}

impl<T, E> Stream for JsonLines<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_value(cx)
    }
}

impl<T, E> fmt::Debug for JsonLines<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonLines")
    }
}

enum Lost {
    Refused(Box<RawResponse>),
    Failed(Failure),
}

/// The lines of a response, not yet decoded. Not generic.
struct Lines {
    state: State,
    buffer: BytesMut,
    /// How much of the buffer is known to hold no line's end.
    searched: usize,
    max_line: u64,
}

enum State {
    Opening(BoxFuture<Result<Opened, Failure>>),
    Reading(Box<ByteStream>),
    /// The response has ended; what is in the buffer is its last line.
    Ended(Box<RawResponse>),
    Done,
}

impl Lines {
    fn new(call: Call) -> Self {
        let max_line = call
            .0
            .max_body_bytes
            .unwrap_or(call.0.client.shared.max_body_bytes);
        let state = State::Opening(open(call));
        Self {
            state,
            buffer: BytesMut::new(),
            searched: 0,
            max_line,
        }
    }

    fn poll_line(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<(RawResponse, Bytes), Lost>>> {
        loop {
            let (head, ended) = match &mut self.state {
                State::Done => return Poll::Ready(None),
                State::Opening(opening) => {
                    self.state = match ready!(opening.as_mut().poll(cx)) {
                        Ok(Opened::Stream(stream)) => State::Reading(Box::new(stream)),
                        Ok(Opened::Refused(raw)) => {
                            return Poll::Ready(Some(Err(Lost::Refused(Box::new(raw)))));
                        }
                        Err(failure) => return Poll::Ready(Some(Err(Lost::Failed(failure)))),
                    };
                    continue;
                }
                State::Reading(stream) => (&stream.raw, false),
                State::Ended(head) => (&**head, true),
            };
            if let Some(line) = next_line(&mut self.buffer, &mut self.searched, ended) {
                return Poll::Ready(Some(Ok((head.clone(), line))));
            }
            if self.buffer.len() as u64 > self.max_line {
                let (status, headers) = (head.status, head.headers.clone());
                let error = BodyTooLargeError {
                    limit: self.max_line,
                    status,
                    headers,
                };
                let failure = Failure::BodyTooLarge(Box::new(error));
                return Poll::Ready(Some(Err(Lost::Failed(failure))));
            }
            let State::Reading(stream) = &mut self.state else {
                self.state = State::Done;
                continue;
            };
            match ready!(stream.poll_chunk(cx)) {
                Ok(Some(piece)) => self.buffer.extend_from_slice(&piece),
                Ok(None) => self.state = State::Ended(Box::new(stream.raw.clone())),
                Err(failure) => return Poll::Ready(Some(Err(Lost::Failed(failure)))),
            }
        }
    }
}

/// The next line that is not empty; the rest of the buffer too, once the response has ended.
fn next_line(buffer: &mut BytesMut, searched: &mut usize, ended: bool) -> Option<Bytes> {
    loop {
        let unsearched = buffer.get(*searched..).unwrap_or_default();
        let line = match unsearched.iter().position(|byte| *byte == b'\n') {
            Some(at) => {
                let line = buffer.split_to(*searched + at);
                buffer.advance(1);
                line
            }
            None if ended && !buffer.is_empty() => buffer.split(),
            None => {
                *searched = buffer.len();
                return None;
            }
        };
        *searched = 0;
        if !line.trim_ascii().is_empty() {
            return Some(line.freeze());
        }
    }
}
