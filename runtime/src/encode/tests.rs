//! The whole table "Style Examples" of `OpenAPI` 3.0.4, and what lies beside it.

use serde_json::{Value, json};

use crate::json::{self, Exact};
use crate::tables::{Location, Param, Style};

fn encode(param: &Param, value: &Value) -> Option<String> {
    super::encode(param, &Exact::of(value))
}

fn color(location: Location, style: Style, explode: bool) -> Param {
    Param {
        name: "color",
        location,
        style,
        explode,
        allow_reserved: false,
        allow_empty: false,
        rules: &[],
    }
}

fn values() -> [Value; 4] {
    [
        json!(""),
        json!("blue"),
        json!(["blue", "black", "brown"]),
        json!({"R": 100, "G": 200, "B": 150}),
    ]
}

/// One row: place, style, explode, then the empty string, a string, an array, an object.
#[rustfmt::skip]
const STYLE_EXAMPLES: &[(Location, Style, bool, [&str; 4])] = {
    use Location::{Cookie, Header, Path, Query};
    use Style::{DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
    &[
        (Path, Matrix, false, [";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
        (Path, Matrix, true, [";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]),
        (Path, Label, false, [".", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
        (Path, Label, true, [".", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
        (Path, Simple, false, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Path, Simple, true, ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        (Header, Simple, false, ["", "blue", "blue,black,brown", "R,100,G,200,B,150"]),
        (Header, Simple, true, ["", "blue", "blue,black,brown", "R=100,G=200,B=150"]),
        (Query, Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (Query, Form, true, ["color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"]),
        (Query, SpaceDelimited, false, ["color=", "color=blue", "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"]),
        (Query, PipeDelimited, false, ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"]),
        (Query, DeepObject, true, ["color=", "color=blue", "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown", "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"]),
        (Cookie, Form, false, ["color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"]),
        (Cookie, Form, true, ["color=", "color=blue", "color=blue; color=black; color=brown", "R=100; G=200; B=150"]),
    ]
};

#[test]
fn style_examples() {
    for (location, style, explode, expected) in STYLE_EXAMPLES {
        let param = color(*location, *style, *explode);
        for (value, expected) in values().iter().zip(expected) {
            assert_eq!(
                encode(&param, value).as_deref(),
                Some(*expected),
                "{param:?} {value}"
            );
        }
    }
}

#[test]
fn undefined_values_are_left_out() {
    for value in [
        json!(null),
        json!([]),
        json!({}),
        json!([null]),
        json!({"R": null}),
    ] {
        for (location, style) in [
            (Location::Query, Style::Form),
            (Location::Query, Style::DeepObject),
            (Location::Path, Style::Matrix),
            (Location::Header, Style::Simple),
        ] {
            assert_eq!(
                encode(&color(location, style, true), &value),
                None,
                "{style:?} {value}"
            );
        }
    }
}

#[test]
fn delimiters_in_a_value_are_encoded_and_those_between_values_are_not() {
    let param = color(Location::Query, Style::Form, false);
    assert_eq!(
        encode(&param, &json!(["a,b", "c&d"])).as_deref(),
        Some("color=a%2Cb,c%26d")
    );
}

#[test]
fn names_are_encoded() {
    let param = Param {
        name: "page[size]",
        ..color(Location::Query, Style::Form, true)
    };
    assert_eq!(
        encode(&param, &json!(7)).as_deref(),
        Some("page%5Bsize%5D=7")
    );
}

#[test]
fn reserved_characters_pass_when_allowed() {
    let param = Param {
        allow_reserved: true,
        ..color(Location::Query, Style::Form, true)
    };
    assert_eq!(
        encode(&param, &json!("a:/?@!$'()*,;=b &#+[] %2F %zz é")).as_deref(),
        Some("color=a:/?@!$'()*,;=b%20%26%23%2B%5B%5D%20%2F%20%25zz%20%C3%A9"),
    );
}

#[test]
fn deep_objects_nest() {
    let param = color(Location::Query, Style::DeepObject, true);
    assert_eq!(
        encode(&param, &json!({"a": {"b": [1, 2], "c": null}, "d e": true})).as_deref(),
        Some("color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2&color%5Bd%20e%5D=true"),
    );
    assert_eq!(
        encode(&param, &json!({"a": [{"b": 1}, {"b": 2}]})).as_deref(),
        Some("color%5Ba%5D%5B0%5D%5Bb%5D=1&color%5Ba%5D%5B1%5D%5Bb%5D=2"),
        "what belongs to one item is no other's",
    );
}

#[test]
fn objects_in_arrays_of_deep_objects_are_numbered() {
    let param = color(Location::Query, Style::DeepObject, true);
    let expected = "color%5Ba%5D%5B0%5D%5Bb%5D=1&color%5Ba%5D%5B1%5D%5Bb%5D=2";
    let value = json!({"a": [{"b": 1}, {"b": 2}]});
    assert_eq!(encode(&param, &value).as_deref(), Some(expected));
    let value = json!([{"b": 1}, {"c": [2, 3]}]);
    let expected = "color%5B0%5D%5Bb%5D=1&color%5B1%5D%5Bc%5D=2&color%5B1%5D%5Bc%5D=3";
    assert_eq!(encode(&param, &value).as_deref(), Some(expected));
}

#[test]
fn content_parameters_are_json_text() {
    let param = color(Location::Query, Style::Json, false);
    assert_eq!(
        encode(&param, &json!({"lat": 1.5})).as_deref(),
        Some("color=%7B%22lat%22%3A1.5%7D"),
    );
}

#[test]
fn a_number_keeps_all_its_digits() {
    let digits = "12345678901234567890.10";
    for style in [Style::Form, Style::Json] {
        let param = color(Location::Query, style, true);
        let encoded = |value: &Exact| super::encode(&param, value);
        let price: json::Decimal = digits.parse().unwrap();
        let expected = format!("color={digits}");
        assert_eq!(encoded(&Exact::of(&price)), Some(expected));
    }
    let param = color(Location::Query, Style::Form, false);
    let prices: Vec<json::Decimal> = vec![digits.parse().unwrap(), 7.into()];
    let expected = format!("color={digits},7");
    assert_eq!(super::encode(&param, &Exact::of(&prices)), Some(expected));
}

#[test]
fn an_array_without_items_is_an_empty_value_where_that_is_allowed() {
    for (style, explode) in [
        (Style::Form, true),
        (Style::Form, false),
        (Style::PipeDelimited, false),
    ] {
        let plain = color(Location::Query, style, explode);
        assert_eq!(encode(&plain, &json!([])), None);
        let param = plain.allow_empty();
        assert_eq!(encode(&param, &json!([])).as_deref(), Some("color="));
        assert_eq!(encode(&param, &json!(null)), None);
        assert_eq!(
            encode(&param, &json!(["blue"])).as_deref(),
            Some("color=blue")
        );
    }
}
