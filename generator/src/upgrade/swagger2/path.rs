//! Paths and operations: the parameters are sorted into those that stay and the body.

use serde_json::Value;

use super::body::Written;
use super::conversion::{Conversion, Object, media_types};
use super::parameter;
use super::response::global_name;
use crate::diagnostic::{Code, Pointer};
use crate::upgrade::walk::METHODS;

/// How many global parameters may refer to one another.
const MAX_CHAIN: usize = 64;

/// A list of parameters, sorted.
#[derive(Clone, Default)]
struct Sorted {
    kept: Vec<Written>,
    body: Option<Body>,
    form: Vec<Written>,
}

#[derive(Clone)]
enum Body {
    /// One of the root's, under this name.
    Global(String, Pointer),
    Own(Written),
}

impl Conversion<'_> {
    pub(super) fn paths(&mut self, paths: Object) -> Value {
        let at = Pointer::root().key("paths");
        let converted = paths.into_iter().map(|(path, item)| {
            let at = at.key(&path);
            let item = match item {
                Value::Object(item) if !path.starts_with("x-") => self.path_item(item, &at),
                other => other,
            };
            (path, item)
        });
        Value::Object(converted.collect())
    }

    fn path_item(&mut self, mut item: Object, at: &Pointer) -> Value {
        let list = item.shift_remove("parameters");
        let list_at = at.key("parameters");
        let mut shared = self.sort(list, &list_at);
        let kept = self.kept(std::mem::take(&mut shared.kept), &list_at);
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                let whole = std::mem::take(operation);
                *operation = self.operation(whole, &shared, &at.key(method));
            }
        }
        if !kept.is_empty() {
            item.insert("parameters".to_owned(), Value::Array(kept));
        }
        Value::Object(item)
    }

    fn operation(&mut self, mut operation: Object, shared: &Sorted, at: &Pointer) -> Object {
        let consumes = operation.shift_remove("consumes");
        let consumes = consumes.map_or_else(
            || self.globals.consumes.clone(),
            |list| media_types(Some(&list)),
        );
        let produces = operation.shift_remove("produces");
        let produces = produces.map_or_else(
            || self.globals.produces.clone(),
            |list| media_types(Some(&list)),
        );
        let schemes = operation.shift_remove("schemes");
        if let Some(servers) = self.own_servers(schemes.as_ref()) {
            self.moves.convert(&at.key("schemes"), &at.key("servers"));
            operation.entry("servers").or_insert(servers);
        }
        let list_at = at.key("parameters");
        let list = operation.shift_remove("parameters");
        let mut sorted = self.sort(list, &list_at);
        let kept = self.kept(std::mem::take(&mut sorted.kept), &list_at);
        if !kept.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(kept));
        }
        if let Some(body) = self.request_body(sorted, shared, &consumes, at) {
            operation.entry("requestBody").or_insert(body);
        }
        if let Some(responses) = operation.shift_remove("responses") {
            let at = at.key("responses");
            let responses = self.responses(responses, &produces, &at, &at);
            operation.insert("responses".to_owned(), responses);
        }
        operation
    }

    /// The body of an operation: its own, or the one that its path declares for all.
    fn request_body(
        &mut self,
        own: Sorted,
        shared: &Sorted,
        consumes: &[String],
        at: &Pointer,
    ) -> Option<Value> {
        let new = at.key("requestBody");
        let Sorted { body, mut form, .. } = own;
        if body.is_none() {
            let is_named = |name: Option<&str>, form: &[Written]| {
                form.iter().any(|(field, _)| parameter::name(field) == name)
            };
            let more = shared
                .form
                .iter()
                .filter(|(field, _)| !is_named(parameter::name(field), &form));
            let more: Vec<Written> = more.cloned().collect();
            form.extend(more);
        }
        let body = if form.is_empty() {
            body.or_else(|| shared.body.clone())
        } else {
            body
        };
        if body.is_some() {
            for (_, old) in &form {
                self.wrong(
                    old.clone(),
                    "beside a body there is no form; this field is left out",
                );
            }
        }
        match body {
            Some(Body::Own((parameter, old))) => Some(self.body(parameter, consumes, &old, &new)),
            Some(Body::Global(name, old)) => Some(self.global_body(&name, &old, consumes, &new)),
            None if form.is_empty() => None,
            None => Some(self.form(form, consumes, &new)),
        }
    }

    fn global_body(
        &mut self,
        name: &str,
        old: &Pointer,
        consumes: &[String],
        new: &Pointer,
    ) -> Value {
        let target = self
            .globals
            .parameters
            .get(name)
            .cloned()
            .unwrap_or_default();
        if super::same_bodies(consumes, &self.globals.consumes) {
            self.moves.convert(old, new);
            let at = Pointer::root()
                .key("components")
                .key("requestBodies")
                .key(name);
            return serde_json::json!({ "$ref": at.to_string() });
        }
        let source = Pointer::root().key("parameters").key(name);
        self.body(target, consumes, &source, new)
    }

    /// Sorts a list of parameters, references to the root's by what they name.
    fn sort(&mut self, list: Option<Value>, at: &Pointer) -> Sorted {
        let mut sorted = Sorted::default();
        let Some(Value::Array(list)) = list else {
            return sorted;
        };
        for (index, parameter) in list.into_iter().enumerate() {
            let old = at.index(index);
            let global = self.global_parameter(&parameter);
            let target = global
                .as_ref()
                .and_then(|name| self.globals.parameters.get(name));
            let place = parameter::kind(target.unwrap_or(&parameter));
            match (place, global) {
                (Some(parameter::Kind::Body), global) => {
                    if sorted.body.is_some() {
                        self.diagnostics
                            .error(
                                Code::DuplicateParameter,
                                &old,
                                "a request has one body; this is the second",
                            )
                            .help("remove one of the two");
                        continue;
                    }
                    sorted.body = Some(match global {
                        Some(name) => Body::Global(name, old),
                        None => Body::Own((parameter, old)),
                    });
                }
                (Some(parameter::Kind::Form), Some(name)) => {
                    let target = target.cloned().unwrap_or_default();
                    sorted
                        .form
                        .push((target, Pointer::root().key("parameters").key(&name)));
                }
                (Some(parameter::Kind::Form), None) => sorted.form.push((parameter, old)),
                (_, Some(name)) => {
                    let at = Pointer::root()
                        .key("components")
                        .key("parameters")
                        .key(&name);
                    sorted
                        .kept
                        .push((serde_json::json!({ "$ref": at.to_string() }), old));
                }
                (_, None) => sorted.kept.push((parameter, old)),
            }
        }
        sorted
    }

    /// The name of the root's parameter that a reference leads to in the end.
    fn global_parameter(&self, parameter: &Value) -> Option<String> {
        let mut name = global_name(parameter, "parameters")?;
        for _ in 0..MAX_CHAIN {
            let next = self.globals.parameters.get(&name);
            match next.and_then(|next| global_name(next, "parameters")) {
                Some(next) => name = next,
                None => break,
            }
        }
        Some(name)
    }

    fn kept(&mut self, kept: Vec<Written>, at: &Pointer) -> Vec<Value> {
        let numbered = kept.into_iter().enumerate();
        numbered
            .map(|(index, (parameter, old))| self.parameter(parameter, &old, &at.index(index)))
            .collect()
    }
}
