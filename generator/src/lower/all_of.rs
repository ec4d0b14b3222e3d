//! `allOf`: everything that holds at once, as one type.
//!
//! The members are gathered flat, references followed. Objects become one struct with all their
//! fields; a union among them is mixed in; a wrapper around one reference is that reference.

use indexmap::IndexMap;
use openapiv3::Schema;

use super::keywords::{JsonType, Keywords};
use super::lowering::{Lowering, SchemaRef};
use super::object::{is_closed, other_keys};
use super::scalar;
use super::schema::{Lowered, Site};
use crate::diagnostic::{Code, Pointer};
use crate::model::{
    Choice, Constraints, Docs, Field, Role, Struct, Tag, Type, TypeId, TypeKind, Union, Untyped,
    Variant,
};

/// A member, or a member of a member.
struct Part<'a> {
    keywords: Keywords<'a>,
    site: Site,
    /// The type that a reference to it would have.
    id: Option<TypeId>,
    /// What it means where it stands.
    sense: Sense,
}

/// What a schema means where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    /// What it says.
    Itself,
    /// Any of its subtypes.
    Subtypes,
}

/// A property in one of the members.
type Property<'a> = (SchemaRef<'a>, Site);

impl<'a> Lowering<'a> {
    pub(super) fn all_of(
        &mut self,
        keywords: &Keywords<'a>,
        site: &Site,
        id: Option<TypeId>,
    ) -> Lowered {
        let mut parts = Vec::new();
        let mut seen: Vec<Pointer> = id.map(|_| site.at.clone()).into_iter().collect();
        let subtype = self.families.is_subtype(&site.at).then_some(&site.at);
        for (index, member) in keywords.all_of.iter().enumerate() {
            let at = site.at.key("allOf").index(index);
            self.gather(
                SchemaRef::from(member),
                site.moved(at),
                (subtype, None),
                &mut seen,
                &mut parts,
            );
        }
        parts.push(Part {
            keywords: own(keywords),
            site: site.clone(),
            id: None,
            sense: Sense::Itself,
        });
        self.combine(parts, site)
    }

    /// `around` is the named schema around the member, where it extends others, and the one that
    /// is asked for its fields for the sake of a subtype.
    fn gather(
        &mut self,
        member: SchemaRef<'a>,
        site: Site,
        around: (Option<&Pointer>, Option<&Pointer>),
        seen: &mut Vec<Pointer>,
        parts: &mut Vec<Part<'a>>,
    ) {
        let (subtype, base) = around;
        let (schema, site, id, base) = match member {
            SchemaRef::Item(schema) => (schema, site, None, base.cloned()),
            SchemaRef::Reference(reference) => {
                match self.part_behind(reference, site, subtype, seen, parts) {
                    Some(followed) => followed,
                    None => return,
                }
            }
        };
        let mut keywords = Keywords::of(schema);
        if let Some(base) = &base
            && self.lists_subtypes(base, &keywords, &site.at)
        {
            (keywords.one_of, keywords.any_of) = (&[], &[]);
        }
        if keywords.all_of.is_empty() {
            parts.push(Part {
                keywords,
                site,
                id,
                sense: Sense::Itself,
            });
            return;
        }
        let before = parts.len();
        let subtype = match member {
            SchemaRef::Item(_) => subtype.cloned(),
            SchemaRef::Reference(_) => Some(site.at.clone()),
        };
        let around = (subtype.as_ref(), base.as_ref());
        for (index, inner) in keywords.all_of.iter().enumerate() {
            let at = site.at.key("allOf").index(index);
            let inner = SchemaRef::from(inner);
            self.gather(inner, site.moved(at), around, seen, parts);
        }
        parts.push(Part {
            keywords: own(&keywords),
            site,
            id: None,
            sense: Sense::Itself,
        });
        // Where a reference's whole is asked for and nothing is added, that is its type.
        let mut substantial = parts
            .iter_mut()
            .skip(before)
            .filter(|part| part.says_something());
        if let (Some(part), None, Some(id)) = (substantial.next(), substantial.next(), id) {
            part.id = Some(id);
        }
    }

    /// The schema behind a reference, where it is to be asked for what it says: not again, and not
    /// where it stands for its subtypes, which are a part then. The last is its place where it is asked
    /// for the sake of a subtype.
    fn part_behind(
        &mut self,
        reference: &'a str,
        site: Site,
        subtype: Option<&Pointer>,
        seen: &mut Vec<Pointer>,
        parts: &mut Vec<Part<'a>>,
    ) -> Option<(&'a Schema, Site, Option<TypeId>, Option<Pointer>)> {
        let Some((schema, at)) = self.resolve(reference) else {
            self.unresolved(reference, &site.at);
            return None;
        };
        let is_base = subtype.is_some_and(|subtype| self.families.extends(subtype, &at));
        let stands_for_subtypes = self.families.stands_for_subtypes(&at);
        if seen.contains(&at) {
            let known = parts.len();
            // A subtype's fields say more than that it is one.
            parts.retain(|part| part.sense == Sense::Itself || part.site.at != at);
            if !is_base || parts.len() == known {
                return None;
            }
        }
        seen.push(at.clone());
        let id = self.by_place.get(&at).copied();
        let name = id.map_or(site.name, |id| self.api.type_def(id).name.clone());
        let site = Site { at, name };
        if stands_for_subtypes && !is_base {
            parts.push(Part {
                keywords: Keywords::of(schema),
                site,
                id,
                sense: Sense::Subtypes,
            });
            return None;
        }
        // What stands for its subtypes is asked for its own fields here.
        let id = id.filter(|_| !stands_for_subtypes);
        let base = is_base.then(|| site.at.clone());
        Some((schema, site, id, base))
    }

    fn combine(&mut self, parts: Vec<Part<'a>>, site: &Site) -> Lowered {
        let is_object = parts.iter().any(Part::is_object);
        let mut parts: Vec<_> = parts.into_iter().filter(Part::says_something).collect();
        if let Some(ty) = only_family(&parts) {
            return Lowered::Type(ty);
        }
        let is_mixed = parts
            .first()
            .is_some_and(|part| part.keywords.mixes_union_and_fields());
        if parts.len() <= 1 && !is_mixed {
            return match parts.pop() {
                None if is_object => {
                    Lowered::Type(Type::Map(Box::new(Type::Any(Untyped::FreeFormObject))))
                }
                None => Lowered::Type(Type::Any(Untyped::EmptySchema)),
                Some(Part { id: Some(id), .. }) => Lowered::Type(Type::Named(id)),
                Some(Part {
                    keywords,
                    site: own,
                    ..
                }) => self.lowered(
                    &keywords,
                    &Site {
                        at: own.at,
                        name: site.name.clone(),
                    },
                    None,
                ),
            };
        }
        if parts.iter().all(Part::is_object) {
            return Lowered::Kind(TypeKind::Struct(self.merge(parts, site)));
        }
        self.most_specific(parts, site)
    }

    /// All fields of all parts.
    fn merge(&mut self, parts: Vec<Part<'a>>, site: &Site) -> Struct {
        let mut properties: IndexMap<String, Vec<Property<'a>>> = IndexMap::new();
        let mut required: Vec<&str> = Vec::new();
        let mut merged = Struct::default();
        for part in parts.iter().filter(|part| part.sense == Sense::Itself) {
            required.extend(part.keywords.required.iter().map(String::as_str));
            for (wire, schema) in part.keywords.properties.into_iter().flatten() {
                let at = part.site.at.key("properties").key(wire);
                let place = part.site.child(at, Role::Field(wire.clone()));
                properties
                    .entry(wire.clone())
                    .or_default()
                    .push((SchemaRef::from(schema), place));
            }
            if let Some(additional) = self.additional(&part.keywords, &part.site) {
                merged.additional = Some(additional);
                *merged.additional_constraints =
                    self.additional_constraints(&part.keywords, &part.site.at);
            }
        }
        if merged.additional.is_none() {
            let is_closed = parts.iter().any(|part| is_closed(&part.keywords));
            merged.additional = other_keys(is_closed);
        }
        for part in parts {
            if part.sense == Sense::Subtypes {
                merged.mixins.extend(part.id.map(Type::Named));
                continue;
            }
            if part.keywords.one_of.is_empty() && part.keywords.any_of.is_empty() {
                continue;
            }
            let mixin = self.mixin(&part, merged.mixins.len(), site);
            merged.mixins.push(mixin);
        }
        for (wire, declarations) in properties {
            let required = required.contains(&wire.as_str());
            merged
                .fields
                .extend(self.merged_field(&wire, declarations, required));
        }
        merged
    }

    fn mixin(&mut self, part: &Part<'a>, index: usize, site: &Site) -> Type {
        let is_pure = part.keywords.properties.is_none();
        if let Some(id) = part.id.filter(|_| is_pure) {
            return Type::Named(id);
        }
        // The part's place is the struct's own where the union stands beside its fields.
        let at = if part.keywords.one_of.is_empty() {
            "anyOf"
        } else {
            "oneOf"
        };
        let site = site.child(part.site.at.key(at), Role::Mixin(index));
        let keywords = Keywords {
            properties: None,
            required: &[],
            ..own(&part.keywords)
        };
        self.once(&site, Docs::default(), |this| {
            this.union(&keywords, &part.site)
        })
    }

    /// A field that one or several parts declare.
    fn merged_field(
        &mut self,
        wire: &str,
        mut declarations: Vec<Property<'a>>,
        required: bool,
    ) -> Option<Field> {
        // The last declaration is the most derived; its documentation counts.
        let (schema, site) = declarations.last().cloned()?;
        declarations.dedup_by(|a, b| a.0 == b.0);
        if declarations.len() == 1 {
            let ty = self.ty(schema, &site);
            let constraints = self.constraints(schema, &site.at);
            return Some(self.field(wire, schema, ty, constraints, required, site.at));
        }
        let places = declarations
            .iter()
            .map(|(schema, site)| (*schema, site.at.clone()));
        let constraints = self.joint_constraints(places.collect::<Vec<_>>());
        let others = declarations.clone();
        let ty = self.intersection(declarations, &site);
        let mut field = self.field(wire, schema, ty, constraints, required, site.at);
        // Where it has none, that of the next before it does.
        let mut others = others.iter().rev().skip(1);
        while field.docs.description.is_none()
            && let Some((SchemaRef::Item(schema), site)) = others.next()
        {
            let docs = self.docs(&Keywords::of(schema), &site.at);
            field.docs.summary = field.docs.summary.or(docs.summary);
            field.docs.description = docs.description;
        }
        Some(field)
    }

    fn intersection(&mut self, declarations: Vec<Property<'a>>, site: &Site) -> Type {
        let mut parts = Vec::new();
        let mut seen = Vec::new();
        let mut all_nullable = true;
        for (schema, place) in declarations {
            self.gather(schema, place, (None, None), &mut seen, &mut parts);
        }
        for part in parts.iter().filter(|part| part.says_something()) {
            all_nullable &= self.allows_null(&part.keywords);
        }
        let ty = self.once(site, Docs::default(), |this| this.combine(parts, site));
        if all_nullable {
            super::schema::nullable(ty)
        } else {
            ty
        }
    }

    /// Of parts that are not all objects the one that says most; they all hold, so nothing that
    /// fits the whole is refused by it.
    fn most_specific(&mut self, parts: Vec<Part<'a>>, site: &Site) -> Lowered {
        let kinds: Vec<_> = parts.iter().filter_map(Part::kind).collect();
        let conflict = kinds
            .windows(2)
            .any(|pair| !compatible(pair.first(), pair.last()));
        if conflict {
            self.diagnostics
                .warn(
                    Code::Contradiction,
                    &site.at,
                    "the members of `allOf` have different types, so no value fits them all; what \
                     fits one of them is taken",
                )
                .help("perhaps `oneOf` was meant");
            return self.any_part(parts, site);
        }
        let best = parts.into_iter().max_by_key(|part| {
            let keywords = &part.keywords;
            let rank = usize::from(!keywords.values.is_empty()) * 8
                + usize::from(!keywords.one_of.is_empty() || !keywords.any_of.is_empty()) * 4
                + usize::from(keywords.items.is_some()) * 4
                + usize::from(scalar::untyped(keywords).is_some()) * 2
                + usize::from(keywords.effective_type().is_some());
            // Of equals the first: `max_by_key` would take the last.
            (rank, std::cmp::Reverse(part.site.at.segments().count()))
        });
        match best {
            Some(Part { id: Some(id), .. }) => Lowered::Type(Type::Named(id)),
            Some(part) if part.keywords.mixes_union_and_fields() => {
                Lowered::Kind(TypeKind::Struct(self.merge(vec![part], site)))
            }
            Some(part) => self.lowered(
                &part.keywords,
                &Site {
                    at: part.site.at,
                    name: site.name.clone(),
                },
                None,
            ),
            None => Lowered::Type(Type::Any(Untyped::EmptySchema)),
        }
    }
}

impl<'a> Lowering<'a> {
    /// Parts that no value fits all of: a union of them.
    fn any_part(&mut self, parts: Vec<Part<'a>>, site: &Site) -> Lowered {
        let mut variants: Vec<Variant> = Vec::new();
        for (index, part) in parts.into_iter().enumerate() {
            if part.kind().is_none() && part.id.is_none() {
                continue;
            }
            let ty = match part.id {
                Some(id) => Type::Named(id),
                None => {
                    // The part's place may be the whole's own, which is being lowered.
                    let at = part.site.at.key("type");
                    let site = site.child(at, Role::Member(None, index));
                    self.once(&site, Docs::default(), |this| {
                        this.lowered(&part.keywords, &part.site, None)
                    })
                }
            };
            if variants.iter().all(|known| known.ty != ty) {
                variants.push(Variant {
                    ty,
                    tags: Vec::new(),
                    hint: None,
                    constraints: Constraints::default(),
                    docs: Docs::default(),
                });
            }
        }
        match variants.as_slice() {
            [only] => Lowered::Type(only.ty.clone()),
            _ => Lowered::Kind(TypeKind::Union(Union {
                tag: Tag::Shape,
                choice: Choice::One,
                variants,
                fallback: None,
            })),
        }
    }
}

impl Part<'_> {
    /// The type that a value must have. Fields that must be there say nothing of what has none.
    fn kind(&self) -> Option<JsonType> {
        let keywords = &self.keywords;
        let only_demands =
            keywords.ty.is_none() && keywords.properties.is_none() && keywords.additional.is_none();
        let kind = keywords.effective_type();
        kind.filter(|kind| *kind != JsonType::Object || !only_demands)
    }

    /// Whether there is more to it than documentation and the word `object`.
    fn says_something(&self) -> bool {
        if self.sense == Sense::Subtypes {
            return true;
        }
        let keywords = &self.keywords;
        let is_plain_object = keywords.effective_type() == Some(JsonType::Object)
            && keywords.properties.is_none_or(IndexMap::is_empty)
            && keywords.required.is_empty()
            && keywords.additional.is_none()
            && keywords.one_of.is_empty()
            && keywords.any_of.is_empty();
        !keywords.is_bare() && !is_plain_object
    }

    fn is_object(&self) -> bool {
        let keywords = &self.keywords;
        if self.sense == Sense::Subtypes || keywords.effective_type() == Some(JsonType::Object) {
            return true;
        }
        keywords.effective_type().is_none()
            && (!keywords.one_of.is_empty() || !keywords.any_of.is_empty())
    }
}

/// The type of the one part that stands for its subtypes, where the others have no fields for it.
fn only_family(parts: &[Part<'_>]) -> Option<Type> {
    let mut families = parts.iter().filter(|part| part.sense == Sense::Subtypes);
    let family = families.next()?;
    let adds = |part: &Part<'_>| {
        let keywords = &part.keywords;
        part.sense == Sense::Itself
            && (keywords.properties.is_some_and(|fields| !fields.is_empty())
                || keywords.additional.is_some()
                || !keywords.one_of.is_empty()
                || !keywords.any_of.is_empty())
    };
    let is_all = families.next().is_none() && !parts.iter().any(adds);
    family.id.filter(|_| is_all).map(Type::Named)
}

/// What a schema says itself, without its `allOf`.
fn own<'a>(keywords: &Keywords<'a>) -> Keywords<'a> {
    Keywords {
        data: keywords.data,
        ty: keywords.ty,
        format: keywords.format.clone(),
        values: keywords.values.clone(),
        properties: keywords.properties,
        required: keywords.required,
        additional: keywords.additional,
        items: keywords.items,
        one_of: keywords.one_of,
        any_of: keywords.any_of,
        all_of: &[],
        constraints: keywords.constraints.clone(),
    }
}

fn compatible(first: Option<&JsonType>, second: Option<&JsonType>) -> bool {
    let is_number = |ty: &JsonType| matches!(ty, JsonType::Integer | JsonType::Number);
    match (first, second) {
        (Some(first), Some(second)) => first == second || (is_number(first) && is_number(second)),
        _ => true,
    }
}
