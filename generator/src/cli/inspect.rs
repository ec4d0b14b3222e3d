//! `inspect`: what a document becomes, without writing it.

use super::arguments::Inspect;
use super::report;
use super::stop::Stop;
use super::workspace::Workspace;
use crate::config::Config;
use crate::diagnostic::render::Json;
use crate::inspect::{Inspection, inspect};
use crate::read;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

pub(super) fn run(arguments: &Inspect, workspace: &Workspace) -> Result<(), Stop> {
    let (path, config) = find(&arguments.document, workspace)?;
    let document = match read::read(&path) {
        Ok(document) => document,
        Err(failure) => {
            report::print(&failure.diagnostics, &failure.sources, false);
            let diagnostics = report::json(&failure.diagnostics, &failure.sources);
            if arguments.json {
                println!("{:#}", whole(None, &diagnostics)?);
            }
            return Err(Stop::Failed);
        }
    };
    let read::Document {
        root,
        sources,
        mut diagnostics,
    } = document;
    let model = crate::model(root, &config, &mut diagnostics);
    report::print(&diagnostics, &sources, false);
    let inspection = model.map(|model| inspect(&model, &config));
    if arguments.names {
        print!("{}", inspection.as_ref().map(names).unwrap_or_default());
        return if diagnostics.has_errors() {
            Err(Stop::Failed)
        } else {
            Ok(())
        };
    }
    let value = whole(inspection.as_ref(), &report::json(&diagnostics, &sources))?;
    if arguments.json {
        println!("{value:#}");
    } else {
        print!("{}", text(&value));
    }
    if diagnostics.has_errors() {
        Err(Stop::Failed)
    } else {
        Ok(())
    }
}

/// The names that could be better, for people.
fn names(inspection: &Inspection) -> String {
    let report = &inspection.naming;
    let mut text = String::new();
    // Writing to a String cannot fail.
    for name in &report.names {
        let _ = writeln!(
            text,
            "{}: {}\n  at {}\n  {}",
            name.weakness.as_str(),
            name.name,
            name.pointer,
            name.pin
        );
    }
    let counts = report.counts;
    let _ = writeln!(
        text,
        "{} numbered, {} unnamed members, {} of more than 40 characters, {} that repeat their group",
        counts.numbered, counts.unnamed_members, counts.long, counts.repeats
    );
    text
}

/// The inspection with the diagnostics; its parts are there even where there is no model.
fn whole(inspection: Option<&Inspection>, diagnostics: &[Json]) -> Result<Value, Stop> {
    let mut value = match inspection {
        Some(inspection) => {
            serde_json::to_value(inspection).map_err(|error| Stop::Because(error.to_string()))?
        }
        None => json!({"operations": [], "types": [], "census": null}),
    };
    if let Some(members) = value.as_object_mut() {
        members.insert("diagnostics".to_owned(), json!(diagnostics));
    }
    Ok(value)
}

/// A vendor's document with its configuration, by the vendor's name or by its path, or any document.
fn find(word: &str, workspace: &Workspace) -> Result<(PathBuf, Config), Stop> {
    let path = Path::new(word);
    let is_path = word.contains(['/', '\\', '.']) || path.is_file();
    if is_path && !workspace.is_document_of_a_vendor(path) {
        return Ok((path.to_owned(), Config::named("api-client")));
    }
    let path = if is_path {
        path.to_owned()
    } else {
        workspace.check_vendor(word)?;
        workspace.document(word)?
    };
    let config = path.with_file_name(crate::config::FILE_NAME);
    let text = std::fs::read_to_string(&config)
        .map_err(|error| Stop::Because(format!("cannot read `{}`: {error}", config.display())))?;
    let config = Config::parse(&text).map_err(|diagnostics| {
        let sources = crate::read::Sources::of_text(&config, text.as_str());
        report::print(&diagnostics, &sources, false);
        Stop::Failed
    })?;
    Ok((path, config))
}

/// The operations for people, from the same value that `--json` prints.
fn text(inspection: &Value) -> String {
    let mut text = String::new();
    for operation in list(inspection, "operations") {
        let arguments: Vec<_> = list(operation, "arguments").map(argument).collect();
        let success: Vec<_> = list(operation, "success").map(response).collect();
        let errors: Vec<_> = list(operation, "errors").map(response).collect();
        let start = text.len();
        let mut line = |name: &str, value: String| {
            if !value.is_empty() {
                text.push_str(&["    ", name, ": ", &value, "\n"].concat());
            }
        };
        line("arguments", arguments.join(", "));
        line("success", success.join(", "));
        line("errors", errors.join(", "));
        line("pagination", pagination(operation));
        let auth: Vec<_> = list(operation, "auth").map(schemes).collect();
        line("auth", auth.join(" or "));
        line("streaming", word(operation, "streaming"));
        let head = [
            word(operation, "method"),
            word(operation, "path"),
            word(operation, "rust"),
        ];
        text.insert_str(start, &(head.join(" ") + "\n"));
        text.push('\n');
    }
    for (name, count) in inspection
        .get("census")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        // The places are for `--json`: there are hundreds.
        if !count.is_array() {
            text.push_str(&[name, ": ", &count.to_string(), "\n"].concat());
        }
    }
    text
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn argument(value: &Value) -> String {
    let optional = value.get("required").and_then(Value::as_bool) == Some(false);
    let mark = if optional { "?" } else { "" };
    format!(
        "{}{mark}: {} ({})",
        word(value, "name"),
        word(value, "type"),
        word(value, "in")
    )
}

fn response(value: &Value) -> String {
    format!("{} {}", word(value, "status"), word(value, "type"))
}

fn pagination(operation: &Value) -> String {
    let Some(pagination) = operation
        .get("pagination")
        .filter(|value| value.is_object())
    else {
        return String::new();
    };
    let [kind, parameter, item] = ["kind", "parameter", "item"].map(|key| word(pagination, key));
    if parameter.is_empty() {
        return format!("{kind}, a stream of {item}");
    }
    format!("{kind}, by `{parameter}`, a stream of {item}")
}

/// Credentials that are needed together.
fn schemes(value: &Value) -> String {
    let names: Vec<_> = value.as_array().into_iter().flatten().map(plain).collect();
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join(" and ")
    }
}

fn word(value: &Value, key: &str) -> String {
    value.get(key).map(plain).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Bool(true) => "yes".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::json;

    #[test]
    fn operations_for_people() {
        let operation = |id: &str| {
            json!({
                "id": id, "method": "GET", "path": "/tokens", "tag": "tokens",
                "rust": format!("client.tokens().{id}()"),
                "arguments": [{"name": "cursor", "in": "query", "type": "String", "required": false}],
                "success": [{"status": "200", "type": "Page"}], "errors": [],
                "pagination": {"kind": "cursor", "parameter": "cursor", "item": "Token"},
                "auth": [["a", "b"], ["c"]], "streaming": false,
            })
        };
        let inspection = json!({
            "operations": [operation("a"), operation("b")], "census": {"operations": 2},
        });
        let one = |id: &str| {
            format!(
                "GET /tokens client.tokens().{id}()\n    arguments: cursor?: String (query)\n    \
                 success: 200 Page\n    pagination: cursor, by `cursor`, a stream of Token\n    \
                 auth: a and b or c\n\n"
            )
        };
        assert_eq!(text(&inspection), one("a") + &one("b") + "operations: 2\n");
    }
}
