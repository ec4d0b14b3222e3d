//! `openapiv3` to the model: the only stage that knows OpenAPI. After it no `$ref` is left.
//!
//! Every named schema gets its id before any is lowered, so that forward and cyclic references
//! just work. What cannot be expressed becomes a diagnostic, and what is left is lowered.

mod all_of;
mod body;
mod constants;
mod constraints;
mod content;
mod docs;
mod enumeration;
mod events;
mod families;
mod family;
mod faulty;
mod form;
mod inheritance;
mod keywords;
mod lowering;
mod name_mark;
mod object;
mod operation;
mod page_mark;
mod parameter;
mod reference;
mod scalar;
mod schema;
mod security;
mod union;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema};

use crate::config::Config;
use crate::diagnostic::{Diagnostics, Pointer};
use crate::model::{Api, Docs, Group, NameRoot, NameSource, Type, TypeId, TypeKind, Untyped};
use crate::parse::Parsed;
use lowering::{Lowering, SchemaRef, servers};

/// Lowers a parsed document.
pub fn lower(parsed: &Parsed, config: &Config, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = Lowering {
        parsed,
        config,
        diagnostics,
        api: Api::default(),
        by_place: BTreeMap::new(),
        families: families::Families::default(),
        open: BTreeSet::new(),
        lost: BTreeSet::new(),
        formats_met: BTreeSet::new(),
        patterns: BTreeMap::new(),
        event_data: BTreeMap::new(),
        usual_security: Vec::new(),
    };
    lowering.describe();
    lowering.schemes();
    let reserved = lowering.reserve();
    lowering.find_families();
    lowering.bases();
    for (schema, id) in reserved {
        lowering.named(schema, id);
    }
    lowering.operations();
    lowering.stale_formats();
    lowering.api
}

impl<'a> Lowering<'a> {
    fn describe(&mut self) {
        let openapi = &self.parsed.openapi;
        self.api.title.clone_from(&openapi.info.title);
        self.api.version.clone_from(&openapi.info.version);
        self.api
            .docs
            .description
            .clone_from(&openapi.info.description);
        self.api.servers = servers(&openapi.servers);
        let root = Pointer::root();
        self.api.docs.link = self.link(openapi.external_docs.as_ref(), &root);
        let tags = openapi.tags.iter().enumerate();
        let groups = tags.map(|(index, tag)| Group {
            tag: Some(tag.name.clone()),
            docs: Docs {
                description: tag.description.clone(),
                link: self.link(tag.external_docs.as_ref(), &root.key("tags").index(index)),
                ..Docs::default()
            },
            ..Group::default()
        });
        self.api.groups = groups.collect();
    }

    /// Gives every named schema, and every loose one, its id.
    fn reserve(&mut self) -> Vec<(SchemaRef<'a>, TypeId)> {
        let parsed = self.parsed;
        let components = parsed.openapi.components.as_ref();
        let named = components
            .into_iter()
            .flat_map(|components| &components.schemas);
        let at = Pointer::root().key("components").key("schemas");
        let mut reserved = Vec::new();
        for (name, schema) in named {
            let place = at.key(name);
            // A name that only refers to a schema without one is that schema's.
            let id = match self.nameless(schema) {
                Some((target, schema)) => {
                    let id = self.reserve_one(target, name.clone());
                    self.by_place.insert(place, id);
                    reserved.push((SchemaRef::from(schema), id));
                    continue;
                }
                None => self.reserve_one(place, name.clone()),
            };
            reserved.push((SchemaRef::from(schema), id));
        }
        for (pointer, schema) in &parsed.loose_schemas {
            if self.by_place.contains_key(pointer) {
                continue;
            }
            let id = self.reserve_one(pointer.clone(), loose_name(pointer));
            reserved.push((SchemaRef::from(schema), id));
        }
        reserved
    }

    /// The schema that a reference leads to, where nothing has given it a name.
    fn nameless(&self, schema: &ReferenceOr<Schema>) -> Option<(Pointer, &'a ReferenceOr<Schema>)> {
        let ReferenceOr::Reference { reference } = schema else {
            return None;
        };
        let target = Pointer::parse(reference)?;
        let schema = self.parsed.loose_schemas.get(&target)?;
        (!self.by_place.contains_key(&target)).then_some((target, schema))
    }

    fn reserve_one(&mut self, origin: Pointer, name: String) -> TypeId {
        let name = NameSource {
            root: NameRoot::Schema(name),
            path: Vec::new(),
        };
        self.add(
            origin,
            name,
            TypeKind::Alias(Type::Any(Untyped::EmptySchema)),
        )
    }

    /// What the configuration says of a format that there is no more would be forgotten.
    fn stale_formats(&mut self) {
        for format in self.config.formats.keys() {
            if !self.formats_met.contains(format) {
                self.config.stale("formats", format, self.diagnostics);
            }
        }
    }
}

/// Segments of a pointer that are the specification's words, not the document's.
const STRUCTURAL: [&str; 13] = [
    "components",
    "schemas",
    "paths",
    "properties",
    "items",
    "content",
    "schema",
    "responses",
    "requestBody",
    "definitions",
    "$defs",
    "x-clientsmith-files",
    "x-clientsmith-beside",
];

/// What a schema outside `components.schemas` is called: the document's words on the way to it.
fn loose_name(pointer: &Pointer) -> String {
    let words: Vec<_> = pointer
        .segments()
        .filter(|segment| !STRUCTURAL.contains(&segment.as_ref()))
        .map(|segment| {
            let name = segment.rsplit('/').next().unwrap_or_default();
            let endings = [".yaml", ".yml", ".json"];
            let stem = endings.iter().find_map(|ending| name.strip_suffix(ending));
            stem.unwrap_or(name).to_owned()
        })
        .collect();
    words.join(" ")
}
