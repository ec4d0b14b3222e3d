//! Enums: a list of values.

use serde_json::Value;

use super::keywords::{JsonType, Keywords};
use super::lowering::Lowering;
use super::schema::{Lowered, Site};
use crate::diagnostic::Code;
use crate::model::{Docs, Enum, EnumBase, EnumValue, Scalar, Type, TypeKind, Untyped};

impl<'a> Lowering<'a> {
    pub(super) fn enumeration(&mut self, keywords: &Keywords<'a>, site: &Site) -> Lowered {
        self.enumeration_of(keywords, keywords.ty, site)
    }

    /// The enum of values whose type may be said elsewhere.
    pub(super) fn enumeration_of(
        &mut self,
        keywords: &Keywords<'a>,
        ty: Option<JsonType>,
        site: &Site,
    ) -> Lowered {
        let hints = texts(keywords, &["x-enum-varnames", "x-enumNames"]);
        let descriptions = texts(keywords, &["x-enum-descriptions", "x-enumDescriptions"]);
        let mut values: Vec<EnumValue> = Vec::new();
        for (index, value) in keywords.values.iter().enumerate() {
            if value.is_null() {
                continue;
            }
            let wire = as_declared(value, ty);
            if wire.is_object() || wire.is_array() {
                self.diagnostics.warn(
                    Code::Contradiction,
                    site.at.key("enum").index(index),
                    "objects and arrays cannot be values of an enum; any value of the type is taken",
                );
                return self.unlisted(keywords, site);
            }
            if values.iter().any(|known| known.wire == wire) {
                self.diagnostics.warn(
                    Code::InvalidKeyword,
                    site.at.key("enum").index(index),
                    format!("the value {wire} stands here twice"),
                );
                continue;
            }
            let description = text_of(descriptions, index, value);
            values.push(EnumValue {
                wire,
                hint: text_of(hints, index, value),
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

    /// A list of objects or arrays, without the list.
    fn unlisted(&mut self, keywords: &Keywords<'a>, site: &Site) -> Lowered {
        let mut values = keywords.values.iter().filter(|value| !value.is_null());
        match keywords.effective_type() {
            Some(JsonType::Object) => self.object(keywords, site),
            Some(JsonType::Array) => Lowered::Type(self.array(keywords, site)),
            None if values.clone().all(Value::is_object) => self.object(keywords, site),
            None if values.all(Value::is_array) => Lowered::Type(self.array(keywords, site)),
            _ => Lowered::Type(Type::Any(Untyped::NotExpressible)),
        }
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

/// What stands beside the values under the first of these keys that is there.
fn texts<'a>(keywords: &Keywords<'a>, keys: &[&str]) -> Option<&'a Value> {
    keys.iter().find_map(|key| keywords.extension(key))
}

/// The text of one value: of a list by its index, of a map by the value.
fn text_of(texts: Option<&Value>, index: usize, value: &Value) -> Option<String> {
    let text = match texts? {
        Value::Array(list) => list.get(index)?,
        Value::Object(map) => match value.as_str() {
            Some(text) => map.get(text)?,
            None => map.get(&value.to_string())?,
        },
        _ => return None,
    };
    text.as_str().map(str::to_owned)
}
