//! Server-sent events: the type of their data, and what tells one kind from another.
//!
//! Upgrade has taken the data out of schemas that describe the whole event
//! (`x-clientsmith-events`); what is left of them is their keys and the events' names.

use openapiv3::{MediaType, Schema};
use serde_json::Value;

use super::keywords::Keywords;
use super::lowering::{Lowering, SchemaRef};
use super::schema::Site;
use crate::diagnostic::Code;
use crate::model::{
    Choice, Docs, Events, NameRoot, NameSource, Role, Tag, Type, TypeKind, Union, Untyped, Variant,
};

/// The key in which upgrade keeps what it knows of the events.
const EVENTS: &str = "x-clientsmith-events";

impl<'a> Lowering<'a> {
    pub(super) fn events(&mut self, body: &'a MediaType, site: &Site) -> Events {
        let Some(schema) = &body.schema else {
            let message = "the events have no schema: their data is any JSON, or text";
            let said = self.diagnostics.warn(Code::MissingKey, &site.at, message);
            said.help("describe their data, or the events by `itemSchema`");
            return Events {
                data: Type::Any(Untyped::EmptySchema),
                keys: Vec::new(),
            };
        };
        let Some(said) = body.extensions.get(EVENTS) else {
            return Events {
                data: self.item_type(body, site),
                keys: Vec::new(),
            };
        };
        let keys = texts(said.get("keys"));
        let from = said.get("from").and_then(Value::as_str);
        if let Some(known) = from.and_then(|from| self.event_data.get(from)) {
            let data = known.clone();
            return Events { data, keys };
        }
        let site = match from.and_then(|from| from.rsplit('/').next()) {
            Some(name) => Site {
                at: site.at.clone(),
                name: NameSource {
                    root: NameRoot::Schema(name.replace("~1", "/").replace("~0", "~")),
                    path: vec![Role::Field("data".to_owned())],
                },
            },
            None => site.clone(),
        };
        let members = said.get("members").and_then(Value::as_array);
        let schema = SchemaRef::from(schema);
        let data = match (members.map_or(&[][..], Vec::as_slice), schema) {
            (members @ [_, ..], SchemaRef::Item(schema)) => self.by_name(schema, members, &site),
            (_, schema) => self.ty(schema, &site),
        };
        if let Some(from) = from {
            self.event_data.insert(from.to_owned(), data.clone());
        }
        Events { data, keys }
    }

    /// A union of what the events of each name say.
    fn by_name(&mut self, schema: &'a Schema, said: &[Value], site: &Site) -> Type {
        let at = site.at.key("oneOf");
        let members = Keywords::of(schema).one_of;
        let variants = members.iter().zip(said).enumerate().map(|(index, member)| {
            let (member, said) = member;
            let names = texts(said.get("names"));
            let text = |key: &str| said.get(key).and_then(Value::as_str).map(str::to_owned);
            let hint = names.first().cloned().or_else(|| text("title"));
            let role = Role::Member(hint.clone(), index);
            let site = site.child(at.index(index), role);
            let member = SchemaRef::from(member);
            let constraints = self.constraints(member, &site.at);
            Variant {
                ty: self.ty(member, &site),
                constraints,
                tags: names,
                hint,
                docs: Docs {
                    summary: text("title"),
                    description: text("description"),
                    ..Docs::default()
                },
            }
        });
        let union = Union {
            tag: Tag::Event,
            variants: variants.collect(),
            fallback: None,
            choice: Choice::One,
        };
        let kind = TypeKind::Union(union);
        Type::Named(self.add(site.at.clone(), site.name.clone(), kind))
    }
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}
