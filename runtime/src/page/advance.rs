//! From a page to the call that asks for the next: one function per kind.

use serde_json::Value;

use super::engine::{Next, broken, mark};
use super::{PageKind, Pagination, link};
use crate::api::Param;
use crate::call::Call;
use crate::error::{BodyError, Failure};
use crate::json::{self, DecodeError, Json, Reader, Writer};
use crate::response::RawResponse;

/// What follows this page, which `call` asked for.
pub(super) fn advance(
    pagination: &Pagination,
    call: Call,
    raw: &RawResponse,
) -> Result<Next, Failure> {
    match pagination.kind {
        PageKind::Cursor { param, next } => cursor(call, raw, param, next),
        PageKind::CursorWhile { param, next, more } => match part::<Value>(raw, more)? {
            Some(Value::Bool(true)) => cursor(call, raw, param, next),
            _ => Ok(Next::End),
        },
        PageKind::Offset { offset, total } => {
            let total = total
                .map(|total| part::<u64>(raw, total))
                .transpose()?
                .flatten();
            let came = count(pagination, raw)?;
            let reached = number(&call, offset).unwrap_or(0).saturating_add(came);
            if came == 0 || total.is_some_and(|total| reached >= total) {
                return Ok(Next::End);
            }
            Ok(numbered(call, raw, offset, reached))
        }
        PageKind::PageNumber { page, first, pages } => {
            let pages = pages
                .map(|pages| part::<u64>(raw, pages))
                .transpose()?
                .flatten();
            let this = number(&call, page).unwrap_or(first);
            let last = pages.is_some_and(|pages| this.saturating_sub(first) + 1 >= pages);
            if last || count(pagination, raw)? == 0 {
                return Ok(Next::End);
            }
            Ok(numbered(call, raw, page, this.saturating_add(1)))
        }
        PageKind::NextLink { next } => match part::<Value>(raw, next)? {
            Some(Value::String(link)) if !link.is_empty() => follow(call, raw, &link),
            _ => Ok(Next::End),
        },
        PageKind::LinkHeader => match link::next(raw.headers()) {
            Some(link) => follow(call, raw, &link),
            None => Ok(Next::End),
        },
    }
}

fn cursor(
    mut call: Call,
    raw: &RawResponse,
    param: &'static Param,
    next: &str,
) -> Result<Next, Failure> {
    let cursor = match part::<Value>(raw, next)? {
        Some(cursor @ Value::Number(_)) => cursor,
        Some(Value::String(cursor)) if !cursor.is_empty() => Value::String(cursor),
        None | Some(Value::Null | Value::String(_) | Value::Bool(false)) => return Ok(Next::End),
        Some(_) => return Err(broken("the cursor is neither a string nor a number", raw)),
    };
    // The first page's own cursor counts too: it may be the caller's.
    if call.get(param).as_ref() == Some(&cursor) {
        return Err(broken(
            "the page repeats the cursor that it was asked for with",
            raw,
        ));
    }
    let mark = mark(&cursor.to_string());
    call.set(param, cursor);
    Ok(Next::Page { call, mark })
}

/// Numbers never repeat, so the page's content is its mark: a server that does not look at the
/// number sends the same page for ever.
fn numbered(mut call: Call, raw: &RawResponse, param: &'static Param, number: u64) -> Next {
    call.set(param, Value::from(number));
    Next::Page {
        call,
        mark: mark(raw.body()),
    }
}

/// A link of the server's. It carries the call's credentials, so it may not leave the server.
fn follow(mut call: Call, raw: &RawResponse, link: &str) -> Result<Next, Failure> {
    let Ok(mut next) = raw.url.join(link) else {
        return Err(broken("the link to the next page is no address", raw));
    };
    if next.origin() != raw.url.origin() {
        return Err(broken(
            "the link to the next page leads to another server",
            raw,
        ));
    }
    next.set_fragment(None);
    if next == *raw.url {
        return Err(broken(
            "the link to the next page leads to the page itself",
            raw,
        ));
    }
    let mark = mark(&next);
    call.0.link = Some(next);
    Ok(Next::Page { call, mark })
}

/// The number that a call sends in a parameter.
fn number(call: &Call, param: &Param) -> Option<u64> {
    call.get(param)?.as_u64()
}

/// How many items a page has.
fn count(pagination: &Pagination, raw: &RawResponse) -> Result<u64, Failure> {
    Ok(part::<Count>(raw, pagination.items)?.map_or(0, |count| count.0))
}

/// A part of the page's body, where it is there.
fn part<T: Json>(raw: &RawResponse, pointer: &str) -> Result<Option<T>, Failure> {
    json::at(raw.body(), pointer).map_err(|error| undecoded(raw, error))
}

fn undecoded(raw: &RawResponse, error: DecodeError) -> Failure {
    Failure::Decode(Box::new(BodyError::new(raw.clone(), error)))
}

/// The length of an array, whatever is in it.
struct Count(u64);

impl Json for Count {
    fn empty() -> Self {
        Self(0)
    }

    fn read(&mut self, json: &mut Reader<'_>) -> json::Result {
        self.0 = 0;
        json.array(&mut |json| {
            self.0 += 1;
            json.skip()
        })
    }

    fn write(&self, json: &mut Writer) {
        self.0.write(json);
    }
}
