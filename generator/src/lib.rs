//! clientsmith.
pub mod config;
pub mod diagnostic;
pub mod lower;
pub mod model;
pub mod name;
pub mod parse;
pub mod pass;
pub mod read;
pub mod upgrade;
pub mod write;
