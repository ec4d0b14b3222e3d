//! What an operation is called within its group: its id without the words of the group, or a verb
//! where the id only repeats method and path.

use super::nouns::{is_plural, singular};
use super::strip::{Said, without};
use super::words::{is_keyword, snake};
use crate::config::Naming;
use crate::document_words::resource_words;
use crate::model::{Api, Content, Group, Method, Operation, Presence, Type, TypeKind};

/// What an operation may be called.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// The names that its method would take, the best first.
    pub(super) methods: Vec<String>,
    /// The words that the types begin with which only it uses.
    pub(super) types: String,
}

/// What the operations of a group are called, in its order.
pub(super) fn phrases(api: &Api, group: &Group, naming: &Naming) -> Vec<Phrase> {
    let operations = group.operations.iter();
    let operations = operations.filter_map(|id| api.operations.get(id.index()));
    let operations: Vec<&Operation> = operations.collect();
    let speaker = Speaker {
        api,
        group,
        naming,
        operations: &operations,
    };
    operations
        .iter()
        .map(|operation| speaker.phrase(operation))
        .collect()
}

struct Speaker<'a> {
    api: &'a Api,
    group: &'a Group,
    naming: &'a Naming,
    operations: &'a [&'a Operation],
}

impl Speaker<'_> {
    fn phrase(&self, operation: &Operation) -> Phrase {
        let id = without_path(operation).unwrap_or(&operation.id);
        let pinned = operation.pinned.as_ref().or(operation.mark.method.as_ref());
        if let Some(name) = pinned {
            return Phrase {
                methods: vec![snake(name), snake(id)],
                types: id.to_owned(),
            };
        }
        let is_made = self.naming.verbs.is_on() && is_made_of_path(operation);
        let spoken = is_made.then(|| self.by_path(operation));
        let types = match &spoken {
            Some(spoken) => self.types(spoken),
            None => id.to_owned(),
        };
        let mut methods: Vec<String> = spoken.into_iter().map(|spoken| spoken.method()).collect();
        if self.naming.strip_tag.is_on() && operation.has_own_id {
            methods.extend(
                self.stripped(id, &operation.path)
                    .filter(|name| !is_keyword(name)),
            );
        }
        methods.push(snake(id));
        if id != operation.id {
            methods.push(snake(&operation.id));
        }
        Phrase { methods, types }
    }

    /// The id without the words of the group.
    fn stripped(&self, id: &str, path: &str) -> Option<String> {
        let names: Vec<String> = match (&self.group.tag, self.group.resource.as_slice()) {
            (Some(tag), _) => vec![tag.clone()],
            (None, words) => words
                .last()
                .into_iter()
                .chain([&words.concat()])
                .cloned()
                .collect(),
        };
        names.iter().find_map(|name| {
            without(&Said {
                id,
                group: name,
                path,
                service: &self.api.title,
            })
        })
    }

    /// The words of the types of an operation that is called by its path.
    fn types(&self, spoken: &Spoken) -> String {
        let is_one = spoken.verb != "list";
        let mut group: Vec<String> = match &self.group.tag {
            Some(tag) => vec![tag.clone()],
            None => self.group.resource.clone(),
        };
        let last = group.len().saturating_sub(1);
        for (index, word) in group.iter_mut().enumerate() {
            let is_outer = index < last || !spoken.rest.is_empty();
            if is_outer || is_one {
                *word = singular(&snake(word));
            }
        }
        let rest = spoken.rest.iter().cloned();
        let verb = std::iter::once(spoken.verb.clone());
        let words: Vec<String> = verb
            .filter(|verb| !verb.is_empty())
            .chain(group)
            .chain(rest)
            .collect();
        words.join(" ")
    }

    /// A verb for the method, and what of the path the group does not say.
    fn by_path(&self, operation: &Operation) -> Spoken {
        let ends_with_parameter = operation.path.trim_end_matches('/').ends_with('}');
        let rest = self.rest(operation);
        let last = rest.last().map(String::as_str);
        let has = |method: Method| {
            let mut same = self.operations.iter();
            same.any(|other| other.path == operation.path && other.method == method)
        };
        if let Some((_, verb)) = operation
            .path
            .rsplit('/')
            .next()
            .and_then(|end| end.rsplit_once(':'))
        {
            return Spoken::of(verb, &rest);
        }
        match &operation.method {
            Method::Get if ends_with_parameter => Spoken::one("get", &rest),
            Method::Get if self.is_list(operation, last) => Spoken::of("list", &rest),
            Method::Get => Spoken::of("get", &rest),
            Method::Post if ends_with_parameter && !has(Method::Put) && !has(Method::Patch) => {
                Spoken::one("update", &rest)
            }
            Method::Post if ends_with_parameter => Spoken::one("post", &rest),
            Method::Post if last.is_none_or(is_plural) => Spoken::one("create", &rest),
            Method::Post => Spoken::act(&rest),
            Method::Put | Method::Patch | Method::Delete => {
                let verb = match operation.method {
                    Method::Put if has(Method::Patch) => "replace",
                    Method::Delete => "delete",
                    _ => "update",
                };
                if ends_with_parameter {
                    Spoken::one(verb, &rest)
                } else {
                    Spoken::of(verb, &rest)
                }
            }
            other => Spoken::of(&other.as_str().to_ascii_lowercase(), &rest),
        }
    }

    /// The words of the path behind those of the group.
    fn rest(&self, operation: &Operation) -> Vec<String> {
        let words: Vec<String> = resource_words(&operation.path, &[])
            .iter()
            .map(|word| snake(word))
            .collect();
        let group: Vec<String> = match &self.group.tag {
            Some(tag) => vec![snake(tag)],
            None => self.group.resource.iter().map(|word| snake(word)).collect(),
        };
        let group_words = group.join("_");
        // The longest run of words that says what the group says; what leads to it is the API's.
        let is_group = |run: &[String]| {
            let run = run.join("_");
            let (run, group) = (singular(&run), singular(&group_words));
            // Of a tag the last word is what it is about: `Access tokens` are `/tokens`.
            run == group || group.ends_with(&format!("_{run}"))
        };
        for length in (1..=words.len()).rev() {
            for start in 0..=(words.len() - length) {
                let run = words.get(start..start + length).unwrap_or_default();
                if is_group(run) {
                    return words.get(start + length..).unwrap_or_default().to_vec();
                }
            }
        }
        words
    }

    /// Whether what comes is several: by the word at the end of the path, or by the body.
    fn is_list(&self, operation: &Operation, last: Option<&str>) -> bool {
        let word = match last {
            Some(word) => Some(word.to_owned()),
            None => resource_words(&operation.path, &[])
                .last()
                .map(|word| snake(word)),
        };
        let is_array =
            body(operation).is_some_and(|ty| matches!(self.api.resolve(ty), Type::List(_)));
        is_array || (word.is_some_and(|word| is_plural(&word)) && !self.is_single(operation))
    }

    /// Whether the body is an object with an id of its own: what is called `settings` may be one.
    fn is_single(&self, operation: &Operation) -> bool {
        let Some(Type::Named(id)) = body(operation).map(|ty| self.api.resolve(ty)) else {
            return false;
        };
        match &self.api.type_def(*id).kind {
            TypeKind::Struct(record) => {
                let mut fields = record.fields.iter();
                fields.any(|field| field.wire == "id" && field.presence == Presence::Required)
            }
            _ => false,
        }
    }
}

/// What a success holds.
fn body(operation: &Operation) -> Option<&Type> {
    match operation
        .successes()
        .find_map(|response| response.content())?
    {
        Content::Json(ty) => Some(ty),
        _ => None,
    }
}

/// A verb with what it is done to.
struct Spoken {
    verb: String,
    rest: Vec<String>,
}

impl Spoken {
    fn of(verb: &str, rest: &[String]) -> Self {
        Self {
            verb: snake(verb),
            rest: rest.to_vec(),
        }
    }

    /// Done to one of several.
    fn one(verb: &str, rest: &[String]) -> Self {
        Self {
            verb: verb.to_owned(),
            rest: rest.iter().map(|word| singular(word)).collect(),
        }
    }

    /// What the last word of the path says is done.
    fn act(rest: &[String]) -> Self {
        match rest.split_last() {
            Some((verb, rest)) => Self::one(verb, rest),
            None => Self::of("create", &[]),
        }
    }

    fn method(&self) -> String {
        let words = std::iter::once(&self.verb).chain(&self.rest);
        let words: Vec<&str> = words
            .map(String::as_str)
            .filter(|word| !word.is_empty())
            .collect();
        snake(&words.join("_"))
    }
}

/// Whether an id says no more than method and path do.
fn is_made_of_path(operation: &Operation) -> bool {
    if !operation.has_own_id {
        return true;
    }
    let id = snake(&operation.id);
    let words: Vec<&str> = id.split('_').filter(|word| !word.is_empty()).collect();
    let method = operation.method.as_str().to_ascii_lowercase();
    let rest = match words.as_slice() {
        [first, rest @ ..] if *first == method => rest,
        [rest @ .., last] if *last == method => rest,
        _ => return false,
    };
    let path = snake(&operation.path.replace(['{', '}'], "/"));
    let path: Vec<&str> = path.split('_').filter(|word| !word.is_empty()).collect();
    let is_static = |word: &&&str| !matches!(**word, "by" | "and" | "with");
    // Every word of the id is the path's, in its order, and the path's resources are all there.
    let is_same = |one: &str, other: &str| singular(one) == singular(other);
    let mut left = path.iter();
    let in_order = rest
        .iter()
        .filter(is_static)
        .all(|word| left.any(|known| is_same(known, word)));
    let named = resource_words(&operation.path, &[]);
    let named = snake(&named.join("_"));
    let mut named = named.split('_');
    let is_whole = named.all(|word| rest.iter().any(|known| is_same(known, word)));
    in_order && is_whole && !rest.is_empty()
}

/// An id without the path and the method at its end, which some frameworks append.
fn without_path(operation: &Operation) -> Option<&str> {
    if !operation.has_own_id {
        return None;
    }
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|letter| letter.is_alphanumeric())
            .collect::<String>()
            .to_lowercase()
    };
    let tail = letters(&operation.path) + &operation.method.as_str().to_ascii_lowercase();
    let mut ends = operation.id.char_indices().rev();
    let (start, _) =
        ends.find(|(start, _)| letters(operation.id.get(*start..).unwrap_or_default()) == tail)?;
    let head = operation
        .id
        .get(..start)?
        .trim_end_matches(['_', '-', '.', ' ']);
    let is_longer = tail.len() > operation.method.as_str().len();
    (is_longer && head.contains(char::is_alphanumeric)).then_some(head)
}
