//! Credentials: the schemes, and which operation needs which.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::Lowering;
use crate::diagnostic::{Code, Pointer};
use crate::model::{ApiKeyPlace, Docs, Scheme, SchemeKind};

impl Lowering<'_> {
    pub(super) fn schemes(&mut self) {
        let Some(components) = &self.parsed.openapi.components else {
            return;
        };
        let at = Pointer::root().key("components").key("securitySchemes");
        for (name, scheme) in &components.security_schemes {
            let ReferenceOr::Item(scheme) = scheme else {
                continue;
            };
            let (kind, description) = kind(scheme);
            self.api.schemes.push(Scheme {
                name: name.clone(),
                env: self.config.credential_env(name, &kind),
                kind,
                docs: Docs {
                    description: description.clone(),
                    ..Docs::default()
                },
                origin: at.key(name),
            });
        }
        for name in self.config.credentials.keys() {
            if !self.api.schemes.iter().any(|scheme| scheme.name == *name) {
                self.diagnostics.error(
                    Code::InvalidConfig,
                    &at,
                    format!(
                        "the configuration names the credential `{name}`, which the document lacks"
                    ),
                );
            }
        }
    }

    /// The alternatives of an operation: its own, or the document's.
    pub(super) fn security(
        &mut self,
        own: Option<&Vec<SecurityRequirement>>,
        at: &Pointer,
    ) -> Vec<Vec<String>> {
        let requirements = own.or(self.parsed.openapi.security.as_ref());
        let mut alternatives = Vec::new();
        let mut undefined = Vec::new();
        for requirement in requirements.into_iter().flatten() {
            let unknown = requirement
                .keys()
                .find(|name| !self.api.schemes.iter().any(|scheme| scheme.name == **name));
            if let Some(name) = unknown {
                let place = if own.is_some() {
                    at.key("security")
                } else {
                    Pointer::root().key("security")
                };
                self.diagnostics
                    .warn(
                        Code::UnknownScheme,
                        place,
                        format!("the credential `{name}` is not defined, so it cannot be sent"),
                    )
                    .help("define it under `components.securitySchemes`");
                undefined.push(requirement.keys().cloned().collect());
                continue;
            }
            alternatives.push(requirement.keys().cloned().collect());
        }
        // An operation for which nothing else will do still needs a credential: one of the
        // caller's own, for the runtime sends nothing without.
        if alternatives.is_empty() {
            return undefined;
        }
        alternatives
    }
}

fn kind(scheme: &SecurityScheme) -> (SchemeKind, &Option<String>) {
    match scheme {
        SecurityScheme::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let place = match location {
                APIKeyLocation::Header => ApiKeyPlace::Header,
                APIKeyLocation::Query => ApiKeyPlace::Query,
                APIKeyLocation::Cookie => ApiKeyPlace::Cookie,
            };
            (
                SchemeKind::ApiKey {
                    place,
                    name: name.clone(),
                },
                description,
            )
        }
        SecurityScheme::HTTP {
            scheme,
            description,
            ..
        } => {
            // Scheme names compare without case (RFC 9110, section 11.1).
            let kind = match scheme.to_ascii_lowercase().as_str() {
                "bearer" => SchemeKind::Bearer,
                "basic" => SchemeKind::Basic,
                _ => SchemeKind::HttpOther(scheme.clone()),
            };
            (kind, description)
        }
        SecurityScheme::OAuth2 {
            flows, description, ..
        } => {
            let client_credentials = flows
                .client_credentials
                .as_ref()
                .map(|flow| flow.token_url.clone());
            (SchemeKind::OAuth2 { client_credentials }, description)
        }
        SecurityScheme::OpenIDConnect { description, .. } => {
            (SchemeKind::OpenIdConnect, description)
        }
    }
}
