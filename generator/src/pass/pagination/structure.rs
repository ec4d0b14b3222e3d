//! Recognises lists in pages by what their operations look like: an optional parameter (or a place
//! in the body of a search) that asks for a page, a list in the response, and a fact in the response
//! that leads on. Names count as they are usual everywhere; no vendor's are known.

use super::search::{Found, Items, fact};
use super::{names, search};
use crate::model::{
    Api, Field, Limit, Method, Number, Operation, PageKind, Pagination, Parameter,
    ParameterLocation, Presence, Sent, Struct, Type,
};

pub(super) fn recognise(api: &Api, operation: &Operation) -> Option<Pagination> {
    let page = search::page(api, operation)?;
    let items = search::items(api, operation, page)?;
    // One thing that has a list among its fields is no list.
    if !items.is_plain && operation.path.ends_with('}') {
        return None;
    }
    let list = List {
        api,
        operation,
        page,
        items: &items,
    };
    let (kind, more) = match operation.method {
        Method::Get | Method::Query => list.asked_for()?,
        Method::Post => list.searched()?,
        _ => return None,
    };
    Some(Pagination {
        kind,
        item: items.item.clone(),
        items: items.pointer,
        more,
    })
}

/// A list that may come in pages.
struct List<'a> {
    api: &'a Api,
    operation: &'a Operation,
    page: &'a Type,
    items: &'a Items<'a>,
}

type Recognised = (PageKind, Option<String>);

impl<'a> List<'a> {
    /// A list that the query string asks for. What the page itself says of the next one counts
    /// most, then numbers that come with a total, then numbers alone.
    fn asked_for(&self) -> Option<Recognised> {
        let is_cursor =
            |list: &Self, parameter: &Parameter| search::is_cursor(list.api, &parameter.ty);
        let is_text = |list: &Self, parameter: &Parameter| search::is_text(list.api, &parameter.ty);
        let cursor = self
            .parameter(names::CURSOR, is_cursor)
            .or_else(|| self.parameter(names::PAGE, is_text));
        if let Some((index, parameter)) = cursor
            && let Some(found) = self.by_cursor(Sent::Parameter(index), &parameter.wire)
        {
            return Some(found);
        }
        let by_number = self.by_offset().or_else(|| self.by_page());
        match by_number {
            Some((kind, more)) if more.is_some() || kind.facts().has_end => Some((kind, more)),
            by_number => self
                .next_link()
                .map(|next| PageKind::NextLink { next })
                .or_else(|| {
                    let is_list = self.items.is_plain && self.operation.has_link_header;
                    is_list.then_some(PageKind::LinkHeader)
                })
                .map(|kind| (kind, None))
                .or(by_number),
        }
    }

    /// A list that a request's body asks for. A creation may respond with a list too, so nothing
    /// less will do than a cursor, or a number with a total.
    fn searched(&self) -> Option<Recognised> {
        let body = search::asked(self.operation)?;
        let optional = |found: &Found<'_>| found.field.presence == Presence::Optional;
        let cursor = fact(self.api, body, names::CURSOR, |api, found| {
            optional(found) && search::is_cursor(api, &found.field.ty)
        });
        if let Some(cursor) = cursor {
            let name = &cursor.field.wire;
            return self.by_cursor(Sent::Body(cursor.pointer), name);
        }
        let number = |wanted| {
            fact(self.api, body, wanted, |api, found| {
                optional(found) && search::is_number(api, &found.field.ty)
            })
        };
        number(names::LIMIT)?;
        let numbered = |sent: Sent, field: &Field, is_page: bool| {
            let first = first_of(field.default.as_ref(), field.constraints.range.min);
            if is_page {
                self.page_number(sent, first)
            } else {
                self.offset(sent, first, &field.wire)
            }
        };
        let found = match number(names::OFFSET) {
            Some(offset) => numbered(Sent::Body(offset.pointer), offset.field, false),
            None => {
                let page = number(names::PAGE)?;
                numbered(Sent::Body(page.pointer), page.field, true)
            }
        };
        found.0.facts().has_end.then_some(found)
    }

    fn by_cursor(&self, sent: Sent, name: &str) -> Option<Recognised> {
        let more = self.more();
        let cursor = |wanted, perhaps: bool| {
            fact(self.api, self.page, wanted, |api, found| {
                let is_link = found
                    .pointer
                    .split('/')
                    .any(|step| names::is(step, names::LINKS));
                let ends = !perhaps || found.may_be_missing() || more.is_some();
                !is_link && ends && search::is_cursor(api, &found.field.ty)
            })
        };
        let next = cursor(names::NEXT, false)
            .or_else(|| cursor(names::NEXT_PERHAPS, true))
            .or_else(|| {
                let last = cursor(names::LAST_ID, true)?;
                more.is_some().then_some(last)
            });
        if let Some(next) = next {
            let next = next.pointer;
            return Some((PageKind::Cursor { sent, next }, more));
        }
        // The id of the last item, where the page says that there is more and nothing else.
        let id = search::record(self.api, self.items.item)?
            .fields
            .iter()
            .find(|field| field.wire == "id" && search::is_cursor(self.api, &field.ty))?;
        (more.is_some() && names::is(name, names::AFTER)).then(|| {
            let id = search::key(&id.wire);
            (PageKind::LastItem { sent, id }, more)
        })
    }

    fn by_offset(&self) -> Option<Recognised> {
        let is_number = |list: &Self, parameter: &Parameter| {
            search::is_number(list.api, &parameter.ty)
                || (search::is_text(list.api, &parameter.ty) && list.number(names::TOTAL).is_some())
        };
        let has = |wanted| self.any_parameter(wanted);
        let offset = self.parameter(names::OFFSET, is_number).or_else(|| {
            // `from` may begin a span of time as well as a page.
            (has(names::LIMIT) && !has(names::END))
                .then(|| self.parameter(names::OFFSET_PERHAPS, is_number))?
        });
        let (index, parameter) = offset?;
        let first = first_of(parameter.default.as_ref(), parameter.constraints.range.min);
        Some(self.offset(Sent::Parameter(index), first, &parameter.wire))
    }

    fn offset(&self, sent: Sent, first: Option<u64>, name: &str) -> Recognised {
        // SCIM counts from one (RFC 7644, section 3.4.2.4).
        let is_scim = names::is(name, &["startindex"])
            && self.number(&["totalresults"]).is_some()
            && self.number(&["itemsperpage"]).is_some();
        let kind = PageKind::Offset {
            sent,
            first: first.unwrap_or(u64::from(is_scim)),
            total: self.total(),
        };
        (kind, self.more())
    }

    fn by_page(&self) -> Option<Recognised> {
        let (index, parameter) = self.parameter(names::PAGE, |list, parameter| {
            search::is_number(list.api, &parameter.ty)
        })?;
        let first = first_of(parameter.default.as_ref(), parameter.constraints.range.min);
        Some(self.page_number(Sent::Parameter(index), first))
    }

    fn page_number(&self, sent: Sent, first: Option<u64>) -> Recognised {
        let kind = PageKind::PageNumber {
            sent,
            first,
            // Whoever says where counting begins need not be asked.
            current: first
                .is_none()
                .then(|| self.number(names::CURRENT))
                .flatten(),
            pages: self.number(names::PAGES),
            total: self.total(),
        };
        (kind, self.more())
    }

    /// The next page's address in the page.
    fn next_link(&self) -> Option<String> {
        let named = fact(self.api, self.page, names::NEXT_LINK, |api, found| {
            search::is_text(api, &found.field.ty)
        });
        if let Some(found) = named {
            return Some(found.pointer);
        }
        let links = fact(self.api, self.page, names::LINKS, |_, _| true)?;
        let next = self.link_in(&links)?;
        Some(links.pointer + &next)
    }

    /// The pointer of the next page's address within links: `next`, a text or an object with
    /// `href`.
    fn link_in(&self, links: &Found<'_>) -> Option<String> {
        let (key, link) = match search::open(self.api, &links.field.ty) {
            // Any link may be among them. That there are pages is known by the size of one.
            Type::Map(link) if self.items.is_plain && self.any_parameter(names::LIMIT) => {
                ("/next".to_owned(), link.as_ref())
            }
            ty => {
                let next = field(search::record(self.api, ty)?, &["next", "nextpage"])?;
                (search::key(&next.wire), &next.ty)
            }
        };
        if search::is_text(self.api, link) {
            return Some(key);
        }
        let href = field(search::record(self.api, link)?, &["href", "url"])?;
        search::is_text(self.api, &href.ty).then(|| key + &search::key(&href.wire))
    }

    /// An optional query parameter with one of these names, the first name first.
    fn parameter(
        &self,
        wanted: &[&str],
        fits: impl Fn(&Self, &Parameter) -> bool,
    ) -> Option<(usize, &'a Parameter)> {
        let parameters = self.operation.parameters.iter().enumerate();
        let mut parameters = parameters.filter(|(_, parameter)| {
            parameter.place == ParameterLocation::Query
                && !parameter.required
                && fits(self, parameter)
        });
        let all: Vec<_> = parameters.by_ref().collect();
        wanted.iter().find_map(|name| {
            let mut all = all.iter();
            all.find(|(_, parameter)| names::plain(&parameter.wire) == *name)
                .copied()
        })
    }

    fn any_parameter(&self, wanted: &[&str]) -> bool {
        let mut parameters = self.operation.parameters.iter();
        parameters.any(|parameter| names::is(&parameter.wire, wanted))
    }

    fn more(&self) -> Option<String> {
        let flag = fact(self.api, self.page, names::MORE, |api, found| {
            search::is_flag(api, &found.field.ty)
        });
        flag.map(|found| found.pointer)
    }

    fn number(&self, wanted: &[&str]) -> Option<String> {
        let found = fact(self.api, self.page, wanted, |api, found| {
            search::is_number(api, &found.field.ty)
        });
        found.map(|found| found.pointer)
    }

    /// The number of items in all. Within `page`, `total` is as often a number of pages, and a
    /// `count` is that of this page, unless it stands beside the links of Django's lists.
    fn total(&self) -> Option<String> {
        let total = self.number(names::TOTAL);
        total.filter(|at| !at.ends_with("/page/total")).or_else(|| {
            let top = search::record(self.api, self.page)?;
            field(top, &["next"])?;
            field(top, &["previous"])?;
            let count = field(top, &["count"])?;
            search::is_number(self.api, &count.ty).then(|| search::key(&count.wire))
        })
    }
}

/// Where counting begins, as far as a default or a bound says.
fn first_of(default: Option<&serde_json::Value>, min: Option<Limit>) -> Option<u64> {
    let default = default.and_then(|default| match default {
        serde_json::Value::String(text) => text.parse::<i64>().ok().map(Number::from),
        default => default.as_f64().map(Number::from),
    });
    let known = |first: Number| match first {
        Number::Integer(0) => Some(0),
        Number::Integer(1) => Some(1),
        _ => None,
    };
    let min = match min {
        Some(Limit::Inclusive(min)) => known(min),
        Some(Limit::Exclusive(Number::Integer(0))) => Some(1),
        _ => None,
    };
    default.and_then(known).or(min)
}

fn field<'a>(record: &'a Struct, wanted: &[&str]) -> Option<&'a Field> {
    let mut fields = record.fields.iter();
    fields.find(|field| names::is(&field.wire, wanted))
}
