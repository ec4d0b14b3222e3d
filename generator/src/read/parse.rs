//! One file to one value: bytes, text, JSON or YAML, with the place of what does not parse.

use super::encoding::decode;
use super::limits::{MAX_ALIAS_GROWTH, MAX_DEPTH};
use super::sources::{Sources, offset_at};
use super::value::{Format, Limit, State, ValueSeed};
use super::value_path::ValuePath;
use super::{index_yaml, texts};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Pointer, Severity};
use serde::de::DeserializeSeed;
use serde_json::Value;
use std::ops::Range;
use std::path::Path;

/// Loads the file at `path` and adds its text to the sources, shown as `name`; `base` is the
/// pointer to its root. `None` when an error was added.
pub(super) fn load(
    path: &Path,
    name: &Path,
    base: &Pointer,
    sources: &mut Sources,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            sources.add(name, base, String::new(), Format::Yaml);
            let message = format!("cannot read `{}`: {}", name.display(), plain(&error));
            diagnostics.error(Code::Unreadable, base, message);
            return None;
        }
    };
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(valid) => {
            sources.add(name, base, String::new(), Format::Yaml);
            let message = format!("the file is not UTF-8 text: byte {valid} does not belong there");
            diagnostics
                .error(Code::UnknownEncoding, base, message)
                .help("save it as UTF-8, or as UTF-16 with a byte order mark");
            return None;
        }
    };
    match parse(&text, path, base, diagnostics) {
        Ok((value, format)) => {
            sources.add(name, base, text, format);
            Some(value)
        }
        Err(broken) => {
            sources.add_broken(name, base, text, broken.format, broken.place);
            diagnostics.push(broken.diagnostic);
            None
        }
    }
}

/// Says that the document is no object.
pub(super) fn refuse_root(root: &Value, diagnostics: &mut Diagnostics) {
    let (code, message) = match root {
        Value::Null => (Code::EmptyDocument, "the document is empty"),
        Value::Array(_) => (Code::NotAnObject, "the document is a list, not an object"),
        _ => (
            Code::NotAnObject,
            "the document is a single value, not an object",
        ),
    };
    diagnostics
        .error(code, Pointer::root(), message)
        .help("an OpenAPI document begins with a key such as `openapi: 3.1.0`");
}

/// The message of the operating system without its number: "no such file or directory".
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(characters).collect()
    })
}

/// A text that does not parse.
struct Broken {
    diagnostic: Diagnostic,
    place: Range<usize>,
    format: Format,
}

/// Parses by content first: what begins with a bracket is tried as JSON. YAML includes nearly all
/// of JSON, so it has the second word, whatever the file is called.
fn parse(
    text: &str,
    path: &Path,
    base: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Result<(Value, Format), Broken> {
    if !text.trim_start().starts_with(['{', '[']) {
        return parse_as(Format::Yaml, text, base, diagnostics);
    }
    parse_as(Format::Json, text, base, diagnostics).or_else(|broken_json| {
        if broken_json.diagnostic.code == Code::TooDeep {
            return Err(broken_json);
        }
        parse_as(Format::Yaml, text, base, diagnostics).map_err(|broken_yaml| {
            let yaml = path.extension().is_some_and(|extension| {
                extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
            });
            if yaml { broken_yaml } else { broken_json }
        })
    })
}

fn parse_as(
    format: Format,
    text: &str,
    base: &Pointer,
    diagnostics: &mut Diagnostics,
) -> Result<(Value, Format), Broken> {
    let state = State::new(format, text.len());
    let seed = ValueSeed {
        state: &state,
        place: ValuePath::base(base),
    };
    let result = match format {
        Format::Json => {
            let mut deserializer = serde_json::Deserializer::from_str(text);
            seed.deserialize(&mut deserializer)
                .and_then(|value| deserializer.end().map(|()| value))
                .map_err(|error| json_error(&error, text))
        }
        Format::Yaml => match index_yaml::too_deep(text) {
            Some(offset) => Err(Trouble::too_deep(character_at(text, offset))),
            None => seed
                .deserialize(serde_yaml::Deserializer::from_str(text))
                .map_err(|error| yaml_error(&error, text)),
        },
    };
    match result {
        Ok(mut value) => {
            if format == Format::Yaml {
                texts::keep(&mut value, text);
            }
            diagnostics.extend(state.warnings.into_inner());
            Ok((value, format))
        }
        Err(mut trouble) => {
            if let Some(limit) = state.limit.get() {
                trouble.explain(limit);
            }
            let Trouble {
                code,
                message,
                help,
                place,
            } = trouble;
            let severity = Severity::Error;
            let diagnostic = Diagnostic {
                severity,
                code,
                pointer: base.clone(),
                message,
                help,
            };
            Err(Broken {
                diagnostic,
                place,
                format,
            })
        }
    }
}

/// What is wrong with a text, in the words of this project.
struct Trouble {
    code: Code,
    message: String,
    help: Option<String>,
    place: Range<usize>,
}

impl Trouble {
    fn too_deep(place: Range<usize>) -> Self {
        let message = format!("objects and lists are nested more than {MAX_DEPTH} deep");
        Self {
            code: Code::TooDeep,
            message,
            help: None,
            place,
        }
    }

    /// The visitor stopped the parser on purpose: its reason takes the place of the message.
    fn explain(&mut self, limit: Limit) {
        match limit {
            Limit::Depth => *self = Self::too_deep(self.place.clone()),
            Limit::Aliases => {
                self.code = Code::TooManyAliases;
                self.message = format!("YAML aliases repeat more than {MAX_ALIAS_GROWTH} values");
            }
        }
    }
}

fn json_error(error: &serde_json::Error, text: &str) -> Trouble {
    let position = format!(" at line {} column {}", error.line(), error.column());
    let reason = error.to_string().replace(&position, "");
    let line = offset_at(text, error.line(), 1);
    let offset = (line + error.column().saturating_sub(1)).min(text.len());
    let message = format!("this is not JSON: {reason}");
    Trouble {
        code: Code::InvalidJson,
        message,
        help: None,
        place: character_at(text, offset),
    }
}

fn yaml_error(error: &serde_yaml::Error, text: &str) -> Trouble {
    let mut reason = error.to_string();
    let mut offset = 0;
    if let Some(location) = error.location() {
        let position = format!(" at line {} column {}", location.line(), location.column());
        reason = reason.replace(&position, "");
        offset = offset_at(text, location.line(), location.column());
    }
    if reason.contains("repetition limit") {
        let message = "YAML aliases repeat more than 100 times what the document spells out";
        let place = character_at(text, offset);
        return Trouble {
            code: Code::TooManyAliases,
            message: message.to_owned(),
            help: None,
            place,
        };
    }
    if reason.contains("more than one document") {
        offset = text.find("\n---").map_or(0, |place| place + 1);
        "there is more than one document in this file".clone_into(&mut reason);
    }
    let help = yaml_help(&reason, text.get(offset..).unwrap_or_default());
    let message = format!("this is not YAML that can be read: {reason}");
    Trouble {
        code: Code::InvalidYaml,
        message,
        help,
        place: character_at(text, offset),
    }
}

/// The mistakes that the parser's own words do not explain.
fn yaml_help(reason: &str, rest: &str) -> Option<String> {
    let help = if reason.contains("cannot start any token") && rest.starts_with('\t') {
        "YAML is indented with spaces; a tab is not allowed here"
    } else if reason.contains("mapping values are not allowed") {
        "put a text that holds a colon and a space between quotes"
    } else if reason.contains("unknown anchor") {
        "an alias (`*name`) needs an anchor (`&name`) above it; quote a text that begins with `*`"
    } else if reason.contains("cannot start any token") {
        "put a text that begins with this character between quotes"
    } else if reason.contains("did not find expected key")
        || reason.contains("did not find expected '-'")
    {
        "look at the indentation of this line and of those before it"
    } else if reason.contains("a key that is no list") {
        "put a key that begins with a bracket between quotes"
    } else {
        return None;
    };
    Some(help.to_owned())
}

/// The whole character at or before `offset`; the place before it where it ends a line.
fn character_at(text: &str, offset: usize) -> Range<usize> {
    let mut start = offset.min(text.len());
    let rest = text.get(start..).unwrap_or_default();
    if rest.trim().is_empty() {
        // What is missing at the end is missing behind the last thing that is there.
        start = start.min(text.trim_end().len());
    }
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let character = text.get(start..).and_then(|rest| rest.chars().next());
    let shown = character.filter(|character| !matches!(character, '\n' | '\r'));
    start..start + shown.map_or(0, char::len_utf8)
}
