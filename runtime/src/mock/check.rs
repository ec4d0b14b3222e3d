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
    let is_open = expected.get("open_query").is_some();
    let wanted = pairs(expected, "query");
    for problem in pair_problems("the query", &wanted, query, is_open) {
        note(Some(problem));
    }
    let cookie = received.header("cookie").unwrap_or_default();
    for (name, value) in pairs(expected, "cookies") {
        let mut cookies = cookie.split("; ").filter_map(|pair| pair.split_once('='));
        let is_there =
            cookies.any(|(key, found)| key == name && same::plain(&value, &decoded(found)));
        note((!is_there).then(|| format!("no cookie `{name}={value}`: {cookie:?}")));
    }
    for (name, value) in pairs(expected, "headers") {
        let found = received.header(&name);
        let is_same = found.is_some_and(|found| same::plain(&value, found));
        note((!is_same).then(|| format!("the header `{name}` is {found:?}, not {value:?}")));
    }
    note(body_problem(expected, received));
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
    let found: Vec<&str> = path.split('/').collect();
    let is_same = wanted.len() == found.len()
        && wanted.iter().zip(&found).all(|(wanted, found)| {
            // What is still in braces is written in a way of its own.
            wanted.contains('{') || same::plain(wanted, &unescaped(found))
        });
    (!is_same).then(|| format!("the path is {path}, not {template} with {values:?}"))
}

fn filled(segment: &str, values: &[(String, String)]) -> String {
    let mut segment = segment.to_owned();
    for (name, value) in values {
        segment = segment.replace(&format!("{{{name}}}"), value);
    }
    segment
}

/// Every pair is expected once, and no other comes, unless the list is open. The order is the
/// client's.
fn pair_problems(
    place: &str,
    wanted: &[(String, String)],
    text: &str,
    is_open: bool,
) -> Vec<String> {
    let mut found: Vec<(String, String)> = text
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    let mut problems = Vec::new();
    for (name, value) in wanted {
        let at = found
            .iter()
            .position(|(key, found)| key == name && same::plain(value, found));
        match at {
            Some(at) => {
                found.remove(at);
            }
            None => problems.push(format!("{place} has no `{name}={value}`: {text}")),
        }
    }
    if !is_open {
        let more = found.iter();
        problems.extend(
            more.map(|(name, value)| format!("nobody expects `{name}={value}` in {place}")),
        );
    }
    problems
}

fn body_problem(expected: &Value, received: &Received) -> Option<String> {
    let body = String::from_utf8_lossy(&received.body);
    // A line of JSON is JSON.
    if let Some(value) = expected.get("json").or_else(|| expected.get("lines")) {
        let result = same::texts(value, body.trim_end());
        return result.err().map(|problem| format!("the body: {problem}"));
    }
    if expected.get("form").is_some() {
        let wanted = pairs(expected, "pairs");
        let is_open = expected.get("pairs").is_none();
        let problems = pair_problems("the form", &wanted, &body, is_open);
        return (!problems.is_empty()).then(|| problems.join("\n"));
    }
    if let Some(parts) = expected.get("parts").and_then(Value::as_object) {
        let media_type = received.header("content-type").unwrap_or_default();
        if !media_type.starts_with("multipart/form-data; boundary=") {
            return Some(format!("the body is no form of parts, but {media_type:?}"));
        }
        let mut names = parts.keys();
        let missing = names.find(|name| !body.contains(&format!("name=\"{name}\"")));
        return missing.map(|name| format!("the form has no part `{name}`: {body}"));
    }
    match expected.get("text").and_then(Value::as_str) {
        Some(text) => (text != body).then(|| format!("the body is {body:?}, not {text:?}")),
        None => (!body.is_empty()).then(|| format!("nobody expects a body: {body}")),
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
    unescaped(&text.replace('+', "%20"))
}

fn unescaped(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
