//! serde for generated types: any serializer and deserializer works, and says the same as the wire.
#![cfg(feature = "serde")]
#![allow(missing_docs, private_interfaces, unreachable_pub)]

mod json_fixtures;

use json_fixtures::*;

#[test]
fn serde_json_reads_and_writes_the_same_text() {
    let token: Token = serde_json::from_str(TOKEN).unwrap();
    assert_eq!(
        token,
        clientsmith_runtime::json::from_str::<Token>(TOKEN).unwrap()
    );
    let value: serde_json::Value = serde_json::from_str(TOKEN).unwrap();
    assert_eq!(serde_json::to_value(&token).unwrap(), value);
    let widgets: Vec<Widget> = serde_json::from_str(r#"[{"type":"new","a":1}]"#).unwrap();
    assert_eq!(
        serde_json::to_string(&widgets).unwrap(),
        r#"[{"a":1,"type":"new"}]"#.replace(
            r#"{"a":1,"type":"new"}"#,
            &serde_json::to_string(&serde_json::json!({"type": "new", "a": 1})).unwrap(),
        )
    );
}

#[test]
fn what_does_not_fit_is_an_error_with_its_path() {
    let error = serde_json::from_str::<PaginatedTokensList>(r#"{"results":[{}]}"#).unwrap_err();
    assert!(error.to_string().contains("$.results[0]"), "{error}");
}

#[test]
fn another_format_works() {
    let value = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(
        [("type", "note"), ("content", "c")].into_iter(),
    );
    let widget = <Widget as serde::Deserialize>::deserialize(value).unwrap();
    assert!(matches!(widget, Widget::Note(note) if note.content == "c"));
    let level = <ApiAccessLevelEnum as serde::Deserialize>::deserialize(
        serde::de::value::StrDeserializer::<serde::de::value::Error>::new("READ_ONLY"),
    );
    assert_eq!(level.unwrap().as_ref(), "READ_ONLY");
}
