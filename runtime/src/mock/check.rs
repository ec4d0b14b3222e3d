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
        .map(|segment| filled(&unescaped(segment), &values))
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Received, problems};

    /// The request of an operation, with something else in one place.
    fn problems_of(target: &str, key: &str, media_type: &str, body: &str) -> Vec<String> {
        let expected = json!({
            "method": "POST",
            "path": "/vaults/{id}/keys",
            "in_path": [["id", "a b/c"]],
            "query": [["tag", "x"], ["tag", "y&z"]],
            "headers": [["Key", "secret"], ["content-type", "application/json"]],
            "json": {"name": "n", "size": 1.5},
        });
        let headers = [("key", key), ("content-type", media_type)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let received = Received {
            method: "POST".to_owned(),
            target: target.to_owned(),
            headers: headers.to_vec(),
            body: body.as_bytes().to_vec(),
        };
        problems(&expected, &received)
    }

    const TARGET: &str = "/vaults/a%20b%2Fc/keys?tag=y%26z&tag=x";
    const BODY: &str = r#"{"size": 1.5, "name": "n", "none": null}"#;
    const JSON: &str = "application/json";

    #[test]
    fn the_described_request_has_no_problem() {
        let none: [&str; 0] = [];
        assert_eq!(problems_of(TARGET, "secret", JSON, BODY), none);
    }

    #[test]
    fn whatever_differs_is_a_problem() {
        let wrong = [
            (
                "/vault/a%20b%2Fc/keys?tag=x&tag=y%26z",
                "secret",
                JSON,
                BODY,
            ),
            ("/vaults/a%20b/c/keys?tag=x&tag=y%26z", "secret", JSON, BODY),
            ("/vaults/a%20b%2Fc/keys?tag=x", "secret", JSON, BODY),
            (
                "/vaults/a%20b%2Fc/keys?tag=x&tag=y%26z&more=1",
                "secret",
                JSON,
                BODY,
            ),
            (TARGET, "Bearer secret", JSON, BODY),
            (TARGET, "secret", "text/plain", BODY),
            (TARGET, "secret", JSON, r#"{"name": "n"}"#),
            (
                TARGET,
                "secret",
                JSON,
                r#"{"name": "n", "size": 1.5, "more": 1}"#,
            ),
            (TARGET, "secret", JSON, ""),
        ];
        for (target, key, media_type, body) in wrong {
            let problems = problems_of(target, key, media_type, body);
            assert_eq!(
                problems.len(),
                1,
                "{target} {key} {media_type} {body}: {problems:?}"
            );
        }
    }
}
