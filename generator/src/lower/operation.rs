//! Operations: a method on a path, with everything that belongs to it.

use std::collections::BTreeMap;

use openapiv3::{PathItem, ReferenceOr};

use super::lowering::{Lowering, servers};
use super::{name_mark, page_mark};
use crate::diagnostic::{Code, Pointer};
use crate::model::{Docs, Group, GroupId, Method, Operation, OperationId, Server};
use crate::parse::Parsed;

impl<'a> Lowering<'a> {
    pub(super) fn operations(&mut self) {
        let paths = Pointer::root().key("paths");
        let mut places_by_id = BTreeMap::new();
        let parsed = self.parsed;
        for (path, item) in &parsed.openapi.paths.paths {
            let ReferenceOr::Item(item) = item else {
                continue;
            };
            let at = paths.key(path);
            for (method, operation) in of(parsed, path, item) {
                let at = method.within(&at);
                let id = self.operation_id(operation, &method, path, &at, &mut places_by_id);
                self.operation(item, operation, (method, path, id), at);
            }
        }
        self.main_server();
        self.api.groups.retain(|group| !group.operations.is_empty());
        // Groups without operations are gone, so the operations' groups are counted anew.
        for (index, group) in self.api.groups.iter().enumerate() {
            for id in &group.operations {
                if let Some(operation) = self.api.operations.get_mut(id.index()) {
                    operation.group = GroupId::new(index);
                }
            }
        }
    }

    /// Where each operation has a server of its own and the document none, that of the first is
    /// the main one: a client can be made without an address of the caller's.
    fn main_server(&mut self) {
        if !self.api.servers.is_empty() || self.config.upstream.is_some() {
            return;
        }
        let is_absolute = |server: &&Server| server.url.contains("://");
        let own = self.api.operations.iter();
        let own: Option<Vec<&Server>> = own
            .map(|operation| operation.servers.first().filter(is_absolute))
            .collect();
        let first = own.and_then(|own| own.first().copied().cloned());
        self.api.servers.extend(first);
    }

    fn operation_id(
        &mut self,
        operation: &openapiv3::Operation,
        method: &Method,
        path: &str,
        at: &Pointer,
        places_by_id: &mut BTreeMap<String, Pointer>,
    ) -> String {
        let made_up = || match method {
            Method::Other(name) => format!("{name} {path}"),
            keyed => format!("{} {path}", keyed.as_str().to_ascii_lowercase()),
        };
        let Some(id) = operation
            .operation_id
            .clone()
            .filter(|id| !id.trim().is_empty())
        else {
            return made_up();
        };
        if let Some(first) = places_by_id.get(&id) {
            self.diagnostics
                .warn(
                    Code::DuplicateOperation,
                    at.key("operationId"),
                    format!(
                        "`{id}` is the id of {first} too; this operation is named after its path"
                    ),
                )
                .help("give each operation an id of its own");
            return made_up();
        }
        places_by_id.insert(id.clone(), at.clone());
        id
    }

    fn operation(
        &mut self,
        item: &'a PathItem,
        operation: &'a openapiv3::Operation,
        (method, path, id): (Method, &str, String),
        at: Pointer,
    ) {
        let operation_id = OperationId::new(self.api.operations.len());
        let group = self.group(operation.tags.first());
        let parameters = self.parameters(item, operation, path, operation_id, &at);
        let body = operation
            .request_body
            .as_ref()
            .and_then(|body| self.body(body, operation_id, &at.key("requestBody")));
        let responses = self.responses(
            &operation.responses,
            (operation_id, &method),
            &at.key("responses"),
        );
        let own_servers = if operation.servers.is_empty() {
            &item.servers
        } else {
            &operation.servers
        };
        let security = self.security(operation.security.as_ref(), &at);
        let docs = Docs {
            summary: operation.summary.clone().or_else(|| item.summary.clone()),
            description: operation
                .description
                .clone()
                .or_else(|| item.description.clone()),
            deprecated: operation.deprecated,
            link: self.link(operation.external_docs.as_ref(), &at),
        };
        self.api.operations.push(Operation {
            method,
            path: path.to_owned(),
            group,
            docs,
            origin: at,
            parameters,
            body,
            responses,
            security,
            servers: servers(own_servers),
            idempotency_key: None,
            has_link_header: page_mark::has_link_header(
                &operation.responses,
                self.parsed.openapi.components.as_ref(),
            ),
            page_mark: page_mark::of(&operation.extensions),
            pagination: None,
            has_own_id: operation.operation_id.as_deref() == Some(id.as_str()),
            mark: name_mark::of(&operation.extensions),
            pinned: None,
            id,
        });
        if let Some(group) = self.api.groups.get_mut(group.index()) {
            group.operations.push(operation_id);
        }
    }

    /// The group of a tag, made where the document uses a tag that it does not declare.
    fn group(&mut self, tag: Option<&String>) -> GroupId {
        let known = self
            .api
            .groups
            .iter()
            .position(|group| group.tag.as_ref() == tag);
        GroupId::new(known.unwrap_or_else(|| {
            self.api.groups.push(Group {
                tag: tag.cloned(),
                ..Group::default()
            });
            self.api.groups.len() - 1
        }))
    }
}

/// The operations of a path.
pub(super) fn of<'a>(
    parsed: &'a Parsed,
    path: &str,
    item: &'a PathItem,
) -> impl Iterator<Item = (Method, &'a openapiv3::Operation)> {
    let keyed = [
        (Method::Get, &item.get),
        (Method::Put, &item.put),
        (Method::Post, &item.post),
        (Method::Delete, &item.delete),
        (Method::Options, &item.options),
        (Method::Head, &item.head),
        (Method::Patch, &item.patch),
        (Method::Trace, &item.trace),
    ];
    let keyed = keyed.into_iter();
    let keyed = keyed.filter_map(|(method, operation)| Some((method, operation.as_ref()?)));
    let others = parsed.others.get(path).into_iter().flatten();
    keyed.chain(others.map(|(method, operation)| (method.clone(), operation)))
}
