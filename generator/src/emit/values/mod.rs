//! Values as code, for the programs that show how a crate is called.

mod code;
mod made;
mod scalars;
mod site;

pub(crate) use code::Values;
pub(crate) use site::Position;
