//! `$ref`: which place it names, and what stands beside it.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::rules::{Anchors, Schema, SchemaUpgrade};
use crate::diagnostic::{Code, Pointer};
use crate::read::REFUSED;
use crate::upgrade::shapes::shown;
use crate::upgrade::walk::{self, Position};

impl SchemaUpgrade<'_> {
    /// Brings a reference into canonical form, and puts it into an `allOf` where it has siblings:
    /// 3.0 ignores those, 3.1 heeds them, and documents of both rely on them.
    pub(super) fn reference(&mut self, schema: &mut Schema, place: &Position<'_>) {
        if !schema.contains_key("$ref") {
            super::keys::rename(schema, "$dynamicRef", "$ref");
            self.recursive(schema, place);
        }
        let Some(reference) = schema.get("$ref") else {
            return;
        };
        let pointer = reference.as_str().and_then(|text| self.target(text));
        if reference == REFUSED {
            schema.shift_remove("$ref");
            return;
        }
        let Some(pointer) = pointer else {
            self.diagnostics
                .error(
                    Code::UnresolvedRef,
                    place.pointer().key("$ref"),
                    format!("{} is no reference within the document", shown(reference)),
                )
                .help("references look like `#/components/schemas/Name`");
            schema.shift_remove("$ref");
            return;
        };
        let canonical = pointer.to_string();
        self.references.insert(canonical.clone());
        let has_siblings = schema.keys().any(|key| key != "$ref" && !is_aside(key));
        if has_siblings {
            schema.shift_remove("$ref");
            let all_of = schema.entry("allOf").or_insert_with(|| json!([]));
            if !all_of.is_array() {
                *all_of = json!([]);
            }
            if let Value::Array(parts) = all_of {
                parts.insert(0, json!({"$ref": canonical}));
            }
        } else {
            schema.insert("$ref".to_owned(), Value::String(canonical));
        }
    }

    /// `$recursiveRef`, which came before `$dynamicRef`: the schema around it that is its anchor.
    fn recursive(&self, schema: &mut Schema, place: &Position<'_>) {
        if schema.contains_key("$ref") || !schema.contains_key("$recursiveRef") {
            return;
        }
        super::keys::rename(schema, "$recursiveRef", "$ref");
        let mut around = place.pointer().parent();
        while let Some(at) = around {
            if self.anchors.contains_key(&at.to_string()) {
                schema.insert("$ref".to_owned(), Value::String(at.to_string()));
                return;
            }
            around = at.parent();
        }
    }

    /// The place that a reference names: by pointer, which Swagger 2.0 has elsewhere, or by anchor.
    fn target(&self, reference: &str) -> Option<Pointer> {
        match reference_pointer(reference) {
            Some(pointer) => Some(self.diagnostics.current(&pointer).unwrap_or(pointer)),
            None => self.anchors.get(reference.strip_prefix('#')?).cloned(),
        }
    }
}

/// Whether a key says nothing of the values that fit.
fn is_aside(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "$anchor" | "$dynamicAnchor" | "$recursiveAnchor" | "$id" | "$comment" | "$schema"
        )
}

/// The places of all anchors. Of several by one name the first counts. A `$recursiveAnchor` has no
/// name but its place.
pub(crate) fn anchors(root: &mut Value) -> Anchors {
    let mut anchors = Anchors::new();
    walk::schemas(root, &mut |schema, place| {
        if schema.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
            let at = place.pointer();
            anchors.insert(at.to_string(), at);
        }
        for key in ["$anchor", "$dynamicAnchor", "$id"] {
            let text = schema.get(key).and_then(Value::as_str);
            // Before there were anchors, an `$id` of a fragment alone was one.
            let name = text.and_then(|text| match key {
                "$id" => text.strip_prefix('#'),
                _ => Some(text),
            });
            if let Some(name) = name.filter(|name| !name.is_empty()) {
                anchors
                    .entry(name.to_owned())
                    .or_insert_with(|| place.pointer());
            }
        }
    });
    anchors
}

/// The pointer of a reference within the document, with the escapes of URIs decoded.
pub(crate) fn reference_pointer(reference: &str) -> Option<Pointer> {
    let fragment = reference.strip_prefix('#')?;
    Pointer::parse(&percent_decode_str(fragment).decode_utf8_lossy())
}

#[cfg(test)]
mod tests {
    use super::reference_pointer;

    #[test]
    fn escapes_are_decoded_and_what_is_none_stays() {
        for (reference, place) in [
            ("#/paths/~1jobs~1%7Bid%7D", Some("#/paths/~1jobs~1{id}")),
            ("#/a%20%c3%A9", Some("#/a é")),
            ("#/100%", Some("#/100%")),
            ("#/%+41%4", Some("#/%+41%4")),
            ("#/%ff", Some("#/\u{fffd}")),
            ("a.yaml#/b", None),
        ] {
            let pointer = reference_pointer(reference).map(|pointer| pointer.to_string());
            assert_eq!(pointer.as_deref(), place, "{reference}");
        }
    }
}
