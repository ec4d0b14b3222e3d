//! What a response becomes: the functions that generated code hands to
//! [`Call::send`](crate::support::Call::send).
//!
//! Each is a plain function of the response, so a generated one fits in their place.
#![expect(
    clippy::missing_errors_doc,
    reason = "decoders of one form, which only generated code calls"
)]

use bytes::Bytes;

use crate::error::NoErrorBody;
use crate::json::{self, DecodeError, Json, Union};
use crate::response::{Decode, RawResponse};
use crate::stream::{self, Event};
use crate::tables::EventForm;

/// The body as JSON.
pub fn json<T: Json>(raw: &RawResponse) -> Result<T, DecodeError> {
    raw.json()
}

/// What `decode` makes of the body, or `None` where there is none: for operations of which one
/// success has a body and another has none. `empty` are the statuses without one, beside those that
/// never have one and redirects.
pub fn or_none<T>(
    raw: &RawResponse,
    empty: &[u16],
    decode: Decode<T>,
) -> Result<Option<T>, DecodeError> {
    let status = raw.status();
    if raw.body().is_empty() || status.is_redirection() || empty.contains(&status.as_u16()) {
        return Ok(None);
    }
    decode(raw).map(Some)
}

/// A status that the document does not have, as the documented success whose body it is: the one
/// without a body where there is none, else the first of the others that it fits.
pub fn undocumented<T>(
    raw: &RawResponse,
    with_body: &[Decode<T>],
    without: Option<Decode<T>>,
) -> Result<T, DecodeError> {
    if let (true, Some(without)) = (raw.body().is_empty(), without) {
        return without(raw);
    }
    let mut refused = None;
    for decode in with_body {
        match decode(raw) {
            Ok(value) => return Ok(value),
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    match refused {
        Some(error) => Err(error),
        None => Err(DecodeError::unread()),
    }
}

/// Nothing, whatever the body is.
pub fn empty(_: &RawResponse) -> Result<(), DecodeError> {
    Ok(())
}

/// The body as text. ISO 8859-1 where the content type says so, else UTF-8, in which what is not
/// UTF-8 becomes U+FFFD; [`Response::body`](crate::Response::body) has the bytes as they came.
pub fn text(raw: &RawResponse) -> Result<String, DecodeError> {
    Ok(raw.text())
}

/// The body as it came.
pub fn bytes(raw: &RawResponse) -> Result<Bytes, DecodeError> {
    Ok(raw.body().clone())
}

/// Server-sent events, all of them: the whole stream must have come.
pub fn events<T: Json>(raw: &RawResponse) -> Result<Vec<Event<T>>, DecodeError> {
    stream::whole(raw.body(), EventForm::JSON)
}

/// The same of events that are text.
pub fn text_events(raw: &RawResponse) -> Result<Vec<Event<String>>, DecodeError> {
    stream::whole(raw.body(), EventForm::TEXT)
}

/// The same of events that the document describes as a whole.
pub fn described_events<T: Json>(
    raw: &RawResponse,
    form: &'static EventForm,
) -> Result<Vec<Event<T>>, DecodeError> {
    stream::whole(raw.body(), form)
}

/// The same of events whose names say which member of a union their data is.
pub fn named_events<U: Json + Union>(
    raw: &RawResponse,
    form: &'static EventForm,
) -> Result<Vec<Event<U>>, DecodeError> {
    stream::whole_by_name(raw.body(), form)
}

/// Values, a line of JSON each.
pub fn json_lines<T: Json>(raw: &RawResponse) -> Result<Vec<T>, DecodeError> {
    let lines = stream::lines(raw.body());
    lines.map(|line| json::from_slice(&line)).collect()
}

/// For operations that document no error body.
pub fn no_error(_: &RawResponse) -> Result<Option<NoErrorBody>, DecodeError> {
    Ok(None)
}
