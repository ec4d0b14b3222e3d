//! `oneOf` and `anyOf`: one of several types.

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::inheritance::{last_name, only};
use super::keywords::{JsonType, Keywords, extension};
use super::lowering::{Lowering, SchemaRef};
use super::schema::{Lowered, Site, is_null};
use crate::diagnostic::{Code, Pointer};
use crate::model::{
    Choice, Constraints, Enum, EnumValue, Integer, Role, Scalar, Tag, Type, TypeKind, Union,
    Variant,
};
use crate::read::REFUSED;

/// A member that is more than `null`.
pub(super) struct Member<'a> {
    pub(super) schema: SchemaRef<'a>,
    pub(super) keywords: Keywords<'a>,
    pub(super) site: Site,
    /// The schema itself, behind all references, and where it stands.
    pub(super) origin: Origin<'a>,
}

/// A schema that is no reference.
#[derive(Clone)]
pub(super) struct Origin<'a> {
    schema: &'a Schema,
    pub(super) at: Pointer,
}

impl<'a> Lowering<'a> {
    pub(super) fn union(&mut self, keywords: &Keywords<'a>, site: &Site) -> Lowered {
        let (key, members, choice) = if keywords.one_of.is_empty() {
            ("anyOf", keywords.any_of, Choice::Any(Vec::new()))
        } else {
            ("oneOf", keywords.one_of, Choice::One)
        };
        let members = self.members(members, &site.at.key(key), site);
        if members.is_empty() {
            // All that there was is null.
            return Lowered::Type(Type::Scalar(Scalar::Null));
        }
        if let Some(list) = self.constants(&members, keywords.ty) {
            return list;
        }
        if let Some(text) = self.text(&members, site) {
            return text;
        }
        let (mut variants, mut origins) = self.variants(members);
        widen_numbers(&mut variants, &mut origins);
        let family = self.families.heads.get(&site.at);
        let told = family.and_then(|head| head.told);
        // One subtype alone is not all that its head may be.
        if let ([_], None) = (variants.as_slice(), told)
            && let Some(only) = variants.pop()
        {
            return Lowered::Type(only.ty);
        }
        let own = keywords.data.discriminator.as_ref();
        let discriminator = own.or(told);
        let tag = match discriminator {
            Some(discriminator) => {
                let members = (variants.as_mut_slice(), origins.as_slice());
                self.discriminate(discriminator, members, own.is_some(), site)
            }
            None => Tag::Shape,
        };
        let fallback = discriminator.and_then(|found| self.fallback(found, &variants));
        Lowered::Kind(TypeKind::Union(Union {
            tag,
            choice,
            variants,
            fallback,
        }))
    }

    /// The members as the model has them, and where each stands.
    fn variants(&mut self, members: Vec<Member<'a>>) -> (Vec<Variant>, Vec<Origin<'a>>) {
        let mut variants: Vec<Variant> = Vec::new();
        let mut origins: Vec<Origin<'a>> = Vec::new();
        for member in members {
            let ty = match self.ty(member.schema, &member.site) {
                // The union itself is nullable; lowering the whole says so.
                Type::Nullable(inner) => *inner,
                ty => ty,
            };
            let constraints = self.constraints(member.schema, &member.site.at);
            if let Some(known) = variants.iter_mut().find(|known| known.ty == ty) {
                known.accept(&constraints);
                continue;
            }
            let docs = self.docs(&member.keywords, &member.origin.at);
            let hint = member.keywords.data.title.clone();
            variants.push(Variant {
                ty,
                constraints,
                tags: Vec::new(),
                hint,
                docs,
            });
            origins.push(member.origin);
        }
        (variants, origins)
    }

    fn members(
        &mut self,
        members: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        site: &Site,
    ) -> Vec<Member<'a>> {
        let mut kept = Vec::with_capacity(members.len());
        for (index, member) in members.iter().enumerate() {
            let place = at.index(index);
            let schema = SchemaRef::from(member);
            let (resolved, origin) = match schema {
                SchemaRef::Item(schema) => (schema, place.clone()),
                SchemaRef::Reference(reference) => match self.resolve(reference) {
                    Some(found) => found,
                    None => {
                        self.unresolved(reference, &place);
                        continue;
                    }
                },
            };
            let keywords = Keywords::of(resolved);
            if is_null(&keywords) {
                continue;
            }
            let role = Role::Member(keywords.data.title.clone(), index);
            kept.push(Member {
                schema,
                keywords,
                site: site.child(place, role),
                origin: Origin {
                    schema: resolved,
                    at: origin,
                },
            });
        }
        kept
    }

    /// Members that are all text: enums are open, so one that lists the known values says it all.
    fn text(&mut self, members: &[Member<'a>], site: &Site) -> Option<Lowered> {
        let is_text = |member: &Member<'_>| {
            let keywords = &member.keywords;
            keywords.ty == Some(JsonType::String)
                && keywords.one_of.is_empty()
                && keywords.any_of.is_empty()
                && keywords.all_of.is_empty()
                && (keywords.format.is_none() || !keywords.values.is_empty())
        };
        if members.len() < 2 || !members.iter().all(is_text) {
            return None;
        }
        let enums: Vec<_> = members
            .iter()
            .filter(|member| !member.keywords.values.is_empty())
            .collect();
        match enums.as_slice() {
            [] => Some(Lowered::Type(Type::Scalar(Scalar::String))),
            [only] => {
                let site = Site {
                    at: only.site.at.clone(),
                    name: site.name.clone(),
                };
                if matches!(only.schema, SchemaRef::Item(_)) {
                    // What stands here has no name of its own; the union's is free for it.
                    return Some(self.lowered(&only.keywords, &site, None));
                }
                Some(Lowered::Type(match self.ty(only.schema, &site) {
                    Type::Nullable(inner) => *inner,
                    ty => ty,
                }))
            }
            several => Some(Lowered::Kind(self.merged_enum(several, site))),
        }
    }

    fn merged_enum(&mut self, members: &[&Member<'a>], site: &Site) -> TypeKind {
        let mut values: Vec<EnumValue> = Vec::new();
        for member in members {
            let lowered = self.enumeration(&member.keywords, site);
            let Lowered::Kind(TypeKind::Enum(list)) = lowered else {
                continue;
            };
            for value in list.values {
                if !values.iter().any(|known| known.wire == value.wire) {
                    values.push(value);
                }
            }
        }
        TypeKind::Enum(Enum {
            base: super::enumeration::base(&values),
            values,
        })
    }

    /// Gives each member the tags that name it: those of the mapping, and its schema's name.
    fn discriminate(
        &mut self,
        discriminator: &Discriminator,
        (variants, origins): (&mut [Variant], &[Origin<'a>]),
        is_own: bool,
        site: &Site,
    ) -> Tag {
        let places: Vec<Pointer> = origins.iter().map(|origin| origin.at.clone()).collect();
        // Of what stands for a refused reference has been spoken.
        let mapping = discriminator.mapping.iter();
        for (tag, target) in mapping.filter(|(_, target)| *target != REFUSED) {
            let mut origin = self.mapping_target(target);
            if origin.is_none()
                && let Some(found) = only(places.iter(), last_name(target)).cloned()
            {
                if is_own {
                    self.dangling(tag, target, Some(&found), &site.at);
                }
                origin = Some(found);
            }
            // Of itself a family's head speaks elsewhere.
            if !is_own && origin.is_none() || origin.as_ref() == Some(&site.at) {
                continue;
            }
            let index = origin.and_then(|origin| self.member_of(&origin, &places));
            match index.and_then(|index| variants.get_mut(index)) {
                Some(variant) => variant.tags.push(tag.clone()),
                None if !is_own => {}
                None => {
                    self.diagnostics
                        .warn(
                            Code::UnresolvedRef,
                            site.at.key("discriminator").key("mapping").key(tag),
                            format!(
                                "`{target}` is no member of this union; such a value stays untyped"
                            ),
                        )
                        .help("add the schema to the members, or correct the mapping");
                }
            }
        }
        self.tags_by_schema(discriminator, variants, origins, site);
        let mut told = variants.iter().zip(origins);
        // A union among the members is named by its own members' tags.
        let is_untold = |(variant, origin): (&Variant, &Origin<'_>)| {
            let keywords = Keywords::of(origin.schema);
            variant.tags.is_empty() && keywords.one_of.is_empty() && keywords.any_of.is_empty()
        };
        if told.any(is_untold) {
            // A tag that cannot name a member tells none: all that they differ in does.
            for variant in variants {
                variant.tags.clear();
            }
            return Tag::Shape;
        }
        Tag::Property(discriminator.property_name.clone())
    }

    /// Gives the members that the mapping does not name the tags that their schemas say, or are called.
    fn tags_by_schema(
        &self,
        discriminator: &Discriminator,
        variants: &mut [Variant],
        origins: &[Origin<'a>],
        site: &Site,
    ) {
        for (variant, origin) in variants.iter_mut().zip(origins) {
            if !variant.tags.is_empty() {
                continue;
            }
            variant.tags = self.tags_of(origin.schema, &discriminator.property_name);
            // The name of a schema is its tag; what stands within the union has none.
            if variant.tags.is_empty()
                && self.by_place.contains_key(&origin.at)
                && !origin.at.is_within(&site.at)
            {
                variant.tags.extend(
                    origin
                        .at
                        .segments()
                        .last()
                        .map(std::borrow::Cow::into_owned),
                );
            }
        }
    }

    /// The place that a mapping names: by reference, or by the name of a schema.
    pub(super) fn mapping_target(&self, target: &str) -> Option<Pointer> {
        let by_name = Pointer::root().key("components").key("schemas").key(target);
        if self.by_place.contains_key(&by_name) {
            return self.resolve(&by_name.to_string()).map(|found| found.1);
        }
        self.resolve(target).map(|found| found.1)
    }

    /// The member that a schema is, or is a subtype of.
    fn member_of(&self, origin: &Pointer, origins: &[Pointer]) -> Option<usize> {
        let exact = origins.iter().position(|known| known == origin);
        exact.or_else(|| {
            let ancestors = self.families.ancestors(origin);
            origins.iter().position(|known| {
                self.families.stands_for_subtypes(known) && ancestors.contains(known)
            })
        })
    }

    /// The member that the discriminator names for all other values.
    pub(super) fn fallback(
        &self,
        discriminator: &Discriminator,
        variants: &[Variant],
    ) -> Option<usize> {
        let target = discriminator
            .extensions
            .get(extension::DEFAULT_MAPPING)?
            .as_str()?;
        let id = self.by_place.get(&self.mapping_target(target)?)?;
        let ty = Type::Named(*id);
        variants.iter().position(|variant| variant.ty == ty)
    }

    /// The values that the member itself, or what it is made of, allows for the discriminator.
    pub(super) fn own_tags(&self, origin: &Pointer, property: &str) -> Vec<String> {
        match self.resolve(&origin.to_string()) {
            Some((schema, _)) => self.tags_of(schema, property),
            None => Vec::new(),
        }
    }

    fn tags_of(&self, schema: &'a Schema, property: &str) -> Vec<String> {
        match schema.schema_data.extensions.get(extension::MICROSOFT_TAG) {
            Some(serde_json::Value::String(tag)) => vec![tag.clone()],
            _ => self.listed(schema, property, 0),
        }
    }

    fn listed(&self, schema: &'a Schema, property: &str, depth: usize) -> Vec<String> {
        /// Deeper than this references only lead to one another.
        const MOST: usize = 16;
        let behind = |schema: SchemaRef<'a>| match schema {
            SchemaRef::Item(schema) => Some(schema),
            SchemaRef::Reference(reference) => self.resolve(reference).map(|found| found.0),
        };
        let keywords = Keywords::of(schema);
        let declared = keywords
            .properties
            .and_then(|properties| properties.get(property))
            .and_then(|declared| behind(SchemaRef::from(declared)));
        let values = declared.map(|schema| Keywords::of(schema).values);
        let texts = values
            .iter()
            .flatten()
            .filter_map(serde_json::Value::as_str);
        let texts: Vec<String> = texts.map(str::to_owned).collect();
        // A base may list the values of all that extend it: only a constant is one's own.
        if (depth == 0 && !texts.is_empty()) || texts.len() == 1 {
            return texts;
        }
        if depth > MOST {
            return Vec::new();
        }
        // What is more derived stands last.
        let members = keywords.all_of.iter().rev();
        members
            .filter_map(|member| behind(SchemaRef::from(member)))
            .map(|member| self.listed(member, property, depth + 1))
            .find(|texts| !texts.is_empty())
            .unwrap_or_default()
    }
}

/// Of integers of several widths one that holds them all is left, where the first stood. Every
/// integer is a number: beside a number an integer is no member of its own, for what is an integer
/// or a number is a number, and those are floats (or decimals, where the configuration says so).
/// Among other members it stays where a float would round it: with 64 bits.
fn widen_numbers(variants: &mut Vec<Variant>, origins: &mut Vec<Origin<'_>>) {
    let is_float =
        |variant: &Variant| matches!(variant.ty, Type::Scalar(Scalar::F64 | Scalar::F32));
    let is_number = |variant: &Variant| is_float(variant) || integer(variant).is_some();
    let has_float = variants.iter().any(is_float);
    let widest = variants.iter().filter_map(integer).reduce(Integer::or);
    let numbers: Vec<Constraints> = variants
        .iter()
        .filter(|variant| is_number(variant))
        .map(|variant| variant.constraints.clone())
        .collect();
    let is_rounded = widest.is_some_and(Integer::is_beyond_floats);
    let is_apart = is_rounded && !variants.iter().all(is_number);
    let (mut index, mut is_first) = (0, true);
    variants.retain_mut(|variant| {
        let mut is_kept = true;
        if let (Some(_), Some(widest)) = (integer(variant), widest) {
            is_kept = (!has_float || is_apart) && std::mem::take(&mut is_first);
            variant.ty = Type::Scalar(Scalar::Integer(widest));
        }
        if is_number(variant) {
            for constraints in &numbers {
                variant.accept(constraints);
            }
        }
        if is_kept {
            index += 1;
        } else {
            origins.remove(index);
        }
        is_kept
    });
}

fn integer(variant: &Variant) -> Option<Integer> {
    match variant.ty {
        Type::Scalar(Scalar::Integer(integer)) => Some(integer),
        _ => None,
    }
}
