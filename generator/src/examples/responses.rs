//! What the server responds with, and what the client makes of it.

use serde_json::{Value, json};

use super::writer::Writer;
use crate::model::{Content, Media, Response, Status};

/// A response for each documented status of which one is certain, and the statuses that have
/// none.
pub(super) fn responses(writer: &mut Writer<'_>) -> (Vec<Value>, Vec<String>) {
    let documented = &writer.operation.responses;
    let mut responses = Vec::new();
    let mut unplayed = Vec::new();
    for response in documented {
        let may_be = |code: u16| {
            let is_success = writer.operation.is_success(response.status);
            (200..300).contains(&code) || (400..600).contains(&code) || is_success
        };
        let status = status(response.status, documented).filter(|code| may_be(*code));
        match status.and_then(|status| play(writer, response, status)) {
            Some(played) => responses.push(played),
            None => unplayed.push(response.status.to_string()),
        }
    }
    if responses.is_empty() {
        // The request is looked at all the same.
        responses.push(json!({"status": 500}));
    }
    (responses, unplayed)
}

fn play(writer: &mut Writer<'_>, response: &Response, status: u16) -> Option<Value> {
    let Some(media) = response.contents.first() else {
        return Some(json!({"status": status}));
    };
    let is_json = matches!(media.content, Content::Json(_));
    let (text, body) = played(writer, media)?;
    let mut played = json!({"status": status});
    if !media.media_type.contains('*') {
        played["media_type"] = json!(media.media_type);
    } else if is_json {
        played["media_type"] = json!("application/json");
    }
    if let Some(text) = text {
        played["text"] = json!(text);
    }
    // Of what goes wrong only JSON is decoded.
    if writer.operation.is_success(response.status) || is_json {
        played["body"] = body;
    }
    Some(played)
}

/// The text of a response, where that is not the JSON of what it comes to, and the latter.
fn played(writer: &mut Writer<'_>, media: &Media) -> Option<(Option<String>, Value)> {
    Some(match &media.content {
        Content::Json(ty) => (None, writer.shown(&media.origin, ty)?),
        Content::JsonPatch => (None, json!([{"op": "remove", "path": "/name"}])),
        Content::JsonLines(ty) => {
            let value = writer.shown(&media.origin, ty)?;
            (Some(format!("{value}\n")), json!([value]))
        }
        Content::Events(events) => {
            let union = events.told_by_name(writer.api);
            let first = union.and_then(|union| union.variants.first());
            let ty = first.map_or(&events.data, |variant| &variant.ty);
            let name = first.and_then(|variant| variant.tags.first());
            if name.is_some_and(|name| name.contains(['\r', '\n'])) {
                return None;
            }
            let name = name.map(|name| format!("event: {name}\n"));
            let name = name.unwrap_or_default();
            if writer.api.is_text(ty) {
                let text = format!("{name}data: some text\n\n");
                return Some((Some(text), json!(["some text"])));
            }
            let value = writer.shown(&media.origin, ty)?;
            (Some(format!("{name}data: {value}\n\n")), json!([value]))
        }
        Content::Text | Content::Bytes | Content::Form(..) | Content::Multipart(_) => {
            (Some("some text".to_owned()), json!("some text"))
        }
    })
}

/// A status that a documented response stands for and no other does.
fn status(status: Status, all: &[Response]) -> Option<u16> {
    let is_free = |code: &u16| {
        all.iter()
            .all(|response| response.status != Status::Code(*code))
    };
    let of_class = |class: u8| {
        let first = u16::from(class) * 100;
        // The response has the body of its class, so none of a status without.
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
