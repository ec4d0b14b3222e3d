//! Objects: fields in any order, what is missing, unknown or repeated, and what is written back.
#![allow(missing_docs, private_interfaces, unreachable_pub)]

mod json_fixtures;

use std::collections::BTreeMap;

use clientsmith_runtime::support as rt;
use json_fixtures::*;
use rt::json::{from_str, to_string};

#[test]
fn a_token_is_read_with_every_type_of_field() {
    let token: Token = from_str(TOKEN).unwrap();
    assert_eq!(
        token.token_id.to_string(),
        "67e55044-10b1-426f-9247-bb680e5fe0c8"
    );
    assert_eq!(token.token_label, "ci");
    assert!(matches!(token.access_level, ApiAccessLevelEnum::FullAccess));
    assert_eq!(token.created_at.timestamp(), 1_706_696_430);
    assert_eq!(token.expires_at, None);
    assert_eq!(token.last_used_at.unwrap().timestamp_subsec_millis(), 250);
    assert_eq!(token.secret, None);
}

#[test]
fn a_token_is_written_as_it_was_read() {
    let token: Token = from_str(TOKEN).unwrap();
    assert_eq!(to_string(&token), TOKEN);
}

#[test]
fn a_required_field_that_is_null_is_written_and_an_optional_one_left_out() {
    let mut token: Token = from_str(TOKEN).unwrap();
    token.last_used_at = None;
    let text = to_string(&token);
    assert!(text.contains(r#""expires_at":null"#), "{text}");
    assert!(!text.contains("last_used_at"), "{text}");
}

#[test]
fn fields_are_found_in_any_order_and_unknown_ones_passed_over() {
    let mut object: rt::Map<String, rt::Value> = from_str(TOKEN).unwrap();
    let mut reversed = rt::Map::new();
    let keys: Vec<String> = object.keys().cloned().collect();
    for key in keys.into_iter().rev() {
        let value = object.remove(&key).unwrap();
        reversed.insert(format!("{key}_new"), rt::Value::from(vec![1, 2]));
        reversed.insert(key, value);
    }
    let token: Token = from_str(&to_string(&reversed)).unwrap();
    assert_eq!(token, from_str::<Token>(TOKEN).unwrap());
}

#[test]
fn a_page_holds_its_items_in_order() {
    let text = format!(r#" {{ "results" : [ {TOKEN} , {TOKEN} ] , "next" : "abc" }} "#);
    let page: PaginatedTokensList = from_str(&text).unwrap();
    assert_eq!(page.next.as_deref(), Some("abc"));
    assert_eq!(page.previous, None);
    assert_eq!(page.results.len(), 2);
    assert_eq!(page.results[0], page.results[1]);
}

#[test]
fn a_missing_required_field_is_named_with_its_path() {
    let broken = TOKEN.replace("token_label", "label");
    let text = format!(r#"{{"results":[{TOKEN},{broken}]}}"#);
    let error = from_str::<PaginatedTokensList>(&text).unwrap_err();
    assert_eq!(error.path(), "$.results[1]");
    assert_eq!(
        error.message(),
        "missing required field `token_label` of Token"
    );
}

#[test]
fn a_required_field_may_be_null_only_where_its_type_says_so() {
    let error = from_str::<Token>(&TOKEN.replace(r#""ci""#, "null")).unwrap_err();
    assert_eq!(error.path(), "$.token_label");
    assert_eq!(error.message(), "expected a string, found null");
}

#[test]
fn the_last_of_repeated_keys_wins_and_nothing_of_the_first_is_left() {
    let text = r#"{"name":"a","name":"b","children":[],
        "parent":{"name":"p","children":[],"byName":{"x":{"name":"x","children":[]}}},
        "parent":{"name":"q","children":[]},
        "byName":{"k":{"name":"1","children":[]},"k":{"name":"2","children":[]}}}"#;
    let tree: Tree = from_str(text).unwrap();
    assert_eq!(tree.name, "b");
    let parent = tree.parent.as_ref().unwrap();
    assert_eq!(parent.name, "q");
    assert!(parent.by_name.is_none());
    let by_name = tree.by_name.as_ref().unwrap();
    assert_eq!(by_name.len(), 1);
    assert_eq!(by_name["k"].name, "2");
}

#[test]
fn a_repeated_required_object_does_not_keep_members_of_the_first() {
    json_fixtures::model!(Inner { a: Option<i64> = Optional("a"), b: Option<i64> = Optional("b"), });
    json_fixtures::model!(Outer {
        inner: Inner = Required("inner"),
        boxed: Box<Inner> = Required("boxed"),
        pair: (Inner, i64) = Required("pair"),
    });
    let outer: Outer = from_str(
        r#"{"boxed":{"a":1},"inner":{"a":1},"inner":{"b":2},"boxed":{"b":2},
            "pair":[{"a":1},1],"pair":[{"b":2},2]}"#,
    )
    .unwrap();
    assert_eq!((outer.inner.a, outer.inner.b), (None, Some(2)));
    assert_eq!((outer.boxed.a, outer.boxed.b), (None, Some(2)));
    assert_eq!(
        (outer.pair.0.a, outer.pair.0.b, outer.pair.1),
        (None, Some(2), 2)
    );
}

#[test]
fn keys_with_escapes_are_the_keys_they_stand_for() {
    let text = r#"{"n\u0061me":"tab\there \"q\" \\ \/ \u00e9 \ud83d\ude00","children":[]}"#;
    let tree: Tree = from_str(text).unwrap();
    assert_eq!(tree.name, "tab\there \"q\" \\ / é 😀");
    assert_eq!(from_str::<Tree>(&to_string(&tree)).unwrap(), tree);
}

#[test]
fn recursion_is_read_and_written() {
    let text = r#"{"name":"r","parent":{"name":"p","children":[]},"children":[{"name":"c","children":[{"name":"g","children":[]}]}],"byName":{"x":{"name":"x","children":[]}}}"#;
    let tree: Tree = from_str(text).unwrap();
    assert_eq!(tree.children[0].children[0].name, "g");
    assert_eq!(to_string(&tree), text);
    let list: JsonList = from_str("[[],[[]]]").unwrap();
    assert_eq!((list.len(), list[1].len()), (2, 1));
    assert_eq!(to_string(&list), "[[],[[]]]");
    assert_eq!(format!("{list:?}"), "[[], [[]]]");
}

#[test]
fn a_patch_tells_absent_null_and_value_apart() {
    let text = r#"{"description":null,"archived":true}"#;
    let patch: FlagPatch = from_str(text).unwrap();
    assert_eq!(patch.name, None);
    assert_eq!(patch.description, rt::Nullable::Null);
    assert_eq!(patch.archived, rt::Nullable::Value(true));
    assert_eq!(to_string(&patch), text);
    let absent: FlagPatch = from_str("{}").unwrap();
    assert_eq!(absent.description, rt::Nullable::Absent);
    assert_eq!(to_string(&absent), "{}");
    assert_eq!(rt::Nullable::<i64>::from(None), rt::Nullable::Null);
    assert_eq!(rt::Nullable::from(Some(1)), rt::Nullable::Value(1));
    assert_eq!(rt::Nullable::from(1).into_option(), Some(1));
    assert_eq!(rt::Nullable::<i64>::default(), rt::Nullable::Absent);
}

#[test]
fn keys_that_are_no_fields_are_kept_where_the_model_has_room() {
    let labels: Labels = from_str(r#"{"b":2,"id":1,"a":1,"b":3,"":4}"#).unwrap();
    assert_eq!(labels.id, 1);
    let expected = BTreeMap::from([("a".into(), 1), ("b".into(), 3), (String::new(), 4)]);
    assert_eq!(labels.additional_properties, expected);
    assert_eq!(to_string(&labels), r#"{"id":1,"":4,"a":1,"b":3}"#);

    let error = from_str::<Labels>(r#"{"id":1,"x\u0020y":"no"}"#).unwrap_err();
    assert_eq!(error.path(), r#"$["x y"]"#);

    let open: OpenLabels = from_str(r#"{"x":{"y":[null,1.5]},"id":7}"#).unwrap();
    assert_eq!(open.id, Some(7));
    assert_eq!(open.additional_properties["x"]["y"][1], 1.5);
}

#[test]
fn a_kept_key_never_repeats_a_field() {
    let mut labels: Labels = from_str(r#"{"id":1}"#).unwrap();
    labels.additional_properties.insert("id".into(), 99);
    assert_eq!(to_string(&labels), r#"{"id":1}"#);
}

#[test]
fn a_hundred_fields_are_found_and_missed() {
    json_fixtures::hundred_fields!(Wide);
    let members: Vec<String> = (0..100)
        .map(|at| format!(r#""field_{at:02}":{at}"#))
        .collect();
    let forwards: Wide = from_str(&format!("{{{}}}", members.join(","))).unwrap();
    let mut reversed = members.clone();
    reversed.reverse();
    let backwards: Wide = from_str(&format!("{{{}}}", reversed.join(","))).unwrap();
    assert_eq!(forwards, backwards);
    assert_eq!(forwards.sum(), (0..100).sum::<i64>());
    for missing in [0, 63, 64, 65, 98, 99] {
        let mut some = members.clone();
        some.remove(missing);
        let error = from_str::<Wide>(&format!("{{{}}}", some.join(","))).unwrap_err();
        assert_eq!(
            error.message(),
            format!("missing required field `field_{missing:02}` of Wide")
        );
    }
    let mut twice = members;
    twice.push(r#""field_99":1"#.into());
    assert_eq!(
        from_str::<Wide>(&format!("{{{}}}", twice.join(",")))
            .unwrap()
            .sum(),
        4852
    );
}

#[test]
fn a_model_without_fields_takes_any_object_and_nothing_else() {
    let nothing: Nothing = from_str(r#"{"a":[1,{"b":2}]}"#).unwrap();
    assert_eq!(to_string(&nothing), "{}");
    let error = from_str::<Nothing>("[]").unwrap_err();
    assert_eq!(error.message(), "expected an object, found an array");
}

#[test]
fn debug_names_the_type_and_its_wire_fields() {
    let page: PaginatedTokensList = from_str(r#"{"next":"abc","results":[]}"#).unwrap();
    assert_eq!(
        format!("{page:?}"),
        r#"PaginatedTokensList { next: "abc", results: [] }"#
    );
    assert_eq!(
        format!("{:?}", from_str::<Nothing>("{}").unwrap()),
        "Nothing {}"
    );
    let tree: Tree = from_str(r#"{"name":"a","children":[{"name":"b","children":[]}]}"#).unwrap();
    let pretty = r#"Tree {
    name: "a",
    children: [
        Tree {
            name: "b",
            children: [],
        },
    ],
}"#;
    assert_eq!(format!("{tree:#?}"), pretty);
    let open: OpenLabels = from_str(r#"{"a b":{"c":1}}"#).unwrap();
    assert_eq!(format!("{open:?}"), r#"OpenLabels { "a b": { c: 1 } }"#);
}

#[test]
fn debug_never_shows_a_secret_and_the_wire_always_does() {
    let text = r#"{"credentials":{"user":"u","pass word":"hunter2"},"history":[{"user":"v","pass word":"hunter3"}]}"#;
    let account: Account = from_str(text).unwrap();
    assert_eq!(
        format!("{account:?}"),
        r#"Account { credentials: Credentials { user: "u", "pass word": "[redacted]" }, history: [Credentials { user: "v", "pass word": "[redacted]" }] }"#
    );
    assert!(!format!("{account:#?}").contains("hunter"));
    assert_eq!(to_string(&account), text);
    let mut other = account.clone();
    other.credentials.password = "x".into();
    assert_ne!(account, other, "equality sees secrets");
    let mut token: Token = from_str(TOKEN).unwrap();
    token.secret = Some("hunter2".into());
    assert!(
        format!("{token:?}").ends_with(r#", secret: "[redacted]" }"#),
        "{token:?}"
    );
}

#[test]
fn equality_is_that_of_the_json() {
    let one: OpenLabels = from_str(r#"{"x":1,"y":{"a":1,"b":2}}"#).unwrap();
    let same: OpenLabels = from_str(r#"{"y":{"b":2,"a":1},"x":1}"#).unwrap();
    let other: OpenLabels = from_str(r#"{"y":{"b":2,"a":"1"},"x":1}"#).unwrap();
    assert_eq!(one, same);
    assert_ne!(one, other);
}

#[test]
fn a_flattened_union_shares_the_object() {
    json_fixtures::model!(Cat {
        kind: String = Required("kind"),
        lives: i64 = Required("lives"),
    });
    json_fixtures::model!(Dog { kind: String = Required("kind"), tricks: Vec<String> = Required("tricks"), });
    json_fixtures::union!(Pet Some("kind");
        Cat(Cat) = rt::Variant::tagged(&["cat"]),
        Dog(Dog) = rt::Variant::tagged(&["dog"]),
    );
    json_fixtures::model!(Owned {
        owner: String = Required("owner"),
        kind: Option<String> = Optional("kind"),
        pet: Pet = Flattened,
        rest: BTreeMap<String, rt::Value> = Rest,
    });
    let text = r#"{"owner":"o","kind":"cat","lives":9,"new":true}"#;
    let owned: Owned = from_str(text).unwrap();
    assert_eq!(owned.kind.as_deref(), Some("cat"));
    assert!(
        matches!(&owned.pet, Pet::Cat(cat) if cat.lives == 9),
        "{owned:?}"
    );
    assert_eq!(owned.rest["new"], true);
    assert_eq!(to_string(&owned), text, "no key is written twice");

    let mut built = owned.clone();
    built.kind = None;
    built.rest.clear();
    assert_eq!(to_string(&built), r#"{"owner":"o","kind":"cat","lives":9}"#);
    assert_eq!(
        format!("{built:?}"),
        r#"Owned { owner: "o", kind: "cat", lives: 9 }"#
    );

    built.pet = Pet::Unknown(rt::Value::from("no object"));
    assert_eq!(
        to_string(&built),
        r#"{"owner":"o"}"#,
        "what has no members adds none"
    );
    built.rest.insert("new".into(), rt::Value::from(1));
    assert_eq!(to_string(&built), r#"{"owner":"o","new":1}"#);

    let odd = r#"{"owner":"o","kind":"cat","lives":"9"}"#;
    let kept: Owned = from_str(odd).unwrap();
    assert_eq!(to_string(&kept), odd);
    let error = kept.pet.decode_error().unwrap();
    assert_eq!(
        (error.path(), error.message()),
        ("$.lives", "expected an integer, found a string")
    );

    let unknown: Owned = from_str(r#"{"owner":"o","kind":"fish","fins":2}"#).unwrap();
    assert!(matches!(unknown.pet, Pet::Unknown(_)));
    assert_eq!(
        to_string(&unknown),
        r#"{"owner":"o","kind":"fish","fins":2}"#
    );
    let nested = format!("[{text},{text}]");
    assert_eq!(to_string(&from_str::<Vec<Owned>>(&nested).unwrap()), nested);
}

#[test]
fn what_was_read_goes_through_a_json_value_unchanged() {
    let token: Token = from_str(TOKEN).unwrap();
    let value = rt::json::to_value(&token);
    assert_eq!(value["access_level"], "FULL_ACCESS");
    assert_eq!(rt::json::from_value::<Token>(&value).unwrap(), token);
}
