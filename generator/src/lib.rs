//! clientsmith
