//! `Value` to `openapiv3`, piece by piece.
//!
//! A piece that `openapiv3` refuses becomes an error at its own place, and the others are parsed
//! all the same, so that one run shows every error. With lowering, the only module that names
//! `openapiv3`.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{
    Components, Header, OpenAPI, Operation, Parameter, PathItem, Paths, ReferenceOr, RequestBody,
    Response, Schema, SecurityScheme, Server, Tag,
};
use rayon::prelude::*;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::Method;
use crate::upgrade::Upgraded;

/// A parsed document.
#[derive(Debug)]
pub struct Parsed {
    /// The document.
    pub openapi: OpenAPI,
    /// The schemas that references name and that stand elsewhere than under `components.schemas`.
    pub loose_schemas: IndexMap<Pointer, ReferenceOr<Schema>>,
    /// The operations of methods that `openapiv3` does not know, by their paths.
    pub others: IndexMap<String, Vec<(Method, Operation)>>,
}

/// Parses an upgraded document. What does not parse is left out and said.
///
/// Takes the document apart: of large ones, both forms at once would be too much.
pub fn parse(upgraded: Upgraded, diagnostics: &mut Diagnostics) -> Parsed {
    let Upgraded {
        mut root,
        loose_schemas,
    } = upgraded;
    let mut parser = Parser {
        diagnostics,
        others: IndexMap::new(),
    };
    let at = Pointer::root();
    // These stand anywhere in the document, so they come first.
    let loose_schemas = parser.loose(&root, &loose_schemas);
    let mut take = |key: &str| root.get_mut(key).map(Value::take);
    let (paths, components) = (take("paths"), take("components"));
    let root = &root;
    let openapi = OpenAPI {
        openapi: "3.0.4".to_owned(),
        info: parser.info(root.get("info")),
        servers: parser.list::<Server>(root, "servers", &at),
        paths: parser.paths(paths),
        components: Some(parser.components(components)),
        security: root
            .get("security")
            .and_then(|value| parser.one(value, &at.key("security"))),
        tags: parser.list::<Tag>(root, "tags", &at),
        external_docs: root
            .get("externalDocs")
            .and_then(|value| parser.one(value, &at.key("externalDocs"))),
        extensions: IndexMap::new(),
    };
    Parsed {
        openapi,
        loose_schemas,
        others: parser.others,
    }
}

/// Where a path item has the operation of a method; `None` for one that `openapiv3` lacks.
pub(crate) fn slot<'a>(
    item: &'a mut PathItem,
    method: &Method,
) -> Option<&'a mut Option<Operation>> {
    Some(match method {
        Method::Get => &mut item.get,
        Method::Put => &mut item.put,
        Method::Post => &mut item.post,
        Method::Delete => &mut item.delete,
        Method::Options => &mut item.options,
        Method::Head => &mut item.head,
        Method::Patch => &mut item.patch,
        Method::Trace => &mut item.trace,
        Method::Query | Method::Other(_) => return None,
    })
}

/// The schema of any JSON.
fn anything() -> Schema {
    Schema {
        schema_data: openapiv3::SchemaData::default(),
        schema_kind: openapiv3::SchemaKind::Any(openapiv3::AnySchema::default()),
    }
}

struct Parser<'d> {
    diagnostics: &'d mut Diagnostics,
    others: IndexMap<String, Vec<(Method, Operation)>>,
}

impl Parser<'_> {
    fn info(&mut self, info: Option<&Value>) -> openapiv3::Info {
        let at = Pointer::root().key("info");
        let text = |key: &str| info.and_then(|info| info.get(key)).and_then(plain);
        let title = text("title").unwrap_or_else(|| {
            self.diagnostics
                .warn(Code::MissingKey, &at, "the document has no `info.title`");
            "API".to_owned()
        });
        let version = text("version").unwrap_or_else(|| {
            self.diagnostics
                .warn(Code::MissingKey, &at, "the document has no `info.version`");
            String::new()
        });
        openapiv3::Info {
            title,
            version,
            description: text("description"),
            ..Default::default()
        }
    }

    fn one<T: DeserializeOwned>(&mut self, value: &Value, at: &Pointer) -> Option<T> {
        T::deserialize(value)
            .map_err(|error| {
                self.diagnostics
                    .error(Code::InvalidObject, at, clean(&error.to_string()));
            })
            .ok()
    }

    fn list<T: DeserializeOwned>(&mut self, holder: &Value, key: &str, at: &Pointer) -> Vec<T> {
        let at = at.key(key);
        let items = holder
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        items
            .enumerate()
            .filter_map(|(index, value)| self.one(value, &at.index(index)))
            .collect()
    }

    fn map<T: DeserializeOwned>(
        &mut self,
        holder: Option<&Value>,
        key: &str,
    ) -> IndexMap<String, ReferenceOr<T>> {
        let at = Pointer::root().key("components").key(key);
        let entries = holder
            .and_then(|holder| holder.get(key))
            .and_then(Value::as_object);
        entries
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((name.clone(), self.one(value, &at.key(name))?)))
            .collect()
    }

    fn components(&mut self, mut components: Option<Value>) -> Components {
        let schemas = components
            .as_mut()
            .and_then(|components| components.get_mut("schemas"))
            .map(Value::take);
        let components = components.as_ref();
        Components {
            schemas: self.schemas(schemas),
            responses: self.map::<Response>(components, "responses"),
            parameters: self.map::<Parameter>(components, "parameters"),
            request_bodies: self.map::<RequestBody>(components, "requestBodies"),
            headers: self.map::<Header>(components, "headers"),
            security_schemes: self.map::<SecurityScheme>(components, "securitySchemes"),
            ..Components::default()
        }
    }

    fn schemas(&mut self, schemas: Option<Value>) -> IndexMap<String, ReferenceOr<Schema>> {
        let entries: Vec<(String, Value)> = members(schemas).collect();
        let parsed: Vec<_> = entries
            .into_par_iter()
            .map(|(name, value)| {
                let parsed = ReferenceOr::<Schema>::deserialize(&value);
                (name, parsed.map_err(|_| value))
            })
            .collect();
        let at = Pointer::root().key("components").key("schemas");
        let mut schemas = IndexMap::with_capacity(parsed.len());
        for (name, schema) in parsed {
            let schema = schema.unwrap_or_else(|value| {
                self.refuse_schema(&value, &at.key(&name));
                // What refers to it is not at fault.
                ReferenceOr::Item(anything())
            });
            schemas.insert(name, schema);
        }
        schemas
    }

    fn loose(
        &mut self,
        root: &Value,
        pointers: &BTreeSet<String>,
    ) -> IndexMap<Pointer, ReferenceOr<Schema>> {
        let pointers = pointers.iter().filter_map(|text| Pointer::parse(text));
        pointers
            .filter_map(|pointer| {
                let value = root.pointer(pointer.as_str())?;
                match ReferenceOr::<Schema>::deserialize(value) {
                    Ok(schema) => Some((pointer, schema)),
                    Err(_) => {
                        self.refuse_schema(value, &pointer);
                        Some((pointer, ReferenceOr::Item(anything())))
                    }
                }
            })
            .collect()
    }

    /// Says which schema within this one is at fault: the innermost that does not parse.
    fn refuse_schema(&mut self, value: &Value, at: &Pointer) {
        let Err(error) = ReferenceOr::<Schema>::deserialize(value) else {
            return;
        };
        let before = self.diagnostics.len();
        for (key, inner) in value.as_object().into_iter().flatten() {
            let at = at.key(key);
            match (key.as_str(), inner) {
                ("properties", Value::Object(map)) => {
                    for (name, schema) in map {
                        self.refuse_schema(schema, &at.key(name));
                    }
                }
                ("allOf" | "oneOf" | "anyOf", Value::Array(list)) => {
                    for (index, schema) in list.iter().enumerate() {
                        self.refuse_schema(schema, &at.index(index));
                    }
                }
                ("items" | "not" | "additionalProperties", Value::Object(_)) => {
                    self.refuse_schema(inner, &at);
                }
                _ => {}
            }
        }
        if self.diagnostics.len() == before {
            let message = format!("the schema cannot be read: {}", clean(&error.to_string()));
            self.diagnostics.error(Code::InvalidSchema, at, message);
        }
    }

    fn paths(&mut self, paths: Option<Value>) -> Paths {
        let at = Pointer::root().key("paths");
        let mut parsed = Paths::default();
        for (path, item) in members(paths) {
            if path.starts_with("x-") {
                continue;
            }
            let item = self.path_item(&item, &path, &at.key(&path));
            parsed.paths.insert(path, ReferenceOr::Item(item));
        }
        parsed
    }

    fn path_item(&mut self, item: &Value, path: &str, at: &Pointer) -> PathItem {
        let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
        let mut parsed = PathItem {
            summary: text("summary"),
            description: text("description"),
            servers: self.list(item, "servers", at),
            parameters: self.list(item, "parameters", at),
            ..PathItem::default()
        };
        let more = item.get("additionalOperations").and_then(Value::as_object);
        let more = more.into_iter().flatten();
        let more = more.map(|(name, _)| Method::Other(name.clone()));
        for method in Method::KEYED.into_iter().chain(more) {
            let value = item.pointer(method.within(&Pointer::root()).as_str());
            let parsed_operation =
                value.and_then(|value| self.operation(value, &method.within(at)));
            let Some(operation) = parsed_operation else {
                continue;
            };
            match slot(&mut parsed, &method) {
                Some(slot) => *slot = Some(operation),
                None => self
                    .others
                    .entry(path.to_owned())
                    .or_default()
                    .push((method, operation)),
            }
        }
        parsed
    }

    /// Parses an operation's parts one by one: a parameter at fault must not hide the others'
    /// errors.
    fn operation(&mut self, value: &Value, at: &Pointer) -> Option<Operation> {
        let parts = value.as_object()?;
        let mut rest: Map<String, Value> = parts
            .iter()
            .filter(|(key, _)| key.as_str() != "callbacks")
            .filter(|(key, _)| !PARTS.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        rest.insert("responses".to_owned(), Value::Object(Map::new()));
        let mut operation: Operation = self.one(&Value::Object(rest), at)?;
        operation.parameters = self.list(value, "parameters", at);
        operation.servers = self.list(value, "servers", at);
        operation.request_body = parts
            .get("requestBody")
            .and_then(|body| self.one(body, &at.key("requestBody")));
        let responses = parts.get("responses").and_then(Value::as_object);
        let at = at.key("responses");
        for (status, response) in responses.into_iter().flatten() {
            if status.starts_with("x-") {
                continue;
            }
            self.response(&mut operation, status, response, &at.key(status));
        }
        Some(operation)
    }

    fn response(&mut self, operation: &mut Operation, status: &str, value: &Value, at: &Pointer) {
        let Some(response) = self.one::<ReferenceOr<Response>>(value, at) else {
            return;
        };
        if status == "default" {
            operation.responses.default = Some(response);
            return;
        }
        let code = openapiv3::StatusCode::deserialize(Value::from(status));
        match code {
            Ok(code) => {
                operation.responses.responses.insert(code, response);
            }
            Err(_) => {
                self.diagnostics
                    .warn(
                        Code::InvalidObject,
                        at,
                        format!("`{status}` is no status; the response is left out"),
                    )
                    .help("a status is three digits, `4XX` or `default`");
            }
        }
    }
}

/// The parts of an operation that are parsed on their own.
const PARTS: [&str; 4] = ["parameters", "requestBody", "responses", "servers"];

/// The members of an object; none of anything else.
fn members(value: Option<Value>) -> impl Iterator<Item = (String, Value)> {
    let map = match value {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    };
    map.into_iter()
}

/// A scalar as text: titles and versions are often numbers in YAML.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// `openapiv3`'s own message without serde's position, which is of no text that a person has seen.
fn clean(message: &str) -> String {
    let cut = message.find(" at line ").unwrap_or(message.len());
    message.get(..cut).unwrap_or(message).to_owned()
}
