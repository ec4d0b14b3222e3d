//! Enums: a list of values.

use serde_json::Value;

use super::Lowering;
use super::keywords::{JsonType, Keywords};
use super::schema::{Lowered, Site};
use crate::diagnostic::Code;
use crate::model::{Docs, Enum, EnumBase, EnumValue, Scalar, Type, TypeKind, Untyped};

impl<'a> Lowering<'a> {
    pub(super) fn enumeration(&mut self, keywords: &Keywords<'a>, site: &Site) -> Lowered {
        let hints = texts(keywords, &["x-enum-varnames", "x-enumNames"]);
        let descriptions = texts(keywords, &["x-enum-descriptions", "x-enumDescriptions"]);
        let mut values: Vec<EnumValue> = Vec::new();
        for (index, value) in keywords.values.iter().enumerate() {
            if value.is_null() {
                continue;
            }
            let wire = as_declared(value, keywords.ty);
            if wire.is_object() || wire.is_array() {
                self.diagnostics.warn(
                    Code::Contradiction,
                    site.at.key("enum").index(index),
                    "objects and arrays cannot be values of an enum; any JSON is taken instead",
                );
                return Lowered::Type(Type::Any(Untyped::NotExpressible));
            }
            if values.iter().any(|known| known.wire == wire) {
                self.diagnostics.warn(
                    Code::InvalidKeyword,
                    site.at.key("enum").index(index),
                    format!("the value {wire} stands here twice"),
                );
                continue;
            }
            let description = descriptions.get(index).cloned().flatten();
            values.push(EnumValue {
                wire,
                hint: hints.get(index).cloned().flatten(),
                docs: Docs {
                    description,
                    ..Docs::default()
                },
            });
        }
        if values.iter().all(|value| value.wire.is_boolean()) {
            return Lowered::Type(Type::Scalar(Scalar::Bool));
        }
        Lowered::Kind(TypeKind::Enum(Enum {
            base: base(&values),
            values,
        }))
    }
}

/// The value as its type says: YAML reads `on`, `1` or `2020-01-01` as something else than text.
fn as_declared(value: &Value, ty: Option<JsonType>) -> Value {
    match (ty, value) {
        (Some(JsonType::String), Value::Number(_) | Value::Bool(_)) => {
            Value::String(value.to_string())
        }
        (Some(JsonType::Integer), Value::String(text)) => text
            .parse::<i64>()
            .map_or_else(|_| value.clone(), Value::from),
        _ => value.clone(),
    }
}

pub(super) fn base(values: &[EnumValue]) -> EnumBase {
    if values.iter().all(|value| value.wire.is_string()) {
        EnumBase::String
    } else if values.iter().all(|value| value.wire.is_i64()) {
        EnumBase::Integer
    } else {
        EnumBase::Mixed
    }
}

/// A list of texts beside the values, under the first of these keys that is there.
fn texts(keywords: &Keywords<'_>, keys: &[&str]) -> Vec<Option<String>> {
    keys.iter()
        .find_map(|key| keywords.extension(key)?.as_array())
        .into_iter()
        .flatten()
        .map(|text| text.as_str().map(str::to_owned))
        .collect()
}
