//! Lists that come in pages.
//!
//! Generated code says how an operation's pages hang together, as data ([`Pagination`]). One
//! engine, which is not generic, asks for page after page; [`Items`] and [`Pages`] are the typed
//! shells around it.

mod advance;
mod engine;
mod link;
mod stream;

pub use stream::{Items, Pages};

use crate::api::Param;

/// How the pages of an operation hang together.
#[derive(Debug)]
pub struct Pagination {
    /// What leads from a page to the next.
    pub kind: PageKind,
    /// Where a page's items are: a JSON pointer, empty for the body itself.
    pub items: &'static str,
}

/// What leads from a page to the next. `next`, `more`, `total` and `pages` are JSON pointers.
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
    /// The same, and the page says itself whether another follows.
    CursorWhile {
        /// The parameter that sends the cursor.
        param: &'static Param,
        /// Where the page holds it.
        next: &'static str,
        /// Where the page says, true or false, whether another follows.
        more: &'static str,
    },
    /// The next request says how many items to pass over: all that came so far. The last page is
    /// the one that reaches the total, or has no items.
    Offset {
        /// The parameter that sends the number of items to pass over.
        offset: &'static Param,
        /// Where the page holds the number of items in all.
        total: Option<&'static str>,
    },
    /// The next request says the number of its page. The last page is the one whose number is
    /// the number of pages, or has no items.
    PageNumber {
        /// The parameter that sends the page's number.
        page: &'static Param,
        /// The number of the first page.
        first: u64,
        /// Where the page holds the number of pages.
        pages: Option<&'static str>,
    },
    /// The page holds the next one's address, whole or relative. The last page holds none.
    NextLink {
        /// Where the page holds it.
        next: &'static str,
    },
    /// The `Link` header holds the next page's address, as `rel="next"`.
    LinkHeader,
}
