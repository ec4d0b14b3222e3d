//! Families: which schemas extend which by `allOf`, and which of them stand for their subtypes.
//!
//! A schema with a discriminator that others extend stands for those that extend it; so does one
//! whose `oneOf` or `anyOf` lists schemas that extend it. Found once, before anything is lowered;
//! [`super::inheritance`] makes unions of it, and `allOf` asks it for whose sake a schema is met:
//! a subtype asks for the fields, everyone else for whatever the schema stands for.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::families::{Head, Members};
use super::keywords::Keywords;
use super::lowering::{Lowering, SchemaRef};
use super::schema::is_null;
use crate::diagnostic::Pointer;
use crate::read::FILES_KEY;

impl<'a> Lowering<'a> {
    /// Notes who extends whom and who stands for their subtypes.
    pub(super) fn find_families(&mut self) {
        let parsed = self.parsed;
        let components = parsed.openapi.components.as_ref();
        let named = components
            .into_iter()
            .flat_map(|components| &components.schemas);
        let schemas = Pointer::root().key("components").key("schemas");
        for (name, schema) in named {
            self.find_parents(schema, &schemas.key(name));
        }
        for (at, schema) in &parsed.loose_schemas {
            // Elsewhere in the document what has no name is a use of a schema, not a subtype.
            if at.segments().next().as_deref() == Some(FILES_KEY) {
                self.find_parents(schema, at);
            }
        }
        let bases: Vec<Pointer> = self.families.subtypes.keys().cloned().collect();
        for base in bases {
            if let Some(head) = self.head(&base) {
                self.families.heads.insert(base, head);
            }
        }
    }

    fn find_parents(&mut self, schema: &'a ReferenceOr<Schema>, at: &Pointer) {
        let ReferenceOr::Item(schema) = schema else {
            return;
        };
        for base in self.extended(schema) {
            let subtypes = self.families.subtypes.entry(base.clone()).or_default();
            if base == *at || subtypes.contains(at) {
                continue;
            }
            subtypes.push(at.clone());
            self.families
                .parents
                .entry(at.clone())
                .or_default()
                .push(base);
        }
        let keywords = Keywords::of(schema);
        for (key, members) in [("oneOf", keywords.one_of), ("anyOf", keywords.any_of)] {
            for (index, member) in members.iter().enumerate() {
                let ReferenceOr::Item(member) = member else {
                    continue;
                };
                let place = at.key(key).index(index);
                for base in self.extended(member) {
                    // So that a schema with such members only counts as one with subtypes.
                    self.families.subtypes.entry(base.clone()).or_default();
                    self.families
                        .parents
                        .entry(place.clone())
                        .or_default()
                        .push(base);
                }
            }
        }
    }

    /// What a schema's `allOf` refers to, through members without a name.
    fn extended(&self, schema: &'a Schema) -> Vec<Pointer> {
        let mut found = Vec::new();
        for member in Keywords::of(schema).all_of {
            match member {
                ReferenceOr::Reference { reference } => {
                    found.extend(self.resolve(reference).map(|target| target.1));
                }
                ReferenceOr::Item(inner) => found.extend(self.extended(inner)),
            }
        }
        found
    }

    fn head(&self, at: &Pointer) -> Option<Head<'a>> {
        let (schema, _) = self.resolve(&at.to_string())?;
        let keywords = Keywords::of(schema);
        let (key, listed) = union_members(&keywords);
        if listed.is_empty() {
            if self.families.subtypes_of(at).is_empty() {
                return None;
            }
            let told = Some(self.told(schema, at)?);
            let members = Members::Subtypes;
            return Some(Head { told, members });
        }
        let place = at.key(key);
        let mut members = listed.iter().enumerate();
        let all = members.all(|(index, member)| {
            let place = place.index(index);
            self.is_null_member(member) || self.is_descendant(member, &place, at, 0)
        });
        all.then(|| Head {
            told: self.told(schema, at),
            members: Members::Listed,
        })
    }

    fn is_null_member(&self, member: &'a ReferenceOr<Schema>) -> bool {
        self.behind(SchemaRef::from(member))
            .is_some_and(|schema| is_null(&Keywords::of(schema)))
    }

    fn behind(&self, schema: SchemaRef<'a>) -> Option<&'a Schema> {
        match schema {
            SchemaRef::Item(schema) => Some(schema),
            SchemaRef::Reference(reference) => self.resolve(reference).map(|found| found.0),
        }
    }

    /// Whether a union's member extends a schema, or is a union of such.
    fn is_descendant(
        &self,
        member: &'a ReferenceOr<Schema>,
        place: &Pointer,
        base: &Pointer,
        depth: usize,
    ) -> bool {
        /// Deeper than this unions only lead to one another.
        const MOST: usize = 8;
        let (schema, at) = match SchemaRef::from(member) {
            SchemaRef::Item(schema) => (schema, place.clone()),
            SchemaRef::Reference(reference) => match self.resolve(reference) {
                Some(found) => found,
                None => return false,
            },
        };
        if self.families.descends(&at, base) {
            return true;
        }
        let keywords = Keywords::of(schema);
        let (key, members) = union_members(&keywords);
        let place = at.key(key);
        depth < MOST
            && at != *base
            && !members.is_empty()
            && members.iter().enumerate().all(|(index, member)| {
                self.is_descendant(member, &place.index(index), base, depth + 1)
            })
    }

    /// Whether a part of `base` is a union with members that extend it: for their sake it is left
    /// out of what they take over, or each would hold itself again.
    pub(super) fn lists_subtypes(
        &mut self,
        base: &Pointer,
        keywords: &Keywords<'a>,
        at: &Pointer,
    ) -> bool {
        let (key, members) = union_members(keywords);
        if members.is_empty() {
            return false;
        }
        let known = (base.clone(), at.clone());
        if let Some(answer) = self.families.listed.get(&known) {
            return *answer;
        }
        let place = at.key(key);
        let answer = members
            .iter()
            .enumerate()
            .any(|(index, member)| self.is_descendant(member, &place.index(index), base, 0));
        self.families.listed.insert(known, answer);
        answer
    }

    /// How the subtypes of a schema are told: by a discriminator of its own, or of what it extends.
    fn told(&self, schema: &'a Schema, at: &Pointer) -> Option<&'a Discriminator> {
        if let Some(discriminator) = own_discriminator(schema) {
            return Some(discriminator);
        }
        self.families.ancestors(at).into_iter().find_map(|at| {
            let (schema, _) = self.resolve(&at.to_string())?;
            let keywords = Keywords::of(schema);
            let (key, members) = union_members(&keywords);
            let place = at.key(key);
            // A union of strangers tells those, not the subtypes.
            let is_about_subtypes = members
                .iter()
                .enumerate()
                .all(|(index, member)| self.is_descendant(member, &place.index(index), &at, 0));
            own_discriminator(schema).filter(|_| is_about_subtypes)
        })
    }
}

/// A schema's discriminator, at its top or in a member of its `allOf` without a name.
pub(super) fn own_discriminator(schema: &Schema) -> Option<&Discriminator> {
    let keywords = Keywords::of(schema);
    let own = keywords.data.discriminator.as_ref();
    own.or_else(|| {
        keywords.all_of.iter().find_map(|member| match member {
            ReferenceOr::Item(inner) if union_members(&Keywords::of(inner)).1.is_empty() => {
                own_discriminator(inner)
            }
            _ => None,
        })
    })
}

/// The members of a union, and the key that they stand under.
fn union_members<'a>(keywords: &Keywords<'a>) -> (&'static str, &'a [ReferenceOr<Schema>]) {
    if keywords.one_of.is_empty() {
        ("anyOf", keywords.any_of)
    } else {
        ("oneOf", keywords.one_of)
    }
}
