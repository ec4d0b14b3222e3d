//! One schema to one type: which construct it is, decided once.

use openapiv3::{ReferenceOr, Schema};

use super::keywords::{JsonType, Keywords, extension};
use super::lowering::{Lowering, SchemaRef};
use super::scalar;
use crate::diagnostic::Pointer;
use crate::model::{Docs, NameSource, Role, Scalar, Type, TypeId, TypeKind, Untyped};

/// What a schema comes to: a type that can be written where it is used, or one that needs a name.
pub(super) enum Lowered {
    Type(Type),
    Kind(TypeKind),
}

/// Where a schema stands and what a type made from it would be called.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) at: Pointer,
    pub(super) name: NameSource,
}

impl Site {
    pub(super) fn child(&self, at: Pointer, role: Role) -> Self {
        Self {
            at,
            name: self.name.child(role),
        }
    }

    /// A schema that says the same as this one in another place of the document.
    pub(super) fn moved(&self, at: Pointer) -> Self {
        Self {
            at,
            name: self.name.clone(),
        }
    }
}

impl<'a> Lowering<'a> {
    /// Lowers a schema that has its id already.
    pub(super) fn named(&mut self, schema: SchemaRef<'a>, id: TypeId) {
        let def = self.api.type_def(id);
        let site = Site {
            at: def.origin.clone(),
            name: def.name.clone(),
        };
        let constraints = self.constraints(schema, &site.at);
        let (kind, nullable, docs) = match schema {
            SchemaRef::Reference(reference) => (
                TypeKind::Alias(self.reference(reference, &site.at)),
                false,
                Docs::default(),
            ),
            SchemaRef::Item(schema) => {
                let keywords = Keywords::of(schema);
                let nullable = self.allows_null(&keywords);
                let lowered = match self.family(&keywords, &site) {
                    Some(union) => union,
                    None => self.lowered(&keywords, &site, Some(id)),
                };
                let kind = match lowered {
                    Lowered::Type(ty) => TypeKind::Alias(ty),
                    Lowered::Kind(kind) => kind,
                };
                (kind, nullable, self.docs(&keywords, &site.at))
            }
        };
        // The id was made by `reserve`.
        if let Some(def) = self.api.types.get_mut(id.index()) {
            def.kind = kind;
            def.nullable = nullable;
            def.constraints = constraints;
            def.docs = docs;
        }
    }

    /// The type of a schema where it is used.
    pub(super) fn ty(&mut self, schema: SchemaRef<'a>, site: &Site) -> Type {
        match schema {
            SchemaRef::Reference(reference) => self.reference(reference, &site.at),
            SchemaRef::Item(schema) => self.inline(schema, site),
        }
    }

    pub(super) fn reference(&mut self, reference: &str, at: &Pointer) -> Type {
        let found = Pointer::parse(reference).and_then(|pointer| self.by_place.get(&pointer));
        if let Some(id) = found {
            return Type::Named(*id);
        }
        self.unresolved(reference, at);
        Type::Any(Untyped::NotExpressible)
    }

    fn inline(&mut self, schema: &'a Schema, site: &Site) -> Type {
        let keywords = Keywords::of(schema);
        let docs = self.docs(&keywords, &site.at);
        let ty = self.once(site, docs, |this| this.lowered(&keywords, site, None));
        if self.allows_null(&keywords) {
            nullable(ty)
        } else {
            ty
        }
    }

    /// Lowers what stands at a place unless it has been, and names the type if it needs a name.
    ///
    /// A schema without a name can hold itself all the same, through an `allOf` that refers to what
    /// it stands in. Met again while it is being lowered, it gets its id early.
    pub(super) fn once(
        &mut self,
        site: &Site,
        docs: Docs,
        lower: impl FnOnce(&mut Self) -> Lowered,
    ) -> Type {
        if let Some(id) = self.by_place.get(&site.at) {
            return Type::Named(*id);
        }
        if !self.open.insert(site.at.clone()) {
            let unknown = TypeKind::Alias(Type::Any(Untyped::EmptySchema));
            return Type::Named(self.add(site.at.clone(), site.name.clone(), unknown));
        }
        let lowered = lower(self);
        self.open.remove(&site.at);
        let early = self.by_place.get(&site.at).copied();
        let (id, kind) = match (early, lowered) {
            (None, Lowered::Type(ty)) => return ty,
            (None, Lowered::Kind(kind)) => (
                self.add(site.at.clone(), site.name.clone(), kind.clone()),
                kind,
            ),
            (Some(id), Lowered::Type(ty)) => (id, TypeKind::Alias(ty)),
            (Some(id), Lowered::Kind(kind)) => (id, kind),
        };
        if let Some(def) = self.api.types.get_mut(id.index()) {
            def.kind = kind;
            def.docs = docs;
        }
        Type::Named(id)
    }

    /// Decides which construct a schema is. `id` is its own where it has one already.
    pub(super) fn lowered(
        &mut self,
        keywords: &Keywords<'a>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Lowered {
        if keywords.ty == Some(JsonType::Null) {
            return Lowered::Type(Type::Scalar(Scalar::Null));
        }
        let has_members = !keywords.one_of.is_empty() || !keywords.any_of.is_empty();
        if !keywords.all_of.is_empty() || keywords.mixes_union_and_fields() {
            return self.all_of(keywords, site, id);
        }
        if has_members {
            return self.union(keywords, site);
        }
        if keywords.values.iter().any(|value| !value.is_null()) {
            return self.enumeration(keywords, site);
        }
        match keywords.effective_type() {
            Some(JsonType::Object) => self.object(keywords, site),
            Some(JsonType::Array) => Lowered::Type(self.array(keywords, site)),
            Some(json) => Lowered::Type(self.scalar(json, keywords)),
            None if !keywords.values.is_empty() => Lowered::Type(Type::Scalar(Scalar::Null)),
            None => Lowered::Type(self.configured(keywords).unwrap_or_else(|| {
                scalar::untyped(keywords).map_or(Type::Any(Untyped::EmptySchema), Type::Scalar)
            })),
        }
    }

    pub(super) fn array(&mut self, keywords: &Keywords<'a>, site: &Site) -> Type {
        let Some(items) = keywords.items else {
            return Type::List(Box::new(Type::Any(Untyped::UntypedItems)));
        };
        let at = site.at.key("items");
        if let Some(places) = tuple_places(keywords) {
            return self.tuple(places, &site.moved(at));
        }
        let site = site.child(at, Role::Item);
        Type::List(Box::new(self.ty(SchemaRef::from(items), &site)))
    }

    /// A type a place. Further items, which a tuple has no place for, are let go by the reader.
    fn tuple(&mut self, places: &'a [ReferenceOr<Schema>], site: &Site) -> Type {
        let at = site.at.key("oneOf");
        let places = places.iter().enumerate().map(|(index, place)| {
            let site = site.child(at.index(index), Role::ParameterLocation(index));
            self.ty(SchemaRef::from(place), &site)
        });
        Type::Tuple(places.collect())
    }

    /// A scalar, of the type that the configuration gives its format if it does.
    fn scalar(&mut self, json: JsonType, keywords: &Keywords<'_>) -> Type {
        self.configured(keywords)
            .unwrap_or_else(|| Type::Scalar(scalar::scalar(json, keywords)))
    }

    fn configured(&mut self, keywords: &Keywords<'_>) -> Option<Type> {
        let (format, configured) = self
            .config
            .formats
            .get_key_value(keywords.format.as_deref()?)?;
        self.formats_met.insert(format);
        Some(configured.ty())
    }

    /// Whether `null` fits: said outright, by an enum's value, or by a member of a union.
    pub(super) fn allows_null(&self, keywords: &Keywords<'a>) -> bool {
        keywords.is_nullable()
            || keywords.one_of.iter().chain(keywords.any_of).any(|member| {
                let schema = match SchemaRef::from(member) {
                    SchemaRef::Item(schema) => Some(schema),
                    SchemaRef::Reference(reference) => self.resolve(reference).map(|found| found.0),
                };
                schema.is_some_and(|schema| is_null(&Keywords::of(schema)))
            })
    }
}

/// The schemas of a tuple's places, where it is one.
pub(super) fn tuple_places<'a>(keywords: &Keywords<'a>) -> Option<&'a [ReferenceOr<Schema>]> {
    let ReferenceOr::Item(items) = keywords.items? else {
        return None;
    };
    let is_tuple = items.schema_data.extensions.contains_key(extension::TUPLE);
    is_tuple.then(|| Keywords::of(items).one_of)
}

/// Whether a schema allows `null` and nothing else.
pub(super) fn is_null(keywords: &Keywords<'_>) -> bool {
    keywords.ty == Some(JsonType::Null)
        || (!keywords.values.is_empty() && keywords.values.iter().all(serde_json::Value::is_null))
}

/// The type or `null`, said once.
pub(super) fn nullable(ty: Type) -> Type {
    match ty {
        Type::Nullable(_) | Type::Any(_) | Type::Scalar(Scalar::Null) => ty,
        other => Type::Nullable(Box::new(other)),
    }
}
