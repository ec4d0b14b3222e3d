//! Diagnostics as people and programs read them.
//!
//! People get what rustc would print: file, line and column, the lines themselves, what is wrong
//! and what would mend it. Programs get one JSON object each. Whether to use colours, and where
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
    /// What would mend it.
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
    let origin = Origin::path(location.file.to_string_lossy())
        .line(location.line)
        .char_column(location.column);
    let window = window(location, sources);
    let source = sources
        .text(location)
        .get(window.clone())
        .unwrap_or_default();
    let mut group = Group::with_title(title).element(origin);
    if !source.trim().is_empty() {
        let first = location
            .line
            .saturating_sub(source_lines_above(source, &window, location));
        let mark = location.span.start.saturating_sub(window.start)
            ..location
                .span
                .end
                .min(window.end)
                .saturating_sub(window.start);
        group = group.element(
            Snippet::source(source)
                .line_start(first)
                .fold(false)
                .annotation(AnnotationKind::Primary.span(mark)),
        );
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

/// How many lines of the window lie above the place.
fn source_lines_above(source: &str, window: &Range<usize>, location: &Location) -> usize {
    let above = location.span.start.saturating_sub(window.start);
    source
        .get(..above)
        .unwrap_or_default()
        .matches('\n')
        .count()
}

/// The lines around the place; of lines too long to be shown, the part around the place.
fn window(location: &Location, sources: &Sources) -> Range<usize> {
    let text = sources.text(location);
    let lines = sources.lines_around(location, CONTEXT);
    let mut start = lines.start;
    let mut end = lines.end;
    let (span, reach) = (&location.span, WIDTH * (CONTEXT + 1));
    if span.start - start.min(span.start) > reach {
        start = boundary(text, span.start - WIDTH);
    }
    if end.saturating_sub(span.start) > reach {
        end = boundary(text, span.start + reach);
    }
    start..end.max(start)
}

fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
