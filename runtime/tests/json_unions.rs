//! Unions: chosen by tag, by shape, by constants and by kind, and never lost.
#![allow(missing_docs, private_interfaces, unreachable_pub, clippy::float_cmp)]

mod json_fixtures;

use clientsmith_runtime::support as rt;
use json_fixtures::*;
use rt::json::{from_str, to_string};
use rt::{Kind, Literal, LiteralValue, Model as _, OpenEnum as _, Variant};

fn value(text: &str) -> rt::Value {
    from_str(text).unwrap()
}

#[test]
fn a_tag_chooses_wherever_it_stands() {
    for text in [
        r#"{"type":"note","content":"c"}"#,
        r#"{"content":"c","type":"note"}"#,
        r#"{"x":{"type":"alert_value"},"content":"c","t\u0079pe":"n\u006fte"}"#,
    ] {
        let widget: Widget = from_str(text).unwrap();
        assert!(
            matches!(&widget, Widget::Note(note) if note.content == "c"),
            "{widget:?}"
        );
    }
    let widget: Widget = from_str(r#"{"type":"alert_value","alert_id":"1"}"#).unwrap();
    assert!(
        matches!(widget, Widget::Alert(_)),
        "one member may have several tags"
    );
}

#[test]
fn a_value_that_no_tag_names_is_kept_as_it_came() {
    for text in [
        r#"{"type":"new_widget","a":[1,2]}"#,
        r#"{"a":1}"#,
        r#"{"type":["note"]}"#,
        r#""text""#,
        "null",
    ] {
        let widget: Widget = from_str(text).unwrap();
        assert!(matches!(widget, Widget::Unknown(_)), "{text}");
        assert_eq!(rt::json::to_value(&widget), value(text));
    }
}

#[test]
fn a_tagged_member_that_does_not_decode_is_kept_and_says_why() {
    let text = r#"{"type":"group","widgets":[{"type":"new"},{"type":"group","widgets":[{"type":"note","content":5},{"type":"note","content":"c"}]}]}"#;
    let widget: Widget = from_str(text).unwrap();
    assert_eq!(rt::json::to_value(&widget), value(text));
    assert_eq!(widget.decode_error(), None);
    let Widget::Group(outer) = &widget else {
        panic!("{widget:?}")
    };
    let [new, Widget::Group(inner)] = &outer.widgets[..] else {
        panic!("{widget:?}")
    };
    let error = new.decode_error().unwrap();
    assert_eq!(
        (error.path(), error.message()),
        ("$.type", "`type` names no member of Widget")
    );
    let [note, Widget::Note(_)] = &inner.widgets[..] else {
        panic!("{widget:?}")
    };
    let error = note.decode_error().unwrap();
    assert_eq!(error.path(), "$.content");
    assert_eq!(error.message(), "expected a string, found a number");
    let untagged: Widget = from_str(r#"{"content":"c"}"#).unwrap();
    let error = untagged.decode_error().unwrap();
    assert_eq!(
        (error.path(), error.message()),
        ("$", "no `type` that names a member of Widget")
    );
    from_str::<Widget>(r#"{"type":"note","content":5"#).unwrap_err();
}

#[test]
fn a_union_that_is_a_member_gives_way_where_it_knows_no_more() {
    union!(Either None;
        Widget(Widget) = Variant::union(<Widget as rt::Union>::choices),
        Counter(Counter) = Variant::object(Counter::FIELDS),
    );
    model!(Counter {
        kind: String = Required("type"),
        content: i64 = Required("content"),
    });
    let counter: Either = from_str(r#"{"type":"note","content":5}"#).unwrap();
    assert!(matches!(counter, Either::Counter(_)), "{counter:?}");
    let text = r#"{"type":"note","content":[{"a":1}]}"#;
    let neither: Either = from_str(text).unwrap();
    assert!(matches!(neither, Either::Unknown(_)), "{neither:?}");
    assert_eq!(rt::json::to_value(&neither), value(text));
    let error = neither.decode_error().unwrap();
    assert_eq!(
        (error.path(), error.message()),
        ("$.content", "expected a string, found an array")
    );
}

#[test]
fn a_union_prints_its_member() {
    let widget: Widget = from_str(r#"{"type":"note","content":"c"}"#).unwrap();
    assert_eq!(
        format!("{widget:?}"),
        r#"NoteWidget { type: "note", content: "c" }"#
    );
    assert_eq!(widget, widget.clone());
}

model!(Circle { radius: f64 = Required("radius"), color: Option<String> = Optional("color"), });
model!(Square { side: f64 = Required("side"), color: Option<String> = Optional("color"), });
model!(Ring {
    radius: f64 = Required("radius"),
    inner: f64 = Required("inner"),
    color: Option<String> = Optional("color"),
});
union!(Shape None;
    Circle(Circle) = Variant::object(Circle::FIELDS),
    Square(Box<Square>) = Variant::object(<Square as rt::Model>::FIELDS),
    Ring(Ring) = Variant::object(Ring::FIELDS),
    List(Vec<Shape>) = Variant::kind(Kind::Array),
);

#[test]
fn shape_chooses_the_member_that_knows_most_keys() {
    let circle: Shape = from_str(r#"{"color":"red","radius":1}"#).unwrap();
    assert!(matches!(circle, Shape::Circle(_)), "{circle:?}");
    let ring: Shape = from_str(r#"{"new":0,"inner":1,"radius":2}"#).unwrap();
    assert!(
        matches!(ring, Shape::Ring(_)),
        "declared later, but knows more: {ring:?}"
    );
    let square: Shape = from_str(r#"{"side":1}"#).unwrap();
    assert!(matches!(square, Shape::Square(_)), "{square:?}");
    let list: Shape = from_str(r#"[{"side":1},[],7]"#).unwrap();
    assert!(
        matches!(&list, Shape::List(items)
            if matches!(items[..], [Shape::Square(_), Shape::List(_), Shape::Unknown(_)])),
        "{list:?}"
    );
}

#[test]
fn a_missing_required_key_rules_a_member_out_also_when_another_key_is_repeated() {
    let shape: Shape = from_str(r#"{"inner":1,"inner":1}"#).unwrap();
    assert!(matches!(shape, Shape::Unknown(_)), "{shape:?}");
}

#[test]
fn a_member_that_does_not_decode_gives_way_to_the_next_and_at_last_to_the_raw_value() {
    let next: Shape = from_str(r#"{"radius":1,"inner":"wide"}"#).unwrap();
    assert!(
        matches!(&next, Shape::Circle(circle) if circle.radius == 1.0),
        "{next:?}"
    );
    let text = r#"{"radius":"r","inner":"wide"}"#;
    let raw: Shape = from_str(text).unwrap();
    assert!(matches!(raw, Shape::Unknown(_)), "{raw:?}");
    assert_eq!(rt::json::to_value(&raw), value(text));
    let page: Vec<Shape> = from_str(&format!(r#"[{{"side":1}},{text},{{"side":2}}]"#)).unwrap();
    assert!(matches!(
        page[..],
        [Shape::Square(_), Shape::Unknown(_), Shape::Square(_)]
    ));
}

#[test]
fn text_that_is_no_json_is_an_error_inside_a_union_too() {
    let error = from_str::<Shape>(r#"[{"radius":1,"inner":tru}]"#).unwrap_err();
    assert_eq!(error.path(), "$[0].inner");
    let error = from_str::<Vec<Shape>>(r#"[{"radius":1},{"radius":1"#).unwrap_err();
    assert_eq!(
        (error.path(), error.line(), error.column()),
        ("$[1]", 1, 26)
    );
}

#[test]
fn constants_decide_where_they_are_present() {
    model!(On { kind: Option<String> = Optional("kind"), at: Option<i64> = Optional("at"), });
    model!(Off {
        kind: Option<String> = Optional("kind"),
        at: Option<i64> = Optional("at"),
        why: Option<String> = Optional("why"),
    });
    union!(Switch None;
        Off(Off) = Variant::object(Off::FIELDS).with_keys(&[("kind", Variant::strings(&["off", "broken"]))]),
        On(On) = Variant::object(On::FIELDS).with_keys(&[("kind", Variant::strings(&["on"]))]),
    );
    let on: Switch = from_str(r#"{"why":"more keys of Off","at":1,"kind":"on"}"#).unwrap();
    assert!(matches!(on, Switch::On(_)), "{on:?}");
    let off: Switch = from_str(r#"{"kind":"broken"}"#).unwrap();
    assert!(matches!(off, Switch::Off(_)), "{off:?}");
    let neither: Switch = from_str(r#"{"kind":"dimmed"}"#).unwrap();
    assert!(matches!(neither, Switch::Unknown(_)), "{neither:?}");
    let neither: Switch = from_str(r#"{"kind":{"on":1}}"#).unwrap();
    assert!(matches!(neither, Switch::Unknown(_)), "{neither:?}");
    let untold: Switch = from_str(r#"{"why":"x"}"#).unwrap();
    assert!(matches!(untold, Switch::Off(_)), "{untold:?}");
    // New to both lists, but only one of the two knows the rest.
    let newer: Switch = from_str(r#"{"kind":"dimmed","why":"x"}"#).unwrap();
    assert!(matches!(newer, Switch::Off(_)), "{newer:?}");
}

#[test]
fn what_stands_behind_keys_tells_members_apart() {
    model!(Line { kind: String = Required("type"), unit: Option<String> = Optional("unit"), });
    model!(Top { kind: String = Required("type"), limit: Option<i64> = Optional("limit"), });
    model!(LineCell { at: Option<i64> = Optional("at"), definition: Line = Required("definition"), });
    model!(TopCell { at: Option<i64> = Optional("at"), definition: Top = Required("definition"), });
    model!(Row { cells: Vec<LineCell> = Required("cells"), });
    model!(TopRow { cells: Vec<TopCell> = Required("cells"), });
    const LINE: Variant = Variant::object(LineCell::FIELDS).with_keys(&[(
        "definition",
        Variant::object(Line::FIELDS)
            .with_keys(&[("type", Variant::constant(&Variant::strings(&["line"])))]),
    )]);
    const TOP: Variant = Variant::object(TopCell::FIELDS).with_keys(&[(
        "definition",
        Variant::object(Top::FIELDS)
            .with_keys(&[("type", Variant::constant(&Variant::strings(&["top"])))]),
    )]);
    union!(Cell None;
        Line(LineCell) = LINE,
        Top(TopCell) = TOP,
        Row(Row) = Variant::object(Row::FIELDS).with_keys(&[("cells", Variant::array_of(&LINE))]),
        TopRow(TopRow) = Variant::object(TopRow::FIELDS).with_keys(&[("cells", Variant::array_of(&TOP))]),
    );
    let exact = |text: &str| {
        let cell: Cell = from_str(text).unwrap();
        assert_eq!(rt::json::to_value(&cell), value(text));
        cell
    };
    assert!(matches!(
        exact(r#"{"definition":{"type":"top","limit":5}}"#),
        Cell::Top(_)
    ));
    assert!(matches!(
        exact(r#"{"definition":{"unit":"s","type":"line"},"at":1}"#),
        Cell::Line(_)
    ));
    assert!(matches!(
        exact(r#"{"definition":{"type":"pie","limit":5}}"#),
        Cell::Unknown(_)
    ));
    assert!(matches!(
        exact(r#"{"cells":[{"definition":{"type":"line"}}]}"#),
        Cell::Row(_)
    ));
    assert!(matches!(
        exact(r#"{"cells":[{"definition":{"type":"top","limit":1}}]}"#),
        Cell::TopRow(_)
    ));
    let misfit = exact(r#"{"definition":{"type":"top","limit":"5"}}"#);
    assert!(matches!(misfit, Cell::Unknown(_)));
    assert_eq!(misfit.decode_error().unwrap().path(), "$.definition.limit");
}

#[test]
fn a_closed_object_leaves_other_keys_to_another_member() {
    model!(Closed { a: Option<i64> = Optional("a"), b: Option<i64> = Optional("b"), });
    model!(Open { a: Option<i64> = Optional("a"), });
    union!(Pair None;
        Closed(Closed) = Variant::object(Closed::FIELDS).closed(),
        Open(Open) = Variant::object(Open::FIELDS),
    );
    assert!(matches!(
        from_str(r#"{"a":1,"b":2}"#).unwrap(),
        Pair::Closed(_)
    ));
    assert!(matches!(
        from_str(r#"{"a":1,"b":2,"c":3}"#).unwrap(),
        Pair::Open(_)
    ));
    union!(Alone None; Closed(Closed) = Variant::object(Closed::FIELDS).closed(),);
    assert!(matches!(
        from_str(r#"{"a":1,"c":3}"#).unwrap(),
        Alone::Closed(_)
    ));
}

#[test]
fn kinds_choose_among_scalars() {
    union!(Scalar None;
        Null(()) = Variant::kind(Kind::Null),
        Flag(bool) = Variant::kind(Kind::Bool),
        Float(f64) = Variant::kind(Kind::Number),
        Int(i64) = Variant::kind(Kind::Integer),
        Text(String) = Variant::kind(Kind::String),
        Id(rt::Uuid) = Variant::strict(Kind::String),
        When(rt::DateTime) = Variant::strict(Kind::String),
        Map(rt::Map<String, rt::Value>) = Variant::kind(Kind::Object),
    );
    let kind = |text: &str| from_str::<Scalar>(text).unwrap();
    assert!(matches!(kind("null"), Scalar::Null(())));
    assert!(matches!(kind("true"), Scalar::Flag(true)));
    assert!(
        matches!(kind("7"), Scalar::Int(7)),
        "an integer is rather an integer"
    );
    assert!(matches!(kind("7.5"), Scalar::Float(_)));
    assert!(matches!(kind("1e300"), Scalar::Float(_)));
    assert!(
        matches!(kind("18446744073709551616"), Scalar::Float(_)),
        "too large for Int"
    );
    assert!(matches!(kind(r#""7""#), Scalar::Text(_)));
    assert!(matches!(
        kind(r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#),
        Scalar::Id(_)
    ));
    assert!(matches!(kind(r#""2024-01-31T10:20:30Z""#), Scalar::When(_)));
    assert!(matches!(kind("{}"), Scalar::Map(_)));
    assert!(matches!(kind("[]"), Scalar::Unknown(_)));
}

#[test]
fn an_integer_member_takes_whole_floats_and_no_others() {
    union!(Count None; Int(i64) = Variant::kind(Kind::Integer), Text(String) = Variant::kind(Kind::String),);
    assert!(matches!(from_str("7.0").unwrap(), Count::Int(7)));
    assert!(matches!(from_str("7.5").unwrap(), Count::Unknown(_)));
}

#[test]
fn enums_are_tried_first_with_their_values_and_last_with_others() {
    union!(Level None;
        Enum(ApiAccessLevelEnum) = Variant::strings(ApiAccessLevelEnum::VALUES),
        Text(String) = Variant::kind(Kind::String),
    );
    assert!(matches!(
        from_str(r#""READ_ONLY""#).unwrap(),
        Level::Enum(ApiAccessLevelEnum::ReadOnly)
    ));
    assert!(matches!(from_str(r#""other""#).unwrap(), Level::Text(_)));
    union!(Only None; Enum(ApiAccessLevelEnum) = Variant::strings(ApiAccessLevelEnum::VALUES),);
    assert!(matches!(
        from_str(r#""other""#).unwrap(),
        Only::Enum(ApiAccessLevelEnum::Unknown(value)) if value == "other"
    ));
}

#[test]
fn arrays_are_told_apart_by_their_items() {
    union!(Lists None;
        Texts(Vec<String>) = Variant::array_of(&Variant::kind(Kind::String)),
        Numbers(Vec<f64>) = Variant::array_of(&Variant::kind(Kind::Number)),
        Circles(Vec<Circle>) = Variant::array_of(&Variant::object(Circle::FIELDS)),
        Squares(Vec<Square>) = Variant::array_of(&Variant::object(Square::FIELDS)),
    );
    assert!(matches!(from_str(r#"["a"]"#).unwrap(), Lists::Texts(_)));
    assert!(matches!(from_str("[1, 2.5]").unwrap(), Lists::Numbers(_)));
    assert!(matches!(
        from_str(r#"[{"side":1}]"#).unwrap(),
        Lists::Squares(_)
    ));
    assert!(matches!(from_str("[]").unwrap(), Lists::Texts(_)));
    assert!(matches!(from_str(r#"["a",1]"#).unwrap(), Lists::Unknown(_)));
}

#[test]
fn a_union_within_a_union_is_looked_into_and_circles_end() {
    union!(Outer None;
        Text(String) = Variant::kind(Kind::String),
        Inner(Box<Inner>) = Variant::union(<Inner as rt::Union>::choices),
        Square(Square) = Variant::object(Square::FIELDS),
    );
    union!(Inner None;
        Outer(Box<Outer>) = Variant::union(<Outer as rt::Union>::choices),
        Ring(Ring) = Variant::object(Ring::FIELDS),
    );
    let ring: Outer = from_str(r#"{"radius":2,"inner":1}"#).unwrap();
    assert!(
        matches!(&ring, Outer::Inner(inner) if matches!(**inner, Inner::Ring(_))),
        "{ring:?}"
    );
    assert!(matches!(from_str(r#""t""#).unwrap(), Outer::Text(_)));
    assert!(matches!(from_str("[]").unwrap(), Outer::Unknown(_)));
    // In a text long enough that the bound on reading again does not end the circle.
    let broken = r#"{"radius":2,"inner":"x"}"#;
    let long = format!(r#"[{broken},"{}"]"#, "x".repeat(1_000_000));
    let page: Vec<Outer> = from_str(&long).unwrap();
    assert_eq!(rt::json::to_value(&page[0]), value(broken));
    union!(Tagged None;
        Text(String) = Variant::kind(Kind::String),
        Widget(Widget) = Variant::union(<Widget as rt::Union>::choices),
        Square(Square) = Variant::object(Square::FIELDS),
    );
    let note: Tagged = from_str(r#"{"type":"note","content":"c","side":1}"#).unwrap();
    assert!(matches!(note, Tagged::Widget(Widget::Note(_))), "{note:?}");
    let square: Tagged = from_str(r#"{"type":"square","side":1}"#).unwrap();
    assert!(matches!(square, Tagged::Square(_)), "{square:?}");
}

#[test]
fn any_is_the_last_resort() {
    union!(Rest None; Any(rt::Value) = Variant::any(), Flag(bool) = Variant::kind(Kind::Bool),);
    assert!(matches!(from_str("true").unwrap(), Rest::Flag(true)));
    assert!(matches!(from_str("[1]").unwrap(), Rest::Any(_)));
}

/// `Grow` and `Shrink` both fit until their last key, at every level: without a bound each level
/// would double the work of the one below.
#[test]
fn a_hostile_text_does_not_double_the_work_at_each_level() {
    model!(Grow { next: Option<Box<Chain>> = Required("next"), end: i64 = Required("end"), });
    model!(Shrink { next: Option<Box<Chain>> = Required("next"), end: i64 = Required("end"), });
    union!(Chain None;
        Grow(Grow) = Variant::object(Grow::FIELDS),
        Shrink(Shrink) = Variant::object(Shrink::FIELDS),
    );
    let mut text = String::from("null");
    for _ in 0..100 {
        text = format!(r#"{{"next":{text},"end":"x"}}"#);
    }
    let started = std::time::Instant::now();
    let chain: Chain = from_str(&text).unwrap();
    assert!(matches!(chain, Chain::Unknown(_)));
    assert_eq!(rt::json::to_value(&chain), value(&text));
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}

#[derive(Clone)]
enum Quality {
    Auto,
    One,
    Half,
    Off,
    Unknown(rt::Value),
}
impl rt::OpenLiteralEnum for Quality {
    const NAME: &'static str = "Quality";
    const VALUES: &'static [Literal] = &[
        Literal::Str("auto"),
        Literal::Int(1),
        Literal::Float(0.5),
        Literal::Bool(false),
    ];
    fn as_literal(&self) -> LiteralValue<'_> {
        match self {
            Self::Auto => LiteralValue::Listed(0),
            Self::One => LiteralValue::Listed(1),
            Self::Half => LiteralValue::Listed(2),
            Self::Off => LiteralValue::Listed(3),
            Self::Unknown(value) => LiteralValue::Unlisted(value),
        }
    }
    fn from_literal(index: usize, value: rt::Value) -> Self {
        match index {
            0 => Self::Auto,
            1 => Self::One,
            2 => Self::Half,
            3 => Self::Off,
            _ => Self::Unknown(value),
        }
    }
}
rt::impl_open_literal_enum!(Quality);

#[test]
fn an_enum_of_several_kinds_keeps_what_it_does_not_list() {
    let all: Vec<Quality> = from_str(r#"["auto",1,0.5,false,true,"1",{"a":2}]"#).unwrap();
    assert!(matches!(
        all[..],
        [
            Quality::Auto,
            Quality::One,
            Quality::Half,
            Quality::Off,
            Quality::Unknown(_),
            Quality::Unknown(_),
            Quality::Unknown(_)
        ]
    ));
    assert_eq!(to_string(&all), r#"["auto",1,0.5,false,true,"1",{"a":2}]"#);
    assert_eq!(format!("{:?}", all[0]), r#""auto""#);
    union!(Either None;
        Quality(Quality) = Variant::literals(<Quality as rt::OpenLiteralEnum>::VALUES),
        Text(String) = Variant::kind(Kind::String),
        Int(i64) = Variant::kind(Kind::Integer),
    );
    assert!(matches!(
        from_str(r#""auto""#).unwrap(),
        Either::Quality(Quality::Auto)
    ));
    assert!(matches!(
        from_str("1").unwrap(),
        Either::Quality(Quality::One)
    ));
    assert!(matches!(from_str("2").unwrap(), Either::Int(2)));
    assert!(matches!(from_str(r#""1""#).unwrap(), Either::Text(_)));
    assert!(matches!(
        from_str("true").unwrap(),
        Either::Quality(Quality::Unknown(_))
    ));
}
