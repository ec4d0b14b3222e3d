//! What the callers of the contract tests share. A caller is written by `tests/tests/prism`: one
//! function for each operation of a crate. It reads from its input which of them are called with
//! what, and prints a line for each.

use std::fmt::{Debug, Write as _};
use std::future::Future;
use std::pin::Pin;

use clientsmith_runtime as rt;
use serde_json::{Map, Value, json};

/// What went wrong, if anything did.
pub type Outcome = Result<(), Failure>;

/// How a call went wrong.
pub struct Failure {
    text: String,
    /// The answer that does not decode, and where.
    undecoded: Option<Value>,
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self {
            text,
            undecoded: None,
        }
    }
}

/// A call under way.
pub type Calling = Pin<Box<dyn Future<Output = Outcome> + Send>>;

/// The values of a call's arguments, by their names.
pub type Arguments = Map<String, Value>;

/// Calls what the input names, one after the other.
pub fn run(call: impl Fn(usize, Arguments) -> Calling) {
    let calls: Vec<(usize, Arguments)> = serde_json::from_reader(std::io::stdin()).expect("calls");
    let runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = { runtime }.enable_all().build().expect("a runtime");
    for (index, arguments) in calls {
        let failure = runtime.block_on(call(index, arguments)).err();
        let text = failure.as_ref().map(|failure| &failure.text);
        let undecoded = failure.as_ref().and_then(|it| it.undecoded.as_ref());
        let line = json!({ "index": index, "failure": text, "undecoded": undecoded });
        println!("{line}");
    }
}

/// An argument, or a part of a form.
pub fn given<T: rt::Json>(arguments: &Arguments, name: &str) -> Result<T, String> {
    let value = arguments.get(name);
    let value = value.ok_or_else(|| format!("there is no value for `{name}`"))?;
    rt::json::from_str(&value.to_string())
        .map_err(|error| format!("the value for `{name}`: {error}"))
}

/// A body or a file that is sent as it is.
pub fn bytes(value: Value) -> Vec<u8> {
    match value {
        Value::String(text) => text.into_bytes(),
        value => value.to_string().into_bytes(),
    }
}

/// Files that are sent as they are.
pub fn files(values: Vec<Value>) -> Vec<Vec<u8>> {
    values.into_iter().map(bytes).collect()
}

/// Sends a request: Prism must take it, and the answer must decode.
pub async fn done<T, E: Debug>(sending: rt::Sending<T, E>) -> Outcome {
    let (header, error) = match sending.await {
        Ok(response) => (response.header("sl-violations").map(str::to_owned), None),
        Err(error) => (
            error.header("sl-violations").map(str::to_owned),
            Some(error),
        ),
    };
    let violations: Vec<Value> = header
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    let mut failure = error.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut is_taken = true;
    for violation in &violations {
        // Warnings tell that something is deprecated.
        let is_error = violation["severity"] == "Error";
        if is_error && violation["location"][0] == "request" {
            is_taken = false;
            let message = violation["message"].as_str().unwrap_or_default();
            let _ = write!(failure, "; {}: {message}", place(violation));
        }
    }
    if failure.is_empty() {
        return Ok(());
    }
    let failure = failure.trim_start_matches("; ").replace('\n', " ");
    let undecoded = match &error {
        Some(rt::Error::Decode(details)) if is_taken => Some(undecoded(details, &violations)),
        _ => None,
    };
    Err(Failure {
        text: failure.chars().take(600).collect(),
        undecoded,
    })
}

/// An answer that does not decode: whose fault that is, others judge.
fn undecoded(details: &rt::BodyError, violations: &[Value]) -> Value {
    let raw = details.raw();
    let violations: Vec<String> = violations.iter().map(place).collect();
    json!({
        "path": details.error().path(),
        "message": details.error().message(),
        "status": raw.status().as_u16(),
        "media_type": raw.header("content-type"),
        "body": String::from_utf8_lossy(raw.body()),
        "violations": violations,
    })
}

/// Where a violation is, as names with dots between.
fn place(violation: &Value) -> String {
    let parts = violation["location"].as_array().into_iter().flatten();
    let parts = parts.map(|part| {
        part.as_str()
            .map_or_else(|| part.to_string(), str::to_owned)
    });
    parts.collect::<Vec<_>>().join(".")
}
