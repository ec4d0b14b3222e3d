//! Lines of JSON (`application/x-ndjson`, `application/jsonl`) as typed values.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use futures_core::Stream;

use super::bytes::{ByteStream, Lost, open};
use crate::call::Call;
use crate::error::{Error, Failure};
use crate::json::{self, DecodeError, Json};
use crate::response::{Decode, RawResponse};
use crate::transport::BoxFuture;

/// Values, a line each, as they come.
///
/// A line that is not what the document says is an error, and the next one follows it. After any
/// other error there is nothing more.
#[must_use = "nothing is sent before a line is asked for"]
pub struct JsonLines<T, E> {
    lines: Lines,
    decode: fn(&[u8]) -> Result<T, DecodeError>,
    decode_error: Decode<Option<E>>,
}

impl Call {
    /// The lines of JSON that the response consists of.
    pub fn json_lines<T: Json, E>(self, decode_error: Decode<Option<E>>) -> JsonLines<T, E> {
        JsonLines {
            lines: Lines::new(self),
            decode: json::from_slice::<T>,
            decode_error,
        }
    }
}

impl<T, E> JsonLines<T, E> {
    /// The next value; `None` after the last.
    ///
    /// # Errors
    /// When the call or its connection fails, which ends the stream, or when a line is not what
    /// the document says, which does not.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        std::future::poll_fn(|cx| self.poll_value(cx))
            .await
            .transpose()
    }

    fn poll_value(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        let lost = match ready!(self.lines.poll_line(cx)) {
            None => return Poll::Ready(None),
            Some(Ok((head, line))) => {
                let decoded = (self.decode)(&line);
                return Poll::Ready(Some(
                    decoded
                        .map_err(|error| Error::decode(RawResponse { body: line, ..head }, error)),
                ));
            }
            Some(Err(lost)) => lost,
        };
        self.lines.state = State::Done;
        Poll::Ready(Some(Err(lost.into_error(self.decode_error))))
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

/// The lines of a response, not yet decoded. Not generic.
struct Lines {
    state: State,
    buffer: BytesMut,
    /// How much of the buffer is known to hold no line's end.
    searched: usize,
    max_line: u64,
}

enum State {
    Opening(BoxFuture<Result<ByteStream, Lost>>),
    Reading(Box<ByteStream>),
    /// The response has ended; what is in the buffer is its last line.
    Ended(Box<RawResponse>),
    Done,
}

impl Lines {
    fn new(call: Call) -> Self {
        Self {
            max_line: call.size_limit(),
            state: State::Opening(open(call)),
            buffer: BytesMut::new(),
            searched: 0,
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
                        Ok(stream) => State::Reading(Box::new(stream)),
                        Err(lost) => return Poll::Ready(Some(Err(lost))),
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
                let failure = Failure::too_large(head, self.max_line);
                return Poll::Ready(Some(Err(failure.into())));
            }
            let State::Reading(stream) = &mut self.state else {
                self.state = State::Done;
                continue;
            };
            match ready!(stream.poll_chunk(cx)) {
                Ok(Some(piece)) => self.buffer.extend_from_slice(&piece),
                Ok(None) => self.state = State::Ended(Box::new(stream.raw.clone())),
                Err(failure) => return Poll::Ready(Some(Err(failure.into()))),
            }
        }
    }
}

/// What may stand before each text of a sequence (`application/json-seq`, RFC 7464).
const RECORD: u8 = 0x1e;

/// The next line that is not empty; the rest of the buffer too, once the response has ended.
fn next_line(buffer: &mut BytesMut, searched: &mut usize, ended: bool) -> Option<Bytes> {
    loop {
        let unsearched = buffer.get(*searched..).unwrap_or_default();
        let end = unsearched.iter().position(|byte| *byte == b'\n');
        let Some(end) = end.map(|at| *searched + at) else {
            let rest = if ended {
                buffer.split()
            } else {
                BytesMut::new()
            };
            *searched = buffer.len();
            return text_of(&rest.freeze());
        };
        // A text of a sequence goes on over lines until it is whole.
        let line = buffer.get(..end).unwrap_or_default();
        if line.first() == Some(&RECORD) && !is_whole(line.get(1..).unwrap_or_default()) {
            *searched = end + 1;
            continue;
        }
        let line = buffer.split_to(end).freeze();
        buffer.advance(1);
        *searched = 0;
        if let Some(line) = text_of(&line) {
            return Some(line);
        }
    }
}

fn is_whole(text: &[u8]) -> bool {
    text.trim_ascii().is_empty() || serde_json::from_slice::<serde_json::Value>(text).is_ok()
}

/// A line without what is not part of its text; nothing of an empty one.
fn text_of(line: &Bytes) -> Option<Bytes> {
    let text = line.trim_ascii();
    let text = text.strip_prefix(&[RECORD]).unwrap_or(text).trim_ascii();
    (!text.is_empty()).then(|| line.slice_ref(text))
}

/// The lines of a response that has been read whole.
pub(crate) fn lines(body: &Bytes) -> impl Iterator<Item = Bytes> {
    let (mut rest, mut searched) = (BytesMut::from(&body[..]), 0);
    std::iter::from_fn(move || next_line(&mut rest, &mut searched, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &'static str) -> Vec<Bytes> {
        lines(&Bytes::from_static(text.as_bytes())).collect()
    }

    #[test]
    fn lines_and_sequences() {
        assert_eq!(read("1\r\n\n  2\n{}"), ["1", "2", "{}"]);
        assert_eq!(
            read("\u{1e}1\n\u{1e}{\n\"a\": 1\n}\n\u{1e}3"),
            ["1", "{\n\"a\": 1\n}", "3"]
        );
        assert_eq!(read("\n\u{1e}\n"), Vec::<Bytes>::new());
    }
}
