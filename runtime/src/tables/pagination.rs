//! How one page leads to the next. [`page`](crate::page) follows it.

use super::parameter::Param;

/// How the pages of an operation hang together.
#[derive(Debug)]
pub struct Pagination {
    /// What leads from a page to the next.
    pub kind: PageKind,
    /// Where a page's items are: a JSON pointer, empty for the body itself.
    pub items: &'static str,
    /// Where a page says whether another follows: a JSON pointer. False, null, zero, an empty text
    /// and nothing at all say that none does.
    pub more: Option<&'static str>,
}

/// What leads from a page to the next. `next`, `id`, `total`, `current` and `pages` are JSON
/// pointers.
///
/// A page that is merely shorter than the one asked for is never the last: servers cap sizes and
/// filter what they found. So a walk by numbers ends at the total, or with a page without items.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageKind {
    /// The page holds a cursor, which the next request sends. The last page holds none.
    Cursor {
        /// The parameter that sends the cursor.
        param: &'static Param,
        /// Where the page holds it.
        next: &'static str,
    },
    /// The last item's id is the cursor. The last page has no items.
    LastItem {
        /// The parameter that sends the id.
        param: &'static Param,
        /// Where an item holds its id.
        id: &'static str,
    },
    /// The next request says how many items to pass over: all that came so far.
    Offset {
        /// The parameter that sends the number of items to pass over.
        offset: &'static Param,
        /// The offset of the first item.
        first: u64,
        /// Where the page holds the number of items in all.
        total: Option<&'static str>,
    },
    /// The next request says the number of its page.
    PageNumber {
        /// The parameter that sends the page's number.
        page: &'static Param,
        /// The number of the first page. Where nobody says it, page 1 is asked for after the
        /// first: it is the first once more, and passed over, or the second.
        first: Option<u64>,
        /// Where the page holds its own number, which is believed above `first`.
        current: Option<&'static str>,
        /// Where the page holds the number of pages.
        pages: Option<&'static str>,
        /// Where the page holds the number of items in all.
        total: Option<&'static str>,
    },
    /// The page holds the next one's address, whole or relative. The last page holds none.
    NextLink {
        /// Where the page holds it.
        next: &'static str,
    },
    /// The `Link` header holds the next page's address, as `rel="next"`.
    LinkHeader,
}
