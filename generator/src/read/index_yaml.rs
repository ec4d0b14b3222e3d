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

/// Where brackets are nested so deep that `serde_yaml`, which looks through all open ones at every
/// token, would take minutes; this parser stops at 255. Prose full of opening brackets is the one
/// other case in which it is asked.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest <= 250 {
        return None;
    }
    let mut parser = Parser::new_from_str(text);
    loop {
        match parser.next_event()? {
            Ok((Event::StreamEnd, _)) => return None,
            Ok(_) => {}
            Err(error) if error.info().contains("recursion limit") => {
                return Some(Offsets::of(text).byte(error.marker().index()));
            }
            Err(_) => return None,
        }
    }
}

/// How many characters lie between two of [`Offsets`]' checkpoints.
const STRIDE: usize = 16;

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
