//! The secrets of one call, so that what comes back can be shown without them.
//!
//! A server may echo a credential, in an error page above all. Errors and `Debug` pass what they
//! show of a response through this.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use http::header::{ACCEPT, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderName};

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

/// The values of the caller's own headers that are keys by their names.
pub(crate) fn secrets_in(headers: &HeaderMap) -> Vec<String> {
    // These are in every request and hold none; looking for the signs takes longer than it seems.
    let is_key = |name: &HeaderName| {
        !matches!(*name, ACCEPT | USER_AGENT | CONTENT_TYPE) && is_secret_header(name.as_str())
    };
    let values = headers
        .iter()
        .filter(|(name, _)| is_key(name))
        .map(|(_, value)| value);
    values
        .flat_map(|value| secrets_of(&String::from_utf8_lossy(value.as_bytes())))
        .collect()
}

/// The secrets in a header's value: its words without the first of several, which says what kind it
/// is (`Bearer …`), what cookies hold, and the password of `Basic`.
fn secrets_of(value: &str) -> Vec<String> {
    let mut secrets = Vec::new();
    let (kind, rest) = value.trim().split_once(' ').unwrap_or(("", value.trim()));
    if kind.eq_ignore_ascii_case("basic") {
        let pair = base64::engine::general_purpose::STANDARD.decode(rest.trim());
        let pair = String::from_utf8(pair.unwrap_or_default()).unwrap_or_default();
        secrets.extend(
            pair.split_once(':')
                .map(|(_, password)| password.to_owned()),
        );
    }
    // A first word of a cookie or of a list is no kind.
    let words = if kind.contains([';', ',', '=']) {
        value
    } else {
        rest
    };
    for word in words.split_whitespace() {
        let word = word.trim_matches([';', ',']);
        secrets.push(word.to_owned());
        secrets.extend(word.split_once('=').map(|(_, held)| held.to_owned()));
    }
    secrets
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

/// A text fit for one line of a log: no line break, no control character and nothing that turns
/// the line around, and not too long.
pub(crate) fn line(text: &str) -> String {
    const LONGEST: usize = 300;
    let mut line = String::new();
    let mut count = 0;
    for word in text.split_whitespace() {
        if count > 0 {
            line.push(' ');
            count += 1;
        }
        for c in word.chars() {
            if count >= LONGEST {
                line.push('…');
                return line;
            }
            if c.is_control() || is_layout(c) {
                line.extend(c.escape_unicode());
            } else {
                line.push(c);
            }
            count += 1;
        }
    }
    line
}

/// Characters that are not seen and change how others are.
fn is_layout(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
