//! Places of the document that are called by a URI: schemas with an `$id`, and the document itself
//! where it has a `$self`. A reference to one leads there; nothing is fetched.
//!
//! What stands below an `$id` is a resource of its own (JSON Schema 2020-12, section 8.2): its
//! relative references and its anchors belong to it. Where such a reference leads to nothing there,
//! it counts from the document, as it does for the many documents whose `$id`s are decoration.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::paths::{escaped, has_scheme};
use crate::diagnostic::Pointer;
use crate::read::value_path::ValuePath;

/// The places by their URIs.
#[derive(Default)]
pub(super) struct Ids {
    /// What relative references in the document are relative to.
    base: String,
    places: BTreeMap<String, Pointer>,
    /// Where the references within schemas with an `$id` lead, by the places of the references.
    within: BTreeMap<String, String>,
}

/// A part of the document with an `$id`, or another file.
struct Resource<'a> {
    uri: String,
    place: Pointer,
    value: &'a Value,
    anchors: BTreeMap<&'a str, Pointer>,
    /// Its references: where each stands, and its text.
    references: Vec<(Pointer, &'a str)>,
}

impl Ids {
    pub(super) fn of(root: &Value) -> Self {
        let own = root.get("$self").and_then(Value::as_str);
        let base = own.map(without_fragment).unwrap_or_default();
        let mut ids = Self {
            base: base.to_owned(),
            ..Self::default()
        };
        if own.is_some() {
            ids.places.insert(base.to_owned(), Pointer::root());
        }
        let mut found = Found::default();
        found.collect(root, base, None, &ValuePath::base(&Pointer::root()));
        ids.add(&found);
        ids
    }

    /// Takes up another file, which is a resource even without an `$id`.
    pub(super) fn add_file(&mut self, file: &Value, at: &Pointer) {
        let mut found = Found::default();
        let owner = found.add(file, String::new(), at.clone());
        found.collect(file, "", Some(owner), &ValuePath::base(at));
        self.add(&found);
    }

    fn add(&mut self, found: &Found<'_>) {
        for resource in found.resources.iter().filter(|found| !found.uri.is_empty()) {
            let (uri, place) = (resource.uri.clone(), resource.place.clone());
            self.places.entry(uri).or_insert(place);
        }
        for resource in &found.resources {
            for (place, reference) in &resource.references {
                if let Some(target) = self.target(resource, reference) {
                    self.within.insert(place.as_str().to_owned(), target);
                }
            }
        }
    }

    /// The place of a URI without fragment.
    pub(super) fn find(&self, path: &str) -> Option<&Pointer> {
        self.places
            .get(&join(&self.base, path))
            .or_else(|| self.places.get(path))
    }

    /// Where the reference at a place leads, if it is one of a schema with an `$id`.
    pub(super) fn within(&self, place: &ValuePath<'_>) -> Option<&str> {
        if self.within.is_empty() {
            return None;
        }
        let target = self.within.get(place.pointer().as_str());
        target.map(String::as_str)
    }

    fn target(&self, resource: &Resource<'_>, reference: &str) -> Option<String> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !path.is_empty() {
            let place = self.places.get(&join(&resource.uri, path))?;
            let is_pointer = fragment.is_empty() || fragment.starts_with('/');
            return is_pointer.then(|| format!("{}{fragment}", escaped(place)));
        }
        if fragment.is_empty() {
            return Some(escaped(&resource.place));
        }
        if !fragment.starts_with('/') {
            return resource.anchors.get(fragment).map(escaped);
        }
        let decoded = percent_decode_str(fragment).decode_utf8().ok()?;
        resource.value.pointer(&decoded)?;
        Some(format!("{}{fragment}", escaped(&resource.place)))
    }
}

/// What a walk has found.
#[derive(Default)]
struct Found<'a> {
    resources: Vec<Resource<'a>>,
}

impl<'a> Found<'a> {
    fn add(&mut self, value: &'a Value, uri: String, place: Pointer) -> usize {
        self.resources.push(Resource {
            uri,
            place,
            value,
            anchors: BTreeMap::new(),
            references: Vec::new(),
        });
        self.resources.len() - 1
    }

    /// `owner` is the resource that the value belongs to.
    fn collect(
        &mut self,
        value: &'a Value,
        base: &str,
        owner: Option<usize>,
        place: &ValuePath<'_>,
    ) {
        match value {
            Value::Object(members) => {
                let id = members.get("$id").and_then(Value::as_str);
                let id = id.map(without_fragment).filter(|id| !id.is_empty());
                let own = id.map(|id| join(base, id));
                let owner = match &own {
                    Some(uri) => Some(self.add(value, uri.clone(), place.pointer())),
                    None => owner,
                };
                let base = own.as_deref().unwrap_or(base);
                for (key, member) in members {
                    let at = place.key(key);
                    if let (Some(owner), Value::String(text)) = (owner, member) {
                        self.word(owner, key, text, place, &at);
                    }
                    // A value that means nothing here.
                    if !matches!(
                        key.as_str(),
                        "example" | "examples" | "default" | "enum" | "const"
                    ) && !key.starts_with("x-")
                    {
                        self.collect(member, base, owner, &at);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.collect(item, base, owner, &place.index(index));
                }
            }
            _ => {}
        }
    }

    fn word(
        &mut self,
        owner: usize,
        key: &str,
        text: &'a str,
        schema: &ValuePath<'_>,
        at: &ValuePath<'_>,
    ) {
        let Some(resource) = self.resources.get_mut(owner) else {
            return;
        };
        match key {
            "$ref" | "$dynamicRef" => resource.references.push((at.pointer(), text)),
            "$anchor" | "$dynamicAnchor" => {
                let anchors = &mut resource.anchors;
                anchors.entry(text).or_insert_with(|| schema.pointer());
            }
            _ => {}
        }
    }
}

fn without_fragment(uri: &str) -> &str {
    uri.split('#').next().unwrap_or_default()
}

/// A URI relative to another one, as far as identifiers go: no `..`.
fn join(base: &str, uri: &str) -> String {
    let uri = uri.strip_prefix("./").unwrap_or(uri);
    if has_scheme(uri) || base.is_empty() {
        return uri.to_owned();
    }
    let start = match base.split_once("://") {
        Some((scheme, rest)) if uri.starts_with('/') => {
            let host = rest.split('/').next().unwrap_or_default();
            format!("{scheme}://{host}")
        }
        _ if uri.starts_with('/') => String::new(),
        _ => base
            .rsplit_once('/')
            .map_or_else(String::new, |(folder, _)| format!("{folder}/")),
    };
    start + uri
}
