//! What the passes know of each type in the end, in tables beside the model.

use std::collections::BTreeSet;

use super::gate::Gate;
use super::layout::Sizes;
use crate::model::{GroupId, Table, TypeId, Usages};

/// The side tables of the types.
#[derive(Debug)]
pub struct Facts {
    /// Which way each travels.
    pub usages: Usages,
    /// The groups whose operations reach each.
    pub groups: Table<TypeId, BTreeSet<GroupId>>,
    /// With which of the groups a crate holds each.
    pub gates: Table<TypeId, Gate>,
    /// Whether a value that is sent can break a constraint, of its own or within it.
    pub constrained: Table<TypeId, bool>,
    /// How large each is.
    pub sizes: Sizes,
}
