//! How lists that come in pages are followed.

use serde::Deserialize;

use super::Type;

/// How an operation's pages are followed.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// What leads from one page to the next.
    pub kind: PageKind,
    /// The JSON pointer of the items within a page.
    pub items: String,
    /// The type of one item.
    pub item: Type,
    /// The JSON pointer of what says, within a page, whether another follows.
    pub more: Option<String>,
}

/// What leads from one page to the next. All texts are JSON pointers within a page.
#[derive(Debug, Clone, PartialEq)]
pub enum PageKind {
    /// The page holds the next page's cursor.
    Cursor {
        /// Where the request sends the cursor.
        sent: Sent,
        /// The cursor within a page.
        next: String,
    },
    /// The last item's id is the cursor.
    LastItem {
        /// Where the request sends the id.
        sent: Sent,
        /// The id within an item.
        id: String,
    },
    /// The request says how many items to pass over.
    Offset {
        /// Where it says so.
        sent: Sent,
        /// The offset of the first item.
        first: u64,
        /// The number of items in all.
        total: Option<String>,
    },
    /// The request says the number of its page.
    PageNumber {
        /// Where it says so.
        sent: Sent,
        /// The number of the first page, where the document says it.
        first: Option<u64>,
        /// The page's own number.
        current: Option<String>,
        /// The number of pages.
        pages: Option<String>,
        /// The number of items in all.
        total: Option<String>,
    },
    /// The page holds the next page's address.
    NextLink {
        /// The address within a page.
        next: String,
    },
    /// The `Link` header holds the next page's address.
    LinkHeader,
}

impl PageKind {
    /// The name of the kind.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Cursor { .. } => "cursor",
            Self::LastItem { .. } => "last-item",
            Self::Offset { .. } => "offset",
            Self::PageNumber { .. } => "page-number",
            Self::NextLink { .. } => "next-link",
            Self::LinkHeader => "link-header",
        }
    }

    /// Whether a page says where the list ends.
    #[must_use]
    pub fn has_end(&self) -> bool {
        match self {
            Self::Offset { total, .. } => total.is_some(),
            Self::PageNumber { total, pages, .. } => total.is_some() || pages.is_some(),
            _ => true,
        }
    }

    /// Whatever else it knows, each with its name.
    pub fn facts(&self) -> impl Iterator<Item = (&'static str, String)> {
        let text = |name, value: &Option<String>| Some((name, value.clone()?));
        let number = |name, value: &u64| Some((name, value.to_string()));
        let one = |name, value: &String| vec![Some((name, value.clone()))];
        let facts = match self {
            Self::Cursor { next, .. } | Self::NextLink { next } => one("next", next),
            Self::LastItem { id, .. } => one("id", id),
            Self::Offset { first, total, .. } => {
                vec![number("first", first), text("total", total)]
            }
            Self::PageNumber {
                first,
                current,
                pages,
                total,
                ..
            } => vec![
                first.and_then(|first| number("first", &first)),
                text("current", current),
                text("pages", pages),
                text("total", total),
            ],
            Self::LinkHeader => Vec::new(),
        };
        facts.into_iter().flatten()
    }

    /// Where the request says which page it wants, where it says so at all.
    #[must_use]
    pub fn sent(&self) -> Option<&Sent> {
        match self {
            Self::Cursor { sent, .. }
            | Self::LastItem { sent, .. }
            | Self::Offset { sent, .. }
            | Self::PageNumber { sent, .. } => Some(sent),
            Self::NextLink { .. } | Self::LinkHeader => None,
        }
    }
}

/// Where a request says which page it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// In the parameter of this index.
    Parameter(usize),
    /// In its JSON body, at this pointer.
    Body(String),
}

/// What somebody says about an operation's pages: the configuration, or the document by an
/// extension. One of `cursor`, `offset`, `page`, `next-link` and `link-header` says the kind; what
/// is left out is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct PageRule {
    /// The parameter that sends the cursor; a JSON pointer is a place in the request's body.
    pub cursor: Option<String>,
    /// With `cursor`: the pointer of the next cursor within a page.
    pub next: Option<String>,
    /// With `cursor`: the pointer of the cursor within a page's last item.
    pub last_item: Option<String>,
    /// The parameter that says how many items to pass over.
    pub offset: Option<String>,
    /// The parameter that says the number of the page.
    pub page: Option<String>,
    /// With `offset` and `page`: the number of the first item or page.
    pub first: Option<u64>,
    /// With `page`: the pointer of the page's own number.
    pub current: Option<String>,
    /// With `page`: the pointer of the number of pages.
    pub pages: Option<String>,
    /// With `offset` and `page`: the pointer of the number of items in all.
    pub total: Option<String>,
    /// The pointer of the next page's address within a page.
    pub next_link: Option<String>,
    /// Whether the `Link` header holds the next page's address.
    pub link_header: bool,
    /// The pointer of what says whether another page follows.
    pub more: Option<String>,
    /// The pointer of the items within a page; empty for the body itself.
    pub items: Option<String>,
}
