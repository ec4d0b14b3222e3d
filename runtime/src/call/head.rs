//! From a call to the request that is sent: address, headers, body. No IO here, and no
//! credential yet.

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::{Call, Parts};
use crate::build_error::{BuildError, Problem};
use crate::client::server;
use crate::encode;
use crate::json::Exact;
use crate::response::redact::is_secret_header;
use crate::tables::{Location, Param};
use crate::transport::{Body, Head};

/// Takes the body of a call, unless something about the call is wrong.
pub(crate) fn take_body(call: &mut Call) -> Result<Body, BuildError> {
    let parts = &mut *call.0;
    if let Some(problem) = parts.problem.take() {
        return Err(problem);
    }
    let body = parts.body.as_mut().map(|(_, body)| std::mem::take(body));
    Ok(body.unwrap_or_default())
}

/// Makes a request of a call: anew for each attempt, which costs no more than to copy one.
pub(crate) fn head(call: &Call) -> Result<Head, BuildError> {
    let parts = &*call.0;
    let url = match &parts.link {
        Some(link) => link.clone(),
        None => address(parts)?,
    };
    let mut headers = headers(parts)?;
    if let Some((content_type, _)) = &parts.body {
        headers
            .entry(CONTENT_TYPE)
            .or_insert_with(|| content_type.clone());
    }
    let method = http::Method::from_bytes(parts.operation.method.as_str().as_bytes())
        .unwrap_or(http::Method::GET);
    Ok(Head {
        method,
        url,
        headers,
    })
}

/// The address: the server's, then the path with its parameters, then the query string.
fn address(parts: &Parts) -> Result<Url, BuildError> {
    let operation = parts.operation;
    let shared = &parts.client.shared;
    let base = match operation.servers.first() {
        None => shared.base.clone(),
        Some(own) => server::of_operation(own, shared)?,
    };
    // Some documents tell operations apart by a query string or fragment in their paths. The
    // fragment is never sent.
    let (mut template, mut fixed_query) = (operation.path, None);
    if template.bytes().any(|byte| matches!(byte, b'#' | b'?')) {
        template = template.split_once('#').map_or(template, |(path, _)| path);
        if let Some((path, query)) = template.split_once('?') {
            (template, fixed_query) = (path, Some(query));
        }
    }
    let path = expand(template, parts)?;
    let mut query: Vec<String> = fixed_query.map(str::to_owned).into_iter().collect();
    query.extend(
        at(parts, Location::Query).filter_map(|(param, value)| encode::encode(param, value)),
    );

    // Set piece by piece: to parse the whole again would cost more than all the rest of this.
    let mut url = base;
    let slash = if path.starts_with('/') { "" } else { "/" };
    let path = [url.path().trim_end_matches('/'), slash, &path].concat();
    url.set_path(&path);
    if !query.is_empty() {
        url.set_query(Some(&query.join(encode::separator(Location::Query))));
    }
    Ok(url)
}

/// The path template with its parameters.
fn expand(template: &'static str, parts: &Parts) -> Result<String, BuildError> {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, from)) = rest.split_once('{') {
        let Some((name, after)) = from.split_once('}') else {
            break;
        };
        out.push_str(before);
        let missing = || Problem::MissingPathParameter {
            name: name.to_owned(),
        };
        let (param, value) = at(parts, Location::Path)
            .find(|(param, _)| param.name == name)
            .ok_or_else(missing)?;
        // An array without items is undefined, and expands to nothing.
        let text = encode::encode(param, value).unwrap_or_default();
        if text.is_empty() && !param.allow_empty {
            let path = parts.operation.path;
            return Err(Problem::EmptyPathParameter {
                name: param.name,
                path,
            }
            .into());
        }
        out.push_str(&text);
        rest = after;
    }
    out.push_str(rest);
    // Every URL parser resolves these, percent-encoded or not: the request would go elsewhere.
    let is_dots = |segment: &str| segment == "." || segment == "..";
    if out.contains('.') && out.split('/').any(is_dots) {
        return Err(Problem::DotSegment {
            path: parts.operation.path,
        }
        .into());
    }
    Ok(out)
}

fn at(parts: &Parts, location: Location) -> impl Iterator<Item = (&'static Param, &Exact)> {
    parts
        .params
        .iter()
        .filter(move |(param, _)| param.location == location)
        .map(|(param, value)| (*param, value))
}

/// The client's headers, under the operation's, under the parameters', under the call's own.
fn headers(parts: &Parts) -> Result<HeaderMap, BuildError> {
    let mut headers = parts.client.shared.headers.clone();
    let accept = parts.accept.unwrap_or(parts.operation.accept);
    // What a method asks for is above what the client's defaults say, for it decodes nothing else.
    let is_open = parts.accept.is_some() || !headers.contains_key(ACCEPT);
    if !accept.is_empty() && is_open {
        headers.insert(ACCEPT, header_value(ACCEPT.as_str(), accept)?);
    }
    for (param, value) in at(parts, Location::Header) {
        let Some(text) = encode::encode(param, value) else {
            continue;
        };
        let name = HeaderName::from_bytes(param.name.as_bytes()).map_err(|_| {
            let reason = "is not a name that a header can have";
            Problem::BadHeader {
                name: param.name.escape_debug().to_string(),
                reason,
            }
        })?;
        let mut value = header_value(param.name, &text)?;
        value.set_sensitive(is_secret_header(name.as_str()));
        headers.insert(name, value);
    }
    let cookies: Vec<String> = at(parts, Location::Cookie)
        .filter_map(|(param, value)| encode::encode(param, value))
        .collect();
    if !cookies.is_empty() {
        let mut value = header_value("cookie", &cookies.join(encode::separator(Location::Cookie)))?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    for (name, value) in &parts.headers {
        headers.insert(name, value.clone());
    }
    Ok(headers)
}

fn header_value(name: &str, text: &str) -> Result<HeaderValue, BuildError> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| {
        let name = name.escape_debug().to_string();
        Problem::BadHeader {
            name,
            reason: "has a value with control characters",
        }
        .into()
    })
}
