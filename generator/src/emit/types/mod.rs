//! Types: the items of each kind of definition, and the files that they stand in.

mod alias;
pub(crate) mod arguments;
mod builders;
mod conversions;
mod docs;
mod enums;
pub(crate) mod files;
mod newtype;
pub(crate) mod rules;
mod shapes;
mod structs;
mod unions;
mod uses;
