//! Whether JSON fits a type, and what of it the type keeps.
//!
//! A judgement for the generator that wants to show a value: pure, and stricter
//! than what a generated crate accepts. Where a union leaves open which member a value is, or where
//! a constant is not one of those listed, the answer is no.

use std::cell::Cell;

use serde_json::{Map, Number, Value};

use crate::model::{
    Api, Enum, EnumBase, Field, Integer, Presence, Scalar, Struct, Tag, Type, TypeDef, TypeKind,
    Union,
};

/// Values nest no deeper than this; what does is no example.
const MAX_DEPTH: usize = 48;

/// A value is compared with no more types than this, its parts' included: unions of unions multiply.
const MOST_STEPS: usize = 100_000;

/// What a type keeps of a value that fits it; `None` where it does not fit. Keys that no field has
/// are let go, and so is `null` where it means the same as nothing.
pub(crate) fn kept(api: &Api, ty: &Type, value: &Value) -> Option<Value> {
    Fit::new(api).ty(ty, value, MAX_DEPTH)
}

/// Whether a value surely does not fit a type. What [`kept`] is stricter about than a server may be
/// is no mismatch.
pub(super) fn is_mismatch(api: &Api, ty: &Type, value: &Value) -> bool {
    let fit = Fit::new(api);
    fit.ty(ty, value, MAX_DEPTH).is_none() && !fit.is_unsure.get()
}

struct Fit<'a> {
    api: &'a Api,
    /// How many are left.
    steps: Cell<usize>,
    /// Whether anything was refused that may be right.
    is_unsure: Cell<bool>,
}

impl<'a> Fit<'a> {
    fn new(api: &'a Api) -> Self {
        Self {
            api,
            steps: Cell::new(MOST_STEPS),
            is_unsure: Cell::new(false),
        }
    }

    /// What is left of a thing that is refused where it is not surely wrong.
    fn surely<T>(&self, thing: Option<T>) -> Option<T> {
        if thing.is_none() {
            self.is_unsure.set(true);
        }
        thing
    }

    fn ty(&self, ty: &Type, value: &Value, depth: usize) -> Option<Value> {
        let depth = self.surely(depth.checked_sub(1))?;
        self.steps
            .set(self.surely(self.steps.get().checked_sub(1))?);
        match ty {
            Type::Scalar(scalar) => {
                let fits = fits_scalar(*scalar, value).then(|| value.clone());
                if may_be(*scalar, value) {
                    self.surely(fits)
                } else {
                    fits
                }
            }
            Type::Any(_) => Some(value.clone()),
            Type::Named(id) => self.definition(self.api.type_def(*id), value, depth),
            Type::List(item) => {
                let items = value.as_array()?.iter();
                items.map(|value| self.ty(item, value, depth)).collect()
            }
            Type::Map(inner) => {
                let entries = value.as_object()?.iter();
                let kept =
                    entries.map(|(key, value)| Some((key.clone(), self.ty(inner, value, depth)?)));
                kept.collect::<Option<Map<_, _>>>().map(Value::Object)
            }
            Type::Tuple(types) => {
                let items = value.as_array()?;
                let items = self.surely(Some(items).filter(|it| it.len() == types.len()))?;
                let pairs = types.iter().zip(items);
                pairs.map(|(ty, value)| self.ty(ty, value, depth)).collect()
            }
            Type::Nullable(_) if value.is_null() => Some(Value::Null),
            Type::Nullable(inner) | Type::Boxed(inner) => self.ty(inner, value, depth),
        }
    }

    fn definition(&self, def: &TypeDef, value: &Value, depth: usize) -> Option<Value> {
        match &def.kind {
            TypeKind::Struct(record) => {
                let kept = self.record(record, value.as_object()?, depth)?;
                Some(Value::Object(kept))
            }
            // A schema may take any other text beside those that it lists.
            TypeKind::Enum(list) if can_be(list, value) => {
                self.surely(is_listed(list, value).then(|| value.clone()))
            }
            TypeKind::Enum(_) => None,
            TypeKind::Union(union) => self.union(union, value, depth),
            TypeKind::Alias(target) | TypeKind::Newtype(target) => self.ty(target, value, depth),
        }
    }

    fn record(
        &self,
        record: &Struct,
        object: &Map<String, Value>,
        depth: usize,
    ) -> Option<Map<String, Value>> {
        let mut kept = Map::new();
        for field in &record.fields {
            // What is optional may be null as well, which says the same.
            let value = object.get(&field.wire);
            let is_left_out = value.is_none_or(Value::is_null);
            match value {
                _ if is_left_out && is_optional(field) => {}
                Some(value) => {
                    kept.insert(field.wire.clone(), self.ty(&field.ty, value, depth)?);
                }
                None => return None,
            }
        }
        // Which keys of an object the mixins take from the others is not known here.
        if record.additional.is_some() && !record.mixins.is_empty() {
            return self.surely(None);
        }
        for mixin in &record.mixins {
            let inner = self.ty(mixin, &Value::Object(object.clone()), depth)?;
            for (key, value) in inner.as_object()? {
                kept.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        if let Some(ty) = &record.additional {
            for (key, value) in object {
                if record.fields.iter().all(|field| field.wire != *key) {
                    kept.insert(key.clone(), self.ty(ty, value, depth)?);
                }
            }
        }
        Some(kept)
    }

    fn union(&self, union: &Union, value: &Value, depth: usize) -> Option<Value> {
        if let Tag::Property(property) = &union.tag {
            let tag = self.surely(value.get(property).and_then(Value::as_str))?;
            let named = |tags: &[String]| tags.iter().any(|known| known == tag);
            let mut variants = union.variants.iter();
            let variant = self.surely(variants.find(|variant| named(&variant.tags)))?;
            let kept = self.ty(&variant.ty, value, depth)?;
            // A member without the tag does not write it.
            return self.surely(kept.get(property).is_some().then_some(kept));
        }
        let fitting = union
            .variants
            .iter()
            .filter_map(|variant| self.ty(&variant.ty, value, depth));
        let mut fitting: Vec<Value> = fitting.collect();
        fitting.dedup();
        // Of several members that keep different things, which one is taken is not known here.
        let last = fitting.pop()?;
        self.surely(Some(last).filter(|_| fitting.is_empty()))
    }
}

fn is_optional(field: &Field) -> bool {
    field.presence == Presence::Optional
}

fn is_listed(list: &Enum, value: &Value) -> bool {
    list.values.iter().any(|known| known.wire == *value)
}

/// Whether a value is of the kind that a type with listed values holds.
pub(super) fn can_be(list: &Enum, value: &Value) -> bool {
    match list.base {
        EnumBase::String => value.is_string(),
        EnumBase::Integer => value.is_i64(),
        EnumBase::Mixed => true,
    }
}

fn fits_scalar(scalar: Scalar, value: &Value) -> bool {
    match (scalar, value) {
        (Scalar::Integer(integer), Value::Number(number)) => fits_integer(integer, number),
        (Scalar::F32, Value::Number(number)) => {
            number.as_f64().is_some_and(|number| number.abs() < 1e30)
        }
        (Scalar::F64 | Scalar::Decimal, Value::Number(_))
        | (Scalar::String | Scalar::Binary, Value::String(_))
        | (Scalar::Bool, Value::Bool(_))
        | (Scalar::Null, Value::Null) => true,
        (Scalar::Text(format), Value::String(text)) => (format.facts().fits)(text),
        _ => false,
    }
}

/// Whether a value may be of a scalar's kind where [`fits_scalar`] refuses it: numbers and texts are
/// written in more ways than are kept as they are.
fn may_be(scalar: Scalar, value: &Value) -> bool {
    match (scalar, value) {
        (Scalar::Integer(_), Value::Number(number)) => {
            number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        (Scalar::Text(format), Value::String(text)) => (format.facts().may_fit)(text),
        (Scalar::F32, Value::Number(_)) => true,
        _ => false,
    }
}

fn fits_integer(integer: Integer, number: &Number) -> bool {
    let (least, most) = integer.bounds();
    let value = number
        .as_i64()
        .map(i128::from)
        .or(number.as_u64().map(i128::from));
    value.is_some_and(|value| (least..=most).contains(&value))
}
