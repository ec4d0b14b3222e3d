//! Paths, their operations, and the parts that only those have.

use serde_json::{Value, json};

use super::{Mend, Object, entries};
use crate::diagnostic::{Code, Pointer};
use crate::upgrade::shapes;
use crate::upgrade::walk::METHODS;

impl Mend<'_> {
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
            let at = at.key(method);
            match item.get_mut(method) {
                None => {}
                Some(Value::Object(operation)) => self.operation(operation, path, &at),
                Some(Value::Null) => {
                    self.missing(
                        &at,
                        "this operation says nothing; it is generated all the same",
                    );
                    item.insert(method.to_owned(), json!({"responses": {}}));
                }
                Some(_) => {
                    let message = "an operation must be an object";
                    self.diagnostics.error(Code::InvalidObject, &at, message);
                }
            }
        }
    }

    /// Since 3.2 a path may have operations of any method.
    fn additional_operations(&mut self, item: &mut Object, at: &Pointer) {
        let Some(Value::Object(more)) = item.shift_remove("additionalOperations") else {
            return;
        };
        let at = at.key("additionalOperations");
        for (name, operation) in more {
            let at = at.key(&name);
            let method = name.to_ascii_lowercase();
            if METHODS.contains(&method.as_str()) && !item.contains_key(&method) {
                self.wrong(&at, format!("`{name}` has a key of its own, `{method}`"));
                item.insert(method, operation);
                continue;
            }
            self.diagnostics.warn(
                Code::NotGenerated,
                &at,
                format!("operations of the method `{name}` are not generated"),
            );
        }
    }

    fn operation(&mut self, operation: &mut Object, path: &str, at: &Pointer) {
        shapes::mend(
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
                    "the operation has no `responses`; its answers are not typed",
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
