//! Values as code, for the programs that show how a crate is called.

mod code;
mod made;
mod place;
mod scalars;

pub(crate) use code::Values;
pub(crate) use place::Position;
