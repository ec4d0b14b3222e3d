//! Bodies: what is sent, and what may come back, by media type.

use super::{
    Api, Constraints, Docs, Operation, Pointer, Scalar, Status, Style, Tag, Type, TypeKind, Union,
};
use crate::media_type::{Kind, kind};

/// A request's body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether the caller must give it.
    pub required: bool,
    /// What it can be; the first is what is meant where nothing is said. Never empty.
    pub contents: Vec<Media>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
}

/// One form of a body.
#[derive(Debug, Clone)]
pub struct Media {
    /// The media type that is sent or asked for.
    pub media_type: String,
    /// Whether that is a range (`image/*`), of which the caller names one.
    pub is_range: bool,
    /// Further media types of the document for the very same content.
    pub also: Vec<String>,
    /// What the body is.
    pub content: Content,
    /// What else the document demands of it.
    pub constraints: Constraints,
    /// Where it was defined.
    pub origin: Pointer,
}

/// What a body is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// JSON of this type.
    Json(Type),
    /// Text, XML included.
    Text,
    /// Bytes.
    Bytes,
    /// `application/x-www-form-urlencoded`, and how single fields are written.
    Form(Type, Vec<FormField>),
    /// `multipart/form-data`.
    Multipart(Vec<Part>),
    /// Server-sent events.
    Events(Events),
    /// Values of this type, a line of JSON each.
    JsonLines(Type),
    /// A patch of JSON (RFC 6902), where the document says no more of it.
    JsonPatch,
}

impl Media {
    /// One media type of those that it stands for.
    #[must_use]
    pub fn one(&self) -> String {
        self.media_type.replace('*', "example")
    }
}

impl Content {
    /// The types that stand in it.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let (one, parts) = match self {
            Self::Json(ty) | Self::Form(ty, _) | Self::JsonLines(ty) => (Some(ty), [].as_slice()),
            Self::Events(events) => (Some(&events.data), [].as_slice()),
            Self::Multipart(parts) => (None, parts.as_slice()),
            Self::Text | Self::Bytes | Self::JsonPatch => (None, [].as_slice()),
        };
        one.into_iter().chain(parts.iter().map(|part| &part.ty))
    }

    /// The types that stand in it, to be changed.
    pub fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let (one, parts) = match self {
            Self::Json(ty) | Self::Form(ty, _) | Self::JsonLines(ty) => {
                (Some(ty), [].as_mut_slice())
            }
            Self::Events(events) => (Some(&mut events.data), [].as_mut_slice()),
            Self::Multipart(parts) => (None, parts.as_mut_slice()),
            Self::Text | Self::Bytes | Self::JsonPatch => (None, [].as_mut_slice()),
        };
        let parts = parts.iter_mut().map(|part| &mut part.ty);
        one.into_iter().chain(parts)
    }
}

/// What the document says of server-sent events.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// The type of their data, which is JSON, or text where this is a string. Of a union told by
    /// [`Tag::Event`] the event's name says which member it is.
    pub data: Type,
    /// The keys of an object that describes the whole event, where the document does so.
    pub keys: Vec<String>,
}

impl Events {
    /// The union that the events' names tell the members of.
    #[must_use]
    pub fn told_by_name<'a>(&self, api: &'a Api) -> Option<&'a Union> {
        let (_, def) = api.definition(&self.data)?;
        match &def.kind {
            TypeKind::Union(union) if union.tag == Tag::Event => Some(union),
            _ => None,
        }
    }
}

/// How a field of a form is written, where that is not the usual way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField {
    /// Its name on the wire.
    pub wire: String,
    /// How its value is laid out.
    pub layout: FormLayout,
}

/// How the value of a form's field is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormLayout {
    /// By a style of OpenAPI.
    Style {
        /// The style.
        style: Style,
        /// Whether each item or property is written as a field of its own.
        explode: bool,
        /// Whether RFC 3986's reserved characters stay as they are.
        allow_reserved: bool,
    },
    /// As JSON text.
    Json,
}

/// A part of a `multipart/form-data` body.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Its name on the wire.
    pub wire: String,
    /// Its type; a file where it is binary.
    pub ty: Type,
    /// Whether the caller must give it.
    pub required: bool,
    /// The media type that the document gives it.
    pub content_type: Option<String>,
    /// The headers that the document gives it.
    pub headers: Vec<String>,
    /// What else the document demands of it.
    pub constraints: Constraints,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
}

/// How many files a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Files {
    /// One.
    One,
    /// A list of them.
    Several,
}

impl Part {
    /// How many files it is; `None` where it is a value.
    #[must_use]
    pub fn files(&self, api: &Api) -> Option<Files> {
        let is_bytes = |text: &str| kind(text) == Some(Kind::Bytes);
        let is_file = |ty: &Type| match api.resolve(ty) {
            Type::Scalar(Scalar::Binary) => true,
            // A text of a type that is none is a file.
            Type::Scalar(Scalar::String) => self.content_type.as_deref().is_some_and(is_bytes),
            _ => false,
        };
        match api.resolve(&self.ty) {
            ty if is_file(ty) => Some(Files::One),
            Type::List(item) if is_file(item) => Some(Files::Several),
            _ => None,
        }
    }
}

/// A documented response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The statuses it stands for.
    pub status: Status,
    /// What its body can be; the first is what is asked for where nothing is said. Empty for no
    /// content.
    pub contents: Vec<Media>,
    /// The headers that the document names.
    pub headers: Vec<Header>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
}

impl Response {
    /// What its body is where nothing is said.
    #[must_use]
    pub fn content(&self) -> Option<&Content> {
        self.contents.first().map(|media| &media.content)
    }
}

/// A header of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its name.
    pub wire: String,
    /// The type of its value.
    pub ty: Type,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
}

/// A way to take an operation's response other than the usual one.
#[derive(Debug, Clone, Copy)]
pub struct ResponseForm<'a> {
    /// How it is taken.
    pub kind: ResponseFormKind,
    /// The form of the body that is asked for.
    pub media: &'a Media,
}

/// How a response is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseFormKind {
    /// Whole, in a form that is not the first.
    Whole,
    /// As bytes, while they come.
    Stream,
    /// As events, while they come.
    Events,
    /// Line by line, while they come.
    Lines,
}

impl Operation {
    /// The ways to take the response other than the usual one, in the document's order.
    #[must_use]
    pub fn response_forms(&self) -> Vec<ResponseForm<'_>> {
        let mut forms: Vec<ResponseForm<'_>> = Vec::new();
        let successes = self.successes().map(|response| &response.contents);
        let all = successes.flat_map(|contents| contents.iter().enumerate());
        for (index, media) in all {
            let streamed = match media.content {
                Content::Bytes => Some(ResponseFormKind::Stream),
                Content::Events(_) => Some(ResponseFormKind::Events),
                Content::JsonLines(_) => Some(ResponseFormKind::Lines),
                _ => None,
            };
            let is_sequence = matches!(
                streamed,
                Some(ResponseFormKind::Events | ResponseFormKind::Lines)
            );
            let whole = (index > 0 && !is_sequence).then_some(ResponseFormKind::Whole);
            for kind in whole.into_iter().chain(streamed) {
                let known = forms.iter().any(|form| {
                    form.kind == kind
                        && (kind != ResponseFormKind::Whole
                            || (form.media.content == media.content
                                && form.media.media_type == media.media_type))
                });
                if !known {
                    forms.push(ResponseForm { kind, media });
                }
            }
        }
        forms
    }

    /// The headers that any response documents, each once, those of successes first.
    #[must_use]
    pub fn response_headers(&self) -> Vec<&Header> {
        let mut headers: Vec<&Header> = Vec::new();
        for header in self
            .successes()
            .chain(self.failures())
            .flat_map(|response| &response.headers)
        {
            let same = |known: &&Header| known.wire.eq_ignore_ascii_case(&header.wire);
            if !headers.iter().any(same) {
                headers.push(header);
            }
        }
        headers
    }
}
