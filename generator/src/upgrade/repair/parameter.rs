//! Parameters and headers.

use serde_json::{Value, json};

use super::{Object, Repair, rename};
use crate::diagnostic::{Code, Pointer};
use crate::upgrade::{shapes, swagger2};

/// The styles that each place takes.
const STYLES: [(&str, &[&str]); 4] = [
    (
        "query",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    ),
    ("path", &["simple", "label", "matrix"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

impl Repair<'_> {
    /// A parameter, or a header of a response; `path` is that of the path item it stands in.
    pub(super) fn parameter(
        &mut self,
        value: &mut Value,
        is_header: bool,
        path: Option<&str>,
        at: &Pointer,
    ) {
        let Value::Object(parameter) = value else {
            return;
        };
        if parameter.contains_key("$ref") {
            return;
        }
        shapes::repair(
            parameter,
            shapes::of_parameter,
            &|| at.clone(),
            self.diagnostics,
        );
        if !is_header {
            self.place(parameter, path, at);
        }
        if parameter.get("in").and_then(Value::as_str) == Some("querystring") {
            self.query_string(parameter, at);
        }
        // `openapiv3` knows the key of parameters in the query string only.
        if parameter.get("in").and_then(Value::as_str) == Some("path") {
            rename(parameter, "allowEmptyValue", "x-clientsmith-empty");
        }
        self.schema_or_content(parameter, at);
        self.content(parameter, at);
        self.style(parameter, is_header, at);
    }

    fn place(&mut self, parameter: &mut Object, path: Option<&str>, at: &Pointer) {
        let name = parameter
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_in_path = path.is_some_and(|path| path.contains(&format!("{{{name}}}")));
        let Some(written) = parameter.get("in").and_then(Value::as_str) else {
            if is_in_path {
                self.missing(at, "a parameter needs `in`; this one is named in the path");
                parameter.insert("in".to_owned(), Value::from("path"));
            }
            return;
        };
        let place = written.trim().to_ascii_lowercase();
        if place != written {
            self.wrong(&at.key("in"), format!("`{written}` is taken as `{place}`"));
            parameter.insert("in".to_owned(), Value::from(place));
        }
    }

    /// A whole query string as an object is what the style `form` writes.
    fn query_string(&mut self, parameter: &mut Object, at: &Pointer) {
        let content = parameter.get("content").and_then(Value::as_object);
        let form = content.and_then(|content| content.get("application/x-www-form-urlencoded"));
        let Some(schema) = form.and_then(|form| form.get("schema")).cloned() else {
            self.diagnostics
                .warn(
                    Code::NotGenerated,
                    at,
                    "a query string of this media type cannot be written; it is taken as one parameter",
                )
                .help("`application/x-www-form-urlencoded` with a schema of an object can be");
            parameter.insert("in".to_owned(), Value::from("query"));
            return;
        };
        parameter.shift_remove("content");
        for (key, value) in [
            ("in", Value::from("query")),
            ("style", Value::from("form")),
            ("explode", Value::Bool(true)),
            ("schema", schema),
        ] {
            parameter.insert(key.to_owned(), value);
        }
    }

    fn schema_or_content(&mut self, parameter: &mut Object, at: &Pointer) {
        let has_content = parameter
            .get("content")
            .and_then(Value::as_object)
            .is_some_and(|content| !content.is_empty());
        let has_schema = parameter.contains_key("schema");
        if has_content && has_schema {
            self.wrong(
                &at.key("content"),
                "beside a `schema` there is no `content`; it is ignored",
            );
            parameter.shift_remove("content");
        }
        if has_content || has_schema {
            return;
        }
        parameter.shift_remove("content");
        // As Swagger 2.0 writes it: the keywords stand in the parameter itself.
        let (mut kept, mut schema) = swagger2::split_schema(std::mem::take(parameter));
        let message = if schema == json!({}) {
            schema = json!({"type": "string"});
            "there is neither a `schema` nor `content`; it is taken as text"
        } else {
            "the keywords of a schema belong under `schema`"
        };
        self.missing(at, message);
        kept.insert("schema".to_owned(), schema);
        *parameter = kept;
    }

    fn style(&mut self, parameter: &mut Object, is_header: bool, at: &Pointer) {
        let Some(style) = parameter.get("style").and_then(Value::as_str) else {
            return;
        };
        let place = parameter.get("in").and_then(Value::as_str);
        let place = if is_header {
            "header"
        } else {
            place.unwrap_or_default()
        };
        let Some((_, known)) = STYLES.iter().find(|(name, _)| *name == place) else {
            return;
        };
        if known.contains(&style) {
            return;
        }
        let same = known.iter().find(|known| known.eq_ignore_ascii_case(style));
        let default = known.first().copied().unwrap_or_default();
        let taken = same.copied().unwrap_or(default);
        // Since 3.2 cookies have a style of that name, which is `form` but for escapes.
        if !(place == "cookie" && style == "cookie") {
            self.diagnostics
                .warn(
                    Code::InvalidObject,
                    at.key("style"),
                    format!("`{style}` is no style of a {place}; it is taken as `{taken}`"),
                )
                .help(format!("a {place} takes {}", known.join(", ")));
        }
        parameter.insert("style".to_owned(), Value::from(taken));
    }
}
