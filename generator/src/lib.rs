//! clientsmith

pub mod diagnostic;
pub mod read;
