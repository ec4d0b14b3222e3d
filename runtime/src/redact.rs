//! The secrets of one call, so that what comes back can be shown without them.
//!
//! A server may echo a credential, in an error page above all. Errors and `Debug` pass what they
//! show of a response through this.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;

/// What must not be shown, as it stood on the wire. Cheap to clone.
#[derive(Clone, Default)]
pub(crate) struct Redactions(Arc<[String]>);

/// Shorter texts are not looked for: they would be found by chance, all over the body.
const SHORTEST: usize = 4;

pub(crate) const MARK: &str = "[redacted]";

impl Redactions {
    pub(crate) fn new(mut secrets: Vec<String>) -> Self {
        secrets.retain(|secret| secret.len() >= SHORTEST);
        Self(secrets.into())
    }

    /// The text without the secrets.
    pub(crate) fn apply(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| {
            text.replace(secret.as_str(), MARK)
        })
    }

    /// A value of a generated type, to be shown: the server may have put a secret into any of it.
    pub(crate) fn debug(
        &self,
        value: &dyn fmt::Debug,
        f: &fmt::Formatter<'_>,
    ) -> impl fmt::Debug + use<> {
        let text = if f.alternate() {
            format!("{value:#?}")
        } else {
            format!("{value:?}")
        };
        Shown(self.apply(&text))
    }

    /// The headers, to be shown.
    pub(crate) fn headers<'a>(&'a self, headers: &'a HeaderMap) -> impl fmt::Debug + 'a {
        Headers {
            redactions: self,
            headers,
        }
    }
}

/// A text that is its own `Debug`.
struct Shown(String);

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

struct Headers<'a> {
    redactions: &'a Redactions,
    headers: &'a HeaderMap,
}

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.headers.iter().map(|(name, value)| {
            if value.is_sensitive() || is_sensitive(name.as_str()) {
                return (name.as_str(), MARK.to_owned());
            }
            (
                name.as_str(),
                self.redactions
                    .apply(&String::from_utf8_lossy(value.as_bytes())),
            )
        });
        f.debug_map().entries(shown).finish()
    }
}

/// Whether a name says that what it names is a credential: of a header (`X-Api-Key`), of a member
/// of a body.
pub(crate) fn is_secret_name(name: &str) -> bool {
    is_secret_header(&name.to_ascii_lowercase())
}

/// The same of a name in small letters, as headers have it.
pub(crate) fn is_secret_header(name: &str) -> bool {
    const SIGNS: [&str; 7] = [
        "auth",
        "key",
        "token",
        "secret",
        "cookie",
        "password",
        "credential",
    ];
    SIGNS.iter().any(|sign| name.contains(sign))
}

/// Response headers that hand out credentials.
fn is_sensitive(name: &str) -> bool {
    matches!(
        name,
        "set-cookie" | "authorization" | "authentication-info" | "x-csrf-token"
    )
}
