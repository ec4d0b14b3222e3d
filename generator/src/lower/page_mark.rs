//! What a document says about pages itself: the extensions `x-pagination` and `x-ms-pageable`, and
//! a `Link` header.

use indexmap::IndexMap;
use openapiv3::{Components, ReferenceOr, Responses, StatusCode};
use serde_json::Value;

use crate::diagnostic::Pointer;
use crate::model::PageRule;

/// The rule that an operation's extensions come to.
pub(super) fn of(extensions: &IndexMap<String, Value>) -> Option<PageRule> {
    let pagination = extensions
        .get("x-pagination")
        .filter(|mark| mark.is_object());
    let pageable = extensions
        .get("x-ms-pageable")
        .filter(|mark| mark.is_object());
    pagination
        .map(of_pagination)
        .or_else(|| of_pageable(pageable?))
}

/// Whether a success documents the `Link` header (RFC 8288).
pub(super) fn has_link_header(responses: &Responses, components: Option<&Components>) -> bool {
    responses.responses.iter().any(|(status, response)| {
        let is_success = matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2));
        let response = match response {
            ReferenceOr::Item(response) => Some(response),
            ReferenceOr::Reference { reference } => components.and_then(|all| {
                super::reference::component(&all.responses, reference)?
                    .0
                    .as_item()
            }),
        };
        let mut headers = response
            .into_iter()
            .flat_map(|response| response.headers.keys());
        is_success && headers.any(|name| name.eq_ignore_ascii_case("link"))
    })
}

/// Parameters by their names, or by `body.` and a path; places in a page by paths.
fn of_pagination(mark: &Value) -> PageRule {
    let text = |key: &str| mark.get(key).and_then(Value::as_str);
    let parameter = |key: &str| {
        text(key).map(|name| match name.strip_prefix("body.") {
            Some(path) => pointer(path),
            None => name.to_owned(),
        })
    };
    let offset = parameter("pageOffsetParam");
    let page = parameter("pageParam");
    // The mark counts from nought unless it says otherwise.
    let first = mark.get("pageStart").and_then(Value::as_u64).unwrap_or(0);
    PageRule {
        cursor: parameter("cursorParam"),
        next: text("cursorPath").map(pointer),
        first: (offset.is_some() || page.is_some()).then_some(first),
        offset,
        page,
        items: text("resultsPath").map(pointer),
        ..PageRule::default()
    }
}

/// The next page's address and the items, by their keys. No key, no further page.
fn of_pageable(mark: &Value) -> Option<PageRule> {
    let text = |key: &str| mark.get(key).and_then(Value::as_str);
    Some(PageRule {
        next_link: Some(key(text("nextLinkName")?)),
        items: Some(key(text("itemName").unwrap_or("value"))),
        ..PageRule::default()
    })
}

/// `meta.page.after` as a JSON pointer.
fn pointer(path: &str) -> String {
    let steps = path.split('.').filter(|step| !step.is_empty());
    let pointer = steps.fold(Pointer::root(), |pointer, step| pointer.key(step));
    pointer.as_str().to_owned()
}

fn key(key: &str) -> String {
    Pointer::root().key(key).as_str().to_owned()
}
