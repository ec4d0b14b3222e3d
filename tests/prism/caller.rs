//! What the callers of the contract tests share. A caller is written by `tests/tests/prism`: one
//! function for each operation of a crate. It reads from its input which of them are called with
//! what, and prints a line for each.

use std::fmt::{Debug, Write as _};
use std::future::Future;
use std::pin::Pin;

use clientsmith_runtime as rt;
use serde_json::{Map, Value, json};

/// What went wrong, if anything did.
pub type Outcome = Result<(), String>;

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
        println!("{}", json!({ "index": index, "failure": failure }));
    }
}

/// An argument that is given.
pub fn given<T: rt::Json>(arguments: &Arguments, name: &str) -> Result<T, String> {
    let value = optional(arguments, name)?;
    value.ok_or_else(|| format!("there is no value for `{name}`"))
}

/// An argument that may be given.
pub fn optional<T: rt::Json>(arguments: &Arguments, name: &str) -> Result<Option<T>, String> {
    let Some(value) = arguments.get(name) else {
        return Ok(None);
    };
    match rt::json::from_str(&value.to_string()) {
        Ok(value) => Ok(Some(value)),
        Err(error) => Err(format!("the value for `{name}`: {error}")),
    }
}

/// A body that is sent as it is.
pub fn bytes(value: Value) -> Vec<u8> {
    match value {
        Value::String(text) => text.into_bytes(),
        value => value.to_string().into_bytes(),
    }
}

/// Sends a request: Prism must take it, and the answer must decode.
pub async fn done<T, E: Debug>(sending: rt::Sending<T, E>) -> Outcome {
    let (violations, mut failure) = match sending.await {
        Ok(response) => (response.header("sl-violations").map(str::to_owned), String::new()),
        Err(error) => {
            let violations = error.header("sl-violations").map(str::to_owned);
            (violations, format!("{error}\n"))
        }
    };
    let violations: Vec<Value> = violations
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_default();
    for violation in violations {
        let is_request = violation["location"][0] == "request";
        // An answer that breaks its schema matters only where it does not decode.
        if is_request || !failure.is_empty() {
            let place: Vec<_> = violation["location"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let message = violation["message"].as_str().unwrap_or_default();
            let _ = writeln!(failure, "{}: {message}", place.join("."));
        }
    }
    if failure.is_empty() {
        return Ok(());
    }
    Err(failure.trim_end().replace('\n', "; ").chars().take(600).collect())
}
