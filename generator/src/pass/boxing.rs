//! Gives every type a size: where a type holds itself by value, the holding that closes the cycle
//! goes behind a pointer.
//!
//! The walk follows the document's order, so the same document is boxed in the same places.

use super::visit;
use crate::model::{Api, Type, TypeId};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

pub(super) fn cycles(api: &mut Api) {
    let mut state = vec![State::New; api.types.len()];
    let mut closing: Vec<(TypeId, TypeId)> = Vec::new();
    for index in 0..api.types.len() {
        walk(api, TypeId::new(index), &mut state, &mut closing);
    }
    for (holder, held) in closing {
        let Some(def) = api.types.get_mut(holder.index()) else {
            continue;
        };
        for ty in visit::types_of_mut(&mut def.kind) {
            put_behind_pointer(ty, held);
        }
    }
}

fn walk(api: &Api, start: TypeId, state: &mut [State], closing: &mut Vec<(TypeId, TypeId)>) {
    if state.get(start.index()) != Some(&State::New) {
        return;
    }
    // Each entry is a type and how many of those it holds have been followed.
    let mut stack = vec![(start, 0)];
    while let Some((id, next)) = stack.pop() {
        let Some(mark) = state.get_mut(id.index()) else {
            continue;
        };
        *mark = State::Open;
        let Some(held) = held(api, id).get(next).copied() else {
            *mark = State::Done;
            continue;
        };
        stack.push((id, next + 1));
        match state.get(held.index()) {
            Some(State::New) => stack.push((held, 0)),
            Some(State::Open) => closing.push((id, held)),
            _ => {}
        }
    }
}

fn held(api: &Api, id: TypeId) -> Vec<TypeId> {
    let mut held = Vec::new();
    for ty in api.type_def(id).kind.types() {
        ty.embedded(&mut |inner| held.push(inner));
    }
    held
}

fn put_behind_pointer(ty: &mut Type, held: TypeId) {
    match ty {
        Type::Named(id) if *id == held => *ty = Type::Boxed(Box::new(Type::Named(held))),
        Type::Nullable(inner) => put_behind_pointer(inner, held),
        Type::Tuple(items) => {
            for item in items {
                put_behind_pointer(item, held);
            }
        }
        Type::Named(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Boxed(_)
        | Type::Scalar(_)
        | Type::Any(_) => {}
    }
}
