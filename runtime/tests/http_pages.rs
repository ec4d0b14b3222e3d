//! Lists in pages: every kind, in order, to their end, and never for ever.

mod support;

use clientsmith_runtime::support as rt;
use support::api::{self, client};
use support::{Act, Server, json, response, status};

static CURSOR: rt::Param = api::query("cursor");
static SIZE: rt::Param = api::query("page_size");
static OFFSET: rt::Param = api::query("offset");
static PAGE: rt::Param = api::query("page[number]");
static BODY_CURSOR: rt::Param = rt::Param::body("/page/cursor");

const fn pagination(kind: rt::PageKind) -> rt::Pagination {
    rt::Pagination {
        kind,
        items: "/results",
        more: None,
    }
}

static BY_CURSOR: rt::Pagination = pagination(rt::PageKind::Cursor {
    param: &CURSOR,
    next: "/next",
});
static WHILE_MORE: rt::Pagination = rt::Pagination {
    more: Some("/more"),
    ..pagination(rt::PageKind::Cursor {
        param: &CURSOR,
        next: "/next",
    })
};
static BY_LAST_ITEM: rt::Pagination = rt::Pagination {
    items: "/results",
    more: Some("/more"),
    kind: rt::PageKind::LastItem {
        param: &CURSOR,
        id: "/id",
    },
};
static BY_OFFSET: rt::Pagination = pagination(rt::PageKind::Offset {
    offset: &OFFSET,
    first: 0,
    total: Some("/total"),
});
static BY_OFFSET_ALONE: rt::Pagination = pagination(rt::PageKind::Offset {
    offset: &OFFSET,
    first: 0,
    total: None,
});
static BY_PAGE: rt::Pagination = pagination(rt::PageKind::PageNumber {
    page: &PAGE,
    first: Some(1),
    current: Some("/page"),
    pages: Some("/pages"),
    total: Some("/total"),
});
static BY_PAGE_ALONE: rt::Pagination = pagination(rt::PageKind::PageNumber {
    page: &PAGE,
    first: None,
    current: None,
    pages: None,
    total: None,
});
static BY_LINK: rt::Pagination = pagination(rt::PageKind::NextLink {
    next: "/_links/next/href",
});
static BY_HEADER: rt::Pagination = rt::Pagination {
    kind: rt::PageKind::LinkHeader,
    items: "",
    more: None,
};
static IN_BODY: rt::Pagination = pagination(rt::PageKind::Cursor {
    param: &BODY_CURSOR,
    next: "/next",
});

type Outcome = Result<Vec<i64>, rt::Error>;

/// All items, and the request lines that brought them.
async fn collect(
    pagination: &'static rt::Pagination,
    script: impl IntoIterator<Item = Act>,
) -> (Outcome, Vec<String>) {
    let server = Server::start(script).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call.param(&SIZE, &2_i64);
    let items = call.items::<i64, _>(pagination, rt::decode::no_error);
    (items.try_collect().await, server.lines())
}

#[tokio::test]
async fn two_pages_by_cursor_in_order_until_null() {
    let script = [
        json(r#"{"results": [1, 2], "next": "a+b=="}"#),
        json(r#"{"results": [3], "next": null}"#),
    ];
    let (items, lines) = collect(&BY_CURSOR, script).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(
        lines,
        [
            "GET /items?page_size=2",
            "GET /items?page_size=2&cursor=a%2Bb%3D%3D"
        ]
    );
}

#[tokio::test]
async fn an_absent_or_empty_cursor_ends_too_and_an_empty_page_does_not() {
    for last in [r#"{"results": [3]}"#, r#"{"results": [3], "next": ""}"#] {
        let script = [json(r#"{"results": [], "next": 7}"#), json(last)];
        let (items, lines) = collect(&BY_CURSOR, script).await;
        assert_eq!(items.unwrap(), [3]);
        assert_eq!(lines[1], "GET /items?page_size=2&cursor=7");
    }
}

#[tokio::test]
async fn a_repeated_cursor_is_an_error_after_the_items_before_it() {
    for cursors in [vec!["a", "a"], vec!["a", "b", "a"]] {
        let script: Vec<Act> = cursors
            .iter()
            .map(|cursor| json(&format!(r#"{{"results": [1], "next": "{cursor}"}}"#)))
            .collect();
        let server = Server::start(script).await;
        let call = client(&server.url()).call(&api::LIST);
        let mut items = call.items::<i64, _>(&BY_CURSOR, rt::decode::no_error);
        for _ in &cursors {
            assert_eq!(items.try_next().await.unwrap(), Some(1));
        }
        let error = items.try_next().await.unwrap_err();
        assert!(matches!(error, rt::Error::Pagination(_)), "{error:?}");
        assert_eq!(error.status().unwrap(), 200);
        assert_eq!(items.try_next().await.unwrap(), None, "it has ended");
        assert_eq!(server.received().len(), cursors.len());
    }
}

#[tokio::test]
async fn the_callers_own_first_cursor_is_a_cursor_too() {
    let server = Server::start([json(r#"{"results": [1], "next": "mine"}"#)]).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call.param(&CURSOR, &"mine".to_owned());
    let items = call.items::<i64, _>(&BY_CURSOR, rt::decode::no_error);
    assert!(matches!(
        items.try_collect().await,
        Err(rt::Error::Pagination(_))
    ));
}

#[tokio::test]
async fn a_page_that_says_itself_whether_another_follows() {
    let script = [
        json(r#"{"results": [1], "next": "x", "more": true}"#),
        json(r#"{"results": [2], "next": "y", "more": false}"#),
    ];
    let (items, lines) = collect(&WHILE_MORE, script).await;
    assert_eq!(items.unwrap(), [1, 2]);
    assert_eq!(lines.len(), 2);
}

#[tokio::test]
async fn by_offset_until_the_total() {
    let script = [
        json(r#"{"results": [1, 2], "total": 3}"#),
        json(r#"{"results": [3], "total": 3}"#),
    ];
    let (items, lines) = collect(&BY_OFFSET, script).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(lines[1..], ["GET /items?page_size=2&offset=2"]);
}

#[tokio::test]
async fn by_offset_without_a_total_until_an_empty_page() {
    // A short page is not the last one: the server may give less than was asked for.
    let script = [
        json(r#"{"results": [1]}"#),
        json(r#"{"results": [2, 3]}"#),
        json(r#"{"results": []}"#),
    ];
    let (items, lines) = collect(&BY_OFFSET_ALONE, script).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(
        lines[1..],
        [
            "GET /items?page_size=2&offset=1",
            "GET /items?page_size=2&offset=3"
        ],
    );
}

#[tokio::test]
async fn the_same_page_over_and_over_is_an_error() {
    let (items, lines) = collect(&BY_OFFSET_ALONE, [json(r#"{"results": [1]}"#)]).await;
    assert!(matches!(items, Err(rt::Error::Pagination(_))));
    assert_eq!(lines.len(), 2);
}

#[tokio::test]
async fn by_page_number_until_the_last() {
    let script = [
        json(r#"{"results": [1], "pages": 2}"#),
        json(r#"{"results": [2], "pages": 2}"#),
    ];
    let (items, lines) = collect(&BY_PAGE, script).await;
    assert_eq!(items.unwrap(), [1, 2]);
    assert_eq!(lines[1..], ["GET /items?page_size=2&page%5Bnumber%5D=2"]);
}

#[tokio::test]
async fn by_page_number_until_the_total() {
    let script = [
        json(r#"{"results": [1, 2], "total": "3"}"#),
        json(r#"{"results": [3], "total": "3"}"#),
    ];
    let (items, lines) = collect(&BY_PAGE, script).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(lines.len(), 2);
}

#[tokio::test]
async fn pages_that_are_counted_from_nought_say_so() {
    let script = [
        json(r#"{"results": [1], "page": 0, "pages": 3}"#),
        json(r#"{"results": [2], "page": 1, "pages": 3}"#),
        json(r#"{"results": [3], "page": 2, "pages": 3}"#),
    ];
    let (items, lines) = collect(&BY_PAGE, script).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1], "GET /items?page_size=2&page%5Bnumber%5D=1");
}

#[tokio::test]
async fn where_nobody_says_the_first_number_the_items_of_page_one_do() {
    let pages = |bodies: [&str; 4]| bodies.map(|items| json(&format!(r#"{{"results": {items}}}"#)));
    let numbers = |lines: Vec<String>| -> Vec<String> {
        let number = |line: &String| line.rsplit_once('=').unwrap().1.to_owned();
        lines[1..].iter().map(number).collect()
    };
    let from_nought = pages(["[1, 2]", "[3, 4]", "[5]", "[]"]);
    let (items, lines) = collect(&BY_PAGE_ALONE, from_nought).await;
    assert_eq!(items.unwrap(), [1, 2, 3, 4, 5]);
    assert_eq!(numbers(lines), ["1", "2", "3"]);

    let from_one = pages(["[1, 2]", "[1, 2]", "[3]", "[]"]);
    let (items, lines) = collect(&BY_PAGE_ALONE, from_one).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(numbers(lines), ["1", "2", "3"]);

    // A server that does not look at the number is told all the same.
    let (items, lines) = collect(&BY_PAGE_ALONE, pages(["[1]"; 4])).await;
    assert!(matches!(items, Err(rt::Error::Pagination(_))));
    assert_eq!(lines.len(), 3);
}

#[tokio::test]
async fn a_caller_may_begin_in_the_middle() {
    let script = [
        json(r#"{"results": [3, 4], "total": 5}"#),
        json(r#"{"results": [5], "total": 5}"#),
    ];
    let server = Server::start(script).await;
    let mut call = client(&server.url()).call(&api::LIST);
    call.param(&PAGE, &2_i64);
    let items = call.items::<i64, _>(&BY_PAGE, rt::decode::no_error);
    assert_eq!(items.try_collect().await.unwrap(), [3, 4, 5]);
    assert_eq!(server.lines().len(), 2);
}

#[tokio::test]
async fn by_the_last_items_id_while_there_is_more() {
    let script = [
        json(r#"{"results": [{"id": "a"}, {"id": "b"}], "more": true}"#),
        json(r#"{"results": [{"id": "c"}], "more": false}"#),
    ];
    let server = Server::start(script).await;
    let call = client(&server.url()).call(&api::LIST);
    let items = call.items::<rt::Value, _>(&BY_LAST_ITEM, rt::decode::no_error);
    assert_eq!(items.try_collect().await.unwrap().len(), 3);
    assert_eq!(server.lines(), ["GET /items", "GET /items?cursor=b"]);
}

#[tokio::test]
async fn a_page_that_says_nothing_of_more_is_the_last() {
    let (items, lines) = collect(&WHILE_MORE, [json(r#"{"results": [1], "next": "x"}"#)]).await;
    assert_eq!(items.unwrap(), [1]);
    assert_eq!(lines.len(), 1);
}

#[tokio::test]
async fn by_links_in_the_body_relative_ones_too() {
    let script = [
        json(r#"{"results": [1], "_links": {"next": {"href": "/items?offset=1#x"}}}"#),
        json(r#"{"results": [2], "_links": {"next": {"href": "?offset=2"}}}"#),
        json(r#"{"results": [3], "_links": {}}"#),
    ];
    let (items, lines) = collect(&BY_LINK, script).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(lines[1..], ["GET /items?offset=1", "GET /items?offset=2"]);
}

#[tokio::test]
async fn a_link_keeps_the_credential_and_the_key_is_there_once() {
    static KEYED: rt::Operation = api::operation(
        "keyed",
        rt::Method::Get,
        "/items",
        &[&["query_key", "bearer"]],
    );
    let script = [
        json(r#"{"results": [1], "_links": {"next": {"href": "/items?page=2"}}}"#),
        json(r#"{"results": [], "_links": {"next": {"href": "/items?page=3&api%20key=k"}}}"#),
        json(r#"{"results": [2]}"#),
    ];
    let server = Server::start(script).await;
    let mut builder = api::builder(&server.url());
    builder.credential("query_key", "k".into());
    builder.credential("bearer", "t".into());
    let call = builder.build().unwrap().call(&KEYED);
    let items = call.items::<i64, _>(&BY_LINK, rt::decode::no_error);
    assert_eq!(items.try_collect().await.unwrap(), [1, 2]);
    assert_eq!(
        server.lines()[1..],
        [
            "GET /items?page=2&api%20key=k",
            "GET /items?page=3&api%20key=k"
        ],
    );
    assert!(
        server
            .received()
            .iter()
            .all(|r| r.header("authorization") == Some("Bearer t"))
    );
}

#[tokio::test]
async fn a_link_to_another_server_is_an_error() {
    let other = Server::start([json("{}")]).await;
    let link = format!(
        r#"{{"results": [1], "_links": {{"next": {{"href": "{}"}}}}}}"#,
        other.url()
    );
    let (items, _) = collect(&BY_LINK, [json(&link)]).await;
    assert!(matches!(items, Err(rt::Error::Pagination(_))));
    assert!(other.received().is_empty());
}

#[tokio::test]
async fn a_link_to_the_page_itself_is_an_error() {
    let link = r#"{"results": [1], "_links": {"next": {"href": "/items?page_size=2"}}}"#;
    let (items, lines) = collect(&BY_LINK, [json(link)]).await;
    assert!(matches!(items, Err(rt::Error::Pagination(_))));
    assert_eq!(lines.len(), 1);
}

#[tokio::test]
async fn by_the_link_header() {
    let link = r#"</items?page=1>; rel="first", </items?page=2>; rel="next""#;
    let script = [
        Act::Send(response(200, &[("link", link)], "[1, 2]")),
        json("[3]"),
    ];
    let (items, lines) = collect(&BY_HEADER, script).await;
    assert_eq!(items.unwrap(), [1, 2, 3]);
    assert_eq!(lines[1..], ["GET /items?page=2"]);
}

#[tokio::test]
async fn by_a_cursor_in_the_body() {
    let script = [
        json(r#"{"results": [1], "next": "c"}"#),
        json(r#"{"results": [2]}"#),
    ];
    let server = Server::start(script).await;
    let mut call = client(&server.url()).call(&api::CREATE);
    call.json_body(&serde_json::json!({"filter": "x", "page": {"limit": 1}}));
    let items = call.items::<i64, _>(&IN_BODY, rt::decode::no_error);
    assert_eq!(items.try_collect().await.unwrap(), [1, 2]);
    assert_eq!(
        server.received()[1].text(),
        r#"{"filter":"x","page":{"limit":1,"cursor":"c"}}"#,
    );
}

#[tokio::test]
async fn pages_are_decoded_whole() {
    let script = [
        json(r#"{"results": [1], "next": "c"}"#),
        json(r#"{"results": [2]}"#),
    ];
    let server = Server::start(script).await;
    let call = client(&server.url()).call(&api::LIST);
    let mut pages = call.pages::<rt::Value, rt::NoErrorBody>(
        &BY_CURSOR,
        rt::decode::json,
        rt::decode::no_error,
    );
    let first = pages.try_next().await.unwrap().unwrap();
    assert_eq!(first.status(), 200);
    assert_eq!(first.pointer("/results/0"), Some(&1.into()));
    assert_eq!(
        server.received().len(),
        1,
        "the next page waits until it is asked for"
    );
    assert!(pages.try_next().await.unwrap().is_some());
    assert!(pages.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn an_error_page_ends_the_list_with_its_status() {
    let script = [
        json(r#"{"results": [1], "next": "c"}"#),
        status(500, &[], "oops"),
    ];
    let server = Server::start(script).await;
    let call = client(&server.url()).call(&api::LIST);
    let mut items = call.items::<i64, _>(&BY_CURSOR, rt::decode::no_error);
    assert_eq!(items.try_next().await.unwrap(), Some(1));
    let error = items.try_next().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 500);
    assert_eq!(items.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn an_item_or_cursor_of_another_shape_names_its_path() {
    for (body, path) in [
        (r#"{"results": [1, "x"], "next": "c"}"#, "$.results[1]"),
        (r#"{"results": [], "next": tru"#, "$.next"),
        (r#"{"results": {}}"#, "$.results"),
    ] {
        let (items, _) = collect(&BY_CURSOR, [json(body)]).await;
        let Err(rt::Error::Decode(error)) = items else {
            panic!("{items:?}")
        };
        assert_eq!(error.error().path(), path, "{body}");
    }
}

#[tokio::test]
async fn it_is_a_stream() {
    fn is_stream<S: futures_core::Stream + Send + Unpin + 'static>(_: &S) {}
    let call = client("http://127.0.0.1:9").call(&api::LIST);
    is_stream(&call.items::<i64, rt::NoErrorBody>(&BY_CURSOR, rt::decode::no_error));
    let call = client("http://127.0.0.1:9").call(&api::LIST);
    is_stream(&call.pages::<i64, _>(&BY_CURSOR, rt::decode::json, rt::decode::no_error));
}
