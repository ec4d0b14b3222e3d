//! What of a value is sent: without the fields that only the server sets.

use serde_json::{Map, Value};

use super::fit::kept;
use crate::model::{Access, Api, Struct, Type, TypeId, TypeKind};

/// A value of a type as it is in the body of a request; `None` where it is not certain which member of
/// a union it is.
pub(super) fn sent(api: &Api, ty: &Type, value: &Value) -> Option<Value> {
    if !has_read_only(api, ty) {
        return Some(value.clone());
    }
    match (api.resolve(ty), value) {
        (Type::Nullable(inner), value) if !value.is_null() => sent(api, inner, value),
        (Type::List(item), Value::Array(items)) => {
            let items = items.iter().map(|value| sent(api, item, value));
            items.collect::<Option<_>>().map(Value::Array)
        }
        (Type::Tuple(types), Value::Array(items)) => {
            let items = types.iter().zip(items);
            let items = items.map(|(ty, value)| sent(api, ty, value));
            items.collect::<Option<_>>().map(Value::Array)
        }
        (Type::Map(of), Value::Object(members)) => {
            let members = members
                .iter()
                .map(|(key, value)| Some((key.clone(), sent(api, of, value)?)));
            members.collect::<Option<_>>().map(Value::Object)
        }
        (Type::Named(id), value) => definition(api, *id, value),
        (_, value) => Some(value.clone()),
    }
}

fn definition(api: &Api, id: TypeId, value: &Value) -> Option<Value> {
    match (&api.type_def(id).kind, value) {
        (TypeKind::Struct(record), Value::Object(members)) => {
            object(api, record, members).map(Value::Object)
        }
        (TypeKind::Union(union), value) => {
            let types = union.variants.iter().map(|variant| &variant.ty);
            let mut fitting = types.filter(|ty| kept(api, ty, value).is_some());
            match (fitting.next(), fitting.next()) {
                (Some(only), None) => sent(api, only, value),
                _ => None,
            }
        }
        (TypeKind::Newtype(inner) | TypeKind::Alias(inner), value) => sent(api, inner, value),
        (_, value) => Some(value.clone()),
    }
}

fn object(api: &Api, record: &Struct, members: &Map<String, Value>) -> Option<Map<String, Value>> {
    // Which keys are a mixin's cannot be told here.
    if record.mixins.iter().any(|ty| has_read_only(api, ty)) {
        return None;
    }
    let mut all = Map::new();
    for (key, value) in members {
        let field = record.fields.iter().find(|field| field.wire == *key);
        let value = match (field, &record.additional) {
            (Some(field), _) if field.access == Access::ReadOnly => continue,
            (Some(field), _) => sent(api, &field.ty, value)?,
            (None, Some(of)) => sent(api, of, value)?,
            (None, None) => value.clone(),
        };
        all.insert(key.clone(), value);
    }
    Some(all)
}

/// Whether a field that only the server sets can stand anywhere in a value.
fn has_read_only(api: &Api, ty: &Type) -> bool {
    let mut is_met = vec![false; api.types.len()];
    let mut waiting = Vec::new();
    ty.ids(&mut |id| waiting.push(id));
    while let Some(id) = waiting.pop() {
        match is_met.get_mut(id.index()) {
            Some(is_met) if !*is_met => *is_met = true,
            _ => continue,
        }
        let kind = &api.type_def(id).kind;
        if let TypeKind::Struct(record) = kind
            && record
                .fields
                .iter()
                .any(|field| field.access == Access::ReadOnly)
        {
            return true;
        }
        kind.types()
            .into_iter()
            .for_each(|ty| ty.ids(&mut |id| waiting.push(id)));
    }
    false
}
