//! Types: what stands in a body or a parameter.

use serde_json::Value;

use super::{Constraints, Docs, OperationId, Pointer, Scalar, Status, TypeId};

/// A type that gets a name of its own.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// Where its name comes from.
    pub name: NameSource,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
    /// What it is.
    pub kind: TypeKind,
    /// Whether the schema itself allows `null`, so that every reference to it does.
    pub nullable: bool,
    /// What the document demands of every value of it.
    pub constraints: Constraints,
    /// The name that the configuration gives it.
    pub pinned: Option<String>,
}

impl TypeDef {
    /// A definition of which the passes have said nothing yet.
    #[must_use]
    pub fn new(name: NameSource, docs: Docs, origin: Pointer, kind: TypeKind) -> Self {
        Self {
            name,
            docs,
            origin,
            kind,
            nullable: false,
            constraints: Constraints::default(),
            pinned: None,
        }
    }
}

impl TypeDef {
    /// Whether it is a schema with a name of its own.
    #[must_use]
    pub fn has_own_name(&self) -> bool {
        self.name.path.is_empty() && matches!(self.name.root, NameRoot::Schema(_))
    }
}

/// Where a type's name comes from: the nearest thing with a name, and the way from there. Naming
/// turns it into an identifier.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameSource {
    /// The nearest thing that has a name.
    pub root: NameRoot,
    /// The way from there; empty for a schema that has a name itself.
    pub path: Vec<Role>,
}

impl NameSource {
    /// The name of something within this.
    #[must_use]
    pub fn child(&self, role: Role) -> Self {
        let mut child = self.clone();
        child.path.push(role);
        child
    }
}

/// What a name begins with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameRoot {
    /// A schema with a name.
    Schema(String),
    /// A place in an operation.
    Operation(OperationId, OperationRole),
    /// What several schemas or operations refer to or say, by its name.
    Shared(Shared, String),
}

/// What schemas or operations share that has no name among the schemas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shared {
    /// Under `components.parameters`.
    Parameter,
    /// Under `components.requestBodies`.
    Body,
    /// Under `components.responses`.
    Response,
    /// Under `components.headers`.
    Header,
    /// The title of several schemas that say the same.
    Title,
    /// The field of several schemas or operations, which say the same of it.
    Field,
}

/// A step from a schema to one within it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The field of this wire name.
    Field(String),
    /// What a list holds.
    Item,
    /// A place of a tuple.
    ParameterLocation(usize),
    /// What a map holds.
    Value,
    /// A member of a union: its title where it has one, and its index.
    Member(Option<String>, usize),
    /// What a schema that stands for its subtypes is by itself.
    Base,
    /// The union that an `allOf` mixes in.
    Mixin(usize),
    /// A body of this media type, where it is not the first.
    Media(String),
}

/// The place of a schema within an operation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum OperationRole {
    /// The parameter of this wire name.
    Parameter(String),
    /// The request's body.
    Body,
    /// The body of the response of this status.
    Response(Status),
    /// The header of this name of any response.
    Header(String),
}

/// What a named type is.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// An object with named fields.
    Struct(Struct),
    /// A closed list of values in the document, an open one in the crate.
    Enum(Enum),
    /// One of several types.
    Union(Union),
    /// Another name of a type.
    Alias(Type),
    /// An alias that is part of itself, so that Rust needs a struct around it.
    Newtype(Type),
}

/// An object with named fields.
#[derive(Debug, Clone, Default)]
pub struct Struct {
    /// The fields, in the document's order.
    pub fields: Vec<Field>,
    /// What the values of other keys are, where they are kept: the document says what they are, or
    /// leaves them open ([`Untyped::OtherKeys`]) in what is read and sent back.
    pub additional: Option<Type>,
    /// What the document demands of those values.
    pub additional_constraints: Box<Constraints>,
    /// Unions whose members' fields stand beside the struct's own.
    pub mixins: Vec<Type>,
    /// Whether the document forbids all other keys; `pass::other_keys` settles it.
    pub is_closed: bool,
}

/// A field of a struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// The key in JSON.
    pub wire: String,
    /// The type, [`Type::Nullable`] where `null` is allowed.
    pub ty: Type,
    /// Whether the key must be there.
    pub presence: Presence,
    /// Which way it travels.
    pub access: Access,
    /// Whether its value is a secret that is not to be printed.
    pub secrecy: Secrecy,
    /// The default in the document.
    pub default: Option<Value>,
    /// What else the document demands of the value.
    pub constraints: Constraints,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it was defined.
    pub origin: Pointer,
}

impl Field {
    /// The type without what says that the field may be null.
    #[must_use]
    pub fn held(&self) -> &Type {
        match &self.ty {
            Type::Nullable(inner) => inner,
            ty => ty,
        }
    }
}

/// How a field holds its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// The value itself.
    Plain,
    /// `Option`: absent, or null, or both as one.
    Optional,
    /// `Nullable`: absent, null and value told apart.
    Nullable,
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

/// Which way a field travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Both ways.
    ReadWrite,
    /// Only from the server.
    ReadOnly,
    /// Only to the server.
    WriteOnly,
}

/// Whether a value may be printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Secrecy {
    /// It may.
    #[default]
    Open,
    /// It may not: passwords.
    Secret,
}

/// A type as it is used: in a field, a parameter, a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// A value with no structure of its own.
    Scalar(Scalar),
    /// Any JSON: the document says nothing, or nothing that a type could say.
    Any(Untyped),
    /// A type with a name.
    Named(TypeId),
    /// A list.
    List(Box<Type>),
    /// A map from strings.
    Map(Box<Type>),
    /// A list whose items have types by position.
    Tuple(Vec<Type>),
    /// The type or `null`.
    Nullable(Box<Type>),
    /// The type behind a pointer, so that a cycle has a size.
    Boxed(Box<Type>),
}

impl TypeKind {
    /// Every type that stands within a definition, in the document's order.
    #[must_use]
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Self::Struct(record) => record
                .fields
                .iter()
                .map(|field| &field.ty)
                .chain(&record.additional)
                .chain(&record.mixins)
                .collect(),
            Self::Enum(_) => Vec::new(),
            Self::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
            Self::Alias(target) | Self::Newtype(target) => vec![target],
        }
    }
}

impl Type {
    /// Every named type within a type.
    pub fn ids(&self, each: &mut dyn FnMut(TypeId)) {
        match self {
            Self::Named(id) => each(*id),
            Self::List(inner) | Self::Map(inner) | Self::Nullable(inner) | Self::Boxed(inner) => {
                inner.ids(each);
            }
            Self::Tuple(items) => items.iter().for_each(|item| item.ids(each)),
            Self::Scalar(_) | Self::Any(_) => {}
        }
    }

    /// Every named type within a type that is held by value, so that it adds to its size.
    pub fn embedded(&self, each: &mut dyn FnMut(TypeId)) {
        match self {
            Self::Named(id) => each(*id),
            Self::Nullable(inner) => inner.embedded(each),
            Self::Tuple(items) => items.iter().for_each(|item| item.embedded(each)),
            Self::List(_) | Self::Map(_) | Self::Boxed(_) | Self::Scalar(_) | Self::Any(_) => {}
        }
    }
}

/// Why a value has no type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Untyped {
    /// The schema is empty.
    EmptySchema,
    /// The schema is an object of which nothing more is said.
    FreeFormObject,
    /// The schema is an array of which nothing more is said.
    UntypedItems,
    /// The configuration says so.
    Configured,
    /// The schema contradicts itself, or says what no type can; a diagnostic tells.
    NotExpressible,
    /// The document neither describes an object's other keys nor forbids them.
    OtherKeys,
}

impl Untyped {
    /// The reason as the census names it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EmptySchema => "empty-schema",
            Self::FreeFormObject => "free-form-object",
            Self::UntypedItems => "untyped-items",
            Self::Configured => "configured",
            Self::NotExpressible => "not-expressible",
            Self::OtherKeys => "other-keys",
        }
    }
}

/// A list of values; the crate keeps one that is not in it.
#[derive(Debug, Clone)]
pub struct Enum {
    /// What the values are.
    pub base: EnumBase,
    /// The values, in the document's order, none twice.
    pub values: Vec<EnumValue>,
}

/// What the values of an enum are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumBase {
    /// Text.
    String,
    /// Whole numbers of 64 bits.
    Integer,
    /// Several kinds of scalars.
    Mixed,
}

/// One value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// The value in JSON: a string, a number or a boolean.
    pub wire: Value,
    /// The name the document proposes (`x-enum-varnames`).
    pub hint: Option<String>,
    /// What the document says of it (`x-enum-descriptions`).
    pub docs: Docs,
}

/// One of several types.
#[derive(Debug, Clone)]
pub struct Union {
    /// How the member is told.
    pub tag: Tag,
    /// Whether a value may be several of the members at once.
    pub choice: Choice,
    /// The members, in the document's order.
    pub variants: Vec<Variant>,
    /// The index of the member that a tag names which names no other, and that a missing one does.
    pub fallback: Option<usize>,
}

/// Whether a value may be several members of a union at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// It is one of them: `oneOf`.
    One,
    /// It may be: `anyOf`. The members of these indices, which `pass::any_of` adds, have room for
    /// what is several of the others.
    Any(Vec<usize>),
}

/// How the member of a union is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tag {
    /// By the value of this key, which the document names as the discriminator.
    Property(String),
    /// By what the JSON looks like.
    Shape,
    /// By the name of the server-sent event whose data it is.
    Event,
}

/// A member of a union.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its type.
    pub ty: Type,
    /// What else the document demands of it.
    pub constraints: Constraints,
    /// The values of the tag, or the events' names, that name it; empty without either.
    pub tags: Vec<String>,
    /// What the document calls it, where its type has no name.
    pub hint: Option<String>,
    /// What the document says of it.
    pub docs: Docs,
}

impl Variant {
    /// Takes in another member of the same type: what only one of the two demands does not hold.
    pub fn accept(&mut self, constraints: &Constraints) {
        if self.constraints != *constraints {
            self.constraints = Constraints::default();
        }
    }
}
