//! Whose fault it is that a response does not decode.
//!
//! Prism's answers are what a document shows, and what Prism makes of its schemas: either may break
//! the schema. A validator that nobody here wrote has to find the response wrong at the very place
//! that the client's error names; else the client is at fault.

use std::fmt::Write as _;

use clientsmith_tests::judge::{Complaint, Judge};
use serde::Deserialize;
use serde_json::Value;

/// A response that does not decode.
#[derive(Debug, Deserialize)]
pub(crate) struct Undecoded {
    /// Where, in the words of the client's error.
    path: String,
    /// What, in its words.
    message: String,
    pub(crate) status: u16,
    pub(crate) media_type: Option<String>,
    body: String,
    /// Where Prism finds fault with the request and its response.
    violations: Vec<String>,
}

impl Undecoded {
    /// What the validator finds wrong where the client does; `None` where it finds nothing there.
    pub(crate) fn reason(&self, judge: &Judge<'_>, schema: &Value) -> Option<String> {
        let body: Value = serde_json::from_str(&self.body).ok()?;
        let place = pointer(&self.path)?;
        let complaints = judge.complaints(schema, &body)?;
        let missing = self.missing();
        let is_it = |complaint: &&Complaint| {
            complaint.place == place
                && missing.is_none_or(|name| complaint.missing.as_deref() == Some(name))
        };
        let complaint = complaints.iter().find(is_it)?;
        let of_prism = format!("response.body{}", place.replace('/', "."));
        let is_theirs = |violation: &String| {
            of_prism == *violation || of_prism.starts_with(&format!("{violation}."))
        };
        let prism = if self.violations.iter().any(is_theirs) {
            "so does Prism"
        } else {
            "Prism does not"
        };
        let text = &complaint.text;
        Some(format!("the validator says so: {text} ({prism})"))
    }

    /// The field that is missing, if that is what is wrong.
    fn missing(&self) -> Option<&str> {
        let name = self.message.strip_prefix("missing required field `")?;
        name.split('`').next()
    }
}

/// A path such as `$.results[3]["a b"]` as a pointer.
fn pointer(path: &str) -> Option<String> {
    let mut rest = path.strip_prefix('$')?;
    let mut pointer = String::new();
    while !rest.is_empty() {
        let step = if let Some(name) = rest.strip_prefix('.') {
            let end = name.find(['.', '[']).unwrap_or(name.len());
            let (name, behind) = name.split_at(end);
            rest = behind;
            name.to_owned()
        } else {
            let inner = rest.strip_prefix('[')?;
            let mut steps = serde_json::Deserializer::from_str(inner).into_iter::<Value>();
            let step = steps.next()?.ok()?;
            rest = inner.get(steps.byte_offset()..)?.strip_prefix(']')?;
            step.as_str()
                .map_or_else(|| step.to_string(), str::to_owned)
        };
        // Writing to a String cannot fail.
        let _ = write!(pointer, "/{}", step.replace('~', "~0").replace('/', "~1"));
    }
    Some(pointer)
}

#[cfg(test)]
mod tests {
    use clientsmith_tests::judge::Judge;
    use serde_json::json;

    use super::{Undecoded, pointer};

    #[test]
    fn paths_are_pointers() {
        for (path, expected) in [
            ("$", ""),
            ("$.a.b[0].c", "/a/b/0/c"),
            (r#"$["a b"][2]["x/y~\"]"]"#, r#"/a b/2/x~1y~0"]"#),
        ] {
            assert_eq!(pointer(path).as_deref(), Some(expected), "{path}");
        }
    }

    /// Whether the validator agrees that a response is wrong at a place.
    fn is_wrong(path: &str, message: &str, body: &str) -> bool {
        let root = json!({"openapi": "3.0.3", "components": {"schemas": {
            "Pet": {"type": "object", "required": ["id"], "properties": {
                "id": {"type": "integer"}, "name": {"type": "string", "nullable": true}}}}}});
        let schema = json!({"type": "object", "properties": {"pets": {"type": "array", "items": {
            "oneOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "string"}]}}}});
        let undecoded = Undecoded {
            path: path.to_owned(),
            message: message.to_owned(),
            status: 200,
            media_type: None,
            body: body.to_owned(),
            violations: Vec::new(),
        };
        undecoded.reason(&Judge::new(&root), &schema).is_some()
    }

    #[test]
    fn only_what_is_wrong_at_that_place_is_excused() {
        let body = r#"{"pets": ["rex", {"name": null}]}"#;
        let missing = "missing required field `id` of Pet";
        assert!(is_wrong("$.pets[1]", missing, body));
        let other = "missing required field `name` of Pet";
        assert!(!is_wrong("$.pets[1]", other, body), "another field");
        assert!(!is_wrong("$.pets[0]", missing, body), "another item");
        assert!(!is_wrong("$", missing, body), "around it");
        assert!(!is_wrong("$.pets[1].name", "null", body), "inside it");
        let kind = "expected an integer, found a string";
        assert!(is_wrong("$.pets[0].id", kind, r#"{"pets": [{"id": "1"}]}"#));
        assert!(!is_wrong("$.pets[0].id", kind, r#"{"pets": [{"id": 1}]}"#));
        assert!(!is_wrong("$.pets", kind, r#"{"pets": []}"#));
    }
}
