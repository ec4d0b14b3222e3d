//! The places of a document whose schemas have a type in the crate.
//!
//! What takes a document's examples to the generated types starts here. A schema that is a
//! reference and nothing else is not listed where it stands in a body: follow it and look there.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::diagnostic::Pointer;
use crate::emit::Paths;
use crate::model::{Api, Content, Struct, Type, TypeDef, TypeKind, Usages};
use crate::modelled::Modelled;

/// The type of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaInfo {
    /// The type, with its full path.
    pub ty: String,
    /// Where the type was defined, if it has a name: inline schemas that say the same share one.
    pub definition: Option<Pointer>,
    /// Whether requests send the type, which then tells an absent field from one that is null.
    pub sent: bool,
}

/// The schemas that have a type, by their places in the document. A parameter, a request body and a
/// response stand for what is sent as JSON in them.
#[must_use]
pub fn schemas(model: &Modelled, config: &Config) -> BTreeMap<Pointer, SchemaInfo> {
    let api = &model.api;
    let mut places = Places::default();
    for (id, def) in api.types_with_ids() {
        places.put(&def.origin, &Type::Named(id));
    }
    for def in &api.types {
        places.own(def);
    }
    for def in &api.types {
        places.inherited(def);
    }
    for operation in &api.operations {
        for parameter in &operation.parameters {
            places.put(&parameter.origin, &parameter.ty);
        }
        let requests = operation.body.iter().filter_map(|body| {
            let usual = body.contents.first()?;
            Some((&body.origin, &usual.content))
        });
        let responses = operation
            .responses
            .iter()
            .filter_map(|response| Some((&response.origin, response.content()?)));
        for (origin, content) in requests.chain(responses) {
            if let Content::Json(ty) = content {
                places.put(origin, ty);
            }
        }
    }
    let paths = Paths::new(model, config);
    let describe = |ty: &Type| SchemaInfo {
        ty: paths.ty(ty),
        definition: definition(api, ty),
        sent: is_sent(&model.facts.usages, ty),
    };
    places
        .types
        .into_iter()
        .map(|(pointer, ty)| (pointer, describe(&ty)))
        .collect()
}

/// Where a type was defined, whatever stands around it.
fn definition(api: &Api, ty: &Type) -> Option<Pointer> {
    match ty {
        Type::Named(id) => Some(api.type_def(*id).origin.clone()),
        Type::Nullable(inner) | Type::Boxed(inner) => definition(api, inner),
        Type::Scalar(_) | Type::Any(_) | Type::List(_) | Type::Map(_) | Type::Tuple(_) => None,
    }
}

/// Whether requests send a type with a name that stands in this one.
fn is_sent(usages: &Usages, ty: &Type) -> bool {
    match ty {
        Type::Named(id) => usages.of(*id).request,
        Type::Nullable(inner) | Type::Boxed(inner) | Type::List(inner) | Type::Map(inner) => {
            is_sent(usages, inner)
        }
        Type::Tuple(items) => items.iter().any(|item| is_sent(usages, item)),
        Type::Scalar(_) | Type::Any(_) => false,
    }
}

/// The types by place. What is found first stays: a field that several structs have is told from
/// within the schema that declares it.
#[derive(Default)]
struct Places {
    types: BTreeMap<Pointer, Type>,
}

impl Places {
    fn put(&mut self, at: &Pointer, ty: &Type) {
        self.types.entry(at.clone()).or_insert_with(|| ty.clone());
        self.within(at, ty);
    }

    /// The schemas within a schema of this type.
    fn within(&mut self, at: &Pointer, ty: &Type) {
        match ty {
            Type::List(item) => self.put(&at.key("items"), item),
            Type::Map(value) => self.put(&at.key("additionalProperties"), value),
            Type::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.put(&at.key("prefixItems").index(index), item);
                }
            }
            Type::Nullable(inner) | Type::Boxed(inner) => self.within(at, inner),
            Type::Named(_) | Type::Scalar(_) | Type::Any(_) => {}
        }
    }

    /// What a definition says at its own place.
    fn own(&mut self, def: &TypeDef) {
        match &def.kind {
            TypeKind::Struct(Struct {
                fields, additional, ..
            }) => {
                let at = def.origin.key("properties");
                for field in fields {
                    if field.origin.parent().as_ref() == Some(&at) {
                        self.put(&field.origin, &field.ty);
                    }
                }
                if let Some(value) = additional {
                    self.put(&def.origin.key("additionalProperties"), value);
                }
            }
            TypeKind::Alias(target) | TypeKind::Newtype(target) => self.within(&def.origin, target),
            TypeKind::Enum(_) | TypeKind::Union(_) => {}
        }
    }

    /// The fields that a definition has from elsewhere, by `allOf`.
    fn inherited(&mut self, def: &TypeDef) {
        if let TypeKind::Struct(record) = &def.kind {
            for field in &record.fields {
                self.put(&field.origin, &field.ty);
            }
        }
    }
}
