//! Unions whose members are constants: one open enum.
//!
//! A constant with a title and a description is how JSON Schema documents a value of an enum. Lists
//! of values and unions of constants may be among the members, and so may the plain type itself:
//! enums are open, so it adds nothing.

use serde_json::Value;

use super::keywords::{JsonType, Keywords};
use super::lowering::{Lowering, SchemaRef};
use super::schema::{Lowered, Site, is_null};
use super::union::Member;
use crate::model::{Docs, Enum, EnumValue, TypeKind};

/// Unions of constants nest no deeper than this.
const MOST: usize = 8;

impl<'a> Lowering<'a> {
    /// The enum of a union of constants, where one of them at least stands alone.
    pub(super) fn constants(
        &mut self,
        members: &[Member<'a>],
        ty: Option<JsonType>,
    ) -> Option<Lowered> {
        let mut found = Constants::default();
        for member in members {
            let name = match member.schema {
                SchemaRef::Reference(_) => member.origin.at.segments().last(),
                SchemaRef::Item(_) => None,
            };
            let keywords = &member.keywords;
            self.gather_constants(
                keywords,
                name.as_deref(),
                keywords.ty.or(ty),
                &member.site,
                &mut found,
                0,
            )?;
        }
        let values = found.values;
        let is_apart = |free: JsonType| {
            values.iter().any(|value| match free {
                JsonType::String => !value.wire.is_string(),
                _ => !value.wire.is_i64(),
            })
        };
        let is_flags = values.iter().all(|value| value.wire.is_boolean());
        if found.lone == 0 || members.len() < 2 || is_flags || found.free.into_iter().any(is_apart)
        {
            return None;
        }
        Some(Lowered::Kind(TypeKind::Enum(Enum {
            base: super::enumeration::base(&values),
            values,
        })))
    }

    /// The values of one member; nothing where it is no constant.
    fn gather_constants(
        &mut self,
        keywords: &Keywords<'a>,
        name: Option<&str>,
        ty: Option<JsonType>,
        site: &Site,
        found: &mut Constants,
        depth: usize,
    ) -> Option<()> {
        if depth > MOST || !keywords.all_of.is_empty() || keywords.properties.is_some() {
            return None;
        }
        if is_null(keywords) {
            return Some(());
        }
        let nested = keywords.one_of.iter().chain(keywords.any_of);
        if nested.clone().next().is_some() {
            for member in nested {
                let (schema, name) = match SchemaRef::from(member) {
                    SchemaRef::Item(schema) => (schema, None),
                    SchemaRef::Reference(reference) => {
                        let (schema, at) = self.resolve(reference)?;
                        (
                            schema,
                            at.segments().last().map(std::borrow::Cow::into_owned),
                        )
                    }
                };
                let inner = Keywords::of(schema);
                let ty = inner.ty.or(ty);
                self.gather_constants(&inner, name.as_deref(), ty, site, found, depth + 1)?;
            }
            return Some(());
        }
        if keywords.values.is_empty() {
            let free = ty.filter(|_| keywords.format.is_none())?;
            return matches!(free, JsonType::String | JsonType::Integer)
                .then(|| found.free.push(free));
        }
        let Lowered::Kind(TypeKind::Enum(list)) = self.enumeration_of(keywords, ty, site) else {
            return None;
        };
        let is_lone = list.values.len() == 1;
        found.lone += usize::from(is_lone);
        for mut value in list.values {
            if is_lone {
                describe(&mut value, keywords, name);
            }
            if !found.values.iter().any(|known| known.wire == value.wire) {
                found.values.push(value);
            }
        }
        Some(())
    }
}

/// What has been met among the members.
#[derive(Debug, Default)]
struct Constants {
    values: Vec<EnumValue>,
    /// How many members are one value each.
    lone: usize,
    /// The types whose values are all allowed.
    free: Vec<JsonType>,
}

/// A constant's title is its name, as long as it is one, and its description its documentation.
fn describe(value: &mut EnumValue, keywords: &Keywords<'_>, name: Option<&str>) {
    /// A title of more words is prose.
    const WORDS: usize = 4;
    let title = keywords.data.title.as_deref().map(str::trim);
    let is_name = |title: &&str| {
        title.split_whitespace().count() <= WORDS && title.starts_with(char::is_alphabetic)
    };
    // A text names itself better than a sentence does; a number has no other name.
    let proposed = title.filter(is_name).or(match value.wire {
        Value::String(_) => None,
        _ => name,
    });
    if value.hint.is_none() {
        value.hint = proposed.map(str::to_owned);
    }
    if value.docs.description.is_none() {
        value.docs = Docs {
            summary: None,
            description: keywords
                .data
                .description
                .clone()
                .or_else(|| keywords.data.title.clone()),
            deprecated: keywords.data.deprecated,
            link: None,
        };
    }
}
