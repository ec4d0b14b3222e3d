//! Which way types travel, which decides how their fields are held.

use super::{Api, Field, Holding, Presence, Scalar, Table, Type, TypeId};

/// Which way a type travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// It stands in a parameter or a request body.
    pub request: bool,
    /// It stands in a response.
    pub response: bool,
    /// It is a JSON body of a request itself, which callers may give by reference.
    pub body: bool,
}

/// Which way each type travels: what the passes find out beside the model.
pub type Usages = Table<TypeId, Usage>;

impl Usage {
    /// How a field of a type that travels so is held.
    #[must_use]
    pub fn holding(self, api: &Api, field: &Field) -> Holding {
        let is_nullable = matches!(field.ty, Type::Nullable(_));
        let is_any = matches!(
            api.resolve(&field.ty),
            Type::Any(_) | Type::Scalar(Scalar::Null)
        );
        match (field.presence, is_nullable) {
            // Null is any JSON too, and is not to be lost on the way back.
            (Presence::Optional, _) if self.request && (is_nullable || is_any) => Holding::Nullable,
            (Presence::Optional, _) | (Presence::Required, true) => Holding::Optional,
            (Presence::Required, false) => Holding::Plain,
        }
    }
}
