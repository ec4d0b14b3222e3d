//! The credentials of a request: what they are on the wire.

use super::writer::{Result, SECRET, Unknown, Writer};
use crate::model::{ApiKeyPlace, Scheme, SchemeKind};

/// The credentials of the first alternative that the document defines: the client has all, and
/// takes the first it can. To send none is its last choice. A certificate is no part of what is
/// sent.
pub(super) fn write(writer: &mut Writer<'_>) -> Result {
    let schemes = &writer.api.schemes;
    let known = |name: &String| schemes.iter().find(|scheme| scheme.name == *name);
    let is_sent = |scheme: &&Scheme| scheme.kind != SchemeKind::MutualTls;
    let security = &writer.operation.security;
    let alternatives: Vec<Vec<&Scheme>> = security
        .iter()
        .filter_map(|names| names.iter().map(known).collect::<Option<Vec<_>>>())
        .map(|schemes| schemes.into_iter().filter(is_sent).collect())
        .collect();
    if alternatives.is_empty() && !security.is_empty() {
        return Err(Unknown);
    }
    let sent = alternatives.iter().find(|schemes| !schemes.is_empty());
    for scheme in sent.into_iter().flatten() {
        one(writer, scheme);
    }
    Ok(())
}

fn one(writer: &mut Writer<'_>, scheme: &Scheme) {
    let authorization = "authorization";
    match &scheme.kind {
        SchemeKind::Bearer | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect => {
            writer.expect("headers", authorization, format!("Bearer {SECRET}"));
        }
        // `secret:secret` in base64.
        SchemeKind::Basic => {
            writer.expect("headers", authorization, "Basic c2VjcmV0OnNlY3JldA==");
        }
        SchemeKind::HttpOther(scheme) => {
            writer.expect("headers", authorization, format!("{scheme} {SECRET}"));
        }
        SchemeKind::ApiKey { place, name } => match place {
            ApiKeyPlace::Header => writer.expect("headers", name, SECRET),
            // What the caller gives in the query stays as it is.
            ApiKeyPlace::Query if writer.is_expected("query", name) => {}
            ApiKeyPlace::Query => writer.expect("query", name, SECRET),
            ApiKeyPlace::Cookie => writer.expect("cookies", name, SECRET),
        },
        SchemeKind::MutualTls => {}
    }
}
