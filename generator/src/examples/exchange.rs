//! One operation: what its test sends, what must be on the wire, and what comes back.

use serde_json::{Map, Value, json};

use super::sample::Sampler;
use crate::diagnostic::Pointer;
use crate::model::{Api, ApiKeyPlace, Operation, OperationId, Scheme, SchemeKind, Type};
use crate::name::{Names, OperationNames};

/// What every credential is in the tests.
pub(crate) const SECRET: &str = "secret";

/// What a body, or a part of one, is that is no JSON.
pub(crate) const TEXT: &str = "some text";

/// What an operation's test gives to its method, and the data that it is checked against.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) operation: OperationId,
    /// Which form of the body is sent.
    pub(crate) form: usize,
    /// What the test is called.
    pub(crate) key: String,
    /// The parameters that are given, by their index.
    pub(crate) parameters: Vec<usize>,
    /// The parts of a form that are given, by their index.
    pub(crate) parts: Vec<usize>,
    /// The request, its arguments and the responses.
    pub(crate) value: Value,
    /// How many examples do not fit.
    pub(crate) mismatches: usize,
    /// What is sent and not compared.
    pub(crate) unchecked: Vec<String>,
    /// The optional parameters that are not given.
    pub(crate) unsent: Vec<String>,
    /// The documented statuses that no response has.
    pub(crate) unplayed: Vec<String>,
}

/// Too little is known of an operation to call it.
pub(super) struct Unknown;

/// Whether enough is known of an operation to call it.
pub(super) type Result<T = ()> = std::result::Result<T, Unknown>;

impl Exchange {
    /// An operation with one form of its body; `None` where too little is known to call it.
    pub(super) fn of(
        api: &Api,
        names: &Names,
        sampler: &Sampler<'_>,
        id: OperationId,
        form: usize,
    ) -> Option<Self> {
        let names = names.operation(id);
        let mut writer = Writer {
            api,
            operation: api.operations.get(id.index())?,
            names,
            sampler,
            request: Map::new(),
            arguments: Map::new(),
            parameters: Vec::new(),
            parts: Vec::new(),
            mismatches: 0,
            unchecked: Vec::new(),
            unsent: Vec::new(),
        };
        writer.request(form).ok()?;
        let key = names.tests.get(form)?.plain().to_owned();
        let (value, unplayed) = writer.value();
        Some(Self {
            operation: id,
            form,
            key,
            parameters: writer.parameters,
            parts: writer.parts,
            value,
            mismatches: writer.mismatches,
            unchecked: writer.unchecked,
            unsent: writer.unsent,
            unplayed,
        })
    }
}

/// What is gathered of one operation.
pub(super) struct Writer<'a> {
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    pub(super) names: &'a OperationNames,
    pub(super) sampler: &'a Sampler<'a>,
    /// What must be on the wire.
    pub(super) request: Map<String, Value>,
    /// What the test reads its arguments from.
    pub(super) arguments: Map<String, Value>,
    pub(super) parameters: Vec<usize>,
    pub(super) parts: Vec<usize>,
    mismatches: usize,
    pub(super) unchecked: Vec<String>,
    pub(super) unsent: Vec<String>,
}

impl Writer<'_> {
    fn request(&mut self, form: usize) -> Result {
        let operation = self.operation;
        // It asks for a tunnel, and has no path on the wire.
        if operation.method.as_str() == "CONNECT" {
            return Err(Unknown);
        }
        let method = json!(operation.method.as_str());
        self.request.insert("method".to_owned(), method);
        self.path()?;
        for index in 0..operation.parameters.len() {
            self.parameter(index)?;
        }
        self.credentials()?;
        match &operation.body {
            Some(body) => self.body(body, form),
            None => Ok(()),
        }
    }

    /// The data of the test, and the statuses that no response has.
    fn value(&mut self) -> (Value, Vec<String>) {
        let (responses, unplayed) = self.responses();
        let mut value = Map::new();
        let request = std::mem::take(&mut self.request);
        value.insert("request".to_owned(), Value::Object(request));
        if !self.arguments.is_empty() {
            let arguments = std::mem::take(&mut self.arguments);
            value.insert("arguments".to_owned(), Value::Object(arguments));
        }
        value.insert("answers".to_owned(), Value::Array(responses));
        (Value::Object(value), unplayed)
    }

    /// The path. What follows a `#` stays with the client, and a `?` begins the query.
    fn path(&mut self) -> Result {
        let path = &self.operation.path;
        let sent = path.split('#').next().unwrap_or_default();
        let (sent, query) = sent.split_once('?').unwrap_or((sent, ""));
        let prefix = match self.operation.servers.first() {
            Some(own) => super::server::prefix(own)?,
            None => String::new(),
        };
        let slash = if prefix.is_empty() || sent.starts_with('/') {
            ""
        } else {
            "/"
        };
        let sent = format!("{prefix}{slash}{sent}");
        self.request.insert("path".to_owned(), json!(sent));
        if !query.is_empty() {
            self.open_query(format!("?{query}"));
        }
        Ok(())
    }

    /// What is in the query and not compared.
    pub(super) fn open_query(&mut self, what: String) {
        self.request.insert("open_query".to_owned(), json!(true));
        self.unchecked.push(what);
    }

    /// The credentials of the first alternative that the document defines: the client has all, and
    /// takes the first it can. To send none is its last choice. A certificate is no part of what is
    /// sent.
    fn credentials(&mut self) -> Result {
        let schemes = &self.api.schemes;
        let known = |name: &String| schemes.iter().find(|scheme| scheme.name == *name);
        let is_sent = |scheme: &&Scheme| scheme.kind != SchemeKind::MutualTls;
        let security = &self.operation.security;
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
            self.credential(scheme);
        }
        Ok(())
    }

    fn credential(&mut self, scheme: &Scheme) {
        let authorization = "authorization";
        match &scheme.kind {
            SchemeKind::Bearer | SchemeKind::OAuth2 { .. } | SchemeKind::OpenIdConnect => {
                self.expect("headers", authorization, format!("Bearer {SECRET}"));
            }
            // `secret:secret` in base64.
            SchemeKind::Basic => {
                self.expect("headers", authorization, "Basic c2VjcmV0OnNlY3JldA==");
            }
            SchemeKind::HttpOther(scheme) => {
                self.expect("headers", authorization, format!("{scheme} {SECRET}"));
            }
            SchemeKind::ApiKey { place, name } => match place {
                ApiKeyPlace::Header => self.expect("headers", name, SECRET),
                // What the caller gives in the query stays as it is.
                ApiKeyPlace::Query if self.is_expected("query", name) => {}
                ApiKeyPlace::Query => self.expect("query", name, SECRET),
                ApiKeyPlace::Cookie => self.expect("cookies", name, SECRET),
            },
            SchemeKind::MutualTls => {}
        }
    }

    fn is_expected(&self, place: &str, name: &str) -> bool {
        let place = self.request.get(place);
        place.is_some_and(|place| place.get(name).is_some())
    }

    /// Expects a value at a place of the request; a second of the same name beside the first. Of
    /// headers of one name the client sends one, and any will do.
    pub(super) fn expect(&mut self, place: &str, name: &str, value: impl Into<Value>) {
        let value = value.into();
        let is_header = place == "headers";
        let name = if is_header {
            name.to_ascii_lowercase()
        } else {
            name.to_owned()
        };
        let Value::Object(place) = self.request.entry(place).or_insert_with(|| json!({})) else {
            return;
        };
        match place.get_mut(&name) {
            // Two schemes may have one secret at one place.
            Some(one) if is_header && *one == value => {}
            Some(one) if is_header => {
                *one = Value::Null;
                self.unchecked.push(name);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(one) => *one = json!([one.take(), value]),
            None => {
                place.insert(name, value);
            }
        }
    }

    /// The first example at a place that fits, or a value for the type.
    pub(super) fn shown(&mut self, place: &Pointer, ty: &Type) -> Option<Value> {
        self.shown_that(place, ty, |_| true)
    }

    /// The same of the examples and values that may be used.
    pub(super) fn shown_that(
        &mut self,
        place: &Pointer,
        ty: &Type,
        may_be: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let sampler = self.sampler;
        let fitting: Vec<Value> = sampler.fitting(place, ty).collect();
        self.mismatches += sampler.count(place) - fitting.len();
        let shown = fitting.into_iter().find(|value| may_be(value));
        shown.or_else(|| sampler.value(ty).filter(may_be))
    }
}
