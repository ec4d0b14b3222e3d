//! Names: from the document's words to Rust's identifiers, in a side table.
//!
//! Two steps everywhere: gather candidates with their context, then settle collisions in an order
//! that depends only on the colliding items themselves, so that an unrelated addition to a document
//! renames nothing. The kinds of identifiers are types of their own, and are made here only.

mod bodies;
mod media;
mod members;
mod operations;
mod settle;
mod types;
mod words;

use std::fmt;

pub use bodies::BodyNames;
pub use operations::{GroupNames, OperationNames};

use crate::model::{Api, GroupId, OperationId, SchemeId, Table, TypeId};

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
#[derive(Debug)]
pub struct Names {
    types: Table<TypeId, TypeName>,
    members: Table<TypeId, members::MemberNames>,
    groups: Table<GroupId, GroupNames>,
    operations: Table<OperationId, OperationNames>,
    schemes: Table<SchemeId, MethodName>,
    shared_types: ModuleName,
    all_groups_types: ModuleName,
}

impl Names {
    /// The name of a type.
    #[must_use]
    pub fn type_name(&self, id: TypeId) -> &TypeName {
        self.types.of(id)
    }

    /// The fields of a struct, in its order.
    #[must_use]
    pub fn fields(&self, id: TypeId) -> &[FieldName] {
        &self.members.of(id).fields
    }

    /// The fields that hold the unions mixed into a struct, in its order.
    #[must_use]
    pub fn mixins(&self, id: TypeId) -> &[FieldName] {
        &self.members.of(id).mixins
    }

    /// The field that holds what a struct's named fields do not.
    #[must_use]
    pub fn additional(&self, id: TypeId) -> &FieldName {
        &self.members.of(id).additional
    }

    /// The variants of an enum or a union, in its order.
    #[must_use]
    pub fn variants(&self, id: TypeId) -> &[VariantName] {
        &self.members.of(id).variants
    }

    /// The names of a group.
    #[must_use]
    pub fn group(&self, id: GroupId) -> &GroupNames {
        self.groups.of(id)
    }

    /// The names of an operation.
    #[must_use]
    pub fn operation(&self, id: OperationId) -> &OperationNames {
        self.operations.of(id)
    }

    /// The module of the types that several groups need, each for itself.
    #[must_use]
    pub fn shared_types(&self) -> &ModuleName {
        &self.shared_types
    }

    /// The module of the types that are there with all groups together.
    #[must_use]
    pub fn all_groups_types(&self) -> &ModuleName {
        &self.all_groups_types
    }

    /// What sets the credential of a security scheme.
    #[must_use]
    pub fn scheme(&self, id: SchemeId) -> &MethodName {
        self.schemes.of(id)
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
    let [shared_types, all_groups_types] = operations::types_modules(&groups);
    Names {
        types: types.into(),
        members: members.into(),
        groups: groups.into(),
        operations: operations.into(),
        schemes: schemes.into(),
        shared_types,
        all_groups_types,
    }
}
