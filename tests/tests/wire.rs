//! Generated crates on the wire: every file in `fixtures/wire` belongs to the document of its name in
//! `fixtures/operations`, and runs the crate that the document becomes against a real server on
//! 127.0.0.1 (`runtime/tests/support`).
//!
//! While one file is worked on, `CLIENTSMITH_WIRE=request_bodies` runs the tests whose paths have
//! that in them.

mod workspace;

use workspace::Workspace;

#[test]
fn every_wire_test_passes() {
    let workspace = Workspace::create();
    let only = std::env::var("CLIENTSMITH_WIRE").unwrap_or_default();
    let passed = workspace.clean("on the wire", &["test", "--package", "wire", &only]);
    passed.unwrap_or_else(|said| panic!("{said}"));
}
