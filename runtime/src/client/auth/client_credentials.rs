//! OAuth 2's client credentials flow (RFC 6749, section 4.4), as a token source.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, StatusCode};
use serde_json::Value;
use url::Url;

use super::token::{AccessToken, TokenSource};
use crate::client::secret::Secret;
use crate::encode::percent;
use crate::transport::{Body, BoxError, BoxFuture, ResponseBody, Transport};

/// Token responses are small; more than this is something else.
const MAX_BODY: usize = 64 * 1024;

/// Who asks, and for what.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    /// Where tokens are fetched, where that is not where the document says.
    pub(crate) token_url: Option<String>,
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
    pub(crate) scopes: Vec<String>,
}

/// A token endpoint.
pub(crate) struct ClientCredentials {
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) token_url: Url,
    pub(crate) grant: Grant,
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientCredentials")
            .field("token_url", &self.token_url.as_str())
            .field("grant", &self.grant)
            .finish_non_exhaustive()
    }
}

impl TokenSource for ClientCredentials {
    fn token(&self) -> BoxFuture<Result<AccessToken, BoxError>> {
        let transport = Arc::clone(&self.transport);
        let request = self.request();
        Box::pin(async move {
            let (head, body) = transport.send(request?).await?.into_parts();
            let body = read(body).await?;
            token(head.status, &body)
        })
    }
}

impl ClientCredentials {
    fn request(&self) -> Result<Request<Body>, BoxError> {
        let Grant {
            client_id,
            client_secret,
            scopes,
            ..
        } = &self.grant;
        let mut form = "grant_type=client_credentials".to_owned();
        if !scopes.is_empty() {
            form.push_str("&scope=");
            form.extend(percent::strict(&scopes.join(" ")));
        }
        // Section 2.3.1: both halves are form-encoded before they are joined.
        let (id, secret) = (
            percent::strict(client_id),
            percent::strict(client_secret.expose()),
        );
        let pair = base64::engine::general_purpose::STANDARD.encode(format!("{id}:{secret}"));
        let mut authorization = HeaderValue::from_str(&format!("Basic {pair}"))?;
        authorization.set_sensitive(true);
        let request = Request::builder()
            .method(Method::POST)
            .uri(self.token_url.as_str())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .header(AUTHORIZATION, authorization);
        Ok(request.body(form.into())?)
    }
}

async fn read(mut body: ResponseBody) -> Result<Vec<u8>, BoxError> {
    let mut whole = Vec::new();
    while let Some(chunk) = body.chunk().await? {
        whole.extend_from_slice(&chunk);
        if whole.len() > MAX_BODY {
            return Err("the token endpoint's response is too large".into());
        }
    }
    Ok(whole)
}

fn token(status: StatusCode, body: &[u8]) -> Result<AccessToken, BoxError> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |key: &str| body.get(key).and_then(Value::as_str);
    if !status.is_success() {
        // Section 5.2. Nothing else of the response is shown: it is about a secret.
        let error = text("error").unwrap_or("no reason given");
        return Err(format!("the token endpoint answered {status}: {error}").into());
    }
    let Some(secret) = text("access_token") else {
        return Err("the token endpoint's response holds no `access_token`".into());
    };
    // Some endpoints quote the number.
    let lifetime = body.get("expires_in").and_then(|seconds| match seconds {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    });
    let lifetime = lifetime.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let token = AccessToken::new(secret);
    Ok(match lifetime {
        Some(lifetime) => token.expires_in(lifetime),
        None => token,
    })
}
