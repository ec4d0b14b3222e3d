//! The types' files: which type stands in which, and what leads to them.
//!
//! A type that one group alone needs stands in that group's file, behind its feature, and what only
//! a crate with all groups can hold in one of its own; the others stand in a shared one. All are
//! reachable as `types::Name`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{alias, enums, newtype, structs, unions, uses};
use crate::emit::context::{Context, ident};
use crate::emit::docs::DocComment;
use crate::model::{GroupId, TypeId, TypeKind};
use crate::pass::Gate;
use crate::tokens::Tokens;

/// The types of one file.
#[derive(Debug, Clone)]
pub(crate) struct TypesFile {
    pub(super) owner: Owner,
    pub(super) types: Vec<TypeId>,
}

/// What a file's types have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// Nothing: each has a condition of its own, if any.
    Shared,
    /// They are there with this group.
    Group(GroupId),
    /// They are there with all groups together.
    AllGroups,
}

impl TypesFile {
    /// The file's module under `types`.
    pub(crate) fn module(&self, cx: &Context<'_>) -> String {
        match self.owner {
            Owner::Group(group) => cx.names.group(group).module.as_str(),
            Owner::Shared => cx.names.shared_types().as_str(),
            Owner::AllGroups => cx.names.all_groups_types().as_str(),
        }
        .to_owned()
    }

    /// Whether none of its types may be there, although the module is.
    fn may_be_empty(&self, cx: &Context<'_>) -> bool {
        let is_gated = |id: &TypeId| *cx.facts.gates.of(*id) != Gate::Always;
        self.owner == Owner::Shared && self.types.iter().all(is_gated)
    }

    /// The condition of the file's module.
    fn cfg(&self, cx: &Context<'_>) -> TokenStream {
        match self.owner {
            Owner::Group(group) => cx.group_cfg(group),
            Owner::Shared => TokenStream::new(),
            Owner::AllGroups => cx.gate_cfg(&Gate::All),
        }
    }
}

/// For an import that serves what may be off.
fn allow_unused() -> TokenStream {
    quote!(#[allow(unused_imports, reason = "what uses it may be off")])
}

pub(crate) fn files(cx: &Context<'_>) -> Vec<TypesFile> {
    let mut by_owner: BTreeMap<Owner, Vec<TypeId>> = BTreeMap::new();
    for (id, _) in cx.api.types_with_ids() {
        let gate = cx.facts.gates.of(id);
        let owner = match (gate, gate.only()) {
            (_, Some(group)) => Owner::Group(group),
            (Gate::All, _) => Owner::AllGroups,
            _ => Owner::Shared,
        };
        by_owner.entry(owner).or_default().push(id);
    }
    by_owner
        .into_iter()
        .map(|(owner, types)| TypesFile { owner, types })
        .collect()
}

/// `src/types.rs`.
pub(crate) fn root(cx: &Context<'_>, files: &[TypesFile]) -> Vec<TokenStream> {
    let docs = DocComment::new()
        .own("The types of requests and responses.")
        .own(
            "Enums and unions are open: a value that the document does not list is kept in \
             `Unknown` and sent back as it came.",
        );
    let docs = uses::lists(cx, docs).inner_tokens();
    let mut items = vec![docs];
    let mut modules = Vec::new();
    let mut exports = Vec::new();
    for file in files {
        let module = ident(&file.module(cx));
        let cfg = file.cfg(cx);
        modules.push(quote!(#cfg mod #module;));
        let allow = file.may_be_empty(cx).then(allow_unused);
        exports.push(quote!(#allow #cfg pub use self::#module::*;));
    }
    items.extend(modules);
    items.extend(exports);
    items
}

/// `src/types/….rs`.
pub(crate) fn file(cx: &Context<'_>, file: &TypesFile) -> Vec<Tokens> {
    let mut items: Vec<Tokens> = Vec::new();
    for id in &file.types {
        // Elsewhere the module has the attribute.
        let cfg = if file.owner == Owner::Shared {
            cx.gate_cfg(cx.facts.gates.of(*id))
        } else {
            TokenStream::new()
        };
        let own = type_items(cx, *id);
        if cfg.is_empty() {
            items.extend(own);
        } else {
            items.extend(own.iter().map(|item| {
                let mut gated = Tokens::from(cfg.clone());
                gated.append(item);
                gated
            }));
        }
    }
    let mut imports = Vec::new();
    // Whatever uses a name may be off, where items have attributes of their own.
    let is_gated = |id: &TypeId| *cx.facts.gates.of(*id) != Gate::Always;
    let allow = (file.owner == Owner::Shared && file.types.iter().any(is_gated)).then(allow_unused);
    if items.iter().any(|item| item.uses("rt")) {
        imports.push(quote!(#allow use clientsmith_runtime::support as rt;));
    }
    if items.iter().any(|item| item.uses("types")) {
        imports.push(quote!(#allow use crate::types;));
    }
    let imports = imports.into_iter().map(Tokens::from);
    imports.chain(items).collect()
}

fn type_items(cx: &Context<'_>, id: TypeId) -> Vec<Tokens> {
    match &cx.api.type_def(id).kind {
        TypeKind::Struct(record) => structs::items(cx, id, record),
        TypeKind::Enum(list) => enums::items(cx, id, list),
        TypeKind::Union(union) => all(unions::items(cx, id, union)),
        TypeKind::Alias(target) => vec![alias::item(cx, id, target)],
        TypeKind::Newtype(target) => all(newtype::items(cx, id, target)),
    }
}

fn all(items: Vec<TokenStream>) -> Vec<Tokens> {
    items.into_iter().map(Tokens::from).collect()
}
