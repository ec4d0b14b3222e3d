//! From a page to the call that asks for the next: one function per kind.

use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;

use super::link;
use crate::call::Call;
use crate::error::Failure;
use crate::json::{self, Json, Reader, Writer};
use crate::response::RawResponse;
use crate::tables::{PageKind, Pagination, Param};

/// What follows a page.
pub(super) enum Next {
    /// The page that this call asks for, known by a mark that no other page has.
    Page {
        call: Call,
        mark: u64,
    },
    /// The page that this call asks for, in place of this one, which came already.
    Instead(Call),
    End,
}

/// Where a walk by page numbers stands.
pub(super) struct Walk {
    first: First,
    /// How many items there were up to here.
    passed: u64,
}

impl Walk {
    fn new(first: First, passed: u64) -> Self {
        Self { first, passed }
    }
}

/// The number of the first page.
enum First {
    Known(u64),
    /// Nought or one: page 1 has other items than the first page, of which this is the mark, or
    /// the same.
    Unknown(u64),
}

/// What follows this page, which `call` asked for.
pub(super) fn advance(
    pagination: &Pagination,
    call: Call,
    raw: &RawResponse,
    walk: &mut Option<Walk>,
) -> Result<Next, Failure> {
    if let Some(more) = pagination.more
        && !part::<Value>(raw, more)?.is_some_and(|more| says_yes(&more))
    {
        return Ok(Next::End);
    }
    match pagination.kind {
        PageKind::Cursor { param, next } => cursor(call, raw, param, part(raw, next)?),
        PageKind::LastItem { param, id } => {
            let items = part::<Vec<Value>>(raw, pagination.items)?.unwrap_or_default();
            let Some(last) = items.last() else {
                return Ok(Next::End);
            };
            cursor(call, raw, param, last.pointer(id).cloned())
        }
        PageKind::Offset {
            offset,
            first,
            total,
        } => {
            let came = count(pagination, raw)?;
            let reached = sent(&call, offset).unwrap_or(first).saturating_add(came);
            let is_last =
                number(raw, total)?.is_some_and(|total| reached.saturating_sub(first) >= total);
            if came == 0 || is_last {
                return Ok(Next::End);
            }
            Ok(numbered(call, raw, offset, reached))
        }
        PageKind::PageNumber { .. } => by_number(pagination, call, raw, walk),
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

/// The next of pages that are numbered.
fn by_number(
    pagination: &Pagination,
    mut call: Call,
    raw: &RawResponse,
    walk: &mut Option<Walk>,
) -> Result<Next, Failure> {
    let PageKind::PageNumber {
        page,
        first,
        current,
        pages,
        total,
    } = pagination.kind
    else {
        return Ok(Next::End);
    };
    let came = count(pagination, raw)?;
    let asked = sent(&call, page);
    let walk = match walk {
        None => walk.insert(match (asked, number(raw, current)?.or(first)) {
            // The caller begins in the middle, as far as can be told.
            (Some(asked), _) => {
                let first = first.unwrap_or(1).min(asked);
                Walk::new(First::Known(first), (asked - first).saturating_mul(came))
            }
            (None, Some(first)) => Walk::new(First::Known(first), 0),
            (None, None) => Walk::new(First::Unknown(items(pagination, raw)?), 0),
        }),
        Some(walk) => {
            if let First::Unknown(mark) = walk.first {
                let is_first_again = mark == items(pagination, raw)?;
                walk.first = First::Known(u64::from(is_first_again));
                if is_first_again {
                    call.set(page, &Value::from(2));
                    return Ok(Next::Instead(call));
                }
            }
            walk
        }
    };
    walk.passed = walk.passed.saturating_add(came);
    let (this, first) = match walk.first {
        First::Known(first) => (asked.unwrap_or(first), first),
        First::Unknown(_) => (0, 0),
    };
    let nth = this.saturating_sub(first).saturating_add(1);
    let is_last = number(raw, pages)?.is_some_and(|pages| nth >= pages)
        || number(raw, total)?.is_some_and(|total| walk.passed >= total);
    if came == 0 || is_last {
        return Ok(Next::End);
    }
    Ok(numbered(call, raw, page, this.saturating_add(1)))
}

/// Whether a page says by this that another follows.
fn says_yes(more: &Value) -> bool {
    match more {
        Value::Null => false,
        Value::Bool(more) => *more,
        Value::Number(left) => left.as_f64() != Some(0.0),
        Value::String(next) => !next.is_empty() && next != "false",
        Value::Array(_) | Value::Object(_) => true,
    }
}

fn cursor(
    mut call: Call,
    raw: &RawResponse,
    param: &'static Param,
    cursor: Option<Value>,
) -> Result<Next, Failure> {
    let cursor = match cursor {
        Some(cursor @ Value::Number(_)) => cursor,
        Some(Value::String(cursor)) if !cursor.is_empty() => {
            Value::String(within_link(&cursor, param).unwrap_or(cursor))
        }
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
    call.set(param, &cursor);
    Ok(Next::Page { call, mark })
}

/// The cursor within a link: some servers send the next page's whole address where their document
/// has the cursor.
fn within_link(cursor: &str, param: &Param) -> Option<String> {
    if !cursor.starts_with("https://") && !cursor.starts_with("http://") {
        return None;
    }
    let link = url::Url::parse(cursor).ok()?;
    let mut query = link.query_pairs();
    let (_, cursor) = query.find(|(name, _)| name == param.name)?;
    Some(cursor.into_owned())
}

/// Numbers never repeat, so the page's content is its mark: a server that does not look at the
/// number sends the same page for ever.
fn numbered(mut call: Call, raw: &RawResponse, param: &'static Param, number: u64) -> Next {
    call.set(param, &Value::from(number));
    Next::Page {
        call,
        mark: mark(raw.body()),
    }
}

/// A link of the server's. It carries the call's credentials, so it may not leave the server.
fn follow(mut call: Call, raw: &RawResponse, link: &str) -> Result<Next, Failure> {
    let asked = raw.url.as_ref();
    let joined = asked.and_then(|asked| Some((asked, asked.join(link).ok()?)));
    let Some((asked, mut next)) = joined else {
        return Err(broken("the link to the next page is no address", raw));
    };
    if next.origin() != asked.origin() {
        return Err(broken(
            "the link to the next page leads to another server",
            raw,
        ));
    }
    next.set_fragment(None);
    if next == **asked {
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
fn sent(call: &Call, param: &Param) -> Option<u64> {
    whole(&call.get(param)?)
}

/// A number that a page holds, where it holds one.
fn number(raw: &RawResponse, pointer: Option<&str>) -> Result<Option<u64>, Failure> {
    let value = pointer.map(|pointer| part::<Value>(raw, pointer));
    Ok(value.transpose()?.flatten().as_ref().and_then(whole))
}

/// A whole number. Documents have them as any number and as text, too.
fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.as_u64().or_else(|| {
            let text = number.as_f64().filter(|number| number.fract() == 0.0)?;
            format!("{text:.0}").parse().ok()
        }),
        _ => None,
    }
}

/// The mark of a page's items.
fn items(pagination: &Pagination, raw: &RawResponse) -> Result<u64, Failure> {
    let items = part::<Value>(raw, pagination.items)?.unwrap_or_default();
    Ok(mark(&items.to_string()))
}

/// How many items a page has.
fn count(pagination: &Pagination, raw: &RawResponse) -> Result<u64, Failure> {
    Ok(part::<Count>(raw, pagination.items)?.map_or(0, |count| count.0))
}

/// A part of the page's body, where it is there.
fn part<T: Json>(raw: &RawResponse, pointer: &str) -> Result<Option<T>, Failure> {
    json::at(raw.body(), pointer).map_err(|error| Failure::decode(raw.clone(), error))
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

/// A list that does not lead to an end.
pub(super) fn broken(reason: &'static str, raw: &RawResponse) -> Failure {
    Failure::pagination(reason, raw.clone())
}

/// The mark of whatever tells one page from another.
pub(super) fn mark(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
