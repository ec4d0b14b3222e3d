//! What texts of both formats become, and what is said of those that become nothing.

use super::{bad, found, good, read_text, said, shown, write};
use crate::diagnostic::Code;
use crate::read::{MAX_DEPTH, read};
use serde_json::{Value, json};
use std::fmt::Write as _;

#[test]
fn json_and_yaml_whatever_the_file_is_called() {
    let expected = json!({"openapi": "3.1.0", "n": [1, -2, 1.5, true, null, "x"]});
    let in_json = r#"{"openapi": "3.1.0", "n": [1, -2, 1.5, true, null, "x"]}"#;
    let in_yaml = "openapi: 3.1.0\nn:\n  - 1\n  - -2\n  - 1.5\n  - true\n  - ~\n  - x\n";
    for text in [in_json, in_yaml] {
        for name in ["a.json", "a.yaml", "a.yml", "a"] {
            let document = good(name, text);
            assert_eq!(document.root, expected);
            assert!(document.diagnostics.is_empty());
        }
    }
    assert_eq!(
        good("a.json", "{openapi: 3.1.0, n: [1]}").root["n"],
        json!([1])
    );
    assert_eq!(
        good("a.json", "{\"n\": [1, 2,],}").root,
        json!({"n": [1, 2]})
    );
}

#[test]
fn the_order_of_keys_is_kept() {
    let root = good("a.yaml", "z: 1\na: 2\nm: 3\n").root;
    let keys: Vec<_> = root.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["z", "a", "m"]);
}

#[test]
fn encodings_and_line_ends() {
    let text = "info:\r\n  title: Ähre 🌾\r\n  more: |\r\n    a\r\n    b\r\n";
    let expected = json!({"info": {"title": "Ähre 🌾", "more": "a\nb\n"}});
    let folder = tempfile::tempdir().unwrap();
    let marked = format!("\u{FEFF}{text}");
    let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [text.as_bytes(), marked.as_bytes(), &little, &big] {
        let path = write(folder.path(), "a.yaml", bytes);
        assert_eq!(read(&path).unwrap().root, expected);
    }
    let path = write(folder.path(), "a.yaml", b"title: caf\xE9\n");
    let failure = read(&path).unwrap_err();
    assert_eq!(found(&failure), [(Code::UnknownEncoding, 1, 1)]);
    assert!(shown(&failure).contains("byte 10"), "{}", shown(&failure));
}

#[test]
fn numbers_beyond_64_bits_become_floats() {
    let yaml = "a: 18446744073709551615\nb: 18446744073709551616\nc: -9223372036854775809\n\
                d: 1e400\ne: 1.7976931348623157e308\n";
    let document = good("a.yaml", yaml);
    assert_eq!(document.root["a"], json!(u64::MAX));
    assert_eq!(document.root["b"], json!(18_446_744_073_709_551_616.0));
    assert_eq!(document.root["c"], json!(-9_223_372_036_854_775_809.0));
    assert_eq!(document.root["d"], json!("1e400"));
    assert_eq!(
        said(&document),
        [(Code::BigNumber, 2, 1), (Code::BigNumber, 3, 1)]
    );

    let json = "{\"a\": 18446744073709551615,\n \"b\": 18446744073709551616,\n \
                \"c\": -9223372036854775809,\n \"d\": -9223372036854775808,\n \
                \"e\": 1.7976931348623157e308}";
    let document = good("a.json", json);
    assert_eq!(document.root["b"], json!(18_446_744_073_709_551_616.0));
    // One more than the limit is the same float as the limit; nobody will miss the warning.
    assert_eq!(said(&document), [(Code::BigNumber, 2, 2)]);
    let json = "{\"c\": -9333372036854775809}";
    assert_eq!(said(&good("a.json", json)), [(Code::BigNumber, 1, 2)]);
}

#[test]
fn numbers_that_are_none_become_null() {
    let document = good("a.yaml", "a: .nan\nb: -.inf\nc: [.inf]\nd: '.inf'\n");
    assert_eq!(
        document.root,
        json!({"a": null, "b": null, "c": [null], "d": ".inf"})
    );
    let expected = [
        (Code::NotANumber, 1, 1),
        (Code::NotANumber, 2, 1),
        (Code::NotANumber, 3, 5),
    ];
    assert_eq!(said(&document), expected);
}

#[test]
fn keys_are_what_the_text_spells() {
    let text =
        "200: a\ntrue: b\nnull: c\n1.0: d\n1.10: e\n0x1F: f\n~: g\n-1: h\n007: i\n'x y': j\n";
    let root = good("a.yaml", text).root;
    let keys: Vec<_> = root
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "200", "true", "null", "1.0", "1.10", "0x1F", "~", "-1", "007", "x y"
        ]
    );
    let failure = bad("a.yaml", "a: 1\n? [b, c]\n: 2\n");
    assert_eq!(found(&failure), [(Code::InvalidYaml, 2, 3)]);
}

#[test]
fn of_a_key_that_stands_twice_the_last_counts() {
    let document = good("a.yaml", "a:\n  b: 1\n  c: 2\n  b: 3\n");
    assert_eq!(document.root, json!({"a": {"b": 3, "c": 2}}));
    assert_eq!(said(&document), [(Code::DuplicateKey, 4, 3)]);
    let document = good("a.json", "{\"a\": {\"b\": 1, \"c\": 2,\n  \"b\": 3}}");
    assert_eq!(document.root, json!({"a": {"b": 3, "c": 2}}));
    assert_eq!(said(&document), [(Code::DuplicateKey, 2, 3)]);
}

#[test]
fn tags_are_said_and_passed_over() {
    let text = "a: !timestamp 2020\nb: !!str 12\nc: !thing {x: !y [1]}\nd: !!int '12'\n";
    let document = good("a.yaml", text);
    assert_eq!(
        document.root,
        json!({"a": 2020, "b": "12", "c": {"x": [1]}, "d": 12})
    );
    let expected = [
        (Code::UnknownTag, 1, 1),
        (Code::UnknownTag, 3, 1),
        (Code::UnknownTag, 3, 12),
    ];
    assert_eq!(said(&document), expected);
}

#[test]
fn anchors_and_merge_keys() {
    let text = "base: &base {a: 1, b: 2}\nmore: &more {b: 3, c: 4}\n\
                one:\n  b: 9\n  <<: *base\ntwo:\n  <<: [*base, *more]\nthree: *base\n\
                plain:\n  <<: text\n";
    let root = good("a.yaml", text).root;
    assert_eq!(root["one"], json!({"b": 9, "a": 1}));
    assert_eq!(root["two"], json!({"a": 1, "b": 2, "c": 4}));
    assert_eq!(root["three"], json!({"a": 1, "b": 2}));
    assert_eq!(root["plain"], json!({"<<": "text"}));
    let root = good("a.json", "{\"<<\": {\"a\": 1}}").root;
    assert_eq!(root, json!({"<<": {"a": 1}}), "JSON has no merge keys");
    let failure = bad("a.yaml", "a: 1\nb: *nothing\n");
    assert_eq!(found(&failure), [(Code::InvalidYaml, 2, 4)]);
}

#[test]
fn aliases_do_not_explode() {
    let mut text = "l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let above = level - 1;
        let items = vec![format!("*l{above}"); 10].join(", ");
        writeln!(text, "l{level}: &l{level} [{items}]").unwrap();
    }
    let failure = bad("a.yaml", &text);
    assert_eq!(found(&failure)[0].0, Code::TooManyAliases);

    let list = vec!["x"; 30_000].join(", ");
    let aliases = "- *big\n".repeat(100);
    let failure = bad("a.yaml", &format!("big: &big [{list}]\nmany:\n{aliases}"));
    assert_eq!(found(&failure)[0].0, Code::TooManyAliases);
}

#[test]
fn the_depth_is_limited_in_both_formats() {
    let nested = |depth: usize, (open, close): (&str, &str)| {
        format!(
            "{{\"a\": {}1{}}}",
            open.repeat(depth - 1),
            close.repeat(depth - 1)
        )
    };
    for brackets in [("[", "]"), ("{\"a\": ", "}")] {
        for name in ["a.json", "a.yaml"] {
            good(name, &nested(MAX_DEPTH, brackets));
            for depth in [MAX_DEPTH + 1, 1_000, 100_000] {
                let failure = bad(name, &nested(depth, brackets));
                assert_eq!(
                    found(&failure)[0].0,
                    Code::TooDeep,
                    "{depth} {}",
                    shown(&failure)
                );
            }
        }
    }
    let mut text = String::from("a:\n");
    for depth in 1..400 {
        writeln!(text, "{}a:", " ".repeat(depth)).unwrap();
    }
    assert_eq!(found(&bad("a.yaml", &text))[0].0, Code::TooDeep);
}

#[test]
fn what_is_no_document() {
    for text in ["", "\n", "# nothing\n", "null"] {
        assert_eq!(
            found(&bad("a.yaml", text)),
            [(Code::EmptyDocument, 1, 1)],
            "{text:?}"
        );
    }
    for text in ["[1]", "text", "12"] {
        assert_eq!(
            found(&bad("a.yaml", text)),
            [(Code::NotAnObject, 1, 1)],
            "{text:?}"
        );
    }
    let folder = tempfile::tempdir().unwrap();
    for path in [folder.path().join("nothing.yaml"), folder.path().to_owned()] {
        let failure = read(&path).unwrap_err();
        assert_eq!(found(&failure), [(Code::Unreadable, 1, 1)]);
        assert!(shown(&failure).contains(&format!("{}:1:1", path.display())));
    }
}

#[test]
fn what_does_not_parse_has_its_place() {
    let cases = [
        ("a.yaml", "a: [1, 2\nb: 3\n", Code::InvalidYaml, (2, 2)),
        ("a.yaml", "a: 1\n\tb: 2\n", Code::InvalidYaml, (2, 1)),
        ("a.yaml", "ä: b: c\n", Code::InvalidYaml, (1, 5)),
        ("a.yaml", "a: 1\nb\n", Code::InvalidYaml, (2, 2)),
        ("a.yaml", "a: 1\n---\nb: 1\n", Code::InvalidYaml, (2, 1)),
        ("a.json", "{\"a\": 1,\n \"b\" 2}", Code::InvalidJson, (2, 6)),
        ("a.json", "{\"a\": 1", Code::InvalidJson, (1, 7)),
        ("a.json", "{\"a\": \"x\ny\"", Code::InvalidJson, (2, 1)),
        ("a.json", "{\"a\": 1} x", Code::InvalidJson, (1, 10)),
    ];
    for (name, text, code, (line, column)) in cases {
        let failure = bad(name, text);
        let shown = shown(&failure);
        assert_eq!(found(&failure), [(code, line, column)], "{text:?}\n{shown}");
        assert!(
            !shown.contains(&format!(" at line {line} column {column}")),
            "{shown}"
        );
    }
}

#[test]
fn any_text_is_answered() {
    for text in [
        "{", "[", "\"", "{\"", "{\"a", "&", "*", "!", "? ", "- ", ": ", "%", "\0", "{a: *",
    ] {
        for name in ["a.json", "a.yaml"] {
            let _ = read_text(name, text).map_err(|failure| shown(&failure));
        }
    }
    assert_eq!(good("a.yaml", "a: &x\nb: *x\n").root["b"], Value::Null);
}
