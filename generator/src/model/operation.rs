//! Operations: what can be asked of the API, and what may come back.

use std::fmt;

use super::{
    Body, Constraints, Content, Docs, GroupId, PageRule, Pagination, Pointer, Response, Server,
    Type,
};

/// A method on a path.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`; where the document has none, made from the method and the path.
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path with its `{parameters}`.
    pub path: String,
    /// The group of the first tag.
    pub group: GroupId,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
    /// The parameters: those of the path item first, in the document's order.
    pub parameters: Vec<Parameter>,
    /// The request's body.
    pub body: Option<Body>,
    /// The documented responses, in ascending order, `default` last.
    pub responses: Vec<Response>,
    /// The credentials: any of these sets of scheme names; empty means none are needed.
    pub security: Vec<Vec<String>>,
    /// Servers of its own; empty means the API's.
    pub servers: Vec<Server>,
    /// The index of the header parameter by which the server knows a call sent twice.
    pub idempotency_key: Option<usize>,
    /// Whether a success has the `Link` header.
    pub has_link_header: bool,
    /// What the document says of its pages by an extension.
    pub page_mark: Option<PageRule>,
    /// How its pages are followed.
    pub pagination: Option<Pagination>,
    /// Whether `id` is the document's.
    pub has_own_id: bool,
    /// What a mark of the document says that the operation is called.
    pub mark: NameMark,
    /// The name that the configuration gives it.
    pub pinned: Option<String>,
}

/// What extensions for generators say of an operation's name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameMark {
    /// The groups that lead to it, the outermost first; empty where nothing is said.
    pub group: Vec<String>,
    /// The method.
    pub method: Option<String>,
}

impl Operation {
    /// The method and the path: `GET /items`.
    #[must_use]
    pub fn route(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }

    /// The responses that count as success: those of 2xx, and the redirects that the document
    /// describes, which are not followed: but for those beside a success that say that it is
    /// elsewhere now.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses
            .iter()
            .filter(|response| self.is_success(response.status))
    }

    /// The responses that count as failure: all others, `default` among them.
    pub fn failures(&self) -> impl Iterator<Item = &Response> {
        self.responses
            .iter()
            .filter(|response| !self.is_success(response.status))
    }

    /// Whether a documented status of the operation is a success.
    #[must_use]
    pub fn is_success(&self, status: Status) -> bool {
        let has_success = || self.responses.iter().any(|other| other.status.is_success());
        match status {
            // Only who asks for it by a condition is told that nothing changed; what has moved for
            // good is to be asked for where it is now: there is the success.
            Status::Code(301 | 304 | 308) => !has_success(),
            status => status.is_success() || status.is_redirect(),
        }
    }

    /// What a success comes to.
    #[must_use]
    pub fn outcome(&self) -> Outcome<'_> {
        let mut described: Vec<&Content> = Vec::new();
        let mut has_empty = false;
        let mut empty = Vec::new();
        for response in self.successes() {
            match (response.content(), response.status) {
                (Some(content), _) if described.contains(&content) => {}
                (Some(content), _) => described.push(content),
                (None, status) => {
                    has_empty = true;
                    empty.push(status);
                }
            }
        }
        match described.as_slice() {
            [] => Outcome::Nothing,
            [only] if !has_empty => Outcome::Always(only),
            // Of a class without content it cannot be told which of its statuses have one.
            [only] if empty.iter().all(|status| *status != Status::Class(2)) => {
                Outcome::Sometimes(only, empty)
            }
            _ => Outcome::ByStatus,
        }
    }
}

/// What the successes of an operation come to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome<'a> {
    /// No success has a body.
    Nothing,
    /// Each has a body with this content.
    Always(&'a Content),
    /// Some have a body with this content; those of these statuses have none.
    Sometimes(&'a Content, Vec<Status>),
    /// What the body is differs from status to status.
    ByStatus,
}

/// An HTTP method.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `GET`.
    Get,
    /// `PUT`.
    Put,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// `OPTIONS`.
    Options,
    /// `HEAD`.
    Head,
    /// `PATCH`.
    Patch,
    /// `TRACE`.
    Trace,
    /// `QUERY`.
    Query,
    /// Any other: a token of RFC 9110, with the capitals that are sent.
    Other(String),
}

impl Method {
    /// Those that a path item has a key for, in the specification's order.
    pub const KEYED: [Self; 9] = [
        Self::Get,
        Self::Put,
        Self::Post,
        Self::Delete,
        Self::Options,
        Self::Head,
        Self::Patch,
        Self::Trace,
        Self::Query,
    ];

    /// The method on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
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

    /// The place of its operation in a path item.
    #[must_use]
    pub fn within(&self, item: &Pointer) -> Pointer {
        match self {
            Self::Other(name) => item.key("additionalOperations").key(name),
            keyed => item.key(&keyed.as_str().to_ascii_lowercase()),
        }
    }
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name on the wire.
    pub wire: String,
    /// Where it stands.
    pub place: ParameterLocation,
    /// How its value is written there.
    pub encoding: Encoding,
    /// Whether the caller must give it.
    pub required: bool,
    /// Its type.
    pub ty: Type,
    /// The default in the document, which the server uses when it is left out.
    pub default: Option<serde_json::Value>,
    /// What else the document demands of the value.
    pub constraints: Constraints,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl ParameterLocation {
    /// The value of `in`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// By a style of OpenAPI.
    Style {
        /// The style.
        style: Style,
        /// Whether each item or property is written as a parameter of its own.
        explode: bool,
        /// Whether RFC 3986's reserved characters stay as they are.
        allow_reserved: bool,
        /// Whether an array without items is sent as an empty value.
        allow_empty: bool,
    },
    /// As JSON text (`content: application/json`).
    Json,
}

/// A parameter style of OpenAPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a&name=b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a|b`
    PipeDelimited,
    /// `name[key]=a`
    DeepObject,
}

impl Style {
    /// The value of `style`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
        }
    }
}

/// The statuses a documented response stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// All of one hundred, such as `4XX`.
    Class(u8),
    /// All that are not named.
    Default,
}

impl Status {
    /// Whether the response leads elsewhere.
    #[must_use]
    pub fn is_redirect(self) -> bool {
        match self {
            Self::Code(code) => (300..400).contains(&code),
            Self::Class(class) => class == 3,
            Self::Default => false,
        }
    }

    /// Whether the response is a success by itself. `default` is not: it documents what goes wrong.
    #[must_use]
    pub fn is_success(self) -> bool {
        match self {
            Self::Code(code) => (200..300).contains(&code),
            Self::Class(class) => class == 2,
            Self::Default => false,
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Class(class) => write!(f, "{class}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}
