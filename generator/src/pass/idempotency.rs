//! Headers by which a server knows a call that it has seen before: the client fills them in, and
//! may then send the call again.
//!
//! Recognised narrowly. A request id is not one: servers log it, and do the work twice.

use crate::config::{Config, IdempotencySetting};
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::{Api, Parameter, ParameterLocation, Scalar, Type};
use crate::text_format::TextFormat;

/// The length of the keys that are filled in, which are UUIDs.
const LENGTH: u64 = 36;

pub(super) fn mark(api: &mut Api, config: &Config, diagnostics: &mut Diagnostics) {
    let is_key = |parameter: &Parameter| match &config.idempotency_key {
        None => is_key(&parameter.wire),
        Some(IdempotencySetting::Off) => false,
        Some(IdempotencySetting::Header(name)) => parameter.wire.eq_ignore_ascii_case(name),
    };
    let found: Vec<Option<usize>> = api
        .operations
        .iter()
        .map(|operation| {
            operation.parameters.iter().position(|parameter| {
                parameter.place == ParameterLocation::Header
                    && is_key(parameter)
                    && takes_uuid(api, parameter)
            })
        })
        .collect();
    if let Some(IdempotencySetting::Header(name)) = &config.idempotency_key
        && found.iter().all(Option::is_none)
    {
        let message = format!(
            "the configuration's `idempotency-key` names `{name}`, which is no header parameter \
             that takes a UUID"
        );
        diagnostics
            .error(Code::InvalidConfig, Pointer::root(), message)
            .help("correct the name, or remove the entry");
    }
    for (operation, index) in api.operations.iter_mut().zip(found) {
        operation.idempotency_key = index;
        // Who leaves it out gets a key all the same.
        if let Some(parameter) = index.and_then(|index| operation.parameters.get_mut(index)) {
            parameter.required = false;
        }
    }
}

/// `Idempotency-Key`, with or without a prefix, and what else it is called.
fn is_key(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_lowercase())
        .collect();
    let roots = ["idempotency", "idempotence"];
    let kinds = ["key", "token", "uuid", "id"];
    roots.iter().any(|root| {
        let kind = plain.rsplit_once(root).map(|(_, kind)| kind);
        kind.is_some_and(|kind| kinds.contains(&kind))
    })
}

fn takes_uuid(api: &Api, parameter: &Parameter) -> bool {
    let length = parameter.constraints.length;
    let fits =
        length.max.is_none_or(|max| max >= LENGTH) && length.min.is_none_or(|min| min <= LENGTH);
    // Whether a UUID matches a pattern is not known here, and what does not match is not sent.
    let fits = fits && parameter.constraints.patterns.is_empty();
    let ty = api.resolve(&parameter.ty);
    fits && matches!(
        ty,
        Type::Scalar(Scalar::String | Scalar::Text(TextFormat::Uuid))
    )
}

#[cfg(test)]
mod tests {
    use super::is_key;

    #[test]
    fn only_what_says_so_is_a_key() {
        for name in [
            "Idempotency-Key",
            "X-Idempotency-Key",
            "x-acme-idempotency-key",
            "X-idempotence-uuid",
        ] {
            assert!(is_key(name), "{name}");
        }
        for name in [
            "X-Request-Id",
            "X-Api-Key",
            "Idempotency-Expiry",
            "Idempotent",
            "X-Trace-Id",
        ] {
            assert!(!is_key(name), "{name}");
        }
    }
}
