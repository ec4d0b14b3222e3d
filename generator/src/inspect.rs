//! What a document became, as data: operations with their Rust paths, types, and a census of what
//! is left untyped. `cargo xtask inspect` prints it.

mod census;
mod naming;
mod schemas;

use serde::Serialize;

use crate::config::Config;
use crate::emit::Paths;
use crate::model::{
    Api, Content, Files, Operation, OperationId, Outcome, Response, ResponseFormKind, Scalar, Sent,
    Type, TypeKind,
};
use crate::modelled::Modelled;
use crate::name::{BodyNames, Names};
use crate::pass::Facts;

pub use census::{Census, UntypedPlace, census};
pub use naming::{NameCounts, NameReport, WeakName, Weakness, name_report};
pub use schemas::{SchemaInfo, schemas};

/// A document's operations, types and census.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// The operations, in the document's order.
    pub operations: Vec<OperationInfo>,
    /// The named types, in the document's order.
    pub types: Vec<TypeInfo>,
    /// The counts.
    pub census: Census,
    /// The names that could be better.
    pub naming: NameReport,
}

/// An operation.
#[derive(Debug, Serialize)]
pub struct OperationInfo {
    /// `operationId`, or what stands for it.
    pub id: String,
    /// The method on the wire.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The first tag.
    pub tag: Option<String>,
    /// The method's full path.
    pub rust: String,
    /// The expression that begins the request, with its arguments' names.
    pub call: String,
    /// The parameters and the body.
    pub arguments: Vec<ArgumentInfo>,
    /// What `send` answers with, with its full path: the type of the successes' body, an option of it
    /// where one has none, or an enum by status.
    pub response: String,
    /// The documented successes.
    pub success: Vec<ResponseInfo>,
    /// The documented errors.
    pub errors: Vec<ResponseInfo>,
    /// How its pages are followed.
    pub pagination: Option<PaginationInfo>,
    /// The credentials: any of these sets of schemes.
    pub auth: Vec<Vec<String>>,
    /// Whether the response can be read while it comes: [`OperationInfo::answers`] says how.
    pub streaming: bool,
    /// The forms of the body, the usual one first.
    pub bodies: Vec<BodyInfo>,
    /// The ways to take the response beside `send`.
    pub answers: Vec<AnswerInfo>,
}

/// A form of a request's body.
#[derive(Debug, Serialize)]
pub struct BodyInfo {
    /// What is sent.
    pub media_type: String,
    /// Further media types of the document for the same content.
    pub also: Vec<String>,
    /// The method that begins the request.
    pub method: String,
    /// The setter, or the argument's name.
    pub setter: String,
    /// The argument before it, which names the media type, where the document has a range of them.
    pub content_type: Option<String>,
    /// The type, with its full path.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it is an argument (`true`) or a setter.
    pub required: bool,
    /// The parts of a form of parts; `new` of the type takes those that are required.
    pub parts: Vec<PartInfo>,
}

/// A part of a form.
#[derive(Debug, Serialize)]
pub struct PartInfo {
    /// The argument's or the setter's name.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// The type of the value, with its full path, where it is no file.
    #[serde(rename = "type")]
    pub ty: String,
    /// `one` or `several` files, given as anything that turns into a part; `null` for a value.
    pub files: Option<&'static str>,
    /// Whether it is an argument (`true`) or a setter.
    pub required: bool,
}

/// A way to take the response.
#[derive(Debug, Serialize)]
pub struct AnswerInfo {
    /// What is asked for.
    pub media_type: String,
    /// The builder's method.
    pub method: String,
    /// `bytes`, `events` or `lines`; `null` for a whole body.
    pub streams: Option<&'static str>,
    /// The type of the body or of an item of the stream, with its full path.
    #[serde(rename = "type")]
    pub ty: String,
}

/// A parameter, or the body.
#[derive(Debug, Serialize)]
pub struct ArgumentInfo {
    /// The argument's or the setter's name.
    pub name: String,
    /// The name on the wire; empty for the body.
    pub wire: String,
    /// `path`, `query`, `header`, `cookie` or `body`.
    #[serde(rename = "in")]
    pub place: &'static str,
    /// The type, with its full path.
    #[serde(rename = "type")]
    pub ty: String,
    /// Whether it is an argument (`true`) or a setter.
    pub required: bool,
}

/// A documented response.
#[derive(Debug, Serialize)]
pub struct ResponseInfo {
    /// `200`, `4XX` or `default`.
    pub status: String,
    /// The body's type, with its full path; `()` for none.
    #[serde(rename = "type")]
    pub ty: String,
}

/// How pages are followed.
#[derive(Debug, Serialize)]
pub struct PaginationInfo {
    /// `cursor`, `last-item`, `offset`, `page-number`, `next-link` or `link-header`.
    pub kind: &'static str,
    /// The parameter that asks for a page, or a JSON pointer within the request's body; null
    /// where pages are followed by links.
    pub parameter: Option<String>,
    /// The pointer of the next cursor or link, within a page.
    pub next: Option<String>,
    /// The number of the first page or item, where they are numbered.
    pub first: Option<u64>,
    /// The pointer of what says whether another page follows, within a page.
    pub more: Option<String>,
    /// The pointer of the number of items in all, within a page.
    pub total: Option<String>,
    /// The pointer of the items, within a page.
    pub items: String,
    /// The type of an item, with its full path.
    pub item: String,
}

/// A named type.
#[derive(Debug, Serialize)]
pub struct TypeInfo {
    /// The identifier.
    pub name: String,
    /// The full path.
    pub rust: String,
    /// `struct`, `enum`, `union`, `alias` or `newtype`.
    pub kind: &'static str,
    /// Where it was defined.
    pub pointer: String,
    /// How many bytes a value takes, without what it points to: an estimate for 64 bits that is
    /// never too low ([`Sizes`](crate::pass::Sizes)).
    pub size: u64,
}

/// The names of the arguments that must be given, in their order.
fn given<'a>(arguments: &'a [ArgumentInfo], bodies: &'a [BodyInfo]) -> Vec<&'a str> {
    let given = arguments.iter().filter(|argument| argument.required);
    given
        .flat_map(|argument| {
            let body = bodies.first().filter(|_| argument.place == "body");
            let media_type = body.and_then(|body| body.content_type.as_deref());
            media_type.into_iter().chain([argument.name.as_str()])
        })
        .collect()
}

/// Describes a model.
#[must_use]
pub fn inspect(model: &Modelled, config: &Config) -> Inspection {
    let Modelled {
        api, names, facts, ..
    } = model;
    let inspector = Inspector {
        api,
        names,
        facts,
        paths: Paths::new(model, config),
    };
    Inspection {
        operations: api
            .operations_with_ids()
            .map(|(id, operation)| inspector.operation(id, operation))
            .collect(),
        types: inspector.types(),
        census: census(api),
        naming: name_report(api, names),
    }
}

struct Inspector<'a> {
    api: &'a Api,
    names: &'a Names,
    facts: &'a Facts,
    paths: Paths<'a>,
}

impl Inspector<'_> {
    fn operation(&self, id: OperationId, operation: &Operation) -> OperationInfo {
        let names = self.names.operation(id);
        let mut arguments: Vec<ArgumentInfo> = operation
            .parameters
            .iter()
            .zip(&names.parameters)
            .map(|(parameter, name)| ArgumentInfo {
                name: name.to_string(),
                wire: parameter.wire.clone(),
                place: parameter.place.as_str(),
                ty: self.paths.ty(&parameter.ty),
                required: parameter.required,
            })
            .collect();
        let bodies = self.bodies(id, operation);
        arguments.extend(bodies.first().map(|body| ArgumentInfo {
            name: body.setter.clone(),
            wire: String::new(),
            place: "body",
            ty: body.ty.clone(),
            required: body.required,
        }));
        let given = given(&arguments, &bodies);
        OperationInfo {
            id: operation.id.clone(),
            method: operation.method.as_str().to_owned(),
            path: operation.path.clone(),
            tag: self
                .api
                .groups
                .get(operation.group.index())
                .and_then(|group| group.tag.clone()),
            rust: self.paths.operation(id),
            call: format!(
                "client.{}.{}({})",
                self.paths.accessors(operation.group),
                names.method,
                given.join(", ")
            ),
            response: self.outcome(id, operation),
            success: operation
                .successes()
                .map(|response| self.response(response))
                .collect(),
            errors: operation
                .failures()
                .map(|response| self.response(response))
                .collect(),
            pagination: self.pagination(operation),
            auth: operation.security.clone(),
            streaming: operation
                .response_forms()
                .iter()
                .any(|answer| answer.kind != ResponseFormKind::Whole),
            arguments,
            bodies,
            answers: self.answers(id, operation),
        }
    }

    fn outcome(&self, id: OperationId, operation: &Operation) -> String {
        match operation.outcome() {
            Outcome::Nothing => self.content(None),
            Outcome::Always(content) => self.content(Some(content)),
            Outcome::Sometimes(content, _) => {
                format!("std::option::Option<{}>", self.content(Some(content)))
            }
            Outcome::ByStatus => {
                let name = &self.names.operation(id).success;
                self.paths.beside_operation(id, name.as_str())
            }
        }
    }

    fn bodies(&self, id: OperationId, operation: &Operation) -> Vec<BodyInfo> {
        let body = operation.body.iter();
        let forms = body.flat_map(|body| body.contents.iter().map(|media| (body.required, media)));
        forms
            .zip(&self.names.operation(id).bodies)
            .map(|((required, media), names)| BodyInfo {
                media_type: media.media_type.clone(),
                also: media.also.clone(),
                method: if required {
                    names.method.to_string()
                } else {
                    self.names.operation(id).method.to_string()
                },
                setter: names.setter.to_string(),
                content_type: media.is_range.then(|| names.media_type.to_string()),
                ty: match &media.content {
                    Content::Multipart(parts) if parts.is_empty() => {
                        format!("{}::Multipart", self.paths.crate_name())
                    }
                    Content::Multipart(_) => self.paths.beside_operation(id, names.form.as_str()),
                    content => self.content(Some(content)),
                },
                required,
                parts: self.parts(&media.content, names),
            })
            .collect()
    }

    fn parts(&self, content: &Content, names: &BodyNames) -> Vec<PartInfo> {
        let Content::Multipart(parts) = content else {
            return Vec::new();
        };
        parts
            .iter()
            .zip(&names.parts)
            .map(|(part, name)| PartInfo {
                name: name.to_string(),
                wire: part.wire.clone(),
                ty: self.paths.ty(&part.ty),
                files: part.files(self.api).map(|files| match files {
                    Files::One => "one",
                    Files::Several => "several",
                }),
                required: part.required,
            })
            .collect()
    }

    fn answers(&self, id: OperationId, operation: &Operation) -> Vec<AnswerInfo> {
        let answers = operation.response_forms();
        answers
            .iter()
            .zip(&self.names.operation(id).response_forms)
            .map(|(answer, method)| AnswerInfo {
                media_type: answer.media.media_type.clone(),
                method: method.to_string(),
                streams: match answer.kind {
                    ResponseFormKind::Whole => None,
                    ResponseFormKind::Stream => Some("bytes"),
                    ResponseFormKind::Events => Some("events"),
                    ResponseFormKind::Lines => Some("lines"),
                },
                ty: match (answer.kind, &answer.media.content) {
                    (ResponseFormKind::Events, Content::Events(events)) => self.data(&events.data),
                    (ResponseFormKind::Lines, Content::JsonLines(item)) => self.paths.ty(item),
                    (_, content) => self.content(Some(content)),
                },
            })
            .collect()
    }

    /// The type of the data of events.
    fn data(&self, ty: &Type) -> String {
        match self.api.resolve(ty) {
            Type::Scalar(Scalar::String | Scalar::Binary) => "std::string::String".to_owned(),
            _ => self.paths.ty(ty),
        }
    }

    fn response(&self, response: &Response) -> ResponseInfo {
        ResponseInfo {
            status: response.status.to_string(),
            ty: self.content(response.content()),
        }
    }

    fn content(&self, content: Option<&Content>) -> String {
        match content {
            None => "()".to_owned(),
            Some(Content::Json(ty) | Content::Form(ty, _)) => self.paths.ty(ty),
            Some(Content::JsonPatch) => format!("{}::json::JsonPatch", self.paths.crate_name()),
            Some(Content::Text) => "std::string::String".to_owned(),
            Some(Content::Bytes | Content::Multipart(_)) => {
                format!("{}::bytes::Bytes", self.paths.crate_name())
            }
            Some(Content::Events(events)) => {
                let krate = self.paths.crate_name();
                let item = self.data(&events.data);
                format!("std::vec::Vec<{krate}::Event<{item}>>")
            }
            Some(Content::JsonLines(ty)) => format!("std::vec::Vec<{}>", self.paths.ty(ty)),
        }
    }

    fn pagination(&self, operation: &Operation) -> Option<PaginationInfo> {
        let pagination = operation.pagination.as_ref()?;
        let facts = pagination.kind.facts();
        let parameter = facts.sent.map(|(_, sent)| match sent {
            Sent::Parameter(index) => {
                let parameter = operation.parameters.get(*index);
                parameter.map_or_else(String::new, |found| found.wire.clone())
            }
            Sent::Body(pointer) => pointer.clone(),
        });
        let fact = |wanted: &str| {
            let mut texts = facts.texts();
            texts.find_map(|(name, value)| (name == wanted).then_some(value))
        };
        Some(PaginationInfo {
            kind: facts.word,
            parameter,
            next: fact("next"),
            first: fact("first").and_then(|first| first.parse().ok()),
            more: pagination.more.clone(),
            total: fact("total"),
            items: pagination.items.clone(),
            item: self.paths.ty(&pagination.item),
        })
    }

    fn types(&self) -> Vec<TypeInfo> {
        self.api
            .types_with_ids()
            .map(|(id, def)| TypeInfo {
                name: self.names.type_name(id).to_string(),
                rust: self.paths.type_path(id),
                kind: match def.kind {
                    TypeKind::Struct(_) => "struct",
                    TypeKind::Enum(_) => "enum",
                    TypeKind::Union(_) => "union",
                    TypeKind::Alias(_) => "alias",
                    TypeKind::Newtype(_) => "newtype",
                },
                pointer: def.origin.to_string(),
                size: self.facts.sizes.size(id),
            })
            .collect()
    }
}
