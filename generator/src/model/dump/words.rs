//! Single facts of the model as words.

use super::super::{Constraints, Limit, Range, Scalar, SchemeKind, Style};

pub(super) fn styled(style: Style, explode: bool, allow_reserved: bool) -> String {
    let explode = if explode { " explode" } else { "" };
    let reserved = if allow_reserved { " reserved" } else { "" };
    format!("{}{explode}{reserved}", style.as_str())
}

pub(super) fn scheme_kind(kind: &SchemeKind) -> String {
    let facts = kind.facts();
    let words: Vec<&str> = [facts.word].into_iter().chain(facts.detail).collect();
    words.join(" ")
}

pub(super) fn scalar_name(scalar: Scalar) -> &'static str {
    use super::super::Integer::{I8, I16, I32, I64, U8, U16, U32, U64};
    match scalar {
        Scalar::Bool => "bool",
        Scalar::Integer(I8) => "i8",
        Scalar::Integer(I16) => "i16",
        Scalar::Integer(I32) => "i32",
        Scalar::Integer(I64) => "i64",
        Scalar::Integer(U8) => "u8",
        Scalar::Integer(U16) => "u16",
        Scalar::Integer(U32) => "u32",
        Scalar::Integer(U64) => "u64",
        Scalar::F32 => "f32",
        Scalar::F64 => "f64",
        Scalar::String => "string",
        Scalar::Text(format) => format.facts().word,
        Scalar::Decimal => "decimal",
        Scalar::Binary => "binary",
        Scalar::Null => "null",
    }
}

/// The constraints as short phrases, for the dump.
pub(super) fn constraint_texts(constraints: &Constraints) -> Vec<String> {
    let mut parts = Vec::new();
    for (kind, bounds) in [
        ("Length", constraints.length),
        ("Items", constraints.items),
        ("Properties", constraints.properties),
    ] {
        parts.extend(bounds.min.map(|bound| format!("min{kind} {bound}")));
        parts.extend(bounds.max.map(|bound| format!("max{kind} {bound}")));
    }
    let limit = |limit: Limit| match limit {
        Limit::Inclusive(bound) => bound.to_string(),
        Limit::Exclusive(bound) => format!("{bound} exclusive"),
    };
    let Range { min, max } = constraints.range;
    parts.extend(min.map(|min| format!("minimum {}", limit(min))));
    parts.extend(max.map(|max| format!("maximum {}", limit(max))));
    let factors = constraints.multiple_of.iter();
    parts.extend(factors.map(|of| format!("multipleOf {of}")));
    let patterns = constraints.patterns.iter();
    parts.extend(patterns.map(|pattern| format!("pattern {pattern}")));
    let broken = constraints.broken_patterns.iter();
    parts.extend(broken.map(|pattern| format!("broken pattern {pattern}")));
    if constraints.unique_items {
        parts.push("unique".to_owned());
    }
    parts.extend(constraints.prose.iter().cloned());
    let mut within = |name: &str, within: &Constraints| {
        let texts = constraint_texts(within);
        if !texts.is_empty() {
            parts.push(format!("{name} [{}]", texts.join(", ")));
        }
    };
    if let Some(each) = &constraints.each_item {
        within("each item", each);
    }
    if let Some(each) = &constraints.each_value {
        within("each value", each);
    }
    for (index, position) in constraints.positions.iter().enumerate() {
        within(&format!("item {index}"), position);
    }
    parts
}
