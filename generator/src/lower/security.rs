//! Credentials: the schemes, and which operation needs which.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityRequirement, SecurityScheme};

use super::lowering::Lowering;
use crate::diagnostic::{Code, Pointer};
use crate::model::{ApiKeyLocation, Docs, Scheme, SchemeKind};

impl Lowering<'_> {
    pub(super) fn schemes(&mut self) {
        let at = Pointer::root().key("components").key("securitySchemes");
        let mut schemes = Vec::new();
        let components = self.parsed.openapi.components.as_ref();
        for (name, scheme) in components.iter().flat_map(|it| &it.security_schemes) {
            if let ReferenceOr::Item(scheme) = scheme {
                let (kind, description) = kind(scheme);
                schemes.push(self.scheme(name, kind, description.clone(), &at));
            }
        }
        for (name, setting) in &self.config.credentials {
            if schemes.iter().any(|scheme| scheme.name == *name) {
                continue;
            }
            match &setting.kind {
                Some(kind) => schemes.push(self.scheme(name, kind.clone(), None, &at)),
                None => self.no_such_scheme("credentials", name, &schemes),
            }
        }
        let named = schemes.iter().map(|scheme| (&*scheme.name, &scheme.kind));
        let envs = self.config.credential_envs(named);
        for (scheme, env) in schemes.iter_mut().zip(envs) {
            scheme.env = env;
        }
        let configured = self.config.security.iter().flatten().flatten();
        for name in configured {
            if schemes.iter().all(|scheme| scheme.name != *name) {
                self.no_such_scheme("security", name, &schemes);
            }
        }
        self.api.schemes = schemes;
        self.usual_security = self.usual_security();
    }

    /// A scheme as the document has it, and as the configuration knows better.
    fn scheme(
        &mut self,
        name: &str,
        mut kind: SchemeKind,
        mut description: Option<String>,
        at: &Pointer,
    ) -> Scheme {
        if let Some(setting) = self.config.credentials.get(name) {
            if let Some(configured) = &setting.kind {
                kind = configured.clone();
            }
            description = setting.description.clone().or(description);
            if let Some(url) = &setting.token_url {
                if let Some(fetched) = kind.with_token_url(url) {
                    kind = fetched;
                } else {
                    let place = self.config.place("credentials", name);
                    let message =
                        format!("{place}: `{name}` has a `token-url`, and is no scheme of OAuth 2");
                    self.diagnostics
                        .error(Code::InvalidConfig, at.key(name), message)
                        .help("remove `token-url`, or set `type = \"oauth2\"`");
                }
            }
        }
        Scheme {
            name: name.to_owned(),
            env: Vec::new(),
            kind,
            docs: Docs {
                description,
                ..Docs::default()
            },
            origin: at.key(name),
        }
    }

    fn no_such_scheme(&mut self, table: &'static str, name: &str, schemes: &[Scheme]) {
        let place = self.config.place(table, name);
        let known: Vec<String> = schemes
            .iter()
            .map(|scheme| format!("`{}`", scheme.name))
            .collect();
        let known = if known.is_empty() {
            "it has none".to_owned()
        } else {
            format!("it has {}", known.join(", "))
        };
        let at = Pointer::root().key("components").key("securitySchemes");
        self.diagnostics
            .error(
                Code::InvalidConfig,
                at,
                format!(
                    "{place}: the configuration names the credential `{name}`, which the document \
                     lacks: {known}"
                ),
            )
            .help(
                "correct the name, or declare the credential with a `type` under `[credentials]`",
            );
    }

    /// What an operation takes that says nothing of it, in a document that says nothing either: what
    /// the configuration says, else any of the credentials that it declares. A document that defines
    /// credentials and asks for none anywhere has forgotten to: each is sent where it is set.
    fn usual_security(&mut self) -> Vec<Vec<String>> {
        if let Some(security) = &self.config.security {
            return security.clone();
        }
        let settings = self.config.credentials.iter();
        let declared: Vec<Vec<String>> = settings
            .filter(|(_, setting)| setting.kind.is_some())
            .map(|(name, _)| vec![name.clone()])
            .collect();
        if !declared.is_empty() || self.api.schemes.is_empty() || self.asks_for_credentials() {
            return declared;
        }
        let at = Pointer::root().key("components").key("securitySchemes");
        self.diagnostics
            .note(
                Code::UnusedScheme,
                at,
                "no operation says which of these credentials it takes, so each takes those that \
                 are set, and none has to be",
            )
            .help("say so by `security`, at the top or in each operation");
        let each = self.api.schemes.iter();
        let each = each.map(|scheme| vec![scheme.name.clone()]);
        each.chain([Vec::new()]).collect()
    }

    /// Whether the document says anywhere which credentials an operation takes, or that it takes none.
    fn asks_for_credentials(&self) -> bool {
        let openapi = &self.parsed.openapi;
        let items = openapi.paths.paths.iter();
        let mut operations = items.filter_map(|(path, item)| Some((path, item.as_item()?)));
        openapi.security.is_some()
            || operations.any(|(path, item)| {
                let mut all = super::operation::of(self.parsed, path, item);
                all.any(|(_, operation)| operation.security.is_some())
            })
    }

    /// The alternatives of an operation: its own, or the document's.
    pub(super) fn security(
        &mut self,
        own: Option<&Vec<SecurityRequirement>>,
        at: &Pointer,
    ) -> Vec<Vec<String>> {
        let of_document = self.parsed.openapi.security.as_ref();
        let requirements = own.or(of_document.filter(|list| !list.is_empty()));
        let Some(requirements) = requirements else {
            return self.usual_security.clone();
        };
        let mut alternatives = Vec::new();
        let mut undefined = Vec::new();
        for requirement in requirements {
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
                    .help(
                        "define it under `components.securitySchemes`, or with a `type` under \
                         `[credentials]` in clientsmith.toml",
                    );
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
                APIKeyLocation::Header => ApiKeyLocation::Header,
                APIKeyLocation::Query => ApiKeyLocation::Query,
                APIKeyLocation::Cookie => ApiKeyLocation::Cookie,
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
        } => (SchemeKind::of_http(scheme), description),
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
