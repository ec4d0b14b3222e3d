//! `multipart/form-data` (RFC 7578): parts of a form, files among them, read while they are sent.

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::build_error::{BuildError, Problem};
use crate::json::{self, Exact, Json};
use crate::transport::{Body, BoxError};

/// A form of parts.
#[derive(Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
}

/// One part of a form.
///
/// ```
/// use clientsmith_runtime::Part;
///
/// let report = Part::new("a,b\n1,2\n")
///     .file_name("report.csv")
///     .content_type("text/csv");
/// # let _ = report;
/// ```
pub struct Part {
    body: Body,
    content_type: Option<String>,
    file_name: Option<String>,
    headers: Vec<(String, String)>,
}

impl Multipart {
    /// A form without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part. Parts of one name are several values of it.
    pub fn part(&mut self, name: &str, part: impl Into<Part>) {
        self.parts.push((name.to_owned(), part.into()));
    }

    /// Takes out the parts of a name.
    pub fn clear(&mut self, name: &str) {
        self.parts.retain(|(known, _)| known != name);
    }

    /// Adds a value: its text, where it is a single one; a part for each item of an array; the
    /// JSON text of an object. Absent and null add nothing.
    pub fn value<T: Json>(&mut self, name: &str, value: &T) {
        if !value.is_absent() {
            self.add(name, Exact::sent(value, false));
        }
    }

    /// Adds a value as JSON, whatever it is, under this media type.
    pub fn json<T: Json>(&mut self, name: &str, content_type: &str, value: &T) {
        if !value.is_absent() {
            self.part(
                name,
                Part::new(json::to_sent(value, false)).content_type(content_type),
            );
        }
    }

    /// Adds a value whose parts have this media type: JSON where that is one of its names, else the
    /// text of the value. Each item of an array is a part of its own.
    pub fn value_as<T: Json>(&mut self, name: &str, content_type: &str, value: &T) {
        if !value.is_absent() {
            self.add_as(name, content_type, Exact::sent(value, false));
        }
    }

    /// Adds a file. This is its media type where it has none of its own; empty is none.
    pub fn file(&mut self, name: &str, content_type: &str, file: impl Into<Part>) {
        let mut part: Part = file.into();
        if part.content_type.is_none() && !content_type.is_empty() {
            part.content_type = Some(content_type.to_owned());
        }
        // Without a name many servers take a part for text.
        part.file_name.get_or_insert_with(|| name.to_owned());
        self.part(name, part);
    }

    /// Adds files, a part each.
    pub fn files<P: Into<Part>>(
        &mut self,
        name: &str,
        content_type: &str,
        files: impl IntoIterator<Item = P>,
    ) {
        for file in files {
            self.file(name, content_type, file);
        }
    }

    fn add(&mut self, name: &str, value: Exact) {
        match value {
            Exact::Null => {}
            Exact::String(text) => self.part(name, Part::new(text)),
            Exact::Bool(_) | Exact::Number(_) => self.part(name, Part::new(value.to_string())),
            Exact::Array(items) => items.into_iter().for_each(|item| self.add(name, item)),
            Exact::Object(_) => {
                let text = value.to_string();
                self.part(name, Part::new(text).content_type("application/json"));
            }
        }
    }

    fn add_as(&mut self, name: &str, content_type: &str, value: Exact) {
        let is_json = content_type.to_ascii_lowercase().contains("json");
        let text = match value {
            Exact::Null => return,
            Exact::Array(items) => {
                let each = |item| self.add_as(name, content_type, item);
                return items.into_iter().for_each(each);
            }
            Exact::String(text) if !is_json => text,
            value => value.to_string(),
        };
        self.part(name, Part::new(text).content_type(content_type));
    }

    /// The content type, with the boundary, and the body.
    pub(crate) fn finish(self) -> Result<(String, Body), BuildError> {
        // Of 128 random bits: no part holds them but on purpose, and not before they are drawn.
        let boundary = format!("{:032x}", fastrand::u128(..));
        let mut pieces: Vec<Body> = Vec::with_capacity(self.parts.len() * 2 + 1);
        let mut between = String::new();
        for (name, part) in self.parts {
            between.extend(["--", &boundary, "\r\n"]);
            part.head(&name, &mut between)?;
            pieces.push(std::mem::take(&mut between).into());
            pieces.push(part.body);
            between.push_str("\r\n");
        }
        between.extend(["--", &boundary, "--\r\n"]);
        pieces.push(between.into());
        Ok((
            format!("multipart/form-data; boundary={boundary}"),
            chain(pieces),
        ))
    }
}

impl Part {
    /// A part of this content.
    pub fn new(body: impl Into<Body>) -> Self {
        Self {
            body: body.into(),
            content_type: None,
            file_name: None,
            headers: Vec::new(),
        }
    }

    /// A file, under its own name, read while it is sent.
    ///
    /// # Errors
    /// When there is no such file; on wasm32-unknown-unknown always, for there are none.
    pub fn file(path: impl AsRef<Path>) -> std::io::Result<Self> {
        let name = path
            .as_ref()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Ok(Self::new(Body::file(path)?).file_name(&name))
    }

    /// A value as JSON.
    pub fn json<T: Json>(value: &T) -> Self {
        Self::new(json::to_vec(value)).content_type("application/json")
    }

    /// Its file name.
    #[must_use]
    pub fn file_name(mut self, name: &str) -> Self {
        self.file_name = Some(name.to_owned());
        self
    }

    /// Its media type. Without one, a file's is `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, content_type: &str) -> Self {
        self.content_type = Some(content_type.to_owned());
        self
    }

    /// A further header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    fn head(&self, name: &str, out: &mut String) -> Result<(), BuildError> {
        out.extend([
            "Content-Disposition: form-data; name=\"",
            &quoted(name),
            "\"",
        ]);
        if let Some(file_name) = &self.file_name {
            out.extend(["; filename=\"", &quoted(file_name), "\""]);
        }
        out.push_str("\r\n");
        let file_type = self.file_name.as_ref().map(|_| "application/octet-stream");
        let content_type = self.content_type.as_deref().or(file_type);
        let content_type = content_type.map(|value| ("Content-Type", value));
        let others = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in content_type.into_iter().chain(others) {
            if HeaderName::from_bytes(name.as_bytes()).is_err()
                || HeaderValue::from_bytes(value.as_bytes()).is_err()
            {
                let name = name.escape_debug().to_string();
                let reason = "of a part is not one that a header can be";
                return Err(Problem::BadHeader { name, reason }.into());
            }
            out.extend([name, ": ", value, "\r\n"]);
        }
        out.push_str("\r\n");
        Ok(())
    }
}

/// As browsers have it: what would end the name is percent-encoded.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

impl<T: Into<Body>> From<T> for Part {
    fn from(body: T) -> Self {
        Self::new(body)
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("body", &self.body)
            .field("content_type", &self.content_type)
            .field("file_name", &self.file_name)
            .finish_non_exhaustive()
    }
}

/// One body after another: repeatable where all are.
fn chain(pieces: Vec<Body>) -> Body {
    let length = pieces
        .iter()
        .map(|piece| piece.size_hint().exact())
        .sum::<Option<u64>>();
    let repeatable = pieces.iter().all(|piece| piece.try_clone().is_some());
    if !repeatable {
        return Body::streaming(Chain {
            pieces: pieces.into(),
            length,
        });
    }
    let pieces = Arc::new(pieces);
    Body::repeatable(length, move || {
        let pieces = pieces.iter().filter_map(Body::try_clone).collect();
        Chain { pieces, length }
    })
}

struct Chain {
    pieces: VecDeque<Body>,
    length: Option<u64>,
}

impl HttpBody for Chain {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while let Some(piece) = self.pieces.front_mut() {
            match ready!(Pin::new(piece).poll_frame(cx)) {
                Some(frame) => return Poll::Ready(Some(frame)),
                None => {
                    self.pieces.pop_front();
                }
            }
        }
        Poll::Ready(None)
    }

    /// What is announced is the whole, before anything of it is sent.
    fn size_hint(&self) -> SizeHint {
        self.length.map(SizeHint::with_exact).unwrap_or_default()
    }
}
