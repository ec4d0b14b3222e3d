//! The credentials of a request: what they are on the wire.

use super::writer::{Result, Unknown, Writer};
use crate::model::{ApiKeyLocation, Credential, Placement};

/// The credentials of the first alternative that the document defines: the client has all, and
/// takes the first it can. To send none is its last choice. A certificate is no part of what is
/// sent.
pub(super) fn write(writer: &mut Writer<'_>) -> Result {
    let schemes = &writer.api.schemes;
    let known = |name: &String| schemes.iter().find(|scheme| scheme.name == *name);
    let security = &writer.operation.security;
    let alternatives: Vec<Vec<Credential<'_>>> = security
        .iter()
        .filter_map(|names| names.iter().map(known).collect::<Option<Vec<_>>>())
        .map(|schemes| {
            let sent = schemes.iter().filter_map(|scheme| scheme.kind.facts().sent);
            sent.collect()
        })
        .collect();
    if alternatives.is_empty() && !security.is_empty() {
        return Err(Unknown);
    }
    let sent = alternatives.iter().find(|all| !all.is_empty());
    for credential in sent.into_iter().flatten() {
        one(writer, credential);
    }
    Ok(())
}

fn one(writer: &mut Writer<'_>, credential: &Credential<'_>) {
    let sample = credential.setter.sample;
    let mut authorization = |word: &str| {
        writer.demand("headers", "authorization", format!("{word} {sample}"));
    };
    match credential.placement {
        Placement::Bearer => authorization("Bearer"),
        Placement::Authorization(word) => authorization(word),
        // What the caller gives in the query stays as it is.
        Placement::Key(ApiKeyLocation::Query, name) if writer.is_expected("query", name) => {}
        Placement::Key(place, name) => writer.demand(place.facts().exchange, name, sample),
    }
}
