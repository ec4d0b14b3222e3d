//! Constraints of a schema where it stands: its own, those of what it consists of, and those of
//! what is written within it. What it refers to keeps its own.

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::keywords::{JsonType, Keywords};
use super::lowering::{Lowering, SchemaRef};
use super::schema::{is_null, tuple_places};
use crate::diagnostic::{Code, Pointer};
use crate::model::{Constraints, Secrecy};

impl<'a> Lowering<'a> {
    /// What a schema demands where it is used; a reference's target says it for itself.
    pub(super) fn constraints(&mut self, schema: SchemaRef<'a>, at: &Pointer) -> Constraints {
        match schema {
            SchemaRef::Item(schema) => self.constraints_of(&Keywords::of(schema), at),
            SchemaRef::Reference(_) => Constraints::default(),
        }
    }

    /// What several schemas that all hold demand together, what they refer to included.
    pub(super) fn joint_constraints(
        &mut self,
        schemas: impl IntoIterator<Item = (SchemaRef<'a>, Pointer)>,
    ) -> Constraints {
        let mut joint = Constraints::default();
        for (schema, at) in schemas {
            joint.narrow(&self.followed(schema, &at, &mut Vec::new()));
        }
        joint
    }

    /// What the keywords of one schema demand.
    pub(super) fn constraints_of(&mut self, keywords: &Keywords<'a>, at: &Pointer) -> Constraints {
        self.gathered(keywords, at, &mut Vec::new())
    }

    fn gathered(
        &mut self,
        keywords: &Keywords<'a>,
        at: &Pointer,
        seen: &mut Vec<Pointer>,
    ) -> Constraints {
        let mut all = self.own_constraints(keywords, at);
        self.within(keywords, at, &mut all);
        for (index, member) in keywords.all_of.iter().enumerate() {
            let at = at.key("allOf").index(index);
            all.narrow(&self.followed(SchemaRef::from(member), &at, seen));
        }
        for (key, members) in [("oneOf", keywords.one_of), ("anyOf", keywords.any_of)] {
            if let Some(common) = self.common(members, &at.key(key), seen) {
                all.narrow(&common);
            }
        }
        all
    }

    /// The same through a reference, unless the schema is being looked at already.
    fn followed(
        &mut self,
        schema: SchemaRef<'a>,
        at: &Pointer,
        seen: &mut Vec<Pointer>,
    ) -> Constraints {
        let (schema, at) = match schema {
            SchemaRef::Item(schema) => (schema, at.clone()),
            SchemaRef::Reference(reference) => match self.resolve(reference) {
                Some((schema, at)) if !seen.contains(&at) => {
                    seen.push(at.clone());
                    (schema, at)
                }
                // What leads to nothing is reported where it is lowered.
                _ => return Constraints::default(),
            },
        };
        self.gathered(&Keywords::of(schema), &at, seen)
    }

    /// What each member of a union demands: whichever of them a value is, that holds.
    fn common(
        &mut self,
        members: &'a [ReferenceOr<Schema>],
        at: &Pointer,
        seen: &mut Vec<Pointer>,
    ) -> Option<Constraints> {
        let mut common: Option<Constraints> = None;
        for (index, member) in members.iter().enumerate() {
            let constraints = match SchemaRef::from(member) {
                SchemaRef::Item(schema) => {
                    let keywords = Keywords::of(schema);
                    if is_null(&keywords) {
                        continue;
                    }
                    self.gathered(&keywords, &at.index(index), seen)
                }
                SchemaRef::Reference(_) => Constraints::default(),
            };
            match &common {
                None => common = Some(constraints),
                Some(known) if *known == constraints => {}
                Some(_) => return None,
            }
        }
        common
    }

    /// The constraints that stand among the keywords themselves.
    fn own_constraints(&mut self, keywords: &Keywords<'_>, at: &Pointer) -> Constraints {
        let mut own = keywords.constraints.clone();
        let (good, broken) = std::mem::take(&mut own.patterns)
            .into_iter()
            .partition(|pattern| self.is_pattern(pattern, at));
        own.patterns = good;
        own.broken_patterns = broken;
        if keywords.ty == Some(JsonType::String) && keywords.format.as_deref() == Some("password") {
            own.secrecy = Secrecy::Secret;
        }
        own
    }

    /// Adds what is demanded of the items and the values.
    fn within(&mut self, keywords: &Keywords<'a>, at: &Pointer, all: &mut Constraints) {
        if let Some(places) = tuple_places(keywords) {
            let at = at.key("items").key("oneOf");
            for (index, place) in places.iter().enumerate() {
                let position = self.constraints(SchemaRef::from(place), &at.index(index));
                all.positions.push(position);
            }
        } else if let Some(items) = keywords.items {
            let each = self.constraints(SchemaRef::from(items), &at.key("items"));
            all.each_item = boxed(each);
        }
        // Beside named fields the other keys are the struct's business.
        let is_map = keywords.properties.is_none_or(indexmap::IndexMap::is_empty);
        if let (true, Some(AdditionalProperties::Schema(schema))) = (is_map, keywords.additional) {
            let at = at.key("additionalProperties");
            let each = self.constraints(SchemaRef::from(schema.as_ref()), &at);
            all.each_value = boxed(each);
        }
    }

    /// Whether a pattern is a regular expression. What is none is said once and left unchecked.
    fn is_pattern(&mut self, pattern: &str, at: &Pointer) -> bool {
        if let Some(known) = self.patterns.get(pattern) {
            return *known;
        }
        let compiled =
            regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
        if let Err(error) = &compiled {
            self.diagnostics
                .warn(
                    Code::InvalidPattern,
                    at.key("pattern"),
                    format!("the pattern is no regular expression of ECMA 262, and is not checked: {error}"),
                )
                .help("correct the pattern; ECMA 262 knows no inline flags such as `(?i)`, and no `\\A` or `\\Z`");
        }
        self.patterns.insert(pattern.to_owned(), compiled.is_ok());
        compiled.is_ok()
    }
}

fn boxed(constraints: Constraints) -> Option<Box<Constraints>> {
    (constraints != Constraints::default()).then(|| Box::new(constraints))
}
