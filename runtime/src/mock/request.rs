//! Whether a request is the one that is described.

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::server::Received;
use super::{parts, same};

/// A name with its value.
type Pair = (String, String);

/// What is wrong with a request, in the words of who wrote the test: nothing, if all is well.
pub(super) fn problems(expected: &Value, received: &Received) -> Vec<String> {
    let mut problems = Vec::new();
    let method = text(expected, "method");
    if received.method != method {
        problems.push(format!("the method is {}, not {method}", received.method));
    }
    let target = &received.target;
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    problems.extend(path_problem(expected, path));
    let is_open = expected.get("open_query").is_some();
    problems.extend(pair_problems(expected, "query", query, is_open));
    problems.extend(cookie_problems(expected, received));
    problems.extend(header_problems(expected, received));
    problems.extend(body_problems(expected, received));
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

fn filled(segment: &str, values: &[Pair]) -> String {
    values
        .iter()
        .fold(segment.to_owned(), |segment, (name, value)| {
            segment.replace(&format!("{{{name}}}"), value)
        })
}

/// Every pair is expected once, and no other comes, unless the list is open. The order is the
/// client's.
fn pair_problems(expected: &Value, place: &str, text: &str, is_open: bool) -> Vec<String> {
    let mut found: Vec<Pair> = text
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect();
    let mut problems = Vec::new();
    for (name, value) in values(expected, place) {
        let is_it = |(key, found): &Pair| *key == name && is_written(value, found);
        match found.iter().position(is_it) {
            Some(at) => {
                found.remove(at);
            }
            None => problems.push(format!("the {place} has no `{name}={value}`: {text}")),
        }
    }
    if !is_open {
        let more = found.iter();
        problems.extend(
            more.map(|(name, value)| format!("nobody expects `{name}={value}` in the {place}")),
        );
    }
    problems
}

fn cookie_problems(expected: &Value, received: &Received) -> Vec<String> {
    let cookies = received.header("cookie").unwrap_or_default();
    let is_there = |(name, value): &Pair| {
        let mut cookies = cookies.split("; ").filter_map(|pair| pair.split_once('='));
        cookies.any(|(key, found)| decoded(key) == *name && same::plain(value, &decoded(found)))
    };
    let missing = pairs(expected, "cookies")
        .into_iter()
        .filter(|pair| !is_there(pair));
    missing
        .map(|(name, value)| format!("no cookie `{name}={value}`: {cookies:?}"))
        .collect()
}

/// What is null has to be there, whatever it is.
fn header_problems(expected: &Value, received: &Received) -> Vec<String> {
    let wanted = expected.get("headers").and_then(Value::as_object);
    let wanted = wanted.into_iter().flatten();
    let problems = wanted.filter_map(|(name, value)| {
        let found = received.header(name);
        let is_it = |found: &str| value.as_str().is_none_or(|value| same::plain(value, found));
        (!found.is_some_and(is_it))
            .then(|| format!("the header `{name}` is {found:?}, not {value}"))
    });
    // A credential that nobody expects is one too many.
    let is_expected = expected.pointer("/headers/authorization").is_some();
    let credential = received.header("authorization").filter(|_| !is_expected);
    let credential = credential.map(|_| "nobody expects the header `authorization`".to_owned());
    problems.chain(credential).collect()
}

fn body_problems(expected: &Value, received: &Received) -> Vec<String> {
    let body = String::from_utf8_lossy(&received.body);
    // A line of JSON is JSON.
    if let Some(value) = expected.get("json") {
        let problem = same::texts(value, body.trim_end()).err();
        return problem
            .map(|problem| format!("the body: {problem}"))
            .into_iter()
            .collect();
    }
    if let Some(parts) = expected.get("parts").and_then(Value::as_object) {
        return match parts::of(received) {
            Some(found) => parts::problems(parts, &found),
            None => vec![format!("the body is no form of parts: {body}")],
        };
    }
    if expected.get("form").is_some() {
        return pair_problems(expected, "form", &body, false);
    }
    match expected.get("text").and_then(Value::as_str) {
        Some(text) if text != body => vec![format!("the body is {body:?}, not {text:?}")],
        None if !body.is_empty() && expected.get("open_body").is_none() => {
            vec![format!("nobody expects a body: {body}")]
        }
        _ => Vec::new(),
    }
}

/// Whether a value is written so: a text as it is, anything else as JSON.
fn is_written(value: &Value, found: &str) -> bool {
    match value.as_str() {
        Some(text) => same::plain(text, found),
        None => same::texts(value, found).is_ok(),
    }
}

/// The names and values under a key: a name may have several.
fn values<'v>(expected: &'v Value, key: &str) -> Vec<(&'v str, &'v Value)> {
    let object = expected.get(key).and_then(Value::as_object);
    let pairs = object.into_iter().flatten().flat_map(|(name, value)| {
        let several = value.as_array().map(Vec::as_slice);
        let values = several.unwrap_or(std::slice::from_ref(value));
        values.iter().map(move |value| (name.as_str(), value))
    });
    pairs.collect()
}

/// The same of values that are texts.
fn pairs(expected: &Value, key: &str) -> Vec<Pair> {
    let pairs = values(expected, key).into_iter();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    pairs
        .map(|(name, value)| (name.to_owned(), text(value)))
        .collect()
}

fn text<'v>(expected: &'v Value, key: &str) -> &'v str {
    let text = expected.get(key).and_then(Value::as_str);
    text.unwrap_or_default()
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
            "in_path": {"id": "a b/c"},
            "query": {"tag": ["x", "y&z"]},
            "headers": {"key": "secret", "content-type": "application/json", "trace": null},
            "json": {"name": "n", "size": 1.5},
        });
        let headers = [("key", key), ("content-type", media_type), ("trace", "1")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let received = Received {
            method: "POST".to_owned(),
            target: target.to_owned(),
            headers: headers.to_vec(),
            body: body.as_bytes().to_vec(),
        };
        problems(&expected, &received)
    }

    /// What is wrong with the form of an operation.
    fn problems_of_form(form: &serde_json::Value) -> Vec<String> {
        let expected = json!({"method": "POST", "path": "/", "form": form});
        let received = Received {
            method: "POST".to_owned(),
            target: "/".to_owned(),
            headers: Vec::new(),
            body: b"tag=x&tag=%7B%22a%22%3A1.0%7D&at%5Bday%5D=1&size=%5B1%2C2%5D&name=n+m".to_vec(),
        };
        problems(&expected, &received)
    }

    #[test]
    fn the_described_form_has_no_problem() {
        let form = json!({"tag": ["x", {"a": 1}], "at[day]": "1", "size": [[1, 2]], "name": "n m"});
        assert_eq!(problems_of_form(&form), [""; 0]);
    }

    #[test]
    fn whatever_differs_in_a_form_is_a_problem() {
        let wrong = [
            json!({"tag": ["x", {"a": 2}], "at[day]": "1", "size": [[1, 2]], "name": "n m"}),
            json!({"tag": ["x", {"a": 1}], "at[day]": "1", "size": [[2, 1]], "name": "n m"}),
            json!({"tag": ["x", {"a": 1}], "at[day]": "1", "size": "1,2", "name": "n m"}),
        ];
        for form in wrong {
            let problems = problems_of_form(&form);
            assert_eq!(
                problems.len(),
                2,
                "one is missing, one too many: {problems:?}"
            );
        }
    }

    #[test]
    fn a_credential_that_nobody_expects_is_a_problem() {
        let expected = json!({"method": "GET", "path": "/"});
        let received = Received {
            method: "GET".to_owned(),
            target: "/".to_owned(),
            headers: vec![("authorization".to_owned(), "Bearer secret".to_owned())],
            body: Vec::new(),
        };
        assert_eq!(
            problems(&expected, &received),
            ["nobody expects the header `authorization`"]
        );
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
