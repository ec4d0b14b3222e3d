//! Parameters that repeat a credential: the client sends it, so the caller is not asked for it once
//! more.
//!
//! One at the very place of an API key is that key, and goes. One that only says that it is a token,
//! beside a scheme that sends a token elsewhere, may be something else: it stays, and is optional.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::{
    Api, ApiKeyLocation, Operation, Parameter, ParameterLocation, Placement, Scalar, Scheme, Type,
};

pub(super) fn not_asked_for(api: &mut Api, diagnostics: &mut Diagnostics) {
    if api.schemes.is_empty() {
        return;
    }
    let mut found = Found::default();
    let tokens = Tokens::of(api);
    let schemes = std::mem::take(&mut api.schemes);
    let mut operations = std::mem::take(&mut api.operations);
    for operation in &mut operations {
        let taken: Vec<&Scheme> = schemes
            .iter()
            .filter(|scheme| {
                operation
                    .security
                    .iter()
                    .flatten()
                    .any(|name| *name == scheme.name)
            })
            .collect();
        operation.parameters.retain(|parameter| {
            let scheme = taken.iter().find(|scheme| is_key(scheme, parameter));
            if let Some(scheme) = scheme {
                found.add(parameter, scheme, Becomes::Nothing);
            }
            scheme.is_none()
        });
        let Some(scheme) = taken.iter().find(|scheme| scheme.kind.is_bearer_token()) else {
            continue;
        };
        for parameter in &mut operation.parameters {
            if parameter.required && tokens.are_credentials(api, parameter) {
                found.add(parameter, scheme, Becomes::Optional);
                parameter.required = false;
            }
        }
    }
    api.schemes = schemes;
    api.operations = operations;
    found.say(diagnostics);
}

/// Whether a parameter stands where an API key does. Headers have no case.
fn is_key(scheme: &Scheme, parameter: &Parameter) -> bool {
    let Some(Placement::Key(place, name)) = scheme.kind.facts().sent.map(|sent| sent.placement)
    else {
        return false;
    };
    let is_name = match place {
        ApiKeyLocation::Header => parameter.wire.eq_ignore_ascii_case(name),
        ApiKeyLocation::Query | ApiKeyLocation::Cookie => parameter.wire == name,
    };
    is_name && parameter.place == place.facts().parameter
}

/// Whether a name says no more than that it is the caller's token.
fn is_token(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_lowercase())
        .collect();
    matches!(
        plain.strip_prefix('x').unwrap_or(&plain),
        "token" | "accesstoken" | "authtoken" | "apitoken" | "bearertoken" | "oauthtoken"
    )
}

/// Which parameters are the caller's token. In a header such a name is that; in a query string it may
/// be what an operation is about (`GET /invitations?token=…`), unless nearly all operations that send a
/// token have such a parameter.
struct Tokens {
    in_nearly_all: bool,
}

impl Tokens {
    fn of(api: &Api) -> Self {
        let sends = |operation: &&Operation| {
            let mut names = operation.security.iter().flatten();
            names.any(|name| {
                let is_it = |scheme: &&Scheme| scheme.name == *name;
                api.schemes
                    .iter()
                    .find(is_it)
                    .is_some_and(|scheme| scheme.kind.is_bearer_token())
            })
        };
        let has_token = |operation: &&Operation| {
            let mut parameters = operation.parameters.iter();
            parameters.any(|parameter| {
                matches!(
                    parameter.place,
                    ParameterLocation::Header | ParameterLocation::Query
                ) && is_token(&parameter.wire)
            })
        };
        let all = api.operations.iter().filter(sends);
        let with_token = all.clone().filter(has_token).count();
        Self {
            in_nearly_all: with_token * 4 > all.count() * 3,
        }
    }

    fn are_credentials(&self, api: &Api, parameter: &Parameter) -> bool {
        let may_be = match parameter.place {
            ParameterLocation::Header => true,
            ParameterLocation::Query => self.in_nearly_all,
            ParameterLocation::Path | ParameterLocation::Cookie => false,
        };
        may_be
            && is_token(&parameter.wire)
            && matches!(api.resolve(&parameter.ty), Type::Scalar(Scalar::String))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    Nothing,
    Optional,
}

/// What has been found, by what it is: many operations have the same parameter.
#[derive(Default)]
struct Found(BTreeMap<(String, String), One>);

struct One {
    /// Where the first one is defined.
    origin: Pointer,
    becomes: Becomes,
    operations: usize,
}

impl Found {
    fn add(&mut self, parameter: &Parameter, scheme: &Scheme, becomes: Becomes) {
        let (place, name) = (parameter.place.as_str(), &parameter.wire);
        let what = format!("{place} parameter `{name}`");
        let key = (what, scheme.name.clone());
        let one = self.0.entry(key).or_insert_with(|| One {
            origin: parameter.origin.clone(),
            becomes,
            operations: 0,
        });
        one.operations += 1;
    }

    fn say(self, diagnostics: &mut Diagnostics) {
        for ((what, scheme), one) in self.0 {
            let of = match one.operations {
                1 => String::new(),
                count => format!(" of {count} operations"),
            };
            let message = match one.becomes {
                Becomes::Nothing => format!(
                    "the {what}{of} is the credential `{scheme}`, which the client sends; it is no \
                     argument"
                ),
                Becomes::Optional => format!(
                    "the {what}{of} seems to be the credential `{scheme}`, which the client sends; \
                     it need not be given"
                ),
            };
            diagnostics.note(Code::RepeatedCredential, one.origin, message);
        }
    }
}
