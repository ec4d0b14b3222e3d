//! The environment variables that credentials are read from, where the configuration names none.
//!
//! They begin with the crate's name, and no word is said twice: the scheme `acmeAuth` of `acme` is
//! `ACME_AUTH`, and `ApiKeyAuth` is `ACME_API_KEY`. Where two schemes would meet, both keep all their
//! words.

use std::collections::BTreeMap;

use super::Config;
use crate::model::SchemeKind;

impl Config {
    /// The variables of all schemes, in their order: the configured ones, or one made from the
    /// crate's name and the scheme's for each part of the credential.
    #[must_use]
    pub fn credential_envs<'s>(
        &self,
        schemes: impl Iterator<Item = (&'s str, &'s SchemeKind)>,
    ) -> Vec<Vec<String>> {
        let schemes: Vec<_> = schemes.collect();
        let configured = |name: &str| {
            let setting = self.credentials.get(name)?;
            (!setting.env.is_empty()).then(|| setting.env.clone())
        };
        let prefix = self.env_prefix();
        let full = |name: &str| format!("{prefix}_{}", env_word(name));
        let variables = |stem: &str, kind: &SchemeKind| -> Vec<String> {
            let variables = kind.facts().variables.iter();
            variables
                .map(|variable| format!("{stem}{}", variable.suffix))
                .collect()
        };
        let short: Vec<Vec<String>> = schemes
            .iter()
            .map(|(name, kind)| {
                let short = || variables(&joined(&prefix, &env_word(name), kind), kind);
                configured(name).unwrap_or_else(short)
            })
            .collect();
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        let servers = self.server_variables.values().cloned();
        let others: Vec<String> = servers.chain([self.base_url_env()]).collect();
        for name in short.iter().flatten().chain(&others) {
            *uses.entry(name).or_default() += 1;
        }
        let meets = |names: &[String]| {
            names
                .iter()
                .any(|name| uses.get(name.as_str()).is_some_and(|count| *count > 1))
        };
        let all = schemes.iter().zip(&short);
        all.map(|((name, kind), short)| match configured(name) {
            None if meets(short) => variables(&full(name), kind),
            _ => short.clone(),
        })
        .collect()
    }

    /// The environment variable that overrides the server's address.
    #[must_use]
    pub fn base_url_env(&self) -> String {
        self.base_url_env
            .clone()
            .unwrap_or_else(|| format!("{}_BASE_URL", self.env_prefix()))
    }

    /// The crate's name without what only says that it is a client.
    fn env_prefix(&self) -> String {
        let name = self.crate_name.as_str();
        env_word(name.strip_suffix("-client").unwrap_or(name))
    }
}

/// The crate's name and the scheme's, no word of the former twice, and without `AUTH` after what is
/// a credential by its own word.
fn joined(prefix: &str, scheme: &str, kind: &SchemeKind) -> String {
    let before: Vec<&str> = prefix.split('_').collect();
    let words: Vec<&str> = scheme.split('_').collect();
    // `ACME` and `ACME_KEY`, `ACME_V2` and `ACME_KEY`: from the beginning. `ACME_API` and `API_KEY`:
    // from the end.
    let alike = before.iter().zip(&words);
    let from_start = alike.take_while(|(one, other)| one == other).count();
    let overlap = (1..=before.len().min(words.len())).rev().find(|count| {
        before
            .iter()
            .rev()
            .take(*count)
            .rev()
            .eq(words.iter().take(*count))
    });
    let skipped = from_start.max(overlap.unwrap_or(0));
    let mut words: Vec<&str> = words.into_iter().skip(skipped).collect();
    if let [
        ..,
        "KEY" | "TOKEN" | "SECRET",
        "AUTH" | "AUTHENTICATION" | "AUTHORIZATION",
    ] = words.as_slice()
    {
        words.pop();
    }
    if words.is_empty() {
        words.extend(kind.facts().stem);
    }
    let all: Vec<&str> = before.into_iter().chain(words).collect();
    all.join("_")
}

fn env_word(name: &str) -> String {
    let word = heck::AsShoutySnakeCase(name.replace("OAuth", "Oauth")).to_string();
    let plain: String = word
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    if plain.is_empty() {
        "CREDENTIAL".to_owned()
    } else {
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::{Config, SchemeKind};
    use crate::model::ApiKeyLocation;

    fn key() -> SchemeKind {
        SchemeKind::ApiKey {
            place: ApiKeyLocation::Header,
            name: "X-Key".to_owned(),
        }
    }

    fn of(crate_name: &str, schemes: &[(&str, SchemeKind)]) -> Vec<String> {
        let config = Config::named(crate_name);
        let schemes = schemes.iter().map(|(name, kind)| (*name, kind));
        config.credential_envs(schemes).concat()
    }

    #[test]
    fn no_word_is_said_twice() {
        for (crate_name, scheme, kind, expected) in [
            ("acme-client", "acmeAuth", SchemeKind::Bearer, "ACME_AUTH"),
            ("acme-client", "ApiKeyAuth", key(), "ACME_API_KEY"),
            ("acme", "token_auth", SchemeKind::Bearer, "ACME_TOKEN"),
            ("acme", "BearerAuth", SchemeKind::Bearer, "ACME_BEARER_AUTH"),
            ("acme-api", "apiKey", key(), "ACME_API_KEY"),
            ("acme-v2-client", "acmeKey", key(), "ACME_V2_KEY"),
            ("acme", "acme", SchemeKind::Bearer, "ACME_TOKEN"),
            ("acme", "ACME", key(), "ACME_API_KEY"),
            ("acme", "auth", SchemeKind::Bearer, "ACME_AUTH"),
            ("acme", "\u{30ad}\u{30fc}", key(), "ACME_CREDENTIAL"),
        ] {
            assert_eq!(of(crate_name, &[(scheme, kind)]), [expected], "{scheme}");
        }
        assert_eq!(
            of("acme", &[("acme", SchemeKind::Basic)]),
            ["ACME_USERNAME", "ACME_PASSWORD"]
        );
    }

    #[test]
    fn those_that_would_meet_keep_all_their_words() {
        assert_eq!(
            of(
                "acme",
                &[
                    ("ApiKey", key()),
                    ("ApiKeyAuth", key()),
                    ("other", SchemeKind::Bearer)
                ]
            ),
            ["ACME_API_KEY", "ACME_API_KEY_AUTH", "ACME_OTHER"]
        );
        assert_eq!(
            of("acme", &[("acme_base_url", key())]),
            ["ACME_ACME_BASE_URL"]
        );
    }
}
