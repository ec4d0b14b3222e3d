//! What every part of lowering works on.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{ReferenceOr, Schema};

use super::families::Families;
use crate::config::Config;
use crate::diagnostic::{Diagnostics, Pointer};
use crate::model::{
    Api, Docs, NameRoot, NameSource, Server, ServerVariable, Shared, Type, TypeDef, TypeId,
    TypeKind,
};
use crate::parse::Parsed;

/// The state of lowering: what is given, and what has been made of it so far.
pub(super) struct Lowering<'a> {
    pub(super) parsed: &'a Parsed,
    pub(super) config: &'a Config,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) api: Api,
    /// The type of every schema that has one, by its place, so that none is lowered twice.
    pub(super) by_place: BTreeMap<Pointer, TypeId>,
    /// Which schemas extend which by `allOf`.
    pub(super) families: Families<'a>,
    /// The places that are being lowered.
    pub(super) open: BTreeSet<Pointer>,
    /// The places of references to nothing that have been spoken of.
    pub(super) lost: BTreeSet<Pointer>,
    /// The formats that the configuration gives a type and that the document has.
    pub(super) formats_met: BTreeSet<&'a String>,
    /// Whether a pattern is a regular expression, for those met so far.
    pub(super) patterns: BTreeMap<String, bool>,
    /// The type of the data of events that a schema with a name describes, by its reference.
    pub(super) event_data: BTreeMap<String, Type>,
    /// The credentials of operations that say nothing of them.
    pub(super) usual_security: Vec<Vec<String>>,
}

impl Lowering<'_> {
    /// Adds a type with what is known of it before it is lowered.
    pub(super) fn add(&mut self, origin: Pointer, name: NameSource, kind: TypeKind) -> TypeId {
        let id = self
            .api
            .add_type(TypeDef::new(name, Docs::default(), origin.clone(), kind));
        self.by_place.insert(origin, id);
        id
    }
}

/// A schema or a reference to one, whether `openapiv3` boxes it or not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum SchemaRef<'a> {
    Reference(&'a str),
    Item(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(schema: &'a ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

/// What the name of a type begins with that stands in what operations share, at `origin`: the name
/// that it has there, so that it is called after none of the operations.
pub(super) fn root(origin: &Pointer, otherwise: NameRoot) -> NameRoot {
    let segments: Vec<_> = origin.segments().take(4).collect();
    let [components, kind, name] = segments.as_slice() else {
        return otherwise;
    };
    let shared = match kind.as_ref() {
        "parameters" => Shared::Parameter,
        "requestBodies" => Shared::Body,
        "responses" => Shared::Response,
        "headers" => Shared::Header,
        _ => return otherwise,
    };
    if components == "components" {
        NameRoot::Shared(shared, name.clone().into_owned())
    } else {
        otherwise
    }
}

/// The servers of the document, or of an operation.
pub(super) fn servers(servers: &[openapiv3::Server]) -> Vec<Server> {
    servers
        .iter()
        .map(|server| Server {
            url: server.url.clone(),
            description: server.description.clone(),
            variables: server
                .variables
                .iter()
                .flatten()
                .map(|(name, variable)| ServerVariable {
                    name: name.clone(),
                    default: variable.default.clone(),
                    values: variable.enumeration.clone(),
                    description: variable.description.clone(),
                })
                .collect(),
        })
        .collect()
}
