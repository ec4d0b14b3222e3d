//! The values of a document's unions: for each member, values that fit it and no other.

use std::collections::BTreeSet;

use clientsmith::Generated;
use clientsmith::config::Config;
use clientsmith::diagnostic::Pointer;
use clientsmith::emit::Paths;
use clientsmith::model::{Api, Scalar, Tag, Type, TypeId, TypeKind, Union};
use clientsmith_tests::judge::{Judge, Verdict};
use serde_json::Value;

use super::collect::reference;
use super::maker::{Maker, resolve};

/// So many values are wanted of each member.
pub(crate) const WANTED: usize = 20;

/// So many are made to find them.
const TRIES: u64 = 160;

/// A value that fits one member of a union and no other.
pub(crate) struct Case {
    /// The index of the union's type among those of the document.
    pub(crate) union: usize,
    /// The place of the union in the document.
    pub(crate) schema: Pointer,
    /// The place of the member.
    pub(crate) member: Pointer,
    /// The indices of the members that it may become: several where the document's members are of
    /// one type.
    pub(crate) expected: Vec<usize>,
    pub(crate) value: Value,
    /// Whether requests send it, so that null is not the same as nothing.
    pub(crate) sent: bool,
}

/// What was made for a document.
#[derive(Default)]
pub(crate) struct Cases {
    /// The paths of the unions' types.
    pub(crate) unions: Vec<String>,
    pub(crate) values: Vec<Case>,
    /// The unions of which the document has no `oneOf` or `anyOf`.
    pub(crate) elsewhere: Vec<Pointer>,
    /// How many values each member has, by its place.
    pub(crate) members: Vec<(Pointer, usize)>,
}

/// A member in the document.
struct Member {
    at: Pointer,
    /// Where it stands behind all references.
    resolved: Pointer,
    variants: Vec<usize>,
}

pub(crate) fn of(generated: &Generated, root: &Value, config: &Config) -> Cases {
    let mut cases = Cases::default();
    let Some(model) = &generated.model else {
        return cases;
    };
    let facts = &model.facts;
    let paths = Paths::new(model, config);
    let mut judge = Judge::new(root);
    for (id, def) in model.api.types_with_ids() {
        let TypeKind::Union(union) = &def.kind else {
            continue;
        };
        // Told by the name of the event around it, not by the value.
        if union.tag == Tag::Event {
            continue;
        }
        let Some(members) = members(&model.api, union, root, &def.origin) else {
            cases.elsewhere.push(def.origin.clone());
            continue;
        };
        let ty = paths.ty(&Type::Named(id));
        // The tag says that it is no other member, whatever their schemas take.
        let schema = root.pointer(def.origin.as_str());
        let has_discriminator = schema.is_some_and(|schema| schema.get("discriminator").is_some());
        let index = cases.unions.len();
        cases.unions.push(ty);
        for at in 0..members.len() {
            let may_be: &dyn Fn(&Member, &Value) -> bool = if has_discriminator {
                &|member, value| is_named(union, member, value)
            } else {
                &|_, _| true
            };
            let asked = (&members[at], members.as_slice(), may_be);
            let found = values(&model.api, union, root, asked, &mut judge);
            cases.members.push((members[at].at.clone(), found.len()));
            cases.values.extend(found.into_iter().map(|value| Case {
                union: index,
                schema: def.origin.clone(),
                member: members[at].at.clone(),
                expected: members[at].variants.clone(),
                value,
                // What no operation reaches is marked as going both ways, its parts are not.
                sent: facts.usages.of(id).request && !facts.groups.of(id).is_empty(),
            }));
        }
    }
    cases
}

/// The members of a union in the document that are more than null.
fn members(api: &Api, union: &Union, root: &Value, origin: &Pointer) -> Option<Vec<Member>> {
    let schema = root.pointer(origin.as_str())?;
    let (at, list) = match schema {
        // A union that stands beside fields is named by the list itself.
        Value::Array(list) => (origin.clone(), list),
        _ => ["oneOf", "anyOf"]
            .iter()
            .find_map(|key| Some((origin.key(key), schema.get(*key)?.as_array()?)))?,
    };
    let mut members = Vec::new();
    for (index, member) in list.iter().enumerate() {
        let at = at.index(index);
        let mut resolved = at.clone();
        while let Some(next) = root.pointer(resolved.as_str()).and_then(reference) {
            resolved = next;
        }
        let member = resolve(root, member);
        if member["type"] == "null" {
            continue;
        }
        let variants = variants(api, union, &resolved, member);
        members.push(Member {
            at,
            resolved,
            variants,
        });
    }
    Some(members)
}

/// The variants that a member of the document became; what has no type of its own is told by kind.
fn variants(api: &Api, union: &Union, at: &Pointer, member: &Value) -> Vec<usize> {
    let of = |fits: &dyn Fn(&Type) -> bool| -> Vec<usize> {
        let all = union.variants.iter().enumerate();
        let fitting = all.filter(|(_, variant)| fits(&variant.ty));
        fitting.map(|(index, _)| index).collect()
    };
    let by_place = of(&|ty| named(ty).is_some_and(|id| api.type_def(id).origin == *at));
    if !by_place.is_empty() {
        return by_place;
    }
    let kind = member["type"].as_str().unwrap_or_default();
    of(&|ty| kind.is_empty() || kind_of(api, ty).is_none_or(|own| own == kind))
}

fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Boxed(inner) | Type::Nullable(inner) => named(inner),
        _ => None,
    }
}

/// The `type` that a type's values have, where they have one.
fn kind_of(api: &Api, ty: &Type) -> Option<&'static str> {
    Some(match api.resolve(ty) {
        Type::Nullable(inner) => return kind_of(api, inner),
        Type::Scalar(Scalar::Bool) => "boolean",
        Type::Scalar(Scalar::Integer(_) | Scalar::F32 | Scalar::F64 | Scalar::Decimal) => {
            return None;
        }
        Type::Scalar(Scalar::Null) => "null",
        Type::Scalar(_) => "string",
        Type::List(_) | Type::Tuple(_) => "array",
        Type::Map(_) => "object",
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Struct(_) => "object",
            _ => return None,
        },
        Type::Any(_) | Type::Boxed(_) => return None,
    })
}

/// Whether a value may be one of a member.
type MayBe<'a> = &'a dyn Fn(&Member, &Value) -> bool;

/// Values that fit the member and no other, none twice.
fn values(
    api: &Api,
    union: &Union,
    root: &Value,
    (member, all, may_be): (&Member, &[Member], MayBe<'_>),
    judge: &mut Judge<'_>,
) -> Vec<Value> {
    let Some(schema) = root.pointer(member.resolved.as_str()) else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for seed in 0..TRIES {
        let mut maker = Maker::new(root, seed + 1);
        let mut value = maker.value(schema);
        if let Tag::Property(tag) = &union.tag {
            // A discriminator says more than a schema does.
            write_tag(api, union, &member.variants, tag, &mut value, &mut maker);
        }
        // Null is for what holds the union.
        if value.is_null() || !seen.insert(value.to_string()) {
            continue;
        }
        let mut fits = all.iter().filter(|other| {
            let is_asked = other.at == member.at || may_be(other, &value);
            is_asked && judge.judge(&other.resolved, &value) == Verdict::Valid
        });
        if fits.next().is_some_and(|first| first.at == member.at) && fits.next().is_none() {
            found.push(value);
        }
        if found.len() >= WANTED {
            break;
        }
    }
    found
}

/// Whether a value's tag leaves open that it is this member.
fn is_named(union: &Union, member: &Member, value: &Value) -> bool {
    let Tag::Property(tag) = &union.tag else {
        return true;
    };
    let Some(text) = value.get(tag).and_then(Value::as_str) else {
        return true;
    };
    let mut variants = member.variants.iter();
    variants.any(|index| union.variants[*index].tags.iter().any(|tag| tag == text))
}

fn write_tag(
    api: &Api,
    union: &Union,
    variants: &[usize],
    tag: &str,
    value: &mut Value,
    maker: &mut Maker<'_>,
) {
    let (Value::Object(object), [variant]) = (value, variants) else {
        return;
    };
    let variant = &union.variants[*variant];
    let is_union =
        named(&variant.ty).is_some_and(|id| matches!(api.type_def(id).kind, TypeKind::Union(_)));
    let has_one = object.get(tag).and_then(Value::as_str);
    let is_one = has_one.is_some_and(|text| variant.tags.iter().any(|tag| tag == text));
    if !is_union
        && !is_one
        && !object.get(tag).is_some_and(Value::is_number)
        && !variant.tags.is_empty()
    {
        let text = &variant.tags[maker.below(variant.tags.len())];
        object.insert(tag.to_owned(), Value::from(text.as_str()));
    }
}
