//! Types and operations as a caller writes them, for what describes a crate without being one.

use proc_macro2::TokenStream;

use super::context::Context;
use crate::config::Config;
use crate::model::{GroupId, OperationId, Type, TypeId};
use crate::modelled::Modelled;
use crate::name::crate_name;

/// The paths of a generated crate.
#[derive(Clone, Copy)]
pub struct Paths<'a> {
    cx: Context<'a>,
}

impl<'a> Paths<'a> {
    /// The paths of the crate that this model becomes.
    #[must_use]
    pub fn new(model: &'a Modelled, config: &'a Config) -> Self {
        Self {
            cx: Context::new(model, config),
        }
    }

    /// The crate's name in code.
    #[must_use]
    pub fn crate_name(&self) -> String {
        crate_name(&self.cx.config.crate_name).to_string()
    }

    /// A type, with its full path.
    #[must_use]
    pub fn ty(&self, ty: &Type) -> String {
        self.written(&self.cx.ty(ty))
    }

    /// A named type, with its full path.
    #[must_use]
    pub fn type_path(&self, id: TypeId) -> String {
        format!(
            "{}::types::{}",
            self.crate_name(),
            self.cx.names.type_name(id)
        )
    }

    /// The calls that lead from the client to a group: `customers().sources()`.
    #[must_use]
    pub fn accessors(&self, id: GroupId) -> String {
        self.cx.accessors(id)
    }

    /// The method of an operation, with its full path.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> String {
        let operation = &self.cx.api.operations[id.index()];
        let group = self.cx.names.group(operation.group);
        let method = &self.cx.names.operation(id).method;
        format!("{}::api::{}::{method}", self.crate_name(), group.type_name)
    }

    /// A type within the module of an operation's group, with its full path.
    #[must_use]
    pub fn beside_operation(&self, id: OperationId, name: &str) -> String {
        let operation = &self.cx.api.operations[id.index()];
        let module = &self.cx.names.group(operation.group).module;
        format!("{}::api::{module}::{name}", self.crate_name())
    }

    fn written(&self, tokens: &TokenStream) -> String {
        let krate = self.crate_name();
        let mut text = tokens.to_string();
        for joint in ["::", "<", ">", ",", "(", ")"] {
            text = text
                .replace(&format!(" {joint}"), joint)
                .replace(&format!("{joint} "), joint);
        }
        let text = text
            .replace("::std::", "std::")
            .replace(',', ", ")
            .replace(", )", ",)");
        text.replace("types::", &format!("{krate}::types::"))
            .replace("rt::", &format!("{krate}::"))
    }
}
