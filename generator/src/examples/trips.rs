//! What the generated tests of a crate have: the exchanges of each group of operations, and the
//! examples of types, which go there and back.

use serde_json::Value;

use super::exchange::Exchange;
use super::sample::Sampler;
use super::table::Examples;
use crate::model::{Api, GroupId, Type, TypeId};
use crate::name::Names;

/// The exchanges of a group's operations.
#[derive(Debug, Default)]
pub(crate) struct Exchanges {
    pub(crate) exchanges: Vec<Exchange>,
    /// The tests of which too little is known.
    pub(crate) left_out: Vec<String>,
}

impl Exchanges {
    /// Those of one group: one for each operation and each form of its body.
    pub(crate) fn of(api: &Api, names: &Names, examples: &Examples, id: GroupId) -> Self {
        let sampler = Sampler::new(api, examples);
        let mut all = Self::default();
        let group = api.groups.get(id.index());
        for id in group.into_iter().flat_map(|group| &group.operations) {
            let operation = api.operations.get(id.index());
            let body = operation.and_then(|operation| operation.body.as_ref());
            let forms = 0..body.map_or(1, |body| body.contents.len());
            for (form, name) in forms.zip(&names.operation(*id).tests) {
                match Exchange::of(api, names, &sampler, *id, form) {
                    Some(exchange) => all.exchanges.push(exchange),
                    None => all.left_out.push(name.plain().to_owned()),
                }
            }
        }
        all
    }
}

/// The examples of types.
#[derive(Debug, Default)]
pub(crate) struct Trips {
    /// Those that fit, by type.
    pub(crate) fitting: Vec<(TypeId, Vec<Value>)>,
    /// How many do not.
    pub(crate) mismatches: usize,
}

impl Trips {
    /// The examples of all types.
    pub(crate) fn of(api: &Api, examples: &Examples) -> Self {
        let sampler = Sampler::new(api, examples);
        let mut trips = Self::default();
        for (id, def) in api.types_with_ids() {
            let fitting: Vec<Value> = sampler.fitting(&def.origin, &Type::Named(id)).collect();
            trips.mismatches += sampler.count(&def.origin) - fitting.len();
            if !fitting.is_empty() {
                trips.fitting.push((id, fitting));
            }
        }
        trips
    }
}
