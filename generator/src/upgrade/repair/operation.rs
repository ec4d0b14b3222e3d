//! Paths, their operations, and the parts that only those have.

use serde_json::{Value, json};

use super::{Object, Repair, entries};
use crate::diagnostic::{Code, Pointer};
use crate::upgrade::shapes;
use crate::upgrade::walk::{ADDITIONAL, METHODS};

impl Repair<'_> {
    pub(super) fn paths(&mut self, paths: &mut Object) {
        let at = Pointer::root().key("paths");
        for (path, item) in paths {
            if path.starts_with("x-") {
                continue;
            }
            let at = at.key(path);
            match item {
                Value::Object(item) => self.path_item(item, path, &at),
                Value::Null => *item = json!({}),
                _ => {
                    self.diagnostics
                        .error(Code::InvalidObject, &at, "a path must be an object");
                }
            }
        }
    }

    fn path_item(&mut self, item: &mut Object, path: &str, at: &Pointer) {
        self.additional_operations(item, at);
        self.servers(item, at);
        self.parameters(item, path, at);
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                self.any_operation(operation, path, &at.key(method));
            }
        }
        let at = at.key(ADDITIONAL);
        for (method, operation) in entries(item, ADDITIONAL).into_iter().flatten() {
            self.any_operation(operation, path, &at.key(method));
        }
    }

    fn any_operation(&mut self, operation: &mut Value, path: &str, at: &Pointer) {
        match operation {
            Value::Object(operation) => self.operation(operation, path, at),
            Value::Null => {
                self.missing(
                    at,
                    "this operation says nothing; it is generated all the same",
                );
                *operation = json!({"responses": {}});
            }
            _ => {
                let message = "an operation must be an object";
                self.diagnostics.error(Code::InvalidObject, at, message);
            }
        }
    }

    /// Since 3.2 a path may have operations of any method. What is left under this key are methods
    /// that have none of their own.
    fn additional_operations(&mut self, item: &mut Object, at: &Pointer) {
        let Some(Value::Object(mut more)) = item.shift_remove(ADDITIONAL) else {
            return;
        };
        let at = at.key(ADDITIONAL);
        let keyed: Vec<String> = more
            .keys()
            .filter(|name| METHODS.contains(&name.to_ascii_lowercase().as_str()))
            .cloned()
            .collect();
        for name in keyed {
            let Some(operation) = more.shift_remove(&name) else {
                continue;
            };
            let (at, method) = (at.key(&name), name.to_ascii_lowercase());
            if item.contains_key(&method) {
                let message =
                    format!("the path has two operations `{method}`; this one is left out");
                self.diagnostics
                    .error(Code::DuplicateOperation, &at, message);
                continue;
            }
            self.wrong(&at, format!("`{name}` has a key of its own, `{method}`"));
            item.insert(method, operation);
        }
        more.retain(|name, _| {
            let is_token = !name.is_empty() && name.bytes().all(is_token_byte);
            if !is_token {
                let message = format!("`{name}` is no HTTP method; the operation is left out");
                self.diagnostics
                    .error(Code::InvalidObject, at.key(name), message)
                    .help("a method is one word as it is sent, such as `LOCK`");
            }
            is_token
        });
        if !more.is_empty() {
            item.insert(ADDITIONAL.to_owned(), Value::Object(more));
        }
    }

    fn operation(&mut self, operation: &mut Object, path: &str, at: &Pointer) {
        shapes::repair(
            operation,
            shapes::of_operation,
            &|| at.clone(),
            self.diagnostics,
        );
        self.servers(operation, at);
        self.parameters(operation, path, at);
        self.security(operation, at);
        if let Some(body) = operation.get_mut("requestBody") {
            self.request_body(body, &at.key("requestBody"));
        }
        if let Some(Value::Object(callbacks)) = operation.get("callbacks")
            && !callbacks.is_empty()
        {
            let message = "callbacks are not generated: the vendor calls those";
            self.diagnostics
                .note(Code::NotGenerated, at.key("callbacks"), message);
        }
        let responses_at = at.key("responses");
        match entries(operation, "responses") {
            Some(responses) => {
                for (status, response) in responses {
                    if !status.starts_with("x-") {
                        self.response(response, &responses_at.key(status));
                    }
                }
            }
            None => {
                self.missing(
                    at,
                    "the operation has no `responses`; its responses are not typed",
                );
                operation.insert("responses".to_owned(), json!({}));
            }
        }
    }

    fn parameters(&mut self, holder: &mut Object, path: &str, at: &Pointer) {
        let Some(Value::Array(list)) = holder.get_mut("parameters") else {
            return;
        };
        let at = at.key("parameters");
        for (index, parameter) in list.iter_mut().enumerate() {
            self.parameter(parameter, false, Some(path), &at.index(index));
        }
    }
}

/// Whether a byte may stand in a method (RFC 9110, section 5.6.2).
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}
