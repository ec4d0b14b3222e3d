//! A member that is an object.

use crate::model::Struct;

/// A member that is an object, or the objects of a member that is such a union itself.
#[derive(Debug, Clone)]
pub(super) struct Object {
    pub(super) record: Struct,
}
