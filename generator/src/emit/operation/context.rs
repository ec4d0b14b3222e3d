//! What the parts of one operation are emitted from.

use proc_macro2::Ident;

use crate::emit::context::{Context, ident};
use crate::emit::docs::code;
use crate::model::{Operation, OperationId, Parameter};
use crate::name::OperationNames;

/// One operation with its names.
pub(crate) struct OperationContext<'a> {
    pub(super) cx: &'a Context<'a>,
    pub(super) id: OperationId,
    pub(super) operation: &'a Operation,
    pub(super) names: &'a OperationNames,
}

impl<'a> OperationContext<'a> {
    pub(super) fn new(cx: &'a Context<'a>, id: OperationId) -> Self {
        Self {
            cx,
            id,
            operation: &cx.api.operations[id.index()],
            names: cx.names.operation(id),
        }
    }
}

impl OperationContext<'_> {
    /// The parameters that the caller must give, with their arguments.
    pub(super) fn required(&self) -> Vec<(usize, &Parameter, Ident)> {
        self.parameters(|parameter| parameter.required)
    }

    /// The parameters that the caller may leave out.
    pub(super) fn optional(&self) -> Vec<(usize, &Parameter, Ident)> {
        self.parameters(|parameter| !parameter.required)
    }

    fn parameters(&self, wanted: impl Fn(&Parameter) -> bool) -> Vec<(usize, &Parameter, Ident)> {
        self.operation
            .parameters
            .iter()
            .zip(&self.names.parameters)
            .enumerate()
            .filter(|(_, (parameter, _))| wanted(parameter))
            .map(|(index, (parameter, name))| (index, parameter, ident(name.as_str())))
            .collect()
    }

    /// The method that begins a request with one form of the body.
    pub(super) fn method_name(&self, form: usize) -> Ident {
        let body = self.operation.body.as_ref();
        let name = match self.names.bodies.get(form) {
            Some(names) if body.is_some_and(|body| body.required) => &names.method,
            _ => &self.names.method,
        };
        ident(name.as_str())
    }

    /// The operation as documentation names it.
    pub(super) fn route(&self) -> String {
        code(&self.operation.route())
    }

    /// The table of the operation.
    pub(super) fn table_static(&self) -> Ident {
        ident(self.names.statics.table.as_str())
    }

    /// The table of a parameter.
    pub(super) fn param_static(&self, index: usize) -> Ident {
        ident(self.names.statics.parameters[index].as_str())
    }

    /// How the operation's pages follow one another.
    pub(super) fn pages_static(&self) -> Ident {
        ident(self.names.statics.pages.as_str())
    }

    /// The fields of a form of the body.
    pub(super) fn fields_static(&self, form: usize) -> Ident {
        ident(self.names.statics.fields[form].as_str())
    }
}
