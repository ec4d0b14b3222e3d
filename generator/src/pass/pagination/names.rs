//! What the parts of paged lists are called: the usual names of parameters and fields, compared
//! without case and punctuation.

/// A name without case, underscores, dots, brackets and the like.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|char| char.to_ascii_lowercase())
        .collect()
}

/// Whether a name is one of these, which are plain.
pub(super) fn is(name: &str, names: &[&str]) -> bool {
    names.contains(&plain(name).as_str())
}

/// Parameters that send a cursor.
pub(super) const CURSOR: &[&str] = &[
    "cursor",
    "pagecursor",
    "nextcursor",
    "startcursor",
    "aftercursor",
    "cursorafter",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "starttoken",
    "paginationtoken",
    "continuationtoken",
    "continuation",
    "continuetoken",
    "continue",
    "skiptoken",
    "after",
    "pageafter",
    "afterid",
    "startingafter",
    "startafter",
    "marker",
    "bookmark",
    "nextpage",
];

/// Cursors that are an item's id.
pub(super) const AFTER: &[&str] = &[
    "after",
    "pageafter",
    "afterid",
    "startingafter",
    "startafter",
];

/// Where a page holds the next cursor, by names that say nothing else, the plainest first.
pub(super) const NEXT: &[&str] = &[
    "nextcursor",
    "nextpagecursor",
    "nextpagetoken",
    "nexttoken",
    "nextcontinuationtoken",
    "continuationtoken",
    "nextmarker",
    "nextpage",
    "next",
    "continue",
    "continuation",
    "continuetoken",
];

/// The same by names that may be something else: the page then has to tell its end by leaving it
/// out, by null or by a flag.
pub(super) const NEXT_PERHAPS: &[&str] = &[
    "endcursor",
    "aftercursor",
    "paginationtoken",
    "after",
    "cursor",
    "bookmark",
];

/// Where a page holds its last item's id.
pub(super) const LAST_ID: &[&str] = &["lastid"];

/// What holds the facts about a page beside its items.
pub(super) const AROUND: &[&str] = &[
    "meta",
    "metadata",
    "pagination",
    "paginationinfo",
    "paginationmetadata",
    "paging",
    "pageinfo",
    "page",
    "cursor",
    "cursors",
    "next",
    "responsemetadata",
    "listmeta",
    "resultinfo",
];

/// What the whole of a page is wrapped in.
pub(super) const WRAPPERS: &[&str] = &[
    "data",
    "attributes",
    "result",
    "results",
    "response",
    "payload",
    "body",
    "embedded",
];

/// What holds links.
pub(super) const LINKS: &[&str] = &["links", "link"];

/// Fields whose names say that they are the next page's address.
pub(super) const NEXT_LINK: &[&str] = &[
    "nextlink",
    "nexturl",
    "nexturi",
    "nexthref",
    "nextpageurl",
    "nextpageuri",
    "nextpagelink",
    "odatanextlink",
];

/// Flags that say whether another page follows.
pub(super) const MORE: &[&str] = &[
    "hasmore",
    "hasnext",
    "hasnextpage",
    "hasmoreitems",
    "hasmoreresults",
    "hasmorepages",
    "moreavailable",
    "more",
    "istruncated",
];

/// Parameters that say how many items to pass over.
pub(super) const OFFSET: &[&str] = &["offset", "pageoffset", "startat", "startindex", "skip"];

/// The same where another says how many to give.
pub(super) const OFFSET_PERHAPS: &[&str] = &["start", "from", "first", "startfrom", "startrow"];

/// What makes a parameter of those the beginning of a span instead.
pub(super) const END: &[&str] = &["end", "to", "until", "stop", "last", "till"];

/// Parameters that say how many items to give.
pub(super) const LIMIT: &[&str] = &[
    "limit",
    "pagelimit",
    "pagesize",
    "size",
    "count",
    "perpage",
    "maxresults",
    "maxitems",
    "max",
    "top",
    "take",
    "rows",
    "num",
    "resultsperpage",
    "itemsperpage",
    "pagecount",
    "nperpage",
];

/// Parameters that say the number of a page.
pub(super) const PAGE: &[&str] = &[
    "page",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
];

/// Where a page holds its own number.
pub(super) const CURRENT: &[&str] = &[
    "page",
    "currentpage",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "number",
    "current",
];

/// Where a page holds the number of pages.
pub(super) const PAGES: &[&str] = &[
    "totalpages",
    "pagecount",
    "pages",
    "numpages",
    "pagestotal",
    "numberofpages",
    "totalpagecount",
    "lastpage",
];

/// Where a page holds the number of items in all.
pub(super) const TOTAL: &[&str] = &[
    "totalcount",
    "totalresults",
    "totalitems",
    "totalelements",
    "totalrecords",
    "totalentries",
    "totalsize",
    "totalhits",
    "totalrows",
    "totalfilteredcount",
    "recordstotal",
    "numfound",
    "total",
];

/// Lists that are not what was asked for.
pub(super) const ASIDE: &[&str] = &[
    "errors", "warnings", "included", "links", "facets", "messages", "notices", "kinds",
];

/// What the list of items is called, where there are several lists.
pub(super) const ITEMS: &[&str] = &[
    "data",
    "items",
    "results",
    "result",
    "values",
    "value",
    "records",
    "entries",
    "elements",
    "resources",
    "content",
    "list",
    "rows",
    "objects",
    "hits",
    "nodes",
];
