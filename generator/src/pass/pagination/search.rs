//! Finding a field within a type, by a pointer or by its name.

use super::names;
use crate::diagnostic::Pointer;
use crate::model::{
    Api, Content, Field, Operation, Presence, Response, Scalar, Struct, Type, TypeKind,
};

/// How deep facts about a page lie at most (`meta.pagination.next_cursor`).
const DEPTH: usize = 3;

/// A type without null, boxes and aliases.
pub(super) fn open<'a>(api: &'a Api, mut ty: &'a Type) -> &'a Type {
    // Nobody nests them deeper; the bound only ends the walk.
    for _ in 0..16 {
        match api.resolve(ty) {
            Type::Nullable(inner) => ty = inner,
            ty => return ty,
        }
    }
    ty
}

/// The fields of a type that has any.
pub(super) fn record<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Struct> {
    match open(api, ty) {
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Struct(record) => Some(record),
            _ => None,
        },
        _ => None,
    }
}

/// The type of a response that is JSON.
pub(super) fn answer(response: &Response) -> Option<&Type> {
    match response.content() {
        Some(Content::Json(ty)) => Some(ty),
        _ => None,
    }
}

/// The type of a request body that is JSON.
pub(super) fn asked(operation: &Operation) -> Option<&Type> {
    match &operation.body.as_ref()?.contents.first()?.content {
        Content::Json(ty) => Some(ty),
        _ => None,
    }
}

/// What a pointer leads to, as far as types say.
pub(super) fn at<'a>(api: &'a Api, mut ty: &'a Type, pointer: &str) -> Option<&'a Type> {
    for step in Pointer::parse(pointer)?.segments() {
        ty = match open(api, ty) {
            Type::Map(value) => value,
            untyped @ Type::Any(_) => untyped,
            ty => {
                let record = record(api, ty)?;
                let field = record.fields.iter().find(|field| field.wire == *step);
                match (field, &record.additional) {
                    (Some(field), _) => &field.ty,
                    (None, Some(additional)) => additional,
                    (None, None) => return None,
                }
            }
        };
    }
    Some(open(api, ty))
}

/// A field that was found: where, and what it is.
pub(super) struct Found<'a> {
    pub(super) pointer: String,
    pub(super) field: &'a Field,
}

impl Found<'_> {
    /// Whether it can say by its absence or by null that there is nothing.
    pub(super) fn may_be_missing(&self) -> bool {
        self.field.presence == Presence::Optional || matches!(self.field.ty, Type::Nullable(_))
    }
}

/// A fact about the page with one of these names that passes the test: the first name counts
/// first, then what lies nearer to the top.
pub(super) fn fact<'a>(
    api: &'a Api,
    page: &'a Type,
    wanted: &[&str],
    fits: impl Fn(&Api, &Found<'a>) -> bool,
) -> Option<Found<'a>> {
    let mut all = Vec::new();
    facts(api, page, "", DEPTH, &mut all);
    wanted.iter().find_map(|name| {
        let at = all
            .iter()
            .position(|found| names::plain(&found.field.wire) == *name && fits(api, found))?;
        Some(all.swap_remove(at))
    })
}

/// All fields of a page and of what stands around its items, those at the top first.
fn facts<'a>(api: &'a Api, ty: &'a Type, at: &str, depth: usize, all: &mut Vec<Found<'a>>) {
    let Some(record) = record(api, ty).filter(|_| depth > 0) else {
        return;
    };
    all.extend(record.fields.iter().map(|field| Found {
        pointer: format!("{at}{}", key(&field.wire)),
        field,
    }));
    for field in &record.fields {
        let is_wrapper = at.is_empty() && names::is(&field.wire, names::WRAPPERS);
        if is_wrapper || names::is(&field.wire, names::AROUND) {
            let at = format!("{at}{}", key(&field.wire));
            facts(api, &field.ty, &at, depth - 1, all);
        }
    }
}

/// The items of a page.
pub(super) struct Items<'a> {
    /// Where they are.
    pub(super) pointer: String,
    /// What one is.
    pub(super) item: &'a Type,
    /// Whether more speaks for them than that there is no other list: their name, their place.
    pub(super) is_plain: bool,
}

/// The items of a page, where it has any.
pub(super) fn items<'a>(api: &'a Api, operation: &Operation, page: &'a Type) -> Option<Items<'a>> {
    if let Type::List(item) = page {
        return Some(Items {
            pointer: String::new(),
            item,
            is_plain: true,
        });
    }
    within(api, operation, record(api, page)?, DEPTH)
}

/// The items of a record, or of the one thing in it that the whole is wrapped in.
fn within<'a>(
    api: &'a Api,
    operation: &Operation,
    top: &'a Struct,
    depth: usize,
) -> Option<Items<'a>> {
    if let Some(found) = list(api, operation, top) {
        return Some(found);
    }
    let mut wrapped = top
        .fields
        .iter()
        .filter(|field| depth > 1 && names::is(&field.wire, names::WRAPPERS))
        .filter_map(|field| {
            let inner = record(api, &field.ty)?;
            let found = within(api, operation, inner, depth - 1)?;
            Some(Items {
                pointer: key(&field.wire) + &found.pointer,
                ..found
            })
        });
    let (Some(found), None) = (wrapped.next(), wrapped.next()) else {
        return None;
    };
    Some(found)
}

/// The list of a record: the one that is called what the operation lists, or what lists are
/// called, or else the only one.
fn list<'a>(api: &'a Api, operation: &Operation, record: &'a Struct) -> Option<Items<'a>> {
    let lists: Vec<(&Field, &Type)> = record
        .fields
        .iter()
        .filter(|field| !names::is(&field.wire, names::ASIDE))
        .filter_map(|field| match open(api, &field.ty) {
            Type::List(item) => Some((field, item.as_ref())),
            _ => None,
        })
        .collect();
    let listed = operation
        .path
        .rsplit('/')
        .find(|segment| !segment.is_empty() && !segment.contains('{'))
        .map(names::plain);
    let called = |name: &str| {
        let mut lists = lists.iter();
        lists.find(|(field, _)| names::plain(&field.wire) == name)
    };
    let named = listed
        .as_deref()
        .and_then(called)
        .or_else(|| names::ITEMS.iter().find_map(|name| called(name)));
    let (field, item) = named.or(match lists.as_slice() {
        [only] => Some(only),
        _ => None,
    })?;
    Some(Items {
        pointer: key(&field.wire),
        item,
        is_plain: named.is_some(),
    })
}

/// A text or number without a meaning of its own, as cursors are.
pub(super) fn is_cursor(api: &Api, ty: &Type) -> bool {
    match open(api, ty) {
        Type::Scalar(Scalar::Text(format)) => format.facts().is_cursor,
        ty => matches!(ty, Type::Scalar(Scalar::String | Scalar::Integer(_))),
    }
}

pub(super) fn is_text(api: &Api, ty: &Type) -> bool {
    *open(api, ty) == Type::Scalar(Scalar::String)
}

pub(super) fn is_number(api: &Api, ty: &Type) -> bool {
    matches!(
        open(api, ty),
        Type::Scalar(Scalar::Integer(_) | Scalar::F64 | Scalar::F32)
    )
}

pub(super) fn is_flag(api: &Api, ty: &Type) -> bool {
    *open(api, ty) == Type::Scalar(Scalar::Bool)
}

/// The JSON pointer of a key.
pub(super) fn key(key: &str) -> String {
    Pointer::root().key(key).as_str().to_owned()
}

/// The type that all of an operation's pages are: that of its one success with a body.
pub(super) fn page<'a>(api: &'a Api, operation: &'a Operation) -> Option<&'a Type> {
    let mut successes = operation.successes();
    let (Some(success), None) = (successes.next(), successes.next()) else {
        return None;
    };
    Some(open(api, answer(success)?))
}
