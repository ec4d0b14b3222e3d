//! Swagger 2.0 to OpenAPI 3.0: what has another name or another place there.
//!
//! Schemas are moved as they are; what differs within them is brought up by the rules that every
//! document's schemas undergo. References to parameters and responses elsewhere than under the
//! root's `parameters` and `responses` have been replaced by copies before. Every move is noted,
//! so that diagnostics show the text as it was written; the diagnostics of this module name places
//! of that text already.

mod body;
mod conversion;
mod parameter;
mod path;
mod response;
mod security;
mod server;
#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostics, Moves, Pointer};
use conversion::{Conversion, Globals, Host, Object, is_json, media_types};

pub(super) use parameter::split_schema;

/// Converts a whole document.
pub(super) fn convert(root: Value, moves: &mut Moves, diagnostics: &mut Diagnostics) -> Value {
    let Value::Object(mut root) = root else {
        return root;
    };
    root.shift_remove("swagger");
    let globals = Globals {
        parameters: take_object(&mut root, "parameters"),
        responses: take_object(&mut root, "responses"),
        consumes: media_types(root.shift_remove("consumes").as_ref()),
        produces: media_types(root.shift_remove("produces").as_ref()),
        schemes: server::schemes(root.shift_remove("schemes").as_ref()),
    };
    let mut conversion = Conversion {
        globals,
        moves,
        diagnostics,
        host: Host::default(),
    };
    let mut openapi = Object::new();
    openapi.insert("openapi".to_owned(), Value::from("3.0.4"));
    let servers = conversion.servers(&mut root);
    root.entry("servers").or_insert(servers);
    let components = conversion.components(&mut root);
    let paths = take_object(&mut root, "paths");
    // What has the same name and place: `info`, `tags`, `security`, extensions, other files.
    openapi.append(&mut root);
    openapi.insert("components".to_owned(), Value::Object(components));
    openapi.insert("paths".to_owned(), conversion.paths(paths));
    Value::Object(openapi)
}

impl Conversion<'_> {
    fn components(&mut self, root: &mut Object) -> Object {
        let old = Pointer::root();
        let new = Pointer::root().key("components");
        // A document that already has some of 3.0's words keeps them.
        let mut components = take_object(root, "components");
        for (from, to) in [
            ("definitions", "schemas"),
            ("securityDefinitions", "securitySchemes"),
        ] {
            self.moves.convert(&old.key(from), &new.key(to));
            let mut moved = take_object(root, from);
            if to == "securitySchemes" {
                self.security_schemes(&mut moved);
            }
            merge(&mut components, to, moved);
        }
        self.global_parameters(&mut components);
        self.global_responses(&mut components);
        components
    }

    fn global_parameters(&mut self, components: &mut Object) {
        let parameters = self.globals.parameters.clone();
        let old = Pointer::root().key("parameters");
        let new = Pointer::root().key("components");
        let mut converted = Object::new();
        let mut bodies = Object::new();
        for (name, parameter) in parameters {
            let old = old.key(&name);
            match parameter::kind(&parameter) {
                Some(parameter::Kind::Body) => {
                    let consumes = self.globals.consumes.clone();
                    let new = new.key("requestBodies").key(&name);
                    bodies.insert(name, self.body(parameter, &consumes, &old, &new));
                }
                // Each operation that refers to it has it in its form.
                Some(parameter::Kind::Form) => {}
                _ => {
                    let new = new.key("parameters").key(&name);
                    converted.insert(name, self.parameter(parameter, &old, &new));
                }
            }
        }
        merge(components, "parameters", converted);
        merge(components, "requestBodies", bodies);
    }

    fn global_responses(&mut self, components: &mut Object) {
        let responses = self.globals.responses.clone();
        let produces = self.globals.produces.clone();
        let old = Pointer::root().key("responses");
        let new = Pointer::root().key("components").key("responses");
        let converted = responses
            .into_iter()
            .map(|(name, response)| {
                let (old, new) = (old.key(&name), new.key(&name));
                (name, self.response(response, &produces, &old, &new))
            })
            .collect();
        merge(components, "responses", converted);
    }
}

fn merge(components: &mut Object, kind: &str, values: Object) {
    let slot = components.entry(kind).or_insert_with(|| json!({}));
    if let Value::Object(known) = slot {
        for (name, value) in values {
            known.entry(name).or_insert(value);
        }
    }
}

fn take_object(holder: &mut Object, key: &str) -> Object {
    match holder.shift_remove(key) {
        Some(Value::Object(map)) => map,
        _ => Object::new(),
    }
}

/// Whether two lists of media types come to the same body: both hold JSON, or they are equal.
fn same_bodies(one: &[String], other: &[String]) -> bool {
    let holds_json = |list: &[String]| list.is_empty() || list.iter().any(|text| is_json(text));
    one == other || (holds_json(one) && holds_json(other))
}
