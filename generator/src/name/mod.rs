//! Names: from the document's words to Rust's identifiers, in a side table.
//!
//! Two steps everywhere: gather candidates with their context, then settle collisions in an order
//! that depends only on the colliding items themselves, so that an unrelated addition to a document
//! renames nothing. The kinds of identifiers are types of their own, and are made here only.

mod bodies;
mod builders;
mod files;
mod identifiers;
mod inline;
mod lexicon;
mod media;
mod member_methods;
mod members;
mod nouns;
mod operations;
mod prefix;
pub mod reserved;
mod settle;
mod statics;
mod statuses;
mod strip;
mod tables;
mod types;
mod variants;
mod verbs;
mod words;

pub use identifiers::{
    FeatureName, FieldName, FileName, MethodName, ModuleName, StaticName, TypeName, VariantName,
    crate_name,
};
pub use member_methods::MemberMethods;
pub use statuses::status_variant;
pub use tables::{BodyNames, GroupNames, OperationNames, SchemeNames, StaticNames};

use crate::config::Naming;
use crate::diagnostic::{Code, Diagnostics};
use crate::model::{Api, GroupId, OperationId, SchemeId, Table, TypeId, TypeKind, Usages};

/// Every identifier of a crate, by what it names.
#[derive(Debug)]
pub struct Names {
    types: Table<TypeId, TypeName>,
    builders: Table<TypeId, TypeName>,
    members: Table<TypeId, members::MemberNames>,
    groups: Table<GroupId, GroupNames>,
    operations: Table<OperationId, OperationNames>,
    schemes: Table<SchemeId, SchemeNames>,
    examples: Table<OperationId, FileName>,
    shared_types: ModuleName,
    all_groups_types: ModuleName,
    are_ascii: bool,
}

impl Names {
    /// The name of a type.
    #[must_use]
    pub fn type_name(&self, id: TypeId) -> &TypeName {
        self.types.of(id)
    }

    /// The name of a struct's builder, where it has one.
    #[must_use]
    pub fn type_builder(&self, id: TypeId) -> Option<&TypeName> {
        Some(self.builders.of(id)).filter(|name| !name.0.is_empty())
    }

    /// The fields of a struct, in its order.
    #[must_use]
    pub fn fields(&self, id: TypeId) -> &[FieldName] {
        &self.members.of(id).fields
    }

    /// What sets each field of a struct, in its order.
    #[must_use]
    pub fn setters(&self, id: TypeId) -> &[MethodName] {
        &self.members.of(id).setters
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

    /// The methods that lead from the client to a group, the first first.
    #[must_use]
    pub fn accessors(&self, api: &Api, id: GroupId) -> Vec<&MethodName> {
        let parent = api.groups.get(id.index()).and_then(|group| group.parent);
        let mut accessors = parent.map_or_else(Vec::new, |parent| self.accessors(api, parent));
        accessors.push(&self.groups.of(id).accessor);
        accessors
    }

    /// What gives each member of a union, in its order.
    #[must_use]
    pub fn member_methods(&self, id: TypeId) -> &[MemberMethods] {
        &self.members.of(id).methods
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

    /// Whether all names are of ASCII. Of others rustc warns where letters look alike, or where
    /// their case is not what it takes for it.
    #[must_use]
    pub const fn are_ascii(&self) -> bool {
        self.are_ascii
    }

    /// The file of an operation's example.
    #[must_use]
    pub fn example(&self, id: OperationId) -> &FileName {
        self.examples.of(id)
    }

    /// The names of a security scheme.
    #[must_use]
    pub fn scheme(&self, id: SchemeId) -> &SchemeNames {
        self.schemes.of(id)
    }
}

/// Names everything.
#[must_use]
pub fn name(api: &Api, usages: &Usages, naming: &Naming) -> Names {
    let phrases = operations::phrases(api, naming);
    let types = types::types(api, &phrases, naming);
    let builders = builders::builders(api, usages, &types);
    let members = members::members(api, &types);
    let mut groups = operations::groups(api);
    let operations = operations::operations(api, &groups, &phrases);
    operations::nested_accessors(api, &mut groups, &operations);
    let schemes = operations::schemes(api);
    let examples = examples(api, &operations, &groups);
    let [shared_types, all_groups_types] = operations::types_modules(&groups);
    let are_ascii = are_ascii(&types, &members, &operations)
        && groups.iter().all(GroupNames::are_ascii)
        && schemes.iter().all(|names| names.setter.0.is_ascii());
    Names {
        types: types.into(),
        builders: builders.into(),
        members: members.into(),
        groups: groups.into(),
        operations: operations.into(),
        schemes: schemes.into(),
        examples: examples.into(),
        shared_types,
        all_groups_types,
        are_ascii,
    }
}

/// Says which members of unions are called by their number, because nothing tells what they are.
pub fn note_unnamed(api: &Api, names: &Names, diagnostics: &mut Diagnostics) {
    for (id, def) in api.types_with_ids() {
        if !matches!(def.kind, TypeKind::Union(_)) {
            continue;
        }
        for variant in names.variants(id).iter().filter(|name| is_unnamed(name)) {
            let message = format!(
                "nothing tells what one of these is: it is called `{}::{variant}`",
                names.type_name(id)
            );
            diagnostics
                .note(Code::UnnamedMember, &def.origin, message)
                .help("give the schema a `title`, or a key with one value");
        }
    }
}

/// Whether a variant's name says no more than which member it is.
#[must_use]
pub fn is_unnamed(variant: &VariantName) -> bool {
    let number = variant.plain().strip_prefix("Variant").unwrap_or_default();
    !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit())
}

/// Settled among all operations, with an example or without, so that which has one moves no name.
fn examples(api: &Api, names: &[OperationNames], groups: &[GroupNames]) -> Vec<FileName> {
    let known: Vec<_> = api
        .operations
        .iter()
        .zip(names)
        .filter_map(|(operation, names)| {
            Some((operation, names, groups.get(operation.group.index())?))
        })
        .collect();
    files::examples(&known)
}

/// Whether the names of types and operations are. Statics, tests and the like are made of these.
fn are_ascii(
    types: &[TypeName],
    members: &[members::MemberNames],
    operations: &[OperationNames],
) -> bool {
    types.iter().all(|name| name.0.is_ascii())
        && members.iter().all(members::MemberNames::are_ascii)
        && operations.iter().all(OperationNames::are_ascii)
}
