//! Groups of the operations that have no tag: by what a mark of the document says, or else by the
//! resources in their paths.
//!
//! `/v1/customers/{customer}/sources/{id}` belongs to `sources` within `customers`. A word at the end
//! of a path on which there is one operation only is no resource, but what that operation does:
//! `/charges/{charge}/capture`.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::document_words::resource_words;
use crate::model::{Api, Group, GroupId, Operation, OperationId};

/// So many resources lead to an operation at most; what is further down is said by its method.
const LEVELS: usize = 2;

pub(super) fn group(api: &mut Api, config: &Config) {
    let untagged = untagged(api);
    let tree = Tree::new(
        untagged
            .iter()
            .filter_map(|id| Some((*id, api.operations.get(id.index())?))),
    );
    let mut homes: Vec<(OperationId, Vec<String>)> = Vec::new();
    for (id, operation) in api.operations_with_ids() {
        let marked = &operation.mark.group;
        if !marked.is_empty() {
            homes.push((id, marked.iter().take(LEVELS).cloned().collect()));
        } else if config.naming.path_groups.is_on() && untagged.contains(&id) {
            homes.push((id, tree.home(operation)));
        }
    }
    for (id, home) in homes {
        if !home.is_empty() {
            settle(api, id, &home);
        }
    }
    drop_empty(api);
}

fn untagged(api: &Api) -> Vec<OperationId> {
    let groups = api.groups.iter().filter(|group| group.tag.is_none());
    let mut ids: Vec<OperationId> = groups
        .flat_map(|group| group.operations.iter().copied())
        .collect();
    ids.sort_unstable();
    ids
}

/// Takes an operation from its group into that of its resource.
fn settle(api: &mut Api, id: OperationId, home: &[String]) {
    let Some(old) = api
        .operations
        .get(id.index())
        .map(|operation| operation.group)
    else {
        return;
    };
    let new = find_or_add(api, home);
    if new == old {
        return;
    }
    if let Some(group) = api.groups.get_mut(old.index()) {
        group.operations.retain(|known| *known != id);
    }
    if let Some(group) = api.groups.get_mut(new.index()) {
        group.operations.push(id);
    }
    if let Some(operation) = api.operations.get_mut(id.index()) {
        operation.group = new;
    }
}

/// The group of a resource. What a tag calls by the same word is that tag's.
fn find_or_add(api: &mut Api, home: &[String]) -> GroupId {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let known = api.groups.iter().position(|group| match &group.tag {
        Some(tag) => home.first().is_some_and(|word| plain(tag) == plain(word)),
        None => group.resource == home,
    });
    if let Some(known) = known {
        return GroupId::new(known);
    }
    let parent = match home.split_last() {
        Some((_, outer)) if !outer.is_empty() => Some(find_or_add(api, outer)),
        _ => None,
    };
    api.groups.push(Group {
        resource: home.to_vec(),
        parent,
        ..Group::default()
    });
    GroupId::new(api.groups.len() - 1)
}

/// Takes out the groups that lead to no operation.
fn drop_empty(api: &mut Api) {
    let mut is_kept: Vec<bool> = api
        .groups
        .iter()
        .map(|group| !group.operations.is_empty())
        .collect();
    for index in 0..api.groups.len() {
        let mut parent = is_kept
            .get(index)
            .filter(|kept| **kept)
            .and(api.groups.get(index))
            .and_then(|group| group.parent);
        while let Some(id) = parent {
            if let Some(kept) = is_kept.get_mut(id.index()) {
                *kept = true;
            }
            parent = api.groups.get(id.index()).and_then(|group| group.parent);
        }
    }
    let mut next = 0;
    let new_ids: Vec<GroupId> = is_kept
        .iter()
        .map(|kept| {
            next += usize::from(*kept);
            GroupId::new(next.saturating_sub(1))
        })
        .collect();
    let new_id = |id: GroupId| new_ids.get(id.index()).copied().unwrap_or(id);
    let mut kept = is_kept.iter();
    api.groups
        .retain(|_| kept.next().copied().unwrap_or_default());
    for group in &mut api.groups {
        group.parent = group.parent.map(new_id);
    }
    for operation in &mut api.operations {
        operation.group = new_id(operation.group);
    }
}

/// The words of the paths, and what is known of each.
struct Tree<'a> {
    /// Words that lead every path and say nothing of it.
    skipped: Vec<String>,
    nodes: BTreeMap<Vec<&'a str>, Node>,
}

#[derive(Default)]
struct Node {
    /// The operations at the word itself, and at a parameter after it.
    operations: usize,
    has_parameter: bool,
    has_children: bool,
}

impl<'a> Tree<'a> {
    fn new(operations: impl Iterator<Item = (OperationId, &'a Operation)>) -> Self {
        let operations: Vec<&Operation> = operations.map(|(_, operation)| operation).collect();
        let skipped = skipped(&operations);
        let mut nodes: BTreeMap<Vec<&str>, Node> = BTreeMap::new();
        for operation in operations {
            let words = resource_words(&operation.path, &skipped);
            for length in 1..words.len() {
                let outer = words.get(..length).unwrap_or_default();
                nodes.entry(outer.to_vec()).or_default().has_children = true;
            }
            let node = nodes.entry(words).or_default();
            node.operations += 1;
            node.has_parameter |= operation.path.trim_end_matches('/').ends_with('}');
        }
        Self { skipped, nodes }
    }

    /// The resources that lead to an operation.
    fn home(&self, operation: &Operation) -> Vec<String> {
        let words = resource_words(&operation.path, &self.skipped);
        let mut home = Vec::new();
        for length in 1..=words.len().min(LEVELS) {
            let outer = words.get(..length).unwrap_or_default();
            let is_resource = self
                .nodes
                .get(outer)
                .is_some_and(|node| node.has_children || node.has_parameter || node.operations > 1);
            if length > 1 && !is_resource {
                break;
            }
            home.extend(outer.last().map(|word| (*word).to_owned()));
        }
        home
    }
}

/// The words with which nearly all paths begin and none ends: they name no resource.
fn skipped(operations: &[&Operation]) -> Vec<String> {
    let all: Vec<Vec<&str>> = operations
        .iter()
        .map(|operation| resource_words(&operation.path, &[]))
        .collect();
    let mut skipped: Vec<String> = Vec::new();
    loop {
        let at = skipped.len();
        let led = || {
            all.iter().filter(|words| {
                words
                    .iter()
                    .zip(&skipped)
                    .filter(|(word, known)| word == known)
                    .count()
                    == at
            })
        };
        let mut counts: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
        for words in led() {
            if let Some(word) = words.get(at) {
                let (count, ends) = counts.entry(word).or_default();
                *count += 1;
                *ends |= words.len() == at + 1;
            }
        }
        let most = counts.into_iter().find(|(_, (count, ends))| {
            !ends && *count > MOST_APART && *count * 10 >= all.len() * 9
        });
        match most {
            Some((word, _)) => skipped.push(word.to_owned()),
            None => return skipped,
        }
    }
}

/// Of so few operations it cannot be said what all begin with.
const MOST_APART: usize = 5;
