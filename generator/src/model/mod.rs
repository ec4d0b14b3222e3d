//! The intermediate model: what an API is, in neither OpenAPI's words nor Rust's.
//!
//! Plain data with ids instead of pointers. Lowering makes it, the passes rewrite it, naming and
//! emission read it. It knows no `$ref`, no identifier and no token. Every item carries its wire
//! name, its documentation and the JSON pointer that it came from. [`dump`] is the text form that
//! the snapshot tests pin.

mod body;
mod constraints;
mod dump;
mod given;
mod operation;
mod pagination;
mod scalar;
mod schema;
mod scheme;
mod table;
mod usage;

pub use body::*;
pub use constraints::*;
pub use dump::dump;
pub use given::Constant;
pub use operation::*;
pub use pagination::*;
pub use scalar::*;
pub use schema::*;
pub use scheme::*;
pub use table::{Id, Table};
pub use usage::*;

use crate::diagnostic::Pointer;

/// One whole API: everything that a client crate is made from.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`, as the vendor writes it.
    pub version: String,
    /// `info.description`.
    pub docs: Docs,
    /// The servers that every operation without servers of its own is called on.
    pub servers: Vec<Server>,
    /// The ways to present credentials, by name.
    pub schemes: Vec<Scheme>,
    /// The operations' groups: one a tag, in the document's order.
    pub groups: Vec<Group>,
    /// Every operation, in the document's order; [`OperationId`] is the index.
    pub operations: Vec<Operation>,
    /// Every named type, in the document's order; [`TypeId`] is the index.
    pub types: Vec<TypeDef>,
}

impl Api {
    /// The definition behind an id.
    ///
    /// Ids are only made by [`Api::add_type`], so the index always holds.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// Adds a definition and returns its id.
    pub fn add_type(&mut self, def: TypeDef) -> TypeId {
        let id = TypeId::new(self.types.len());
        self.types.push(def);
        id
    }

    /// All types with their ids.
    pub fn types_with_ids(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.types
            .iter()
            .enumerate()
            .map(|(index, def)| (TypeId::new(index), def))
    }

    /// All groups with their ids.
    pub fn groups_with_ids(&self) -> impl Iterator<Item = (GroupId, &Group)> {
        self.groups
            .iter()
            .enumerate()
            .map(|(index, group)| (GroupId::new(index), group))
    }

    /// All operations with their ids.
    pub fn operations_with_ids(&self) -> impl Iterator<Item = (OperationId, &Operation)> {
        self.operations
            .iter()
            .enumerate()
            .map(|(index, operation)| (OperationId::new(index), operation))
    }

    /// The definition behind a type, through aliases.
    #[must_use]
    pub fn definition(&self, ty: &Type) -> Option<(TypeId, &TypeDef)> {
        match self.resolve(ty) {
            Type::Named(id) => Some((*id, self.type_def(*id))),
            _ => None,
        }
    }

    /// Whether what stands there is text as it is.
    #[must_use]
    pub fn is_text(&self, ty: &Type) -> bool {
        matches!(
            self.resolve(ty),
            Type::Scalar(Scalar::String | Scalar::Binary)
        )
    }

    /// Follows aliases until something that is no alias is reached.
    #[must_use]
    pub fn resolve<'a>(&'a self, mut ty: &'a Type) -> &'a Type {
        // An alias cycle is a document error that lowering reports; the bound only ends the walk.
        for _ in 0..=self.types.len() {
            match ty {
                Type::Boxed(inner) => ty = inner,
                Type::Named(id) => match &self.type_def(*id).kind {
                    TypeKind::Alias(target) => ty = target,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl $name {
            /// The id of the item at this index.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// The item's index.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// Names a [`TypeDef`] of an [`Api`].
    TypeId;
    /// Names an [`Operation`] of an [`Api`].
    OperationId;
    /// Names a [`Group`] of an [`Api`].
    GroupId;
    /// Names a [`Scheme`] of an [`Api`].
    SchemeId;
}

/// What a document says of an item in prose.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Docs {
    /// The short form: `summary`, or a schema's `title`.
    pub summary: Option<String>,
    /// The long form.
    pub description: Option<String>,
    /// Whether the document calls the item deprecated.
    pub deprecated: bool,
    /// Where more is said of it (`externalDocs`).
    pub link: Option<Box<Link>>,
}

/// A page about an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Its address, on the web.
    pub address: String,
    /// What the document calls it.
    pub words: Option<String>,
}

/// Where the API is served.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The address, with `{variables}`.
    pub url: String,
    /// What the document says of it.
    pub description: Option<String>,
    /// The variables of the address, in the document's order.
    pub variables: Vec<ServerVariable>,
}

/// A variable of a server's address.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// What stands there unless the caller says otherwise.
    pub default: String,
    /// The values the document allows; empty means any.
    pub values: Vec<String>,
    /// What the document says of it.
    pub description: Option<String>,
}

/// A way to present credentials.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// The name under `components.securitySchemes`.
    pub name: String,
    /// How the credential travels.
    pub kind: SchemeKind,
    /// The environment variables it is read from, first found first.
    pub env: Vec<String>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
}

/// Operations that belong together: those of one tag, or of one resource where there are no tags.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The tag; `None` for the operations without any.
    pub tag: Option<String>,
    /// The resource: the words of the paths, or those that a mark of the document gives. Empty where
    /// there is a tag, and for the operations that neither says anything of.
    pub resource: Vec<String>,
    /// The group of the resource that this one is a part of.
    pub parent: Option<GroupId>,
    /// What the document says of it.
    pub docs: Docs,
    /// Its operations, in the document's order.
    pub operations: Vec<OperationId>,
}
