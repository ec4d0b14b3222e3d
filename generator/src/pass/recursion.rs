//! Cycles that boxing alone cannot repair.

use crate::diagnostic::{Code, Diagnostics};
use crate::model::{Api, Presence, Type, TypeId, TypeKind, Untyped};

/// An alias that reaches itself through aliases alone (`Json = [Json]`) has no expansion: it
/// becomes a struct around its target.
pub(super) fn newtypes(api: &mut Api) {
    for index in 0..api.types.len() {
        let id = TypeId::new(index);
        if !reaches_itself(api, id) {
            continue;
        }
        let Some(def) = api.types.get_mut(index) else {
            continue;
        };
        if let TypeKind::Alias(target) = &def.kind {
            def.kind = match target {
                // A reference that leads back to itself names nothing.
                Type::Named(_) | Type::Nullable(_) => {
                    TypeKind::Alias(Type::Any(Untyped::NotExpressible))
                }
                other => TypeKind::Newtype(other.clone()),
            };
        }
    }
}

fn reaches_itself(api: &Api, start: TypeId) -> bool {
    let mut seen = vec![false; api.types.len()];
    let mut waiting = vec![start];
    while let Some(id) = waiting.pop() {
        let Some(TypeKind::Alias(target)) = api.types.get(id.index()).map(|def| &def.kind) else {
            continue;
        };
        let mut found = false;
        target.ids(&mut |inner| {
            found |= inner == start;
            if let Some(mark) = seen.get_mut(inner.index())
                && !std::mem::replace(mark, true)
            {
                waiting.push(inner);
            }
        });
        if found {
            return true;
        }
    }
    false
}

/// A struct that must hold itself can never be built or sent. The field that closes such a cycle
/// becomes optional.
pub(super) fn optional_cycles(api: &mut Api, diagnostics: &mut Diagnostics) {
    let mut state = vec![State::New; api.types.len()];
    let mut closing = Vec::new();
    for index in 0..api.types.len() {
        demand(api, TypeId::new(index), &mut state, &mut closing);
    }
    for (id, field) in closing {
        let Some(TypeKind::Struct(record)) = api.types.get_mut(id.index()).map(|def| &mut def.kind)
        else {
            continue;
        };
        let Some(field) = record.fields.get_mut(field) else {
            continue;
        };
        field.presence = Presence::Optional;
        diagnostics
            .warn(
                Code::Contradiction,
                &field.origin,
                format!(
                    "`{}` is required and holds the object that it stands in, so no value could \
                     ever be finished; it is taken as optional",
                    field.wire
                ),
            )
            .help("take it out of `required`, or allow null");
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth first over what a value demands to exist: required fields that are not nullable.
fn demand(api: &Api, start: TypeId, state: &mut [State], closing: &mut Vec<(TypeId, usize)>) {
    // Each entry is a type and the number of its demands that have been followed.
    let mut stack = vec![(start, 0)];
    if state.get(start.index()) != Some(&State::New) {
        return;
    }
    if let Some(mark) = state.get_mut(start.index()) {
        *mark = State::Open;
    }
    while let Some((id, next)) = stack.pop() {
        let demands = demands(api, id);
        let Some((field, target)) = demands.get(next).copied() else {
            if let Some(mark) = state.get_mut(id.index()) {
                *mark = State::Done;
            }
            continue;
        };
        stack.push((id, next + 1));
        match state.get(target.index()) {
            Some(State::New) => {
                if let Some(mark) = state.get_mut(target.index()) {
                    *mark = State::Open;
                }
                stack.push((target, 0));
            }
            Some(State::Open) => closing.extend(field.map(|field| (id, field))),
            _ => {}
        }
    }
}

/// The types that a value of this type must hold, with the field that demands it.
fn demands(api: &Api, id: TypeId) -> Vec<(Option<usize>, TypeId)> {
    let mut demands = Vec::new();
    match &api.type_def(id).kind {
        TypeKind::Struct(record) => {
            for (index, field) in record.fields.iter().enumerate() {
                if field.presence == Presence::Required {
                    direct(&field.ty, &mut |target| demands.push((Some(index), target)));
                }
            }
        }
        TypeKind::Alias(target) | TypeKind::Newtype(target) => {
            direct(target, &mut |target| demands.push((None, target)));
        }
        // A union can always be something else, and an enum holds nothing.
        TypeKind::Union(_) | TypeKind::Enum(_) => {}
    }
    demands
}

fn direct(ty: &Type, each: &mut dyn FnMut(TypeId)) {
    match ty {
        Type::Named(id) => each(*id),
        Type::Boxed(inner) => direct(inner, each),
        Type::Tuple(items) => items.iter().for_each(|item| direct(item, each)),
        Type::Nullable(_) | Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Any(_) => {}
    }
}
