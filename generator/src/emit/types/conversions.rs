//! What turns into a union without the union's name being said: its members, those of unions among
//! them, and texts, numbers, lists and maps where a member is such.
//!
//! A type turns into a union where it says by itself which member it is: the nearest member that has
//! it, unless two are as near. On the wire a member and its union are the same.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::{Context, ident};
use crate::model::{Api, EnumBase, Scalar, Type, TypeId, TypeKind, Union, Untyped};

/// How deep unions in unions are looked into.
const NESTING: usize = 3;

/// So many types at most turn into a union beside its own members: unions of unions multiply.
const MOST: usize = 64;

/// The table of what turns into a union; nothing where no request holds it.
pub(super) fn table(cx: &Context<'_>, id: TypeId, union: &Union) -> Option<TokenStream> {
    if !cx.is_sent(id) {
        return None;
    }
    let name = cx.type_ident(id);
    let variants = cx.names.variants(id);
    let table = Table {
        cx,
        union,
        leaves: leaves(cx, id, union),
    };
    let entries = table.entries().into_iter().filter_map(|(variant, entry)| {
        let variant = ident(variants.get(variant)?.as_str());
        Some(quote!(#variant: #entry))
    });
    let mut entries: Vec<_> = entries.collect();
    if cx.facts.usages.of(id).body {
        entries.push(quote!(Unknown: Cloned));
    }
    (!entries.is_empty()).then(|| quote!(rt::union_from! { #name { #(#entries,)* } }))
}

/// Whether texts, numbers or truth values turn into a union.
pub(super) fn takes_scalars(api: &Api, id: TypeId) -> bool {
    takes_scalars_within(api, id, NESTING)
}

fn takes_scalars_within(api: &Api, id: TypeId, left: usize) -> bool {
    let TypeKind::Union(union) = &api.type_def(id).kind else {
        return false;
    };
    let mut members = union.variants.iter().take(MOST);
    members.any(|variant| match api.resolve(&variant.ty) {
        Type::Scalar(scalar) => is_plain(*scalar),
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Enum(list) => list.base != EnumBase::Mixed,
            TypeKind::Union(_) => left > 0 && takes_scalars_within(api, *id, left - 1),
            _ => false,
        },
        _ => false,
    })
}

/// Scalars whose Rust type is one of the language's own.
fn is_plain(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::Bool | Scalar::Integer(_) | Scalar::F32 | Scalar::F64 | Scalar::String
    )
}

/// A type that a union holds, by a member of its own or of a union among them.
struct Leaf {
    /// The union's own member.
    variant: usize,
    /// How many unions it is within, beside the first.
    depth: usize,
    /// The type, without aliases and the pointer that it is behind.
    ty: Type,
    /// Whether no other member that is as near has the type.
    is_alone: bool,
}

/// The types that a union holds, nearest first, each once.
fn leaves(cx: &Context<'_>, id: TypeId, union: &Union) -> Vec<Leaf> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    // What a union is itself does not turn into it.
    known.insert(cx.ty(&Type::Named(id)).to_string(), usize::MAX);
    let mut found: Vec<Leaf> = Vec::new();
    let mut level: Vec<(Option<usize>, &Union)> = vec![(None, union)];
    for depth in 0..=NESTING {
        let mut next = Vec::new();
        for (outer, union) in level {
            for (index, variant) in union.variants.iter().enumerate() {
                if depth > 0 && found.len() >= union.variants.len() + MOST {
                    return found;
                }
                let ty = plain(cx.api, &variant.ty);
                let at = found.len();
                let known = *known.entry(cx.ty(&ty).to_string()).or_insert(at);
                if known != at {
                    if let Some(twin) = found.get_mut(known).filter(|twin| twin.depth == depth) {
                        twin.is_alone = false;
                    }
                    continue;
                }
                let variant = outer.unwrap_or(index);
                // A type that no operation reaches may hold some that no request does.
                if let Type::Named(inner) = ty
                    && cx.is_sent(inner)
                    && let TypeKind::Union(union) = &cx.api.type_def(inner).kind
                {
                    next.push((Some(variant), union));
                }
                found.push(Leaf {
                    variant,
                    depth,
                    ty,
                    is_alone: true,
                });
            }
        }
        level = next;
    }
    found
}

/// A type as Rust sees it, all the way down.
fn plain(api: &Api, ty: &Type) -> Type {
    let inner = |ty: &Type| Box::new(plain(api, ty));
    match api.resolve(ty) {
        Type::List(item) => Type::List(inner(item)),
        Type::Map(value) => Type::Map(inner(value)),
        Type::Nullable(held) => Type::Nullable(inner(held)),
        Type::Tuple(items) => Type::Tuple(items.iter().map(|item| plain(api, item)).collect()),
        Type::Scalar(Scalar::Binary) => Type::Scalar(Scalar::String),
        Type::Any(_) => Type::Any(Untyped::EmptySchema),
        ty => ty.clone(),
    }
}

struct Table<'a> {
    cx: &'a Context<'a>,
    union: &'a Union,
    leaves: Vec<Leaf>,
}

/// A variant, and what turns into it.
type Entry = (usize, TokenStream);

impl Table<'_> {
    fn entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.texts().into_iter().collect();
        for leaf in self.leaves.iter().filter(|leaf| leaf.is_alone) {
            let entry = match &leaf.ty {
                Type::Scalar(Scalar::String | Scalar::Null)
                | Type::List(_)
                | Type::Map(_)
                | Type::Any(_)
                | Type::Nullable(_)
                | Type::Boxed(_) => continue,
                ty => self.value(leaf, &self.cx.ty(ty)),
            };
            entries.push((leaf.variant, entry));
        }
        entries.extend(self.numbers());
        entries.extend(self.lists());
        entries.extend(self.maps());
        entries.extend(self.free_json());
        entries
    }

    /// What turns into a member by the conversions of what it holds.
    fn value(&self, leaf: &Leaf, ty: &TokenStream) -> TokenStream {
        if self.is_behind_pointer(leaf) {
            quote!(Boxed(#ty))
        } else {
            quote!(Value(#ty))
        }
    }

    /// Whether the member needs a pointer made for what is within it.
    fn is_behind_pointer(&self, leaf: &Leaf) -> bool {
        let variant = self.union.variants.get(leaf.variant);
        let is_boxed = variant.is_some_and(|variant| matches!(variant.ty, Type::Boxed(_)));
        leaf.depth > 0 && is_boxed
    }

    fn of_base(&self, base: EnumBase) -> impl Iterator<Item = &Leaf> {
        self.leaves.iter().filter(move |leaf| match leaf.ty {
            Type::Named(id) => match &self.cx.api.type_def(id).kind {
                TypeKind::Enum(list) => list.base == base,
                _ => false,
            },
            _ => false,
        })
    }

    /// Texts: of the one member that is text, or of what their value says.
    fn texts(&self) -> Option<Entry> {
        let is_text = |leaf: &&Leaf| leaf.ty == Type::Scalar(Scalar::String);
        let free = self.leaves.iter().filter(is_text);
        let all: Vec<&Leaf> = free.chain(self.of_base(EnumBase::String)).collect();
        let first = *all.first()?;
        let entry = match all.as_slice() {
            [leaf] if leaf.is_alone => {
                if self.is_behind_pointer(leaf) {
                    quote!(BoxedText)
                } else {
                    quote!(Text)
                }
            }
            _ => quote!(AnyText),
        };
        Some((first.variant, entry))
    }

    /// Whole numbers where no member is the type of them, but one that they are just as well.
    fn numbers(&self) -> Option<Entry> {
        let is_integer = |leaf: &Leaf| matches!(leaf.ty, Type::Scalar(Scalar::Integer(_)));
        if self.leaves.iter().any(is_integer) {
            return None;
        }
        let enums: Vec<&Leaf> = self.of_base(EnumBase::Integer).collect();
        if let [leaf] = enums.as_slice() {
            return leaf
                .is_alone
                .then(|| (leaf.variant, self.value(leaf, &quote!(i64))));
        }
        let is_float = |leaf: &&Leaf| leaf.is_alone && leaf.ty == Type::Scalar(Scalar::F64);
        let leaf = self.leaves.iter().find(is_float)?;
        enums
            .is_empty()
            .then(|| (leaf.variant, self.value(leaf, &quote!(i32))))
    }

    fn lists(&self) -> Vec<Entry> {
        let lists: Vec<(&Leaf, &Type)> = self.all_lists().collect();
        let is_only = lists.len() == 1;
        let mut entries = Vec::new();
        for (leaf, item) in lists.into_iter().filter(|(leaf, _)| leaf.is_alone) {
            let written = self.cx.ty(item);
            let entry = match (leaf.depth, is_only && self.is_turned_into(item)) {
                (0, true) => quote!(ListOf(#written)),
                (0, false) => quote!(List(#written)),
                _ => self.value(leaf, &self.cx.ty(&leaf.ty)),
            };
            entries.push((leaf.variant, entry));
            let is_text = *item == Type::Scalar(Scalar::String);
            if leaf.depth == 0 && !is_only && is_text {
                entries.push((leaf.variant, quote!(Texts)));
            }
        }
        entries
    }

    fn all_lists(&self) -> impl Iterator<Item = (&Leaf, &Type)> {
        self.leaves.iter().filter_map(|leaf| match &leaf.ty {
            Type::List(item) => Some((leaf, &**item)),
            _ => None,
        })
    }

    /// Whether other types turn into an item.
    fn is_turned_into(&self, item: &Type) -> bool {
        match item {
            Type::Scalar(Scalar::String) | Type::Any(_) => true,
            Type::Named(id) => match &self.cx.api.type_def(*id).kind {
                TypeKind::Enum(list) => list.base != EnumBase::Mixed,
                TypeKind::Union(_) => takes_scalars(self.cx.api, *id),
                _ => false,
            },
            _ => false,
        }
    }

    fn maps(&self) -> Vec<Entry> {
        let maps = self.leaves.iter().filter_map(|leaf| match &leaf.ty {
            Type::Map(value) => Some((leaf, &**value)),
            _ => None,
        });
        let maps: Vec<(&Leaf, &Type)> = maps.collect();
        // An array of pairs must be no list of another member.
        let mut lists = self.all_lists();
        let is_clear = maps.len() == 1
            && lists.all(|(_, item)| !matches!(item, Type::Tuple(_)) && !self.is_turned_into(item));
        let alone = maps.into_iter().filter(|(leaf, _)| leaf.is_alone);
        let entries = alone.map(|(leaf, value)| {
            let written = self.cx.ty(value);
            let entry = match (leaf.depth, is_clear) {
                (0, true) => quote!(MapOf(#written)),
                (0, false) => quote!(Map(#written)),
                _ => self.value(leaf, &self.cx.ty(&leaf.ty)),
            };
            (leaf.variant, entry)
        });
        entries.collect()
    }

    /// JSON of any kind, where a member is such or an object of such.
    fn free_json(&self) -> Option<Entry> {
        let is_free = |leaf: &&Leaf| match &leaf.ty {
            Type::Any(_) => true,
            Type::Map(value) => matches!(**value, Type::Any(_)),
            _ => false,
        };
        let leaf = self.leaves.iter().find(is_free)?;
        Some((leaf.variant, quote!(AnyJson)))
    }
}
