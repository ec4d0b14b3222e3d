//! `schemes`, `host` and `basePath` are the URLs of servers.

use serde_json::{Value, json};

use super::conversion::{Conversion, Host, Object};
use crate::diagnostic::Pointer;

impl Conversion<'_> {
    /// The document's servers. What they were made of is taken out of the root.
    pub(super) fn servers(&mut self, root: &mut Object) -> Value {
        let text = |value: Option<Value>| {
            let value = value
                .as_ref()
                .and_then(Value::as_str)
                .map(str::trim)
                .unwrap_or_default();
            value.to_owned()
        };
        let host = text(root.shift_remove("host"));
        let base_path = text(root.shift_remove("basePath"));
        self.host = self.read_host(&host, &base_path);
        let schemes = self.globals.schemes.clone();
        let at = Pointer::root().key(if host.is_empty() { "basePath" } else { "host" });
        self.moves.convert(&at, &Pointer::root().key("servers"));
        self.server_list(&schemes)
    }

    /// An operation's own servers, where it names schemes that lead elsewhere than the document's.
    pub(super) fn own_servers(&self, list: Option<&Value>) -> Option<Value> {
        let own = schemes(list);
        let default = self.globals.schemes.first().map_or("https", String::as_str);
        let differs = own.first().is_some_and(|scheme| scheme != default);
        (differs && self.host.authority.is_some()).then(|| self.server_list(&own))
    }

    fn server_list(&self, schemes: &[String]) -> Value {
        self.urls(schemes)
            .into_iter()
            .map(|url| json!({"url": url}))
            .collect()
    }

    fn urls(&self, schemes: &[String]) -> Vec<String> {
        let Host {
            authority,
            base_path,
        } = &self.host;
        match authority {
            None if base_path.is_empty() => vec!["/".to_owned()],
            None => vec![base_path.clone()],
            Some(host) if schemes.is_empty() => vec![format!("https://{host}{base_path}")],
            Some(host) => schemes
                .iter()
                .map(|scheme| format!("{scheme}://{host}{base_path}"))
                .collect(),
        }
    }

    /// A host is sometimes written as a URL, and a base path without its first slash.
    fn read_host(&mut self, host: &str, base_path: &str) -> Host {
        let mut authority = host;
        if let Some((scheme, rest)) = host.split_once("://") {
            let at = Pointer::root().key("host");
            self.wrong(
                at,
                "`host` takes no scheme; it is taken as one of `schemes`",
            );
            if self.globals.schemes.is_empty() {
                self.globals.schemes = vec![scheme.to_ascii_lowercase()];
            }
            authority = rest;
        }
        let (authority, path) = match authority.split_once('/') {
            Some((authority, path)) => (authority, format!("{path}/{base_path}")),
            None => (authority, base_path.to_owned()),
        };
        let mut joined = String::new();
        for part in path.split('/').filter(|part| !part.is_empty()) {
            joined.push('/');
            joined.push_str(part);
        }
        Host {
            authority: (!authority.is_empty()).then(|| authority.to_owned()),
            base_path: joined,
        }
    }
}

/// The schemes that this project speaks, the safest first. Web sockets are none of them.
pub(super) fn schemes(list: Option<&Value>) -> Vec<String> {
    let named = super::media_types(list);
    let named: Vec<String> = named
        .iter()
        .map(|scheme| scheme.to_ascii_lowercase())
        .collect();
    ["https", "http"]
        .into_iter()
        .filter(|known| named.iter().any(|scheme| scheme == known))
        .map(str::to_owned)
        .collect()
}
