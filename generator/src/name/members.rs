//! The names within types: fields and variants.

use super::bodies::candidates;
use super::identifiers::{FieldName, MethodName, TypeName, VariantName};
use super::member_methods::MemberMethods;
use super::member_methods::member_methods;
use super::reserved;
use super::settle::{Candidate, settle};
use super::variants::{UNKNOWN, variants};
use super::words::{camel, escape, or, snake, spell, spell_comparison, spell_sign, spell_signs};
use crate::model::{Api, Enum, EnumValue, Role, Struct, TypeDef, TypeId, TypeKind};

#[derive(Debug)]
pub(super) struct MemberNames {
    pub(super) fields: Vec<FieldName>,
    pub(super) setters: Vec<MethodName>,
    pub(super) mixins: Vec<FieldName>,
    pub(super) additional: FieldName,
    pub(super) variants: Vec<VariantName>,
    pub(super) methods: Vec<MemberMethods>,
}

impl MemberNames {
    pub(super) fn are_ascii(&self) -> bool {
        let mut fields = self.fields.iter().chain(&self.mixins);
        fields.all(|name| name.as_str().is_ascii())
            && self.variants.iter().all(|name| name.as_str().is_ascii())
    }
}

pub(super) fn members(api: &Api, types: &[TypeName]) -> Vec<MemberNames> {
    let members = api.types.iter().zip(types);
    members
        .map(|(def, name)| of(api, def, name, types))
        .collect()
}

fn of(api: &Api, def: &TypeDef, name: &TypeName, types: &[TypeName]) -> MemberNames {
    let mut names = MemberNames {
        fields: Vec::new(),
        setters: Vec::new(),
        mixins: Vec::new(),
        additional: FieldName(String::new()),
        variants: Vec::new(),
        methods: Vec::new(),
    };
    match &def.kind {
        TypeKind::Struct(record) => fields(record, &mut names),
        TypeKind::Enum(list) => names.variants = values(list),
        TypeKind::Union(union) => {
            let schema_name = |id: TypeId| {
                let def = api.types.get(id.index())?;
                let is_base = matches!(def.name.path.as_slice(), [Role::Base]);
                let has_own = def.has_own_name() || is_base || def.pinned.is_some();
                let name = types.get(id.index()).filter(|_| has_own)?;
                Some(name.plain().to_owned())
            };
            names.variants = variants(api, union, name.plain(), &schema_name);
            names.methods = member_methods(&names.variants);
        }
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
