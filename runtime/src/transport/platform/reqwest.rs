//! The default transport: reqwest.
//!
//! The only file that names reqwest's client. Redirects and decompression limits are not its
//! business: it is built to follow none, and the body is counted above it.

use std::fmt;
use std::time::Duration;

use crate::build_error::{BuildError, Problem};
use crate::transport::body::{Body, BoxError, ResponseBody};
use crate::transport::error::{TransportError, TransportErrorKind};
use crate::transport::send::{BoxFuture, Direct, Exchanged, Head, Parsed, Transport};

/// What the default transport is built with.
pub(crate) struct Settings {
    connect_timeout: Duration,
    proxies: Vec<reqwest::Proxy>,
}

impl Settings {
    pub(crate) fn new(connect_timeout: Duration) -> Self {
        Self {
            connect_timeout,
            proxies: Vec::new(),
        }
    }

    pub(crate) fn connect_timeout(&mut self, timeout: Duration) {
        self.connect_timeout = timeout;
    }

    pub(crate) fn proxy(&mut self, proxy: reqwest::Proxy) {
        self.proxies.push(proxy);
    }
}

/// A transport over this project's own reqwest client.
pub(crate) fn build(settings: Settings) -> Result<ReqwestTransport, BuildError> {
    let builder = ReqwestTransport::client_builder()?.connect_timeout(settings.connect_timeout);
    let builder = settings
        .proxies
        .into_iter()
        .fold(builder, reqwest::ClientBuilder::proxy);
    let client = builder.build().map_err(|error| Problem::Transport {
        reason: innermost(&error.without_url()),
    })?;
    Ok(ReqwestTransport { client })
}

/// rustls with ring, which builds with a C compiler alone and in a fraction of aws-lc's time, and
/// the platform's own roots. Handed over as a configuration, so that no process-wide default is
/// installed behind the caller's back.
#[cfg(feature = "rustls")]
fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, BuildError> {
    use std::sync::{Arc, OnceLock};

    use rustls_platform_verifier::BuilderVerifierExt;

    /// Reading and parsing the platform's roots takes longer than all else about a client.
    static CONFIG: OnceLock<rustls::ClientConfig> = OnceLock::new();

    if let Some(config) = CONFIG.get() {
        return Ok(builder.tls_backend_preconfigured(config.clone()));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|error| Problem::Transport {
            reason: error.to_string(),
        })?
        .with_no_client_auth();
    // reqwest leaves a configuration of somebody else's as it is.
    config.alpn_protocols = vec![
        #[cfg(feature = "http2")]
        b"h2".to_vec(),
        b"http/1.1".to_vec(),
    ];
    Ok(builder.tls_backend_preconfigured(CONFIG.get_or_init(|| config).clone()))
}

#[cfg(not(feature = "rustls"))]
#[expect(
    clippy::unnecessary_wraps,
    reason = "as the other configuration has it"
)]
fn with_tls(builder: reqwest::ClientBuilder) -> Result<reqwest::ClientBuilder, BuildError> {
    Ok(builder)
}

/// reqwest as a [`Transport`].
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

/// reqwest's own would show default headers and proxies, and keys and passwords in them.
impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReqwestTransport")
    }
}

impl ReqwestTransport {
    /// A reqwest builder as the default transport has it: TLS, no redirects, no delay. Add
    /// proxies, a resolver or a pool to it, build it, and hand it to [`ReqwestTransport::new`] or
    /// the client's builder. With rustls its TLS is a whole configuration, to which reqwest adds
    /// nothing: for certificates of your own, set one with `tls_backend_preconfigured`.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn client_builder() -> Result<reqwest::ClientBuilder, BuildError> {
        let builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // Requests are small and responses awaited: waiting to fill a packet only costs time.
            .tcp_nodelay(true)
            // reqwest's own `Referer` would carry the URL, and a key in its query string.
            .referer(false);
        with_tls(builder)
    }

    /// A transport over a client of the caller's own.
    ///
    /// Start from [`ReqwestTransport::client_builder`], or build it with
    /// `redirect(Policy::none())`: a redirect that reqwest follows by itself takes custom
    /// headers, and so API keys, to whatever host it leads to.
    #[must_use]
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<Exchanged> {
        let this = self.clone();
        Box::pin(async move { this.execute(into_request(request)).await })
    }
}

impl Direct for ReqwestTransport {
    fn send_head(&self, head: Head, body: Body) -> BoxFuture<Exchanged> {
        self.execute(Ok(assemble(head.method, head.url, head.headers, body)))
    }
}

impl ReqwestTransport {
    /// Begins at once: to be called where the future is awaited.
    fn execute(&self, request: Result<reqwest::Request, TransportError>) -> BoxFuture<Exchanged> {
        let ready = request.and_then(|request| {
            if tokio::runtime::Handle::try_current().is_err() {
                let reason = "there is no Tokio runtime on this thread, which reqwest needs";
                return Err(TransportError::new(TransportErrorKind::Other, reason));
            }
            Ok(self.client.execute(request))
        });
        Box::pin(async move {
            let response = ready?.await.map_err(failure)?;
            let response: http::Response<reqwest::Body> = response.into();
            Ok(response.map(ResponseBody::streaming))
        })
    }
}

fn into_request(request: http::Request<Body>) -> Result<reqwest::Request, TransportError> {
    let (mut head, body) = request.into_parts();
    match head.extensions.remove::<Parsed>() {
        Some(Parsed(url)) if head.uri == *url.as_str() => {
            Ok(assemble(head.method, url, head.headers, body))
        }
        _ => http::Request::from_parts(head, into_reqwest(body))
            .try_into()
            .map_err(failure),
    }
}

fn assemble(
    method: http::Method,
    url: url::Url,
    headers: http::HeaderMap,
    body: Body,
) -> reqwest::Request {
    let mut request = reqwest::Request::new(method, url);
    *request.headers_mut() = headers;
    *request.body_mut() = Some(into_reqwest(body));
    request
}

fn into_reqwest(body: Body) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(body),
    }
}

/// reqwest's error, without the URL: its query string may hold a key.
fn failure(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_connect() && error.is_timeout() {
        TransportErrorKind::ConnectTimeout
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_builder() {
        TransportErrorKind::Other
    } else {
        TransportErrorKind::Request
    };
    TransportError::new(kind, BoxError::from(error))
}

fn innermost(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
