//! A vendor's `clientsmith.toml`: the facts that the document does not hold.
//!
//! ```toml
//! crate = "example-client"
//! upstream = "https://example.com/openapi.yaml"
//! base-url-env = "EXAMPLE_BASE_URL"
//!
//! idempotency-key = "X-Deposit-Id"  # the header by which the server knows a call sent twice, where
//!                                   # its name does not say so; false: there is none
//!
//! # Which credentials the operations take that say nothing of it: one of the outer list, all of its
//! # inner list. Unless set, any one of those declared below.
//! security = [["Token"], ["KeyId", "KeySecret"]]
//!
//! [credentials]
//! ApiKeyAuth = "EXAMPLE_API_KEY"    # the environment variable of a security scheme
//! Token = { type = "bearer", env = "EXAMPLE_TOKEN" }    # a scheme that the document does not have
//! KeyId = { type = "api-key", in = "header", name = "X-Key-Id" }    # in: header, query, cookie
//! KeySecret = { type = "api-key", name = "X-Key-Secret", description = "From the settings page." }
//! Login = { type = "basic", env = ["EXAMPLE_USER", "EXAMPLE_PASSWORD"] }
//! Legacy = { type = "http", scheme = "Token" }          # Authorization: Token …
//! App = { type = "oauth2", token-url = "https://example.com/token" }    # client credentials
//!
//! [server-variables]
//! region = "EXAMPLE_REGION"         # the environment variable of a variable in the servers' addresses
//!
//! [formats]
//! int32 = "i64"                     # the type that every schema of a format gets (`ScalarName`)
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
//!
//! [naming]                          # each is true unless it is said otherwise
//! strip-tag = false                 # methods keep the words of their tag
//! path-groups = false               # operations without a tag stand in one group
//! verbs = false                     # ids made of method and path stay as they are
//! strip-prefix = false              # schemas keep the words with which most of them begin
//! shared-types = false              # types that say the same under one field's name stay apart
//! short-types = false               # types without a name of their own have all words on the way to them
//!
//! [pagination]                      # where the recognised way is not the right one
//! "#/paths/~1jobs/get" = false             # no list in pages
//! "#/paths/~1logs/get" = { cursor = "from_id", next = "/meta/next_id", items = "/logs" }
//! "#/paths/~1search/post" = { cursor = "/page/cursor", next = "/cursor" }    # in the JSON body
//! "#/paths/~1users/get" = { offset = "skip", total = "/total" }
//! "#/paths/~1teams/get" = { page = "p", first = 0, more = "/has_more" }
//! "#/paths/~1orgs/get" = { next-link = "/links/next" }     # or link-header = true
//! ```

mod credential;
mod environment;
mod scalar_name;

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Unexpected, Visitor};

pub use self::credential::CredentialSetting;
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::PageRule;
pub use scalar_name::ScalarName;

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
    /// The header parameter by which the server knows a call that it has seen before.
    #[serde(default)]
    pub idempotency_key: Option<IdempotencySetting>,
    /// Which credentials the operations take that say nothing of it.
    #[serde(default)]
    pub security: Option<Vec<Vec<String>>>,
    /// The environment variables of each security scheme, by the scheme's name, and schemes that the
    /// document does not have.
    #[serde(default)]
    pub credentials: BTreeMap<String, CredentialSetting>,
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
    /// How names are made.
    #[serde(default)]
    pub naming: Naming,
    /// How the pages of operations are followed, by their pointers.
    #[serde(default)]
    pub pagination: BTreeMap<String, PaginationSetting>,
    /// The line of each entry, by its table and its key.
    #[serde(skip)]
    lines: BTreeMap<(&'static str, String), usize>,
}

/// What is done to the document's words to make good names of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Naming {
    /// A method does not repeat the words of its group.
    pub strip_tag: Switch,
    /// Operations without a tag are grouped by the resources in their paths.
    pub path_groups: Switch,
    /// An id that is made of method and path becomes a verb.
    pub verbs: Switch,
    /// A schema loses the words with which most schemas begin.
    pub strip_prefix: Switch,
    /// Types without names of their own that say the same, under fields of one name or with one title,
    /// are one.
    pub shared_types: Switch,
    /// A type without a name of its own gets the fewest words that tell it.
    pub short_types: Switch,
}

/// Whether something is done. It is, unless the configuration says `false`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum Switch {
    /// It is done.
    #[default]
    On,
    /// It is not.
    Off,
}

impl From<bool> for Switch {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

impl Switch {
    /// Whether it is done.
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}

/// The header parameter by which a server knows a call that it has seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdempotencySetting {
    /// `false`: there is none, whatever headers are called.
    Off,
    /// The header of this name.
    Header(String),
}

impl<'de> Deserialize<'de> for IdempotencySetting {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdempotencyVisitor)
    }
}

struct IdempotencyVisitor;

impl Visitor<'_> for IdempotencyVisitor {
    type Value = IdempotencySetting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("false, or the name of a header parameter")
    }

    fn visit_bool<E: serde::de::Error>(self, on: bool) -> Result<Self::Value, E> {
        if on {
            return Err(E::invalid_value(Unexpected::Bool(on), &self));
        }
        Ok(IdempotencySetting::Off)
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(IdempotencySetting::Header(name.to_owned()))
    }
}

/// How the pages of one operation are followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaginationSetting {
    /// `false`: not at all.
    Off,
    /// As this says.
    Rule(Box<PageRule>),
}

impl<'de> Deserialize<'de> for PaginationSetting {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PaginationVisitor)
    }
}

/// By hand, so that a misspelt key is told by its name.
struct PaginationVisitor;

impl<'de> Visitor<'de> for PaginationVisitor {
    type Value = PaginationSetting;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("false, or a table that says how pages are followed")
    }

    fn visit_bool<E: serde::de::Error>(self, on: bool) -> Result<Self::Value, E> {
        if on {
            return Err(E::invalid_value(Unexpected::Bool(on), &self));
        }
        Ok(PaginationSetting::Off)
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<Self::Value, A::Error> {
        PageRule::deserialize(MapAccessDeserializer::new(table))
            .map(|rule| PaginationSetting::Rule(Box::new(rule)))
    }
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

impl Config {
    /// What holds for a crate without a configuration.
    #[must_use]
    pub fn named(crate_name: &str) -> Self {
        Self {
            crate_name: crate_name.to_owned(),
            upstream: None,
            base_url_env: None,
            idempotency_key: None,
            security: None,
            credentials: BTreeMap::new(),
            server_variables: BTreeMap::new(),
            formats: BTreeMap::new(),
            fields: BTreeMap::new(),
            names: BTreeMap::new(),
            naming: Naming::default(),
            pagination: BTreeMap::new(),
            lines: BTreeMap::new(),
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
            Ok(mut config) if is_crate_name(&config.crate_name) => {
                config.lines = lines(text);
                return Ok(config);
            }
            Ok(config) => format!("`{}` is no name of a crate", config.crate_name),
            Err(error) => error.to_string().trim_end().to_owned(),
        };
        let mut diagnostics = Diagnostics::new();
        diagnostics.error(Code::InvalidConfig, Pointer::root(), message);
        Err(diagnostics)
    }

    /// The file and the line of an entry.
    pub(crate) fn place(&self, table: &'static str, entry: &str) -> String {
        let line = self.lines.get(&(table, entry.to_owned()));
        line.map_or_else(
            || FILE_NAME.to_owned(),
            |line| format!("{FILE_NAME}:{line}"),
        )
    }

    /// Says that an entry matches nothing in the document: it has gone stale.
    pub fn stale(&self, table: &'static str, entry: &str, diagnostics: &mut Diagnostics) {
        let place = self.place(table, entry);
        diagnostics
            .error(
                Code::InvalidConfig,
                Pointer::parse(entry).unwrap_or_default(),
                format!(
                    "{place}: `{table}` names `{entry}`, and the document has nothing of the kind"
                ),
            )
            .help("correct the entry, or remove it");
    }
}

/// The lines of the entries that may go stale.
fn lines(text: &str) -> BTreeMap<(&'static str, String), usize> {
    #[derive(Deserialize)]
    struct Tables {
        #[serde(default)]
        credentials: Entries,
        #[serde(default)]
        formats: Entries,
        #[serde(default)]
        fields: Entries,
        #[serde(default)]
        names: Entries,
        #[serde(default)]
        pagination: Entries,
    }
    type Entries = BTreeMap<toml::Spanned<String>, toml::Value>;

    let Ok(tables) = toml::from_str::<Tables>(text) else {
        return BTreeMap::new();
    };
    let line = |key: &toml::Spanned<String>| {
        let before = text.get(..key.span().start).unwrap_or_default();
        before.matches('\n').count() + 1
    };
    [
        ("credentials", tables.credentials),
        ("formats", tables.formats),
        ("fields", tables.fields),
        ("names", tables.names),
        ("pagination", tables.pagination),
    ]
    .into_iter()
    .flat_map(|(table, entries)| {
        let keys = entries.into_keys();
        keys.map(move |key| ((table, key.get_ref().clone()), line(&key)))
    })
    .collect()
}

/// Whether cargo takes this as a package's name.
#[must_use]
pub fn is_crate_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}
