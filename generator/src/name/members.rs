//! The names within types: fields and variants.

use super::bodies::candidates;
use super::reserved;
use super::settle::{Candidate, settle};
use super::words::{camel, escape, snake, spell, spell_comparison, spell_sign, spell_signs};
use super::{FieldName, MethodName, TypeName, VariantName};
use crate::model::{
    Api, Enum, EnumValue, Integer, Scalar, Struct, Tag, Type, TypeDef, TypeKind, Union,
};

/// What holds a value that the document does not list.
const UNKNOWN: &str = "Unknown";

#[derive(Debug)]
pub(super) struct MemberNames {
    pub(super) fields: Vec<FieldName>,
    pub(super) setters: Vec<MethodName>,
    pub(super) mixins: Vec<FieldName>,
    pub(super) additional: FieldName,
    pub(super) variants: Vec<VariantName>,
}

impl MemberNames {
    pub(super) fn are_ascii(&self) -> bool {
        let mut fields = self.fields.iter().chain(&self.mixins);
        fields.all(|name| name.as_str().is_ascii())
            && self.variants.iter().all(|name| name.as_str().is_ascii())
    }
}

pub(super) fn members(api: &Api, types: &[TypeName]) -> Vec<MemberNames> {
    api.types.iter().map(|def| of(def, types)).collect()
}

fn of(def: &TypeDef, types: &[TypeName]) -> MemberNames {
    let mut names = MemberNames {
        fields: Vec::new(),
        setters: Vec::new(),
        mixins: Vec::new(),
        additional: FieldName(String::new()),
        variants: Vec::new(),
    };
    match &def.kind {
        TypeKind::Struct(record) => fields(record, &mut names),
        TypeKind::Enum(list) => names.variants = values(list),
        TypeKind::Union(union) => names.variants = variants(union, types),
        TypeKind::Alias(_) | TypeKind::Newtype(_) => {}
    }
    names
}

fn fields(record: &Struct, names: &mut MemberNames) {
    let candidates: Vec<_> = record
        .fields
        .iter()
        .map(|field| {
            let wishes = vec![
                or(snake(&spell_comparison(&field.wire)), "field"),
                snake(&spell_signs(&field.wire)),
                or(snake(&spell(&field.wire)), "field"),
            ];
            Candidate {
                wire: &field.wire,
                wishes,
            }
        })
        .collect();
    let settled = settle(&candidates, &[]);
    let mut taken: Vec<String> = settled.clone();
    for index in 0..record.mixins.len() {
        let wish = if index == 0 {
            "kind".to_owned()
        } else {
            format!("kind{}", index + 1)
        };
        taken.push(free(&wish, &taken));
    }
    let mixins = taken
        .iter()
        .skip(settled.len())
        .cloned()
        .collect::<Vec<_>>();
    names.additional = FieldName(escape(free("additional_properties", &taken)));
    names.setters = setters(&settled);
    names.fields = settled
        .into_iter()
        .map(|name| FieldName(escape(name)))
        .collect();
    names.mixins = mixins
        .into_iter()
        .map(|name| FieldName(escape(name)))
        .collect();
}

/// The setter of each field: its name, unless the type has a method of that name.
fn setters(fields: &[String]) -> Vec<MethodName> {
    let wishes: Vec<_> = fields
        .iter()
        .map(|name| {
            let plain = name.trim_start_matches('_');
            [
                name.clone(),
                format!("with_{plain}"),
                format!("set_{plain}"),
            ]
        })
        .collect();
    let taken = [&reserved::MODEL[..], &reserved::OF_TRAITS].concat();
    settle(&candidates(&wishes), &taken)
        .into_iter()
        .map(|name| MethodName(escape(name)))
        .collect()
}

fn free(wish: &str, taken: &[String]) -> String {
    let candidate = Candidate {
        wire: wish,
        wishes: vec![wish.to_owned()],
    };
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    settle(&[candidate], &taken).pop().unwrap_or_default()
}

fn values(list: &Enum) -> Vec<VariantName> {
    let texts: Vec<String> = list
        .values
        .iter()
        .map(|value| {
            value
                .wire
                .as_str()
                .map_or_else(|| value.wire.to_string(), str::to_owned)
        })
        .collect();
    let base = |(value, text): (&EnumValue, &String)| match &value.hint {
        Some(hint) => camel(hint),
        None => camel(&spell_sign(text)),
    };
    let firsts: Vec<String> = list.values.iter().zip(&texts).map(base).collect();
    let candidates: Vec<_> = firsts
        .iter()
        .zip(&texts)
        .map(|(base, text)| {
            let base = base.clone();
            let spelled = camel(&spell(text));
            let empty = if text.is_empty() { "Empty" } else { "Value" };
            let mut wishes = vec![or(base, &or(spelled.clone(), empty))];
            wishes.push(or(spelled, empty));
            if let Some(first) = wishes.first()
                && first != text
                && firsts
                    .iter()
                    .zip(&texts)
                    .any(|(other, known)| other == first && known != text)
                && let Some(case) = case_word(text)
            {
                wishes.push(format!("{first}{case}"));
            }
            wishes.push(format!(
                "{}Value",
                wishes.first().map_or("", String::as_str)
            ));
            Candidate { wire: text, wishes }
        })
        .collect();
    settle(&candidates, &[UNKNOWN])
        .into_iter()
        .map(|name| VariantName(escape(name)))
        .collect()
}

/// How a value is written, for those that differ by it alone.
fn case_word(text: &str) -> Option<&'static str> {
    let has_lower = text.chars().any(char::is_lowercase);
    let has_upper = text.chars().any(char::is_uppercase);
    match (has_lower, has_upper) {
        (true, false) => Some("Lower"),
        (false, true) => Some("Upper"),
        (true, true) => Some("Mixed"),
        (false, false) => None,
    }
}

fn variants(union: &Union, types: &[TypeName]) -> Vec<VariantName> {
    let words: Vec<String> = union
        .variants
        .iter()
        .map(|variant| {
            let hint = variant.hint.as_deref().map(camel).unwrap_or_default();
            type_word(&variant.ty, types, &hint)
        })
        .collect();
    let candidates: Vec<_> = union
        .variants
        .iter()
        .zip(&words)
        .map(|(variant, word)| {
            let tag = variant
                .tags
                .first()
                .map(|tag| camel(tag))
                .unwrap_or_default();
            let mut wishes = vec![word.clone(), tag, format!("{word}Value")];
            if union.tag == Tag::Event {
                // What callers know is the event's name.
                wishes.swap(0, 1);
                wishes.retain(|wish| !wish.is_empty());
            }
            Candidate { wire: word, wishes }
        })
        .collect();
    settle(&candidates, &[UNKNOWN])
        .into_iter()
        .map(|name| VariantName(escape(name)))
        .collect()
}

/// What a union's member is called: its type's name, or what the type is.
fn type_word(ty: &Type, types: &[TypeName], hint: &str) -> String {
    let word = match ty {
        Type::Named(id) => {
            return types
                .get(id.index())
                .map_or("Value", TypeName::plain)
                .to_owned();
        }
        Type::Boxed(inner) | Type::Nullable(inner) => return type_word(inner, types, hint),
        Type::Scalar(Scalar::Bool) => "Bool",
        Type::Scalar(Scalar::Integer(Integer::U64 | Integer::I64)) => "Integer",
        Type::Scalar(Scalar::Integer(_)) => "SmallInteger",
        Type::Scalar(Scalar::F32 | Scalar::F64) => "Number",
        Type::Scalar(Scalar::String) => "String",
        Type::Scalar(Scalar::Decimal) => "Decimal",
        Type::Scalar(Scalar::Ip | Scalar::Ipv4 | Scalar::Ipv6) => "Ip",
        Type::Scalar(Scalar::Url) => "Url",
        Type::Scalar(Scalar::Uuid) => "Uuid",
        Type::Scalar(Scalar::DateTime) => "DateTime",
        Type::Scalar(Scalar::Date) => "Date",
        Type::Scalar(Scalar::Time) => "Time",
        Type::Scalar(Scalar::Base64 | Scalar::Binary) => "Bytes",
        Type::Scalar(Scalar::Null) => "Null",
        Type::Any(_) => "Any",
        Type::List(item) => {
            return if hint.is_empty() {
                type_word(item, types, "") + "List"
            } else {
                hint.to_owned()
            };
        }
        Type::Map(value) => {
            return if hint.is_empty() {
                type_word(value, types, "") + "Map"
            } else {
                hint.to_owned()
            };
        }
        Type::Tuple(_) => "Tuple",
    };
    if hint.is_empty() {
        word.to_owned()
    } else {
        hint.to_owned()
    }
}

fn or(word: String, fallback: &str) -> String {
    if word.is_empty() {
        fallback.to_owned()
    } else {
        word
    }
}
