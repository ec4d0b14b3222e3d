//! Whether two values of JSON mean the same: null and absent are one, and numbers and points in
//! time may be written in another form.

use serde_json::{Map, Value};

use crate::json::{self, DateTime, Time};

/// Compares a value with a text of JSON.
pub(super) fn texts(expected: &Value, text: &str) -> Result<(), String> {
    match text.parse::<Value>() {
        Ok(found) => values(expected, &found, ""),
        Err(error) => Err(format!("no JSON ({error}): {text}")),
    }
}

/// Compares two values.
pub(super) fn values(expected: &Value, found: &Value, path: &str) -> Result<(), String> {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => objects(expected, found, path),
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            let pairs = expected.iter().zip(found).enumerate();
            for (index, (expected, found)) in pairs {
                values(expected, found, &format!("{path}/{index}"))?;
            }
            Ok(())
        }
        (expected, found) if scalars(expected, found) => Ok(()),
        (expected, found) => Err(format!("at `{path}`: expected {expected}, got {found}")),
    }
}

fn objects(
    expected: &Map<String, Value>,
    found: &Map<String, Value>,
    path: &str,
) -> Result<(), String> {
    let null = Value::Null;
    for (key, value) in expected {
        values(
            value,
            found.get(key).unwrap_or(&null),
            &format!("{path}/{key}"),
        )?;
    }
    match found
        .iter()
        .find(|(key, value)| !value.is_null() && !expected.contains_key(*key))
    {
        None => Ok(()),
        Some((key, value)) => Err(format!(
            "at `{path}`: nobody expects `{key}`, which is {value}"
        )),
    }
}

fn scalars(expected: &Value, found: &Value) -> bool {
    match (expected, found) {
        (Value::Number(expected), Value::Number(found)) => {
            expected == found || close(expected.as_f64(), found.as_f64())
        }
        (Value::String(expected), Value::String(found)) => plain(expected, found),
        (expected, found) => expected == found,
    }
}

/// Compares what is written without quotes in a request.
pub(super) fn plain(expected: &str, found: &str) -> bool {
    expected == found
        || expected.eq_ignore_ascii_case(found) && expected.len() == 36
        || matches!((instant(expected), instant(found)), (Some(one), Some(other)) if one == other)
        || matches!((time(expected), time(found)), (Some(one), Some(other)) if one == other)
        || close(expected.parse().ok(), found.parse().ok())
}

/// Numbers of 32 bits are numbers of 64 bits but for their last digits.
fn close(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= one.abs() * 1e-6,
        _ => false,
    }
}

fn instant(text: &str) -> Option<DateTime> {
    json::from_value(&Value::String(text.to_owned())).ok()
}

fn time(text: &str) -> Option<Time> {
    json::from_value(&Value::String(text.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::texts;

    #[test]
    fn what_means_the_same_is_the_same() {
        let all = [
            (json!({"a": null, "b": [1, "x"]}), r#"{"b": [1.0, "x"]}"#),
            (json!({"b": 1}), r#"{"a": null, "b": 1}"#),
            (
                json!("2024-02-01T10:00:00+01:00"),
                r#""2024-02-01T09:00:00Z""#,
            ),
            (json!(0.1), "0.10000000149011612"),
        ];
        for (expected, found) in all {
            assert_eq!(texts(&expected, found), Ok(()), "{expected}");
        }
    }

    #[test]
    fn what_is_another_value_is_told_with_its_place() {
        let all = [
            (json!({"a": [1, 2]}), r#"{"a": [1, 3]}"#, "`/a/1`"),
            (json!({"a": [1]}), r#"{"a": [1, 2]}"#, "`/a`"),
            (json!({"a": 1}), r#"{"a": 1, "b": 2}"#, "`b`"),
            (json!({"a": 1}), "{}", "`/a`"),
            (json!({"a": "1"}), r#"{"a": 1}"#, "`/a`"),
            (
                json!("2024-02-01T10:00:00Z"),
                r#""2024-02-01T09:00:00Z""#,
                "``",
            ),
            (json!(1), "", "no JSON"),
        ];
        for (expected, found, place) in all {
            let problem = texts(&expected, found).expect_err("another value");
            assert!(problem.contains(place), "{problem}");
        }
    }
}
