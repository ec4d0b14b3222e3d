//! How diagnostics and numbers are printed.

use crate::diagnostic::render::{self, Colour, Json};
use crate::diagnostic::{Counts, Diagnostics, Severity};
use crate::read::Sources;
use std::io::IsTerminal as _;

/// Prints the diagnostics to stderr, only the errors if the run is quiet.
pub(super) fn print(diagnostics: &Diagnostics, sources: &Sources, quiet: bool) {
    let mut shown = Diagnostics::new();
    for diagnostic in diagnostics {
        if !quiet || diagnostic.severity == Severity::Error {
            shown.push(diagnostic.clone());
        }
    }
    eprint!("{}", render::text(&shown, sources, colour()));
}

/// The diagnostics for the JSON forms.
pub(super) fn json(diagnostics: &Diagnostics, sources: &Sources) -> Vec<Json> {
    render::json(diagnostics, sources)
}

/// "2 errors, 1 warning".
pub(super) fn counted(counts: Counts) -> String {
    format!(
        "{}, {}",
        number(counts.errors, "error"),
        number(counts.warnings, "warning")
    )
}

/// "1 file", "2 files".
#[must_use]
pub fn number(count: usize, of: &str) -> String {
    format!("{count} {of}{}", if count == 1 { "" } else { "s" })
}

fn colour() -> Colour {
    // https://no-color.org: set and not empty.
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if std::io::stderr().is_terminal() && !refused {
        Colour::Always
    } else {
        Colour::Never
    }
}
