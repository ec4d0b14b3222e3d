//! Aliases: another name of a type.

use quote::quote;

use super::docs::type_docs;
use crate::emit::attributes;
use crate::emit::context::Context;
use crate::model::{Type, TypeId};
use crate::tokens::Tokens;

pub(super) fn item(cx: &Context<'_>, id: TypeId, target: &Type) -> Tokens {
    let def = cx.api.type_def(id);
    let deprecated = attributes::deprecated(&def.docs);
    let name = cx.type_ident(id);
    // Whether null is allowed stands where the alias is used.
    let target = match target {
        Type::Nullable(inner) => cx.ty(inner),
        ty => cx.ty(ty),
    };
    let mut alias = Tokens::default();
    type_docs(cx, id).push_to(&mut alias);
    alias.extend(quote!(#deprecated pub type #name = #target;));
    alias
}
