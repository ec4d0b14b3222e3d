//! What a body can be: the media types of a document, sorted into the few forms that differ.
//!
//! Media types that say the same of the same schema are one form of it, so that a document that
//! lists five names of JSON does not make five methods.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Schema};

use super::form::form_fields;
use super::keywords::{JsonType, Keywords};
use super::lowering::{Lowering, SchemaRef, root};
use super::schema::Site;
use crate::diagnostic::{Code, Pointer};
use crate::media_type::{self, Kind};
use crate::model::{
    Constraints, Content, Media, NameRoot, NameSource, OperationId, OperationRole, Role, Type,
    TypeKind, Untyped,
};

/// The key in which upgrade keeps that a schema is that of a sequence's items.
const ITEM_SCHEMA: &str = "x-clientsmith-item-schema";

/// The media types of one form, before it is lowered.
struct Form<'a> {
    kind: Kind,
    /// The one that is sent or asked for, and what the document says of it.
    first: (&'a str, &'a MediaType),
    also: Vec<&'a str>,
}

impl<'a> Lowering<'a> {
    /// The forms of a body, the one that is meant where nothing is said first: JSON, if any is.
    pub(super) fn contents(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        at: &Pointer,
        (id, role): (OperationId, OperationRole),
    ) -> Vec<Media> {
        let root = root(at, NameRoot::Operation(id, role.clone()));
        let at = at.key("content");
        let mut forms: Vec<Form<'a>> = Vec::new();
        for (media_type, body) in content {
            match media_type::kind(media_type) {
                Some(kind) => self.sort_in(&mut forms, kind, media_type, body),
                None => self.no_media_type(media_type, &at.key(media_type)),
            }
        }
        if let Some(json) = forms.iter().position(|form| form.kind == Kind::Json) {
            let json = forms.remove(json);
            forms.insert(0, json);
        }
        let mut contents = Vec::with_capacity(forms.len());
        for (index, form) in forms.into_iter().enumerate() {
            let media = Role::Media(form.first.0.to_owned());
            let name = NameSource {
                root: root.clone(),
                path: (index > 0).then_some(media).into_iter().collect(),
            };
            let mut media = self.form(&form, &at, name);
            media.content = one_way(media.content, &role);
            let is_sent = role == OperationRole::Body;
            if is_sent && self.is_json_patch(&media) {
                media.content = Content::JsonPatch;
            }
            if form.kind == Kind::Xml {
                self.no_xml(form.first.1, &media.origin);
            }
            media.is_range = is_sent && is_range(&media.media_type);
            if !media.is_range {
                media.media_type = concrete(media.media_type, &media.content, is_sent);
            }
            contents.push(media);
        }
        contents
    }

    fn no_media_type(&mut self, media_type: &str, at: &Pointer) {
        let media_type = media_type.escape_debug();
        let message = format!("`{media_type}` is no media type; it is left out");
        let said = self.diagnostics.warn(Code::InvalidObject, at, message);
        said.help("a media type has two parts, such as `application/json`");
    }

    /// Adds a media type to the form that it is another name of, or as a form of its own.
    fn sort_in(
        &self,
        forms: &mut Vec<Form<'a>>,
        kind: Kind,
        media_type: &'a str,
        body: &'a MediaType,
    ) {
        let kind = match kind {
            Kind::Range => self.kind_by_schema(body),
            kind => kind,
        };
        let same = forms.iter_mut().find(|form| {
            let (known, known_body) = form.first;
            form.kind == kind
                && match kind {
                    Kind::Bytes | Kind::Xml => true,
                    Kind::Text => media_type::essence(known) == media_type::essence(media_type),
                    _ => {
                        known_body.schema == body.schema
                            && known_body.encoding == body.encoding
                            && media_type::patch(known) == media_type::patch(media_type)
                    }
                }
        });
        let Some(form) = same else {
            let first = (media_type, body);
            let also = Vec::new();
            return forms.push(Form { kind, first, also });
        };
        if preference(media_type) < preference(form.first.0) {
            form.also.insert(0, form.first.0);
            form.first = (media_type, body);
        } else {
            form.also.push(media_type);
        }
    }

    /// What a range (`*/*`) means: JSON where a schema says more than that there is text.
    fn kind_by_schema(&self, body: &MediaType) -> Kind {
        let Some(schema) = self.item(body.schema.as_ref()) else {
            return Kind::Json;
        };
        let keywords = Keywords::of(schema);
        match (keywords.ty, keywords.format.as_deref()) {
            (Some(JsonType::String), Some("binary")) => Kind::Bytes,
            (Some(JsonType::String), None) if keywords.values.is_empty() => Kind::Text,
            _ => Kind::Json,
        }
    }

    /// Whether a body is a JSON Patch of which the document says no more than that.
    fn is_json_patch(&self, media: &Media) -> bool {
        let is_open = |ty: &Type| match self.api.resolve(ty) {
            Type::Any(_) => true,
            Type::Map(of) => matches!(self.api.resolve(of), Type::Any(_)),
            _ => false,
        };
        let Content::Json(ty) = &media.content else {
            return false;
        };
        let says_nothing = match self.api.resolve(ty) {
            Type::List(item) => is_open(item),
            ty => is_open(ty),
        };
        says_nothing && media_type::essence(&media.media_type) == "application/json-patch+json"
    }

    /// XML is text, whatever a schema says of it.
    fn no_xml(&mut self, body: &MediaType, origin: &Pointer) {
        let Some(schema) = self.item(body.schema.as_ref()) else {
            return;
        };
        let keywords = Keywords::of(schema);
        if keywords.ty != Some(JsonType::String) && keywords.ty.is_some() {
            let message = "XML has no types here: the body is its text, and the schema is not used";
            let said =
                self.diagnostics
                    .note(Code::NotGenerated, origin.key("schema"), message.to_owned());
            said.help("where the server takes JSON too, add `application/json` to the content");
        }
    }

    /// A schema behind its references.
    fn item<'s>(&self, schema: Option<&'s ReferenceOr<Schema>>) -> Option<&'s Schema>
    where
        'a: 's,
    {
        match schema? {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } => Some(self.resolve(reference)?.0),
        }
    }

    fn form(&mut self, form: &Form<'a>, at: &Pointer, name: NameSource) -> Media {
        let (media_type, body) = form.first;
        let origin = at.key(media_type);
        let is_item = body.extensions.contains_key(ITEM_SCHEMA);
        let key = if is_item { ITEM_SCHEMA } else { "schema" };
        let site = Site {
            at: origin.key(key),
            name,
        };
        let content = match form.kind {
            Kind::Json | Kind::Range => Content::Json(self.body_type(body, &site)),
            Kind::JsonLines => Content::JsonLines(self.item_type(body, &site)),
            Kind::Events => Content::Events(self.events(body, &site)),
            Kind::Form => self.url_encoded(body, &site),
            Kind::Multipart => self.multipart(body, &site),
            Kind::Xml | Kind::Text => Content::Text,
            Kind::Bytes => Content::Bytes,
        };
        Media {
            media_type: media_type.to_owned(),
            is_range: false,
            also: form.also.iter().map(|also| (*also).to_owned()).collect(),
            constraints: match (&body.schema, &content) {
                (Some(schema), Content::Json(_)) => {
                    self.constraints(SchemaRef::from(schema), &site.at)
                }
                _ => Constraints::default(),
            },
            content,
            origin,
        }
    }

    pub(super) fn body_type(&mut self, body: &'a MediaType, site: &Site) -> Type {
        match &body.schema {
            Some(schema) => self.ty(SchemaRef::from(schema), site),
            None => Type::Any(Untyped::EmptySchema),
        }
    }

    /// The type of the items of a sequence, which a schema of its own kind describes, or the whole
    /// as a list.
    pub(super) fn item_type(&mut self, body: &'a MediaType, site: &Site) -> Type {
        match self.body_type(body, site) {
            Type::List(item) if !body.extensions.contains_key(ITEM_SCHEMA) => *item,
            ty => ty,
        }
    }

    /// A form of fields: an object, or a map of anything.
    fn url_encoded(&mut self, body: &'a MediaType, site: &Site) -> Content {
        let ty = self.body_type(body, site);
        let is_object = match self.api.resolve(&ty) {
            Type::Named(id) => !matches!(self.api.type_def(*id).kind, TypeKind::Enum(_)),
            Type::Map(_) | Type::Any(_) => true,
            _ => false,
        };
        // What is no object is already the text of a form.
        if is_object {
            Content::Form(ty, form_fields(body))
        } else {
            Content::Text
        }
    }
}

/// What has no typed form in this direction is the text or the bytes that it is.
fn one_way(content: Content, role: &OperationRole) -> Content {
    match (content, role) {
        (Content::Form(..), OperationRole::Response(_))
        | (Content::Events(_), OperationRole::Body) => Content::Text,
        (Content::Multipart(_), OperationRole::Response(_)) => Content::Bytes,
        (content, _) => content,
    }
}

/// Which of several names of one content is used: plain JSON, then what can be sent as it is.
fn preference(media_type: &str) -> u8 {
    match media_type::essence(media_type).as_str() {
        "application/json" | "application/xml" | "application/octet-stream" => 0,
        essence if essence.contains('*') => 2,
        _ => 1,
    }
}

/// Whether a media type is a range of which one must be named to be sent. What takes anything takes the
/// usual.
fn is_range(media_type: &str) -> bool {
    media_type.contains('*') && media_type::kind(media_type) != Some(Kind::Range)
}

/// The media type on the wire. A range can be asked for, but not sent; and where one has JSON in it,
/// JSON is what is asked for.
fn concrete(media_type: String, content: &Content, is_sent: bool) -> String {
    if !media_type.contains('*') {
        return media_type;
    }
    let concrete = match content {
        Content::Json(_) => "application/json",
        _ if !is_sent => return media_type,
        Content::Text if media_type::kind(&media_type) == Some(Kind::Xml) => "application/xml",
        Content::Text => "text/plain",
        // Which of the range, the caller says.
        _ => "application/octet-stream",
    };
    concrete.to_owned()
}
