//! One call of one operation: its parameters, its body, and settings of its own.
//!
//! The type that every generated request builder wraps. It is not generic; the few generic
//! methods write a value as JSON and hand the text on. What is wrong with a value is kept and
//! comes out when the call is sent, before anything is on the wire.

pub(crate) mod head;
mod in_body;
mod multipart;

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use serde_json::Value;
use url::Url;

pub use self::multipart::{Multipart, Part};
use crate::build_error::{BuildError, Problem};
use crate::client::{Client, Reconnect, RetryPolicy, header};
use crate::encode;
use crate::json::{self, Exact, Json};
use crate::tables::{Location, Operation, Param, Rules};
use crate::transport::Body;
use crate::validate::{self, ValidationError};

/// One call of one operation.
pub struct Call(pub(crate) Box<Parts>);

/// Boxed, so that a generated builder that is moved from setter to setter is one pointer.
pub(crate) struct Parts {
    pub(crate) client: Client,
    pub(crate) operation: &'static Operation,
    pub(crate) params: Vec<(&'static Param, Exact)>,
    pub(crate) body: Option<(HeaderValue, Body)>,
    /// What is asked for, where that is not the usual.
    pub(crate) accept: Option<&'static str>,
    /// What the document demands of the body, where it is JSON.
    pub(crate) body_rules: Rules,
    /// Headers of the caller's own.
    pub(crate) headers: HeaderMap,
    /// A link that the server gave, instead of the path and the query string.
    pub(crate) link: Option<Url>,
    pub(crate) settings: Settings,
    /// Whether a key in the request tells the server when it has seen it before.
    pub(crate) repeats_are_known: bool,
    pub(crate) problem: Option<BuildError>,
}

/// What a caller sets for this call alone.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    pub(crate) timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) max_body_bytes: Option<u64>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) reconnect: Option<Reconnect>,
}

impl Client {
    /// Begins a call of an operation.
    #[must_use]
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }
}

impl Call {
    fn new(client: Client, operation: &'static Operation) -> Self {
        Self(Box::new(Parts {
            client,
            operation,
            params: Vec::new(),
            body: None,
            accept: None,
            body_rules: &[],
            headers: HeaderMap::new(),
            link: None,
            settings: Settings::default(),
            repeats_are_known: false,
            problem: None,
        }))
    }

    /// Sets a parameter. Setting it again replaces it; an absent or null value takes it away.
    pub fn param<T: Json>(&mut self, param: &'static Param, value: &T) {
        if value.is_absent() {
            self.put(param, Exact::Null);
        } else {
            self.put(param, Exact::of(value));
        }
    }

    /// Sets the body, as JSON.
    pub fn json_body<T: Json>(&mut self, body: &T) {
        self.json_body_as("application/json", body);
    }

    /// Sets the body, as JSON under a media type of its own (`application/merge-patch+json`).
    pub fn json_body_as<T: Json>(&mut self, content_type: &str, body: &T) {
        self.body(content_type, json::to_sent(body, self.sends_read_only()));
        self.0.body_rules = T::rules();
    }

    /// Sets the body, as a JSON list.
    pub fn json_list_body<T: Json>(&mut self, content_type: &str, items: &[T]) {
        let mut text = vec![b'['];
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                text.push(b',');
            }
            text.extend(json::to_sent(item, self.sends_read_only()));
        }
        text.push(b']');
        self.body(content_type, text);
        self.0.body_rules = Vec::<T>::rules();
    }

    fn sends_read_only(&self) -> bool {
        self.0.client.shared.send_read_only
    }

    /// What the document demands of the JSON body, where that is not what its type says.
    pub fn body_rules(&mut self, rules: Rules) {
        self.0.body_rules = rules;
    }

    /// Checks the parameters and the JSON body against what the document demands of them.
    ///
    /// # Errors
    /// Names everything that is not as the document demands.
    pub(crate) fn check(&self) -> Result<(), ValidationError> {
        let parts = &*self.0;
        let mut violations = Vec::new();
        for (param, value) in &parts.params {
            let subject = Some((param.location, param.name));
            violations.extend(validate::check(subject, &value.to_value(), param.rules));
        }
        let body = parts.body.as_ref().and_then(|(_, body)| body.as_bytes());
        if let Some(body) = body
            && !parts.body_rules.is_empty()
        {
            violations.extend(validate::check_text(body, parts.body_rules));
        }
        ValidationError::of(violations)
    }

    /// Sets the body.
    pub fn body(&mut self, content_type: &str, body: impl Into<Body>) {
        self.set_body(content_type, body.into());
    }

    /// Checks that the media type of a body that the caller named is one of a range.
    pub fn content_type(&mut self, range: &str, media_type: &str) {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is_within = match range.split_once('*') {
            Some((before, after)) => {
                let inner = essence.len().checked_sub(before.len() + after.len());
                let begins = essence.get(..before.len());
                let ends = essence.get(essence.len().saturating_sub(after.len())..);
                let is = |part: Option<&str>, wanted: &str| {
                    part.is_some_and(|part| part.eq_ignore_ascii_case(wanted))
                };
                inner.is_some_and(|inner| inner > 0) && is(begins, before) && is(ends, after)
            }
            None => essence.eq_ignore_ascii_case(range),
        };
        if !is_within || essence.contains('*') {
            self.note(bad_body(
                "its media type is none of those that the document allows",
            ));
        }
    }

    /// Sets the body, as `application/x-www-form-urlencoded`: an object, member by member.
    /// `encoding` is what the document says of single members, as query parameters.
    pub fn form_body<T: Json>(&mut self, encoding: &'static [Param], body: &T) {
        match Exact::sent(body, self.sends_read_only()) {
            Exact::Object(members) => {
                let form = encode::form(encoding, &members);
                self.body("application/x-www-form-urlencoded", form);
            }
            _ => self.note(bad_body("a form is an object")),
        }
    }

    /// Sets the body, as a line of JSON for each value.
    pub fn json_lines_body<T: Json>(&mut self, content_type: &str, values: &[T]) {
        let mut lines = Vec::new();
        for value in values {
            lines.extend(json::to_sent(value, self.sends_read_only()));
            lines.push(b'\n');
        }
        self.body(content_type, lines);
    }

    /// Asks for another media type than the operation's usual one.
    pub fn accept(&mut self, media_type: &'static str) {
        self.0.accept = Some(media_type);
    }

    /// Sets the body, as `multipart/form-data`.
    pub fn multipart_body(&mut self, form: Multipart) {
        match form.finish() {
            Ok((content_type, body)) => self.set_body(&content_type, body),
            Err(error) => self.note(error),
        }
    }

    /// Gives the call a key of its own in this parameter, unless it has one. The server knows a
    /// repeated call by it, so the call may be tried again whatever its method.
    pub fn idempotency_key(&mut self, param: &'static Param) {
        self.0.repeats_are_known = true;
        if self.get(param).is_none() {
            let key = uuid::Builder::from_random_bytes(fastrand::u128(..).to_be_bytes());
            self.put(param, Exact::String(key.into_uuid().to_string()));
        }
    }

    pub(crate) fn is_idempotent(&self) -> bool {
        self.0.operation.method.is_idempotent() || self.0.repeats_are_known
    }

    /// A header of the caller's own, above the client's and the document's.
    pub(crate) fn header(&mut self, name: &str, value: &str) {
        match header(name, value) {
            Ok((name, value)) => {
                self.0.headers.insert(name, value);
            }
            Err(error) => self.note(error),
        }
    }

    /// How long the call may take.
    pub(crate) fn time_limit(&self) -> Duration {
        let parts = &*self.0;
        let own = parts.settings.timeout;
        own.unwrap_or(parts.client.shared.timeout)
    }

    /// How long its response may be silent.
    pub(crate) fn silence_limit(&self) -> Duration {
        let parts = &*self.0;
        let own = parts.settings.idle_timeout;
        own.unwrap_or(parts.client.shared.idle_timeout)
    }

    /// How large its response body, or one piece of a stream, may be.
    pub(crate) fn size_limit(&self) -> u64 {
        let parts = &*self.0;
        let own = parts.settings.max_body_bytes;
        own.unwrap_or(parts.client.shared.max_body_bytes)
    }

    /// When it is tried again.
    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        let parts = &*self.0;
        let own = parts.settings.retry.as_ref();
        own.unwrap_or(&parts.client.shared.retry)
    }

    /// Whether its stream goes on over a new connection.
    pub(crate) fn reconnects(&self) -> Reconnect {
        let parts = &*self.0;
        let own = parts.settings.reconnect;
        own.unwrap_or(parts.client.shared.reconnect)
    }

    /// The call with everything that is set; what stays behind is a call with nothing set.
    pub(crate) fn take(&mut self) -> Self {
        let empty = Self::new(self.0.client.clone(), self.0.operation);
        std::mem::replace(self, empty)
    }

    pub(crate) fn set(&mut self, param: &'static Param, value: &Value) {
        self.put(param, Exact::of(value));
    }

    fn put(&mut self, param: &'static Param, value: Exact) {
        if param.location == Location::Body {
            return self.set_in_body(param.name, value.to_value());
        }
        let params = &mut self.0.params;
        let same = |other: &Param| other.name == param.name && other.location == param.location;
        let at = params.iter().position(|(other, _)| same(other));
        match (at, value.is_null()) {
            (Some(at), true) => {
                params.remove(at);
            }
            (Some(at), false) => {
                if let Some(slot) = params.get_mut(at) {
                    slot.1 = value;
                }
            }
            (None, true) => {}
            (None, false) => params.push((param, value)),
        }
    }

    /// The value of a parameter, where it is set.
    pub(crate) fn get(&self, param: &Param) -> Option<Value> {
        if param.location == Location::Body {
            let (_, body) = self.0.body.as_ref()?;
            let body: Value = serde_json::from_slice(body.as_bytes()?).ok()?;
            return body.pointer(param.name).cloned();
        }
        let same = |other: &Param| other.name == param.name && other.location == param.location;
        self.0
            .params
            .iter()
            .find(|(other, _)| same(other))
            .map(|(_, value)| value.to_value())
    }

    /// The same call once more, unless its body can be sent once only.
    pub(crate) fn try_clone(&self) -> Option<Self> {
        let parts = &*self.0;
        let body = match &parts.body {
            Some((content_type, body)) => Some((content_type.clone(), body.try_clone()?)),
            None => None,
        };
        Some(Self(Box::new(Parts {
            client: parts.client.clone(),
            operation: parts.operation,
            params: parts.params.clone(),
            body,
            accept: parts.accept,
            body_rules: parts.body_rules,
            headers: parts.headers.clone(),
            link: parts.link.clone(),
            settings: parts.settings.clone(),
            repeats_are_known: parts.repeats_are_known,
            problem: parts.problem.clone(),
        })))
    }

    fn set_body(&mut self, content_type: &str, body: Body) {
        self.0.body_rules = &[];
        match HeaderValue::from_str(content_type) {
            Ok(content_type) => self.0.body = Some((content_type, body)),
            Err(_) => self.note(bad_body("its content type is not a header value")),
        }
    }

    pub(crate) fn note(&mut self, error: BuildError) {
        self.0.problem.get_or_insert(error);
    }
}

fn bad_body(reason: &str) -> BuildError {
    Problem::Body {
        reason: reason.to_owned(),
    }
    .into()
}

/// What is called and which parameters are set. Their values may be secrets.
impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &*self.0;
        let params: Vec<&str> = parts.params.iter().map(|(param, _)| param.name).collect();
        f.debug_struct("Call")
            .field("operation", &parts.operation.id)
            .field("path", &parts.operation.path)
            .field("params", &params)
            .finish_non_exhaustive()
    }
}
