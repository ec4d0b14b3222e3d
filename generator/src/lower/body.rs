//! Bodies: what is sent, and what may come back.

use indexmap::IndexMap;
use openapiv3::{ParameterSchemaOrContent, ReferenceOr, Responses, StatusCode};

use super::lowering::{Lowering, SchemaRef, root};
use super::schema::Site;
use crate::diagnostic::{Code, Pointer};
use crate::model::{
    Body, Docs, Header, Method, NameRoot, NameSource, OperationId, OperationRole, Response, Scalar,
    Status, Type,
};

impl<'a> Lowering<'a> {
    pub(super) fn body(
        &mut self,
        body: &'a ReferenceOr<openapiv3::RequestBody>,
        id: OperationId,
        at: &Pointer,
    ) -> Option<Body> {
        let components = self.parsed.openapi.components.as_ref()?;
        let (body, origin) = self.component(&components.request_bodies, body, at.clone())?;
        let contents = self.contents(&body.content, &origin, (id, OperationRole::Body));
        if contents.is_empty() {
            return None;
        }
        Some(Body {
            required: body.required,
            contents,
            docs: Docs {
                description: body.description.clone(),
                ..Docs::default()
            },
            origin,
        })
    }

    pub(super) fn responses(
        &mut self,
        responses: &'a Responses,
        (id, method): (OperationId, &Method),
        at: &Pointer,
    ) -> Vec<Response> {
        let mut lowered = Vec::new();
        for (code, response) in &responses.responses {
            let status = match code {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(class) => Status::Class(u8::try_from(*class).unwrap_or_default()),
            };
            lowered.extend(self.response(
                response,
                status,
                (id, method),
                &at.key(&code.to_string()),
            ));
        }
        self.leave_out_redirected_bodies(&mut lowered);
        // Documents that know no more than `default` mean the response, not the error.
        let has_success = lowered
            .iter()
            .any(|response| response.status.is_success() || response.status.is_redirect());
        if let Some(default) = &responses.default {
            let status = if has_success {
                Status::Default
            } else {
                Status::Class(2)
            };
            lowered.extend(self.response(default, status, (id, method), &at.key("default")));
        }
        lowered.sort_by_key(|response| response.status);
        lowered
    }

    /// Where there are successes, a redirect is told by its status and its headers: what it has for
    /// a body is what browsers show who do not follow.
    fn leave_out_redirected_bodies(&mut self, responses: &mut [Response]) {
        if !responses
            .iter()
            .any(|response| response.status.is_success())
        {
            return;
        }
        let redirects = responses
            .iter_mut()
            .filter(|response| response.status.is_redirect());
        for response in redirects {
            let has_schema = response.contents.iter().any(|media| {
                let mut types = media.content.types();
                types.any(|ty| !matches!(ty, Type::Any(_)))
            });
            if has_schema {
                let message = format!(
                    "the body of the redirect {} has no type; it is kept as it comes",
                    response.status
                );
                let at = response.origin.key("content");
                self.diagnostics.note(Code::NotGenerated, at, message);
            }
            response.contents.clear();
        }
    }

    fn response(
        &mut self,
        response: &'a ReferenceOr<openapiv3::Response>,
        status: Status,
        (id, method): (OperationId, &Method),
        at: &Pointer,
    ) -> Option<Response> {
        let components = self.parsed.openapi.components.as_ref()?;
        let (response, origin) = self.component(&components.responses, response, at.clone())?;
        let role = OperationRole::Response(status);
        let contents = if self.is_without_body(response, status, method, &origin) {
            Vec::new()
        } else {
            self.contents(&response.content, &origin, (id, role))
        };
        Some(Response {
            status,
            contents,
            headers: self.headers(&response.headers, id, &origin),
            docs: Docs {
                description: Some(response.description.clone()),
                ..Docs::default()
            },
            origin,
        })
    }

    /// Whether HTTP has no body there, whatever a document says (RFC 9110, sections 9.3.2, 15.3.5
    /// and 15.3.6): what is described can never come, and to wait for it would make an error of
    /// each response.
    fn is_without_body(
        &mut self,
        response: &openapiv3::Response,
        status: Status,
        method: &Method,
        at: &Pointer,
    ) -> bool {
        let message = match (method, status) {
            (Method::Head, _) => {
                "a response to HEAD has no body; its content is left out".to_owned()
            }
            (_, Status::Code(code @ (204 | 205))) => {
                format!("a response of status {code} has no body; its content is left out")
            }
            _ => return false,
        };
        let mut contents = response.content.values();
        if contents.any(|media| media.schema.is_some()) {
            self.diagnostics
                .note(Code::NotGenerated, at.key("content"), message);
        }
        true
    }

    /// The headers of a response. `Content-Type` is described by its content.
    fn headers(
        &mut self,
        headers: &'a IndexMap<String, ReferenceOr<openapiv3::Header>>,
        id: OperationId,
        at: &Pointer,
    ) -> Vec<Header> {
        let at = at.key("headers");
        let wanted = headers
            .iter()
            .filter(|(wire, _)| !wire.eq_ignore_ascii_case("content-type"));
        wanted
            .filter_map(|(wire, header)| self.header(wire, header, id, &at.key(wire)))
            .collect()
    }

    fn header(
        &mut self,
        wire: &str,
        header: &'a ReferenceOr<openapiv3::Header>,
        id: OperationId,
        at: &Pointer,
    ) -> Option<Header> {
        let components = self.parsed.openapi.components.as_ref()?;
        let (header, origin) = self.component(&components.headers, header, at.clone())?;
        let is_name = !wire.is_empty() && wire.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_name {
            let message = format!("`{}` is no name of a header", wire.escape_debug());
            self.diagnostics.warn(Code::InvalidObject, at, message);
            return None;
        }
        let (schema, schema_at) = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => (Some(schema), origin.key("schema")),
            ParameterSchemaOrContent::Content(content) => {
                let (media_type, body) = content.first()?;
                let at = origin.key("content").key(media_type).key("schema");
                (body.schema.as_ref(), at)
            }
        };
        let site = Site {
            at: schema_at,
            name: NameSource {
                root: root(
                    &origin,
                    NameRoot::Operation(id, OperationRole::Header(wire.to_owned())),
                ),
                path: Vec::new(),
            },
        };
        let ty = match schema.map(|schema| self.ty(SchemaRef::from(schema), &site)) {
            Some(Type::Nullable(inner)) => *inner,
            // A header without a type is the text that it is.
            None | Some(Type::Any(_)) => Type::Scalar(Scalar::String),
            Some(ty) => ty,
        };
        Some(Header {
            wire: wire.to_owned(),
            ty,
            docs: Docs {
                summary: None,
                description: header.description.clone(),
                deprecated: header.deprecated.unwrap_or_default(),
                link: None,
            },
            origin,
        })
    }
}
