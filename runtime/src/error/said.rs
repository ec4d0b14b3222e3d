//! What a server says about an error: its own message and code, from where servers put them.
//!
//! Documents rarely describe error bodies well, so this looks at the body as it came. It makes
//! texts for people and logs; what a program decides by is the typed body.

use serde_json::{Map, Value};

use crate::response::{RawResponse, redact};

/// Larger bodies are no messages, and reading them would take time.
const LARGEST: usize = 256 * 1024;

/// How deep a message lies at most: `errors[0].error.message`.
const DEEPEST: usize = 4;

/// Keys that hold the message, or something with the message in it. The first that is there counts.
const MESSAGES: [&str; 14] = [
    "message",
    "errormessage",
    "errormsg",
    "msg",
    "errordescription",
    "error",
    "errors",
    "errormessages",
    "fault",
    "faultstring",
    "detail",
    "title",
    "description",
    "reason",
];

/// Keys that hold the code.
const CODES: [&str; 7] = [
    "code",
    "errorcode",
    "errcode",
    "type",
    "reason",
    "status",
    "name",
];

/// Keys of what may have the code in it.
const AROUND_CODES: [&str; 4] = ["error", "errors", "fault", "detail"];

/// What a server says about an error.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) message: Option<String>,
    pub(super) code: Option<String>,
    /// The body where it is JSON without a message, without what looks like a secret.
    pub(super) rest: Option<String>,
}

/// Looks into a response. A success says something only where it says itself that it is none.
pub(super) fn said(raw: &RawResponse) -> Said {
    if raw.body.is_empty() || raw.body.len() > LARGEST {
        return Said::default();
    }
    let Ok(mut body) = serde_json::from_slice::<Value>(&raw.body) else {
        let message = (!raw.status.is_success()).then(|| of_text(raw)).flatten();
        return Said {
            message,
            ..Said::default()
        };
    };
    if raw.status.is_success() && !tells_of_an_error(&body) {
        return Said::default();
    }
    let message = message(&body, DEEPEST);
    let code = code(&body, raw.status.as_u16(), DEEPEST);
    let rest = message.is_none().then(|| {
        mask(&mut body);
        body.to_string()
    });
    // A server may put the credential that it refuses into what it says.
    let redacted = |text: String| raw.redactions.apply(&text);
    Said {
        message: message.map(redacted),
        code: code.map(redacted),
        rest: rest.map(redacted),
    }
}

/// Takes out what members hold that are secrets by their names. The reader has a limit of its own
/// on depth.
fn mask(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::Object(members) => {
            for (key, value) in members.iter_mut() {
                let holds_text = value.is_string() || value.is_number();
                if holds_text && redact::is_secret_name(key) {
                    *value = Value::String(redact::MARK.to_owned());
                } else {
                    mask(value);
                }
            }
        }
        _ => {}
    }
}

/// Whether a successful body says that it is an error.
fn tells_of_an_error(body: &Value) -> bool {
    let Value::Object(body) = body else {
        return false;
    };
    let is_false = |key| find(body, key) == Some(&Value::Bool(false));
    let is_there = |key| find(body, key).is_some_and(|value| !is_nothing(value));
    is_false("ok") || is_false("success") || is_there("error") || is_there("errors")
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Number(_) => false,
    }
}

/// A key's value, whatever its capitals and whether its words are joined or not.
fn find<'v>(members: &'v Map<String, Value>, wanted: &str) -> Option<&'v Value> {
    let is_wanted = |key: &String| {
        let letters = key
            .bytes()
            .filter(|byte| !matches!(byte, b'_' | b'-' | b' '));
        letters
            .map(|byte| byte.to_ascii_lowercase())
            .eq(wanted.bytes())
    };
    members
        .iter()
        .find(|(key, _)| is_wanted(key))
        .map(|(_, value)| value)
}

fn message(body: &Value, depth: usize) -> Option<String> {
    match body {
        Value::String(text) => {
            let text = text.trim();
            (!text.is_empty()).then(|| text.to_owned())
        }
        _ if depth == 0 => None,
        Value::Array(items) => items.iter().find_map(|item| message(item, depth - 1)),
        Value::Object(members) => {
            let known = MESSAGES.iter().filter_map(|key| find(members, key));
            let mut known = known.filter_map(|value| message(value, depth - 1));
            known.next().or_else(|| by_field(members, depth))
        }
        _ => None,
    }
}

/// `{"name": ["is taken"]}`: messages by the fields that they are about. Only within what is known
/// to be about errors.
fn by_field(members: &Map<String, Value>, depth: usize) -> Option<String> {
    let is_inner = depth < DEEPEST;
    let mut lists = members.iter().filter(|(_, value)| value.is_array());
    let (field, list) = lists.next().filter(|_| is_inner)?;
    message(list, depth - 1).map(|text| format!("{field}: {text}"))
}

/// The code, unless it is the status once more.
fn code(body: &Value, status: u16, depth: usize) -> Option<String> {
    let members = match body {
        Value::Object(members) => members,
        Value::Array(items) if depth > 0 => return code(items.first()?, status, depth - 1),
        _ => return None,
    };
    let mut own = CODES
        .iter()
        .filter_map(|key| code_text(find(members, key)?, status));
    let mut inner = AROUND_CODES
        .iter()
        .filter_map(|key| find(members, key))
        .filter(|_| depth > 0)
        .filter_map(|value| code(value, status, depth - 1));
    own.next()
        .or_else(|| inner.next())
        .or_else(|| find(members, "error").and_then(|value| code_text(value, status)))
}

/// A code is a number, or one word; addresses and sentences are none.
fn code_text(value: &Value, status: u16) -> Option<String> {
    const LONGEST: usize = 80;
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim().to_owned(),
        _ => return None,
    };
    let is_word = !text.is_empty()
        && text.len() <= LONGEST
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '/')
        && text != "about:blank";
    let says_nothing = [
        "error", "errors", "failure", "failed", "fail", "status", "false",
    ];
    let is_new = text != status.to_string()
        && !says_nothing
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word));
    (is_word && is_new).then_some(text)
}

/// The message of a body that is no JSON: plain text as it is, of a page its title.
fn of_text(raw: &RawResponse) -> Option<String> {
    let text = String::from_utf8_lossy(&raw.body);
    let text = text.trim();
    let begins = |start: &str| {
        text.get(..start.len())
            .is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    let is_page = raw.media_type().ends_with("html") || begins("<!doctype html") || begins("<html");
    if is_page {
        let (_, from) = split_once_ignore_case(text, "<title>")?;
        let (title, _) = split_once_ignore_case(from, "</title>")?;
        let title = title.trim();
        return (!title.is_empty()).then(|| raw.redactions.apply(title));
    }
    let is_text = raw.media_type() == "text/plain" && !text.is_empty();
    is_text.then(|| raw.redactions.apply(text))
}

fn split_once_ignore_case<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = text
        .as_bytes()
        .windows(mark.len())
        .position(|window| window.eq_ignore_ascii_case(mark.as_bytes()))?;
    Some((text.get(..at)?, text.get(at + mark.len()..)?))
}
