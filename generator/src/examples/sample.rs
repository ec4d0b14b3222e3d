//! A value for a type: one that the document shows, or the least that fits.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::fit::{can_be, kept};
use super::table::Examples;
use crate::diagnostic::Pointer;
use crate::model::{
    Api, Enum, Presence, Scalar, Struct, Tag, Type, TypeDef, TypeId, TypeKind, Union,
};

/// Values nest no deeper than this; what must be deeper has none.
const MAX_DEPTH: usize = 10;

/// An object has what is optional only where it may nest at least so deep: on the outside.
const WITH_OPTIONAL: usize = MAX_DEPTH - 2;

/// Where values come from.
#[derive(Debug)]
pub(crate) struct Sampler<'a> {
    api: &'a Api,
    examples: &'a Examples,
    /// What was made of a type where values may nest so deep.
    made: RefCell<BTreeMap<(TypeId, usize), Option<Value>>>,
}

impl<'a> Sampler<'a> {
    /// Values for the types of a model, from the examples of its document.
    pub(crate) fn new(api: &'a Api, examples: &'a Examples) -> Self {
        Self {
            api,
            examples,
            made: RefCell::default(),
        }
    }

    /// The examples at a place that fit a type, as the type keeps them.
    pub(crate) fn fitting(&self, place: &Pointer, ty: &Type) -> impl Iterator<Item = Value> {
        let examples = self.examples.at(place).iter();
        examples.filter_map(move |example| kept(self.api, ty, example))
    }

    /// How many examples there are at a place, whether they fit or not.
    pub(crate) fn count(&self, place: &Pointer) -> usize {
        self.examples.at(place).len()
    }

    /// A value that fits a type; `None` where none is found.
    pub(crate) fn value(&self, ty: &Type) -> Option<Value> {
        // With all fields of the outermost object, else with what it must have.
        [MAX_DEPTH, WITH_OPTIONAL - 1]
            .into_iter()
            .find_map(|depth| kept(self.api, ty, &self.make(ty, depth)?))
    }

    fn make(&self, ty: &Type, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        match ty {
            Type::Scalar(scalar) => Some(scalar_value(*scalar)),
            Type::Any(_) => Some(json!({"any": ["json"]})),
            Type::Named(id) => self.named(*id, ty, depth),
            Type::List(item) => Some(self.make(item, depth).into_iter().collect()),
            Type::Map(value) => Some(match self.make(value, depth) {
                Some(value) => json!({"key": value}),
                None => json!({}),
            }),
            Type::Tuple(items) => items.iter().map(|item| self.make(item, depth)).collect(),
            Type::Nullable(inner) => self.make(inner, depth).or(Some(Value::Null)),
            Type::Boxed(inner) => self.make(inner, depth),
        }
    }

    fn named(&self, id: TypeId, ty: &Type, depth: usize) -> Option<Value> {
        let known = self.made.borrow().get(&(id, depth)).cloned();
        known.unwrap_or_else(|| {
            let value = self.definition(self.api.type_def(id), ty, depth);
            self.made.borrow_mut().insert((id, depth), value.clone());
            value
        })
    }

    fn definition(&self, def: &TypeDef, ty: &Type, depth: usize) -> Option<Value> {
        if let Some(value) = self.fitting(&def.origin, ty).next() {
            return Some(value);
        }
        match &def.kind {
            TypeKind::Struct(record) => self.record(record, depth).map(Value::Object),
            TypeKind::Enum(list) => first_value(list),
            TypeKind::Union(union) => self.union(union, ty, depth),
            TypeKind::Alias(target) | TypeKind::Newtype(target) => self.make(target, depth),
        }
    }

    /// What must be there, and what the document shows.
    fn record(&self, record: &Struct, depth: usize) -> Option<Map<String, Value>> {
        let mut object = Map::new();
        for field in &record.fields {
            let shown = self.fitting(&field.origin, &field.ty).next();
            let value = match field.presence {
                _ if shown.is_some() => shown,
                Presence::Required => Some(self.make(&field.ty, depth)?),
                Presence::Optional if depth >= WITH_OPTIONAL => self.make(&field.ty, depth),
                Presence::Optional => None,
            };
            if let Some(value) = value {
                object.insert(field.wire.clone(), value);
            }
        }
        for mixin in &record.mixins {
            if let Value::Object(inner) = self.make(mixin, depth)? {
                for (key, value) in inner {
                    object.entry(key).or_insert(value);
                }
            }
        }
        Some(object)
    }

    /// Of the first member that has a value which is nothing else.
    fn union(&self, union: &Union, ty: &Type, depth: usize) -> Option<Value> {
        union.variants.iter().find_map(|variant| {
            let mut value = self.make(&variant.ty, depth)?;
            if let (Tag::Property(property), Some(object)) = (&union.tag, value.as_object_mut()) {
                let tag = variant.tags.first()?;
                object.insert(property.clone(), Value::String(tag.clone()));
            }
            kept(self.api, ty, &value)
        })
    }
}

fn first_value(list: &Enum) -> Option<Value> {
    let mut wires = list.values.iter().map(|value| &value.wire);
    wires.find(|wire| can_be(list, wire)).cloned()
}

fn scalar_value(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Bool => json!(true),
        Scalar::Integer(_) => json!(1),
        Scalar::F32 | Scalar::F64 => json!(1.5),
        // A space and a slash show whether it is encoded where it must be.
        Scalar::String | Scalar::Binary => json!("a b/c"),
        Scalar::Text(format) => json!(format.facts().sample),
        Scalar::Decimal => json!(19.99),
        Scalar::Null => Value::Null,
    }
}
