//! One operation's requests and answers, and how a test goes through them.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use serde_json::Value;

use super::server::{Reply, Server};
use super::{check, parse, same};
use crate::error::Error;
use crate::json::{self as codec, Json};
use crate::send::Sending;
use crate::stream::Event;

/// An operation as the file of a test describes it.
#[derive(Debug)]
pub struct Exchange {
    name: String,
    value: Value,
}

/// One call of an operation, on its way to a server that waits for it.
#[derive(Debug)]
pub struct Run<'x> {
    exchange: &'x Exchange,
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
    failure: String,
}

/// Encodes what a body was decoded to.
pub fn json<T: Json>(value: &T) -> Option<String> {
    Some(codec::to_string(value))
}

/// Encodes what events say.
#[must_use]
#[allow(clippy::ptr_arg, reason = "what a call answers with is a vector")]
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

impl Exchange {
    /// An operation of a file.
    ///
    /// # Panics
    /// When the file has none of this name.
    #[must_use]
    pub fn of(file: &str, name: &str) -> Self {
        let value = parse(file).get_mut(name).map(Value::take);
        Self {
            value: value.unwrap_or_else(|| panic!("the file has no `{name}`")),
            name: name.to_owned(),
        }
    }

    /// Calls the operation once for each of its answers and checks both sides.
    ///
    /// # Panics
    /// When a request is not the one that is described, or an answer does not come out as what it
    /// is.
    pub fn check<T, E>(
        &self,
        read: fn(&T) -> Option<String>,
        call: impl Fn(&Run<'_>) -> Sending<T, E>,
    ) {
        let answers = self.value.get("answers").and_then(Value::as_array);
        for answer in answers.into_iter().flatten() {
            let server = Server::start(reply(answer)).expect("a port of this machine");
            let run = Run {
                exchange: self,
                url: server.url(),
            };
            let outcome = block_on(Box::pin(async {
                match call(&run).await {
                    Ok(response) => Outcome {
                        status: Some(response.status().as_u16()),
                        body: read(&response),
                        is_typed: true,
                        failure: String::new(),
                    },
                    Err(error) => failed(&error),
                }
            }));
            self.judge(answer, &server, &outcome);
        }
    }

    fn judge(&self, answer: &Value, server: &Server, outcome: &Outcome) {
        let status = answer
            .get("status")
            .and_then(Value::as_u64)
            .unwrap_or_default();
        let mut problems = match server.received() {
            Some(Ok(received)) => check::problems(&self.value, &received),
            Some(Err(error)) => vec![format!("the request broke off: {error}")],
            None => vec!["no request came".to_owned()],
        };
        if outcome.status.map(u64::from) != Some(status) || !outcome.failure.is_empty() {
            let found = outcome.status;
            problems.push(format!("the status is {found:?}: {}", outcome.failure));
        }
        let body = answer.get("body");
        if body.is_some() && !outcome.is_typed {
            problems.push("the error's body was not decoded".to_owned());
        }
        if let (Some(body), Some(found)) = (body, &outcome.body)
            && let Err(problem) = same::texts(body, found)
        {
            problems.push(format!("the answer: {problem}"));
        }
        let name = &self.name;
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
        self.decoded(&["arguments", name])
    }

    /// A part of a form by its name.
    ///
    /// # Panics
    /// When the file has none, or it is none of that type.
    #[must_use]
    pub fn part<T: Json>(&self, name: &str) -> T {
        self.decoded(&["parts", name])
    }

    /// The body of the request.
    ///
    /// # Panics
    /// When the file has none, or it is none of that type.
    #[must_use]
    pub fn body<T: Json>(&self) -> T {
        let kinds = ["json", "lines", "form"];
        let found = kinds
            .iter()
            .find(|key| self.exchange.value.get(*key).is_some());
        self.decoded(&[found.unwrap_or(&"json")])
    }

    /// The body of the request, of what is no JSON.
    #[must_use]
    pub fn text(&self) -> String {
        let text = self.exchange.value.get("text").and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    }

    fn decoded<T: Json>(&self, path: &[&str]) -> T {
        let value = path.iter().fold(&self.exchange.value, |value, key| {
            value.get(key).unwrap_or(&Value::Null)
        });
        match codec::from_value(value) {
            Ok(value) => value,
            Err(error) => panic!("{}: {path:?}: {error}", self.exchange.name),
        }
    }
}

fn reply(answer: &Value) -> Reply {
    let text = |key: &str| answer.get(key).and_then(Value::as_str).map(str::to_owned);
    let status = answer
        .get("status")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let shown = || answer.get("body").map(Value::to_string);
    let body = text("text").or_else(shown).unwrap_or_default();
    Reply {
        status: u16::try_from(status).unwrap_or_default(),
        media_type: text("media_type"),
        body: body.into_bytes(),
    }
}

fn failed<E>(error: &Error<E>) -> Outcome {
    let (failure, is_typed) = match error {
        Error::Status(status) => {
            let undecoded = status.undecoded().map(ToString::to_string);
            (undecoded.unwrap_or_default(), status.body().is_some())
        }
        other => (other.to_string(), false),
    };
    Outcome {
        status: error.status().map(|status| status.as_u16()),
        body: None,
        is_typed,
        failure,
    }
}

/// Runs a call on this thread, and not for ever.
fn block_on(future: Pin<Box<dyn Future<Output = Outcome> + '_>>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.expect("an async runtime");
    runtime.block_on(async {
        let limited = tokio::time::timeout(Duration::from_secs(30), future).await;
        limited.expect("a call that ends")
    })
}
