//! What an operation is called within its group: its id without the words of the group, or a verb
//! where the id only repeats method and path.

use super::lexicon::{BETWEEN, PREPOSITIONS, VERBS, has};
use super::nouns::{is_plural, plural, singular};
use super::words::{is_keyword, snake};
use crate::config::Naming;
use crate::model::{
    Api, Content, Group, Method, Operation, Presence, Type, TypeKind, resource_words,
};

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
            methods.extend(self.stripped(id).filter(|name| !is_keyword(name)));
        }
        methods.push(snake(id));
        if id != operation.id {
            methods.push(snake(&operation.id));
        }
        Phrase { methods, types }
    }

    /// The id without the words of the group.
    fn stripped(&self, id: &str) -> Option<String> {
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
            let mut rest = strip(id, name)?;
            while let Some(next) = strip(&rest, name) {
                rest = next;
            }
            Some(rest)
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

/// An id without a group's words: in front of it, or behind the verb. Nothing where they are not
/// there, or where what is left would say something else.
fn strip(id: &str, group: &str) -> Option<String> {
    let mut forms = forms(group);
    if let Some(rest) = forms.iter().find_map(|form| behind(id, 0, form)) {
        let is_parted = rest.starts_with(|next: char| !next.is_alphanumeric());
        let rest = snake(rest);
        let first = rest.split('_').next().unwrap_or_default();
        if rest.is_empty() {
            return None;
        }
        return (is_parted || !has(PREPOSITIONS, first)).then_some(rest);
    }
    if let Some(rest) = behind_segment(id, &forms) {
        return Some(rest);
    }
    if let Some((_, last)) = snake(group).rsplit_once('_') {
        // What the group is about, behind a verb.
        forms.extend(self::forms(last));
    }
    let mut at = 0;
    loop {
        let word = next_word(id.get(at..)?);
        let lower = word.to_lowercase();
        let plain = lower.trim_matches(|letter: char| !letter.is_alphanumeric());
        if !(has(VERBS, plain) || (at > 0 && has(BETWEEN, plain))) {
            return None;
        }
        at += word.len();
        let start = at + id.get(at..)?.find(char::is_alphanumeric)?;
        if let Some(rest) = forms.iter().find_map(|form| behind(id, start, form)) {
            return Some(snake(&format!("{} {rest}", id.get(..at)?)));
        }
    }
}

/// What follows the group where an id is a path of names: `compute.instances.list`.
fn behind_segment(id: &str, forms: &[String]) -> Option<String> {
    let segments: Vec<&str> = id.split(['.', '/', ':']).collect();
    let is_group = |segment: &&str| forms.contains(&snake(segment).replace('_', ""));
    let at = segments.iter().position(is_group)?;
    let rest = snake(&segments.get(at + 1..)?.join(" "));
    (!rest.is_empty()).then_some(rest)
}

/// The words of a group in one and in several, the longest first.
fn forms(group: &str) -> Vec<String> {
    let words = snake(group);
    let one = singular(&words);
    let mut forms: Vec<String> = [words.clone(), one.clone(), plural(&one), plural(&words)]
        .into_iter()
        .map(|form| form.replace('_', ""))
        .filter(|form| !form.is_empty())
        .collect();
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms.dedup();
    forms
}

/// What follows letters within a text, where a word ends with them.
fn behind<'t>(text: &'t str, start: usize, letters: &str) -> Option<&'t str> {
    let mut wanted = letters.chars();
    let mut next = wanted.next();
    let mut last = ' ';
    for (at, letter) in text.get(start..)?.char_indices() {
        let rest = text.get(start + at..)?;
        let Some(expected) = next else {
            let ends = !letter.is_alphanumeric()
                || letter.is_uppercase()
                || (last.is_ascii_digit() != letter.is_ascii_digit());
            return ends.then_some(rest);
        };
        if !letter.is_alphanumeric() {
            continue;
        }
        if !letter.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
        last = letter;
        next = wanted.next();
    }
    next.is_none().then_some("")
}

/// The first word with what parts it from what stands before.
fn next_word(text: &str) -> &str {
    let mut was_lower = false;
    let mut has_begun = false;
    for (at, letter) in text.char_indices() {
        let is_part = letter.is_alphanumeric();
        if has_begun && (!is_part || (letter.is_uppercase() && was_lower)) {
            return text.get(..at).unwrap_or(text);
        }
        has_begun |= is_part;
        was_lower = letter.is_lowercase() || letter.is_ascii_digit();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::strip;

    #[test]
    fn the_group_is_not_said_twice() {
        let cases = [
            ("issues/list-for-repo", "issues", Some("list_for_repo")),
            ("getUserById", "Users", Some("get_by_id")),
            ("ListIncidents", "Incidents", Some("list")),
            ("CreateIncidentTodo", "Incidents", Some("create_todo")),
            (
                "readCoreV1NamespacedPod",
                "core_v1",
                Some("read_namespaced_pod"),
            ),
            (
                "getCoreV1APIResources",
                "core_v1",
                Some("get_api_resources"),
            ),
            ("createOrUpdateTeam", "Teams", Some("create_or_update")),
            ("VirtualMachines_Get", "VirtualMachines", Some("get")),
            ("resetToken", "Access tokens", Some("reset")),
            ("compute.instances.list", "instances", Some("list")),
            ("crashes_getRawLocation", "crash", Some("get_raw_location")),
            // What is left would say something else, or nothing.
            ("GetTeamIncidents", "Incidents", None),
            ("usersByName", "Users", None),
            ("users", "Users", None),
            ("listUserships", "Users", None),
            ("teamUsers", "Users", None),
        ];
        for (id, group, expected) in cases {
            assert_eq!(strip(id, group).as_deref(), expected, "{id} of {group}");
        }
    }
}
