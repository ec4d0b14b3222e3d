//! One operation: how it is asked for, and which responses it has.

use std::fmt;

use http::StatusCode;

use super::api::Server;

/// An operation of the document.
#[derive(Debug)]
pub struct Operation {
    /// Its `operationId`, or what stands for it.
    pub id: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path template, `/tokens/{token_id}`.
    pub path: &'static str,
    /// The `Accept` header; empty for none.
    pub accept: &'static str,
    /// Scheme names: any one of the outer list, with all of its inner list. Empty for none. An
    /// empty inner list says that credentials are optional.
    pub security: &'static [&'static [&'static str]],
    /// Servers of its own; empty for the API's.
    pub servers: &'static [Server],
    /// The documented statuses of responses that are no errors: successes, and redirects, which are not
    /// followed. A number below ten stands for its hundred.
    pub successes: &'static [u16],
    /// Whether the document describes all other statuses by `default`.
    pub default: bool,
}

impl Operation {
    /// Whether a status is one of those that the document describes as no errors.
    pub(crate) fn documents(&self, status: StatusCode) -> bool {
        let code = status.as_u16();
        self.successes
            .iter()
            .any(|success| *success == code || *success == code / 100)
    }

    /// Whether a status is a success: any 2xx, and a redirect that the document describes.
    pub(crate) fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || self.documents(status)
    }

    /// `GET /tokens (getTokens)`, as messages begin.
    pub(crate) fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.method.as_str(), self.path, self.id)
    }

    /// The beginning of a message: the operation, where it is known.
    pub(crate) fn begin(of: Option<&Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(of) = of else {
            return Ok(());
        };
        of.show(f)?;
        f.write_str(": ")
    }
}

/// An HTTP method that a document can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is the method of its name")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// Any other, with the capitals that are sent.
    Other(&'static str),
}

impl Method {
    /// The method as it stands in a request.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
            Self::Other(name) => name,
        }
    }

    /// Whether a request of this method may be sent twice (RFC 9110, section 9.2.2). What is not
    /// known of a method is not taken for granted.
    #[must_use]
    pub fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch | Self::Other(_))
    }
}
