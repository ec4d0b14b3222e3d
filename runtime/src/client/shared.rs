//! The client that every generated client holds.
//!
//! It is one shared, unchangeable set of tables, settings, credentials and the transport. Calls
//! take a handle to it; nothing in it is generic.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use url::Url;

use super::auth::Credentials;
use super::middleware::Chain;
use super::retry::{Reconnect, RetryPolicy};
use crate::tables::Api;
use crate::transport::{Direct, Transport};

/// A client. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct Client {
    pub(crate) shared: Arc<Shared>,
}

/// What all clones of a client share.
pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    /// Where the API is.
    pub(crate) base: Url,
    /// Whether `base` is the caller's own, which stands above an operation's own servers too.
    pub(crate) base_is_own: bool,
    pub(crate) server_variables: BTreeMap<String, String>,
    pub(crate) credentials: Credentials,
    pub(crate) headers: HeaderMap,
    pub(crate) timeout: Duration,
    pub(crate) idle_timeout: Duration,
    pub(crate) reconnect: Reconnect,
    pub(crate) max_body_bytes: u64,
    /// Whether what only the server sets is sent back to it.
    pub(crate) send_read_only: bool,
    pub(crate) retry: RetryPolicy,
    /// What stands around every request, the transport within.
    pub(crate) chain: Arc<Chain>,
    pub(crate) transport: Arc<dyn Transport>,
    /// The transport once more, where it is one of this crate's own.
    pub(crate) direct: Option<Arc<dyn Direct>>,
}

impl Client {
    /// Where the API is.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.shared.base.as_str()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shared = &*self.shared;
        let headers: Vec<&str> = shared
            .headers
            .keys()
            .map(http::HeaderName::as_str)
            .collect();
        f.debug_struct("Client")
            .field("api", &shared.api.name)
            .field("base_url", &shared.base.as_str())
            .field("credentials", &shared.credentials)
            .field("headers", &headers)
            .field("timeout", &shared.timeout)
            .field("max_body_bytes", &shared.max_body_bytes)
            .field("retry", &shared.retry)
            .field("middleware", &shared.chain.middleware)
            .field("transport", &shared.transport)
            .finish()
    }
}
