//! What must be given to build a struct that is sent.

use super::{Access, Api, Field, Presence, Scalar, Struct, Type, TypeId, TypeKind};

/// So many values are arguments of one function; more are given one by one, by name.
const ARGUMENTS: usize = 4;

/// The one value that a field can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// A truth value.
    Bool(bool),
    /// The only value of this enum.
    OnlyOf(TypeId),
}

impl Api {
    /// The one value that a field can have which must be there: nobody need be asked for it.
    #[must_use]
    pub fn constant(&self, field: &Field) -> Option<Constant> {
        if !is_demanded(field) {
            return None;
        }
        match self.resolve(&field.ty) {
            Type::Scalar(Scalar::Bool) => {
                let only = field.constraints.boolean;
                only.or_else(|| self.only_bool(&field.ty))
                    .map(Constant::Bool)
            }
            Type::Named(id) => match &self.type_def(*id).kind {
                TypeKind::Enum(list) if list.values.len() == 1 => Some(Constant::OnlyOf(*id)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The one truth value that the aliases allow which a type is written with.
    fn only_bool<'a>(&'a self, mut ty: &'a Type) -> Option<bool> {
        for _ in 0..=self.types.len() {
            match ty {
                Type::Boxed(inner) => ty = inner,
                Type::Named(id) => {
                    let def = self.type_def(*id);
                    if let Some(only) = def.constraints.boolean {
                        return Some(only);
                    }
                    match &def.kind {
                        TypeKind::Alias(target) => ty = target,
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether a field must be given to build a struct.
    #[must_use]
    pub fn is_given(&self, field: &Field) -> bool {
        is_demanded(field) && self.constant(field).is_none()
    }

    /// Whether a struct needs too many values for the arguments of one function.
    #[must_use]
    pub fn is_built_in_steps(&self, record: &Struct) -> bool {
        let fields = record.fields.iter().filter(|field| self.is_given(field));
        fields.count() + record.mixins.len() > ARGUMENTS
    }
}

impl Field {
    /// Whether a setter takes the field: it may be left out when it is sent.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !is_demanded(self) && self.access != Access::ReadOnly
    }
}

fn is_demanded(field: &Field) -> bool {
    field.presence == Presence::Required && field.access != Access::ReadOnly
}
