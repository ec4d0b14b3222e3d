//! What one generated crate talks to: servers, and the schemes of its credentials.

/// What one generated crate talks to.
#[derive(Debug)]
pub struct Api {
    /// The generated crate's name, the first half of the user agent.
    pub name: &'static str,
    /// The generated crate's version, the second half of the user agent.
    pub version: &'static str,
    /// Where the document comes from: what the addresses of its relative servers are relative to.
    pub document: Option<&'static str>,
    /// The document's servers; the first is the default.
    pub servers: &'static [Server],
    /// The document's security schemes.
    pub schemes: &'static [Scheme],
    /// The environment variable that [`ClientBuilder::from_env`](crate::support::ClientBuilder::from_env)
    /// reads a base URL from.
    pub base_url_env: Option<&'static str>,
    /// Variables in the servers' addresses, each with the environment variable that
    /// [`ClientBuilder::from_env`](crate::support::ClientBuilder::from_env) reads it from.
    pub server_variables_env: &'static [(&'static str, &'static str)],
}

impl Api {
    /// The scheme of this name.
    #[must_use]
    pub fn scheme(&self, name: &str) -> Option<&'static Scheme> {
        let schemes: &'static [Scheme] = self.schemes;
        schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// A server of the document.
#[derive(Debug)]
pub struct Server {
    /// The address, which may hold `{variables}`.
    pub url: &'static str,
    /// What the document says about it.
    pub description: &'static str,
    /// The variables in `url`.
    pub variables: &'static [ServerVariable],
}

/// A variable in a server's address.
#[derive(Debug)]
pub struct ServerVariable {
    /// Its name, without braces.
    pub name: &'static str,
    /// What it is when the caller says nothing.
    pub default: &'static str,
    /// The values that the document allows; empty when any is.
    pub values: &'static [&'static str],
}

/// A security scheme of the document.
#[derive(Debug)]
pub struct Scheme {
    /// Its name in the document, which operations refer to.
    pub name: &'static str,
    /// Where its credential goes.
    pub kind: SchemeKind,
    /// The environment variables that its credential is read from, in the order of its parts
    /// (a user name before its password, a client id before its secret).
    pub env: &'static [&'static str],
}

/// Where a scheme's credential goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A header of this name, the key as it is. `Authorization` is such a name too.
    ApiKeyHeader(&'static str),
    /// A key of this name in the query string.
    ApiKeyQuery(&'static str),
    /// A cookie of this name.
    ApiKeyCookie(&'static str),
    /// `Authorization: Bearer …`, with a token that comes from the caller, from a token source
    /// of the caller's, or from the client credentials flow at `token_url`.
    OAuth2 {
        /// The token endpoint of the client credentials flow, where the document has that flow.
        token_url: Option<&'static str>,
    },
    /// `Authorization: <this scheme> …`
    Other(&'static str),
}
