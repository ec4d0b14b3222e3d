//! Forms: how the fields of a body are written where each is written on its own.

use openapiv3::{Encoding, MediaType, QueryStyle, ReferenceOr};

use super::keywords::Keywords;
use super::lowering::Lowering;
use super::schema::{Lowered, Site};
use crate::diagnostic::Code;
use crate::media_type::{Kind, kind};
use crate::model::{
    Access, Content, Field, FormField, FormLayout, NameRoot, NameSource, Part, Presence, Struct,
    Style, Type, TypeKind,
};

impl<'a> Lowering<'a> {
    /// The parts of `multipart/form-data`. The schema itself becomes no type: a form is written
    /// part by part.
    pub(super) fn multipart(&mut self, body: &'a MediaType, site: &Site) -> Content {
        let Some(Struct { fields, mixins, .. }) = self.form_struct(body, site) else {
            return Content::Multipart(Vec::new());
        };
        if !mixins.is_empty() {
            let message = "the choice among the form's sets of parts is not typed; \
                           `part` adds any of them";
            self.diagnostics.note(Code::NotGenerated, &site.at, message);
        }
        let sent = fields
            .into_iter()
            .filter(|field| field.access != Access::ReadOnly);
        let parts = sent.map(|field| {
            let encoding = body.encoding.get(&field.wire);
            part(field, encoding)
        });
        Content::Multipart(parts.collect())
    }

    fn form_struct(&mut self, body: &'a MediaType, site: &Site) -> Option<Struct> {
        let (schema, site) = match body.schema.as_ref()? {
            ReferenceOr::Item(schema) => (schema, site.clone()),
            ReferenceOr::Reference { reference } => {
                let Some((schema, at)) = self.resolve(reference) else {
                    self.unresolved(reference, &site.at);
                    return None;
                };
                let name = at.segments().last().unwrap_or_default().into_owned();
                let root = NameRoot::Schema(name);
                let path = Vec::new();
                let name = NameSource { root, path };
                (schema, Site { at, name })
            }
        };
        let keywords = Keywords::of(schema);
        match self.lowered(&keywords, &site, None) {
            Lowered::Kind(TypeKind::Struct(record)) => Some(record),
            // A map, or anything: parts of any name.
            Lowered::Type(Type::Map(_) | Type::Any(_)) => None,
            _ => {
                let message = "a form that is no object has no typed parts; `part` adds any";
                self.diagnostics.note(Code::NotGenerated, &site.at, message);
                None
            }
        }
    }
}

/// The fields of `application/x-www-form-urlencoded` that the document lays out itself.
pub(super) fn form_fields(body: &MediaType) -> Vec<FormField> {
    let fields = body.encoding.iter().filter_map(|(wire, encoding)| {
        let wire = wire.clone();
        layout(encoding).map(|layout| FormField { wire, layout })
    });
    fields.collect()
}

/// A style goes before a content type, which then says nothing (OpenAPI 3.0.4, Encoding Object).
/// Upgrade writes the style out where the document says any of what belongs to it.
fn layout(encoding: &Encoding) -> Option<FormLayout> {
    let Some(style) = &encoding.style else {
        let content_type = encoding.content_type.as_deref()?;
        return (kind(content_type) == Some(Kind::Json)).then_some(FormLayout::Json);
    };
    Some(FormLayout::Style {
        style: match style {
            QueryStyle::Form => Style::Form,
            QueryStyle::SpaceDelimited => Style::SpaceDelimited,
            QueryStyle::PipeDelimited => Style::PipeDelimited,
            QueryStyle::DeepObject => Style::DeepObject,
        },
        explode: encoding.explode,
        allow_reserved: encoding.allow_reserved,
    })
}

fn part(field: Field, encoding: Option<&Encoding>) -> Part {
    // A range or a choice of several is the caller's to settle.
    let content_type = encoding
        .and_then(|encoding| encoding.content_type.as_deref())
        .map(str::trim)
        .filter(|text| !text.contains(['*', ',']) && kind(text).is_some());
    let headers = encoding.into_iter().flat_map(|encoding| &encoding.headers);
    let headers = headers.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
    let (ty, is_nullable) = match field.ty {
        Type::Nullable(inner) => (*inner, true),
        ty => (ty, false),
    };
    Part {
        wire: field.wire,
        ty,
        // A form has no null: what may be null may be left out.
        required: field.presence == Presence::Required && !is_nullable,
        content_type: content_type.map(str::to_owned),
        headers: headers.map(|(name, _)| name.clone()).collect(),
        constraints: field.constraints,
        docs: field.docs,
        origin: field.origin,
    }
}
