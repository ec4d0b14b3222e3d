//! Where the API is: the document's servers, their variables, or an address of the caller's.
//!
//! A relative server is resolved (RFC 3986) against the place that the document comes from; one
//! of an operation against the server that the client calls.

use std::collections::BTreeMap;

use url::Url;

use super::shared::Shared;
use crate::build_error::{BuildError, Problem};
use crate::encode::percent;
use crate::tables::{Api, Server, ServerVariable};

/// The address of one of the API's servers.
pub(crate) fn resolve(
    api: &'static Api,
    index: usize,
    variables: &BTreeMap<String, String>,
) -> Result<Url, BuildError> {
    /// A document without servers means the root of the place it was read from.
    const ROOT: Server = Server {
        url: "/",
        description: "",
        variables: &[],
    };
    let server = match api.servers.get(index) {
        Some(server) => server,
        None if api.servers.is_empty() && index == 0 => &ROOT,
        None => {
            let count = api.servers.len();
            return Err(Problem::ServerIndex { index, count }.into());
        }
    };
    let address = fill(server, variables)?;
    if is_absolute(&address) {
        return parse(&address);
    }
    let Some(document) = api.document else {
        return Err(Problem::BaseUrlMissing { server: server.url }.into());
    };
    join(&parse_any(document)?, &address)
}

/// The address of an operation's own server.
///
/// An address of the caller's stands in place of the host and all that stands before the paths,
/// so that of the operation's server the path is kept.
pub(crate) fn of_operation(server: &'static Server, shared: &Shared) -> Result<Url, BuildError> {
    if !shared.base_is_own {
        return join(&shared.base, &fill(server, &shared.server_variables)?);
    }
    // The host is not called, so its variables need not be set.
    let url = path_of(server.url).unwrap_or(server.url);
    let address = fill(&Server { url, ..*server }, &shared.server_variables)?;
    if !is_absolute(&address) && !address.starts_with('/') && !address.is_empty() {
        return join(&shared.base, &address);
    }
    let path = path_of(&address).unwrap_or(&address);
    // Two slashes would begin a host.
    let path = format!("/{}", path.trim_start_matches('/'));
    let own = join(&shared.base, &path)?;
    let mut url = shared.base.clone();
    let path = [url.path().trim_end_matches('/'), own.path()].concat();
    url.set_path(&path);
    Ok(url)
}

/// What follows the host of an address, where it has one.
fn path_of(address: &str) -> Option<&str> {
    let (before, behind) = address.split_once("//")?;
    if !before.is_empty() && (!before.ends_with(':') || before.contains('/')) {
        return None;
    }
    Some(behind.find('/').map_or("", |at| behind.split_at(at).1))
}

/// A base URL, checked: http or https, with nothing after its path and no credential in it.
pub(crate) fn parse(address: &str) -> Result<Url, BuildError> {
    checked(parse_any(address)?)
}

fn parse_any(address: &str) -> Result<Url, BuildError> {
    Url::parse(address).map_err(|error| unusable(&error.to_string()))
}

fn join(base: &Url, address: &str) -> Result<Url, BuildError> {
    let joined = base.join(address);
    checked(joined.map_err(|error| unusable(&error.to_string()))?)
}

fn checked(url: Url) -> Result<Url, BuildError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(unusable("its scheme is neither http nor https"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(unusable("it has a query string or a fragment"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(unusable(
            "it holds a user name or a password, which belong to a scheme",
        ));
    }
    Ok(url)
}

fn unusable(reason: &str) -> BuildError {
    Problem::BaseUrl {
        reason: reason.to_owned(),
    }
    .into()
}

fn is_absolute(address: &str) -> bool {
    address.contains("://")
}

/// The address with its variables filled in.
fn fill(server: &Server, variables: &BTreeMap<String, String>) -> Result<String, BuildError> {
    let mut out = String::with_capacity(server.url.len());
    let mut rest = server.url;
    while let Some((before, from)) = rest.split_once('{') {
        let Some((name, after)) = from.split_once('}') else {
            break;
        };
        out.push_str(before);
        let variable = Variable {
            name,
            declared: server.variables.iter().find(|it| it.name == name),
            part: part(&out, after),
        };
        out.push_str(&variable.value(variables)?);
        rest = after;
    }
    out.push_str(rest);
    // What follows would be read as the host.
    if out.contains(":///") {
        return Err(unusable("it has no host"));
    }
    Ok(out)
}

/// A variable in an address.
struct Variable<'a> {
    name: &'a str,
    declared: Option<&'a ServerVariable>,
    part: Part,
}

/// The part of an address that a variable stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it up to its path.
    Start,
    /// The scheme, the host, the port.
    Host,
    /// The path.
    Path,
}

/// The part of the address between these two.
fn part(before: &str, after: &str) -> Part {
    let ends_at_path = after.is_empty() || after.starts_with('/');
    match before.split_once("//") {
        Some((_, behind)) if behind.contains('/') => Part::Path,
        None if before.is_empty() && ends_at_path => Part::Start,
        None if has_first_segment(before) => Part::Path,
        _ => Part::Host,
    }
}

/// Whether a relative address has its first segment behind it.
fn has_first_segment(before: &str) -> bool {
    let first = before.split_once('/').map(|(first, _)| first);
    first.is_some_and(|first| !first.contains(':'))
}

impl Variable<'_> {
    fn value(&self, variables: &BTreeMap<String, String>) -> Result<String, BuildError> {
        let Some(value) = variables.get(self.name) else {
            return match self.declared {
                Some(declared) => Ok(declared.default.to_owned()),
                None => Err(self.bad("it is not set, and the document gives no default")),
            };
        };
        if let Some(declared) = self.declared {
            // The document's own words need no check.
            if declared.values.contains(&value.as_str()) || value == declared.default {
                return Ok(value.clone());
            }
            if !declared.values.is_empty() {
                let allowed = declared.values.join("`, `");
                return Err(self.bad(format!("it is to be one of `{allowed}`")));
            }
        }
        let default = self.declared.map_or("", |declared| declared.default);
        match self.part {
            // An address, unless the document has a path there.
            Part::Start if default.is_empty() || is_absolute(default) => Ok(value.clone()),
            Part::Start => self.path(value, default),
            Part::Host if default.starts_with('/') => self.path(value, default),
            Part::Host => self.host(value, default),
            Part::Path => self.path(value, ""),
        }
    }

    /// What stands in the host, and does not leave it.
    fn host(&self, value: &str, default: &str) -> Result<String, BuildError> {
        // With a port where the document has one.
        let port = value.rsplit_once(':').filter(|(_, port)| {
            let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
            is_number && default.contains(':')
        });
        let host = port.map_or(value, |(host, _)| host);
        let leaves = |it: &char| {
            matches!(it, '/' | '\\' | ':' | '@' | '?' | '#' | '%')
                || it.is_whitespace()
                || it.is_control()
        };
        match host.chars().find(leaves) {
            Some(found) => Err(self.bad(format!(
                "it stands in the host, where it cannot have {found:?}"
            ))),
            None => Ok(value.to_owned()),
        }
    }

    /// What stands in the path, percent-encoded. Where the document's own begins the path, it does.
    fn path(&self, value: &str, default: &str) -> Result<String, BuildError> {
        let is_dots = |segment: &str| matches!(segment, "." | "..");
        if value.split(['/', '\\']).any(is_dots) {
            return Err(self.bad("it cannot have a segment `.` or `..`"));
        }
        if self.part != Part::Path {
            let first = value.split('/').next().unwrap_or_default();
            let is_elsewhere = value.starts_with("//") || first.contains(':');
            if is_elsewhere || default.starts_with('/') != value.starts_with('/') {
                let like = format!("it is to be a path like `{default}`");
                return Err(self.bad(like));
            }
        }
        Ok(percent::segments(value))
    }

    fn bad(&self, reason: impl Into<String>) -> BuildError {
        Problem::ServerVariable {
            name: self.name.to_owned(),
            reason: reason.into(),
        }
        .into()
    }
}
