//! One operation: what its test sends, what must be on the wire, and what comes back.

use serde_json::{Map, Value, json};

use super::sample::Sampler;
use super::writer::{Result, Unknown, Writer};
use super::{body, credentials, parameters, responses, server};
use crate::model::{Api, OperationId};
use crate::name::Names;

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
        request(&mut writer, form).ok()?;
        let key = names.tests.get(form)?.plain().to_owned();
        let (value, unplayed) = value(&mut writer);
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

fn request(writer: &mut Writer<'_>, form: usize) -> Result {
    let operation = writer.operation;
    // It asks for a tunnel, and has no path on the wire.
    if operation.method.as_str() == "CONNECT" {
        return Err(Unknown);
    }
    let method = json!(operation.method.as_str());
    writer.request.insert("method".to_owned(), method);
    path(writer)?;
    for index in 0..operation.parameters.len() {
        parameters::write(writer, index)?;
    }
    credentials::write(writer)?;
    match &operation.body {
        Some(body) => body::write(writer, body, form),
        None => Ok(()),
    }
}

/// The data of the test, and the statuses that no response has.
fn value(writer: &mut Writer<'_>) -> (Value, Vec<String>) {
    let (responses, unplayed) = responses::responses(writer);
    let mut value = Map::new();
    let request = std::mem::take(&mut writer.request);
    value.insert("request".to_owned(), Value::Object(request));
    if !writer.arguments.is_empty() {
        let arguments = std::mem::take(&mut writer.arguments);
        value.insert("arguments".to_owned(), Value::Object(arguments));
    }
    value.insert("responses".to_owned(), Value::Array(responses));
    (Value::Object(value), unplayed)
}

/// The path. What follows a `#` stays with the client, and a `?` begins the query.
fn path(writer: &mut Writer<'_>) -> Result {
    let path = &writer.operation.path;
    let sent = path.split('#').next().unwrap_or_default();
    let (sent, query) = sent.split_once('?').unwrap_or((sent, ""));
    let prefix = match writer.operation.servers.first() {
        Some(own) => server::prefix(own).ok_or(Unknown)?,
        None => String::new(),
    };
    let slash = if prefix.is_empty() || sent.starts_with('/') {
        ""
    } else {
        "/"
    };
    let sent = format!("{prefix}{slash}{sent}");
    writer.request.insert("path".to_owned(), json!(sent));
    if !query.is_empty() {
        writer.open_query(format!("?{query}"));
    }
    Ok(())
}
