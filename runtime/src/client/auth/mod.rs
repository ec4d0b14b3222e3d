//! Credentials: which ones an operation takes, and where they go.
//!
//! A missing credential is an error before anything is sent. Every header that carries one is
//! marked sensitive, and what is put on the wire is remembered in the call's redactions.

mod client_credentials;
mod token;

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use self::client_credentials::ClientCredentials;
pub(crate) use self::client_credentials::Grant;
pub(crate) use self::token::Tokens;
pub use self::token::{AccessToken, TokenSource};
use crate::build_error::{BuildError, Problem, Wanted};
use crate::client::secret::Secret;
use crate::encode::percent;
use crate::error::{CredentialError, Failure};
use crate::tables::{Api, Operation, Scheme, SchemeKind};
use crate::transport::Transport;

/// A credential for one security scheme.
#[derive(Clone)]
pub(crate) enum Credential {
    Secret(Secret),
    Basic {
        username: String,
        password: Secret,
    },
    /// Turned into tokens once the client's transport is known.
    Grant(Grant),
    Tokens(Arc<Tokens>),
}

impl Credential {
    /// The credential that the environment holds for a scheme, if it holds all of it.
    pub(crate) fn from_env(scheme: &Scheme) -> Option<Self> {
        match (scheme.kind, scheme.env) {
            (SchemeKind::Basic, [username, password, ..]) => Some(Self::Basic {
                username: variable(username)?,
                password: variable(password)?.into(),
            }),
            (SchemeKind::OAuth2 { token_url: Some(_) }, [id, secret, ..]) => {
                Some(Self::Grant(Grant {
                    token_url: None,
                    client_id: variable(id)?,
                    client_secret: variable(secret)?.into(),
                    scopes: Vec::new(),
                }))
            }
            (_, [name, ..]) => Some(Self::Secret(variable(name)?.into())),
            (_, []) => None,
        }
    }
}

/// An environment variable that is set to something.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A client's credentials, by scheme.
#[derive(Clone, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Credential)>);

impl Credentials {
    pub(crate) fn get(&self, scheme: &str) -> Option<&Credential> {
        self.0
            .iter()
            .find(|(name, _)| *name == scheme)
            .map(|(_, credential)| credential)
    }

    pub(crate) fn set(&mut self, scheme: &'static str, credential: Credential) {
        self.0.retain(|(name, _)| *name != scheme);
        self.0.push((scheme, credential));
    }

    /// Gives every grant its token endpoint.
    pub(crate) fn connect(
        &mut self,
        api: &'static Api,
        base: &Url,
        transport: &Arc<dyn Transport>,
    ) -> Result<(), BuildError> {
        for (name, credential) in &mut self.0 {
            let Credential::Grant(grant) = credential else {
                continue;
            };
            let bad = |reason| Problem::BadCredential {
                scheme: name,
                reason,
            };
            let of_document = match api.scheme(name).map(|scheme| scheme.kind) {
                Some(SchemeKind::OAuth2 { token_url }) => token_url,
                _ => None,
            };
            let Some(token_url) = grant.token_url.as_deref().or(of_document) else {
                return Err(
                    bad("is for a token endpoint, which the document does not give").into(),
                );
            };
            let token_url = base
                .join(token_url)
                .map_err(|_| bad("has a token endpoint that is no address"))?;
            let transport = Arc::clone(transport);
            let source = ClientCredentials {
                transport,
                token_url,
                grant: grant.clone(),
            };
            *credential = Credential::Tokens(Arc::new(Tokens::new(Arc::new(source))));
        }
        Ok(())
    }
}

/// The names of the schemes, and no more.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

/// A scheme, and the client's credential for it.
pub(crate) type Chosen<'c> = (&'static Scheme, &'c Credential);

/// The credentials that an operation is sent with: those of its first requirement that the
/// client can satisfy whole. No credentials come last, even where the document lists them first.
///
/// A header of the caller's own at the very place of a credential is that credential. Where the
/// document does not define what it needs, any such header or a middleware may be it.
pub(crate) fn choose<'c>(
    api: &'static Api,
    operation: &'static Operation,
    credentials: &'c Credentials,
    own: &HeaderMap,
    has_middleware: bool,
) -> Result<Vec<Chosen<'c>>, BuildError> {
    let mut wanted = Vec::new();
    let mut optional = operation.security.is_empty();
    for together in operation.security {
        if together.is_empty() {
            optional = true;
            continue;
        }
        let mut chosen = Vec::with_capacity(together.len());
        let mut brought = 0;
        for name in *together {
            let Some(scheme) = api.scheme(name) else {
                if has_middleware || own.values().any(HeaderValue::is_sensitive) {
                    return Ok(Vec::new());
                }
                return Err(Problem::UnknownScheme {
                    operation: operation.id,
                    name: (*name).into(),
                }
                .into());
            };
            let credential = credentials.get(name);
            match credential {
                Some(credential) => chosen.push((scheme, credential)),
                None if is_brought(scheme, own) => brought += 1,
                None => {}
            }
        }
        if chosen.len() + brought == together.len() {
            return Ok(chosen);
        }
        let schemes = together.iter().filter_map(|name| api.scheme(name));
        let lacking = schemes.map(|scheme| Wanted {
            scheme: scheme.name,
            env: scheme.env,
            missing: credentials.get(scheme.name).is_none() && !is_brought(scheme, own),
        });
        wanted.push(lacking.collect());
    }
    if optional {
        return Ok(Vec::new());
    }
    Err(Problem::MissingCredential {
        operation: operation.id,
        wanted,
    }
    .into())
}

/// Whether a header of the caller's own stands where a scheme's credential would.
fn is_brought(scheme: &Scheme, own: &HeaderMap) -> bool {
    let value = match scheme.kind {
        SchemeKind::Bearer
        | SchemeKind::Basic
        | SchemeKind::OAuth2 { .. }
        | SchemeKind::Other(_) => own.get(AUTHORIZATION),
        SchemeKind::ApiKeyHeader(name) => own.get(name),
        SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_) => None,
    };
    value.is_some_and(|value| !value.is_empty())
}

/// A credential without the word that is sent before it, where the caller has put that there too.
pub(crate) fn without_kind<'t>(kind: &str, text: &'t str) -> &'t str {
    let begins = text
        .get(..kind.len())
        .is_some_and(|begin| !kind.is_empty() && begin.eq_ignore_ascii_case(kind));
    let rest = text.get(kind.len()..).filter(|_| begins);
    match rest {
        Some(rest) if rest.starts_with(' ') => rest.trim_start_matches(' '),
        _ => text,
    }
}

/// The texts of the chosen credentials, tokens fetched. `refused` are those that a server has
/// just turned down.
pub(crate) async fn ready(chosen: &[Chosen<'_>], refused: &[Ready]) -> Result<Vec<Ready>, Failure> {
    let mut all = Vec::with_capacity(chosen.len());
    for (scheme, credential) in chosen {
        let failed = |source| {
            Failure::Credential(Box::new(CredentialError {
                operation: None,
                scheme: scheme.name,
                source,
            }))
        };
        let mut part = None;
        let (text, expires) = match credential {
            Credential::Secret(secret) => (secret.clone(), false),
            Credential::Basic { username, password } => {
                part = Some(password.clone());
                (basic(scheme, username, password)?, false)
            }
            Credential::Tokens(tokens) => {
                let refused = refused
                    .iter()
                    .find(|ready| ready.scheme.name == scheme.name);
                let token = tokens
                    .get(refused.map(|ready| &ready.text))
                    .await
                    .map_err(failed)?;
                (token, true)
            }
            Credential::Grant(_) => return Err(failed("it has no token endpoint".into())),
        };
        all.push(Ready {
            scheme,
            text,
            part,
            expires,
        });
    }
    Ok(all)
}

/// Gives up the tokens that a server has refused, where they are not to be replaced at once.
pub(crate) async fn forget(chosen: &[Chosen<'_>], refused: &[Ready]) {
    for (scheme, credential) in chosen {
        let used = refused
            .iter()
            .find(|ready| ready.scheme.name == scheme.name);
        if let (Credential::Tokens(tokens), Some(used)) = (credential, used) {
            tokens.forget(&used.text).await;
        }
    }
}

/// A credential as it goes on the wire.
pub(crate) struct Ready {
    scheme: &'static Scheme,
    text: Secret,
    /// The secret that `text` was made of, where it is not the text itself.
    part: Option<Secret>,
    /// Whether there may be another when this one is refused.
    pub(crate) expires: bool,
}

fn basic(scheme: &Scheme, username: &str, password: &Secret) -> Result<Secret, BuildError> {
    if username.contains(':') {
        let reason = "has a user name with a colon in it";
        return Err(Problem::BadCredential {
            scheme: scheme.name,
            reason,
        }
        .into());
    }
    let pair = format!("{username}:{}", password.expose());
    Ok(base64::engine::general_purpose::STANDARD
        .encode(pair)
        .into())
}

/// Puts a credential where its scheme has it, and what was put there among the secrets.
pub(crate) fn apply(
    Ready {
        scheme, text, part, ..
    }: &Ready,
    url: &mut Url,
    headers: &mut HeaderMap,
    secrets: &mut Vec<String>,
) -> Result<(), BuildError> {
    let bad = |reason| Problem::BadCredential {
        scheme: scheme.name,
        reason,
    };
    let kind = match scheme.kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => "Bearer",
        SchemeKind::Other(kind) => kind,
        _ => "",
    };
    let text = without_kind(kind, text.expose());
    if text.chars().any(char::is_control) {
        return Err(bad("has control characters in it").into());
    }
    match scheme.kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } => {
            insert(headers, scheme, AUTHORIZATION, ["Bearer ", text].concat())?;
        }
        SchemeKind::Basic => insert(headers, scheme, AUTHORIZATION, ["Basic ", text].concat())?,
        SchemeKind::Other(kind) => {
            insert(headers, scheme, AUTHORIZATION, format!("{kind} {text}"))?;
        }
        SchemeKind::ApiKeyHeader(name) => {
            let name = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| bad("goes to a header whose name no header can have"))?;
            insert(headers, scheme, name, text)?;
        }
        SchemeKind::ApiKeyCookie(name) => {
            if text.contains([';', ',', ' ', '"']) {
                return Err(bad("has characters in it that a cookie cannot have").into());
            }
            let mut cookies = headers.get(COOKIE).map(|value| value.as_bytes().to_vec());
            if let Some(cookies) = &mut cookies {
                cookies.extend(b"; ");
            }
            let mut cookies = cookies.unwrap_or_default();
            cookies.extend(format!("{name}={text}").into_bytes());
            insert(headers, scheme, COOKIE, &cookies)?;
        }
        SchemeKind::ApiKeyQuery(name) => {
            let value = percent::strict(text).to_string();
            add_to_query(url, name, &value);
            secrets.push(value);
        }
    }
    secrets.extend(part.iter().map(|part| part.expose().to_owned()));
    secrets.push(text.to_owned());
    Ok(())
}

fn insert(
    headers: &mut HeaderMap,
    scheme: &Scheme,
    name: HeaderName,
    value: impl AsRef<[u8]>,
) -> Result<(), BuildError> {
    let mut value = HeaderValue::from_bytes(value.as_ref()).map_err(|_| {
        let reason = "has characters in it that a header cannot have";
        Problem::BadCredential {
            scheme: scheme.name,
            reason,
        }
    })?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

/// Adds a key to the query string, unless a link from the server has it already.
fn add_to_query(url: &mut Url, name: &str, value: &str) {
    if url.query_pairs().any(|(key, _)| key == name) {
        return;
    }
    let before = url.query().filter(|query| !query.is_empty());
    let before = before.map(|query| format!("{query}&")).unwrap_or_default();
    url.set_query(Some(&format!("{before}{}={value}", percent::strict(name))));
}
