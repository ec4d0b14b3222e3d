//! What cargo says of many crates, from its messages in JSON.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::report::Compile;

/// What was said of each crate so far, by the folder of the crate.
#[derive(Debug, Default)]
pub(super) struct Checks {
    crates: BTreeMap<String, Check>,
}

#[derive(Debug, Default)]
struct Check {
    finished: bool,
    worst: Option<(Compile, String)>,
}

/// One line of cargo's output, as far as it matters here.
#[derive(Deserialize)]
struct Line {
    reason: String,
    manifest_path: Option<String>,
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    #[serde(rename = "message")]
    text: String,
    code: Option<Name>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Name {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: usize,
    is_primary: bool,
}

impl Checks {
    /// Takes one line of cargo's output; what is no message is passed over.
    pub(super) fn line(&mut self, line: &str) {
        let Ok(line) = serde_json::from_str::<Line>(line) else {
            return;
        };
        let Some(name) = line.manifest_path.as_deref().and_then(folder) else {
            return;
        };
        let check = self.crates.entry(name.to_owned()).or_default();
        match (line.reason.as_str(), line.message) {
            ("compiler-artifact", _) => check.finished = true,
            ("compiler-message", Some(message)) => check.message(&message),
            _ => {}
        }
    }

    /// Whether cargo came to no crate at all.
    #[must_use]
    pub(super) fn is_empty(&self) -> bool {
        self.crates.is_empty()
    }

    /// What cargo said of a crate; of one that it never finished, the end of what it said at all.
    #[must_use]
    pub(super) fn verdict(&self, crate_name: &str, said: &str) -> (Compile, Option<String>) {
        let check = self.crates.get(crate_name);
        match check {
            Some(Check {
                worst: Some((compile, first)),
                ..
            }) => (*compile, Some(first.clone())),
            Some(Check { finished: true, .. }) => (Compile::Clean, None),
            _ => {
                let said: Vec<_> = said.lines().rev().take(3).collect();
                let said: Vec<_> = said.into_iter().rev().collect();
                let message = format!("cargo did not come to it: {}", said.join(" "));
                (Compile::Errors, Some(message))
            }
        }
    }
}

impl Check {
    fn message(&mut self, message: &Message) {
        let compile = match message.level.as_str() {
            level if level.starts_with("error") => Compile::Errors,
            "warning" => Compile::Warnings,
            _ => return,
        };
        // The first of the worst kind.
        if self
            .worst
            .as_ref()
            .is_none_or(|(known, _)| *known < compile)
        {
            self.worst = Some((compile, message.shown()));
        }
    }
}

impl Message {
    fn shown(&self) -> String {
        let code = self.code.as_ref();
        let code = code.map_or_else(String::new, |code| format!("[{}]", code.code));
        let place = self.spans.iter().find(|span| span.is_primary);
        let place = place.map_or_else(String::new, |place| {
            format!(" (at {}:{})", place.file_name, place.line_start)
        });
        format!("{}{code}: {}{place}", self.level, self.text)
    }
}

/// The name of the folder that a manifest is in.
fn folder(manifest: &str) -> Option<&str> {
    let (folder, _) = manifest.rsplit_once(['/', '\\'])?;
    folder.rsplit(['/', '\\']).next()
}

#[cfg(test)]
mod tests {
    use super::Checks;
    use crate::cli::corpus::report::Compile;

    #[test]
    fn the_worst_counts() {
        let mut checks = Checks::default();
        assert!(checks.is_empty());
        for line in [
            "   Compiling a",
            r#"{"reason":"compiler-message","manifest_path":"/x/a/Cargo.toml","message":{"level":"warning","message":"unused `x`","code":null,"spans":[]}}"#,
            r#"{"reason":"compiler-message","manifest_path":"/x/a/Cargo.toml","message":{"level":"error","message":"mismatched types","code":{"code":"E0308"},"spans":[{"file_name":"src/lib.rs","line_start":3,"is_primary":true}]}}"#,
            r#"{"reason":"compiler-message","manifest_path":"/x/b/Cargo.toml","message":{"level":"warning","message":"unused `x`","code":null,"spans":[]}}"#,
            r#"{"reason":"compiler-artifact","manifest_path":"/x/b/Cargo.toml"}"#,
            r#"{"reason":"compiler-artifact","manifest_path":"/x/c/Cargo.toml"}"#,
            r#"{"reason":"build-finished","success":false}"#,
        ] {
            checks.line(line);
        }
        let first = "error[E0308]: mismatched types (at src/lib.rs:3)".to_owned();
        assert_eq!(checks.verdict("a", ""), (Compile::Errors, Some(first)));
        assert_eq!(checks.verdict("b", "").0, Compile::Warnings);
        assert_eq!(checks.verdict("c", ""), (Compile::Clean, None));
        let (compile, first) = checks.verdict("d", "error: no\nlock");
        assert_eq!(compile, Compile::Errors);
        assert_eq!(first.unwrap(), "cargo did not come to it: error: no lock");
    }
}
