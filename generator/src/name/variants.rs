//! What a union's members are called within it: by what tells them apart, never by the union's own
//! words.

use super::identifiers::VariantName;
use super::settle::{Candidate, settle};
use super::words::{camel, escape, spell, split};
use crate::model::{
    Api, Enum, Field, Presence, Role, Scalar, Struct, Tag, Type, TypeDef, TypeId, TypeKind, Union,
    Variant,
};

/// What holds a value that the document does not list.
pub(super) const UNKNOWN: &str = "Unknown";

/// Longer texts are prose, and no names.
const LONGEST: usize = 40;

/// The names of the variants of a union called `name`. `named` tells the name of a schema that has
/// one of its own.
pub(super) fn variants(
    api: &Api,
    union: &Union,
    name: &str,
    named: &dyn Fn(TypeId) -> Option<String>,
) -> Vec<VariantName> {
    let speaker = Namer {
        api,
        union,
        own: split(name),
        named,
    };
    let wishes: Vec<Vec<String>> = (0..union.variants.len())
        .map(|index| speaker.wishes(index))
        .collect();
    let wires: Vec<String> = wishes.iter().map(|wishes| wishes.concat()).collect();
    let candidates: Vec<_> = wishes
        .into_iter()
        .zip(&wires)
        .map(|(wishes, wire)| Candidate { wire, wishes })
        .collect();
    settle(&candidates, &[UNKNOWN])
        .into_iter()
        .map(|name| VariantName(escape(name)))
        .collect()
}

struct Namer<'a> {
    api: &'a Api,
    union: &'a Union,
    /// The words of the union's own name.
    own: Vec<String>,
    named: &'a dyn Fn(TypeId) -> Option<String>,
}

impl Namer<'_> {
    /// The names that a member would take, the best first.
    fn wishes(&self, index: usize) -> Vec<String> {
        let Some(variant) = self.union.variants.get(index) else {
            return Vec::new();
        };
        let name = self.schema_name(&variant.ty);
        let of_name = name.as_ref().map(|name| self.without_own(name));
        let title = variant.hint.as_deref().or_else(|| self.title(&variant.ty));
        let title = title.filter(|title| is_name(title));
        let title = title.map(|title| self.behind_own(title));
        let mut wishes: Vec<String> = self.tag(variant).into_iter().collect();
        // A long title says less than what the member is, where that tells it.
        let is_short = |title: &&String| split(title).len() <= 3;
        match &of_name {
            Some(of_name) => wishes.push(of_name.clone()),
            None => wishes.extend(title.iter().filter(is_short).cloned()),
        }
        wishes.extend(self.constant(index));
        let is_one_of_objects = self.record(&variant.ty).is_some() && !self.is_only_object(index);
        if !is_one_of_objects {
            wishes.extend(self.kind(&variant.ty, index));
        }
        wishes.extend(self.key(index));
        wishes.extend(title);
        wishes.extend(name.map(|name| camel(&name)));
        wishes.extend(self.kind(&variant.ty, index));
        wishes.push(format!("Variant{}", index + 1));
        wishes.retain(|wish| {
            !wish.is_empty() && wish.starts_with(|first: char| first.is_alphabetic())
        });
        wishes
    }

    /// The title of a member that stands within the union.
    fn title(&self, ty: &Type) -> Option<&str> {
        match self.definition(ty)?.name.path.last()? {
            Role::Member(title, _) => title.as_deref(),
            _ => None,
        }
    }

    /// The value of the tag that names the member, where it is one and a name.
    fn tag(&self, variant: &Variant) -> Option<String> {
        let [tag] = variant.tags.as_slice() else {
            let first = variant
                .tags
                .first()
                .filter(|_| self.union.tag == Tag::Event);
            return first.map(|tag| self.without_own(tag));
        };
        let mut letters = tag.chars().filter(|letter| letter.is_alphanumeric());
        // A number or a letter stands for a word that is not said.
        let is_word = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_some();
        (is_name(tag) && is_word && !tag.contains('/')).then(|| self.without_own(tag))
    }

    /// The name of a schema, or of the schemas in a list of them.
    fn schema_name(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Named(id) => (self.named)(*id),
            Type::Boxed(inner) | Type::Nullable(inner) => self.schema_name(inner),
            Type::List(item) => Some(self.schema_name(item)? + "List"),
            Type::Map(value) => Some(self.schema_name(value)? + "Map"),
            _ => None,
        }
    }

    /// A title without the words that it begins with like the union's name.
    fn behind_own(&self, title: &str) -> String {
        let words = split(title);
        let pairs = words.iter().zip(&self.own);
        let led = pairs.take_while(|(word, own)| word == own).count();
        let rest = words.get(led..).unwrap_or_default().join(" ");
        if rest.starts_with(char::is_alphabetic) {
            camel(&rest)
        } else {
            camel(title)
        }
    }

    /// A name without the words that it begins and ends with like the union's.
    fn without_own(&self, name: &str) -> String {
        let words = split(name);
        let own = &self.own;
        let led = words
            .iter()
            .zip(own)
            .take_while(|(word, own)| word == own)
            .count();
        let rest = words.get(led..).unwrap_or_default();
        let own = own.get(led..).unwrap_or_default();
        let ended = rest
            .iter()
            .rev()
            .zip(own.iter().rev())
            .take_while(|(word, own)| word == own)
            .count();
        let rest = rest.get(..rest.len() - ended).unwrap_or_default().join(" ");
        if rest.starts_with(|first: char| first.is_alphabetic()) {
            camel(&rest)
        } else {
            camel(name)
        }
    }

    /// The one value of a member, or of a key that it must have.
    fn constant(&self, index: usize) -> Option<String> {
        let variant = self.union.variants.get(index)?;
        match &self.definition(&variant.ty)?.kind {
            TypeKind::Enum(list) => Self::only(list),
            TypeKind::Struct(record) => {
                let mut fields = record.fields.iter();
                fields.find_map(
                    |field| match self.definition(&field.ty).map(|def| &def.kind) {
                        Some(TypeKind::Enum(list)) if field.presence == Presence::Required => {
                            Self::only(list)
                        }
                        _ => None,
                    },
                )
            }
            _ => None,
        }
    }

    fn only(list: &Enum) -> Option<String> {
        let [only] = list.values.as_slice() else {
            return None;
        };
        let text = only
            .wire
            .as_str()
            .map_or_else(|| only.wire.to_string(), str::to_owned);
        if text.is_empty() {
            return Some("Empty".to_owned());
        }
        let name = camel(&text);
        let name = if name.is_empty() {
            camel(&spell(&text))
        } else {
            name
        };
        (is_name(&text) && !name.is_empty()).then_some(name)
    }

    /// What the member is.
    fn kind(&self, ty: &Type, index: usize) -> Option<String> {
        let word = match ty {
            Type::Boxed(inner) | Type::Nullable(inner) => return self.kind(inner, index),
            Type::Named(_) => match self.definition(ty).map(|def| &def.kind) {
                Some(TypeKind::Struct(_)) => "Object",
                Some(TypeKind::Enum(_)) => "Choice",
                Some(TypeKind::Union(_)) => "Union",
                Some(TypeKind::Alias(target) | TypeKind::Newtype(target)) => {
                    return self.kind(target, index);
                }
                None => return None,
            },
            Type::Scalar(Scalar::String) if self.is_reference(index) => "Id",
            Type::Scalar(scalar) => scalar_word(*scalar),
            Type::Any(_) => "Any",
            Type::List(item) => {
                let is_only = self.is_only(index, |ty| matches!(ty, Type::List(_)));
                let item = if is_only {
                    None
                } else {
                    self.kind(item, index)
                };
                return Some(item.unwrap_or_default() + "List");
            }
            Type::Map(_) => "Map",
            Type::Tuple(_) => "Tuple",
        };
        Some(word.to_owned())
    }

    /// Whether a text stands for an object that may come in its place: those have an `id`.
    fn is_reference(&self, index: usize) -> bool {
        let mut others = self
            .union
            .variants
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index);
        others.any(|(_, variant)| {
            self.record(&variant.ty)
                .is_some_and(|record| record.fields.iter().any(|field| field.wire == "id"))
        })
    }

    fn is_only_object(&self, index: usize) -> bool {
        let variants = self.union.variants.iter().enumerate();
        let mut others = variants.filter(|(other, _)| *other != index);
        others.all(|(_, variant)| self.record(&variant.ty).is_none())
    }

    fn is_only(&self, index: usize, is_so: impl Fn(&Type) -> bool) -> bool {
        let variants = self.union.variants.iter().enumerate();
        let mut others = variants.filter(|(other, _)| *other != index);
        others.all(|(_, variant)| !is_so(self.api.resolve(&variant.ty)))
    }

    /// The first key that no other member has, of those that must be there before the others.
    fn key(&self, index: usize) -> Option<String> {
        let own = self.record(&self.union.variants.get(index)?.ty)?;
        let others: Vec<&Struct> = self
            .union
            .variants
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .filter_map(|(_, variant)| self.record(&variant.ty))
            .collect();
        let is_own = |field: &&Field| {
            others
                .iter()
                .all(|other| other.fields.iter().all(|known| known.wire != field.wire))
        };
        let is_required = |field: &&Field| field.presence == Presence::Required;
        let required = own.fields.iter().filter(is_required).find(is_own);
        let field = required.or_else(|| own.fields.iter().find(is_own))?;
        let word = camel(&field.wire);
        (!word.is_empty()).then(|| format!("With{word}"))
    }

    fn record(&self, ty: &Type) -> Option<&Struct> {
        match &self.definition(ty)?.kind {
            TypeKind::Struct(record) => Some(record),
            _ => None,
        }
    }

    fn definition(&self, ty: &Type) -> Option<&TypeDef> {
        match self.api.resolve(ty) {
            Type::Named(id) => Some(self.api.type_def(*id)),
            Type::Nullable(inner) => self.definition(inner),
            _ => None,
        }
    }
}

fn is_name(text: &str) -> bool {
    let name = camel(text);
    !name.is_empty() && name.len() <= LONGEST && !text.contains(['\n', '\r'])
}

fn scalar_word(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "Bool",
        Scalar::Integer(_) => "Integer",
        Scalar::F32 | Scalar::F64 => "Number",
        Scalar::String => "Text",
        Scalar::Decimal => "Decimal",
        Scalar::Binary => "Bytes",
        Scalar::Text(format) => format.facts().member,
        Scalar::Null => "Null",
    }
}
