//! How the runtime recognises a union's members by what they look like: a small tree for each, of
//! the keys that members differ in.
//!
//! A key that all members have alike tells nothing and is left out, so that the tables stay small;
//! lists of values always stand in them, because a value that is not listed speaks against a member
//! whatever the others have there.

use std::cell::Cell;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
use crate::model::{
    Choice, Enum, EnumBase, Field, Presence, Scalar, Struct, Tag, Type, TypeId, TypeKind, Union,
};

/// Keys stand in keys so deep; what is further down tells no members apart.
const DEPTH: usize = 4;

/// So many keys stand in the tables of one union, so that no document makes them grow without end.
const KEYS: usize = 400;

/// Unions that are members of unions are looked into so deep.
const NESTING: usize = 4;

/// What each member of a union told by shape looks like, in the order of its members.
pub(super) fn shapes(cx: &Context<'_>, union: &Union) -> Vec<TokenStream> {
    let shapes = Shapes {
        cx,
        left: Cell::new(KEYS),
    };
    let types: Vec<&Type> = union.variants.iter().map(|variant| &variant.ty).collect();
    let all = shapes.spread(&types);
    let members = types.iter().enumerate().map(|(index, ty)| {
        let shape = shapes.shape(ty, &all, 0);
        match &union.choice {
            Choice::Any(added) if added.contains(&index) => quote!(#shape.several()),
            _ => shape,
        }
    });
    members.collect()
}

/// The shapes of the members that their tags do not tell: of those that have one in common with
/// another, and of those whose tag may be missing.
pub(super) fn beside_tags(
    cx: &Context<'_>,
    union: &Union,
    property: &str,
) -> Vec<Option<TokenStream>> {
    let is_shared = |index: usize| {
        let tags = union.variants.get(index).map_or(&[][..], |own| &own.tags);
        let mut others = union.variants.iter().enumerate();
        others.any(|(other, variant)| {
            other != index && variant.tags.iter().any(|tag| tags.contains(tag))
        })
    };
    let asked: Vec<bool> = (0..union.variants.len())
        .map(|index| is_shared(index) || may_lack(cx, union, index, property))
        .collect();
    if !asked.contains(&true) {
        return vec![None; union.variants.len()];
    }
    let shapes = shapes(cx, union).into_iter().zip(asked);
    shapes
        .map(|(shape, asked)| asked.then_some(shape))
        .collect()
}

/// Whether a member is an object that need not have the key.
fn may_lack(cx: &Context<'_>, union: &Union, index: usize, property: &str) -> bool {
    let definition = union
        .variants
        .get(index)
        .and_then(|own| cx.api.definition(&own.ty));
    let Some(TypeKind::Struct(record)) = definition.map(|(_, def)| &def.kind) else {
        return false;
    };
    let mut fields = record.fields.iter();
    let field = fields.find(|field| field.wire == property);
    field.is_some_and(|field| field.presence == Presence::Optional)
}

struct Shapes<'c, 'a> {
    cx: &'c Context<'a>,
    /// How many keys the tables have room for.
    left: Cell<usize>,
}

impl<'a> Shapes<'_, 'a> {
    /// `all` are the types that the value may have, this one and those of the other members.
    fn shape(&self, ty: &Type, all: &[&'a Type], depth: usize) -> TokenStream {
        let cx = self.cx;
        match cx.api.resolve(ty) {
            Type::Nullable(inner) => self.shape(inner, all, depth),
            Type::Scalar(scalar) => scalar_shape(*scalar),
            Type::List(item) => {
                let items: Vec<&Type> = all.iter().filter_map(|ty| self.item(ty)).collect();
                let item = self.shape(item, &self.spread(&items), depth);
                quote!(rt::Variant::array_of(&#item))
            }
            Type::Tuple(_) => quote!(rt::Variant::kind(rt::Kind::Array)),
            Type::Map(_) => quote!(rt::Variant::kind(rt::Kind::Object)),
            Type::Any(_) | Type::Boxed(_) => quote!(rt::Variant::any()),
            Type::Named(id) => {
                let name = cx.type_ident(*id);
                match &cx.api.type_def(*id).kind {
                    TypeKind::Struct(record) => self.object(*id, record, all, depth),
                    TypeKind::Enum(list) => list_shape(&quote!(types::#name), list),
                    TypeKind::Union(_) => {
                        quote!(rt::Variant::union(<types::#name as rt::Union>::choices))
                    }
                    TypeKind::Newtype(Type::List(_)) => quote!(rt::Variant::kind(rt::Kind::Array)),
                    TypeKind::Newtype(Type::Map(_)) => quote!(rt::Variant::kind(rt::Kind::Object)),
                    TypeKind::Newtype(_) | TypeKind::Alias(_) => quote!(rt::Variant::any()),
                }
            }
        }
    }

    fn object(&self, id: TypeId, record: &Struct, all: &[&'a Type], depth: usize) -> TokenStream {
        let name = self.cx.type_ident(id);
        let mut shape = quote!(rt::Variant::object(<types::#name as rt::Model>::FIELDS));
        if record.is_closed && record.mixins.is_empty() {
            shape.extend(quote!(.closed()));
        }
        if depth >= DEPTH || all.len() < 2 {
            return shape;
        }
        let keys: Vec<TokenStream> = record
            .fields
            .iter()
            .filter_map(|field| self.key(field, all, depth))
            .collect();
        if keys.is_empty() {
            shape
        } else {
            quote!(#shape.with_keys(&[#(#keys),*]))
        }
    }

    fn key(&self, field: &Field, all: &[&'a Type], depth: usize) -> Option<TokenStream> {
        let wire = &field.wire;
        let types = self.behind(wire, all);
        let list = self.list(field);
        let differ = types.iter().any(|other| !self.is_same(other, &field.ty));
        let is_any = matches!(self.plain(&field.ty), Type::Any(_));
        if is_any || !(differ || list.is_some()) || self.left.get() == 0 {
            return None;
        }
        self.left.set(self.left.get() - 1);
        let shape = list.unwrap_or_else(|| self.shape(&field.ty, &types, depth + 1));
        Some(quote!((#wire, #shape)))
    }

    /// The values that the document lists for a field.
    fn list(&self, field: &Field) -> Option<TokenStream> {
        let is_required = field.presence == Presence::Required
            && !matches!(self.cx.api.resolve(&field.ty), Type::Nullable(_));
        let (list, is_constant) = match self.plain(&field.ty) {
            Type::Scalar(Scalar::Bool) => {
                let only = field.constraints.boolean?;
                let list = quote!(rt::Variant::literals(&[rt::Literal::Bool(#only)]));
                (list, true)
            }
            Type::Named(id) => {
                let TypeKind::Enum(list) = &self.cx.api.type_def(*id).kind else {
                    return None;
                };
                let name = self.cx.type_ident(*id);
                let shape = list_shape(&quote!(types::#name), list);
                (shape, list.values.len() == 1)
            }
            _ => return None,
        };
        Some(if is_constant && is_required {
            quote!(rt::Variant::constant(&#list))
        } else {
            list
        })
    }

    /// The types of a key in all objects that the value may be.
    fn behind(&self, wire: &str, all: &[&'a Type]) -> Vec<&'a Type> {
        let records = self.records(all);
        let fields = records
            .iter()
            .filter_map(|(_, record)| record.fields.iter().find(|field| field.wire == wire));
        let types: Vec<&Type> = fields.map(|field| &field.ty).collect();
        self.spread(&types)
    }

    fn records(&self, all: &[&'a Type]) -> Vec<(TypeId, &'a Struct)> {
        all.iter()
            .filter_map(|ty| match self.plain(ty) {
                Type::Named(id) => match &self.cx.api.type_def(*id).kind {
                    TypeKind::Struct(record) => Some((*id, record)),
                    _ => None,
                },
                _ => None,
            })
            .collect()
    }

    fn item(&self, ty: &'a Type) -> Option<&'a Type> {
        match self.plain(ty) {
            Type::List(item) => Some(item),
            _ => None,
        }
    }

    /// The types with those of the unions among them.
    fn spread(&self, types: &[&'a Type]) -> Vec<&'a Type> {
        let mut found = Vec::with_capacity(types.len());
        for ty in types {
            self.spread_one(ty, NESTING, &mut found);
        }
        found
    }

    fn spread_one(&self, ty: &'a Type, left: usize, found: &mut Vec<&'a Type>) {
        found.push(ty);
        if let (Type::Named(id), Some(left)) = (self.plain(ty), left.checked_sub(1))
            && let TypeKind::Union(union) = &self.cx.api.type_def(*id).kind
            && union.tag == Tag::Shape
        {
            for variant in &union.variants {
                self.spread_one(&variant.ty, left, found);
            }
        }
    }

    /// Whether two types tell nothing apart.
    fn is_same(&self, one: &'a Type, other: &Type) -> bool {
        let (one, other) = (self.plain(one), self.plain(other));
        match (one, other) {
            (Type::List(one), Type::List(other)) | (Type::Map(one), Type::Map(other)) => {
                self.is_same(one, other)
            }
            _ => one == other,
        }
    }

    fn plain<'t>(&self, ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        match self.cx.api.resolve(ty) {
            Type::Nullable(inner) => self.plain(inner),
            ty => ty,
        }
    }
}

fn list_shape(name: &TokenStream, list: &Enum) -> TokenStream {
    let texts: Option<Vec<&str>> = match list.values.as_slice() {
        [only] => only.wire.as_str().map(|text| vec![text]),
        _ => None,
    };
    match list.base {
        EnumBase::String => match texts {
            Some(texts) => quote!(rt::Variant::strings(&[#(#texts),*])),
            None => quote!(rt::Variant::strings(<#name as rt::OpenEnum>::VALUES)),
        },
        EnumBase::Integer => quote!(rt::Variant::integers(<#name as rt::OpenIntEnum>::VALUES)),
        EnumBase::Mixed => quote!(rt::Variant::literals(<#name as rt::OpenLiteralEnum>::VALUES)),
    }
}

fn scalar_shape(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::Bool => quote!(rt::Variant::kind(rt::Kind::Bool)),
        Scalar::Integer(_) => quote!(rt::Variant::kind(rt::Kind::Integer)),
        Scalar::F32 | Scalar::F64 | Scalar::Decimal => {
            quote!(rt::Variant::kind(rt::Kind::Number))
        }
        Scalar::String | Scalar::Binary => quote!(rt::Variant::kind(rt::Kind::String)),
        Scalar::Text(_) => quote!(rt::Variant::strict(rt::Kind::String)),
        Scalar::Null => quote!(rt::Variant::kind(rt::Kind::Null)),
    }
}
