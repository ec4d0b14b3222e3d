//! What can be wrong with a client or a call before anything is sent.
//!
//! Messages name schemes, variables, parameters and headers, never a value: a value may be the
//! secret that was mistyped.

use std::fmt;

use crate::validate::ValidationError;

/// A client or a request that cannot be built. Nothing has been sent.
#[derive(Clone)]
pub struct BuildError(Box<Problem>);

#[derive(Clone, Debug)]
pub(crate) enum Problem {
    BaseUrl {
        reason: String,
    },
    BaseUrlMissing {
        server: &'static str,
    },
    ServerIndex {
        index: usize,
        count: usize,
    },
    ServerVariable {
        name: String,
        reason: String,
    },
    MissingCredential {
        operation: &'static str,
        wanted: Vec<Vec<Wanted>>,
    },
    UnknownScheme {
        operation: &'static str,
        name: String,
    },
    BadCredential {
        scheme: &'static str,
        reason: &'static str,
    },
    MissingPathParameter {
        name: String,
    },
    EmptyPathParameter {
        name: &'static str,
        path: &'static str,
    },
    DotSegment {
        path: &'static str,
    },
    BadHeader {
        name: String,
        reason: &'static str,
    },
    Body {
        reason: String,
    },
    Transport {
        reason: String,
    },
    Invalid(ValidationError),
}

/// A credential that an operation asks for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) scheme: &'static str,
    pub(crate) env: &'static [&'static str],
    pub(crate) missing: bool,
}

impl From<Problem> for BuildError {
    fn from(problem: Problem) -> Self {
        Self(Box::new(problem))
    }
}

impl BuildError {
    /// The values that are not as the document demands, where that is what is wrong.
    #[must_use]
    pub fn validation(&self) -> Option<&ValidationError> {
        match &*self.0 {
            Problem::Invalid(error) => Some(error),
            _ => None,
        }
    }

    /// Whether a credential is missing.
    #[must_use]
    pub fn is_missing_credential(&self) -> bool {
        matches!(
            *self.0,
            Problem::MissingCredential { .. } | Problem::UnknownScheme { .. }
        )
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BuildError").field(&self.0).finish()
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Problem::BaseUrl { reason } => write!(f, "the base URL is not usable: {reason}"),
            Problem::BaseUrlMissing { server } => write!(
                f,
                "the document's server `{server}` is relative to an address it does not give: \
                 set a base URL",
            ),
            Problem::ServerIndex { index, count } => {
                write!(f, "there is no server {index}: the document has {count}")
            }
            Problem::ServerVariable { name, reason } => {
                write!(f, "server variable `{name}`: {reason}")
            }
            Problem::MissingCredential { operation, wanted } => {
                write!(f, "operation `{operation}` needs a credential: ")?;
                credentials(f, wanted)
            }
            Problem::UnknownScheme { operation, name } => write!(
                f,
                "operation `{operation}` needs the credential `{name}`, which the document does \
                 not define: send one of your own in a header (`default_header`) or by a middleware",
            ),
            Problem::BadCredential { scheme, reason } => {
                write!(f, "the credential for security scheme `{scheme}` {reason}")
            }
            Problem::MissingPathParameter { name } => {
                write!(f, "path parameter `{name}` is not set")
            }
            Problem::EmptyPathParameter { name, path } => write!(
                f,
                "path parameter `{name}` is empty: `{path}` would be the path of something else",
            ),
            Problem::DotSegment { path } => write!(
                f,
                "a parameter makes a segment of `{path}` `.` or `..`, which no URL can carry",
            ),
            Problem::BadHeader { name, reason } => write!(f, "header `{name}` {reason}"),
            Problem::Body { reason } => write!(f, "the request body: {reason}"),
            Problem::Transport { reason } => {
                write!(f, "the transport cannot be set up: {reason}")
            }
            Problem::Invalid(error) => error.fmt(f),
        }
    }
}

/// Each way to satisfy the operation, with what it lacks and where that can come from.
fn credentials(f: &mut fmt::Formatter<'_>, wanted: &[Vec<Wanted>]) -> fmt::Result {
    for (nth, together) in wanted.iter().enumerate() {
        if nth > 0 {
            f.write_str(", or ")?;
        }
        let mut missing = together.iter().filter(|wanted| wanted.missing).peekable();
        while let Some(one) = missing.next() {
            write!(f, "security scheme `{}`", one.scheme)?;
            if !one.env.is_empty() {
                write!(
                    f,
                    " (on the builder, or from the environment: {})",
                    one.env.join(", ")
                )?;
            }
            if missing.peek().is_some() {
                f.write_str(" and ")?;
            }
        }
    }
    Ok(())
}

impl std::error::Error for BuildError {}

impl From<ValidationError> for BuildError {
    fn from(error: ValidationError) -> Self {
        Problem::Invalid(error).into()
    }
}
