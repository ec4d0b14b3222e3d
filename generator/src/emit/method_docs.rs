//! What stands at the method that begins a request: the route, the answer, the errors by status and
//! an example.

use super::context::Context;
use super::docs::{DocComment, code};
use super::example;
use super::markdown::line;
use super::operation::Emitter;
use crate::model::{Content, Media, OperationId, Outcome, Response, Status, Type};

impl Emitter<'_> {
    pub(super) fn docs(&self, id: OperationId) -> DocComment {
        let operation = self.operation;
        let route = self.route();
        let mut docs = DocComment::new().docs(&operation.docs, "").own(route);
        docs = self.demands(docs);
        docs = docs.own(self.answer_docs());
        docs = self.error_docs(docs);
        docs.own("# Example").own(example::doctest(self.cx, id))
    }

    /// What stands at the methods for the further forms of a body.
    pub(super) fn variant_docs(&self, media: &Media) -> DocComment {
        let (route, media_type) = (self.route(), code(&media.media_type));
        DocComment::new().own(format!("{route} with a body of {media_type}."))
    }

    /// The operation as documentation names it.
    pub(super) fn route(&self) -> String {
        let operation = self.operation;
        code(&format!("{} {}", operation.method.as_str(), operation.path))
    }

    /// What is demanded of the method's arguments. Setters say it themselves.
    fn demands(&self, mut docs: DocComment) -> DocComment {
        for (_, parameter, name) in self.required() {
            let demands = self.cx.demands(&parameter.ty, &parameter.constraints);
            let name = name.to_string();
            let name = code(name.strip_prefix("r#").unwrap_or(&name));
            docs = docs.constraints_on(&name, &demands);
        }
        let body = self.operation.body.as_ref();
        match body.and_then(|body| body.contents.first()) {
            Some(Media {
                content: Content::Json(ty),
                constraints,
                ..
            }) => docs.constraints_on("The body", &self.cx.demands(ty, constraints)),
            _ => docs,
        }
    }

    /// What comes back, linked.
    fn answer_docs(&self) -> String {
        let answer = match self.operation.outcome() {
            Outcome::Nothing => return "The answer has no body.".to_owned(),
            Outcome::Always(content) => content_words(self.cx, content),
            Outcome::Sometimes(content, empty) => {
                let empty: Vec<String> = empty.iter().map(ToString::to_string).collect();
                let words = content_words(self.cx, content);
                format!(
                    "{words}, or with nothing where the status is {}",
                    empty.join(" or ")
                )
            }
            Outcome::ByStatus => format!("[`{}`], by status", self.names.success.plain()),
        };
        let Some(pagination) = &self.operation.pagination else {
            return format!("Answers with {answer}.");
        };
        let item = words(self.cx, &pagination.item);
        let builder = self.names.builder.plain();
        format!(
            "Answers with a page, {answer}. [`items`]({builder}::items) goes through each {item} of all pages."
        )
    }

    fn error_docs(&self, docs: DocComment) -> DocComment {
        let failures: Vec<String> = self.operation.failures().filter_map(failure_line).collect();
        if failures.is_empty() {
            return docs;
        }
        let docs = docs.own("# Errors");
        let docs = if self.has_typed_failures() {
            let error = self.names.error.plain();
            docs.own(format!("By status; [`{error}`] has the body:"))
        } else {
            docs
        };
        docs.own(failures.join("\n"))
    }
}

fn failure_line(response: &Response) -> Option<String> {
    let status = response.status;
    if status == Status::Default && response.contents.is_empty() {
        return None;
    }
    let description = response.docs.description.as_deref().unwrap_or_default();
    let words = line(description);
    Some(if words.is_empty() {
        format!("- {status}")
    } else {
        format!("- {status}: {words}")
    })
}

/// The content of an answer as part of a sentence.
fn content_words(cx: &Context<'_>, content: &Content) -> String {
    match content {
        Content::Json(ty) => words(cx, ty),
        Content::Text | Content::Form(..) => "text".to_owned(),
        Content::JsonPatch => "a JSON Patch".to_owned(),
        Content::Bytes | Content::Multipart(_) => "bytes".to_owned(),
        Content::Events(events) => format!("events, each {}", words(cx, &events.data)),
        Content::JsonLines(ty) => format!("lines, each {}", words(cx, ty)),
    }
}

/// A type as part of a sentence, with links to what the crate defines.
fn words(cx: &Context<'_>, ty: &Type) -> String {
    match ty {
        Type::Named(id) => {
            let name = cx.names.type_name(*id).plain();
            format!("[`{name}`](crate::types::{name})")
        }
        Type::List(item) => format!("a list of {}", words(cx, item)),
        Type::Map(value) => format!("a map of {}", words(cx, value)),
        Type::Nullable(inner) => format!("{} or `null`", words(cx, inner)),
        Type::Boxed(inner) => words(cx, inner),
        Type::Any(_) => "any JSON".to_owned(),
        Type::Scalar(_) | Type::Tuple(_) => {
            let written = cx.ty(ty).to_string();
            code(written.rsplit(':').next().unwrap_or_default().trim())
        }
    }
}
