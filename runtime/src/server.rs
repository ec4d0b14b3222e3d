//! Where the API is: the document's servers, their variables, or an address of the caller's.

use std::collections::BTreeMap;

use url::Url;

use crate::api::{Server, ServerVariable};
use crate::build_error::{BuildError, Problem};

/// The address of one of these servers.
pub(crate) fn resolve(
    servers: &'static [Server],
    index: usize,
    variables: &BTreeMap<String, String>,
) -> Result<Url, BuildError> {
    let Some(server) = servers.get(index) else {
        if servers.is_empty() && index == 0 {
            // A document without servers means the place it was read from.
            return Err(Problem::BaseUrlMissing { server: "/" }.into());
        }
        return Err(Problem::ServerIndex {
            index,
            count: servers.len(),
        }
        .into());
    };
    let address = fill(server, variables)?;
    if !address.contains("://") {
        return Err(Problem::BaseUrlMissing { server: server.url }.into());
    }
    parse(&address)
}

/// A base URL, checked: http or https, with nothing after its path and no credential in it.
pub(crate) fn parse(address: &str) -> Result<Url, BuildError> {
    let bad = |reason: &str| Problem::BaseUrl {
        reason: reason.to_owned(),
    };
    let url = Url::parse(address).map_err(|error| bad(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad("its scheme is neither http nor https").into());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(bad("it has a query string or a fragment").into());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(bad("it holds a user name or a password, which belong to a scheme").into());
    }
    Ok(url)
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
        out.push_str(&value(server.variables, name, variables)?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn value(
    declared: &[ServerVariable],
    name: &str,
    variables: &BTreeMap<String, String>,
) -> Result<String, BuildError> {
    let bad = |reason: String| Problem::ServerVariable {
        name: name.to_owned(),
        reason,
    };
    let declared = declared.iter().find(|variable| variable.name == name);
    let Some(value) = variables.get(name) else {
        return match declared {
            Some(variable) => Ok(variable.default.to_owned()),
            None => Err(bad("it is not set, and the document gives no default".into()).into()),
        };
    };
    if let Some(variable) = declared
        && !variable.values.is_empty()
        && !variable.values.contains(&value.as_str())
    {
        let allowed = variable.values.join("`, `");
        return Err(bad(format!("it is to be one of `{allowed}`")).into());
    }
    Ok(value.clone())
}
