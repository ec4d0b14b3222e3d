//! One view of a schema, whichever of `openapiv3`'s kinds it was parsed as.
//!
//! `openapiv3` sorts a schema into a kind when its keywords fit exactly one and keeps the rest as
//! "any". Lowering asks for keywords, so this view gives them all, absent ones as empty.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, ReferenceOr, Schema, SchemaData, SchemaKind, Type as SchemaType,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use crate::model::{Bounds, Constraints, Limit, Number, Range};

/// The value of `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonType {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
    Null,
}

/// A schema's keywords.
#[derive(Debug)]
pub(super) struct Keywords<'a> {
    pub(super) data: &'a SchemaData,
    pub(super) ty: Option<JsonType>,
    pub(super) format: Option<String>,
    pub(super) values: Vec<Value>,
    pub(super) properties: Option<&'a IndexMap<String, ReferenceOr<Box<Schema>>>>,
    pub(super) required: &'a [String],
    pub(super) additional: Option<&'a AdditionalProperties>,
    pub(super) items: Option<&'a ReferenceOr<Box<Schema>>>,
    pub(super) one_of: &'a [ReferenceOr<Schema>],
    pub(super) any_of: &'a [ReferenceOr<Schema>],
    pub(super) all_of: &'a [ReferenceOr<Schema>],
    pub(super) constraints: Constraints,
}

/// The keys that upgrade writes for what 3.0 cannot say.
pub(super) mod extension {
    /// `type: null`.
    pub(crate) const NULL: &str = "x-clientsmith-null";
    /// The members of `oneOf` are the places of a tuple.
    pub(crate) const TUPLE: &str = "x-clientsmith-tuple";
    /// The tag of a subtype, as Microsoft's documents say it.
    pub(crate) const MICROSOFT_TAG: &str = "x-ms-discriminator-value";
    /// `defaultMapping` of a discriminator.
    pub(crate) const DEFAULT_MAPPING: &str = "x-clientsmith-default-mapping";
    /// Keywords that no type expresses, as phrases for the documentation.
    pub(crate) const PROSE: &str = "x-clientsmith-prose";
}

impl<'a> Keywords<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let mut keywords = Self {
            data: &schema.schema_data,
            ty: None,
            format: None,
            values: Vec::new(),
            properties: None,
            required: &[],
            additional: None,
            items: None,
            one_of: &[],
            any_of: &[],
            all_of: &[],
            constraints: Constraints::default(),
        };
        match &schema.schema_kind {
            SchemaKind::Type(ty) => keywords.read_type(ty),
            SchemaKind::OneOf { one_of } => keywords.one_of = one_of,
            SchemaKind::AllOf { all_of } => keywords.all_of = all_of,
            SchemaKind::AnyOf { any_of } => keywords.any_of = any_of,
            SchemaKind::Not { .. } => {
                keywords
                    .constraints
                    .prose
                    .push("must not match another schema".to_owned());
            }
            SchemaKind::Any(any) => keywords.read_any(any),
        }
        let extensions = &schema.schema_data.extensions;
        if extensions.contains_key(extension::NULL) {
            keywords.ty = Some(JsonType::Null);
        }
        if let Some(Value::Array(phrases)) = extensions.get(extension::PROSE) {
            let phrases = phrases.iter().filter_map(Value::as_str).map(str::to_owned);
            keywords.constraints.prose.extend(phrases);
        }
        keywords.take_out_mere_demands();
        if let [Value::Bool(only)] = keywords.values.as_slice() {
            keywords.constraints.boolean = Some(*only);
        }
        keywords
    }

    /// `oneOf` whose members only say which fields are required is no choice of types.
    fn take_out_mere_demands(&mut self) {
        for (members, how) in [(&mut self.one_of, "exactly one"), (&mut self.any_of, "one")] {
            if !members.is_empty() && members.iter().all(only_demands) {
                *members = &[];
                let phrase = format!("{how} of several sets of fields must be there");
                self.constraints.prose.push(phrase);
            }
        }
    }

    fn read_type(&mut self, ty: &'a SchemaType) {
        match ty {
            SchemaType::String(string) => {
                self.ty = Some(JsonType::String);
                self.format = format_text(&string.format);
                self.values = values(&string.enumeration, |value| Value::String(value.clone()));
                self.constraints.length = bounds(string.min_length, string.max_length);
                self.constraints.patterns.extend(string.pattern.clone());
            }
            SchemaType::Number(number) => {
                self.ty = Some(JsonType::Number);
                self.format = format_text(&number.format);
                self.values = values(&number.enumeration, |value| plain_number(*value));
                self.constraints.multiple_of = factor(number.multiple_of);
                self.constraints.range = Range {
                    min: limit(number.minimum, number.exclusive_minimum),
                    max: limit(number.maximum, number.exclusive_maximum),
                };
            }
            SchemaType::Integer(integer) => {
                self.ty = Some(JsonType::Integer);
                self.format = format_text(&integer.format);
                self.values = values(&integer.enumeration, |value| Value::from(*value));
                self.constraints.multiple_of = factor(integer.multiple_of);
                self.constraints.range = Range {
                    min: limit(integer.minimum, integer.exclusive_minimum),
                    max: limit(integer.maximum, integer.exclusive_maximum),
                };
            }
            SchemaType::Boolean(boolean) => {
                self.ty = Some(JsonType::Boolean);
                self.values = values(&boolean.enumeration, |value| Value::Bool(*value));
            }
            SchemaType::Object(object) => {
                self.ty = Some(JsonType::Object);
                self.properties = Some(&object.properties);
                self.required = &object.required;
                self.additional = object.additional_properties.as_ref();
                self.constraints.properties = bounds(object.min_properties, object.max_properties);
            }
            SchemaType::Array(array) => {
                self.ty = Some(JsonType::Array);
                self.items = array.items.as_ref();
                self.constraints.items = bounds(array.min_items, array.max_items);
                self.constraints.unique_items = array.unique_items;
            }
        }
    }

    fn read_any(&mut self, any: &'a openapiv3::AnySchema) {
        self.ty = any.typ.as_deref().and_then(json_type);
        self.format.clone_from(&any.format);
        self.values.clone_from(&any.enumeration);
        self.properties = (!any.properties.is_empty()).then_some(&any.properties);
        self.required = &any.required;
        self.additional = any.additional_properties.as_ref();
        self.items = any.items.as_ref();
        self.one_of = &any.one_of;
        self.any_of = &any.any_of;
        self.all_of = &any.all_of;
        if any.not.is_some() {
            self.constraints
                .prose
                .push("must not match another schema".to_owned());
        }
        self.constraints.length = bounds(any.min_length, any.max_length);
        self.constraints.patterns.extend(any.pattern.clone());
        self.constraints.multiple_of = factor(any.multiple_of);
        self.constraints.range = Range {
            min: limit(any.minimum, any.exclusive_minimum.unwrap_or_default()),
            max: limit(any.maximum, any.exclusive_maximum.unwrap_or_default()),
        };
        self.constraints.items = bounds(any.min_items, any.max_items);
        self.constraints.unique_items = any.unique_items.unwrap_or_default();
        self.constraints.properties = bounds(any.min_properties, any.max_properties);
    }

    /// The `type`, or what the other keywords make plain where it is missing.
    pub(super) fn effective_type(&self) -> Option<JsonType> {
        self.ty.or_else(|| {
            if self.properties.is_some() || self.additional.is_some() || !self.required.is_empty() {
                Some(JsonType::Object)
            } else if self.items.is_some() {
                Some(JsonType::Array)
            } else {
                None
            }
        })
    }

    pub(super) fn extension(&self, key: &str) -> Option<&'a Value> {
        self.data.extensions.get(key)
    }

    /// Whether a union stands beside fields of the schema's own.
    pub(super) fn mixes_union_and_fields(&self) -> bool {
        let has_members = !self.one_of.is_empty() || !self.any_of.is_empty();
        has_members && self.properties.is_some_and(|fields| !fields.is_empty())
    }

    /// Whether `null` is allowed: said outright, or among the values of an enum.
    pub(super) fn is_nullable(&self) -> bool {
        self.data.nullable || self.values.iter().any(Value::is_null)
    }

    /// Whether the schema says nothing of the value's type or structure.
    pub(super) fn is_bare(&self) -> bool {
        self.effective_type().is_none()
            && self.values.is_empty()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && self.all_of.is_empty()
            && self.format.is_none()
    }
}

/// Whether a schema says which fields are required and nothing of what they are.
fn only_demands(member: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = member else {
        return false;
    };
    match &schema.schema_kind {
        SchemaKind::Type(SchemaType::Object(object)) => {
            !object.required.is_empty()
                && object.properties.is_empty()
                && object.additional_properties.is_none()
        }
        SchemaKind::Any(any) => {
            let names_no_type = any.typ.as_deref().is_none_or(|ty| ty == "object");
            !any.required.is_empty()
                && names_no_type
                && any.properties.is_empty()
                && any.additional_properties.is_none()
                && any.enumeration.is_empty()
                && any.items.is_none()
                && any.one_of.is_empty()
                && any.any_of.is_empty()
                && any.all_of.is_empty()
        }
        SchemaKind::Not { .. } => true,
        _ => false,
    }
}

fn json_type(name: &str) -> Option<JsonType> {
    Some(match name {
        "string" => JsonType::String,
        "number" => JsonType::Number,
        "integer" => JsonType::Integer,
        "boolean" => JsonType::Boolean,
        "object" => JsonType::Object,
        "array" => JsonType::Array,
        "null" => JsonType::Null,
        _ => return None,
    })
}

/// The text of a format, which `openapiv3` parses into an enum where it knows it.
fn format_text<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => serde_json::to_value(known)
            .ok()?
            .as_str()
            .map(str::to_owned),
        VariantOrUnknownOrEmpty::Unknown(text) => Some(text.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}

fn values<T>(values: &[Option<T>], to_json: impl Fn(&T) -> Value) -> Vec<Value> {
    values
        .iter()
        .map(|value| value.as_ref().map_or(Value::Null, &to_json))
        .collect()
}

/// A whole number as one, which is how it is written on the wire.
#[allow(clippy::cast_possible_truncation)]
fn plain_number(value: f64) -> Value {
    // 2^53, up to which a float says which integer was meant.
    if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 {
        Value::from(value as i64)
    } else {
        Value::from(value)
    }
}

fn bounds(min: Option<usize>, max: Option<usize>) -> Bounds<u64> {
    let widen = |bound: usize| u64::try_from(bound).unwrap_or(u64::MAX);
    Bounds {
        min: min.map(widen),
        max: max.map(widen),
    }
}

fn limit<N: Into<Number>>(bound: Option<N>, exclusive: bool) -> Option<Limit> {
    bound.map(Into::into).map(|bound| {
        if exclusive {
            Limit::Exclusive(bound)
        } else {
            Limit::Inclusive(bound)
        }
    })
}

/// `multipleOf`; the specification lets in nothing below or at zero.
fn factor<N: Into<Number>>(of: Option<N>) -> Vec<Number> {
    of.map(Into::into)
        .filter(|of| of.as_f64() > 0.0)
        .into_iter()
        .collect()
}
