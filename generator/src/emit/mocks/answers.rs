//! What the server answers, and what the client makes of it.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Value, json};

use super::exchange::Writer;
use crate::emit::answers::status_variant;
use crate::emit::context::ident;
use crate::emit::operation::Emitter;
use crate::model::{Content, Media, Outcome, Response, Status};

impl Writer<'_> {
    /// An answer for each documented status of which one is certain, and the statuses that have
    /// none.
    pub(super) fn answers(&mut self) -> (Vec<Value>, Vec<String>) {
        let responses = &self.emitter.operation.responses;
        let mut answers = Vec::new();
        let mut unplayed = Vec::new();
        for response in responses {
            let may_be = |code: u16| {
                let is_answer = self.emitter.operation.is_success(response.status);
                (200..300).contains(&code) || (400..600).contains(&code) || is_answer
            };
            let status = status(response.status, responses).filter(|code| may_be(*code));
            match status.and_then(|status| self.answer(response, status)) {
                Some(answer) => answers.push(answer),
                None => unplayed.push(response.status.to_string()),
            }
        }
        if answers.is_empty() {
            // The request is looked at all the same.
            answers.push(json!({"status": 500}));
        }
        (answers, unplayed)
    }

    fn answer(&mut self, response: &Response, status: u16) -> Option<Value> {
        let Some(media) = response.contents.first() else {
            return Some(json!({"status": status}));
        };
        let is_json = matches!(media.content, Content::Json(_));
        let (text, body) = self.played(media)?;
        let mut answer = json!({"status": status});
        if !media.media_type.contains('*') {
            answer["media_type"] = json!(media.media_type);
        } else if is_json {
            answer["media_type"] = json!("application/json");
        }
        if let Some(text) = text {
            answer["text"] = json!(text);
        }
        // Of what goes wrong only JSON is decoded.
        if self.emitter.operation.is_success(response.status) || is_json {
            answer["body"] = body;
        }
        Some(answer)
    }

    /// The text of an answer, where that is not the JSON of what it comes to, and the latter.
    fn played(&mut self, media: &Media) -> Option<(Option<String>, Value)> {
        Some(match &media.content {
            Content::Json(ty) => (None, self.shown(&media.origin, ty)?),
            Content::JsonPatch => (None, json!([{"op": "remove", "path": "/name"}])),
            Content::JsonLines(ty) => {
                let value = self.shown(&media.origin, ty)?;
                (Some(format!("{value}\n")), json!([value]))
            }
            Content::Events(events) => {
                let cx = self.emitter.cx;
                let first = cx
                    .told_by_name(&events.data)
                    .and_then(|union| union.variants.first());
                let ty = first.map_or(&events.data, |variant| &variant.ty);
                let name = first.and_then(|variant| variant.tags.first());
                if name.is_some_and(|name| name.contains(['\r', '\n'])) {
                    return None;
                }
                let name = name.map(|name| format!("event: {name}\n"));
                let name = name.unwrap_or_default();
                if cx.is_text(ty) {
                    let text = format!("{name}data: some text\n\n");
                    return Some((Some(text), json!(["some text"])));
                }
                let value = self.shown(&media.origin, ty)?;
                (Some(format!("{name}data: {value}\n\n")), json!([value]))
            }
            Content::Text | Content::Bytes | Content::Form(..) | Content::Multipart(_) => {
                (Some("some text".to_owned()), json!("some text"))
            }
        })
    }
}

impl Emitter<'_> {
    /// How a test reads what a success comes to: what differs from status to status by the enum of
    /// it.
    pub(super) fn read(&self, krate: &Ident) -> TokenStream {
        match self.operation.outcome() {
            Outcome::Nothing => return reader(None),
            Outcome::Always(content) => return reader(Some(content)),
            Outcome::Sometimes(content, _) => {
                let read = reader(Some(content));
                return quote!(|answer: &Option<_>| answer.as_ref().and_then(#read));
            }
            Outcome::ByStatus => {}
        }
        let group = self.cx.names.group(self.operation.group);
        let module = ident(group.module.as_str());
        let name = ident(self.names.success.as_str());
        let arms = self.operation.successes().map(|response| {
            let variant = status_variant(response.status);
            let read = reader(response.content());
            quote!(#krate::api::#module::#name::#variant(it) => #read(it))
        });
        quote!(|answer| match answer { #(#arms,)* _ => None })
    }
}

fn reader(content: Option<&Content>) -> TokenStream {
    match content {
        Some(Content::Json(_) | Content::JsonPatch | Content::JsonLines(_)) => quote!(mock::json),
        Some(Content::Events(_)) => quote!(mock::events),
        Some(_) => quote!(mock::text),
        None => quote!(mock::opaque),
    }
}

/// A status that a documented response stands for and no other does.
fn status(status: Status, all: &[Response]) -> Option<u16> {
    let is_free = |code: &u16| {
        all.iter()
            .all(|response| response.status != Status::Code(*code))
    };
    let of_class = |class: u8| {
        let first = u16::from(class) * 100;
        // The answer has the body of its class, so none of a status without.
        let has_body = |code: &u16| !matches!(code, 204 | 205);
        (first..first + 100).filter(has_body).find(is_free)
    };
    match status {
        Status::Code(code) => Some(code),
        Status::Class(class) => of_class(class),
        Status::Default => {
            let classes = [5, 4].into_iter();
            let mut open =
                classes.filter(|class| all.iter().all(|it| it.status != Status::Class(*class)));
            open.next().and_then(of_class)
        }
    }
}
