//! With which groups of operations a crate holds each type: a crate built for one group holds no
//! other's types, and whatever it does hold finds what it refers to.

use std::collections::BTreeSet;

use super::visit;
use crate::model::{Api, Gate, GroupId, TypeId, TypeKind};

/// A type that more groups need is always there: naming each of them at each item makes a crate grow
/// with the product of its types and its groups.
const MOST_NAMED_GROUPS: usize = 32;

/// Marks the groups that need each type, and with which of them it is there.
pub(super) fn mark(api: &mut Api) {
    mark_groups(api);
    for def in &mut api.types {
        def.gate = own_gate(&def.groups);
    }
    mark_unused(api);
}

fn mark_groups(api: &mut Api) {
    let kinds: Vec<&TypeKind> = api.types.iter().map(|def| &def.kind).collect();
    let mut marks = Vec::with_capacity(api.groups.len());
    for group in &api.groups {
        let mut roots: Vec<TypeId> = Vec::new();
        for id in &group.operations {
            let Some(operation) = api.operations.get(id.index()) else {
                continue;
            };
            let types = visit::request_types(operation).chain(visit::response_types(operation));
            for ty in types {
                visit::ids(ty, &mut |id| roots.push(id));
            }
        }
        marks.push(visit::reachable(&kinds, roots));
    }
    for (group, reached) in marks.into_iter().enumerate() {
        for (def, reached) in api.types.iter_mut().zip(reached) {
            if reached {
                def.groups.insert(GroupId::new(group));
            }
        }
    }
}

/// Of a type that operations need: it is there with each of their groups. What it refers to is
/// needed by as many.
fn own_gate(groups: &BTreeSet<GroupId>) -> Gate {
    if groups.is_empty() || groups.len() > MOST_NAMED_GROUPS {
        Gate::Always
    } else {
        Gate::Each(BTreeSet::from([groups.clone()]))
    }
}

/// Of the types that no operation needs: each is there where all that it refers to is.
fn mark_unused(api: &mut Api) {
    let mut referring: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    for (index, def) in api.types.iter().enumerate() {
        if !def.groups.is_empty() {
            continue;
        }
        for ty in def.kind.types() {
            visit::ids(ty, &mut |id| {
                if let Some(list) = referring.get_mut(id.index()) {
                    list.push(index);
                }
            });
        }
    }
    // What has a gate hands it on, reference by reference. A gate only ever becomes narrower and has
    // few steps to go, so this ends soon.
    let has_gate = |index: &usize| {
        let def = api.types.get(*index);
        def.is_some_and(|def| def.gate != Gate::Always)
    };
    let mut waiting: Vec<usize> = (0..api.types.len()).rev().filter(has_gate).collect();
    while let Some(index) = waiting.pop() {
        let Some(gate) = api.types.get(index).map(|def| def.gate.clone()) else {
            continue;
        };
        for user in referring.get(index).into_iter().flatten() {
            let narrower = api
                .types
                .get_mut(*user)
                .is_some_and(|def| narrow(&mut def.gate, &gate));
            if narrower {
                waiting.push(*user);
            }
        }
    }
}

/// Whether a gate became narrower by what it must demand as well.
fn narrow(gate: &mut Gate, demanded: &Gate) -> bool {
    let before = gate.clone();
    gate.narrow(demanded);
    if gate.named_groups() > MOST_NAMED_GROUPS {
        *gate = Gate::All;
    }
    *gate != before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn each(sets: &[&[usize]]) -> Gate {
        let set = |groups: &&[usize]| groups.iter().map(|group| GroupId::new(*group)).collect();
        Gate::Each(sets.iter().map(set).collect())
    }

    #[test]
    fn a_gate_demands_no_more_than_it_must() {
        let mut gate = Gate::Always;
        gate.narrow(&each(&[&[0, 1]]));
        gate.narrow(&each(&[&[0, 1, 2]]));
        assert_eq!(gate, each(&[&[0, 1]]));
        gate.narrow(&each(&[&[1], &[3]]));
        assert_eq!(gate, each(&[&[1], &[3]]));
        gate.narrow(&Gate::Always);
        assert_eq!(gate, each(&[&[1], &[3]]));
        gate.narrow(&Gate::All);
        assert_eq!(gate, Gate::All);
        gate.narrow(&each(&[&[1]]));
        assert_eq!(gate, Gate::All);
    }

    #[test]
    fn a_gate_that_names_too_many_groups_demands_all() {
        let mut gate = Gate::Always;
        for group in 0..MOST_NAMED_GROUPS {
            assert!(narrow(&mut gate, &each(&[&[group]])));
            assert!(!narrow(&mut gate, &each(&[&[group]])));
        }
        assert_eq!(gate.named_groups(), MOST_NAMED_GROUPS);
        assert!(narrow(&mut gate, &each(&[&[MOST_NAMED_GROUPS]])));
        assert_eq!(gate, Gate::All);
    }

    #[test]
    fn what_too_many_groups_need_is_always_there() {
        let groups = |count| (0..count).map(GroupId::new).collect();
        assert_eq!(own_gate(&groups(0)), Gate::Always);
        assert_eq!(own_gate(&groups(MOST_NAMED_GROUPS + 1)), Gate::Always);
        assert_ne!(own_gate(&groups(MOST_NAMED_GROUPS)), Gate::Always);
    }
}
