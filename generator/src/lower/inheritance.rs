//! What a schema that stands for its subtypes becomes: a union of them, and of the schema itself.
//!
//! Its own fields are a type apart, its base: the member for values that carry its own tag, or one
//! that names nobody. The subtypes take over these fields as those of any member of an `allOf`. An
//! subtype that stands for subtypes of its own by the same key has its base and its subtypes in the union.

use std::collections::{BTreeMap, BTreeSet};

use super::families::Members;
use super::family::own_discriminator;
use super::keywords::Keywords;
use super::lowering::Lowering;
use super::schema::{Lowered, Site};
use crate::diagnostic::{Code, Pointer};
use crate::model::{Choice, Constraints, Docs, Role, Tag, Type, TypeDef, TypeKind, Union, Variant};
use crate::read::REFUSED;

impl<'a> Lowering<'a> {
    /// Lowers every head's own fields to a type of their own. A head that has none has no base.
    pub(super) fn bases(&mut self) {
        let heads: Vec<Pointer> = self.families.heads.keys().cloned().collect();
        for at in heads {
            let Some(id) = self.by_place.get(&at).copied() else {
                continue;
            };
            let Some((schema, _)) = self.resolve(&at.to_string()) else {
                continue;
            };
            let name = self.api.type_def(id).name.clone();
            let mut keywords = Keywords::of(schema);
            (keywords.one_of, keywords.any_of) = (&[], &[]);
            let site = Site {
                at: at.clone(),
                name: name.clone(),
            };
            let Lowered::Kind(TypeKind::Struct(record)) = self.lowered(&keywords, &site, Some(id))
            else {
                continue;
            };
            let docs = self.docs(&keywords, &at);
            let base = self.api.add_type(TypeDef::new(
                name.child(Role::Base),
                docs,
                at.clone(),
                TypeKind::Struct(record),
            ));
            self.families.bases.insert(at, base);
        }
    }

    /// The union that a head becomes.
    pub(super) fn family(&mut self, keywords: &Keywords<'a>, site: &Site) -> Option<Lowered> {
        match self.families.heads.get(&site.at)?.members {
            Members::Subtypes => Some(Lowered::Kind(TypeKind::Union(self.subtypes(&site.at)?))),
            Members::Listed => {
                let mut lowered = self.union(keywords, site);
                if let Lowered::Kind(TypeKind::Union(union)) = &mut lowered
                    && let Tag::Property(property) = &union.tag
                {
                    let property = property.clone();
                    let tags = self.tags_of_itself(&site.at, &property);
                    self.add_base(union, &site.at, tags);
                }
                Some(lowered)
            }
        }
    }

    fn subtypes(&mut self, at: &Pointer) -> Option<Union> {
        let told = self.families.heads.get(at)?.told?;
        let property = told.property_name.as_str();
        let line = self.line(at, property);
        let mut tags = self.mapped(at, property, &line);
        let mut variants = Vec::new();
        for (place, member) in line.members() {
            let Some(ty) = self.member_type(place, property) else {
                continue;
            };
            let mut own = Vec::new();
            for place in member {
                let named = tags.remove(place);
                own.extend(named.unwrap_or_else(|| self.unmapped(place, property)));
            }
            variants.push(variant(ty, own));
        }
        let mut union = Union {
            tag: Tag::Property(property.to_owned()),
            choice: Choice::One,
            fallback: None,
            variants,
        };
        union.fallback = self.fallback(told, &union.variants);
        let own = tags.remove(at);
        let own = own.unwrap_or_else(|| self.unmapped(at, property));
        self.add_base(&mut union, at, own);
        Some(union)
    }

    /// Adds the head itself to its union: also what all values are that name nobody.
    fn add_base(&self, union: &mut Union, at: &Pointer, mut tags: Vec<String>) {
        let Some(base) = self.families.bases.get(at) else {
            return;
        };
        tags.retain(|tag| {
            !union
                .variants
                .iter()
                .any(|member| member.tags.contains(tag))
        });
        if union.fallback.is_none() {
            union.fallback = Some(union.variants.len());
        }
        union.variants.push(variant(Type::Named(*base), tags));
    }

    /// What a member of a family is by itself; nothing where it has no fields of its own.
    fn member_type(&self, place: &Pointer, property: &str) -> Option<Type> {
        let id = if self.families.property(place) == Some(property) {
            self.families.bases.get(place)?
        } else {
            self.by_place.get(place)?
        };
        Some(Type::Named(*id))
    }

    /// Everybody below a head. Those below a head that tells its subtypes by another key are its.
    fn line(&self, at: &Pointer, property: &str) -> Line {
        let mut line = Line::default();
        let mut waiting: Vec<(Pointer, Option<Pointer>)> = vec![(at.clone(), None)];
        let mut seen = BTreeSet::new();
        while let Some((place, owner)) = waiting.pop() {
            if !seen.insert(place.clone()) {
                continue;
            }
            let is_apart = owner.is_none()
                && place != *at
                && self.families.stands_for_subtypes(&place)
                && self.families.property(&place) != Some(property);
            if place != *at {
                line.add(place.clone(), owner.as_ref().unwrap_or(&place));
            }
            let owner = owner.or_else(|| is_apart.then(|| place.clone()));
            for subtype in self.families.subtypes_of(&place).iter().rev() {
                waiting.push((subtype.clone(), owner.clone()));
            }
        }
        line
    }

    /// The tags that the mappings of a family give its members, by the members' places. The head's
    /// own mapping counts before those of what it extends and of what extends it.
    fn mapped(
        &mut self,
        at: &Pointer,
        property: &str,
        line: &Line,
    ) -> BTreeMap<Pointer, Vec<String>> {
        let ancestors = self.families.ancestors(at);
        let below = line.owners.keys().cloned();
        let places = std::iter::once(at.clone()).chain(ancestors).chain(below);
        let mut tags: BTreeMap<Pointer, Vec<String>> = BTreeMap::new();
        let mut given: BTreeSet<&str> = BTreeSet::new();
        for place in places.collect::<Vec<_>>() {
            let schema = self.resolve(&place.to_string()).map(|found| found.0);
            let discriminator = schema.and_then(own_discriminator);
            let Some(discriminator) = discriminator else {
                continue;
            };
            if discriminator.property_name != property {
                continue;
            }
            for (tag, target) in discriminator
                .mapping
                .iter()
                .filter(|(_, to)| *to != REFUSED)
            {
                let mut found = self.mapping_target(target);
                if found.is_none() {
                    found = line.called(last_name(target), at);
                    if place == *at {
                        self.dangling(tag, target, found.as_ref(), at);
                    }
                }
                let member = found.filter(|found| found == at || line.owners.contains_key(found));
                if let Some(member) = member
                    && given.insert(tag)
                {
                    tags.entry(member).or_default().push(tag.clone());
                }
            }
        }
        tags
    }

    /// Says that a mapping leads nowhere, and what it was taken for.
    pub(super) fn dangling(
        &mut self,
        tag: &str,
        target: &str,
        taken: Option<&Pointer>,
        at: &Pointer,
    ) {
        let what = match taken {
            Some(place) => {
                let place = self.diagnostics.original(place.clone());
                format!("`{target}` leads to nothing; by its last name it is taken for `{place}`")
            }
            None => format!("`{target}` leads to nothing; such a value is none of the members"),
        };
        self.diagnostics
            .warn(
                Code::UnresolvedRef,
                self.discriminator_place(at).key("mapping").key(tag),
                what,
            )
            .help("correct the mapping: it names a schema, or refers to one");
    }

    /// Where the discriminator of a schema stands.
    fn discriminator_place(&self, at: &Pointer) -> Pointer {
        let mut place = at.clone();
        let mut schema = self.resolve(&at.to_string()).map(|found| found.0);
        while let Some(found) = schema {
            if found.schema_data.discriminator.is_some() {
                break;
            }
            schema = None;
            for (index, member) in Keywords::of(found).all_of.iter().enumerate() {
                if let openapiv3::ReferenceOr::Item(inner) = member
                    && own_discriminator(inner).is_some()
                {
                    place = place.key("allOf").index(index);
                    schema = Some(inner);
                    break;
                }
            }
        }
        place.key("discriminator")
    }

    /// The tags of a member that no mapping names: those that it allows, or its name.
    fn unmapped(&self, place: &Pointer, property: &str) -> Vec<String> {
        let mut own = self.own_tags(place, property);
        // What stands for others may list their values as well.
        if own.len() > 1 && self.families.stands_for_subtypes(place) {
            own.clear();
        }
        if own.is_empty() {
            let name = place.segments().last();
            own.extend(name.map(std::borrow::Cow::into_owned));
        }
        own
    }

    fn tags_of_itself(&self, at: &Pointer, property: &str) -> Vec<String> {
        let schema = self.resolve(&at.to_string()).map(|found| found.0);
        let discriminator = schema.and_then(own_discriminator);
        let mapping = discriminator.into_iter().flat_map(|found| &found.mapping);
        let tags: Vec<String> = mapping
            .filter(|(_, target)| self.mapping_target(target).as_ref() == Some(at))
            .map(|(tag, _)| tag.clone())
            .collect();
        if tags.is_empty() {
            self.unmapped(at, property)
        } else {
            tags
        }
    }
}

/// Everybody below a head.
#[derive(Default)]
struct Line {
    /// The members of the union, in the document's order, each with those it answers for.
    members: Vec<(Pointer, Vec<Pointer>)>,
    /// The member that answers for a place.
    owners: BTreeMap<Pointer, usize>,
}

impl Line {
    fn add(&mut self, place: Pointer, owner: &Pointer) {
        let index = match self.owners.get(owner) {
            Some(index) => *index,
            None => {
                self.members.push((owner.clone(), Vec::new()));
                self.members.len() - 1
            }
        };
        if let Some((_, places)) = self.members.get_mut(index) {
            places.push(place.clone());
        }
        self.owners.insert(place, index);
    }

    fn members(&self) -> impl Iterator<Item = (&Pointer, &[Pointer])> {
        self.members
            .iter()
            .map(|(place, answered)| (place, answered.as_slice()))
    }

    /// The only one of a name, the head itself among them.
    fn called(&self, name: &str, head: &Pointer) -> Option<Pointer> {
        only(self.owners.keys().chain([head]), name).cloned()
    }
}

/// The only one of several places whose last name is the one given.
pub(super) fn only<'p>(
    places: impl Iterator<Item = &'p Pointer>,
    name: &str,
) -> Option<&'p Pointer> {
    let mut found = places.filter(|place| place.segments().last().as_deref() == Some(name));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The last name of a reference that leads nowhere: `record` of `models/all.yml#/record`, of
/// `./record.json`, and of `record`.
pub(super) fn last_name(reference: &str) -> &str {
    let whole = reference.trim_end_matches(['/', '#']);
    let name = whole.rsplit(['/', '#']).next().unwrap_or_default();
    let endings = [".yaml", ".yml", ".json"];
    let stem = endings.iter().find_map(|ending| name.strip_suffix(ending));
    stem.unwrap_or(name)
}

fn variant(ty: Type, tags: Vec<String>) -> Variant {
    Variant {
        constraints: Constraints::default(),
        ty,
        tags,
        hint: None,
        docs: Docs::default(),
    }
}
