//! The writer: JSON text from values, and `Debug` text from the same generated functions.
//!
//! One `write` per type serves the wire, `Debug` (with the type's name, and with secrets hidden)
//! and equality, so that generated code carries no further function for these.

use serde_json::Number;

use super::Json;
use super::error::is_identifier;
use super::record::Record;
use crate::tables::Field;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Compact JSON.
    Json,
    /// Compact JSON with the keys of free-form objects in order, to be compared.
    Canonical,
    /// `Name { field: value }` on one line, secrets hidden.
    Debug,
    /// The same over several lines.
    Pretty,
}

/// Where values are written to.
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    style: Style,
    /// Whether nothing has been written yet in the array or object that is open.
    first: bool,
    /// Whether the next object is written without its braces, into the one that is open.
    bare: bool,
    indent: usize,
    /// Whether what only the server sets is left out, as in requests.
    leaves_out_read_only: bool,
    /// The keys written so far, kept only where a flattened field may repeat one.
    written: Option<Vec<String>>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// A writer of compact JSON.
    #[must_use]
    pub fn new() -> Self {
        Self::with_style(Style::Json)
    }

    /// A writer of what is sent: without what only the server sets.
    pub(super) fn without_read_only() -> Self {
        Self {
            leaves_out_read_only: true,
            ..Self::new()
        }
    }

    pub(super) fn with_style(style: Style) -> Self {
        Self {
            out: Vec::new(),
            style,
            first: true,
            bare: false,
            indent: 0,
            leaves_out_read_only: false,
            written: None,
        }
    }

    /// Whether values are written to be compared: as the same text where they are equal.
    pub(super) fn is_compared(&self) -> bool {
        self.style == Style::Canonical
    }

    /// What has been written, as bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// What has been written, as text.
    #[must_use]
    pub fn into_text(self) -> String {
        // All that is written is text; lossy only to have no way to fail.
        String::from_utf8(self.out)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// Writes a value.
    #[inline]
    pub fn value<T: Json>(&mut self, value: &T) {
        value.write(self);
    }

    /// Writes a model: its fields in the order of its table.
    pub(super) fn record(&mut self, record: &dyn Record) {
        let table = record.table();
        self.members(table.name, table.flattens, &mut |json| {
            for (index, field) in table.fields.iter().enumerate() {
                if let Some(value) = record.field(index) {
                    json.field(*field, value, table.fields);
                }
            }
        });
    }

    fn field(&mut self, field: Field, value: &dyn Json, fields: &[Field]) {
        let Some(name) = field.name() else {
            return match field {
                Field::Flattened => self.flatten(value),
                _ => self.rest(value, fields),
            };
        };
        let is_left_out = (!field.is_required() && value.is_absent())
            || (self.leaves_out_read_only && field.is_read_only());
        if is_left_out || !self.key(name) {
            return;
        }
        match self.style {
            Style::Debug | Style::Pretty if field.is_secret() => self.text("[redacted]"),
            _ => value.write(self),
        }
    }

    /// Writes the entries of a map into the object that is open; the model's own fields win.
    fn rest(&mut self, entries: &dyn Json, fields: &[Field]) {
        let own = fields.iter().filter_map(Field::name).map(str::to_owned);
        let earlier = self.written.clone().unwrap_or_default();
        let outer = self
            .written
            .replace(earlier.into_iter().chain(own).collect());
        entries.write_entries(self);
        // An object that this one is flattened into must know what has been written.
        if outer.is_none() {
            self.written = None;
        }
    }

    /// Writes the members of an object into the object that is open.
    fn flatten(&mut self, value: &dyn Json) {
        let (length, first) = (self.out.len(), self.first);
        self.bare = true;
        value.write(self);
        if self.bare {
            // It was no object; it has no members, and its text does not belong here.
            self.bare = false;
            self.out.truncate(length);
            self.first = first;
        }
    }

    /// Writes an object of free keys.
    pub fn object(&mut self, body: &mut dyn FnMut(&mut Self)) {
        self.members("", false, body);
    }

    /// Writes an array; `body` calls [`item`](Self::item) before each element.
    pub fn array(&mut self, body: &mut dyn FnMut(&mut Self)) {
        let bare = std::mem::take(&mut self.bare);
        self.out.push(b'[');
        let outer = self.open();
        body(self);
        self.close(outer, false);
        self.out.push(b']');
        self.bare = bare;
    }

    /// Begins the next element of the array that is open.
    pub fn item(&mut self) {
        self.separate(false);
    }

    /// Begins the next member of the object that is open. The value is to be written only when
    /// this returns true: a key that is there already is not repeated.
    pub fn key(&mut self, key: &str) -> bool {
        if let Some(written) = &mut self.written {
            if written.iter().any(|earlier| earlier == key) {
                return false;
            }
            written.push(key.to_owned());
        }
        self.separate(self.style == Style::Debug);
        match self.style {
            Style::Json | Style::Canonical => {
                self.text(key);
                self.out.push(b':');
            }
            Style::Debug | Style::Pretty => {
                if is_identifier(key) {
                    self.raw(key);
                } else {
                    self.text(key);
                }
                self.raw(": ");
            }
        }
        true
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.raw("null");
    }

    /// Writes a string.
    pub fn text(&mut self, text: &str) {
        if is_plain(text.as_bytes()) {
            self.out.reserve(text.len() + 2);
            self.out.push(b'"');
            self.out.extend_from_slice(text.as_bytes());
            self.out.push(b'"');
            return;
        }
        if let Err(error) = serde_json::to_writer(&mut self.out, text) {
            self.failed(&error);
        }
    }

    /// Writes an integer.
    pub fn signed(&mut self, value: i64) {
        if let Err(error) = serde_json::to_writer(&mut self.out, &value) {
            self.failed(&error);
        }
    }

    /// Writes an integer without a sign.
    pub fn unsigned(&mut self, value: u64) {
        if let Err(error) = serde_json::to_writer(&mut self.out, &value) {
            self.failed(&error);
        }
    }

    /// Writes a number; NaN and infinity, which JSON has no numbers for, become null.
    ///
    /// A whole number is written as one, `2` and not `2.0`: some servers take the latter for no
    /// integer.
    pub fn float(&mut self, value: f64) {
        if let Err(error) = serde_json::to_writer(&mut self.out, &value) {
            self.failed(&error);
        }
        self.trim_zero();
    }

    /// Writes a number with the digits that 32 bits need.
    pub fn short_float(&mut self, value: f32) {
        if let Err(error) = serde_json::to_writer(&mut self.out, &value) {
            self.failed(&error);
        }
        self.trim_zero();
    }

    /// Takes the `.0` off a number that was just written.
    fn trim_zero(&mut self) {
        if self.out.ends_with(b".0") {
            self.out.truncate(self.out.len() - 2);
        }
    }

    pub(super) fn number(&mut self, number: &Number) {
        if let Err(error) = serde_json::to_writer(&mut self.out, number) {
            self.failed(&error);
        }
    }

    /// Text that is JSON already.
    #[inline]
    pub(super) fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    pub(super) fn style(&self) -> Style {
        self.style
    }

    /// Writing scalars into memory does not fail; if it did, null keeps the text well-formed.
    #[cold]
    fn failed(&mut self, _error: &serde_json::Error) {
        self.null();
    }

    fn members(&mut self, name: &str, flattens: bool, body: &mut dyn FnMut(&mut Self)) {
        if std::mem::take(&mut self.bare) {
            return body(self);
        }
        let written = std::mem::replace(&mut self.written, flattens.then(Vec::new));
        if matches!(self.style, Style::Debug | Style::Pretty) && !name.is_empty() {
            self.raw(name);
            self.out.push(b' ');
        }
        self.out.push(b'{');
        let outer = self.open();
        body(self);
        self.close(outer, true);
        self.out.push(b'}');
        self.written = written;
    }

    /// Opens an array or object; returns what [`close`](Self::close) restores.
    fn open(&mut self) -> bool {
        self.indent += 1;
        std::mem::replace(&mut self.first, true)
    }

    fn close(&mut self, outer: bool, padded: bool) {
        self.indent -= 1;
        if !self.first {
            match self.style {
                Style::Debug if padded => self.out.push(b' '),
                Style::Json | Style::Canonical | Style::Debug => {}
                Style::Pretty => {
                    self.out.push(b',');
                    self.new_line();
                }
            }
        }
        self.first = outer;
    }

    fn separate(&mut self, padded: bool) {
        let first = std::mem::replace(&mut self.first, false);
        match self.style {
            Style::Json | Style::Canonical if first => {}
            Style::Json | Style::Canonical => self.out.push(b','),
            Style::Debug if first && padded => self.out.push(b' '),
            Style::Debug if first => {}
            Style::Debug => self.raw(", "),
            Style::Pretty => {
                if !first {
                    self.out.push(b',');
                }
                self.new_line();
            }
        }
    }

    fn new_line(&mut self) {
        self.out.push(b'\n');
        for _ in 0..self.indent {
            self.raw("    ");
        }
    }
}

/// Whether a string stands in JSON as it is: no control character, no quote and no backslash in it.
/// Eight bytes at a time; most strings have none.
fn is_plain(text: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    // A byte is zero where it borrows without having had its high bit set.
    let has_zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes & HIGH;
    let (chunks, rest) = text.as_chunks::<8>();
    let of_chunks = chunks.iter().all(|chunk| {
        let bytes = u64::from_ne_bytes(*chunk);
        let control = bytes.wrapping_sub(ONES * 0x20) & !bytes & HIGH;
        let quote = has_zero(bytes ^ (ONES * u64::from(b'"')));
        let backslash = has_zero(bytes ^ (ONES * u64::from(b'\\')));
        control | quote | backslash == 0
    });
    of_chunks
        && rest
            .iter()
            .all(|byte| *byte >= 0x20 && !matches!(byte, b'"' | b'\\'))
}

#[cfg(test)]
mod tests {
    use super::Writer;

    /// Every byte at every place of a word, beside what `serde_json` writes.
    #[test]
    fn text_is_escaped_wherever_it_needs_to_be() {
        for place in 0..20 {
            for special in (0..=0x7f_u8)
                .map(char::from)
                .chain(['é', '\u{7ff}', '€', '😀'])
            {
                let mut text: String = "abcdefghijklmnopqrst".into();
                text.insert(place, special);
                let mut json = Writer::new();
                json.text(&text);
                assert_eq!(json.into_text(), serde_json::to_string(&text).unwrap());
            }
        }
    }
}
