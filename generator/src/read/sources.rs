//! The texts of a document's files, kept for one purpose: to say where something stands.
//!
//! Nothing is looked up until [`Sources::locate`] is asked; then the text in question is indexed
//! once. Asking cannot fail: what is not in the text is answered with the nearest thing above it.

use super::index::Index;
use super::limits::FILES_KEY;
use super::value::Format;
use super::{index_json, index_yaml};
use crate::diagnostic::Pointer;
use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Every file that was read, the document itself first.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// Where something stands in the text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, as it was named on the command line or by a `$ref`.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of the text to mark.
    pub span: Range<usize>,
    /// Which of the sources it is in: the order in which they were read.
    pub(crate) source: usize,
}

#[derive(Debug)]
struct Source {
    name: PathBuf,
    /// The pointer to the root of this file in the whole document.
    base: Pointer,
    text: String,
    format: Format,
    /// Where the text does not parse; every question about this file is answered with it.
    broken: Option<Range<usize>>,
    index: OnceLock<Index>,
    line_starts: OnceLock<Vec<usize>>,
}

impl Sources {
    /// No files yet.
    pub(super) const fn new() -> Self {
        Self { files: Vec::new() }
    }

    /// A document that exists only as text, such as one in a test: `name` is what is shown.
    #[must_use]
    pub fn of_text(name: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let json = text.trim_start().starts_with(['{', '[']);
        let format = if json { Format::Json } else { Format::Yaml };
        let mut sources = Self::new();
        sources.add(&name, &Pointer::root(), text, format);
        sources
    }

    pub(super) fn add(&mut self, name: &Path, base: &Pointer, text: String, format: Format) {
        self.files.push(Source {
            name: name.to_owned(),
            base: base.clone(),
            text,
            format,
            broken: None,
            index: OnceLock::new(),
            line_starts: OnceLock::new(),
        });
    }

    pub(super) fn add_broken(
        &mut self,
        name: &Path,
        base: &Pointer,
        text: String,
        format: Format,
        place: Range<usize>,
    ) {
        self.add(name, base, text, format);
        if let Some(source) = self.files.last_mut() {
            source.broken = Some(place);
        }
    }

    /// The names of the files, the document itself first.
    pub fn names(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|source| source.name.as_path())
    }

    /// Where the thing at `pointer` stands: at its key if it has one, else at its first line.
    /// A pointer that leads to nothing is answered with the nearest thing above it.
    #[must_use]
    pub fn locate(&self, pointer: &Pointer) -> Location {
        let number = self.source_of(pointer);
        let Some(source) = self.files.get(number) else {
            return Location {
                file: PathBuf::new(),
                line: 1,
                column: 1,
                span: 0..0,
                source: 0,
            };
        };
        let steps = pointer.segments().skip(source.base.segments().count());
        let span = source.find(steps);
        let (line, column) = source.line_and_column(span.start);
        Location {
            file: source.name.clone(),
            line,
            column,
            span,
            source: number,
        }
    }

    /// The text that a location's span is cut from.
    #[must_use]
    pub fn text(&self, location: &Location) -> &str {
        self.files
            .get(location.source)
            .map_or("", |source| &source.text)
    }

    /// The start of the line that is `count` lines above the one at `offset`, and the end of the
    /// one that is `count` lines below it.
    pub(crate) fn lines_around(&self, location: &Location, count: usize) -> Range<usize> {
        let Some(source) = self.files.get(location.source) else {
            return 0..0;
        };
        let starts = source.line_starts();
        let first = location.line.saturating_sub(1 + count);
        let start = starts.get(first).copied().unwrap_or_default();
        let end = starts
            .get(location.line + count)
            .copied()
            .unwrap_or(source.text.len());
        start..end
    }

    /// The file that a pointer leads into: another than the first only below [`FILES_KEY`].
    fn source_of(&self, pointer: &Pointer) -> usize {
        let mut segments = pointer.segments();
        if segments.next().as_deref() != Some(FILES_KEY) {
            return 0;
        }
        let Some(file) = segments.next() else {
            return 0;
        };
        let base = Pointer::root().key(FILES_KEY).key(&file);
        self.files
            .iter()
            .position(|source| source.base == base)
            .unwrap_or(0)
    }
}

impl Source {
    fn find<'a>(&self, steps: impl Iterator<Item = Cow<'a, str>>) -> Range<usize> {
        if let Some(place) = &self.broken {
            return place.clone();
        }
        let index = self.index.get_or_init(|| match self.format {
            Format::Json => index_json::index(&self.text),
            Format::Yaml => index_yaml::index(&self.text),
        });
        let mark = index.find(steps);
        let start = self.boundary(mark.start);
        let end = self.boundary(mark.end);
        if start < end {
            start..end
        } else {
            start..self.end_of_line(start)
        }
    }

    /// The nearest start of a character at or before `offset`, inside the text.
    fn boundary(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    /// The end of the words on the line of `start`.
    fn end_of_line(&self, start: usize) -> usize {
        let rest = self.text.get(start..).unwrap_or_default();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        start + line.trim_end().len()
    }

    fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let start = starts.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let ends = self
                .text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(ends.map(|(end, _)| end + 1))
                .collect()
        })
    }
}

/// The byte of a text that a line and a column in characters, both from 1, mean.
pub(super) fn offset_at(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text.get(start..).and_then(|rest| rest.find('\n')) {
            Some(end) => start += end + 1,
            None => return text.len(),
        }
    }
    let rest = text.get(start..).unwrap_or_default();
    rest.char_indices()
        .nth(column.saturating_sub(1))
        .map_or(text.len(), |(offset, _)| start + offset)
}
