//! What real documents get wrong outside of schemas, where the meaning is plain all the same.
//!
//! Every rule warns at its place, and each is idempotent. What is not plain is left as it is: parse
//! reports it. Runs on the one dialect, after Swagger 2.0 has been converted and references have
//! been replaced. What 3.1 and 3.2 add outside of schemas is brought to 3.0 here too.

mod body;
mod operation;
mod parameter;
mod security;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::shapes;
use crate::diagnostic::{Code, Diagnostics, Pointer};

type Object = Map<String, Value>;

/// Mends a whole document.
pub(super) fn repair(root: &mut Value, diagnostics: &mut Diagnostics) {
    let Value::Object(root) = root else { return };
    let version = root
        .get("openapi")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let has_optional_descriptions = version.starts_with("3.2");
    let mut repair = Repair {
        diagnostics,
        has_optional_descriptions,
        transport: BTreeSet::new(),
    };
    let at = Pointer::root();
    repair.servers(root, &at);
    repair.tags(root);
    if let Some(Value::Object(components)) = root.get_mut("components") {
        repair.components(components, &at.key("components"));
    }
    repair.security(root, &at);
    match root.get_mut("paths") {
        Some(Value::Object(paths)) => repair.paths(paths),
        None => {}
        Some(other) => {
            let message = "`paths` is no object; nothing is generated from it";
            repair
                .diagnostics
                .error(Code::InvalidObject, at.key("paths"), message);
            *other = json!({});
        }
    }
    repair.not_generated(root);
}

struct Repair<'d> {
    diagnostics: &'d mut Diagnostics,
    /// Since 3.2 a response may have none.
    has_optional_descriptions: bool,
    /// The names of security schemes that need nothing in a request.
    transport: BTreeSet<String>,
}

impl Repair<'_> {
    fn components(&mut self, components: &mut Object, at: &Pointer) {
        if let Some(schemes) = entries(components, "securitySchemes") {
            self.security_schemes(schemes, &at.key("securitySchemes"));
        }
        for (kind, is_header) in [("parameters", false), ("headers", true)] {
            let at = at.key(kind);
            for (name, value) in entries(components, kind).into_iter().flatten() {
                self.parameter(value, is_header, None, &at.key(name));
            }
        }
        let bodies_at = at.key("requestBodies");
        for (name, value) in entries(components, "requestBodies").into_iter().flatten() {
            self.request_body(value, &bodies_at.key(name));
        }
        let responses_at = at.key("responses");
        for (name, value) in entries(components, "responses").into_iter().flatten() {
            self.response(value, &responses_at.key(name));
        }
    }

    fn servers(&mut self, holder: &mut Object, at: &Pointer) {
        let at = at.key("servers");
        match holder.get_mut("servers") {
            None | Some(Value::Array(_)) => {}
            Some(Value::Null) => {
                holder.shift_remove("servers");
            }
            Some(other) => {
                self.wrong(&at, "`servers` takes a list; this is taken as its one item");
                *other = Value::Array(vec![other.take()]);
            }
        }
        let Some(Value::Array(servers)) = holder.get_mut("servers") else {
            return;
        };
        for (index, server) in servers.iter_mut().enumerate() {
            let at = at.index(index);
            if let Value::String(url) = server {
                self.wrong(&at, "a server is an object; this is taken as its `url`");
                *server = json!({ "url": url });
            }
            if let Value::Object(server) = server {
                self.server(server, &at);
            }
        }
        servers.retain(|server| server.get("url").is_some());
    }

    fn server(&mut self, server: &mut Object, at: &Pointer) {
        shapes::repair(server, shapes::of_server, &|| at.clone(), self.diagnostics);
        if let Some(Value::String(url)) = server.get_mut("url") {
            *url = url.trim().to_owned();
        } else {
            self.missing(at, "a server needs a `url`; this one is ignored");
        }
        rename(server, "name", "x-clientsmith-name");
        let at = at.key("variables");
        for (name, variable) in entries(server, "variables").into_iter().flatten() {
            let at = at.key(name);
            let Value::Object(variable) = variable else {
                self.wrong(
                    &at,
                    "a variable is an object; this is taken as its `default`",
                );
                let text = variable
                    .as_str()
                    .map_or_else(|| variable.to_string(), str::to_owned);
                *variable = json!({ "default": text });
                continue;
            };
            shapes::repair(
                variable,
                shapes::of_server,
                &|| at.clone(),
                self.diagnostics,
            );
            if !variable.contains_key("default") {
                let first = variable
                    .get("enum")
                    .and_then(|values| values.get(0))
                    .cloned();
                let default = first.unwrap_or_else(|| Value::from(""));
                let message = format!("a variable needs a `default`; it is taken as {default}");
                self.missing(&at, message);
                variable.insert("default".to_owned(), default);
            }
        }
    }

    fn tags(&mut self, root: &mut Object) {
        let at = Pointer::root().key("tags");
        let Some(tags) = root.get_mut("tags") else {
            return;
        };
        let Value::Array(list) = tags else {
            if !tags.is_null() {
                self.wrong(&at, "`tags` takes a list; it is ignored");
            }
            root.shift_remove("tags");
            return;
        };
        for (index, tag) in list.iter_mut().enumerate() {
            let at = at.index(index);
            if let Value::String(name) = tag {
                self.wrong(&at, "a tag is an object; this is taken as its `name`");
                *tag = json!({ "name": name });
            }
            let Value::Object(tag) = tag else { continue };
            shapes::repair(tag, shapes::of_server, &|| at.clone(), self.diagnostics);
            if let Some(summary) = tag.shift_remove("summary") {
                tag.entry("description").or_insert(summary);
            }
            rename(tag, "parent", "x-clientsmith-parent");
            rename(tag, "kind", "x-clientsmith-kind");
            if !tag.contains_key("name") {
                self.missing(&at, "a tag needs a `name`; this one is ignored");
            }
        }
        list.retain(|tag| tag.get("name").is_some());
    }

    /// One note each for what a client of the API has no use for.
    fn not_generated(&mut self, root: &Object) {
        for key in ["webhooks", "x-webhooks"] {
            let count = root.get(key).and_then(Value::as_object).map_or(0, Map::len);
            if count > 0 {
                let message = format!("{count} webhooks are not generated: the vendor calls those");
                self.diagnostics
                    .note(Code::NotGenerated, Pointer::root().key(key), message);
            }
        }
    }

    fn wrong(&mut self, at: &Pointer, message: impl Into<String>) {
        self.diagnostics.warn(Code::InvalidObject, at, message);
    }

    fn missing(&mut self, at: &Pointer, message: impl Into<String>) {
        self.diagnostics.warn(Code::MissingKey, at, message);
    }
}

fn entries<'a>(holder: &'a mut Object, key: &str) -> Option<&'a mut Object> {
    holder.get_mut(key)?.as_object_mut()
}

fn rename(object: &mut Object, from: &str, to: &str) {
    if let Some(value) = object.shift_remove(from) {
        object.insert(to.to_owned(), value);
    }
}
