//! Places of the document that are called by a URI: schemas with an `$id`, and the document itself
//! where it has a `$self`. A reference to one leads there; nothing is fetched.

use std::collections::BTreeMap;

use serde_json::Value;

use super::has_scheme;
use crate::diagnostic::Pointer;
use crate::read::place::Place;

/// The places by their URIs.
#[derive(Default)]
pub(super) struct Ids {
    /// What relative references in the document are relative to.
    base: String,
    places: BTreeMap<String, Pointer>,
}

impl Ids {
    pub(super) fn of(root: &Value) -> Self {
        let own = root.get("$self").and_then(Value::as_str);
        let base = own.map(without_fragment).unwrap_or_default();
        let mut ids = Self {
            base: base.to_owned(),
            places: BTreeMap::new(),
        };
        if own.is_some() {
            ids.places.insert(base.to_owned(), Pointer::root());
        }
        let root_pointer = Pointer::root();
        ids.collect(root, base, &Place::base(&root_pointer));
        ids
    }

    /// The place of a URI without fragment.
    pub(super) fn find(&self, path: &str) -> Option<&Pointer> {
        self.places
            .get(&join(&self.base, path))
            .or_else(|| self.places.get(path))
    }

    fn collect(&mut self, value: &Value, base: &str, place: &Place<'_>) {
        match value {
            Value::Object(members) => {
                let id = members.get("$id").and_then(Value::as_str);
                let id = id.map(without_fragment).filter(|id| !id.is_empty());
                let own = id.map(|id| join(base, id));
                if let Some(own) = &own {
                    let places = &mut self.places;
                    places.entry(own.clone()).or_insert_with(|| place.pointer());
                }
                let base = own.as_deref().unwrap_or(base);
                for (key, member) in members {
                    // A value that means nothing here.
                    if !matches!(
                        key.as_str(),
                        "example" | "examples" | "default" | "enum" | "const"
                    ) && !key.starts_with("x-")
                    {
                        self.collect(member, base, &place.key(key));
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.collect(item, base, &place.index(index));
                }
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
