//! Bodies of requests, responses, and the media types of both.

use serde_json::{Value, json};

use super::{Object, Repair, entries, rename};
use crate::diagnostic::Pointer;
use crate::upgrade::shapes;

impl Repair<'_> {
    pub(super) fn request_body(&mut self, value: &mut Value, at: &Pointer) {
        let Value::Object(body) = value else { return };
        if body.contains_key("$ref") {
            return;
        }
        shapes::repair(body, shapes::of_body, &|| at.clone(), self.diagnostics);
        self.stray_schema(body, at);
        if entries(body, "content").is_none_or(|content| content.is_empty()) {
            self.missing(at, "a body needs `content`; nothing is sent");
            body.entry("content").or_insert_with(|| json!({}));
        }
        self.content(body, at);
    }

    pub(super) fn response(&mut self, value: &mut Value, at: &Pointer) {
        match value {
            Value::Null => *value = json!({}),
            Value::String(text) => {
                self.wrong(
                    at,
                    "a response is an object; this is taken as its `description`",
                );
                *value = json!({ "description": text });
            }
            _ => {}
        }
        let Value::Object(response) = value else {
            return;
        };
        if response.contains_key("$ref") {
            return;
        }
        shapes::repair(response, shapes::of_body, &|| at.clone(), self.diagnostics);
        if let Some(summary) = response.shift_remove("summary") {
            response.entry("description").or_insert(summary);
        }
        if !response.contains_key("description") {
            if !self.has_optional_descriptions {
                self.missing(at, "a response needs a `description`");
            }
            response.insert("description".to_owned(), Value::from(""));
        }
        // What is not generated must not be in the way of what is.
        rename(response, "links", "x-clientsmith-links");
        self.stray_schema(response, at);
        self.content(response, at);
        let at = at.key("headers");
        for (name, header) in entries(response, "headers").into_iter().flatten() {
            self.parameter(header, true, None, &at.key(name));
        }
    }

    /// Swagger 2.0 has the schema in the response itself.
    fn stray_schema(&mut self, holder: &mut Object, at: &Pointer) {
        if holder.contains_key("content") {
            return;
        }
        let Some(schema) = holder.shift_remove("schema") else {
            return;
        };
        self.wrong(
            &at.key("schema"),
            "a schema belongs under `content` and a media type; JSON is assumed",
        );
        holder.insert(
            "content".to_owned(),
            json!({"application/json": {"schema": schema}}),
        );
    }

    pub(super) fn content(&mut self, holder: &mut Object, at: &Pointer) {
        let at = at.key("content");
        for (name, media_type) in entries(holder, "content").into_iter().flatten() {
            let at = at.key(name);
            if !media_type.is_object() {
                if !media_type.is_null() {
                    self.wrong(&at, "a media type is an object; what it says is ignored");
                }
                *media_type = json!({});
            }
            if let Value::Object(media_type) = media_type {
                self.media_type(media_type, &at);
            }
        }
    }

    fn media_type(&mut self, media_type: &mut Object, at: &Pointer) {
        shapes::repair(
            media_type,
            shapes::of_media_type,
            &|| at.clone(),
            self.diagnostics,
        );
        for (_, example) in entries(media_type, "examples").into_iter().flatten() {
            let Value::Object(example) = example else {
                continue;
            };
            // The name since 3.2, which tells a value from its text.
            if let Some(value) = example.shift_remove("dataValue") {
                example.entry("value").or_insert(value);
            }
        }
        // 3.0 has one place for a schema, and for a sequence its items are what there is to read.
        if let Some(item) = media_type.shift_remove("itemSchema") {
            for key in ["schema", "x-clientsmith-item-schema"] {
                self.diagnostics.copied(&at.key("itemSchema"), &at.key(key));
                media_type.insert(key.to_owned(), item.clone());
            }
        }
        rename(media_type, "itemEncoding", "x-clientsmith-item-encoding");
        rename(
            media_type,
            "prefixEncoding",
            "x-clientsmith-prefix-encoding",
        );
        let at = at.key("encoding");
        for (name, encoding) in entries(media_type, "encoding").into_iter().flatten() {
            if let Value::Object(encoding) = encoding {
                self.encoding(encoding, &at.key(name));
            } else {
                self.wrong(
                    &at.key(name),
                    "an encoding is an object; what it says is ignored",
                );
                *encoding = json!({});
            }
        }
    }

    fn encoding(&mut self, encoding: &mut Object, at: &Pointer) {
        const STYLES: [&str; 4] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];
        shapes::repair(
            encoding,
            shapes::of_media_type,
            &|| at.clone(),
            self.diagnostics,
        );
        let mut style = encoding
            .get("style")
            .and_then(Value::as_str)
            .unwrap_or("form")
            .to_owned();
        if !STYLES.contains(&style.as_str()) {
            self.wrong(
                &at.key("style"),
                format!("`{style}` is no style of a form; it is ignored"),
            );
            encoding.shift_remove("style");
            "form".clone_into(&mut style);
        }
        // A field that is given any of the three is laid out by style. `openapiv3` takes the lack of
        // `explode` for `false` whatever the style.
        let by_style = ["style", "explode", "allowReserved"];
        if by_style.iter().any(|key| encoding.contains_key(*key)) {
            encoding
                .entry("explode")
                .or_insert(Value::Bool(style == "form"));
            encoding.insert("style".to_owned(), Value::from(style));
        }
        let at = at.key("headers");
        for (name, header) in entries(encoding, "headers").into_iter().flatten() {
            self.parameter(header, true, None, &at.key(name));
        }
    }
}
