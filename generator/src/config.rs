//! A vendor's `clientsmith.toml`: the facts that the document does not hold.
//!
//! ```toml
//! crate = "example-client"
//! upstream = "https://example.com/openapi.yaml"
//! base-url-env = "EXAMPLE_BASE_URL"
//!
//! [credentials]
//! ApiKeyAuth = "EXAMPLE_API_KEY"    # the environment variable of a security scheme
//!
//! [server-variables]
//! region = "EXAMPLE_REGION"         # the environment variable of a variable in the servers' addresses
//!
//! [formats]
//! int32 = "i64"                     # the type that every schema of a format gets
//!
//! [fields."#/components/schemas/Job/properties/ended_at"]
//! type = "string"                   # where the server disagrees with the document
//! required = false
//! nullable = true
//! secret = true                     # shows in no `Debug` output
//!
//! [names]
//! "#/components/schemas/Job" = "Task"      # pins a type's name
//! "#/paths/~1jobs/get" = "list_jobs"       # or an operation's
//! ```

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::{Integer, Scalar, Type, Untyped};

/// The file's name beside the document.
pub const FILE_NAME: &str = "clientsmith.toml";

/// What a maintainer decides about one vendor's crate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// The name of the crate.
    #[serde(rename = "crate")]
    pub crate_name: String,
    /// Where the vendor publishes the document.
    #[serde(default)]
    pub upstream: Option<String>,
    /// The environment variable that overrides the server's address.
    #[serde(default)]
    pub base_url_env: Option<String>,
    /// The environment variable of each security scheme, by the scheme's name.
    #[serde(default)]
    pub credentials: BTreeMap<String, OneOrMany>,
    /// The environment variable of each variable in the servers' addresses, by the latter's name.
    #[serde(default)]
    pub server_variables: BTreeMap<String, String>,
    /// The type of each format, instead of the usual one.
    #[serde(default)]
    pub formats: BTreeMap<String, ScalarName>,
    /// What is otherwise than the document says, by the pointer of the field's schema.
    #[serde(default)]
    pub fields: BTreeMap<String, FieldOverride>,
    /// The names of types and of operations, by their pointers.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
}

/// What is otherwise about one field.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldOverride {
    /// Its type.
    #[serde(default, rename = "type")]
    pub ty: Option<ScalarName>,
    /// Whether its key must be there.
    #[serde(default)]
    pub required: Option<bool>,
    /// Whether it may be null.
    #[serde(default)]
    pub nullable: Option<bool>,
    /// Whether it is hidden in `Debug` output.
    #[serde(default)]
    pub secret: Option<bool>,
}

/// A type without structure, as a configuration names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is the type of its name")]
pub enum ScalarName {
    Bool,
    I32,
    I64,
    U32,
    U64,
    F64,
    String,
    Uuid,
    DateTime,
    Date,
    Time,
    Base64,
    Any,
}

impl ScalarName {
    /// The type in the model.
    #[must_use]
    pub fn ty(self) -> Type {
        Type::Scalar(match self {
            Self::Bool => Scalar::Bool,
            Self::I32 => Scalar::Integer(Integer::I32),
            Self::I64 => Scalar::Integer(Integer::I64),
            Self::U32 => Scalar::Integer(Integer::U32),
            Self::U64 => Scalar::Integer(Integer::U64),
            Self::F64 => Scalar::F64,
            Self::String => Scalar::String,
            Self::Uuid => Scalar::Uuid,
            Self::DateTime => Scalar::DateTime,
            Self::Date => Scalar::Date,
            Self::Time => Scalar::Time,
            Self::Base64 => Scalar::Base64,
            Self::Any => return Type::Any(Untyped::Configured),
        })
    }
}

/// A name, or several of which the first found counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One name.
    One(String),
    /// Several names.
    Many(Vec<String>),
}

impl Config {
    /// What holds for a crate without a configuration.
    #[must_use]
    pub fn named(crate_name: &str) -> Self {
        Self {
            crate_name: crate_name.to_owned(),
            upstream: None,
            base_url_env: None,
            credentials: BTreeMap::new(),
            server_variables: BTreeMap::new(),
            formats: BTreeMap::new(),
            fields: BTreeMap::new(),
            names: BTreeMap::new(),
        }
    }

    /// Reads a configuration.
    ///
    /// # Errors
    ///
    /// The text is no TOML, or says what no configuration says; the message has the line and the
    /// column.
    pub fn parse(text: &str) -> Result<Self, Diagnostics> {
        let config: Result<Self, toml::de::Error> = toml::from_str(text);
        let message = match config {
            Ok(config) if is_crate_name(&config.crate_name) => return Ok(config),
            Ok(config) => format!("`{}` is no name of a crate", config.crate_name),
            Err(error) => error.to_string().trim_end().to_owned(),
        };
        let mut diagnostics = Diagnostics::new();
        diagnostics.error(Code::InvalidConfig, Pointer::root(), message);
        Err(diagnostics)
    }

    /// The environment variables of a security scheme: the configured ones, or one made from the
    /// crate's name and the scheme's.
    #[must_use]
    pub fn credential_env(&self, scheme: &str) -> Vec<String> {
        match self.credentials.get(scheme) {
            Some(OneOrMany::One(name)) => vec![name.clone()],
            Some(OneOrMany::Many(names)) => names.clone(),
            None => vec![format!("{}_{}", self.env_prefix(), env_word(scheme))],
        }
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

/// Whether cargo takes this as a package's name.
#[must_use]
pub fn is_crate_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

fn env_word(name: &str) -> String {
    let word = heck::AsShoutySnakeCase(name).to_string();
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
