//! The kinds of security schemes.
//!
//! A kind is a variant of [`SchemeKind`] and what [`SchemeKind::facts`] says of it; passes, variables
//! of the environment, examples, emission and the dump read that. Beside it stand what makes one of a
//! document (`lower/security.rs`) or of a configuration (`config/credential.rs`), and what sends it, in
//! the runtime's `client/auth`.

use serde::Deserialize;

use super::ParameterLocation;

/// How a credential travels.
#[derive(Debug, Clone, PartialEq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// `Authorization` with another scheme of the HTTP registry.
    HttpOther(String),
    /// The raw key in a header, the query or a cookie.
    ApiKey {
        /// Where it stands.
        place: ApiKeyLocation,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// OAuth 2; the token travels as a bearer token.
    OAuth2 {
        /// The token endpoint of the client-credentials flow, where the document has that flow.
        client_credentials: Option<String>,
    },
    /// `OpenID` Connect; the token travels as a bearer token.
    OpenIdConnect,
    /// TLS client certificates: nothing travels in the request.
    MutualTls,
}

/// What all stages know of a kind.
#[derive(Debug, Clone, Copy)]
pub struct SchemeFacts<'a> {
    /// What the dump of the model calls it.
    pub word: &'static str,
    /// What the dump says after that word.
    pub detail: Option<&'a str>,
    /// The environment variables that it is read from unless others are configured.
    pub variables: &'static [Variable],
    /// What their names end with where the scheme's name adds nothing to the crate's.
    pub stem: &'static [&'static str],
    /// What travels in a request, where anything does.
    pub sent: Option<Credential<'a>>,
    /// Where tokens are fetched that need not be given, where it has any.
    pub tokens: Option<TokenUrl>,
    /// The variant of the runtime's `SchemeKind`.
    pub runtime: &'static str,
    /// What that variant holds.
    pub runtime_holds: RuntimeArgument<'a>,
}

/// An environment variable of a credential.
#[derive(Debug)]
pub struct Variable {
    /// What follows the name of the scheme.
    pub suffix: &'static str,
    /// What it holds, before the name of the scheme.
    pub holds: &'static str,
}

const fn variable(suffix: &'static str, holds: &'static str) -> Variable {
    Variable { suffix, holds }
}

/// What travels in a request.
#[derive(Debug, Clone, Copy)]
pub struct Credential<'a> {
    /// How callers give it.
    pub setter: &'static Setter,
    /// How it is sent, for those who read of the setter.
    pub how: &'static str,
    /// The name that `how` ends with.
    pub name: Option<&'a str>,
    /// Where it stands.
    pub placement: Placement<'a>,
}

/// How callers give a credential.
#[derive(Debug)]
pub struct Setter {
    /// The method of the runtime's builder.
    pub function: &'static str,
    /// Its arguments, after the name of the scheme.
    pub arguments: &'static [Argument],
    /// What is sent where each of them is [`SECRET`].
    pub sample: &'static str,
}

/// What every argument is in generated tests.
pub const SECRET: &str = "secret";

/// An argument of a setter, by its name.
#[derive(Debug, Clone, Copy)]
pub enum Argument {
    /// A text.
    Text(&'static str),
    /// What is kept from logs.
    Secret(&'static str),
}

/// Where a credential stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement<'a> {
    /// In `Authorization`, as any bearer token.
    Bearer,
    /// In `Authorization`, after this word.
    Authorization(&'a str),
    /// At this place, under this name.
    Key(ApiKeyLocation, &'a str),
}

/// Where tokens are fetched by client credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenUrl {
    /// Where the document says.
    Known,
    /// Where the caller says.
    Asked,
}

/// What a variant of the runtime's `SchemeKind` holds.
#[derive(Debug, Clone, Copy)]
pub enum RuntimeArgument<'a> {
    /// Nothing.
    Nothing,
    /// A text.
    Text(&'a str),
    /// The field `token_url`.
    TokenUrl(Option<&'a str>),
}

impl SchemeKind {
    /// What all stages know of it.
    #[must_use]
    pub fn facts(&self) -> SchemeFacts<'_> {
        match self {
            Self::Bearer => BEARER,
            Self::Basic => BASIC,
            Self::HttpOther(scheme) => http_other(scheme),
            Self::ApiKey { place, name } => api_key(*place, name),
            Self::OAuth2 { client_credentials } => oauth2(client_credentials.as_deref()),
            Self::OpenIdConnect => OPEN_ID_CONNECT,
            Self::MutualTls => MUTUAL_TLS,
        }
    }

    /// The kind of a scheme of HTTP. Their names compare without case (RFC 9110, section 11.1).
    #[must_use]
    pub fn of_http(scheme: &str) -> Self {
        match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Self::Bearer,
            "basic" => Self::Basic,
            _ => Self::HttpOther(scheme.to_owned()),
        }
    }

    /// The same with an address where tokens are fetched, if it has tokens that are.
    #[must_use]
    pub fn with_token_url(&self, url: &str) -> Option<Self> {
        self.facts().tokens.map(|_| Self::OAuth2 {
            client_credentials: Some(url.to_owned()),
        })
    }

    /// Whether a token travels as `Authorization: Bearer …`.
    #[must_use]
    pub fn is_bearer_token(&self) -> bool {
        let sent = self.facts().sent;
        sent.is_some_and(|sent| sent.placement == Placement::Bearer)
    }
}

const TOKEN: &[&str] = &["TOKEN"];
const ONE_VARIABLE: &[Variable] = &[variable("", "the credential")];
const ONE_SECRET: &Setter = &Setter {
    function: "credential",
    arguments: &[Argument::Secret("secret")],
    sample: SECRET,
};
const BEARER_TOKEN: Option<Credential<'static>> = Some(Credential {
    setter: ONE_SECRET,
    how: "sent as a bearer token",
    name: None,
    placement: Placement::Bearer,
});

const BEARER: SchemeFacts<'static> = SchemeFacts {
    word: "bearer",
    detail: None,
    variables: ONE_VARIABLE,
    stem: TOKEN,
    sent: BEARER_TOKEN,
    tokens: None,
    runtime: "Bearer",
    runtime_holds: RuntimeArgument::Nothing,
};

const BASIC: SchemeFacts<'static> = SchemeFacts {
    word: "basic",
    detail: None,
    variables: &[
        variable("_USERNAME", "the user name of"),
        variable("_PASSWORD", "the password of"),
    ],
    stem: &[],
    sent: Some(Credential {
        setter: &Setter {
            function: "basic",
            arguments: &[Argument::Text("username"), Argument::Secret("password")],
            // `secret:secret` in base64.
            sample: "c2VjcmV0OnNlY3JldA==",
        },
        how: "sent as user name and password",
        name: None,
        placement: Placement::Authorization("Basic"),
    }),
    tokens: None,
    runtime: "Basic",
    runtime_holds: RuntimeArgument::Nothing,
};

fn http_other(scheme: &str) -> SchemeFacts<'_> {
    SchemeFacts {
        word: "http",
        detail: Some(scheme),
        variables: ONE_VARIABLE,
        stem: TOKEN,
        sent: Some(Credential {
            setter: ONE_SECRET,
            how: "sent in `Authorization` with the scheme",
            name: Some(scheme),
            placement: Placement::Authorization(scheme),
        }),
        tokens: None,
        runtime: "Other",
        runtime_holds: RuntimeArgument::Text(scheme),
    }
}

fn api_key(place: ApiKeyLocation, name: &str) -> SchemeFacts<'_> {
    let of_place = place.facts();
    SchemeFacts {
        word: of_place.parameter.as_str(),
        detail: Some(name),
        variables: ONE_VARIABLE,
        stem: &["API", "KEY"],
        sent: Some(Credential {
            setter: ONE_SECRET,
            how: of_place.how,
            name: Some(name),
            placement: Placement::Key(place, name),
        }),
        tokens: None,
        runtime: of_place.runtime,
        runtime_holds: RuntimeArgument::Text(name),
    }
}

fn oauth2(token_url: Option<&str>) -> SchemeFacts<'_> {
    let (variables, stem, tokens) = match token_url {
        Some(_) => (CLIENT, &[][..], TokenUrl::Known),
        None => (ONE_VARIABLE, TOKEN, TokenUrl::Asked),
    };
    SchemeFacts {
        word: "oauth2",
        detail: Some(token_url.unwrap_or("-")),
        variables,
        stem,
        sent: BEARER_TOKEN,
        tokens: Some(tokens),
        runtime: "OAuth2",
        runtime_holds: RuntimeArgument::TokenUrl(token_url),
    }
}

const CLIENT: &[Variable] = &[
    variable("_CLIENT_ID", "the client's id for"),
    variable("_CLIENT_SECRET", "the client's secret for"),
];

const OPEN_ID_CONNECT: SchemeFacts<'static> = SchemeFacts {
    word: "openid",
    detail: None,
    variables: ONE_VARIABLE,
    stem: TOKEN,
    sent: BEARER_TOKEN,
    tokens: Some(TokenUrl::Asked),
    runtime: "Bearer",
    runtime_holds: RuntimeArgument::Nothing,
};

const MUTUAL_TLS: SchemeFacts<'static> = SchemeFacts {
    word: "mutual-tls",
    detail: None,
    variables: ONE_VARIABLE,
    stem: TOKEN,
    sent: None,
    tokens: None,
    runtime: "Other",
    runtime_holds: RuntimeArgument::Text(""),
};

/// Where an API key stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ApiKeyLocation {
    /// A header.
    Header,
    /// The query string.
    Query,
    /// A cookie.
    Cookie,
}

/// What all stages know of a place for API keys.
#[derive(Debug)]
pub struct ApiKeyLocationFacts {
    /// Where parameters stand that stand there.
    pub parameter: ParameterLocation,
    /// What generated tests call it.
    pub exchange: &'static str,
    /// How a key there is sent.
    how: &'static str,
    /// The variant of the runtime's `SchemeKind`.
    runtime: &'static str,
}

impl ApiKeyLocation {
    /// What all stages know of it.
    #[must_use]
    pub const fn facts(self) -> &'static ApiKeyLocationFacts {
        match self {
            Self::Header => &ApiKeyLocationFacts {
                parameter: ParameterLocation::Header,
                exchange: "headers",
                how: "sent in the header",
                runtime: "ApiKeyHeader",
            },
            Self::Query => &ApiKeyLocationFacts {
                parameter: ParameterLocation::Query,
                exchange: "query",
                how: "sent in the query parameter",
                runtime: "ApiKeyQuery",
            },
            Self::Cookie => &ApiKeyLocationFacts {
                parameter: ParameterLocation::Cookie,
                exchange: "cookies",
                how: "sent in the cookie",
                runtime: "ApiKeyCookie",
            },
        }
    }
}
