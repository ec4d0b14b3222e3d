//! Tokens that come from somewhere and expire: OAuth 2, and sources of the caller's own.
//!
//! A token is asked for when it is first needed, kept until shortly before it expires or a server
//! refuses it, and asked for once however many calls wait for it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use crate::client::secret::Secret;
use crate::transport::platform::Instant;
use crate::transport::{BoxError, BoxFuture};

/// Where access tokens come from: a vault, another OAuth 2 flow, `OpenID` Connect, a cloud's
/// metadata service.
///
/// ```
/// use std::time::Duration;
///
/// use clientsmith_runtime::{AccessToken, BoxError, BoxFuture, TokenSource};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl TokenSource for Vault {
///     fn token(&self) -> BoxFuture<Result<AccessToken, BoxError>> {
///         Box::pin(async {
///             let token = std::env::var("VAULT_TOKEN")?;
///             Ok(AccessToken::new(token).expires_in(Duration::from_secs(900)))
///         })
///     }
/// }
/// ```
pub trait TokenSource: fmt::Debug + Send + Sync + 'static {
    /// A token that is good now. The client keeps it as long as it says it is good, and asks
    /// again when a server refuses it.
    fn token(&self) -> BoxFuture<Result<AccessToken, BoxError>>;
}

/// A token, and how long it is good.
#[derive(Debug, Clone)]
pub struct AccessToken {
    secret: Secret,
    lifetime: Option<Duration>,
}

impl AccessToken {
    /// A token that is good until a server refuses it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            lifetime: None,
        }
    }

    /// How long it is good from now; zero for this one call.
    #[must_use]
    pub fn expires_in(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}

/// A source and its last token.
pub(crate) struct Tokens {
    source: Arc<dyn TokenSource>,
    kept: Mutex<Option<Kept>>,
}

struct Kept {
    secret: Secret,
    until: Option<Instant>,
}

/// A token is given up this long before it expires, for it is to arrive while it is good.
const MARGIN: Duration = Duration::from_secs(30);

impl Tokens {
    pub(crate) fn new(source: Arc<dyn TokenSource>) -> Self {
        Self {
            source,
            kept: Mutex::new(None),
        }
    }

    /// A token that is good and is not the refused one. Whoever comes while one is asked for
    /// waits for that one.
    pub(crate) async fn get(&self, refused: Option<&Secret>) -> Result<Secret, BoxError> {
        let mut kept = self.kept.lock().await;
        if let Some(kept) = &*kept
            && Some(&kept.secret) != refused
            && kept.until.is_none_or(|until| Instant::now() < until)
        {
            return Ok(kept.secret.clone());
        }
        *kept = None;
        let asked = Instant::now();
        let AccessToken { secret, lifetime } = self.source.token().await?;
        // Of a short life the margin takes a tenth, else nothing would be left of it.
        let until = lifetime.map(|life| life.saturating_sub(MARGIN.min(life / 10)));
        let until = until.and_then(|life| asked.checked_add(life));
        *kept = Some(Kept {
            secret: secret.clone(),
            until,
        });
        Ok(secret)
    }
}

impl Tokens {
    /// Gives a token up that a server has refused.
    pub(crate) async fn forget(&self, refused: &Secret) {
        let mut kept = self.kept.lock().await;
        if kept.as_ref().is_some_and(|kept| kept.secret == *refused) {
            *kept = None;
        }
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}
