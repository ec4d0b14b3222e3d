//! The model as text, a line an item: what the snapshot tests pin.
//!
//! A lowering bug is a two-line diff here, long before the emitted code is read.

mod words;

use std::fmt::{self, Write};

use super::{
    Access, Api, Constraints, Content, Docs, Encoding, Enum, EnumBase, Field, FormField,
    FormLayout, Media, NameRoot, Operation, OperationRole, Pagination, Parameter, Presence, Role,
    Secrecy, Sent, Shared, Tag, Type, TypeDef, TypeId, TypeKind, Union, Usages,
};

use words::{constraint_texts, scalar_name, scheme_kind, styled};

/// The model as text. Documentation is shown by its first words only.
#[must_use]
pub fn dump(api: &Api, usages: &Usages) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    let _ = Dumper {
        api,
        usages,
        out: &mut out,
    }
    .api();
    out
}

struct Dumper<'a> {
    api: &'a Api,
    usages: &'a Usages,
    out: &'a mut String,
}

impl Dumper<'_> {
    fn api(&mut self) -> fmt::Result {
        let api = self.api;
        writeln!(self.out, "api {:?} {:?}", api.title, api.version)?;
        for server in &api.servers {
            writeln!(self.out, "server {}", server.url)?;
            for variable in &server.variables {
                let values = variable.values.join("|");
                writeln!(
                    self.out,
                    "  {} = {:?} {values}",
                    variable.name, variable.default
                )?;
            }
        }
        for scheme in &api.schemes {
            let kind = scheme_kind(&scheme.kind);
            writeln!(
                self.out,
                "scheme {} {kind} env {}",
                scheme.name,
                scheme.env.join(",")
            )?;
        }
        for group in &api.groups {
            writeln!(
                self.out,
                "\ngroup {}",
                match (&group.tag, group.resource.as_slice()) {
                    (Some(tag), _) => tag.clone(),
                    (None, []) => "(untagged)".to_owned(),
                    (None, words) => format!("/{}", words.join("/")),
                }
            )?;
            for id in &group.operations {
                self.operation(&api.operations[id.index()])?;
            }
        }
        for (id, def) in api.types_with_ids() {
            writeln!(self.out)?;
            self.type_def(id, def)?;
        }
        Ok(())
    }

    fn operation(&mut self, operation: &Operation) -> fmt::Result {
        let Operation {
            id, method, path, ..
        } = operation;
        write!(self.out, "  {id} {} {path}", method.as_str())?;
        self.docs(&operation.docs)?;
        writeln!(self.out)?;
        operation
            .parameters
            .iter()
            .try_for_each(|parameter| self.parameter(parameter))?;
        if let Some(body) = &operation.body {
            let mark = if body.required { "" } else { "?" };
            for media in &body.contents {
                let content = self.media(media);
                write!(self.out, "    body{mark} {content}")?;
                self.constraints(&media.constraints)?;
                writeln!(self.out)?;
            }
        }
        for response in &operation.responses {
            if response.contents.is_empty() {
                writeln!(self.out, "    -> {}", response.status)?;
            }
            for media in &response.contents {
                let content = self.media(media);
                writeln!(self.out, "    -> {} {content}", response.status)?;
            }
            for header in &response.headers {
                let ty = self.ty(&header.ty);
                writeln!(self.out, "       header {}: {ty}", header.wire)?;
            }
        }
        if let Some(pagination) = &operation.pagination {
            self.pagination(operation, pagination)?;
        }
        if let Some(index) = operation.idempotency_key {
            writeln!(self.out, "    key {index}")?;
        }
        for alternative in &operation.security {
            writeln!(self.out, "    auth {}", alternative.join("+"))?;
        }
        Ok(())
    }

    fn pagination(&mut self, operation: &Operation, pagination: &Pagination) -> fmt::Result {
        let Pagination {
            kind,
            items,
            item,
            more,
        } = pagination;
        let facts = kind.facts();
        write!(self.out, "    pages {}", facts.word)?;
        match facts.sent.map(|(_, sent)| sent) {
            Some(Sent::Parameter(index)) => {
                let parameter = operation.parameters.get(*index);
                let wire = parameter.map_or("", |found| &found.wire);
                write!(self.out, " sent={wire}")?;
            }
            Some(Sent::Body(pointer)) => write!(self.out, " sent=body{pointer}")?,
            None => {}
        }
        for (name, value) in facts.texts() {
            write!(self.out, " {name}={value}")?;
        }
        if let Some(more) = more {
            write!(self.out, " more={more}")?;
        }
        let item = self.ty(item);
        writeln!(self.out, " items={items}: {item}")
    }

    fn parameter(&mut self, parameter: &Parameter) -> fmt::Result {
        let mark = if parameter.required { "" } else { "?" };
        let ty = self.ty(&parameter.ty);
        let encoding = match parameter.encoding {
            Encoding::Style {
                style,
                explode,
                allow_reserved,
                allow_empty,
            } => {
                let empty = if allow_empty { " empty" } else { "" };
                styled(style, explode, allow_reserved) + empty
            }
            Encoding::Json => "json".to_owned(),
        };
        let place = parameter.place.as_str();
        write!(
            self.out,
            "    {place} {}{mark}: {ty} ({encoding})",
            parameter.wire
        )?;
        self.default(parameter.default.as_ref())?;
        self.constraints(&parameter.constraints)?;
        self.docs(&parameter.docs)?;
        writeln!(self.out)
    }

    fn type_def(&mut self, id: TypeId, def: &TypeDef) -> fmt::Result {
        let name = self.name(id);
        let usage = self.usages.of(id);
        let usage = match (usage.request, usage.response) {
            (true, true) => " in+out",
            (true, false) => " in",
            (false, true) => " out",
            (false, false) => "",
        };
        let nullable = if def.nullable { " nullable" } else { "" };
        let head = format!("{name}{nullable}{usage}");
        match &def.kind {
            TypeKind::Struct(record) => {
                write!(self.out, "struct {head}")?;
                self.constraints(&def.constraints)?;
                self.docs(&def.docs)?;
                writeln!(self.out)?;
                record
                    .fields
                    .iter()
                    .try_for_each(|field| self.field(field))?;
                for mixin in &record.mixins {
                    let ty = self.ty(mixin);
                    writeln!(self.out, "  ..: {ty}")?;
                }
                if let Some(additional) = &record.additional {
                    let ty = self.ty(additional);
                    write!(self.out, "  *: {ty}")?;
                    self.constraints(&record.additional_constraints)?;
                    writeln!(self.out)?;
                }
                Ok(())
            }
            TypeKind::Enum(list) => self.enumeration(&head, def, list),
            TypeKind::Union(union) => self.union(&head, def, union),
            TypeKind::Alias(target) | TypeKind::Newtype(target) => {
                let word = if matches!(def.kind, TypeKind::Alias(_)) {
                    "alias"
                } else {
                    "newtype"
                };
                let ty = self.ty(target);
                write!(self.out, "{word} {head} = {ty}")?;
                self.constraints(&def.constraints)?;
                self.docs(&def.docs)?;
                writeln!(self.out)
            }
        }
    }

    fn enumeration(&mut self, head: &str, def: &TypeDef, list: &Enum) -> fmt::Result {
        let base = match list.base {
            EnumBase::String => "string",
            EnumBase::Integer => "integer",
            EnumBase::Mixed => "mixed",
        };
        write!(self.out, "enum {head} {base}")?;
        self.constraints(&def.constraints)?;
        self.docs(&def.docs)?;
        writeln!(self.out)?;
        for value in &list.values {
            write!(self.out, "  {}", value.wire)?;
            if let Some(hint) = &value.hint {
                write!(self.out, " as {hint}")?;
            }
            self.docs(&value.docs)?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn union(&mut self, head: &str, def: &TypeDef, union: &Union) -> fmt::Result {
        let tag = match &union.tag {
            Tag::Property(name) => format!("by {name:?}"),
            Tag::Shape => "by shape".to_owned(),
            Tag::Event => "by event".to_owned(),
        };
        write!(self.out, "union {head} {tag}")?;
        self.constraints(&def.constraints)?;
        self.docs(&def.docs)?;
        writeln!(self.out)?;
        for (index, variant) in union.variants.iter().enumerate() {
            let ty = self.ty(&variant.ty);
            let tags = variant.tags.join(" ");
            let rest = if union.fallback == Some(index) {
                " otherwise"
            } else {
                ""
            };
            write!(self.out, "  | {ty} {tags}{rest}")?;
            self.constraints(&variant.constraints)?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn field(&mut self, field: &Field) -> fmt::Result {
        let mark = match field.presence {
            Presence::Required => "",
            Presence::Optional => "?",
        };
        let ty = self.ty(&field.ty);
        write!(self.out, "  {}{mark}: {ty}", field.wire)?;
        match field.access {
            Access::ReadWrite => {}
            Access::ReadOnly => write!(self.out, " read-only")?,
            Access::WriteOnly => write!(self.out, " write-only")?,
        }
        if field.secrecy == Secrecy::Secret {
            write!(self.out, " secret")?;
        }
        self.default(field.default.as_ref())?;
        self.constraints(&field.constraints)?;
        self.docs(&field.docs)?;
        writeln!(self.out)
    }

    fn default(&mut self, default: Option<&serde_json::Value>) -> fmt::Result {
        default.map_or(Ok(()), |default| write!(self.out, " = {default}"))
    }

    fn constraints(&mut self, constraints: &Constraints) -> fmt::Result {
        let parts = constraint_texts(constraints);
        if parts.is_empty() {
            Ok(())
        } else {
            write!(self.out, " [{}]", parts.join(", "))
        }
    }

    fn docs(&mut self, docs: &Docs) -> fmt::Result {
        if docs.deprecated {
            write!(self.out, " deprecated")?;
        }
        let text = docs
            .summary
            .as_deref()
            .or(docs.description.as_deref())
            .unwrap_or_default();
        let words: Vec<_> = text.split_whitespace().take(6).collect();
        if words.is_empty() {
            Ok(())
        } else {
            write!(self.out, " # {}", words.join(" "))
        }
    }

    fn media(&self, media: &Media) -> String {
        let names = std::iter::once(&media.media_type).chain(&media.also);
        let names: Vec<_> = names.cloned().collect();
        let content = self.content(&media.content);
        format!("{}: {content}", names.join(" | "))
    }

    fn content(&self, content: &Content) -> String {
        match content {
            Content::Json(ty) => self.ty(ty),
            Content::Text => "text".to_owned(),
            Content::JsonPatch => "patch of json".to_owned(),
            Content::Bytes => "bytes".to_owned(),
            Content::Events(events) => {
                let mut text = format!("events of {}", self.ty(&events.data));
                if !events.keys.is_empty() {
                    let _ = write!(text, ", as {}", events.keys.join(" "));
                }
                text
            }
            Content::JsonLines(ty) => format!("lines of {}", self.ty(ty)),
            Content::Form(ty, fields) => {
                let mut text = format!("form of {}", self.ty(ty));
                for FormField { wire, layout } in fields {
                    let layout = match *layout {
                        FormLayout::Json => "json".to_owned(),
                        FormLayout::Style {
                            style,
                            explode,
                            allow_reserved,
                        } => styled(style, explode, allow_reserved),
                    };
                    let _ = write!(text, " {wire} ({layout})");
                }
                text
            }
            Content::Multipart(parts) => {
                let parts = parts.iter().map(|part| {
                    let mark = if part.required { "" } else { "?" };
                    let ty = self.ty(&part.ty);
                    let media_type = part.content_type.iter();
                    let further: Vec<_> = media_type.chain(&part.headers).cloned().collect();
                    let further = further.join(" ");
                    format!("\n      part {}{mark}: {ty} {further}", part.wire)
                });
                format!("multipart{}", parts.collect::<String>())
            }
        }
    }

    fn ty(&self, ty: &Type) -> String {
        match ty {
            Type::Scalar(scalar) => scalar_name(*scalar).to_owned(),
            Type::Any(reason) => format!("any({})", reason.as_str()),
            Type::Named(id) => self.name(*id),
            Type::List(item) => format!("[{}]", self.ty(item)),
            Type::Map(value) => format!("{{{}}}", self.ty(value)),
            Type::Tuple(items) => {
                let items: Vec<_> = items.iter().map(|item| self.ty(item)).collect();
                format!("({})", items.join(", "))
            }
            Type::Nullable(inner) => format!("{}|null", self.ty(inner)),
            Type::Boxed(inner) => format!("box {}", self.ty(inner)),
        }
    }

    /// The wire names that lead to a type, joined; identifiers are naming's business.
    fn name(&self, id: TypeId) -> String {
        let source = &self.api.type_def(id).name;
        let mut name = match &source.root {
            NameRoot::Schema(name) => name.clone(),
            NameRoot::Operation(operation, role) => {
                let operation = &self.api.operations[operation.index()].id;
                match role {
                    OperationRole::Parameter(name) => format!("{operation}({name})"),
                    OperationRole::Body => format!("{operation}(body)"),
                    OperationRole::Response(status) => format!("{operation}->{status}"),
                    OperationRole::Header(name) => format!("{operation}->[{name}]"),
                }
            }
            NameRoot::Shared(Shared::Parameter, name) => format!("({name})"),
            NameRoot::Shared(Shared::Field, name) => format!("*.{name}"),
            NameRoot::Shared(Shared::Title, name) => format!("*{name:?}"),
            NameRoot::Shared(Shared::Body, name) => format!("{name}(body)"),
            NameRoot::Shared(Shared::Response, name) => format!("->{name}"),
            NameRoot::Shared(Shared::Header, name) => format!("->[{name}]"),
        };
        for role in &source.path {
            match role {
                Role::Field(field) => name = format!("{name}.{field}"),
                Role::Item => name.push_str("[]"),
                Role::ParameterLocation(index) => name = format!("{name}[{index}]"),
                Role::Value => name.push_str("{}"),
                Role::Member(_, index) => name = format!("{name}|{index}"),
                Role::Base => name.push('^'),
                Role::Mixin(index) => name = format!("{name}..{index}"),
                Role::Media(media_type) => name = format!("{name} {media_type}"),
            }
        }
        name
    }
}
