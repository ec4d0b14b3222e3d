//! What of an operation stands in its group's file beside the methods.

use proc_macro2::TokenStream;

use super::context::OperationContext;
use super::{builder, forms, headers, responses, tables};
use crate::tokens::Tokens;

/// The items, in their order.
pub(super) fn items(op: &OperationContext<'_>) -> Vec<Tokens> {
    let mut items = tokens(tables::tables(op));
    items.push(builder::definition(op).into());
    items.push(builder::methods(op));
    items.push(builder::per_call(op).into());
    items.extend(tokens(responses::success_enum(op)));
    items.extend(tokens(responses::error_enum(op)));
    items.extend(tokens(forms::items(op)));
    items.extend(tokens(headers::items(op)));
    items
}

fn tokens(items: Vec<TokenStream>) -> Vec<Tokens> {
    items.into_iter().map(Tokens::from).collect()
}
