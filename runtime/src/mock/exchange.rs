//! One operation's requests and responses, and how a test goes through them.

use std::time::Duration;

use serde_json::Value;

use super::server::{Reply, Server};
use super::types::parse;
use super::{request, same};
use crate::error::Error;
use crate::exchange::{Sending, within};
use crate::json::{self as codec, Json};
use crate::response::Response;
use crate::stream::Event;
use crate::transport::{BoxFuture, platform};

/// An operation as the file of a test describes it.
struct Exchange<'f> {
    name: &'f str,
    value: Value,
}

/// One call of an operation, on its way to a server that waits for it.
#[derive(Debug)]
pub struct Run<'x> {
    exchange: &'x Value,
    url: String,
}

/// What a call came to, whatever its types are.
struct Outcome {
    status: Option<u16>,
    /// The decoded body, encoded again.
    body: Option<String>,
    /// Whether an error has the body that the document describes.
    is_typed: bool,
    /// How the call failed otherwise.
    failure: Option<String>,
}

/// Calls an operation once for each response that a file has for it, and checks both sides: that the
/// request is the one which is described, and that the response comes out as what it is.
///
/// # Panics
/// When one of them is not, or the file has no such operation.
pub fn check<T: 'static, E: 'static>(
    file: &str,
    name: &str,
    read: fn(&T) -> Option<String>,
    call: impl Fn(&Run<'_>) -> Sending<T, E>,
) {
    let value = parse(file).get_mut(name).map(Value::take);
    let value = value.unwrap_or_else(|| panic!("the file has no `{name}`"));
    // Nothing else is compiled for each operation.
    Exchange { name, value }.play(&|run| {
        let sending = call(run);
        Box::pin(async move { outcome(sending.await, read) })
    });
}

fn outcome<T, E>(result: Result<Response<T>, Error<E>>, read: fn(&T) -> Option<String>) -> Outcome {
    match result {
        Ok(response) => Outcome {
            status: Some(response.status().as_u16()),
            body: read(&response),
            is_typed: true,
            failure: None,
        },
        Err(error) => Outcome {
            status: error.status().map(|status| status.as_u16()),
            body: None,
            is_typed: matches!(&error, Error::Status(status) if status.body().is_some()),
            failure: match &error {
                Error::Status(status) => status.undecoded().map(ToString::to_string),
                other => Some(other.to_string()),
            },
        },
    }
}

/// Encodes what a body was decoded to.
pub fn json<T: Json>(value: &T) -> Option<String> {
    Some(codec::to_string(value))
}

/// Encodes what events say.
#[must_use]
#[allow(clippy::ptr_arg, reason = "what a call returns is a vector")]
pub fn events<T: Json>(events: &Vec<Event<T>>) -> Option<String> {
    let texts: Vec<String> = events
        .iter()
        .map(|event| codec::to_string(&event.data))
        .collect();
    Some(format!("[{}]", texts.join(",")))
}

/// Encodes a text, whatever holds it.
pub fn text<T: AsRef<[u8]>>(text: &T) -> Option<String> {
    Some(Value::String(String::from_utf8_lossy(text.as_ref()).into_owned()).to_string())
}

/// Of what differs from status to status only the status is looked at.
#[must_use]
pub fn opaque<T>(_: &T) -> Option<String> {
    None
}

impl Exchange<'_> {
    fn play(&self, call: &dyn Fn(&Run<'_>) -> BoxFuture<Outcome>) {
        let responses = self.value.get("responses").and_then(Value::as_array);
        for response in responses.into_iter().flatten() {
            let server = Server::start(reply(response)).expect("a port of this machine");
            let run = Run {
                exchange: &self.value,
                url: server.url(),
            };
            let outcome = block_on(call(&run));
            self.judge(response, &server, &outcome);
        }
    }

    fn judge(&self, response: &Value, server: &Server, outcome: &Outcome) {
        let expected = self.value.get("request").unwrap_or(&Value::Null);
        let mut problems = match server.received() {
            Some(Ok(received)) => request::problems(expected, &received),
            Some(Err(error)) => vec![format!("the request broke off: {error}")],
            None => vec!["no request came".to_owned()],
        };
        let status = status(response);
        if outcome.status != Some(status) {
            problems.push(format!("the status is {:?}", outcome.status));
        }
        problems.extend(outcome.failure.clone());
        let body = response.get("body");
        if body.is_some() && !outcome.is_typed {
            problems.push("the error's body was not decoded".to_owned());
        }
        if let (Some(body), Some(found)) = (body, &outcome.body)
            && let Err(problem) = same::texts(body, found)
        {
            problems.push(format!("the response: {problem}"));
        }
        let name = self.name;
        assert!(
            problems.is_empty(),
            "{name}, status {status}:\n{}",
            problems.join("\n")
        );
    }
}

impl Run<'_> {
    /// Where the server is.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// An argument by its name.
    ///
    /// # Panics
    /// When the file has none, or it is none of that type.
    #[must_use]
    pub fn arg<T: Json>(&self, name: &str) -> T {
        self.decoded(&format!("/arguments/{name}"))
    }

    /// A part of a form by its name.
    ///
    /// # Panics
    /// When the file has none, or it is none of that type.
    #[must_use]
    pub fn part<T: Json>(&self, name: &str) -> T {
        let name = name.replace('~', "~0").replace('/', "~1");
        self.decoded(&format!("/request/parts/{name}"))
    }

    /// The body of the request, or a line of it.
    ///
    /// # Panics
    /// When the file has none, or it is none of that type.
    #[must_use]
    pub fn body<T: Json>(&self) -> T {
        self.decoded("/request/json")
    }

    fn decoded<T: Json>(&self, pointer: &str) -> T {
        let value = self.exchange.pointer(pointer).unwrap_or(&Value::Null);
        codec::from_value(value).unwrap_or_else(|error| panic!("{pointer}: {error}"))
    }
}

fn status(response: &Value) -> u16 {
    let status = response.get("status").and_then(Value::as_u64);
    status
        .and_then(|status| status.try_into().ok())
        .unwrap_or_default()
}

fn reply(response: &Value) -> Reply {
    let text = |key: &str| response.get(key).and_then(Value::as_str).map(str::to_owned);
    let shown = || response.get("body").map(Value::to_string);
    Reply {
        status: status(response),
        media_type: text("media_type"),
        body: text("text").or_else(shown).unwrap_or_default().into_bytes(),
    }
}

/// Runs a call on this thread, and not for ever.
fn block_on(call: BoxFuture<Outcome>) -> Outcome {
    let limited = async {
        let limit = platform::sleep(Duration::from_secs(30));
        within(Box::pin(limit), call).await
    };
    platform::block_on(limited).expect("a call that ends")
}
