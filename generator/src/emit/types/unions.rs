//! Unions: a variant for each member, and one that keeps what is none of them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::conversions;
use super::docs::type_docs;
use super::rules;
use super::shapes;
use crate::emit::attributes;
use crate::emit::context::{Context, ident};
use crate::emit::docs::{DocComment, code, demands, first_paragraph};
use crate::model::{Scalar, Tag, Type, TypeId, TypeKind, Union, Variant};

pub(super) fn items(cx: &Context<'_>, id: TypeId, union: &Union) -> Vec<TokenStream> {
    let name = cx.type_ident(id);
    let mut items = vec![definition(cx, id, union), implementation(cx, id, union)];
    items.extend(conversions::table(cx, id, union));
    // By a tag a member is told from many others, which takes a `match` anyway; methods for each of
    // them would be a seventh of what a crate takes to check.
    if union.tag == Tag::Shape {
        items.push(accessors(cx, id, union));
    }
    let with_rules = cx.has_rules(id).then(|| quote!(, rules));
    items.push(quote!(rt::impl_union!(#name #with_rules);));
    items
}

fn definition(cx: &Context<'_>, id: TypeId, union: &Union) -> TokenStream {
    let def = cx.api.type_def(id);
    let name = cx.type_ident(id);
    let docs = type_docs(cx, id);
    let docs = match &union.tag {
        Tag::Property(tag) => docs.own(format!("The member is told by {}.", code(tag))),
        Tag::Event => docs.own("The member is told by the event's name."),
        Tag::Shape => docs,
    };
    let docs = docs.tokens();
    let deprecated = attributes::deprecated(&def.docs);
    let variants = union
        .variants
        .iter()
        .zip(cx.names.variants(id))
        .enumerate()
        .map(|(index, (variant, name))| {
            let docs = member_docs(cx, variant, name.plain());
            let docs = match variant.tags.as_slice() {
                [] => docs,
                tags => {
                    let tags: Vec<_> = tags.iter().map(|tag| code(tag)).collect();
                    let others = if union.fallback == Some(index) {
                        ", and whatever no other member is"
                    } else {
                        ""
                    };
                    let how = match union.tag {
                        Tag::Event => "Events named",
                        Tag::Property(_) | Tag::Shape => "Tagged",
                    };
                    docs.own(format!("{how} {}{others}.", tags.join(", ")))
                }
            };
            let docs = docs
                .constraints(&demands(cx, &variant.ty, &variant.constraints))
                .tokens();
            let name = ident(name.as_str());
            let ty = cx.ty(&variant.ty);
            quote!(#docs #name(#ty))
        });
    let docs_unknown = DocComment::new()
        .own("What the document does not describe, as it came.")
        .tokens();
    quote! {
        #docs
        #deprecated
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* #docs_unknown Unknown(rt::Value) }
    }
}

/// What is said of a member. What is a type of its own says the rest there.
fn member_docs(cx: &Context<'_>, variant: &Variant, name: &str) -> DocComment {
    let definition = match variant.ty {
        Type::Named(id) => Some(cx.api.type_def(id)),
        _ => None,
    };
    match definition {
        Some(def) if def.docs == variant.docs => {
            DocComment::new().prose(first_paragraph(&variant.docs, name))
        }
        _ => DocComment::new().docs(&variant.docs, name),
    }
}

fn implementation(cx: &Context<'_>, id: TypeId, union: &Union) -> TokenStream {
    let name = cx.type_ident(id);
    let text = cx.names.type_name(id).plain();
    let tag = match &union.tag {
        Tag::Property(tag) => quote!(::std::option::Option::Some(#tag)),
        Tag::Shape | Tag::Event => quote!(::std::option::Option::None),
    };
    let variants: Vec<_> = cx
        .names
        .variants(id)
        .iter()
        .map(|name| ident(name.as_str()))
        .collect();
    let indices: Vec<_> = (0..variants.len()).map(Literal::usize_unsuffixed).collect();
    let table = match &union.tag {
        Tag::Property(tag) => tags(cx, union, tag),
        Tag::Shape | Tag::Event => shapes::shapes(cx, union),
    };
    let rules = rules::function(cx, id);
    quote! {
        impl rt::Union for #name {
            const NAME: &'static str = #text;
            const TAG: ::std::option::Option<&'static str> = #tag;
            const VARIANTS: &'static [rt::Variant] = &[#(#table),*];

            #[inline]
            fn variant(index: usize) -> Self {
                match index {
                    #(#indices => Self::#variants(rt::empty()),)*
                    _ => Self::Unknown(rt::empty()),
                }
            }

            #[inline]
            fn value(&self) -> &dyn rt::Json {
                match self { #(Self::#variants(value) => value,)* Self::Unknown(value) => value }
            }

            #[inline]
            fn value_mut(&mut self) -> &mut dyn rt::Json {
                match self { #(Self::#variants(value) => value,)* Self::Unknown(value) => value }
            }
            #rules
        }
    }
}

/// What gives each member.
fn accessors(cx: &Context<'_>, id: TypeId, union: &Union) -> TokenStream {
    let name = cx.type_ident(id);
    let variants = union.variants.iter().zip(cx.names.variants(id));
    let entries = variants
        .zip(cx.names.member_methods(id))
        .map(|((variant, name), names)| {
            let name = ident(name.as_str());
            let (borrowed, owned) = (ident(names.borrowed.as_str()), ident(names.owned.as_str()));
            let held = held(cx, &variant.ty);
            quote!(#name #borrowed #owned: #held)
        });
    quote!(rt::union_members! { #name { #(#entries,)* } })
}

/// What a member holds, as the runtime's table has it.
fn held(cx: &Context<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::Boxed(inner) => {
            let ty = cx.ty(inner);
            quote!(Boxed(#ty))
        }
        Type::Scalar(Scalar::String) => quote!(Text),
        Type::List(item) => {
            let item = cx.ty(item);
            quote!(List(#item))
        }
        Type::Scalar(Scalar::Bool | Scalar::Integer(_) | Scalar::F32 | Scalar::F64) => {
            let ty = cx.ty(ty);
            quote!(Copied(#ty))
        }
        ty => {
            let ty = cx.ty(ty);
            quote!(Value(#ty))
        }
    }
}

/// The values of the tag that name each member, and its shape where they do not tell it alone.
fn tags(cx: &Context<'_>, union: &Union, property: &str) -> Vec<TokenStream> {
    let shapes = shapes::beside_tags(cx, union, property);
    let tags = union.variants.iter().zip(shapes).enumerate();
    let tags = tags.map(|(index, (variant, shape))| {
        let tags = &variant.tags;
        let mut tagged = quote!(rt::Variant::tagged(&[#(#tags),*]));
        if let Some((id, TypeKind::Struct(_))) = cx
            .api
            .definition(&variant.ty)
            .map(|(id, def)| (id, &def.kind))
        {
            let name = cx.type_ident(id);
            tagged.extend(quote!(.with_fields(<types::#name as rt::Model>::FIELDS)));
        }
        match shape {
            _ if union.fallback == Some(index) => quote!(rt::Variant::fallback(&[#(#tags),*])),
            Some(shape) => quote!(rt::Variant::shaped(&#tagged, &#shape)),
            None => tagged,
        }
    });
    tags.collect()
}
