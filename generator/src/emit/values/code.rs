//! Values as code: what an example passes where a caller would pass something of their own.
//!
//! They are what the document shows, where that fits, else made up ([`super::made`]). A value is
//! given where it must be; of an object without anything required a few fields are set, so that one
//! sees how. What code cannot make, or not in a few lines, is read from JSON that fits.

use std::cell::Cell;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::{Value, json};

use super::made;
use super::scalars::{is_short, raw, scalar};
use super::site::{Position, ValueSite};
use crate::diagnostic::Pointer;
use crate::emit::context::{Context, ident};
use crate::examples::{Sampler, kept};
use crate::model::{
    Constraints, Enum, Field, Holding, Scalar, Struct, Tag, Type, TypeId, TypeKind, Union,
};

/// How deep structs nest before the rest is left to JSON.
const DEEP: usize = 6;

/// How many structs are written out before the rest is left to JSON.
const MOST_STRUCTS: usize = 24;

/// How many items of a list, entries of a map and fields that need not be set are shown.
const FEW: usize = 2;

/// What is longer than this is no JSON to show, in bytes.
const LONG_JSON: usize = 400;

/// Writes values of one crate's types, for code that uses its module `types`.
pub(crate) struct Values<'a> {
    cx: &'a Context<'a>,
    krate: Ident,
    sampler: Sampler<'a>,
    /// How many structs may still be written out.
    left: Cell<usize>,
    none: Constraints,
}

impl<'a> Values<'a> {
    pub(crate) fn new(cx: &'a Context<'a>, krate: Ident) -> Self {
        Self {
            cx,
            krate,
            sampler: Sampler::new(cx.api, cx.examples),
            left: Cell::new(MOST_STRUCTS),
            none: Constraints::default(),
        }
    }

    /// A value of this type for something of this name that stands at this place of the document.
    pub(crate) fn value(
        &self,
        ty: &Type,
        (name, constraints): (&str, &Constraints),
        origin: &Pointer,
        position: Position,
    ) -> TokenStream {
        let shown = self.shown(origin, ty);
        let place = ValueSite {
            name,
            position,
            depth: 0,
            shown: shown.as_ref(),
            constraints,
        };
        self.at(ty, place)
    }

    /// The first example that fits, of a place or of the schema there.
    fn shown(&self, origin: &Pointer, ty: &Type) -> Option<Value> {
        let here = self.sampler.fitting(origin, ty).next();
        here.or_else(|| self.sampler.fitting(&origin.key("schema"), ty).next())
    }

    fn at(&self, ty: &Type, place: ValueSite<'_>) -> TokenStream {
        let shown = place.shown;
        match self.cx.api.resolve(ty) {
            Type::Scalar(kind) => scalar(self.cx, &self.krate, *kind, ty, place),
            Type::List(item) => self.list(item, place),
            Type::Map(value) => {
                let (key, shown) = match shown
                    .and_then(Value::as_object)
                    .and_then(|map| map.iter().next())
                {
                    Some((key, shown)) => (key.as_str(), Some(shown)),
                    None => ("key", None),
                };
                let is_text = matches!(self.cx.api.resolve(value), Type::Scalar(Scalar::String));
                let owned = place.within(shown);
                let position = if is_text {
                    place.position
                } else {
                    Position::Owned
                };
                let value = self.at(value, ValueSite { position, ..owned });
                match place.position {
                    Position::Argument => quote!([(#key, #value)]),
                    Position::Owned => {
                        quote!(std::collections::BTreeMap::from([(#key.to_owned(), #value)]))
                    }
                }
            }
            Type::Tuple(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    self.at(item, place.within(shown.and_then(|shown| shown.get(index))))
                });
                quote!((#(#items,)*))
            }
            Type::Nullable(inner) => {
                let shown = shown.filter(|shown| !shown.is_null());
                let inner = self.at(inner, place.within(shown));
                quote!(Some(#inner))
            }
            Type::Boxed(inner) => self.at(inner, place),
            Type::Named(id) => {
                let written = self.named(*id, place);
                written.unwrap_or_else(|| self.json(ty, place))
            }
            Type::Any(_) => self.any(ty, place),
        }
    }

    fn list(&self, item: &Type, place: ValueSite<'_>) -> TokenStream {
        let is_text = matches!(self.cx.api.resolve(item), Type::Scalar(Scalar::String));
        let position = if is_text {
            place.position
        } else {
            Position::Owned
        };
        let each = place.constraints.each_item.as_deref();
        let name = singular(place.name);
        let inner = |shown| ValueSite {
            position,
            name,
            constraints: each.unwrap_or(&self.none),
            ..place.within(shown)
        };
        let shown = place
            .shown
            .and_then(Value::as_array)
            .filter(|items| !items.is_empty());
        let items: Vec<TokenStream> = match shown {
            Some(shown) => {
                let is_plain = matches!(self.cx.api.resolve(item), Type::Scalar(_));
                let shown = shown.iter().take(if is_plain { FEW } else { 1 });
                shown
                    .map(|shown| self.at(item, inner(Some(shown))))
                    .collect()
            }
            None => vec![self.at(item, inner(None))],
        };
        match place.position {
            Position::Argument => quote!([#(#items),*]),
            Position::Owned => quote!(vec![#(#items),*]),
        }
    }

    /// Any JSON: what is plain is made by what it is.
    fn any(&self, ty: &Type, place: ValueSite<'_>) -> TokenStream {
        let krate = &self.krate;
        match place.shown {
            Some(Value::Bool(shown)) => quote!(#krate::Value::from(#shown)),
            Some(Value::String(shown)) if is_short(shown) => quote!(#krate::Value::from(#shown)),
            None => {
                let text = made::text(place.name, place.constraints);
                quote!(#krate::Value::from(#text))
            }
            Some(_) => self.json(ty, place),
        }
    }

    /// What no shorter code makes.
    fn json(&self, ty: &Type, place: ValueSite<'_>) -> TokenStream {
        let krate = &self.krate;
        let written = match self.cx.api.resolve(ty) {
            Type::Named(id) => {
                let name = self.cx.type_ident(*id);
                quote!(types::#name)
            }
            _ => quote!(#krate::Value),
        };
        let shown = place.shown.cloned().filter(|shown| !shown.is_null());
        let shown = shown.or_else(|| self.sampler.value(ty));
        let text = shown.map(|shown| shown.to_string());
        match text.filter(|text| text.len() <= LONG_JSON && text != "{}") {
            Some(text) => {
                let text = raw(&text);
                quote!(#krate::json::from_str::<#written>(#text)?)
            }
            // What is too long to show is given to the program.
            None => {
                let input = quote!(std::io::read_to_string(std::io::stdin())?);
                quote!(#krate::json::from_str::<#written>(&#input)?)
            }
        }
    }

    fn named(&self, id: TypeId, place: ValueSite<'_>) -> Option<TokenStream> {
        let def = self.cx.api.type_def(id);
        let own = match place.shown {
            Some(_) => None,
            None => self.sampler.fitting(&def.origin, &Type::Named(id)).next(),
        };
        let place = ValueSite {
            shown: place.shown.or(own.as_ref()),
            ..place
        };
        let name = self.cx.type_ident(id);
        match &def.kind {
            TypeKind::Struct(record) => self.record(id, record, place),
            TypeKind::Enum(list) => {
                let index = chosen(list, place.shown)?;
                let variant = ident(self.cx.names.variants(id).get(index)?.as_str());
                Some(quote!(types::#name::#variant))
            }
            TypeKind::Union(union) => self.member(id, union, place),
            TypeKind::Newtype(target) => {
                let place = self.deeper(place)?;
                let inner = self.at(target, place.within(place.shown));
                Some(quote!(types::#name(#inner)))
            }
            TypeKind::Alias(_) => None,
        }
    }

    /// A place one step deeper, unless that is too deep.
    fn deeper<'s>(&self, place: ValueSite<'s>) -> Option<ValueSite<'s>> {
        let left = self.left.get().checked_sub(1)?;
        self.left.set(left);
        let depth = place.depth + 1;
        (depth <= DEEP).then_some(ValueSite { depth, ..place })
    }

    /// A member of a union: the one that is shown, else the first.
    fn member(&self, id: TypeId, union: &Union, place: ValueSite<'_>) -> Option<TokenStream> {
        let place = self.deeper(place)?;
        let is_shown = |index: &usize| {
            let (Some(variant), Some(shown)) = (union.variants.get(*index), place.shown) else {
                return false;
            };
            let is_tagged = match &union.tag {
                Tag::Property(tag) => {
                    let tag = shown.get(tag).and_then(Value::as_str);
                    tag.is_some_and(|tag| variant.tags.iter().any(|known| known == tag))
                }
                Tag::Shape | Tag::Event => true,
            };
            is_tagged && kept(self.cx.api, &variant.ty, shown).is_some()
        };
        let found = (0..union.variants.len()).find(is_shown);
        let index = found.unwrap_or_default();
        let variant = union.variants.get(index)?;
        let tagged = match (&union.tag, variant.tags.first()) {
            (Tag::Property(key), Some(tag)) if found.is_none() => Some(json!({key: tag})),
            _ => None,
        };
        let shown = place.shown.filter(|_| found.is_some()).or(tagged.as_ref());
        let value = self.at(&variant.ty, place.within(shown));
        let value = match variant.ty {
            Type::Boxed(_) => quote!(Box::new(#value)),
            _ => value,
        };
        let name = self.cx.type_ident(id);
        let variant = ident(self.cx.names.variants(id).get(index)?.as_str());
        Some(quote!(types::#name::#variant(#value)))
    }

    fn record(&self, id: TypeId, record: &Struct, place: ValueSite<'_>) -> Option<TokenStream> {
        if !self.cx.is_sent(id) {
            return None;
        }
        let place = self.deeper(place)?;
        let fields: Vec<_> = record.fields.iter().zip(self.cx.names.fields(id)).collect();
        let mut arguments: Vec<_> = fields
            .iter()
            .filter(|(field, _)| self.cx.api.is_given(field))
            .map(|(field, name)| self.argument(id, field, name.plain(), place))
            .collect();
        let mixins = record.mixins.iter();
        arguments.extend(mixins.map(|mixin| self.at(mixin, place.within(place.shown))));
        if self.cx.names.type_builder(id).is_some() {
            return Some(self.in_steps(id, record, &arguments));
        }
        let setters = if arguments.is_empty() {
            self.setters(id, record, place)
        } else {
            Vec::new()
        };
        let name = self.cx.type_ident(id);
        Some(quote!(types::#name::new(#(#arguments),*) #(#setters)*))
    }

    /// What must be given to a struct's builder.
    fn in_steps(&self, id: TypeId, record: &Struct, arguments: &[TokenStream]) -> TokenStream {
        let fields = record.fields.iter().zip(self.cx.names.setters(id));
        let fields = fields.filter(|(field, _)| self.cx.api.is_given(field));
        let fields = fields.map(|(_, method)| ident(method.as_str()));
        let mixins = self.cx.names.mixins(id).iter();
        let methods = fields.chain(mixins.map(|name| ident(name.as_str())));
        let steps = methods
            .zip(arguments)
            .map(|(method, value)| quote!(.#method(#value)));
        let name = self.cx.type_ident(id);
        quote!(types::#name::builder() #(#steps)*)
    }

    /// Something to begin with, where nothing is required: what is shown, else texts, else whatever
    /// is plain.
    fn setters(&self, id: TypeId, record: &Struct, place: ValueSite<'_>) -> Vec<TokenStream> {
        let names = self.cx.names;
        let names = names.fields(id).iter().zip(names.setters(id));
        let fields = record.fields.iter().zip(names);
        let settable: Vec<_> = fields
            .filter(|(field, _)| field.is_set() && !field.docs.deprecated)
            .filter_map(|(field, names)| Some((field, names, self.plainness(id, field)?)))
            .collect();
        let is_shown = |field: &Field| {
            let shown = place.shown;
            shown.is_some_and(|shown| shown.get(&field.wire).is_some())
        };
        let chosen = (0..3).find_map(|rank| {
            let fits = settable.iter().filter(|(field, _, plain)| match rank {
                0 => is_shown(field),
                1 => *plain == Plain::Text,
                _ => true,
            });
            let fits: Vec<_> = fits.take(FEW).collect();
            (!fits.is_empty()).then_some(fits)
        });
        let chosen = chosen.into_iter().flatten();
        let setters = chosen.map(|(field, (name, method), _)| {
            let position = Position::Argument;
            let value = self.field(field, name.plain(), ValueSite { position, ..place });
            let method = ident(method.as_str());
            quote!(.#method(#value))
        });
        setters.collect()
    }

    /// Whether a setter of the field takes a value that says its type itself, and which.
    fn plainness(&self, id: TypeId, field: &Field) -> Option<Plain> {
        let is_nullable = self.cx.holding(id, field) == Holding::Nullable;
        match self.cx.api.resolve(field.held()) {
            Type::Scalar(Scalar::String) => Some(Plain::Text),
            Type::Scalar(Scalar::Bool) => Some(Plain::Other),
            Type::Scalar(Scalar::Integer(_) | Scalar::F64 | Scalar::F32) if !is_nullable => {
                Some(Plain::Other)
            }
            Type::Named(id) if matches!(self.cx.api.type_def(*id).kind, TypeKind::Enum(_)) => {
                Some(Plain::Other)
            }
            _ => None,
        }
    }

    /// Whether a value says by itself what it is.
    fn is_plain(&self, ty: &Type) -> bool {
        match self.cx.api.resolve(ty) {
            Type::Scalar(scalar) => matches!(
                scalar,
                Scalar::Bool | Scalar::Integer(_) | Scalar::F32 | Scalar::F64 | Scalar::String
            ),
            Type::Named(id) => matches!(
                self.cx.api.type_def(*id).kind,
                TypeKind::Struct(_) | TypeKind::Enum(_)
            ),
            _ => false,
        }
    }

    /// What `new` takes for a field.
    fn argument(&self, id: TypeId, field: &Field, name: &str, place: ValueSite<'_>) -> TokenStream {
        match self.cx.holding(id, field) {
            Holding::Plain => {
                let position = Position::Argument;
                self.field(field, name, ValueSite { position, ..place })
            }
            Holding::Optional | Holding::Nullable if self.is_plain(field.held()) => {
                let position = Position::Argument;
                self.field(field, name, ValueSite { position, ..place })
            }
            Holding::Optional | Holding::Nullable => {
                let position = Position::Owned;
                let value = self.field(field, name, ValueSite { position, ..place });
                quote!(Some(#value))
            }
        }
    }

    /// The value of a field; `place` is its object's.
    fn field(&self, field: &Field, name: &str, place: ValueSite<'_>) -> TokenStream {
        let shown = place
            .shown
            .and_then(|shown| shown.get(&field.wire))
            .cloned();
        let shown = shown
            .or_else(|| self.shown(&field.origin, &field.ty))
            .or_else(|| field.default.clone())
            .filter(|shown| !shown.is_null());
        let place = ValueSite {
            name,
            shown: shown.as_ref(),
            constraints: &field.constraints,
            ..place
        };
        self.at(field.held(), place)
    }
}

/// What a setter takes that says its type itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    Text,
    Other,
}

/// The value of an enum that is shown, else the first that is not deprecated.
fn chosen(list: &Enum, shown: Option<&Value>) -> Option<usize> {
    let values = &list.values;
    let shown = shown.and_then(|shown| values.iter().position(|value| value.wire == *shown));
    let current = || values.iter().position(|value| !value.docs.deprecated);
    shown.or_else(current).or((!values.is_empty()).then_some(0))
}

/// What one of several things of this name is called.
fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(one) if one.len() > 2 && !one.ends_with('s') && !one.ends_with("ie") => one,
        _ => name,
    }
}
