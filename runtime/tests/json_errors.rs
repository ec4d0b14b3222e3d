//! What is no JSON or does not fit: an error with the exact place, never a panic.
#![allow(missing_docs, private_interfaces, unreachable_pub)]

mod json_fixtures;

use std::collections::BTreeMap;

use clientsmith_runtime::support as rt;
use json_fixtures::*;
use rt::json::{DEPTH_LIMIT, at, from_slice, from_str};

#[test]
fn the_path_line_and_column_are_exact() {
    let text = "{\n  \"next\": null,\n  \"results\": [\n    {\"é\": 1, \"token_id\": 5}\n  ]\n}";
    let error = from_str::<PaginatedTokensList>(text).unwrap_err();
    assert_eq!(error.path(), "$.results[0].token_id");
    assert_eq!((error.line(), error.column()), (4, 26));
    assert_eq!(
        error.to_string(),
        "expected a UUID, found a number at $.results[0].token_id (line 4, column 26)"
    );
}

#[test]
fn keys_that_are_no_identifiers_are_quoted_in_the_path() {
    type Maps = BTreeMap<String, BTreeMap<String, Vec<i64>>>;
    let error = from_str::<Maps>(r#"{"a b":{"c\"d":[1,2,"x"]}}"#).unwrap_err();
    assert_eq!(error.path(), r#"$["a b"]["c\"d"][2]"#);
    let error = from_str::<Maps>(r#"{"ok": {}, "$ref":{"":[true]}}"#).unwrap_err();
    assert_eq!(error.path(), r#"$.$ref[""][0]"#);
}

#[test]
fn a_truncated_body_names_the_place_where_it_ends() {
    let text = format!(r#"{{"results":[{TOKEN},{TOKEN}]}}"#);
    let cut = |marker: &str| {
        let end = text.rfind(marker).unwrap() + marker.len();
        from_str::<PaginatedTokensList>(&text[..end])
            .unwrap_err()
            .path()
            .to_owned()
    };
    assert_eq!(cut(r#""token_label":"c"#), "$.results[1].token_label");
    assert_eq!(cut(r#""token_label":"#), "$.results[1].token_label");
    assert_eq!(cut(r#""expires_at":nu"#), "$.results[1].expires_at");
    assert_eq!(cut(r#""token_lab"#), "$.results[1]");
    assert_eq!(cut("},"), "$.results");
    for end in 0..text.len() {
        assert!(
            from_str::<PaginatedTokensList>(&text[..end]).is_err(),
            "cut at {end}"
        );
        assert!(from_str::<rt::Value>(&text[..end]).is_err(), "cut at {end}");
        assert!(from_str::<()>(&text[..end]).is_err(), "cut at {end}");
    }
    assert!(from_str::<PaginatedTokensList>(&text).is_ok());
}

#[test]
fn what_follows_the_value_is_an_error() {
    let error = from_str::<i64>("1 2").unwrap_err();
    assert_eq!(
        (error.path(), error.message(), error.column()),
        ("$", "trailing characters", 3)
    );
    assert!(from_str::<rt::Value>("{}]").is_err());
    assert!(from_str::<i64>(" 1 \n").is_ok());
    assert!(from_slice::<i64>(b"").is_err());
    assert_eq!(
        from_slice::<i64>(b"\xef\xbb\xbf1").unwrap(),
        1,
        "some servers begin with a byte-order mark"
    );
    assert!(from_slice::<i64>(b"1\xef\xbb\xbf").is_err());
}

#[test]
fn punctuation_out_of_place_is_an_error() {
    for text in [
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "[",
        "{",
        r#"{"a""#,
        r#"{"a":"#,
        r#"{"a":1"#,
        r#"{"a":1,"#,
        r#"{"a":1,}"#,
        r#"{"a" 1}"#,
        "{a:1}",
        r#"{"a":1 "b":2}"#,
        "]",
        "}",
        ",",
        ":",
        "[}",
        "{]",
        r#"{"a":}"#,
        "'a'",
        "/**/1",
    ] {
        assert!(from_str::<rt::Value>(text).is_err(), "{text}");
        assert!(from_str::<()>(text).is_err(), "{text}");
        assert!(
            from_str::<BTreeMap<String, rt::Value>>(text).is_err(),
            "{text}"
        );
        assert!(from_str::<Labels>(text).is_err(), "{text}");
        assert!(from_str::<Widget>(text).is_err(), "{text}");
        assert!(from_str::<Vec<i64>>(text).is_err(), "{text}");
    }
}

#[test]
fn messages_never_hold_values() {
    let error = from_str::<Token>(&TOKEN.replace("67e55044", "hunter2")).unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hunter2"));
    assert_eq!(error.path(), "$.token_id");
}

/// Runs on a stack of the size that test and worker threads have.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

fn tree(depth: usize) -> String {
    let open = r#"{"name":"","children":["#.repeat(depth);
    format!("{open}{}", "]}".repeat(depth))
}

fn widgets(depth: usize) -> String {
    let open = r#"{"type":"group","widgets":["#.repeat(depth);
    format!("{open}{}", "]}".repeat(depth))
}

#[test]
fn nesting_ends_in_an_error_at_the_limit_and_not_in_an_overflow() {
    on_a_small_stack(|| {
        let at_limit = DEPTH_LIMIT / 2;
        let deep: Tree = from_str(&tree(at_limit)).unwrap();
        assert_eq!(rt::json::to_string(&deep), tree(at_limit));
        assert_eq!(format!("{deep:?}").matches("Tree").count(), at_limit);
        assert!(from_str::<Widget>(&widgets(at_limit)).is_ok());
        for text in [tree(at_limit + 1), widgets(at_limit + 1)] {
            let error = from_str::<rt::Value>(&text).unwrap_err();
            assert_eq!(error.message(), "nested deeper than 128 levels");
        }
        let error = from_str::<Tree>(&tree(at_limit + 1)).unwrap_err();
        assert_eq!(error.message(), "nested deeper than 128 levels");
        assert_eq!(
            error.path(),
            format!("${}", ".children[0]".repeat(at_limit))
        );
        assert!(from_str::<Tree>(&tree(100_000)).is_err());
        assert!(from_str::<Widget>(&widgets(100_000)).is_err());
        assert!(from_str::<JsonList>(&"[".repeat(100_000)).is_err());
        assert!(from_str::<()>(&"[".repeat(100_000)).is_err());
        assert!(from_str::<rt::Value>(&"[".repeat(100_000)).is_err());
    });
}

union!(Deep None;
    List(Vec<Deep>) = rt::Variant::kind(rt::Kind::Array),
    Map(BTreeMap<String, Deep>) = rt::Variant::kind(rt::Kind::Object),
);

#[test]
fn nesting_in_a_union_by_shape_ends_in_an_error_too() {
    on_a_small_stack(|| {
        let text = format!("{}{}", "[".repeat(DEPTH_LIMIT), "]".repeat(DEPTH_LIMIT));
        assert_eq!(rt::json::to_string(&from_str::<Deep>(&text).unwrap()), text);
        let error = from_str::<Deep>(&format!("[{text}]")).unwrap_err();
        assert_eq!(error.message(), "nested deeper than 128 levels");
        assert!(from_str::<Deep>(&r#"{"a":"#.repeat(100_000)).is_err());
    });
}

#[test]
fn a_pointer_decodes_only_the_part_it_names() {
    let body = format!(
        r#"{{"meta":{{"a/b":[1,{{"~":"x"}}]}},"next":null,"results":[{TOKEN}],"then":oops"#
    );
    let body = body.as_bytes();
    assert_eq!(
        at::<Vec<Token>>(body, "/results").unwrap().unwrap().len(),
        1
    );
    assert_eq!(
        at::<String>(body, "/meta/a~1b/1/~0").unwrap().as_deref(),
        Some("x")
    );
    assert_eq!(at::<i64>(body, "/meta/a~1b/0").unwrap(), Some(1));
    assert_eq!(at::<String>(body, "/next").unwrap(), None);
    assert_eq!(at::<i64>(body, "/meta/a~1b/7").unwrap(), None);
    assert_eq!(at::<i64>(body, "/meta/a~1b/x").unwrap(), None);
    assert_eq!(at::<i64>(body, "/meta/none/deeper").unwrap(), None);
    assert_eq!(at::<i64>(body, "/next/deeper").unwrap(), None);
    assert_eq!(at::<Vec<i64>>(b"[1,2]", "").unwrap(), Some(vec![1, 2]));
    let error = at::<String>(body, "/meta/a~1b/0").unwrap_err();
    assert_eq!(error.path(), r#"$.meta["a/b"][0]"#);
    let error = at::<Vec<Tree>>(body, "/results").unwrap_err();
    assert_eq!(error.path(), "$.results[0]");
    let error = at::<i64>(body, "/then/x").unwrap_err();
    assert_eq!(error.path(), "$.then");
    assert!(
        at::<i64>(body, "/missing").is_err(),
        "the text ends before it is known"
    );
}
