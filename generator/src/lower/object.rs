//! Objects: structs, maps, and what is in between.

use openapiv3::AdditionalProperties;

use super::keywords::{JsonType, Keywords};
use super::lowering::{Lowering, SchemaRef};
use super::schema::{Lowered, Site};
use crate::diagnostic::Pointer;
use crate::model::{
    Access, Constraints, Docs, Field, Presence, Role, Secrecy, Struct, Type, TypeKind, Untyped,
};

impl<'a> Lowering<'a> {
    pub(super) fn object(&mut self, keywords: &Keywords<'a>, site: &Site) -> Lowered {
        let additional = self.additional(keywords, site);
        let is_closed = is_closed(keywords);
        let Some(properties) = keywords.properties.filter(|fields| !fields.is_empty()) else {
            return match additional {
                Some(value) => Lowered::Type(Type::Map(Box::new(value))),
                None if is_closed => Lowered::Kind(TypeKind::Struct(Struct::default())),
                None => Lowered::Type(Type::Map(Box::new(Type::Any(Untyped::FreeFormObject)))),
            };
        };
        let mut fields = Vec::with_capacity(properties.len());
        for (wire, property) in properties {
            let required = keywords.required.iter().any(|name| name == wire);
            let at = site.at.key("properties").key(wire);
            let site = site.child(at, Role::Field(wire.clone()));
            let schema = SchemaRef::from(property);
            let ty = self.ty(schema, &site);
            let constraints = self.constraints(schema, &site.at);
            fields.push(self.field(wire, schema, ty, constraints, required, site.at));
        }
        Lowered::Kind(TypeKind::Struct(Struct {
            fields,
            additional: additional.or_else(|| other_keys(is_closed)),
            additional_constraints: Box::new(self.additional_constraints(keywords, &site.at)),
            ..Struct::default()
        }))
    }

    /// What the values of other keys are, where the document says so outright.
    pub(super) fn additional(&mut self, keywords: &Keywords<'a>, site: &Site) -> Option<Type> {
        match keywords.additional? {
            AdditionalProperties::Any(false) => None,
            AdditionalProperties::Any(true) => Some(Type::Any(Untyped::FreeFormObject)),
            AdditionalProperties::Schema(schema) => {
                let site = site.child(site.at.key("additionalProperties"), Role::Value);
                Some(self.ty(SchemaRef::from(schema.as_ref()), &site))
            }
        }
    }

    /// What is demanded of the values of other keys.
    pub(super) fn additional_constraints(
        &mut self,
        keywords: &Keywords<'a>,
        at: &Pointer,
    ) -> Constraints {
        match keywords.additional {
            Some(AdditionalProperties::Schema(schema)) => {
                let schema = SchemaRef::from(schema.as_ref());
                self.constraints(schema, &at.key("additionalProperties"))
            }
            _ => Constraints::default(),
        }
    }
}

impl<'a> Lowering<'a> {
    /// A field of a struct, from its schema and its type.
    pub(super) fn field(
        &mut self,
        wire: &str,
        schema: SchemaRef<'a>,
        ty: Type,
        constraints: Constraints,
        required: bool,
        origin: Pointer,
    ) -> Field {
        let mut field = Field {
            wire: wire.to_owned(),
            ty,
            presence: if required {
                Presence::Required
            } else {
                Presence::Optional
            },
            access: Access::ReadWrite,
            secrecy: constraints.secrecy,
            default: None,
            constraints,
            docs: Docs::default(),
            origin,
        };
        if let SchemaRef::Item(schema) = schema {
            field.docs = self.docs(&Keywords::of(schema), &field.origin);
        }
        self.add_facts(&mut field, schema, 0);
        field
    }

    /// What is said of a field's value beyond its type, by its schema and by those that it refers
    /// to. What stands nearer counts.
    fn add_facts(&self, field: &mut Field, schema: SchemaRef<'a>, depth: usize) {
        /// Deeper than this references only lead to one another.
        const MOST: usize = 16;
        let schema = match schema {
            SchemaRef::Item(schema) => Some(schema),
            SchemaRef::Reference(reference) => self.resolve(reference).map(|found| found.0),
        };
        let Some(schema) = schema.filter(|_| depth < MOST) else {
            return;
        };
        let keywords = Keywords::of(schema);
        if field.access == Access::ReadWrite {
            field.access = match (keywords.data.read_only, keywords.data.write_only) {
                (true, false) => Access::ReadOnly,
                (false, true) => Access::WriteOnly,
                _ => Access::ReadWrite,
            };
        }
        if keywords.ty == Some(JsonType::String) && keywords.format.as_deref() == Some("password") {
            field.secrecy = Secrecy::Secret;
        }
        if field.default.is_none() {
            field.default.clone_from(&keywords.data.default);
        }
        for member in keywords.all_of {
            self.add_facts(field, SchemaRef::from(member), depth + 1);
        }
    }
}

/// Whether the document forbids keys that it does not describe.
pub(super) fn is_closed(keywords: &Keywords<'_>) -> bool {
    matches!(keywords.additional, Some(AdditionalProperties::Any(false)))
}

/// What stands for the keys that the document leaves open; `pass::other_keys` decides where they
/// are kept.
pub(super) fn other_keys(is_closed: bool) -> Option<Type> {
    (!is_closed).then_some(Type::Any(Untyped::OtherKeys))
}
