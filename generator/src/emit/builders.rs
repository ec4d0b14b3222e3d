//! How callers build a struct: `new` with what is required, a setter for each of the others.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::arguments::Argument;
use super::context::{Context, ident};
use super::docs::{DocComment, code};
use super::tokens::Tokens;
use crate::model::{
    Access, Field, Holding, Presence, Scalar, Struct, Type, TypeDef, TypeId, TypeKind,
};
use crate::name::{FieldName, MethodName};

pub(super) fn items(cx: &Context<'_>, id: TypeId, record: &Struct) -> Vec<Tokens> {
    let def = cx.api.type_def(id);
    let given = given(cx, id, def, record);
    let constructor = constructor(cx, id, def, record, &given);
    if !given.is_empty() {
        return vec![constructor];
    }
    let name = cx.type_ident(id);
    let default = quote! {
        impl ::std::default::Default for #name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    vec![constructor, default.into()]
}

/// Whether `new` asks for the field.
pub(super) fn is_argument(cx: &Context<'_>, field: &Field) -> bool {
    is_demanded(field) && constant(cx, field).is_none()
}

/// Whether a setter takes the field.
pub(super) fn is_set(field: &Field) -> bool {
    !is_demanded(field) && field.access != Access::ReadOnly
}

fn is_demanded(field: &Field) -> bool {
    field.presence == Presence::Required && field.access != Access::ReadOnly
}

/// The one value that a field can have which must be there: nobody need be asked for it.
fn constant(cx: &Context<'_>, field: &Field) -> Option<TokenStream> {
    if !is_demanded(field) {
        return None;
    }
    let value = match cx.api.resolve(&field.ty) {
        Type::Scalar(Scalar::Bool) => {
            let only = cx.demands(&field.ty, &field.constraints).boolean?;
            quote!(#only)
        }
        Type::Named(id) => match &cx.api.type_def(*id).kind {
            TypeKind::Enum(list) if list.values.len() == 1 => {
                let name = cx.type_ident(*id);
                let variant = ident(cx.names.variants(*id).first()?.as_str());
                quote!(types::#name::#variant)
            }
            _ => return None,
        },
        _ => return None,
    };
    Some(match field.ty {
        Type::Boxed(_) => quote!(::std::boxed::Box::new(#value)),
        _ => value,
    })
}

/// What must be given: each field's name, and how it is taken.
fn given(cx: &Context<'_>, id: TypeId, def: &TypeDef, record: &Struct) -> Vec<(Ident, Argument)> {
    let fields = record.fields.iter().zip(cx.names.fields(id));
    let fields = fields.filter(|(field, _)| is_argument(cx, field));
    let fields = fields.map(|(field, name)| (name, field.held(), cx.api.holding(def, field)));
    let mixins = record.mixins.iter().zip(cx.names.mixins(id));
    let mixins = mixins.map(|(ty, name)| (name, ty, Holding::Plain));
    let all = fields.chain(mixins).enumerate();
    all.map(|(index, (name, ty, holding))| {
        let name = ident(name.as_str());
        let argument = cx.held_argument(ty, holding, &name, index);
        (name, argument)
    })
    .collect()
}

fn constructor(
    cx: &Context<'_>,
    id: TypeId,
    def: &TypeDef,
    record: &Struct,
    given: &[(Ident, Argument)],
) -> Tokens {
    let name = cx.type_ident(id);
    let fields: Vec<_> = record.fields.iter().zip(cx.names.fields(id)).collect();
    let forms: Vec<_> = given
        .iter()
        .filter_map(|(_, argument)| argument.form.as_ref())
        .collect();
    let generics = (!forms.is_empty()).then(|| quote!(<#(#forms),*>));
    let arguments = given.iter().map(|(name, argument)| {
        let ty = &argument.ty;
        quote!(#name: #ty)
    });
    let values = given.iter().map(|(name, argument)| {
        let value = &argument.value;
        if *name == value.to_string() {
            quote!(#name)
        } else {
            quote!(#name: #value)
        }
    });
    let others = fields.iter().filter(|(field, _)| !is_argument(cx, field));
    let others = others.map(|(field, name)| {
        let name = ident(name.as_str());
        let value = constant(cx, field).unwrap_or_else(|| quote!(rt::empty()));
        quote!(#name: #value)
    });
    let additional = record.additional.iter().map(|_| {
        let name = ident(cx.names.additional(id).as_str());
        quote!(#name: rt::empty())
    });
    let docs = "Builds one with what is required; everything else is left out.";
    let mut implementation = Tokens::from(quote!(impl #name));
    implementation.braces(|members| {
        DocComment::new().own(docs).push_to(members);
        members.extend(quote! {
            #[must_use]
            pub fn new #generics(#(#arguments,)*) -> Self {
                Self { #(#values,)* #(#others,)* #(#additional,)* }
            }
        });
        let setters = fields.iter().zip(cx.names.setters(id));
        for ((field, name), method) in setters.filter(|((field, _), _)| is_set(field)) {
            let docs = DocComment::new().own(format!("Sets {}.", code(&field.wire)));
            docs.push_to(members);
            members.extend(setter(cx, def, field, name, method));
        }
    });
    implementation
}

fn setter(
    cx: &Context<'_>,
    def: &TypeDef,
    field: &Field,
    name: &FieldName,
    method: &MethodName,
) -> TokenStream {
    let deprecated = super::attributes::deprecated(&field.docs);
    let (name, method) = (ident(name.as_str()), ident(method.as_str()));
    let holding = cx.api.holding(def, field);
    let held = match holding {
        // It may be left out: that is said by not calling this.
        Holding::Optional => Holding::Plain,
        holding => holding,
    };
    let argument = cx.held_argument(field.held(), held, &name, 0);
    let (ty, value) = (argument.ty, argument.value);
    let generics = argument.form.map(|form| quote!(<#form>));
    let value = match holding {
        Holding::Optional => quote!(::std::option::Option::Some(#value)),
        Holding::Plain | Holding::Nullable => value,
    };
    quote! {
        #deprecated
        #[must_use]
        pub fn #method #generics(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}
