//! The builder that every generated builder holds.
//!
//! Generated builders forward to it one line at a time. What is wrong is kept until
//! [`ClientBuilder::build`], so that a chain of setters reads as one.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::auth::{Credential, Credentials, Grant, TokenSource, Tokens, variable, without_kind};
use super::middleware::{Chain, Middleware};
use super::retry::{Reconnect, RetryPolicy};
use super::secret::Secret;
use super::server;
use super::shared::{Client, Shared};
use crate::build_error::{BuildError, Problem};
use crate::tables::{Api, SchemeKind};
use crate::transport::{self, Direct, Transport};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Servers that stream events send a sign of life every few minutes at most.
const IDLE_TIMEOUT: Duration = Duration::from_secs(300);
const TIMEOUT: Duration = Duration::from_secs(60);
const MAX_BODY_BYTES: u64 = 64 * 1024 * 1024;

/// Builds a [`Client`].
pub struct ClientBuilder {
    api: &'static Api,
    base_url: Option<String>,
    server: usize,
    server_variables: BTreeMap<String, String>,
    credentials: Credentials,
    headers: HeaderMap,
    timeout: Duration,
    idle_timeout: Duration,
    max_body_bytes: u64,
    send_read_only: bool,
    retry: RetryPolicy,
    reconnect: Reconnect,
    middleware: Vec<Arc<dyn Middleware>>,
    transport: Option<Arc<dyn Transport>>,
    direct: Option<Arc<dyn Direct>>,
    transport_settings: transport::Settings,
    problem: Option<BuildError>,
}

impl ClientBuilder {
    /// A builder for this API, with its defaults.
    #[must_use]
    pub fn new(api: &'static Api) -> Self {
        let mut builder = Self {
            api,
            base_url: None,
            server: 0,
            server_variables: BTreeMap::new(),
            credentials: Credentials::default(),
            headers: HeaderMap::new(),
            timeout: TIMEOUT,
            idle_timeout: IDLE_TIMEOUT,
            max_body_bytes: MAX_BODY_BYTES,
            send_read_only: false,
            retry: RetryPolicy::default(),
            reconnect: Reconnect::default(),
            middleware: Vec::new(),
            transport: None,
            direct: None,
            transport_settings: transport::Settings::new(CONNECT_TIMEOUT),
            problem: None,
        };
        builder.user_agent(&format!("{}/{}", api.name, api.version));
        builder
    }

    /// Takes what is not set yet from the environment: the variables that the API's schemes name
    /// for their credentials, the one for its base URL, and those for the variables in its
    /// servers' addresses. An empty variable counts as unset.
    pub fn from_env(&mut self) {
        for scheme in self.api.schemes {
            if self.credentials.get(scheme.name).is_none()
                && let Some(credential) = Credential::from_env(scheme)
            {
                self.credentials.set(scheme.name, credential);
            }
        }
        if self.base_url.is_none() {
            self.base_url = self.api.base_url_env.and_then(variable);
        }
        for (name, env) in self.api.server_variables_env {
            if !self.server_variables.contains_key(*name)
                && let Some(value) = variable(env)
            {
                self.server_variables.insert((*name).to_owned(), value);
            }
        }
    }

    /// The credential of a security scheme: a token, a key.
    pub fn credential(&mut self, scheme: &'static str, secret: Secret) {
        self.credentials.set(scheme, Credential::Secret(secret));
    }

    /// The credential of a `basic` security scheme.
    pub fn basic(&mut self, scheme: &'static str, username: String, password: Secret) {
        self.credentials
            .set(scheme, Credential::Basic { username, password });
    }

    /// The client credentials of an OAuth 2 scheme; a token is fetched when it is needed.
    pub fn client_credentials(
        &mut self,
        scheme: &'static str,
        client_id: String,
        client_secret: Secret,
        scopes: Vec<String>,
    ) {
        let grant = Grant {
            token_url: None,
            client_id,
            client_secret,
            scopes,
        };
        self.credentials.set(scheme, Credential::Grant(grant));
    }

    /// The same, with the address that tokens are fetched from, which the document does not give.
    pub fn client_credentials_at(
        &mut self,
        scheme: &'static str,
        token_url: String,
        client_id: String,
        client_secret: Secret,
        scopes: Vec<String>,
    ) {
        let grant = Grant {
            token_url: Some(token_url),
            client_id,
            client_secret,
            scopes,
        };
        self.credentials.set(scheme, Credential::Grant(grant));
    }

    /// A bearer token for every request, whatever the document says: for those that say nothing,
    /// and for all schemes that take one.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "as the setters of schemes take theirs"
    )]
    pub fn bearer_token(&mut self, token: Secret) {
        for scheme in self.api.schemes {
            if matches!(scheme.kind, SchemeKind::Bearer | SchemeKind::OAuth2 { .. }) {
                self.credentials
                    .set(scheme.name, Credential::Secret(token.clone()));
            }
        }
        let token = without_kind("Bearer", token.expose());
        self.default_header(header::AUTHORIZATION.as_str(), &format!("Bearer {token}"));
    }

    /// A key for every request in a header of this name, whatever the document says: for operations
    /// that say nothing, and for the schemes whose key goes there.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "as the setters of schemes take theirs"
    )]
    pub fn api_key_header(&mut self, name: &str, key: Secret) {
        for scheme in self.api.schemes {
            if matches!(scheme.kind, SchemeKind::ApiKeyHeader(own) if own.eq_ignore_ascii_case(name))
            {
                self.credentials
                    .set(scheme.name, Credential::Secret(key.clone()));
            }
        }
        self.default_header(name, key.expose());
    }

    /// Where the tokens of a scheme come from, when neither the document nor the caller has one
    /// for good.
    pub fn token_source(&mut self, scheme: &'static str, source: Arc<dyn TokenSource>) {
        self.credentials
            .set(scheme, Credential::Tokens(Arc::new(Tokens::new(source))));
    }

    /// Another address than the document's, for every operation.
    pub fn base_url(&mut self, url: String) {
        self.base_url = Some(url);
    }

    /// Another of the document's servers than the first.
    pub fn server(&mut self, index: usize) {
        self.server = index;
    }

    /// A variable in the servers' addresses.
    pub fn server_variable(&mut self, name: &str, value: String) {
        self.server_variables.insert(name.to_owned(), value);
    }

    /// How long a call may take, from its start to the last byte of its body; `Duration::MAX` for
    /// as long as it takes. 60 seconds unless set.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = timeout;
    }

    /// How long a response may be silent while it is read as a stream. Five minutes unless set.
    pub fn idle_timeout(&mut self, timeout: Duration) {
        self.idle_timeout = timeout;
    }

    /// How long a connection may take to come about. 10 seconds unless set. Only the default
    /// transport looks at this, and `fetch` on wasm32-unknown-unknown knows no such limit.
    pub fn connect_timeout(&mut self, timeout: Duration) {
        self.transport_settings.connect_timeout(timeout);
    }

    /// The `User-Agent` header. The crate's name and version unless set.
    pub fn user_agent(&mut self, user_agent: &str) {
        self.default_header(header::USER_AGENT.as_str(), user_agent);
    }

    /// A header that every request carries, unless the call has its own of that name.
    pub fn default_header(&mut self, name: &str, value: &str) {
        match header(name, value) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(error) => self.note(error),
        }
    }

    /// How large a response body may be. 64 MiB unless set.
    pub fn max_body_bytes(&mut self, limit: u64) {
        self.max_body_bytes = limit;
    }

    /// Whether fields that only the server sets (`readOnly` in the document) go along in the body of a
    /// request, where a value that was read is sent back. Unless set they are left out, for servers
    /// may refuse them; some want them. Parts of `multipart/form-data` never have them.
    pub fn send_read_only(&mut self, send: bool) {
        self.send_read_only = send;
    }

    /// When calls are tried again.
    pub fn retry(&mut self, policy: RetryPolicy) {
        self.retry = policy;
    }

    /// Whether streams of events go on over a new connection when their own has ended.
    pub fn reconnect(&mut self, reconnect: Reconnect) {
        self.reconnect = reconnect;
    }

    /// Something around every request. The first that is added is the outermost.
    pub fn middleware(&mut self, middleware: Arc<dyn Middleware>) {
        self.middleware.push(middleware);
    }

    /// A transport of the caller's own.
    pub fn transport(&mut self, transport: Arc<dyn Transport>) {
        self.transport = Some(transport);
        self.direct = None;
    }

    /// Builds the client.
    ///
    /// # Errors
    /// When a setting is not usable, or the default transport cannot be set up.
    pub fn build(mut self) -> Result<Client, BuildError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let base_is_own = self.base_url.is_some();
        let base = match &self.base_url {
            Some(url) => server::parse(url)?,
            None => server::resolve(self.api, self.server, &self.server_variables)?,
        };
        let (transport, direct): (Arc<dyn Transport>, _) = match (self.transport, self.direct) {
            (Some(transport), _) => (transport, None),
            (None, Some(direct)) => (Arc::<dyn Direct>::clone(&direct), Some(direct)),
            (None, None) => {
                let direct: Arc<dyn Direct> = Arc::new(transport::build(self.transport_settings)?);
                (Arc::<dyn Direct>::clone(&direct), Some(direct))
            }
        };
        self.credentials.connect(self.api, &base, &transport)?;
        let chain = Chain {
            middleware: self.middleware,
            transport: Arc::clone(&transport),
        };
        let shared = Shared {
            api: self.api,
            base,
            base_is_own,
            server_variables: self.server_variables,
            credentials: self.credentials,
            headers: self.headers,
            timeout: self.timeout,
            idle_timeout: self.idle_timeout,
            max_body_bytes: self.max_body_bytes,
            send_read_only: self.send_read_only,
            retry: self.retry,
            reconnect: self.reconnect,
            chain: Arc::new(chain),
            transport,
            direct,
        };
        Ok(Client {
            shared: Arc::new(shared),
        })
    }

    fn note(&mut self, error: BuildError) {
        self.problem.get_or_insert(error);
    }
}

native! {
    impl ClientBuilder {
        /// A proxy, before those that the environment names. Only the default transport looks at
        /// this.
        pub fn proxy(&mut self, proxy: reqwest::Proxy) {
            self.transport_settings.proxy(proxy);
        }

        /// A reqwest client of the caller's own; see
        /// [`ReqwestTransport::new`](crate::ReqwestTransport::new) on its redirects.
        pub fn reqwest_client(&mut self, client: reqwest::Client) {
            self.direct = Some(Arc::new(transport::ReqwestTransport::new(client)));
            self.transport = None;
        }
    }
}

/// A header of the caller's. Its value is marked sensitive, for it may be a key.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), BuildError> {
    let bad = |reason| Problem::BadHeader {
        name: name.escape_debug().to_string(),
        reason,
    };
    let header_name = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| bad("is not a name that a header can have"))?;
    let mut value = HeaderValue::from_bytes(value.as_bytes())
        .map_err(|_| bad("has a value with control characters"))?;
    value.set_sensitive(header_name != header::USER_AGENT);
    Ok((header_name, value))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &self.api.name)
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
