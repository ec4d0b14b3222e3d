//! Recognises lists that come in pages from what their operations look like.
//!
//! An operation is paged by cursor when it takes an optional cursor in the query, and its answer is
//! an object with one list and with the next page's cursor, which may be null or missing.

use crate::model::{
    Api, Content, Field, Operation, PageKind, Pagination, Parameter, Place, Presence, Scalar,
    Struct, Type, TypeKind,
};

/// What cursors are called in queries.
const CURSOR_PARAMETERS: [&str; 8] = [
    "cursor",
    "page_token",
    "pagetoken",
    "next_token",
    "nexttoken",
    "page_cursor",
    "after",
    "continuation_token",
];

/// What the next page's cursor is called in answers.
const NEXT_FIELDS: [&str; 9] = [
    "next",
    "next_cursor",
    "nextcursor",
    "next_page_token",
    "nextpagetoken",
    "next_token",
    "nexttoken",
    "continuation_token",
    "cursor",
];

pub(super) fn recognise(api: &mut Api) {
    let found: Vec<Option<Pagination>> = api
        .operations
        .iter()
        .map(|operation| pagination(api, operation))
        .collect();
    for (operation, pagination) in api.operations.iter_mut().zip(found) {
        operation.pagination = pagination;
    }
}

fn pagination(api: &Api, operation: &Operation) -> Option<Pagination> {
    let parameter = operation
        .parameters
        .iter()
        .position(|parameter| is_cursor(api, parameter))?;
    let page = page(api, operation)?;
    let next = page.fields.iter().find(|field| is_next(api, field))?;
    let (items, item) = items(api, page)?;
    Some(Pagination {
        kind: PageKind::Cursor {
            parameter,
            next: pointer(&next.wire),
        },
        items: pointer(&items.wire),
        item: item.clone(),
    })
}

fn is_cursor(api: &Api, parameter: &Parameter) -> bool {
    parameter.place == Place::Query
        && !parameter.required
        && CURSOR_PARAMETERS.contains(&plain(&parameter.wire).as_str())
        && *api.resolve(&parameter.ty) == Type::Scalar(Scalar::String)
}

fn is_next(api: &Api, field: &Field) -> bool {
    let may_be_missing =
        field.presence == Presence::Optional || matches!(field.ty, Type::Nullable(_));
    may_be_missing
        && NEXT_FIELDS.contains(&plain(&field.wire).as_str())
        && *api.resolve(without_null(&field.ty)) == Type::Scalar(Scalar::String)
}

/// The one success that all of an operation's pages are.
fn page<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a Struct> {
    let mut successes = operation.successes();
    let (Some(success), None) = (successes.next(), successes.next()) else {
        return None;
    };
    let Some(Content::Json(ty)) = success.content() else {
        return None;
    };
    let Type::Named(id) = api.resolve(ty) else {
        return None;
    };
    match &api.type_def(*id).kind {
        TypeKind::Struct(page) => Some(page),
        _ => None,
    }
}

/// The only list of a page.
fn items<'a>(api: &'a Api, page: &'a Struct) -> Option<(&'a Field, &'a Type)> {
    let mut lists =
        page.fields
            .iter()
            .filter_map(|field| match api.resolve(without_null(&field.ty)) {
                Type::List(item) => Some((field, item.as_ref())),
                _ => None,
            });
    let (Some(found), None) = (lists.next(), lists.next()) else {
        return None;
    };
    Some(found)
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    }
}

fn plain(name: &str) -> String {
    name.to_ascii_lowercase().replace('-', "_")
}

/// The JSON pointer of a key.
fn pointer(key: &str) -> String {
    crate::diagnostic::Pointer::root()
        .key(key)
        .as_str()
        .to_owned()
}
