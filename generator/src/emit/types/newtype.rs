//! Newtypes: a struct around one value of another type.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::type_docs;
use super::rules;
use crate::emit::attributes;
use crate::emit::context::Context;
use crate::model::{Type, TypeId};

pub(super) fn items(cx: &Context<'_>, id: TypeId, target: &Type) -> Vec<TokenStream> {
    let def = cx.api.type_def(id);
    let docs = type_docs(cx, id).tokens();
    let deprecated = attributes::deprecated(&def.docs);
    let name = cx.type_ident(id);
    let inner = cx.ty(target);
    let rules = rules::function(cx, id);
    let with_rules = (!rules.is_empty()).then(|| quote!(, rules));
    let definition = quote! {
        #docs
        #deprecated
        #[derive(Clone)]
        pub struct #name(pub #inner);
    };
    let implementation = quote! {
        impl rt::Newtype for #name {
            type Inner = #inner;

            fn wrap(inner: Self::Inner) -> Self {
                Self(inner)
            }

            fn get(&self) -> &Self::Inner {
                &self.0
            }

            fn get_mut(&mut self) -> &mut Self::Inner {
                &mut self.0
            }
            #rules
        }
    };
    vec![
        definition,
        implementation,
        quote!(rt::impl_newtype!(#name #with_rules);),
    ]
}
