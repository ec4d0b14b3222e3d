//! Bodies: what is sent, and what may come back.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Responses, StatusCode};

use super::schema::Site;
use super::{Lowering, SchemaRef};
use crate::diagnostic::{Code, Pointer};
use crate::model::{
    Body, Constraints, Content, Docs, NameRoot, NameSource, OperationId, OperationRole, Response,
    Status, Type, Untyped,
};

/// What a reference to a component names, and its place.
pub(super) fn component<'a, T>(
    components: &'a IndexMap<String, ReferenceOr<T>>,
    reference: &str,
) -> Option<(&'a ReferenceOr<T>, Pointer)> {
    let pointer = Pointer::parse(reference)?;
    let name = pointer.segments().nth(2)?;
    Some((components.get(name.as_ref())?, pointer.clone()))
}

/// Follows references among components to an item.
fn follow<'a, T>(
    components: &'a IndexMap<String, ReferenceOr<T>>,
    mut item: &'a ReferenceOr<T>,
    mut at: Pointer,
) -> Result<(&'a T, Pointer), (&'a str, Pointer)> {
    // A chain longer than there are components is a cycle.
    for _ in 0..=components.len() {
        match item {
            ReferenceOr::Item(item) => return Ok((item, at)),
            ReferenceOr::Reference { reference } => match component(components, reference) {
                Some(found) => (item, at) = found,
                None => return Err((reference, at)),
            },
        }
    }
    Err(("a cycle of references", at))
}

impl<'a> Lowering<'a> {
    pub(super) fn body(
        &mut self,
        body: &'a ReferenceOr<openapiv3::RequestBody>,
        id: OperationId,
        at: &Pointer,
    ) -> Option<Body> {
        let components = self.parsed.openapi.components.as_ref()?;
        let (body, origin) = match follow(&components.request_bodies, body, at.clone()) {
            Ok(found) => found,
            Err((reference, at)) => {
                self.unresolved(reference, &at);
                return None;
            }
        };
        let name = NameSource {
            root: NameRoot::Operation(id, OperationRole::Body),
            path: Vec::new(),
        };
        let (media_type, content) = self.content(&body.content, &origin, name)?;
        Some(Body {
            required: body.required,
            constraints: self.body_constraints(&body.content, &origin),
            media_type,
            content,
            docs: Docs {
                description: body.description.clone(),
                ..Docs::default()
            },
            origin,
        })
    }

    /// What the schema of the body that is sent demands.
    fn body_constraints(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        at: &Pointer,
    ) -> Constraints {
        let Some((media_type, body)) = chosen(content) else {
            return Constraints::default();
        };
        let at = at.key("content").key(media_type).key("schema");
        body.schema
            .as_ref()
            .map_or_else(Constraints::default, |schema| {
                self.constraints(SchemaRef::from(schema), &at)
            })
    }

    pub(super) fn responses(
        &mut self,
        responses: &'a Responses,
        id: OperationId,
        at: &Pointer,
    ) -> Vec<Response> {
        let mut lowered = Vec::new();
        for (code, response) in &responses.responses {
            let status = match code {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(class) => Status::Class(u8::try_from(*class).unwrap_or_default()),
            };
            lowered.extend(self.response(response, status, id, &at.key(&code.to_string())));
        }
        // Documents that know no more than `default` mean the answer, not the error.
        let has_success = lowered.iter().any(|response| response.status.is_success());
        if let Some(default) = &responses.default {
            let status = if has_success {
                Status::Default
            } else {
                Status::Class(2)
            };
            lowered.extend(self.response(default, status, id, &at.key("default")));
        }
        lowered.sort_by_key(|response| response.status);
        lowered
    }

    fn response(
        &mut self,
        response: &'a ReferenceOr<openapiv3::Response>,
        status: Status,
        id: OperationId,
        at: &Pointer,
    ) -> Option<Response> {
        let components = self.parsed.openapi.components.as_ref()?;
        let (response, origin) = match follow(&components.responses, response, at.clone()) {
            Ok(found) => found,
            Err((reference, at)) => {
                self.unresolved(reference, &at);
                return None;
            }
        };
        let name = NameSource {
            root: NameRoot::Operation(id, OperationRole::Response(status)),
            path: Vec::new(),
        };
        Some(Response {
            status,
            body: self.content(&response.content, &origin, name),
            docs: Docs {
                description: Some(response.description.clone()),
                ..Docs::default()
            },
            origin,
        })
    }

    /// The first JSON body, or the first of what there is.
    fn content(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        at: &Pointer,
        name: NameSource,
    ) -> Option<(String, Content)> {
        let at = at.key("content");
        let chosen = chosen(content)?;
        for (other, _) in content.iter().filter(|(other, _)| *other != chosen.0) {
            self.diagnostics.note(
                Code::NotGenerated,
                at.key(other),
                format!("only `{}` is generated, `{other}` is not", chosen.0),
            );
        }
        let (media_type, body) = chosen;
        if is_json(media_type) {
            let site = Site {
                at: at.key(media_type).key("schema"),
                name,
            };
            let ty = match &body.schema {
                Some(schema) => self.ty(SchemaRef::from(schema), &site),
                None => Type::Any(Untyped::EmptySchema),
            };
            return Some((sent_as(media_type), Content::Json(ty)));
        }
        let content = if media_type.starts_with("text/") {
            Content::Text
        } else {
            Content::Bytes
        };
        Some((media_type.clone(), content))
    }
}

/// The first JSON body, or the first of what there is.
fn chosen(content: &IndexMap<String, MediaType>) -> Option<(&String, &MediaType)> {
    content
        .iter()
        .find(|(media_type, _)| is_json(media_type))
        .or_else(|| content.first())
}

/// Whether a body of this media type is JSON. Ranges that include JSON are.
fn is_json(media_type: &str) -> bool {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    matches!(
        essence.as_str(),
        "application/json" | "text/json" | "*/*" | "application/*"
    ) || essence.ends_with("+json")
}

/// The media type on the wire: a range cannot be sent.
fn sent_as(media_type: &str) -> String {
    if media_type.contains('*') {
        "application/json".to_owned()
    } else {
        media_type.to_owned()
    }
}
