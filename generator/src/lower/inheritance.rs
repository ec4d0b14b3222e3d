//! A discriminator without `oneOf`: the members are the schemas that extend this one by `allOf`.
//!
//! A reference to such a schema means any of its heirs, so it becomes a union of them. The heirs
//! themselves take over its fields as those of any member of an `allOf`.

use openapiv3::ReferenceOr;

use super::Lowering;
use super::keywords::Keywords;
use crate::diagnostic::Pointer;
use crate::model::{Choice, Constraints, Docs, Tag, Type, Union, Variant};

impl<'a> Lowering<'a> {
    /// Notes which named schemas extend which by `allOf`.
    pub(super) fn find_heirs(&mut self) {
        let Some(components) = &self.parsed.openapi.components else {
            return;
        };
        let at = Pointer::root().key("components").key("schemas");
        for (name, schema) in &components.schemas {
            let ReferenceOr::Item(schema) = schema else {
                continue;
            };
            for member in Keywords::of(schema).all_of {
                let ReferenceOr::Reference { reference } = member else {
                    continue;
                };
                if let Some(base) = Pointer::parse(reference) {
                    let heir = (name.clone(), at.key(name));
                    self.heirs.entry(base).or_default().push(heir);
                }
            }
        }
    }

    /// The union of a schema's heirs, where it is meant to have any.
    pub(super) fn heirs(&self, keywords: &Keywords<'a>, at: &Pointer) -> Option<Union> {
        if !self.is_inherited(keywords, at) {
            return None;
        }
        let discriminator = keywords.data.discriminator.as_ref()?;
        let mut variants = Vec::new();
        for (name, place) in self.all_heirs(at) {
            let Some(id) = self.by_place.get(&place) else {
                continue;
            };
            let tags: Vec<String> = discriminator
                .mapping
                .iter()
                .filter(|(_, target)| **target == name || **target == place.to_string())
                .map(|(tag, _)| tag.clone())
                .collect();
            let own = self.own_tags(&place, &discriminator.property_name);
            variants.push(Variant {
                constraints: Constraints::default(),
                ty: Type::Named(*id),
                tags: match (tags.is_empty(), own.is_empty()) {
                    (false, _) => tags,
                    (true, false) => own,
                    (true, true) => vec![name],
                },
                hint: None,
                docs: Docs::default(),
            });
        }
        Some(Union {
            tag: Tag::Property(discriminator.property_name.clone()),
            choice: Choice::One,
            fallback: self.fallback(discriminator, &variants),
            variants,
        })
    }

    /// Whether references to a schema mean its heirs.
    pub(super) fn is_inherited(&self, keywords: &Keywords<'_>, at: &Pointer) -> bool {
        keywords.data.discriminator.is_some()
            && keywords.one_of.is_empty()
            && keywords.any_of.is_empty()
            && self.heirs.contains_key(at)
    }

    /// The heirs and their heirs, but for those that are unions of heirs themselves.
    fn all_heirs(&self, at: &Pointer) -> Vec<(String, Pointer)> {
        let mut found: Vec<(String, Pointer)> = Vec::new();
        let mut waiting = vec![at.clone()];
        while let Some(base) = waiting.pop() {
            for heir in self.heirs.get(&base).into_iter().flatten() {
                if heir.1 == *at || found.contains(heir) {
                    continue;
                }
                waiting.push(heir.1.clone());
                found.push(heir.clone());
            }
        }
        found.retain(|(_, place)| {
            let schema = self.resolve(&place.to_string()).map(|found| found.0);
            !schema.is_some_and(|schema| self.is_inherited(&Keywords::of(schema), place))
        });
        found
    }
}
