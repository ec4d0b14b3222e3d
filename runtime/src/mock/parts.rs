//! Forms of parts, read as a server would.

use serde_json::{Map, Value};

use super::same;
use super::server::Received;

/// The names and contents of a form's parts; `None` where the body is no such form.
pub(super) fn of(received: &Received) -> Option<Vec<(String, String)>> {
    let media_type = received.header("content-type")?;
    let boundary = media_type.strip_prefix("multipart/form-data; boundary=")?;
    let body = String::from_utf8_lossy(&received.body);
    let body = format!("\r\n{body}");
    let (body, end) = body.rsplit_once(&format!("\r\n--{boundary}--"))?;
    let between = format!("\r\n--{boundary}\r\n");
    let mut pieces = body.split(&between);
    if !pieces.next()?.is_empty() || !end.trim().is_empty() {
        return None;
    }
    pieces.map(part).collect()
}

fn part(text: &str) -> Option<(String, String)> {
    let (head, content) = text.split_once("\r\n\r\n")?;
    let (_, name) = head.split_once("form-data; name=\"")?;
    let (name, _) = name.split_once('"')?;
    let name = name
        .replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n");
    Some((name, content.to_owned()))
}

/// What differs from the parts that are expected. A list may be one part or several.
pub(super) fn problems(expected: &Map<String, Value>, found: &[(String, String)]) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, value) in expected {
        let named = found.iter().filter(|(key, _)| key == name);
        let texts: Vec<&str> = named.map(|(_, text)| text.as_str()).collect();
        if !is_value(value, &texts) {
            problems.push(format!("the part `{name}` is {texts:?}, not {value}"));
        }
    }
    let more = found
        .iter()
        .filter(|(name, _)| !expected.contains_key(name));
    problems.extend(more.map(|(name, _)| format!("nobody expects the part `{name}`")));
    problems
}

fn is_value(value: &Value, texts: &[&str]) -> bool {
    if let [text] = texts
        && (same::texts(value, text).is_ok()
            || value.as_str().is_some_and(|value| same::plain(value, text)))
    {
        return true;
    }
    let Value::Array(items) = value else {
        return false;
    };
    let items: Vec<&Value> = items.iter().filter(|item| !item.is_null()).collect();
    items.len() == texts.len()
        && items
            .iter()
            .zip(texts)
            .all(|(item, text)| is_value(item, &[text]))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Received, of, problems};

    /// What is wrong with a form of a name, of tags and of a piece of JSON.
    fn problems_of(expected: &Value) -> Vec<String> {
        let part = |name: &str, content: &str| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{content}\r\n")
        };
        let body = [
            part("name", "n"),
            part("tag", "x"),
            part("tag", "y"),
            part("size", r#"{"height": 1.0}"#),
        ];
        let received = Received {
            method: "POST".to_owned(),
            target: "/".to_owned(),
            headers: vec![(
                "content-type".to_owned(),
                "multipart/form-data; boundary=b".to_owned(),
            )],
            body: (body.concat() + "--b--\r\n").into_bytes(),
        };
        let expected = expected.as_object().cloned().unwrap_or_else(Map::new);
        problems(&expected, &of(&received).expect("a form"))
    }

    #[test]
    fn the_expected_parts_have_no_problem() {
        let expected = json!({"tag": ["x", "y"], "name": "n", "size": {"height": 1}});
        assert_eq!(problems_of(&expected), [""; 0]);
    }

    #[test]
    fn whatever_differs_is_a_problem() {
        let wrong = [
            json!({"tag": ["x", "z"], "name": "n", "size": {"height": 1}}),
            json!({"tag": ["x"], "name": "n", "size": {"height": 1}}),
            json!({"tag": ["x", "y"], "name": "m", "size": {"height": 1}}),
            json!({"tag": ["x", "y"], "name": "n", "size": {"height": 2}}),
            json!({"tag": ["x", "y"], "name": "n"}),
            json!({"tag": ["x", "y"], "name": "n", "size": {"height": 1}, "more": 1}),
        ];
        for expected in wrong {
            let problems = problems_of(&expected);
            assert_eq!(problems.len(), 1, "{expected}: {problems:?}");
        }
    }
}
