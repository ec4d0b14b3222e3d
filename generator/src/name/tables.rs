//! The names of what consists of several: a group, an operation, a form of its body, a scheme.

use super::identifiers::{FeatureName, MethodName, ModuleName, StaticName, TypeName};

/// The names of a group of operations.
#[derive(Debug)]
pub struct GroupNames {
    /// The module under `api`.
    pub module: ModuleName,
    /// The type that has the operations' methods.
    pub type_name: TypeName,
    /// The method of the client that returns it.
    pub accessor: MethodName,
    /// The Cargo feature.
    pub feature: FeatureName,
}

/// The names of an operation.
#[derive(Debug)]
pub struct OperationNames {
    /// The method of the group's type.
    pub method: MethodName,
    /// The request's builder.
    pub builder: TypeName,
    /// The enum of documented error bodies.
    pub error: TypeName,
    /// The enum of success bodies, where there are several.
    pub success: TypeName,
    /// The argument or setter of each parameter, in the operation's order.
    pub parameters: Vec<MethodName>,
    /// The forms of the body, in its order.
    pub bodies: Vec<BodyNames>,
    /// The methods of `Operation::response_forms`, in its order.
    pub response_forms: Vec<MethodName>,
    /// The type of the documented headers of responses, where there are any.
    pub headers: TypeName,
    /// The methods of `Operation::response_headers`, in its order.
    pub header_methods: Vec<MethodName>,
    /// The statics of its group's file.
    pub statics: StaticNames,
    /// The tests, of each form of the body in its order.
    pub tests: Vec<MethodName>,
}

impl GroupNames {
    pub(super) fn are_ascii(&self) -> bool {
        self.type_name.as_str().is_ascii() && self.accessor.as_str().is_ascii()
    }
}

impl OperationNames {
    /// Types and forms are called as methods are.
    pub(super) fn are_ascii(&self) -> bool {
        let bodies = self.bodies.iter().flat_map(|body| &body.parts);
        let mut methods = self
            .parameters
            .iter()
            .chain(&self.response_forms)
            .chain(&self.header_methods)
            .chain(bodies)
            .chain([&self.method]);
        methods.all(|name| name.as_str().is_ascii())
    }
}

/// The names of one form of a body.
#[derive(Debug)]
pub struct BodyNames {
    /// The method that begins a request with it; for the first form the operation's own.
    pub method: MethodName,
    /// What sets it on the builder, and what it is called as an argument.
    pub setter: MethodName,
    /// The argument that names the media type, where the document has a range of them.
    pub media_type: MethodName,
    /// The type of a form of parts.
    pub form: TypeName,
    /// The setters of a form's parts, in its order.
    pub parts: Vec<MethodName>,
}

/// The statics of an operation.
#[derive(Debug)]
pub struct StaticNames {
    /// The operation's table.
    pub table: StaticName,
    /// How its pages follow one another.
    pub pages: StaticName,
    /// The table of each parameter, in the operation's order.
    pub parameters: Vec<StaticName>,
    /// The fields of each form of the body, in its order.
    pub fields: Vec<StaticName>,
}

/// The names of a way to present credentials.
#[derive(Debug)]
pub struct SchemeNames {
    /// What sets the credential.
    pub setter: MethodName,
    /// What sets where tokens come from.
    pub source: MethodName,
    /// What sets the client that fetches tokens.
    pub client: MethodName,
}
