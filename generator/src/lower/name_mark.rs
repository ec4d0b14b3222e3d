//! What extensions made for generators say that an operation is called: its groups and its method.
//!
//! They are known by how they end, whoever's they are: `x-…-group`, `x-…-group-name`, `x-…-resource`
//! for the groups, `x-…-method-name`, `x-…-name-override` for the method.

use indexmap::IndexMap;
use serde_json::Value;

use crate::model::NameMark;

const GROUP: [&str; 4] = ["-group", "-group-name", "-resource", "-resource-name"];

const METHOD: [&str; 2] = ["-method-name", "-name-override"];

/// Its last word is the method, what stands before it the group.
const GROUP_AND_METHOD: &str = "x-operation-group";

pub(super) fn of(extensions: &IndexMap<String, Value>) -> NameMark {
    let mut mark = NameMark::default();
    for (key, value) in extensions {
        if key == GROUP_AND_METHOD {
            let mut words = words(value);
            if mark.method.is_none() && words.len() > 1 {
                mark.method = words.pop();
                mark.group = words;
            }
        } else if is_of(key, &GROUP) && mark.group.is_empty() {
            mark.group = words(value);
        } else if is_of(key, &METHOD) {
            mark.method = mark.method.or_else(|| word(value));
        }
    }
    mark
}

/// Whether a key is an extension of a vendor's own that ends so: `x-acme-group`, not `x-group`.
fn is_of(key: &str, endings: &[&str]) -> bool {
    let own = key.strip_prefix("x-").unwrap_or_default();
    let vendor = endings.iter().filter_map(|ending| own.strip_suffix(ending));
    vendor.into_iter().any(|vendor| !vendor.is_empty())
}

fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(word).collect(),
        Value::String(text) => {
            let words = text.split(['.', '/']).map(str::trim);
            words
                .filter(|word| is_name(word))
                .map(str::to_owned)
                .collect()
        }
        _ => Vec::new(),
    }
}

fn word(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    is_name(text).then(|| text.to_owned())
}

/// Of prose no name is made.
fn is_name(text: &str) -> bool {
    text.contains(char::is_alphanumeric) && text.len() <= 60
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn marked(value: &Value) -> NameMark {
        let pairs = value.as_object().into_iter().flatten();
        of(&pairs
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect())
    }

    #[test]
    fn groups_and_methods_are_known_by_how_they_end() {
        let mark =
            marked(&json!({"x-acme-group": "billing.cards", "x-acme-name-override": "list"}));
        assert_eq!(mark.group, ["billing", "cards"]);
        assert_eq!(mark.method.as_deref(), Some("list"));
        let mark =
            marked(&json!({"x-fern-sdk-group-name": ["a", "b"], "x-fern-sdk-method-name": "run"}));
        assert_eq!(mark.group, ["a", "b"]);
        assert_eq!(mark.method.as_deref(), Some("run"));
        let mark = marked(&json!({"x-operation-group": "indices.create"}));
        assert_eq!(
            (mark.group.concat(), mark.method),
            ("indices".to_owned(), Some("create".to_owned()))
        );
    }

    #[test]
    fn what_is_no_name_is_no_mark() {
        assert_eq!(
            marked(&json!({"x-group": "all", "x-acme-group": 3, "group": "a"})),
            NameMark::default()
        );
        assert_eq!(
            marked(&json!({"x-operation-group": "search"})),
            NameMark::default()
        );
    }
}
