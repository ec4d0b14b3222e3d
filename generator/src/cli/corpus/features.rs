//! Which sets of a crate's features are checked one by one: additive features mean that any set of
//! them compiles, and a set without the others shows what refers to what is not there.

use serde::{Deserialize, Serialize};

use super::select::sample;

/// How many pairs of features are tried at most.
const PAIRS: usize = 10;

/// How a crate's sets of features went.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Features {
    /// The sets that were tried.
    pub tried: usize,
    /// Those that the compiler said anything of.
    pub failed: usize,
    /// The sets that failed, as cargo takes them.
    #[serde(default)]
    pub failures: Vec<String>,
}

/// The groups of a crate, as its manifest has them: the features that turn on nothing
/// of the runtime.
#[must_use]
pub fn groups(manifest: &str) -> Vec<String> {
    let Ok(manifest) = manifest.parse::<toml::Table>() else {
        return Vec::new();
    };
    let features = manifest.get("features").and_then(toml::Value::as_table);
    let groups = features.into_iter().flatten().filter(|(name, implied)| {
        let implied = implied.as_array().into_iter().flatten();
        let mut implied = implied.filter_map(toml::Value::as_str);
        implied.all(|implied| !implied.contains('/')) && name.as_str() != "default"
    });
    groups.map(|(name, _)| name.clone()).collect()
}

/// The sets to try: none, all, each alone, without TLS and with it, and some pairs. Where `most` is
/// less than the groups there are, which are tried alone is drawn by the seed.
#[must_use]
pub fn sets(groups: &[String], most: Option<usize>, seed: u64) -> Vec<String> {
    let mut sets = vec![String::new(), groups.join(",")];
    for group in sample(groups, most.unwrap_or(groups.len()), seed) {
        sets.push(format!("{group},rustls"));
        sets.push(group);
    }
    let pairs = most.unwrap_or(PAIRS).min(PAIRS) as u64;
    let pairs = (0..pairs).map(|pair| sample(groups, 2, seed.wrapping_mul(1000) + pair).join(","));
    sets.extend(pairs);
    let mut known = std::collections::BTreeSet::new();
    sets.retain(|set| known.insert(set.clone()));
    sets
}

#[cfg(test)]
mod tests {
    use super::{groups, sets};

    #[test]
    fn a_group_is_a_feature_that_implies_nothing() {
        let manifest = "[features]\ndefault = []\nrustls = [\"r/rustls\"]\na = []\nb-c = []\n";
        assert_eq!(groups(manifest), ["a", "b-c"]);
        assert!(groups("[package]").is_empty());
    }

    #[test]
    fn each_set_is_tried_once() {
        let groups = ["a", "b"].map(str::to_owned);
        assert_eq!(
            sets(&groups, None, 0),
            ["", "a,b", "a,rustls", "a", "b,rustls", "b"]
        );
        assert_eq!(sets(&[], None, 0), [""]);
        let many: Vec<String> = (0..50).map(|number| format!("f{number}")).collect();
        let some = sets(&many, Some(5), 1);
        assert!(some.len() > 12 && some.len() <= 17, "{some:?}");
        assert_eq!(some, sets(&many, Some(5), 1));
        assert_ne!(some, sets(&many, Some(5), 2));
    }
}
