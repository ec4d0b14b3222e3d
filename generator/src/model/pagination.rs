//! How lists that come in pages are followed.
//!
//! A style is a variant of [`PageKind`] and what [`PageKind::facts`] says of it; the tables of generated
//! crates, `inspect` and the dump read that. Beside it stand what recognises it (`pass/pagination`),
//! and what follows it, in the runtime's `page`.

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

/// What all stages know of a kind.
#[derive(Debug, Clone)]
pub struct PageFacts<'a> {
    /// What the dump of the model and `inspect` call it.
    pub word: &'static str,
    /// The variant of the runtime's `PageKind`.
    pub runtime: &'static str,
    /// Where the request says which page it wants, where it says so at all, with the runtime's name
    /// of that.
    pub sent: Option<(&'static str, &'a Sent)>,
    /// Whatever else it knows, each with its name in the runtime and everywhere.
    pub details: Vec<(&'static str, PageDetail<'a>)>,
    /// Whether a page says where the list ends.
    pub has_end: bool,
}

/// One of the things that a kind knows.
#[derive(Debug, Clone, Copy)]
pub enum PageDetail<'a> {
    /// A JSON pointer.
    Pointer(&'a str),
    /// A JSON pointer that not every list has.
    MaybePointer(Option<&'a str>),
    /// A number.
    Number(u64),
    /// A number that not every document says.
    MaybeNumber(Option<u64>),
}

impl PageKind {
    /// What all stages know of it.
    #[must_use]
    pub fn facts(&self) -> PageFacts<'_> {
        use PageDetail::{MaybeNumber, MaybePointer, Number, Pointer};
        match self {
            Self::Cursor { sent, next } => PageFacts {
                word: "cursor",
                runtime: "Cursor",
                sent: Some(("param", sent)),
                details: vec![("next", Pointer(next))],
                has_end: true,
            },
            Self::LastItem { sent, id } => PageFacts {
                word: "last-item",
                runtime: "LastItem",
                sent: Some(("param", sent)),
                details: vec![("id", Pointer(id))],
                has_end: true,
            },
            Self::Offset { sent, first, total } => PageFacts {
                word: "offset",
                runtime: "Offset",
                sent: Some(("offset", sent)),
                details: vec![
                    ("first", Number(*first)),
                    ("total", MaybePointer(total.as_deref())),
                ],
                has_end: total.is_some(),
            },
            Self::PageNumber {
                sent,
                first,
                current,
                pages,
                total,
            } => PageFacts {
                word: "page-number",
                runtime: "PageNumber",
                sent: Some(("page", sent)),
                details: vec![
                    ("first", MaybeNumber(*first)),
                    ("current", MaybePointer(current.as_deref())),
                    ("pages", MaybePointer(pages.as_deref())),
                    ("total", MaybePointer(total.as_deref())),
                ],
                has_end: total.is_some() || pages.is_some(),
            },
            Self::NextLink { next } => PageFacts {
                word: "next-link",
                runtime: "NextLink",
                sent: None,
                details: vec![("next", Pointer(next))],
                has_end: true,
            },
            Self::LinkHeader => PageFacts {
                word: "link-header",
                runtime: "LinkHeader",
                sent: None,
                details: Vec::new(),
                has_end: true,
            },
        }
    }
}

impl PageFacts<'_> {
    /// The details that there are, as texts.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.details
            .iter()
            .filter_map(|(name, detail)| Some((*name, detail.text()?)))
    }
}

impl PageDetail<'_> {
    fn text(self) -> Option<String> {
        match self {
            Self::Pointer(pointer) => Some(pointer.to_owned()),
            Self::MaybePointer(pointer) => pointer.map(str::to_owned),
            Self::Number(number) => Some(number.to_string()),
            Self::MaybeNumber(number) => number.map(|number| number.to_string()),
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
