//! Patterns, compiled once each when they are first used.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regress::Regex;

/// Compiled patterns are cheap to share and dear to make. `None` is a pattern that does not compile:
/// the generator has said so, and it is not checked.
static COMPILED: LazyLock<Mutex<HashMap<&'static str, Option<&'static Regex>>>> =
    LazyLock::new(Mutex::default);

/// Whether the pattern is found in the text.
pub(super) fn is_match(pattern: &'static str, text: &str) -> bool {
    let compiled = {
        let mut known = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        // There are as many as the crate's tables hold; they live as long as those.
        *known
            .entry(pattern)
            .or_insert_with(|| compile(pattern).map(|regex| &*Box::leak(Box::new(regex))))
    };
    compiled.is_none_or(|regex| regex.find(text).is_some())
}

/// With Unicode's rules where the pattern keeps to them; many do not and escape a `-`.
fn compile(pattern: &str) -> Option<Regex> {
    Regex::with_flags(pattern, "u")
        .or_else(|_| Regex::new(pattern))
        .ok()
}
