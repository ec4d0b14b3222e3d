//! With which groups of operations a crate holds each type: a crate built for one group holds no
//! other's types, and whatever it does hold finds what it refers to.

use std::collections::BTreeSet;

use super::gate::Gate;
use super::visit;
use crate::model::{Api, GroupId, Table, TypeId, TypeKind};

/// A type that more groups need is always there: naming each of them at each item makes a crate grow
/// with the product of its types and its groups.
const MOST_NAMED_GROUPS: usize = 32;

/// The groups that need each type.
pub(super) type Needed = Table<TypeId, BTreeSet<GroupId>>;

/// The groups whose operations reach each type.
pub(super) fn needed(api: &Api) -> Needed {
    let kinds: Vec<&TypeKind> = api.types.iter().map(|def| &def.kind).collect();
    let mut needed = vec![BTreeSet::new(); api.types.len()];
    for (index, group) in api.groups.iter().enumerate() {
        let mut roots: Vec<TypeId> = Vec::new();
        for id in &group.operations {
            let Some(operation) = api.operations.get(id.index()) else {
                continue;
            };
            let types = visit::request_types(operation).chain(visit::response_types(operation));
            for ty in types {
                ty.ids(&mut |id| roots.push(id));
            }
        }
        let reached = visit::reachable(&kinds, roots);
        for (groups, reached) in needed.iter_mut().zip(reached) {
            if reached {
                groups.insert(GroupId::new(index));
            }
        }
    }
    needed.into()
}

/// With which groups each type is there.
pub(super) fn gates(api: &Api, needed: &Needed) -> Table<TypeId, Gate> {
    let ids = api.types_with_ids().map(|(id, _)| id);
    let mut gates: Vec<Gate> = ids.map(|id| own_gate(needed.of(id))).collect();
    narrow_unused(api, needed, &mut gates);
    gates.into()
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
fn narrow_unused(api: &Api, needed: &Needed, gates: &mut [Gate]) {
    let mut referring: Vec<Vec<usize>> = vec![Vec::new(); api.types.len()];
    for (id, def) in api.types_with_ids() {
        if !needed.of(id).is_empty() {
            continue;
        }
        for ty in def.kind.types() {
            ty.ids(&mut |inner| {
                if let Some(list) = referring.get_mut(inner.index()) {
                    list.push(id.index());
                }
            });
        }
    }
    // What has a gate hands it on, reference by reference. A gate only ever becomes narrower and has
    // few steps to go, so this ends soon.
    let has_gate = |index: &usize| gates.get(*index).is_some_and(|gate| *gate != Gate::Always);
    let mut waiting: Vec<usize> = (0..gates.len()).rev().filter(has_gate).collect();
    while let Some(index) = waiting.pop() {
        let Some(gate) = gates.get(index).cloned() else {
            continue;
        };
        for user in referring.get(index).into_iter().flatten() {
            let narrower = gates.get_mut(*user).is_some_and(|own| narrow(own, &gate));
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
