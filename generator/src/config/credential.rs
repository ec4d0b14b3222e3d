//! What a configuration says of credentials: where one comes from, and how one travels that the
//! document does not have, or has wrong.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};

use crate::model::{ApiKeyLocation, SchemeKind};

/// What a configuration says of one security scheme.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CredentialSetting {
    /// The environment variables of its parts; empty for those made from its name.
    pub env: Vec<String>,
    /// How it travels, where the document does not say so, or not rightly.
    pub kind: Option<SchemeKind>,
    /// Where tokens are fetched by client credentials.
    pub token_url: Option<String>,
    /// What callers read of it.
    pub description: Option<String>,
}

impl<'de> Deserialize<'de> for CredentialSetting {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SettingVisitor)
    }
}

/// By hand, so that a misspelt key is told by its name.
struct SettingVisitor;

impl<'de> Visitor<'de> for SettingVisitor {
    type Value = CredentialSetting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an environment variable, a list of them, or a table that says how it travels")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(CredentialSetting {
            env: vec![name.to_owned()],
            ..CredentialSetting::default()
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        let env = Vec::deserialize(SeqAccessDeserializer::new(list))?;
        Ok(CredentialSetting {
            env,
            ..CredentialSetting::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Self::Value, A::Error> {
        let table = Table::deserialize(MapAccessDeserializer::new(table))?;
        table.setting().map_err(serde::de::Error::custom)
    }
}

/// The table of one scheme, key by key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    #[serde(rename = "type")]
    kind: Option<KindName>,
    env: Option<OneOrMany>,
    #[serde(rename = "in")]
    place: Option<ApiKeyLocation>,
    name: Option<String>,
    scheme: Option<String>,
    token_url: Option<String>,
    description: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KindName {
    Bearer,
    Basic,
    Http,
    ApiKey,
    Oauth2,
}

/// A name, or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Table {
    fn setting(self) -> Result<CredentialSetting, String> {
        let kind = self.kind;
        let only_of = |of: KindName, key: &str, word: &str| {
            if kind == Some(of) {
                return Ok(());
            }
            Err(format!(
                "`{key}` says something of `type = \"{word}\"` only"
            ))
        };
        if self.place.is_some() || self.name.is_some() {
            let key = if self.name.is_some() { "name" } else { "in" };
            only_of(KindName::ApiKey, key, "api-key")?;
        }
        if self.scheme.is_some() {
            only_of(KindName::Http, "scheme", "http")?;
        }
        if self.token_url.is_some() && kind.is_some() {
            only_of(KindName::Oauth2, "token-url", "oauth2")?;
        }
        let lacks = |key: &str, word: &str| format!("`type = \"{word}\"` needs `{key}`");
        let travels = match kind {
            None => None,
            Some(KindName::Bearer) => Some(SchemeKind::Bearer),
            Some(KindName::Basic) => Some(SchemeKind::Basic),
            Some(KindName::Http) => Some(SchemeKind::HttpOther(
                self.scheme.ok_or_else(|| lacks("scheme", "http"))?,
            )),
            Some(KindName::ApiKey) => Some(SchemeKind::ApiKey {
                place: self.place.unwrap_or(ApiKeyLocation::Header),
                name: self.name.ok_or_else(|| lacks("name", "api-key"))?,
            }),
            Some(KindName::Oauth2) => Some(SchemeKind::OAuth2 {
                client_credentials: self.token_url.clone(),
            }),
        };
        Ok(CredentialSetting {
            env: match self.env {
                None => Vec::new(),
                Some(OneOrMany::One(name)) => vec![name],
                Some(OneOrMany::Many(names)) => names,
            },
            kind: travels,
            token_url: self.token_url,
            description: self.description,
        })
    }
}
