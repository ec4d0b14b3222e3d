//! Whether a request is the one that is described.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::same;
use super::server::Received;

/// What is wrong with a request, in the words of who wrote the test: nothing, if all is well.
pub(super) fn problems(expected: &Value, received: &Received) -> Vec<String> {
    let mut problems = Vec::new();
    let mut note = |problem: Option<String>| problems.extend(problem);
    let method = text(expected, "method");
    note(
        (received.method != method)
            .then(|| format!("the method is {}, not {method}", received.method)),
    );
    let (path, query) = received
        .target
        .split_once('?')
        .unwrap_or((&received.target, ""));
    note(path_problem(expected, path));
    for problem in query_problems(expected, query) {
        note(Some(problem));
    }
    for (name, value) in pairs(expected, "headers") {
        let found = received.header(&name);
        let is_same = found.is_some_and(|found| same::plain(&value, found));
        note((!is_same).then(|| format!("the header `{name}` is {found:?}, not {value:?}")));
    }
    note(body_problem(expected, &received.body));
    problems
}

/// A path is compared segment by segment, so that a slash in a value is no slash in the path.
fn path_problem(expected: &Value, path: &str) -> Option<String> {
    let template = text(expected, "path");
    let values = pairs(expected, "in_path");
    let wanted: Vec<String> = template
        .split('/')
        .map(|segment| filled(segment, &values))
        .collect();
    let found: Vec<String> = path.split('/').map(decoded).collect();
    let is_same = wanted.len() == found.len()
        && wanted
            .iter()
            .zip(&found)
            .all(|(wanted, found)| same::plain(wanted, found));
    (!is_same).then(|| format!("the path is {path}, not {template} with {values:?}"))
}

fn filled(segment: &str, values: &[(String, String)]) -> String {
    let mut segment = segment.to_owned();
    for (name, value) in values {
        segment = segment.replace(&format!("{{{name}}}"), value);
    }
    segment
}

/// Every pair is expected once, and no other comes. The order is the client's.
fn query_problems(expected: &Value, query: &str) -> Vec<String> {
    let mut found: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    let mut problems = Vec::new();
    for (name, value) in pairs(expected, "query") {
        let at = found
            .iter()
            .position(|(key, found)| *key == name && same::plain(&value, found));
        match at {
            Some(at) => {
                found.remove(at);
            }
            None => problems.push(format!("the query has no `{name}={value}`: {query}")),
        }
    }
    problems.extend(
        found
            .iter()
            .map(|(name, value)| format!("nobody expects `{name}={value}` in the query")),
    );
    problems
}

fn body_problem(expected: &Value, body: &[u8]) -> Option<String> {
    let body = String::from_utf8_lossy(body);
    match (
        expected.get("body"),
        expected.get("text").and_then(Value::as_str),
    ) {
        (Some(value), _) => same::texts(value, &body)
            .err()
            .map(|problem| format!("the body: {problem}")),
        (None, Some(text)) => (text != body).then(|| format!("the body is {body:?}, not {text:?}")),
        (None, None) => (!body.is_empty()).then(|| format!("nobody expects a body: {body}")),
    }
}

/// The pairs of names and values under a key.
fn pairs(expected: &Value, key: &str) -> Vec<(String, String)> {
    let list = expected
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    list.map(|pair| {
        let part = |index: usize| pair.get(index).and_then(Value::as_str).unwrap_or_default();
        (part(0).to_owned(), part(1).to_owned())
    })
    .collect()
}

fn text<'v>(expected: &'v Value, key: &str) -> &'v str {
    expected
        .get(key)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', "%20");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
