//! The generated crates from end to end: against a real HTTP/1.1 server on this machine, asserted
//! from the bytes that the server saw.

// The server is the one of the runtime's own wire tests.
#[path = "../../../runtime/tests/support/mod.rs"]
mod support;

mod datadog;
mod launchdarkly;
mod opal;
mod samples;
mod secrets;

/// The credential of every test. It must show nowhere.
const CANARY: &str = "canary-7f3a9c";

/// The second one, where a call needs two.
const SECOND_CANARY: &str = "canary-second-51be";
