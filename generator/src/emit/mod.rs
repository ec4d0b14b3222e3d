//! Model and names to files: a tree of token streams, and the few texts beside it.
//!
//! Emission cannot fail: whatever could go wrong has gone wrong in an earlier stage. One file per
//! construct. Token streams stay on the thread that made them, so a file of Rust is a plan here
//! ([`Unit`]) and becomes tokens where it is formatted.

mod attributes;
mod context;
mod docs;
mod operation;
mod package;
mod paths;
mod placement;
mod prelude;
mod types;
mod values;

use crate::config::Config;
use crate::model::{GroupId, OperationId};
use crate::modelled::Modelled;
use crate::tokens::Tokens;
use context::Context;
use operation::group;
use package::{api, client, crate_root, example, exchanges, manifest, readme, runtime};
use placement::header;
use types::files as types_files;

#[cfg(feature = "cli")]
pub(crate) use package::runtime::files as carried_runtime;
pub use paths::Paths;
pub use placement::{Placement, RuntimeSource};

/// One file of a crate.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where it stands in the crate, with `/`.
    pub path: String,
    /// What it holds.
    pub content: PlannedContent,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum PlannedContent {
    /// Rust, made when it is formatted.
    Rust(Unit),
    /// Text as it is.
    Text(String),
}

/// A file of Rust and what belongs to it.
pub struct Emitted {
    /// The tokens, an item each.
    pub items: Vec<Tokens>,
    /// The JSON that it includes: a file of the same name, but for the extension.
    pub data: Option<String>,
}

impl Emitted {
    fn code(items: Vec<Tokens>) -> Self {
        Self { items, data: None }
    }
}

impl From<(Vec<Tokens>, String)> for Emitted {
    fn from((items, data): (Vec<Tokens>, String)) -> Self {
        Self {
            items,
            data: Some(data),
        }
    }
}

/// A file of Rust, by what it is about.
#[derive(Debug, Clone)]
pub struct Unit(UnitKind);

#[derive(Debug, Clone)]
enum UnitKind {
    CrateRoot,
    Client,
    ApiRoot,
    Group(GroupId),
    ExchangesRoot,
    Exchanges(GroupId),
    TypesExchanges,
    TypesRoot(Vec<types_files::TypesFile>),
    Types(types_files::TypesFile),
    Example(OperationId),
}

/// Everything emission works from.
#[derive(Clone, Copy)]
pub struct Emission<'a> {
    cx: Context<'a>,
    placement: &'a Placement,
}

impl<'a> Emission<'a> {
    /// Emission of one crate.
    #[must_use]
    pub fn new(model: &'a Modelled, config: &'a Config, placement: &'a Placement) -> Self {
        Self {
            cx: Context::new(model, config),
            placement,
        }
    }

    /// The files of the crate, without their tokens.
    #[must_use]
    pub fn plan(&self) -> Vec<Plan> {
        let mut plans = Vec::new();
        let mut rust = |path: String, kind: UnitKind| {
            plans.push(Plan {
                path,
                content: PlannedContent::Rust(Unit(kind)),
            });
        };
        rust("src/lib.rs".to_owned(), UnitKind::CrateRoot);
        rust("src/client.rs".to_owned(), UnitKind::Client);
        rust("src/api.rs".to_owned(), UnitKind::ApiRoot);
        for (id, _) in self.cx.api.groups_with_ids() {
            let module = self.cx.names.group(id).module.as_str();
            rust(format!("src/api/{module}.rs"), UnitKind::Group(id));
            rust(
                format!("tests/mock/api/{module}.rs"),
                UnitKind::Exchanges(id),
            );
        }
        let files = types_files::files(&self.cx);
        for file in &files {
            let module = file.module(&self.cx);
            rust(
                format!("src/types/{module}.rs"),
                UnitKind::Types(file.clone()),
            );
        }
        rust("src/types.rs".to_owned(), UnitKind::TypesRoot(files));
        rust("tests/mock/main.rs".to_owned(), UnitKind::ExchangesRoot);
        rust("tests/mock/types.rs".to_owned(), UnitKind::TypesExchanges);
        for (id, name) in example::programs(&self.cx) {
            rust(format!("examples/{name}.rs"), UnitKind::Example(id));
        }
        let mut text = |path: &str, text: String| {
            plans.push(Plan {
                path: path.to_owned(),
                content: PlannedContent::Text(text),
            });
        };
        text("Cargo.toml", manifest::manifest(&self.cx, self.placement));
        text("README.md", readme::readme(&self.cx, self.placement));
        text("CHANGELOG.md", readme::changelog(&self.cx, self.placement));
        if self.placement.runtime == RuntimeSource::Carried {
            for (path, content) in runtime::files() {
                text(&path, content);
            }
        }
        plans
    }

    /// What one file of Rust is made of.
    #[must_use]
    pub fn emit(&self, unit: &Unit) -> Emitted {
        let mut emitted = self.file(unit);
        prelude::shorten(&mut emitted.items);
        emitted
    }

    fn file(&self, unit: &Unit) -> Emitted {
        let cx = &self.cx;
        let items = match &unit.0 {
            UnitKind::CrateRoot => crate_root::file(cx),
            UnitKind::Client => client::file(cx),
            UnitKind::ApiRoot => api::file(cx),
            UnitKind::ExchangesRoot => exchanges::root(cx),
            UnitKind::TypesRoot(files) => types_files::root(cx, files),
            UnitKind::Example(id) => example::file(cx, *id),
            UnitKind::Group(id) => return Emitted::code(group::file(cx, *id)),
            UnitKind::Types(file) => return Emitted::code(types_files::file(cx, file)),
            UnitKind::Exchanges(id) => return Emitted::from(exchanges::group(cx, *id)),
            UnitKind::TypesExchanges => return Emitted::from(exchanges::types(cx)),
        };
        Emitted::code(items.into_iter().map(Tokens::from).collect())
    }

    /// The first line of every file of Rust.
    #[must_use]
    pub fn header(&self) -> String {
        header(self.placement)
    }
}
