//! The examples that do not come back equal, one by one, with the reason.

use std::collections::{BTreeMap, BTreeSet};

use clientsmith::diagnostic::Pointer;
use serde::Deserialize;

/// By document, by pointer of the example: the reason.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
struct File(BTreeMap<String, BTreeMap<String, String>>);

/// The list, and what of it was needed.
pub(crate) struct Exceptions {
    listed: File,
    needed: BTreeSet<(String, String)>,
}

impl Exceptions {
    pub(crate) fn load() -> Self {
        let text = include_str!("exceptions.toml");
        let listed: File = toml::from_str(text).expect("a list of exceptions");
        let reasons = listed.0.values().flat_map(BTreeMap::values);
        assert!(
            reasons.clone().all(|reason| reason.len() > 10),
            "each exception has its reason"
        );
        Self {
            listed,
            needed: BTreeSet::new(),
        }
    }

    /// Whether an example is listed, which thereby is needed.
    pub(crate) fn covers(&mut self, document: &str, at: &Pointer) -> bool {
        let at = at.to_string();
        let is_listed = self
            .listed
            .0
            .get(document)
            .is_some_and(|list| list.contains_key(&at));
        if is_listed {
            self.needed.insert((document.to_owned(), at));
        }
        is_listed
    }

    /// The entries of a document that nothing needed.
    pub(crate) fn unneeded(&self, document: &str) -> Vec<String> {
        let listed = self.listed.0.get(document).into_iter().flatten();
        listed
            .filter(|(at, _)| !self.needed.contains(&(document.to_owned(), (*at).clone())))
            .map(|(at, _)| format!("{document} {at}: comes back equal; remove the exception"))
            .collect()
    }
}
