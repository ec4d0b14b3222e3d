//! The tables a generated crate describes its API with: data only, all of it `'static`.
//!
//! Nothing here knows HTTP. Generated crates fill these in as statics; [`Client`](crate::Client)
//! and [`Call`](crate::Call) read them. Strings come from a vendor's document, so nothing that
//! reads them may assume that they are well formed.

use http::StatusCode;

use crate::validate::Rules;

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
    /// The environment variable that [`ClientBuilder::from_env`](crate::ClientBuilder::from_env)
    /// reads a base URL from.
    pub base_url_env: Option<&'static str>,
    /// Variables in the servers' addresses, each with the environment variable that
    /// [`ClientBuilder::from_env`](crate::ClientBuilder::from_env) reads it from.
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

/// An operation of the document.
#[derive(Debug)]
pub struct Operation {
    /// Its `operationId`, or what stands for it.
    pub id: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path template, `/tokens/{token_id}`.
    pub path: &'static str,
    /// The `Accept` header; empty for none.
    pub accept: &'static str,
    /// Scheme names: any one of the outer list, with all of its inner list. Empty for none. An
    /// empty inner list says that credentials are optional.
    pub security: &'static [&'static [&'static str]],
    /// Servers of its own; empty for the API's.
    pub servers: &'static [Server],
    /// The documented statuses that are answers: successes, and redirects, which are not followed. A
    /// number below ten stands for its hundred.
    pub answers: &'static [u16],
    /// Whether the document describes all other statuses by `default`.
    pub default: bool,
}

impl Operation {
    /// Whether a status is one of those that the document describes as answers.
    pub(crate) fn documents(&self, status: StatusCode) -> bool {
        let code = status.as_u16();
        self.answers
            .iter()
            .any(|answer| *answer == code || *answer == code / 100)
    }

    /// Whether a status is a success: any 2xx, and a redirect that the document describes.
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.documents(status)
    }
}

/// An HTTP method that a document can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is the method of its name")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// Any other, with the capitals that are sent.
    Other(&'static str),
}

impl Method {
    /// The method as it stands in a request.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }

    /// Whether a request of this method may be sent twice (RFC 9110, section 9.2.2). What is not
    /// known of a method is not taken for granted.
    #[must_use]
    pub fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch | Self::Other(_))
    }
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct Param {
    /// Its name on the wire.
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// How its value is laid out.
    pub style: Style,
    /// Whether each item of an array, each member of an object, stands for itself.
    pub explode: bool,
    /// Whether the reserved characters of RFC 3986 go unencoded.
    pub allow_reserved: bool,
    /// Whether an array without items is sent as an empty value, not left out.
    pub allow_empty: bool,
    /// What the document demands of its value.
    pub rules: Rules,
}

impl Param {
    /// A parameter in the path, in the path's usual style.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, Place::Path, Style::Simple)
    }

    /// A parameter in the query, in the query's usual style: exploded form.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, Place::Query, Style::Form).explode(true)
    }

    /// A header, in the headers' usual style.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, Place::Header, Style::Simple)
    }

    /// A cookie, in the cookies' usual style: exploded form.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, Place::Cookie, Style::Form).explode(true)
    }

    /// A place in the JSON body, by its JSON pointer.
    #[must_use]
    pub const fn body(pointer: &'static str) -> Self {
        Self::new(pointer, Place::Body, Style::Json)
    }

    /// The same parameter in another style.
    #[must_use]
    pub const fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// The same parameter, exploded or not.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// The same parameter with the reserved characters of RFC 3986 unencoded.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The same parameter, with an array without items sent as an empty value.
    #[must_use]
    pub const fn allow_empty(mut self) -> Self {
        self.allow_empty = true;
        self
    }

    /// The same parameter with what the document demands of its value.
    #[must_use]
    pub const fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    const fn new(name: &'static str, place: Place, style: Style) -> Self {
        Self {
            name,
            place,
            style,
            explode: false,
            allow_reserved: false,
            allow_empty: false,
            rules: &[],
        }
    }
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the path, at its name in braces.
    Path,
    /// In the query string.
    Query,
    /// A header.
    Header,
    /// In the `Cookie` header.
    Cookie,
    /// In the JSON body, at the JSON pointer that is its name. Only pagination has such
    /// parameters: a cursor that the next request sends in its body.
    Body,
}

/// How a parameter's value is laid out, as the specification's "Style Values" name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `blue,black,brown`
    Simple,
    /// `.blue,black,brown`
    Label,
    /// `;color=blue,black,brown`
    Matrix,
    /// `color=blue,black,brown`
    Form,
    /// `color=blue%20black%20brown`
    SpaceDelimited,
    /// `color=blue%7Cblack%7Cbrown`
    PipeDelimited,
    /// `color%5BR%5D=100`
    DeepObject,
    /// The value's JSON text: a parameter that the document gives a `content` instead of a
    /// schema.
    Json,
}
