//! clientsmith

pub mod diagnostic;
pub mod read;
pub mod write;
