//! Marks of a YAML text, from the events of `saphyr-parser`: `serde_yaml` keeps no positions.
//!
//! Aliases and merge keys are not followed: what stands behind one is answered with the alias.

use super::index::{Builder, Index};
use saphyr_parser::{Event, Parser, Span};
use std::ops::Range;

/// Indexes as much of the first document of the text as can be scanned.
pub(super) fn index(text: &str) -> Index {
    let offsets = Offsets::of(text);
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let mark = offsets.bytes(span);
        match event {
            Event::MappingStart(..) => builder.begin_map(mark.start..mark.start),
            Event::SequenceStart(..) => builder.begin_list(mark.start..mark.start),
            Event::MappingEnd | Event::SequenceEnd => builder.end(),
            Event::Scalar(value, ..) => builder.scalar(&value, mark),
            Event::Alias(_) => builder.scalar("", mark),
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
    builder.finish()
}

/// How many characters lie between two of [`Offsets`]' checkpoints.
const STRIDE: usize = 128;

/// Turns the parser's positions, counted in characters, into bytes.
struct Offsets<'a> {
    text: &'a str,
    /// The byte of every [`STRIDE`]th character; empty for ASCII, where both are the same.
    checkpoints: Vec<usize>,
}

impl<'a> Offsets<'a> {
    fn of(text: &'a str) -> Self {
        let checkpoints = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices()
                .step_by(STRIDE)
                .map(|(offset, _)| offset)
                .collect()
        };
        Self { text, checkpoints }
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }

    fn byte(&self, character: usize) -> usize {
        if self.checkpoints.is_empty() {
            return character.min(self.text.len());
        }
        let Some(start) = self.checkpoints.get(character / STRIDE) else {
            return self.text.len();
        };
        let rest = self.text.get(*start..).unwrap_or_default();
        rest.char_indices()
            .nth(character % STRIDE)
            .map_or(self.text.len(), |(offset, _)| start + offset)
    }
}
