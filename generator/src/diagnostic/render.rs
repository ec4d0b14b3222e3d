//! Diagnostics as people and programs read them.
//!
//! People get what rustc would print: file, line and column, the lines themselves, what is wrong
//! and what would repair it. Programs get one JSON object each. Whether to use colours, and where
//! the text goes, is the caller's to decide.

use super::{Diagnostic, Diagnostics, Severity};
use crate::read::{Location, Sources};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;
use std::ops::Range;

/// Whether the text carries the terminal's escape codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// Text for a terminal.
    Always,
}

/// How many lines are shown above and below the one in question.
const CONTEXT: usize = 1;

/// How many bytes of one line are shown on either side of the place: minified JSON is one line.
const WIDTH: usize = 100;

/// All diagnostics as text, in the order of their places, an empty line between them.
#[must_use]
pub fn text(diagnostics: &Diagnostics, sources: &Sources, colour: Colour) -> String {
    let mut text = String::new();
    for (diagnostic, location) in by_place(diagnostics, sources) {
        text.push_str(&one(diagnostic, &location, sources, colour));
        text.push_str("\n\n");
    }
    text
}

/// One diagnostic for programs. The names of its fields are a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Json {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The name of the [`super::Code`].
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The place as a JSON pointer, `#/paths/~1tokens/get`.
    pub pointer: String,
    /// The file that the place is in.
    pub file: String,
    /// The line of the place, from 1.
    pub line: usize,
    /// The column of the place in characters, from 1.
    pub column: usize,
    /// What would repair it.
    pub help: Option<String>,
}

/// All diagnostics for programs, in the order of their places.
#[must_use]
pub fn json(diagnostics: &Diagnostics, sources: &Sources) -> Vec<Json> {
    let placed = by_place(diagnostics, sources).into_iter();
    placed
        .map(|(diagnostic, location)| Json {
            severity: diagnostic.severity.as_str(),
            code: diagnostic.code.as_str(),
            message: diagnostic.message.clone(),
            pointer: diagnostic.pointer.to_string(),
            file: location.file.display().to_string(),
            line: location.line,
            column: location.column,
            help: diagnostic.help.clone(),
        })
        .collect()
}

/// The diagnostics with their places, in the order of the files and the lines. Of one place, those
/// found first come first.
#[must_use]
pub fn by_place<'a>(
    diagnostics: &'a Diagnostics,
    sources: &Sources,
) -> Vec<(&'a Diagnostic, Location)> {
    let mut placed: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic, sources.locate(&diagnostic.pointer)))
        .collect();
    placed.sort_by_key(|(_, location)| (location.source, location.span.start));
    placed
}

fn one(diagnostic: &Diagnostic, location: &Location, sources: &Sources, colour: Colour) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.as_str());
    let path = location.file.to_string_lossy();
    let origin = Origin::path(path.clone())
        .line(location.line)
        .char_column(location.column);
    let window = window(location, sources);
    let source = sources
        .text(location)
        .get(window.range.clone())
        .unwrap_or_default();
    let mut group = Group::with_title(title);
    if source.trim().is_empty() {
        group = group.element(origin);
    } else {
        let start = location
            .span
            .start
            .saturating_sub(window.range.start)
            .min(source.len());
        let end = location
            .span
            .end
            .saturating_sub(window.range.start)
            .min(source.len());
        let above = source
            .get(..start)
            .unwrap_or_default()
            .matches('\n')
            .count();
        let mut snippet = Snippet::source(source)
            .line_start(location.line.saturating_sub(above))
            .fold(false)
            .annotation(AnnotationKind::Primary.span(start..end));
        // The snippet counts columns from its own start, which is right for whole lines only.
        if window.whole_lines {
            snippet = snippet.path(path);
        } else {
            group = group.element(origin);
        }
        group = group.element(snippet);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help));
    }
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    renderer.render(&[group])
}

/// The part of a text that is shown.
struct Window {
    range: Range<usize>,
    whole_lines: bool,
}

/// The lines around the place; of lines too long to be shown, the part around the place.
fn window(location: &Location, sources: &Sources) -> Window {
    let text = sources.text(location);
    let Range { mut start, mut end } = sources.lines_around(location, CONTEXT);
    let (place, reach) = (location.span.start, WIDTH * (2 * CONTEXT + 1));
    let whole_lines = place <= start + reach && end <= place + reach;
    if !whole_lines {
        start = start.max(boundary(text, place.saturating_sub(WIDTH)));
        end = end.min(boundary(text, place + WIDTH)).max(start);
    }
    let shown = text.get(start..end).unwrap_or_default().trim_end().len();
    Window {
        range: start..start + shown,
        whole_lines,
    }
}

fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::{Colour, json, text};
    use crate::diagnostic::{Code, Diagnostics, Pointer};
    use crate::read::Sources;

    const DOCUMENT: &str = "openapi: 3.1.0\r\npaths:\r\n  /ü:\r\n    get: {}\r\n    put: {}\r\n";

    fn two() -> Diagnostics {
        let mut diagnostics = Diagnostics::new();
        let get = Pointer::root().key("paths").key("/ü").key("get");
        diagnostics
            .warn(Code::DuplicateKey, &get, "the second")
            .help("repair\nit");
        diagnostics.error(
            Code::UnknownVersion,
            Pointer::root().key("openapi"),
            "the first",
        );
        diagnostics
    }

    #[test]
    fn people_read_it_as_from_rustc() {
        let sources = Sources::of_text("specs/a.yaml", DOCUMENT);
        let expected = "\
error[unknown-version]: the first
 --> specs/a.yaml:1:1
  |
1 | openapi: 3.1.0
  | ^^^^^^^
2 | paths:
  |

warning[duplicate-key]: the second
 --> specs/a.yaml:4:5
  |
3 |   /ü:
4 |     get: {}
  |     ^^^
5 |     put: {}
  |
  = help: repair
          it

";
        assert_eq!(text(&two(), &sources, Colour::Never), expected);
        let coloured = text(&two(), &sources, Colour::Always);
        assert!(coloured.contains("\u{1b}["));
    }

    #[test]
    fn of_a_very_long_line_a_part_is_shown() {
        let fill = "\"ü\": 1, ".repeat(10_000);
        let sources = Sources::of_text("a.json", format!("{{{fill}\"paths\": 1, {fill}\"z\": 1}}"));
        let mut diagnostics = Diagnostics::new();
        diagnostics.error(Code::InvalidJson, Pointer::root().key("paths"), "wrong");
        let text = text(&diagnostics, &sources, Colour::Never);
        assert!(text.contains(" --> a.json:1:80002\n"), "{text}");
        assert!(text.contains("\"paths\"") && text.len() < 2_000, "{text}");
    }

    #[test]
    fn programs_read_the_same() {
        let sources = Sources::of_text("a.yaml", DOCUMENT);
        let found = serde_json::to_value(json(&two(), &sources)).unwrap();
        let expected = serde_json::json!([
            {"severity": "error", "code": "unknown-version", "message": "the first",
             "pointer": "#/openapi", "file": "a.yaml", "line": 1, "column": 1, "help": null},
            {"severity": "warning", "code": "duplicate-key", "message": "the second",
             "pointer": "#/paths/~1ü/get", "file": "a.yaml", "line": 4, "column": 5,
             "help": "repair\nit"},
        ]);
        assert_eq!(found, expected);
    }
}
