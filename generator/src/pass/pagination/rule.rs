//! Pages as somebody has said that they are followed. What a rule leaves out is looked for; what
//! it names must be there.

use super::{names, search};
use crate::model::{Api, Operation, PageKind, PageRule, Pagination, Sent, Type};

/// The pagination that a rule comes to, or why there is none.
pub(super) fn follow(
    api: &Api,
    operation: &Operation,
    rule: &PageRule,
) -> Result<Pagination, String> {
    let Some(page) = search::page(api, operation) else {
        return Err("the operation has not one success alone that is JSON".to_owned());
    };
    let (items, item) = match &rule.items {
        Some(pointer) => match search::at(api, page, pointer) {
            Some(Type::List(item)) => (pointer.clone(), item.as_ref()),
            Some(untyped @ Type::Any(_)) => (pointer.clone(), untyped),
            _ => return Err(format!("there is no list at `{pointer}` in the response")),
        },
        None => search::items(api, operation, page)
            .map(|items| (items.pointer, items.item))
            .ok_or("the response has not one list alone; `items` is to say which one it is")?,
    };
    for pointer in within_page(rule).into_iter().flatten() {
        if search::at(api, page, pointer).is_none() {
            return Err(format!("there is nothing at `{pointer}` in the response"));
        }
    }
    if let Some(pointer) = &rule.last_item
        && search::at(api, item, pointer).is_none()
    {
        return Err(format!("there is nothing at `{pointer}` in an item"));
    }
    Ok(Pagination {
        kind: kind(api, operation, rule, page)?,
        items,
        item: item.clone(),
        more: rule.more.clone(),
    })
}

/// What a rule says of places within a page.
fn within_page(rule: &PageRule) -> [&Option<String>; 6] {
    // Key by key, so that none is forgotten: the others are no such places.
    let PageRule {
        cursor: _,
        next,
        last_item: _,
        offset: _,
        page: _,
        first: _,
        current,
        pages,
        total,
        next_link,
        link_header: _,
        more,
        items: _,
    } = rule;
    [next, current, pages, total, more, next_link]
}

fn kind(
    api: &Api,
    operation: &Operation,
    rule: &PageRule,
    page: &Type,
) -> Result<PageKind, String> {
    let sent = |name: &String| sent(api, operation, name);
    let any_number = |wanted| {
        let found = search::fact(api, page, wanted, |api, found| {
            search::is_number(api, &found.field.ty)
        });
        found.map(|found| found.pointer)
    };
    let kinds = (&rule.cursor, &rule.offset, &rule.page, &rule.next_link);
    Ok(match (kinds, rule.link_header) {
        ((Some(cursor), None, None, None), false) => match (&rule.next, &rule.last_item) {
            (Some(next), None) => PageKind::Cursor {
                sent: sent(cursor)?,
                next: next.clone(),
            },
            (None, Some(id)) => PageKind::LastItem {
                sent: sent(cursor)?,
                id: id.clone(),
            },
            _ => return Err("with `cursor` goes one of `next` and `last-item`".to_owned()),
        },
        ((None, Some(offset), None, None), false) => PageKind::Offset {
            sent: sent(offset)?,
            first: rule.first.unwrap_or(0),
            total: rule.total.clone().or_else(|| any_number(names::TOTAL)),
        },
        ((None, None, Some(number), None), false) => PageKind::PageNumber {
            sent: sent(number)?,
            first: rule.first,
            // Who says where counting begins is not contradicted by what a page says.
            current: rule.current.clone(),
            pages: rule.pages.clone().or_else(|| any_number(names::PAGES)),
            total: rule.total.clone().or_else(|| any_number(names::TOTAL)),
        },
        ((None, None, None, Some(next)), false) => PageKind::NextLink { next: next.clone() },
        ((None, None, None, None), true) => PageKind::LinkHeader,
        _ => {
            let kinds = "`cursor`, `offset`, `page`, `next-link` and `link-header`";
            return Err(format!("it is to have one of {kinds}, and one alone"));
        }
    })
}

/// The parameter of a name, or the place in the body that a pointer names.
fn sent(api: &Api, operation: &Operation, name: &str) -> Result<Sent, String> {
    if !name.starts_with('/') {
        let mut parameters = operation.parameters.iter();
        return match parameters.position(|parameter| parameter.wire == name) {
            Some(index) => Ok(Sent::Parameter(index)),
            None => Err(format!("the operation has no parameter `{name}`")),
        };
    }
    match search::asked(operation).and_then(|body| search::at(api, body, name)) {
        Some(_) => Ok(Sent::Body(name.to_owned())),
        None => Err(format!(
            "there is nothing at `{name}` in the request's body"
        )),
    }
}
