//! Constraints: what a document demands of a value beyond its type.
//!
//! They stand beside the type they are about, level by level, and never inside a type: a list's
//! items keep theirs under [`Constraints::each_item`]. What a reference leads to keeps its own.

use std::cmp::Ordering;
use std::fmt;

use super::{Access, Secrecy, TypeDef, TypeKind};

/// What a document demands of a value beyond its type.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Constraints {
    /// `minLength` and `maxLength`, in characters.
    pub length: Bounds<u64>,
    /// `pattern`: ECMA 262 regular expressions that must all match.
    pub patterns: Vec<String>,
    /// Patterns that are no regular expressions: shown, and not checked.
    pub broken_patterns: Vec<String>,
    /// `minimum`, `maximum` and whether they are exclusive.
    pub range: Range,
    /// `multipleOf`: of each of these.
    pub multiple_of: Vec<Number>,
    /// `minItems` and `maxItems`.
    pub items: Bounds<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties` and `maxProperties`.
    pub properties: Bounds<u64>,
    /// The only one of `true` and `false` that fits: it tells a union's members apart.
    pub boolean: Option<bool>,
    /// What no field above can say (`not`, `if`): prose for the documentation.
    pub prose: Vec<String>,
    /// Whether the value may be printed.
    pub secrecy: Secrecy,
    /// What is demanded of each item of a list.
    pub each_item: Option<Box<Self>>,
    /// What is demanded of each value of a map.
    pub each_value: Option<Box<Self>>,
    /// What is demanded of the items of a tuple, by position.
    pub positions: Vec<Self>,
}

impl Constraints {
    /// Whether a value could break one of them, here or within. Prose cannot be checked.
    #[must_use]
    pub fn can_be_broken(&self) -> bool {
        let Self {
            length,
            patterns,
            broken_patterns: _,
            range,
            multiple_of,
            items,
            unique_items,
            properties,
            boolean: _,
            prose: _,
            secrecy: _,
            each_item,
            each_value,
            positions,
        } = self;
        [length, items, properties]
            .iter()
            .any(|bounds| bounds.min.is_some_and(|min| min > 0) || bounds.max.is_some())
            || !patterns.is_empty()
            || *range != Range::default()
            || !multiple_of.is_empty()
            || *unique_items
            || [each_item, each_value]
                .into_iter()
                .flatten()
                .any(|within| within.can_be_broken())
            || positions.iter().any(Self::can_be_broken)
    }

    /// Whether a pattern must match, here or within.
    #[must_use]
    pub fn has_patterns(&self) -> bool {
        let within = [&self.each_item, &self.each_value];
        !self.patterns.is_empty()
            || within.into_iter().flatten().any(|each| each.has_patterns())
            || self.positions.iter().any(Self::has_patterns)
    }

    /// Adds what must hold as well: of two bounds the tighter one stays.
    pub fn narrow(&mut self, other: &Self) {
        self.length.narrow(other.length);
        extend(&mut self.patterns, &other.patterns);
        extend(&mut self.broken_patterns, &other.broken_patterns);
        self.range.narrow(other.range);
        extend(&mut self.multiple_of, &other.multiple_of);
        self.items.narrow(other.items);
        self.unique_items |= other.unique_items;
        self.properties.narrow(other.properties);
        self.boolean = self.boolean.or(other.boolean);
        extend(&mut self.prose, &other.prose);
        if other.secrecy == Secrecy::Secret {
            self.secrecy = Secrecy::Secret;
        }
        narrow_within(&mut self.each_item, other.each_item.as_deref());
        narrow_within(&mut self.each_value, other.each_value.as_deref());
        for (index, other) in other.positions.iter().enumerate() {
            match self.positions.get_mut(index) {
                Some(position) => position.narrow(other),
                None => self.positions.push(other.clone()),
            }
        }
    }
}

impl TypeDef {
    /// The constraints that stand in the definition, but for those of what only the server sets.
    pub fn demands(&self) -> impl Iterator<Item = &Constraints> {
        let within: Vec<&Constraints> = match &self.kind {
            TypeKind::Struct(record) => record
                .fields
                .iter()
                .filter(|field| field.access != Access::ReadOnly)
                .map(|field| &field.constraints)
                .chain([&*record.additional_constraints])
                .collect(),
            TypeKind::Union(union) => union
                .variants
                .iter()
                .map(|variant| &variant.constraints)
                .collect(),
            TypeKind::Alias(_) | TypeKind::Newtype(_) | TypeKind::Enum(_) => Vec::new(),
        };
        within.into_iter().chain([&self.constraints])
    }
}

fn narrow_within(within: &mut Option<Box<Constraints>>, other: Option<&Constraints>) {
    if let Some(other) = other {
        within.get_or_insert_default().narrow(other);
    }
}

fn extend<T: Clone + PartialEq>(list: &mut Vec<T>, others: &[T]) {
    for other in others {
        if !list.contains(other) {
            list.push(other.clone());
        }
    }
}

/// A lower and an upper bound, both inclusive.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bounds<T> {
    /// The least allowed.
    pub min: Option<T>,
    /// The most allowed.
    pub max: Option<T>,
}

impl<T: Copy + Ord> Bounds<T> {
    fn narrow(&mut self, other: Self) {
        self.min = self.min.max(other.min);
        self.max = match (self.max, other.max) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
    }
}

/// Bounds of a number.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Range {
    /// The lower bound.
    pub min: Option<Limit>,
    /// The upper bound.
    pub max: Option<Limit>,
}

impl Range {
    fn narrow(&mut self, other: Self) {
        self.min = tighter(self.min, other.min, Ordering::Greater);
        self.max = tighter(self.max, other.max, Ordering::Less);
    }
}

/// Of two bounds the one that lies on the inner side; of equals the exclusive one.
fn tighter(one: Option<Limit>, other: Option<Limit>, inner: Ordering) -> Option<Limit> {
    let (Some(a), Some(b)) = (one, other) else {
        return one.or(other);
    };
    let b_wins = match b.bound().cmp_value(a.bound()) {
        Ordering::Equal => matches!(b, Limit::Exclusive(_)),
        order => order == inner,
    };
    Some(if b_wins { b } else { a })
}

/// One bound of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// The bound itself is allowed.
    Inclusive(Number),
    /// The bound itself is not allowed.
    Exclusive(Number),
}

impl Limit {
    /// The bound, whether it is allowed or not.
    #[must_use]
    pub fn bound(self) -> Number {
        match self {
            Self::Inclusive(bound) | Self::Exclusive(bound) => bound,
        }
    }
}

/// A number of the document, exact where it is whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A whole number.
    Integer(i128),
    /// Any other.
    Float(f64),
}

impl Number {
    /// The number, to compare it with others.
    #[must_use]
    #[allow(clippy::cast_precision_loss)]
    pub fn as_f64(self) -> f64 {
        match self {
            Self::Integer(number) => number as f64,
            Self::Float(number) => number,
        }
    }

    /// The order by value. Nothing in JSON is unordered.
    #[must_use]
    pub fn cmp_value(self, other: Self) -> Ordering {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => one.cmp(&other),
            _ => self.as_f64().total_cmp(&other.as_f64()),
        }
    }
}

impl From<f64> for Number {
    /// A float that stands for one whole number alone is that number.
    #[allow(clippy::cast_possible_truncation)]
    fn from(number: f64) -> Self {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        if number.fract() == 0.0 && number.abs() < EXACT {
            Self::Integer(number as i128)
        } else {
            Self::Float(number)
        }
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        Self::Integer(number.into())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(number) => number.fmt(f),
            Self::Float(number) => number.fmt(f),
        }
    }
}
