//! The names of types that the document gives none: by the nearest thing with a name and the way from
//! there, in as few words as tell them from all others.

use std::collections::BTreeMap;

use super::media;
use super::nouns::singular;
use super::statuses::status_word;
use super::variants::variants;
use super::verbs::Phrase;
use super::words::{camel, split};
use crate::config::Naming;
use crate::document_words::is_title_name;
use crate::model::{
    Api, NameRoot, NameSource, OperationRole, Role, Shared, Status, Type, TypeDef, TypeId, TypeKind,
};

/// The names that each of these types would take, the best first.
pub(super) fn wishes(
    api: &Api,
    inline: &[usize],
    schemas: &BTreeMap<&str, String>,
    phrases: &[Phrase],
    naming: &Naming,
) -> Vec<Vec<String>> {
    let namer = Namer {
        api,
        schemas,
        bases: bases(api, phrases),
        members: BTreeMap::new(),
    };
    let namer = Namer {
        members: namer.members(),
        ..namer
    };
    let all: Vec<Wishes> = inline
        .iter()
        .filter_map(|index| api.types.get(*index))
        .map(|def| namer.wishes(def, naming))
        .collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for wishes in &all {
        // Names that say less are no one's who has a good one.
        let is_long = wishes.long.first().is_some_and(|name| name.len() > LONG);
        let less = [&wishes.compact, &wishes.trimmed];
        let less = less.into_iter().filter(|_| is_long);
        let wished = [&wishes.short, &wishes.long].into_iter().chain(less);
        let mut wished: Vec<&str> = wished.flatten().map(String::as_str).collect();
        wished.sort_unstable();
        wished.dedup();
        for name in wished {
            *counts.entry(name).or_default() += 1;
        }
    }
    // A short name is taken where no other type might have it.
    let is_own = |name: &&String| counts.get(name.as_str()) == Some(&1);
    let chosen = all.iter().map(|wishes| {
        let short = wishes.short.iter().filter(is_own);
        let mut chosen: Vec<String> = short.chain(&wishes.long).cloned().collect();
        let length = chosen.first().map_or(0, String::len);
        if length > LONG {
            let compact = wishes.compact.iter().filter(is_own);
            let compact = compact
                .filter(|name| name.len() < length)
                .min_by_key(|name| name.len().abs_diff(GOOD));
            chosen.splice(..0, compact.cloned());
        }
        if chosen.first().map_or(0, String::len) > LONGEST {
            let trimmed = wishes.trimmed.iter().filter(is_own);
            let trimmed = trimmed
                .filter(|name| name.len() <= LONGEST)
                .max_by_key(|name| name.len());
            chosen.splice(..0, trimmed.cloned());
        }
        chosen
    });
    chosen.collect()
}

/// A longer name is made shorter even where that needs words that say less of where it stands.
const LONG: usize = 40;

/// A name that is longer still begins with fewer words.
const LONGEST: usize = 50;

/// How long such a name is at best.
const GOOD: usize = 30;

/// The names of a type.
struct Wishes {
    /// Those in few words, which may be good for others too.
    short: Vec<String>,
    /// Those that say less of where the type stands.
    compact: Vec<String>,
    /// Those that begin with fewer words.
    trimmed: Vec<String>,
    /// Those in which the whole way stands.
    long: Vec<String>,
}

/// The words that the types of each operation begin with: the short ones where no other has them.
fn bases(api: &Api, phrases: &[Phrase]) -> Vec<[Vec<String>; 2]> {
    let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for phrase in phrases {
        *counts.entry(split(&phrase.types)).or_default() += 1;
    }
    let operations = api.operations.iter().zip(phrases);
    let bases = operations.map(|(operation, phrase)| {
        let (short, long) = (split(&phrase.types), split(&operation.id));
        if counts.get(&short) == Some(&1) && !short.is_empty() {
            [short, long]
        } else {
            [long.clone(), long]
        }
    });
    bases.collect()
}

struct Namer<'a> {
    api: &'a Api,
    schemas: &'a BTreeMap<&'a str, String>,
    bases: Vec<[Vec<String>; 2]>,
    /// What each member of a union is called within it, by its place.
    members: BTreeMap<NameSource, String>,
}

impl<'a> Namer<'a> {
    /// What the members of unions are called that have no name of their own.
    fn members(&self) -> BTreeMap<NameSource, String> {
        let schema_name = |id: TypeId| {
            let name = &self.api.types.get(id.index())?.name;
            let NameRoot::Schema(wire) = &name.root else {
                return None;
            };
            let schema = self.schemas.get(wire.as_str())?;
            match name.path.as_slice() {
                [] => Some(schema.clone()),
                [Role::Base] => Some(format!("{schema}Base")),
                _ => None,
            }
        };
        let mut members = BTreeMap::new();
        for def in &self.api.types {
            let TypeKind::Union(union) = &def.kind else {
                continue;
            };
            let name = match (&def.pinned, def.has_own_name()) {
                (Some(name), _) => name.clone(),
                (None, _) => self.own_words(def),
            };
            let names = variants(self.api, union, &name, &schema_name);
            for (variant, name) in union.variants.iter().zip(names) {
                if let Some(place) = self.place(&variant.ty, &def.name) {
                    members.insert(place, name.plain().to_owned());
                }
            }
        }
        members
    }

    /// The name of a union, or what it will end with.
    fn own_words(&self, def: &TypeDef) -> String {
        let last = def.name.path.iter().rev().find_map(|role| match role {
            Role::Field(field) => Some(field.clone()),
            _ => None,
        });
        let root = match &def.name.root {
            NameRoot::Schema(wire) => self
                .schemas
                .get(wire.as_str())
                .cloned()
                .unwrap_or_else(|| camel(wire)),
            _ => String::new(),
        };
        format!("{root} {}", last.unwrap_or_default())
    }

    /// The place of a union's member that stands within it.
    fn place(&self, ty: &Type, union: &NameSource) -> Option<NameSource> {
        match ty {
            Type::Named(id) => {
                let name = &self.api.types.get(id.index())?.name;
                // The members of a union that is mixed in stand where the union does.
                let mixed = union
                    .path
                    .split_last()
                    .filter(|(last, _)| matches!(last, Role::Mixin(_)));
                let path = mixed.map_or(union.path.as_slice(), |(_, path)| path);
                let role = name.path.get(path.len())?;
                let is_within = name.root == union.root && name.path.starts_with(path);
                (is_within && matches!(role, Role::Member(..))).then(|| NameSource {
                    root: union.root.clone(),
                    path: path.iter().chain([role]).cloned().collect(),
                })
            }
            Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) | Type::Nullable(inner) => {
                self.place(inner, union)
            }
            _ => None,
        }
    }

    fn wishes(&self, def: &TypeDef, naming: &Naming) -> Wishes {
        let source = &def.name;
        let steps = self.steps(source);
        let [roots, full] = self.roots(source);
        let plain = joined(roots.iter().chain(&steps), Overlap::Kept);
        let mut long = vec![
            joined(roots.iter().chain(&steps), Overlap::Dropped),
            plain.clone(),
        ];
        if full != roots {
            long.push(joined(full.iter().chain(&steps), Overlap::Kept));
        }
        long.push(plain + kind_word(&def.kind));
        if !naming.short_types.is_on() {
            return Wishes {
                short: Vec::new(),
                compact: Vec::new(),
                trimmed: Vec::new(),
                long,
            };
        }
        let compact = self.compact(def);
        let mut short: Vec<String> = Self::title(def).into_iter().collect();
        let tail = Self::last_field(source)
            .and_then(|at| steps.get(at..))
            .unwrap_or_default();
        let [root, role @ ..] = roots.as_slice() else {
            return Wishes {
                short,
                compact,
                trimmed: Vec::new(),
                long,
            };
        };
        if !tail.is_empty() {
            if matches!(source.root, NameRoot::Operation(_, OperationRole::Body)) {
                short.push(joined(std::iter::once(root).chain(tail), Overlap::Dropped));
                short.push(joined(std::iter::once(root).chain(tail), Overlap::Kept));
            }
            let roots = || std::iter::once(root).chain(role);
            short.push(joined(roots().chain(tail), Overlap::Dropped));
            short.push(joined(roots().chain(tail), Overlap::Kept));
        }
        let trimmed = (1..root.len()).map(|from| {
            let root = root.get(from..).unwrap_or_default().to_vec();
            let steps = std::iter::once(&root).chain(role).chain(tail);
            joined(steps, Overlap::Dropped)
        });
        Wishes {
            short,
            compact,
            trimmed: trimmed
                .filter(|name| name.starts_with(char::is_alphabetic))
                .collect(),
            long,
        }
    }

    /// The title, where it says more than the way to the type.
    fn title(def: &TypeDef) -> Option<String> {
        let title = def.docs.summary.as_deref()?;
        let words = split(title);
        let name = camel(title);
        let last = def.name.path.iter().rev().find_map(|role| match role {
            Role::Field(field) => Some(split(field)),
            _ => None,
        });
        let is_said = last.as_ref() == Some(&words);
        (is_title_name(title) && !is_said).then_some(name)
    }

    /// Names for a type whose name would be long: of the last fields on the way alone, and of the one
    /// value that an enum has.
    fn compact(&self, def: &TypeDef) -> Vec<String> {
        let source = &def.name;
        let steps = self.steps(source);
        let is_field = |at: &usize| matches!(source.path.get(*at), Some(Role::Field(_)));
        let mut fields = (0..source.path.len()).rev().filter(is_field);
        let (last, before) = (fields.next(), fields.next());
        let from = |at: Option<usize>| at.and_then(|at| steps.get(at..)).unwrap_or_default();
        let mut names = Vec::new();
        if let (TypeKind::Enum(list), Some(at)) = (&def.kind, last)
            && let [only] = list.values.as_slice()
            && let Some(text) = only.wire.as_str().filter(|text| split(text).len() > 1)
        {
            let value = [split(text)];
            names.push(joined(value.iter().chain(from(Some(at))), Overlap::Dropped));
        }
        if from(last).first().is_some_and(|words| words.len() > 1) {
            names.push(joined(from(last).iter(), Overlap::Dropped));
        }
        names.push(joined(from(before).iter(), Overlap::Dropped));
        names.retain(|name| name.starts_with(char::is_alphabetic));
        names
    }

    fn last_field(source: &NameSource) -> Option<usize> {
        source
            .path
            .iter()
            .rposition(|role| matches!(role, Role::Field(_)))
    }

    /// What the name begins with, in few words and in all: the thing with a name, and the place in
    /// it.
    fn roots(&self, source: &NameSource) -> [Vec<Vec<String>>; 2] {
        match &source.root {
            NameRoot::Schema(wire) => {
                let name = self
                    .schemas
                    .get(wire.as_str())
                    .map_or(wire.as_str(), String::as_str);
                let roots = vec![split(name)];
                [roots.clone(), roots]
            }
            NameRoot::Operation(id, role) => {
                let place = self.role(source, role);
                let bases = self.bases.get(id.index()).cloned().unwrap_or_default();
                bases.map(|base| vec![base, place.clone()])
            }
            NameRoot::Shared(shared, name) => {
                let mut words = split(name);
                let ending: &[&str] = match shared {
                    Shared::Parameter | Shared::Field | Shared::Title => &[],
                    Shared::Header => &["header"],
                    Shared::Body => &["body"],
                    Shared::Response => &["response"],
                };
                if !ending.is_empty() && words.last().map(String::as_str) != ending.last().copied()
                {
                    words.extend(ending.iter().map(|word| (*word).to_owned()));
                }
                let full = match shared {
                    Shared::Parameter => [words.clone(), vec!["param".to_owned()]].concat(),
                    _ => words.clone(),
                };
                [vec![words], vec![full]]
            }
        }
    }

    fn role(&self, source: &NameSource, role: &OperationRole) -> Vec<String> {
        let is_first = |status: &Status| {
            let NameRoot::Operation(id, _) = &source.root else {
                return false;
            };
            let operation = self.api.operations.get(id.index());
            let first = operation.and_then(|operation| {
                let mut full = operation.successes();
                full.find(|response| !response.contents.is_empty())
            });
            first.is_some_and(|response| response.status == *status)
        };
        match role {
            OperationRole::Parameter(name) => split(name),
            OperationRole::Body => vec!["body".to_owned()],
            OperationRole::Header(name) => [split(name), vec!["header".to_owned()]].concat(),
            OperationRole::Response(status) if is_first(status) => vec!["response".to_owned()],
            OperationRole::Response(status) => match status_words(*status) {
                Some(words) => split(words),
                None => vec!["response".to_owned(), status_word(*status)],
            },
        }
    }

    /// The words of each step of the way.
    fn steps(&self, source: &'a NameSource) -> Vec<Vec<String>> {
        let mut steps: Vec<Vec<String>> = Vec::new();
        let mut way = NameSource {
            root: source.root.clone(),
            path: Vec::new(),
        };
        for role in &source.path {
            way.path.push(role.clone());
            steps.push(match role {
                Role::Field(field) => split(field),
                Role::Item => vec!["item".to_owned()],
                Role::ParameterLocation(index) => vec![format!("item{}", index + 1)],
                Role::Value => vec!["value".to_owned()],
                // Where there is no union, it had but one member.
                Role::Member(..) => self
                    .members
                    .get(&way)
                    .map(|name| split(name))
                    .unwrap_or_default(),
                Role::Media(media_type) => split(&media::words(media_type)),
                Role::Base => vec!["base".to_owned()],
                Role::Mixin(0) => vec!["kind".to_owned()],
                Role::Mixin(index) => vec![format!("kind{}", index + 1)],
            });
        }
        steps
    }
}

/// What is done with words that two steps share.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Overlap {
    /// They stand once, and one of several is called by the singular.
    Dropped,
    /// They stay, and so does what says that it is one of several.
    Kept,
}

fn joined<'w>(steps: impl Iterator<Item = &'w Vec<String>>, overlap: Overlap) -> String {
    let mut words: Vec<String> = Vec::new();
    for step in steps {
        let is_item = matches!(step.as_slice(), [only] if only == "item" || only == "value");
        if overlap == Overlap::Dropped
            && is_item
            && let Some(last) = words.last_mut()
            && singular(last) != *last
        {
            *last = singular(last);
            continue;
        }
        let shared = match overlap {
            Overlap::Dropped => (1..=step.len().min(words.len()))
                .rev()
                .find(|length| words.ends_with(step.get(..*length).unwrap_or_default()))
                .unwrap_or(0),
            Overlap::Kept => 0,
        };
        words.extend(step.iter().skip(shared).cloned());
    }
    camel(&words.join(" "))
}

/// What tells a type from another that would have its name.
pub(super) fn kind_word(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Struct(_) => "Object",
        TypeKind::Enum(_) => "Value",
        TypeKind::Union(_) => "Choice",
        TypeKind::Alias(Type::List(_)) | TypeKind::Newtype(Type::List(_)) => "List",
        TypeKind::Alias(Type::Map(_)) | TypeKind::Newtype(Type::Map(_)) => "Map",
        TypeKind::Alias(_) | TypeKind::Newtype(_) => "Type",
    }
}

/// What HTTP calls a status.
fn status_words(status: Status) -> Option<&'static str> {
    Some(match status {
        Status::Code(400) => "bad request",
        Status::Code(401) => "unauthorized",
        Status::Code(402) => "payment required",
        Status::Code(403) => "forbidden",
        Status::Code(404) => "not found",
        Status::Code(405) => "method not allowed",
        Status::Code(406) => "not acceptable",
        Status::Code(408) => "request timeout",
        Status::Code(409) => "conflict",
        Status::Code(410) => "gone",
        Status::Code(412) => "precondition failed",
        Status::Code(413) => "content too large",
        Status::Code(415) => "unsupported media type",
        Status::Code(422) => "unprocessable content",
        Status::Code(423) => "locked",
        Status::Code(424) => "failed dependency",
        Status::Code(428) => "precondition required",
        Status::Code(429) => "too many requests",
        Status::Code(500) => "internal server error",
        Status::Code(501) => "not implemented",
        Status::Code(502) => "bad gateway",
        Status::Code(503) => "service unavailable",
        Status::Code(504) => "gateway timeout",
        Status::Code(200) => "ok",
        Status::Code(201) => "created",
        Status::Code(202) => "accepted",
        Status::Class(4) => "client error",
        Status::Class(5) => "server error",
        Status::Default => "error response",
        Status::Code(_) | Status::Class(_) => return None,
    })
}
