//! Security schemes, and the lists that demand them.

use serde_json::{Value, json};

use super::{Object, Repair, entries};
use crate::diagnostic::{Code, Pointer};
use crate::upgrade::shapes;

/// The URLs that each flow needs.
const FLOWS: [(&str, &[&str]); 4] = [
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

impl Repair<'_> {
    pub(super) fn security_schemes(&mut self, schemes: &mut Object, at: &Pointer) {
        for (name, scheme) in &mut *schemes {
            let at = at.key(name);
            let Value::Object(scheme) = scheme else {
                continue;
            };
            shapes::repair(
                scheme,
                shapes::of_security_scheme,
                &|| at.clone(),
                self.diagnostics,
            );
            self.spelling(scheme, &at);
            match scheme.get("type").and_then(Value::as_str) {
                Some("mutualTLS") => {
                    self.diagnostics.note(
                        Code::NotGenerated,
                        &at,
                        "a certificate of the client is set up where connections are made",
                    );
                    self.transport.insert(name.clone());
                }
                Some("oauth2") => self.oauth2(scheme, &at),
                Some("http") if !scheme.contains_key("scheme") => {
                    self.missing(
                        &at,
                        "an `http` scheme needs `scheme`; it is taken as `bearer`",
                    );
                    scheme.insert("scheme".to_owned(), Value::from("bearer"));
                }
                Some("apiKey") => self.api_key(scheme, name, &at),
                Some("openIdConnect") if !scheme.contains_key("openIdConnectUrl") => {
                    self.missing(&at, "an `openIdConnect` scheme needs `openIdConnectUrl`");
                    scheme.insert("openIdConnectUrl".to_owned(), Value::from(""));
                }
                _ => {}
            }
        }
        schemes.retain(|name, _| !self.transport.contains(name));
    }

    /// `type` and `in` in the wrong case, and types that are schemes of HTTP.
    fn spelling(&mut self, scheme: &mut Object, at: &Pointer) {
        const TYPES: [&str; 5] = ["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"];
        let Some(written) = scheme
            .get("type")
            .and_then(Value::as_str)
            .map(str::to_owned)
        else {
            return;
        };
        let known = TYPES
            .iter()
            .find(|known| known.eq_ignore_ascii_case(&written));
        if known.is_some_and(|known| *known == written) {
            return;
        }
        let http = ["basic", "bearer"]
            .iter()
            .find(|name| name.eq_ignore_ascii_case(&written));
        let (ty, http) = match (known, http) {
            (Some(known), _) => (*known, None),
            (None, Some(name)) => ("http", Some(*name)),
            (None, None) => return,
        };
        self.wrong(&at.key("type"), format!("`{written}` is taken as `{ty}`"));
        scheme.insert("type".to_owned(), Value::from(ty));
        if let Some(http) = http {
            scheme.entry("scheme").or_insert_with(|| Value::from(http));
        }
    }

    fn api_key(&mut self, scheme: &mut Object, name: &str, at: &Pointer) {
        let written = scheme
            .get("in")
            .and_then(Value::as_str)
            .unwrap_or("header")
            .to_owned();
        let place = written.trim().to_ascii_lowercase();
        if !scheme.contains_key("in") {
            self.missing(at, "an API key needs `in`; it is taken as `header`");
        } else if place != written {
            self.wrong(&at.key("in"), format!("`{written}` is taken as `{place}`"));
        }
        scheme.insert("in".to_owned(), Value::from(place));
        if !scheme.contains_key("name") {
            self.missing(
                at,
                format!("an API key needs `name`; it is taken as `{name}`"),
            );
            scheme.insert("name".to_owned(), Value::from(name));
        }
    }

    fn oauth2(&mut self, scheme: &mut Object, at: &Pointer) {
        if !scheme.contains_key("flows") {
            self.missing(
                at,
                "an `oauth2` scheme needs `flows`; only a ready token can be sent",
            );
            scheme.insert("flows".to_owned(), json!({}));
        }
        let at = at.key("flows");
        let Some(flows) = entries(scheme, "flows") else {
            return;
        };
        for (name, urls) in FLOWS {
            let at = at.key(name);
            let Some(flow) = flows.get_mut(name) else {
                continue;
            };
            let Value::Object(flow) = flow else {
                self.wrong(&at, "a flow must be an object; it is ignored");
                flows.shift_remove(name);
                continue;
            };
            shapes::repair(
                flow,
                shapes::of_security_scheme,
                &|| at.clone(),
                self.diagnostics,
            );
            self.scopes(flow, &at);
            let lacks = urls.iter().find(|url| !flow.contains_key(**url));
            let Some(lacking) = lacks else { continue };
            if name == "clientCredentials" {
                self.missing(
                    &at,
                    format!("the flow needs `{lacking}`; tokens cannot be fetched"),
                );
                flows.shift_remove(name);
            } else {
                // Such flows run in a browser; the client is given the token.
                self.missing(&at, format!("the flow needs `{lacking}`"));
                for url in urls {
                    flow.entry(*url).or_insert_with(|| Value::from(""));
                }
            }
        }
    }

    fn scopes(&mut self, flow: &mut Object, at: &Pointer) {
        let Some(Value::Object(scopes)) = flow.get_mut("scopes") else {
            self.missing(at, "a flow needs `scopes`; it is taken to have none");
            flow.insert("scopes".to_owned(), json!({}));
            return;
        };
        for (_, text) in scopes {
            if !text.is_string() {
                let plain = if text.is_null() {
                    String::new()
                } else {
                    text.to_string()
                };
                *text = Value::String(plain);
            }
        }
    }

    /// The alternatives of an operation, or of the document.
    pub(super) fn security(&mut self, holder: &mut Object, at: &Pointer) {
        let Some(security) = holder.get_mut("security") else {
            return;
        };
        let at = at.key("security");
        match security {
            Value::Null => {
                holder.shift_remove("security");
                return;
            }
            Value::Object(one) => {
                self.wrong(
                    &at,
                    "`security` takes a list; this is taken as its one item",
                );
                let one = std::mem::take(one);
                *security = if one.is_empty() {
                    json!([])
                } else {
                    json!([one])
                };
            }
            Value::String(name) => {
                self.wrong(
                    &at,
                    "`security` takes a list; this is taken as the name of a scheme",
                );
                *security = json!([{ name.as_str(): [] }]);
            }
            _ => {}
        }
        let Value::Array(list) = security else { return };
        for (index, requirement) in list.iter_mut().enumerate() {
            let at = at.index(index);
            if let Value::String(name) = requirement {
                self.wrong(&at, "this is taken as the name of a scheme");
                *requirement = json!({ name.as_str(): [] });
            }
            let Value::Object(requirement) = requirement else {
                continue;
            };
            requirement.retain(|name, _| !self.transport.contains(name));
            for (name, scopes) in requirement {
                self.required_scopes(scopes, &at.key(name));
            }
        }
    }

    fn required_scopes(&mut self, scopes: &mut Value, at: &Pointer) {
        let is_list = scopes
            .as_array()
            .is_some_and(|list| list.iter().all(Value::is_string));
        if is_list {
            return;
        }
        self.wrong(at, "the scopes must be a list of strings");
        *scopes = match scopes.take() {
            Value::String(scope) if !scope.is_empty() => json!([scope]),
            Value::Array(list) => list.into_iter().filter(Value::is_string).collect(),
            _ => json!([]),
        };
    }
}
