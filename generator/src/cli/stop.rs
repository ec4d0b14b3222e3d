//! Why a command ends early, and what the shell is told.

use std::process::ExitCode;

/// Why a command ends early.
#[derive(Debug)]
pub enum Stop {
    /// A check failed or the document has errors; it has been said already.
    Failed,
    /// The same, to be said.
    Because(String),
    /// The arguments make no sense.
    Usage(String),
}

/// What the program is for, for the help.
pub const ABOUT: &str = "Turns vendor OpenAPI documents into Rust client crates";

/// The exit codes, for the help.
pub const EXIT_CODES: &str =
    "Exit codes: 0 done, 1 a check failed or the document has errors, 2 usage.";

/// Says why a command ended early, and returns what the shell is told: see [`EXIT_CODES`].
#[must_use]
pub fn exit_code(outcome: Result<(), Stop>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Failed) => ExitCode::from(1),
        Err(Stop::Because(message)) => {
            eprintln!("error: {message}");
            ExitCode::from(1)
        }
        Err(Stop::Usage(message)) => {
            eprintln!("error: {message}\n\nFor more information, try '--help'.");
            ExitCode::from(2)
        }
    }
}
