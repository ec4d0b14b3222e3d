//! What is demanded of a value where it stands, without what says nothing of the kinds of JSON that
//! its type's values are: `uniqueItems` of a text, `minLength` of a number, a bound that the type has anyway.

use crate::emit::context::Context;
use crate::model::{
    Bounds, Constraints, EnumBase, Integer, Limit, Number, Range, Scalar, Type, TypeDef, TypeKind,
};

/// Unions within unions are looked into so deep; what is deeper may be anything.
const DEEPEST: usize = 8;

/// Which kinds of JSON there are among the values of a type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a set of the few kinds that constraints tell apart"
)]
pub(crate) struct Kinds {
    text: bool,
    number: bool,
    list: bool,
    object: bool,
}

impl Kinds {
    const NONE: Self = Self {
        text: false,
        number: false,
        list: false,
        object: false,
    };
    const ALL: Self = Self {
        text: true,
        number: true,
        list: true,
        object: true,
    };

    fn and(self, other: Self) -> Self {
        Self {
            text: self.text || other.text,
            number: self.number || other.number,
            list: self.list || other.list,
            object: self.object || other.object,
        }
    }

    fn of(cx: &Context<'_>, ty: &Type, depth: usize) -> Self {
        let none = Self::NONE;
        match cx.api.resolve(ty) {
            Type::Scalar(Scalar::Bool | Scalar::Null) => none,
            Type::Scalar(Scalar::Integer(_) | Scalar::F32 | Scalar::F64 | Scalar::Decimal) => {
                Self {
                    number: true,
                    ..none
                }
            }
            Type::Scalar(_) => Self { text: true, ..none },
            Type::List(_) | Type::Tuple(_) => Self { list: true, ..none },
            Type::Map(_) => Self {
                object: true,
                ..none
            },
            Type::Nullable(inner) | Type::Boxed(inner) => Self::of(cx, inner, depth),
            Type::Named(id) => Self::of_definition(cx, cx.api.type_def(*id), depth),
            Type::Any(_) => Self::ALL,
        }
    }

    fn of_definition(cx: &Context<'_>, def: &TypeDef, depth: usize) -> Self {
        let none = Self::NONE;
        match &def.kind {
            TypeKind::Struct(_) => Self {
                object: true,
                ..none
            },
            TypeKind::Enum(list) => match list.base {
                EnumBase::String => Self { text: true, ..none },
                EnumBase::Integer => Self {
                    number: true,
                    ..none
                },
                EnumBase::Mixed => Self {
                    text: true,
                    number: true,
                    ..none
                },
            },
            TypeKind::Union(_) if depth == 0 => Self::ALL,
            TypeKind::Union(union) => {
                let members = union.variants.iter();
                let kinds = members.map(|variant| Self::of(cx, &variant.ty, depth - 1));
                kinds.fold(none, Self::and)
            }
            TypeKind::Alias(target) | TypeKind::Newtype(target) => match depth {
                0 => Self::ALL,
                _ => Self::of(cx, target, depth - 1),
            },
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
    if !kinds.text {
        constraints.length = Bounds::default();
        constraints.patterns.clear();
        constraints.broken_patterns.clear();
    }
    if !kinds.number {
        constraints.range = Range::default();
        constraints.multiple_of.clear();
    }
    if !kinds.list {
        constraints.items = Bounds::default();
        constraints.unique_items = false;
        constraints.each_item = None;
        constraints.positions.clear();
    }
    if !kinds.object {
        constraints.properties = Bounds::default();
        constraints.each_value = None;
    }
}

/// The bounds that a whole number's type does not have by itself.
fn beyond(integer: Integer, range: Range) -> Range {
    let (least, most): (i128, i128) = match integer {
        Integer::I8 => (i8::MIN.into(), i8::MAX.into()),
        Integer::I16 => (i16::MIN.into(), i16::MAX.into()),
        Integer::I32 => (i32::MIN.into(), i32::MAX.into()),
        Integer::I64 => (i64::MIN.into(), i64::MAX.into()),
        Integer::U8 => (0, u8::MAX.into()),
        Integer::U16 => (0, u16::MAX.into()),
        Integer::U32 => (0, u32::MAX.into()),
        Integer::U64 => (0, u64::MAX.into()),
    };
    let is = |limit: &Limit, end: i128| matches!(limit, Limit::Inclusive(Number::Integer(bound)) if *bound == end);
    Range {
        min: range.min.filter(|limit| !is(limit, least)),
        max: range.max.filter(|limit| !is(limit, most)),
    }
}
