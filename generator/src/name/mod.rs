//! Names: from the document's words to Rust's identifiers, in a side table.
//!
//! Two steps everywhere: gather candidates with their context, then settle collisions in an order
//! that depends only on the colliding items themselves, so that an unrelated addition to a document
//! renames nothing. The kinds of identifiers are types of their own, and are made here only.

mod members;
mod operations;
mod settle;
mod types;
mod words;

use std::fmt;

pub use operations::{GroupNames, OperationNames};

use crate::model::{Api, GroupId, OperationId, TypeId};

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The identifier as it stands in code, `r#` included.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The identifier without `r#`, for prose and for parts of other names.
            #[must_use]
            pub fn plain(&self) -> &str {
                self.0.strip_prefix("r#").unwrap_or(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

identifiers! {
    /// A struct, an enum or an alias.
    TypeName;
    /// A field, and what sets it.
    FieldName;
    /// A variant of an enum.
    VariantName;
    /// A method or an argument.
    MethodName;
    /// A module, and its file.
    ModuleName;
    /// A Cargo feature.
    FeatureName;
}

/// Every identifier of a crate, by what it names.
#[derive(Debug, Default)]
pub struct Names {
    types: Vec<TypeName>,
    members: Vec<members::MemberNames>,
    groups: Vec<GroupNames>,
    operations: Vec<OperationNames>,
    schemes: Vec<MethodName>,
}

impl Names {
    /// The name of a type.
    #[must_use]
    pub fn type_name(&self, id: TypeId) -> &TypeName {
        &self.types[id.index()]
    }

    /// The fields of a struct, in its order.
    #[must_use]
    pub fn fields(&self, id: TypeId) -> &[FieldName] {
        &self.members[id.index()].fields
    }

    /// The fields that hold the unions mixed into a struct, in its order.
    #[must_use]
    pub fn mixins(&self, id: TypeId) -> &[FieldName] {
        &self.members[id.index()].mixins
    }

    /// The field that holds what a struct's named fields do not.
    #[must_use]
    pub fn additional(&self, id: TypeId) -> &FieldName {
        &self.members[id.index()].additional
    }

    /// The variants of an enum or a union, in its order.
    #[must_use]
    pub fn variants(&self, id: TypeId) -> &[VariantName] {
        &self.members[id.index()].variants
    }

    /// The names of a group.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &GroupNames {
        &self.groups[id.index()]
    }

    /// The names of an operation.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.index()]
    }

    /// What sets the credential of the security scheme of this index.
    #[must_use]
    pub fn scheme(&self, index: usize) -> &MethodName {
        &self.schemes[index]
    }
}

/// Names everything.
#[must_use]
pub fn name(api: &Api) -> Names {
    let types = types::types(api);
    let members = members::members(api, &types);
    let groups = operations::groups(api);
    let operations = operations::operations(api, &groups);
    let schemes = operations::schemes(api);
    Names { types, members, groups, operations, schemes }
}
