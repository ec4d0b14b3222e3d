//! What is demanded of a value where it stands, without what says nothing of the kinds of JSON that
//! its type's values are: `uniqueItems` of a text, `minLength` of a number, a bound that the type has anyway.

use crate::emit::context::Context;
use crate::model::{
    Bounds, Constraints, EnumBase, Integer, Limit, Number, Range, Scalar, Type, TypeDef, TypeKind,
};

/// Unions within unions are looked into so deep; what is deeper may be anything.
const DEEPEST: usize = 8;

/// Which kinds of JSON there are among the values of a type: a set of those that constraints tell
/// apart.
#[derive(Clone, Copy)]
struct Kinds(u8);

impl Kinds {
    const NONE: Self = Self(0);
    const TEXT: Self = Self(1);
    const NUMBER: Self = Self(1 << 1);
    const LIST: Self = Self(1 << 2);
    const OBJECT: Self = Self(1 << 3);
    const ALL: Self = Self(u8::MAX);

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }

    fn of(cx: &Context<'_>, ty: &Type, depth: usize) -> Self {
        match cx.api.resolve(ty) {
            Type::Scalar(Scalar::Bool | Scalar::Null) => Self::NONE,
            Type::Scalar(Scalar::Integer(_) | Scalar::F32 | Scalar::F64 | Scalar::Decimal) => {
                Self::NUMBER
            }
            Type::Scalar(_) => Self::TEXT,
            Type::List(_) | Type::Tuple(_) => Self::LIST,
            Type::Map(_) => Self::OBJECT,
            Type::Nullable(inner) | Type::Boxed(inner) => Self::of(cx, inner, depth),
            Type::Named(id) => Self::of_definition(cx, cx.api.type_def(*id), depth),
            Type::Any(_) => Self::ALL,
        }
    }

    fn of_definition(cx: &Context<'_>, def: &TypeDef, depth: usize) -> Self {
        match &def.kind {
            TypeKind::Struct(_) => Self::OBJECT,
            TypeKind::Enum(list) => match list.base {
                EnumBase::String => Self::TEXT,
                EnumBase::Integer => Self::NUMBER,
                EnumBase::Mixed => Self::TEXT.and(Self::NUMBER),
            },
            TypeKind::Union(_) | TypeKind::Alias(_) | TypeKind::Newtype(_) if depth == 0 => {
                Self::ALL
            }
            TypeKind::Union(union) => {
                let members = union.variants.iter();
                let kinds = members.map(|variant| Self::of(cx, &variant.ty, depth - 1));
                kinds.fold(Self::NONE, Self::and)
            }
            TypeKind::Alias(target) | TypeKind::Newtype(target) => Self::of(cx, target, depth - 1),
        }
    }
}

/// What is demanded of a value of a type where it stands: there, and by the aliases that it is
/// written with.
pub(crate) fn demands(cx: &Context<'_>, ty: &Type, own: &Constraints) -> Constraints {
    let mut all = own.clone();
    let within = |slot: &mut Option<Box<Constraints>>, ty: &Type| {
        let each = demands(cx, ty, &slot.take().map(|each| *each).unwrap_or_default());
        *slot = (each != Constraints::default()).then(|| Box::new(each));
    };
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => return demands(cx, inner, own),
        Type::Named(id) => {
            let def = cx.api.type_def(*id);
            match &def.kind {
                TypeKind::Alias(target) => {
                    all.narrow(&demands(cx, target, &def.constraints));
                }
                TypeKind::Enum(_) => all.narrow(&def.constraints),
                TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Newtype(_) => {}
            }
        }
        Type::List(item) => within(&mut all.each_item, item),
        Type::Map(value) => within(&mut all.each_value, value),
        Type::Tuple(_) | Type::Scalar(_) | Type::Any(_) => {}
    }
    meant(cx, ty, &mut all);
    all
}

/// What is left of constraints on a value of a type where it stands.
fn meant(cx: &Context<'_>, ty: &Type, constraints: &mut Constraints) {
    keep(Kinds::of(cx, ty, DEEPEST), constraints);
    if let Type::Scalar(Scalar::Integer(integer)) = cx.api.resolve(inner(ty)) {
        constraints.range = beyond(*integer, constraints.range);
    }
}

/// What is left of constraints on the values of a definition.
pub(crate) fn meant_of(cx: &Context<'_>, def: &TypeDef) -> Constraints {
    let mut constraints = def.constraints.clone();
    keep(Kinds::of_definition(cx, def, DEEPEST), &mut constraints);
    constraints
}

fn inner(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => self::inner(inner),
        ty => ty,
    }
}

fn keep(kinds: Kinds, constraints: &mut Constraints) {
    if !kinds.has(Kinds::TEXT) {
        constraints.length = Bounds::default();
        constraints.patterns.clear();
        constraints.broken_patterns.clear();
    }
    if !kinds.has(Kinds::NUMBER) {
        constraints.range = Range::default();
        constraints.multiple_of.clear();
    }
    if !kinds.has(Kinds::LIST) {
        constraints.items = Bounds::default();
        constraints.unique_items = false;
        constraints.each_item = None;
        constraints.positions.clear();
    }
    if !kinds.has(Kinds::OBJECT) {
        constraints.properties = Bounds::default();
        constraints.each_value = None;
    }
}

/// The bounds that a whole number's type does not have by itself.
fn beyond(integer: Integer, range: Range) -> Range {
    let (least, most) = integer.bounds();
    let is = |limit: &Limit, end: i128| matches!(limit, Limit::Inclusive(Number::Integer(bound)) if *bound == end);
    Range {
        min: range.min.filter(|limit| !is(limit, least)),
        max: range.max.filter(|limit| !is(limit, most)),
    }
}
