//! How much memory a value of each type takes, as rustc lays it out for 64 bits.
//!
//! An estimate, because the layout of Rust is rustc's own: exact for structs, and for an enum at most
//! the eight bytes of a tag more than what rustc finds room for elsewhere. Boxing relies on it never
//! being too low; `inspect` shows it; a test compares it with the compiler's word.

use crate::model::{
    Api, Enum, EnumBase, Field, Holding, Integer, Scalar, Struct, Type, TypeId, TypeKind, Union,
    Usage, Usages,
};

/// The size of a pointer, on 64 bits.
pub(super) const POINTER: u64 = 8;

/// How a value lies in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// In bytes.
    pub(super) size: u64,
    /// The power of two that its address is a multiple of.
    align: u64,
    /// How many bit patterns are no value, so that an enum around it needs no tag of its own.
    spare: u64,
}

impl Layout {
    const fn new(size: u64, align: u64, spare: u64) -> Self {
        Self { size, align, spare }
    }

    /// A `String`, a `Vec`: the capacity has half of its patterns to spare.
    const BUFFER: Self = Self::new(24, 8, MANY);
    /// A map with a root that may be missing.
    const MAP: Self = Self::new(24, 8, 0);
    /// Any JSON, whose objects keep the order of their keys.
    const JSON: Self = Self::new(72, 8, MANY);
    /// A pointer to a value elsewhere.
    const BOX: Self = Self::new(POINTER, POINTER, 1);

    /// The layout with so many further values that hold nothing.
    const fn or(self, values: u64) -> Self {
        if self.spare >= values {
            return Self::new(self.size, self.align, self.spare - values);
        }
        Self::new(self.size + self.align, self.align, MANY)
    }
}

/// More spare patterns than any enum needs; a tag alone has two hundred.
const MANY: u64 = 200;

/// The layout of every named type of an API.
#[derive(Debug, Clone)]
pub struct Sizes {
    layouts: Vec<Layout>,
}

impl Sizes {
    /// A member of a union that is larger goes behind a pointer: every value of the union is as large
    /// as its largest member.
    pub(super) const LARGEST_MEMBER: u64 = 128;

    /// Whether a type is too large to be a member of a union by value.
    #[must_use]
    pub fn is_large_member(&self, ty: &Type) -> bool {
        self.ty(ty).size > Self::LARGEST_MEMBER
    }

    /// No layout is known yet: [`settle`](Self::settle) each, those that are held by value first.
    pub(super) fn unsettled(types: usize) -> Self {
        Self {
            layouts: vec![Layout::BOX; types],
        }
    }

    /// Works out a definition from those that it holds by value.
    pub(super) fn settle(&mut self, api: &Api, usages: &Usages, id: TypeId) {
        let layout = self.definition(api, usages, id);
        if let Some(slot) = self.layouts.get_mut(id.index()) {
            *slot = layout;
        }
    }

    /// How many bytes a value of a definition takes.
    #[must_use]
    pub fn size(&self, id: TypeId) -> u64 {
        self.layouts.get(id.index()).map_or(0, |layout| layout.size)
    }

    fn definition(&self, api: &Api, usages: &Usages, id: TypeId) -> Layout {
        match &api.type_def(id).kind {
            TypeKind::Struct(record) => self.record(api, *usages.of(id), record),
            TypeKind::Enum(list) => enumeration(list),
            TypeKind::Union(union) => self.union(union),
            TypeKind::Alias(target) | TypeKind::Newtype(target) => self.ty(target),
        }
    }

    /// The layout of a type as it is used.
    pub(super) fn ty(&self, ty: &Type) -> Layout {
        match ty {
            Type::Scalar(scalar) => scalar_layout(*scalar),
            Type::Any(_) => Layout::JSON,
            Type::Named(id) => {
                let layout = self.layouts.get(id.index()).copied();
                layout.unwrap_or(Layout::BOX)
            }
            Type::List(_) => Layout::BUFFER,
            Type::Map(_) => Layout::MAP,
            Type::Tuple(items) => side_by_side(items.iter().map(|item| self.ty(item))),
            Type::Nullable(inner) => self.ty(inner).or(1),
            Type::Boxed(_) => Layout::BOX,
        }
    }

    /// The layout of a field with what says that it may be missing.
    pub(super) fn field(&self, api: &Api, usage: Usage, field: &Field) -> Layout {
        let held = self.ty(field.held());
        match usage.holding(api, field) {
            Holding::Plain => held,
            Holding::Optional => held.or(1),
            Holding::Nullable => held.or(2),
        }
    }

    fn record(&self, api: &Api, usage: Usage, record: &Struct) -> Layout {
        let fields = record
            .fields
            .iter()
            .map(|field| self.field(api, usage, field));
        let mixins = record.mixins.iter().map(|ty| self.ty(ty));
        let additional = record.additional.iter().map(|_| Layout::MAP);
        side_by_side(fields.chain(mixins).chain(additional))
    }

    /// A tag, or none where all members but the largest fit beside a word that has patterns to spare.
    fn union(&self, union: &Union) -> Layout {
        let members = union.variants.iter().map(|variant| self.ty(&variant.ty));
        let mut members: Vec<Layout> = members.chain([Layout::JSON]).collect();
        members.sort_by_key(|layout| std::cmp::Reverse(layout.size));
        let align = members.iter().map(|layout| layout.align).max().unwrap_or(1);
        let others = members.len() as u64;
        let (Some(largest), second) = (members.first(), members.get(1)) else {
            return Layout::JSON;
        };
        let room = largest.size.saturating_sub(POINTER);
        if largest.spare > others && second.is_none_or(|second| second.size <= room) {
            return Layout::new(largest.size, align, largest.spare - others);
        }
        Layout::new((largest.size + align).next_multiple_of(align), align, MANY)
    }
}

/// Every type after those that it holds by value.
pub(super) fn inside_out(api: &Api) -> Vec<TypeId> {
    let mut order = Vec::with_capacity(api.types.len());
    let mut is_met = vec![false; api.types.len()];
    for index in 0..api.types.len() {
        // Each entry is a type, and whether those that it holds have been put in order.
        let mut stack = vec![(TypeId::new(index), false)];
        while let Some((id, is_ready)) = stack.pop() {
            if is_ready {
                order.push(id);
                continue;
            }
            match is_met.get_mut(id.index()) {
                Some(is_met) if !*is_met => *is_met = true,
                _ => continue,
            }
            stack.push((id, true));
            for ty in api.type_def(id).kind.types() {
                ty.embedded(&mut |held| stack.push((held, false)));
            }
        }
    }
    order
}

/// The fields of a struct, in the order that wastes least.
fn side_by_side(fields: impl Iterator<Item = Layout>) -> Layout {
    let all = fields.fold(Layout::new(0, 1, 0), |all, field| {
        Layout::new(
            all.size + field.size,
            all.align.max(field.align),
            all.spare.max(field.spare),
        )
    });
    Layout::new(all.size.next_multiple_of(all.align), all.align, all.spare)
}

fn enumeration(list: &Enum) -> Layout {
    let values = list.values.len() as u64;
    match list.base {
        EnumBase::String => Layout::BUFFER.or(values.min(MANY)),
        // A tag, and the unknown number beside it.
        EnumBase::Integer => Layout::new(16, 8, MANY),
        EnumBase::Mixed => Layout::JSON.or(values.min(MANY)),
    }
}

fn scalar_layout(scalar: Scalar) -> Layout {
    let plain = |size| Layout::new(size, size, 0);
    match scalar {
        Scalar::Bool => Layout::new(1, 1, MANY),
        Scalar::Integer(Integer::I8 | Integer::U8) => plain(1),
        Scalar::Integer(Integer::I16 | Integer::U16) => plain(2),
        Scalar::Integer(Integer::I32 | Integer::U32) | Scalar::F32 => plain(4),
        Scalar::Integer(Integer::I64 | Integer::U64) | Scalar::F64 => plain(8),
        Scalar::String | Scalar::Binary | Scalar::Decimal => Layout::BUFFER,
        Scalar::Text(format) => {
            let [size, align, spare] = format.facts().layout;
            Layout::new(size, align, spare)
        }
        Scalar::Null => Layout::new(0, 1, 0),
    }
}
