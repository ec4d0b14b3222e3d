//! What is taken before a document names anything: the methods and features that every generated
//! crate has. This is the one list of them; emission writes the features from it, and the tests
//! compare it with what is emitted and with the runtime's traits.

/// A feature of every generated crate that is no group's.
#[derive(Debug, Clone, Copy)]
pub struct Feature {
    /// Its name, here and in the runtime, to which it is passed on.
    pub name: &'static str,
    /// What it is for, where its name does not say so.
    pub comment: &'static str,
}

/// The features that are the runtime's, passed on.
pub const FEATURES: [Feature; 8] = [
    feature("rustls", "TLS of the built-in transport."),
    feature("native-tls", ""),
    feature("http2", ""),
    feature("gzip", ""),
    feature("patterns", "`validate()` checks patterns too."),
    feature("blocking", "`.wait()` beside `.await`."),
    feature("tracing", "A span for each call."),
    feature("serde", "Serialize and Deserialize for every type."),
];

const fn feature(name: &'static str, comment: &'static str) -> Feature {
    Feature { name, comment }
}

/// The feature that turns on what most callers want.
pub const DEFAULT_FEATURE: &str = "default";

/// Methods of the generated client.
pub const CLIENT: [&str; 2] = ["builder", "from_env"];

/// The method of the client's builder that takes a bearer token, whatever the document says. A scheme
/// of that name that takes one is it.
pub const BEARER_TOKEN: &str = "bearer_token";

/// Methods of the client's builder.
pub const CLIENT_BUILDER: [&str; 20] = [
    "api_key_header",
    "base_url",
    BEARER_TOKEN,
    "build",
    "connect_timeout",
    "default_header",
    "from_env",
    "idle_timeout",
    "max_body_bytes",
    "middleware",
    "proxy",
    "reconnect",
    "reqwest_client",
    "retry",
    "send_read_only",
    "server",
    "server_variable",
    "timeout",
    "transport",
    "user_agent",
];

/// Methods of a group's type.
pub const GROUP: [&str; 1] = ["new"];

/// Methods of a request's builder.
pub const REQUEST_BUILDER: [&str; 3] = ["send", "items", "pages"];

/// Methods of the runtime's trait `PerCall`, which a request's builder has.
pub const PER_CALL: [&str; 11] = [
    "call_mut",
    "send_as",
    "send_raw",
    "send_raw_stream",
    "validate",
    "with_header",
    "with_idle_timeout",
    "with_max_body_bytes",
    "with_reconnect",
    "with_retry",
    "with_timeout",
];

/// Methods of a form of parts.
pub const FORM: [&str; 2] = ["new", "part"];

/// Methods of the headers of a response.
pub const HEADERS: [&str; 1] = ["of"];

/// Methods of a model, and of the runtime's trait `Validate`, which it has.
pub const MODEL: [&str; 3] = ["builder", "new", "validate"];

/// What the types above have by the standard library's traits: a method of the type's own would be
/// found instead, or never be found.
pub const OF_TRAITS: [&str; 6] = [
    "clone",
    "clone_from",
    "default",
    "into",
    "to_owned",
    "try_into",
];

/// Variables of the methods that begin a request, beside the arguments.
pub const REQUEST_VARIABLES: [&str; 1] = ["call"];

/// Variables of the function that builds a form, beside the arguments.
pub const FORM_VARIABLES: [&str; 1] = ["form"];

/// What crates are called that every program may know already, which an example is not.
pub(super) const CRATES: [&str; 8] = [
    "alloc",
    "clientsmith_runtime",
    "core",
    "proc_macro",
    "serde_json",
    "std",
    "test",
    "tokio",
];

/// Words that no file is called on some system.
pub(super) const FILES: [&str; 26] = [
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con",
    "conin$", "conout$", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8",
    "lpt9", "nul", "prn",
];

/// What a group's type has beside its operations' methods.
pub(super) fn group_methods() -> Vec<&'static str> {
    [&GROUP[..], &OF_TRAITS].concat()
}
