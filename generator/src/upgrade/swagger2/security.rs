//! `securityDefinitions`: three types, of which `oauth2` names its one flow.

use serde_json::{Value, json};

use super::conversion::{Conversion, Object};
use crate::diagnostic::Pointer;

impl Conversion<'_> {
    /// In place: the definitions keep their names.
    pub(super) fn security_schemes(&mut self, definitions: &mut Object) {
        let at = Pointer::root().key("securityDefinitions");
        for (name, definition) in &mut *definitions {
            let Value::Object(scheme) = definition else {
                continue;
            };
            let ty = scheme
                .get("type")
                .and_then(Value::as_str)
                .unwrap_or_default();
            match ty.to_ascii_lowercase().as_str() {
                "basic" => {
                    scheme.insert("type".to_owned(), Value::from("http"));
                    scheme.insert("scheme".to_owned(), Value::from("basic"));
                }
                "oauth2" if !scheme.contains_key("flows") => self.oauth2(scheme, &at.key(name)),
                _ => {}
            }
        }
    }

    fn oauth2(&mut self, scheme: &mut Object, at: &Pointer) {
        let flow = scheme.shift_remove("flow");
        let written = flow.as_ref().and_then(Value::as_str).unwrap_or_default();
        let (name, urls): (_, &[&str]) = match written.to_ascii_lowercase().as_str() {
            "implicit" => ("implicit", &["authorizationUrl"]),
            "password" => ("password", &["tokenUrl"]),
            "application" | "clientcredentials" => ("clientCredentials", &["tokenUrl"]),
            "accesscode" | "authorizationcode" => {
                ("authorizationCode", &["authorizationUrl", "tokenUrl"])
            }
            _ => {
                let message =
                    format!("`{written}` is no OAuth 2 flow; only a ready token can be sent");
                self.wrong(at.key("flow"), message);
                scheme.insert("flows".to_owned(), json!({}));
                return;
            }
        };
        let mut parts = Object::new();
        for key in ["authorizationUrl", "tokenUrl"] {
            let Some(url) = scheme.shift_remove(key) else {
                continue;
            };
            if urls.contains(&key) {
                parts.insert(key.to_owned(), url);
            }
        }
        let scopes = scheme.shift_remove("scopes").unwrap_or_else(|| json!({}));
        parts.insert("scopes".to_owned(), scopes);
        let new = Pointer::root().key("components").key("securitySchemes");
        let new = at
            .segments()
            .last()
            .map_or_else(|| new.clone(), |key| new.key(&key));
        self.moves.convert(at, &new.key("flows").key(name));
        scheme.insert("flows".to_owned(), json!({ name: parts }));
    }
}
