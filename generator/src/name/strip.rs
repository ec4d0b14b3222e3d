//! The id of an operation without the words of its group.

use super::lexicon::{BETWEEN, PREPOSITIONS, VERBS, has};
use super::nouns::{plural, singular};
use super::words::snake;
use crate::document_words::resource_words;

/// What is known of an operation whose group says some of its id.
pub(super) struct Said<'a> {
    pub(super) id: &'a str,
    pub(super) group: &'a str,
    pub(super) path: &'a str,
    /// The title of the document, whose first word is often the service's name.
    pub(super) service: &'a str,
}

/// An id without all that the group says already. Nothing where it says nothing of it, or where what
/// is left would say something else.
pub(super) fn without(said: &Said) -> Option<String> {
    let service = service(said);
    let mut known: Option<String> = None;
    loop {
        let id = known.as_deref().unwrap_or(said.id);
        let next = strip(id, said.group, service.as_deref())
            .or_else(|| within(id, said))
            .or_else(|| without_end(id, said.group));
        match next {
            Some(next) => known = Some(next),
            None => return known,
        }
    }
}

/// The first word of the title, where the path says nothing of it: `get-hub-billing-usage` of the Hub API.
fn service(said: &Said) -> Option<String> {
    let mut words = said.service.split(|letter: char| !letter.is_alphanumeric());
    let word = words.next()?.to_lowercase();
    let is_name = word.len() >= SHORTEST_SERVICE && !said.path.to_lowercase().contains(&word);
    is_name.then_some(word)
}

/// Shorter words may be anything.
const SHORTEST_SERVICE: usize = 3;

/// `list-project-certificates` of certificates, where the path leads to these through a project, is
/// `list_for_project`.
fn within(id: &str, said: &Said) -> Option<String> {
    let id = snake(id);
    let (verb, rest) = id.split_once('_')?;
    let group = forms(said.group);
    let is_group = |words: &str| group.contains(&words.replace('_', ""));
    let mut ends = rest.match_indices('_');
    let owner = ends.find_map(|(at, _)| {
        let end = rest.get(at + 1..)?;
        is_group(end).then(|| rest.get(..at))?
    })?;
    let words = resource_words(said.path, &[]);
    let is_owner = |word: &&str| singular(&snake(word)) == singular(owner);
    let at = words.iter().position(is_owner)?;
    let mut inner = words.iter().skip(at + 1);
    let leads = has(VERBS, verb) && inner.any(|word| is_group(&snake(word)));
    leads.then(|| format!("{verb}_for_{owner}"))
}

/// `list_assignments_for_a_classroom` of the classroom is `list_assignments`.
fn without_end(id: &str, group: &str) -> Option<String> {
    let id = snake(id);
    let group = forms(group);
    let (rest, end) = id.rsplit_once("_for_")?;
    let articles = ["a_", "an_", "the_"];
    let plain = articles.iter().find_map(|word| end.strip_prefix(word));
    if !group.contains(&plain.unwrap_or(end).replace('_', "")) {
        return None;
    }
    let (verb, object) = rest.split_once('_')?;
    (has(VERBS, verb) && !object.is_empty()).then(|| rest.to_owned())
}

/// An id without a group's words: in front of it, or behind the verb. Nothing where they are not
/// there, or where what is left would say something else.
fn strip(id: &str, group: &str, service: Option<&str>) -> Option<String> {
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
        let is_between = at > 0 && (has(BETWEEN, plain) || service == Some(plain));
        if !(has(VERBS, plain) || is_between) {
            return None;
        }
        at += word.len();
        let start = at + id.get(at..)?.find(char::is_alphanumeric)?;
        if let Some(rest) = forms.iter().find_map(|form| behind(id, start, form)) {
            let lead = snake(id.get(..at)?);
            let lead = lead.split('_').filter(|word| service != Some(*word));
            let lead: Vec<&str> = lead.collect();
            return Some(snake(&format!("{} {rest}", lead.join("_"))));
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
    use super::{Said, without};

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
            let path = "/things";
            let said = Said {
                id,
                group,
                path,
                service: "Hub API",
            };
            assert_eq!(without(&said).as_deref(), expected, "{id} of {group}");
        }
    }
    #[test]
    fn what_the_path_leads_through_stands_for_the_group() {
        let cases = [
            (
                "list-project-certificates",
                "Certificates",
                "/projects/{id}/certificates",
                Some("list_for_project"),
            ),
            (
                "activateOrganizationCertificates",
                "Certificates",
                "/organization/certificates/activate",
                Some("activate_for_organization"),
            ),
            // What no word of the path owns is a kind of its own.
            (
                "issues/list-sub-issues",
                "issues",
                "/issues/{id}/sub_issues",
                Some("list_sub_issues"),
            ),
            (
                "campaigns/list-org-campaigns",
                "campaigns",
                "/orgs/{org}/campaigns",
                Some("list_for_org"),
            ),
            (
                "list-assignments-for-a-classroom",
                "classroom",
                "/classrooms/{id}/assignments",
                Some("list_assignments"),
            ),
            ("list-for-classroom", "classroom", "/classrooms/{id}", None),
            (
                "billing/get-hub-billing-usage",
                "billing",
                "/settings/billing/usage",
                Some("get_usage"),
            ),
            ("get-hub-billing-usage", "billing", "/hub/billing", None),
        ];
        for (id, group, path, expected) in cases {
            let said = Said {
                id,
                group,
                path,
                service: "Hub API",
            };
            assert_eq!(without(&said).as_deref(), expected, "{id} of {group}");
        }
    }
}
