//! Scalars: what is read leniently, what is refused, and how values are written.
#![allow(missing_docs, unreachable_pub, clippy::float_cmp)]

mod json_fixtures;

use clientsmith_runtime::support as rt;
use json_fixtures::ApiAccessLevelEnum;
use rt::json::{from_slice, from_str, to_string};

fn message<T: rt::Json + std::fmt::Debug>(text: &str) -> String {
    from_str::<T>(text).unwrap_err().message().to_owned()
}

#[test]
fn integers_are_exact_or_an_error() {
    assert_eq!(from_str::<i64>("9223372036854775807").unwrap(), i64::MAX);
    assert_eq!(from_str::<i64>("-9223372036854775808").unwrap(), i64::MIN);
    assert_eq!(
        from_str::<i64>("1234567890123456789").unwrap(),
        1_234_567_890_123_456_789
    );
    assert_eq!(from_str::<u64>("18446744073709551615").unwrap(), u64::MAX);
    assert_eq!(from_str::<i64>("-0").unwrap(), 0);
    assert_eq!(from_str::<i64>("1.0").unwrap(), 1);
    assert_eq!(from_str::<u64>("-0.0").unwrap(), 0);
    assert_eq!(from_str::<i32>("1e3").unwrap(), 1000);
    assert_eq!(
        from_str::<i64>("9007199254740992.0").unwrap(),
        9_007_199_254_740_992
    );
    let refused = "expected an integer of 64 bits, found a number that is none";
    assert_eq!(message::<i64>("9223372036854775808"), refused);
    assert_eq!(message::<i64>("1.5"), refused);
    assert_eq!(message::<i64>("9007199254740994.0"), refused);
    assert_eq!(message::<i64>("1e400"), refused);
    assert_eq!(message::<u64>("18446744073709551616"), refused);
    assert!(message::<u64>("-1").contains("without a sign"));
    assert!(message::<u8>("256").contains("8 bits"));
    assert!(message::<i32>("2147483648").contains("32 bits"));
    assert_eq!(from_str::<i8>("-128").unwrap(), i8::MIN);
    assert_eq!(
        message::<i64>(r#""1""#),
        "expected an integer, found a string"
    );
    assert_eq!(
        to_string(&(i64::MIN, u64::MAX)),
        "[-9223372036854775808,18446744073709551615]"
    );
}

#[test]
fn floats_are_the_nearest_and_finite() {
    assert_eq!(from_str::<f64>("1").unwrap(), 1.0);
    assert_eq!(from_str::<f64>("0.1").unwrap(), 0.1);
    assert_eq!(
        from_str::<f64>("123456789012345678901234567890").unwrap(),
        1.234_567_890_123_456_8e29
    );
    assert_eq!(
        from_str::<f64>("2.2250738585072011e-308").unwrap(),
        2.225_073_858_507_201e-308
    );
    assert_eq!(from_str::<f64>("1e-400").unwrap(), 0.0);
    assert!(from_str::<f64>("-0").unwrap().is_sign_negative());
    assert!(message::<f64>("1e400").contains("range of a float"));
    assert!(message::<f32>("1e39").contains("32 bits"));
    assert_eq!(to_string(&from_str::<f32>("0.1").unwrap()), "0.1");
    assert_eq!(
        to_string(&(1.0_f64, -0.0_f64, 0.1_f64, 1e21_f64)),
        "[1,-0,0.1,1e+21]"
    );
    assert_eq!(to_string(&(f64::NAN, f64::INFINITY)), "[null,null]");
}

#[test]
fn what_json_has_no_number_for_is_no_json() {
    for text in [
        "NaN",
        "Infinity",
        "-Infinity",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "-",
        "0x1",
        "١",
    ] {
        assert!(from_str::<f64>(text).is_err(), "{text}");
        assert!(from_str::<i64>(text).is_err(), "{text}");
        assert!(from_str::<rt::Value>(text).is_err(), "{text}");
        assert!(from_str::<Option<i64>>(text).is_err(), "{text}");
        assert!(from_str::<()>(text).is_err(), "{text}");
    }
}

#[test]
fn values_keep_numbers_as_far_as_they_can() {
    let text = r#"[-9223372036854775808,18446744073709551615,1,1.5,-0.0,true,null,"é",{},[]]"#;
    assert_eq!(to_string(&from_str::<rt::Value>(text).unwrap()), text);
    assert_eq!(to_string(&from_str::<rt::Value>("-0").unwrap()), "-0.0");
    assert_eq!(to_string(&from_str::<rt::Value>("1e2").unwrap()), "100.0");
    assert_eq!(
        from_str::<rt::Value>("18446744073709551616").unwrap(),
        18_446_744_073_709_551_616.0
    );
    assert!(message::<rt::Value>("[1e400]").contains("range of a float"));
}

#[test]
fn booleans_and_null_are_whole_words() {
    assert_eq!(
        from_str::<Vec<bool>>("[true,false]").unwrap(),
        [true, false]
    );
    assert_eq!(from_str::<Option<bool>>("null").unwrap(), None);
    for text in ["tru", "truex", "nul", "nulll", "True", "fals"] {
        assert!(from_str::<bool>(text).is_err(), "{text}");
        assert!(from_str::<Option<bool>>(text).is_err(), "{text}");
        assert!(
            from_str::<Vec<Option<i64>>>(&format!("[{text}]")).is_err(),
            "{text}"
        );
    }
    assert_eq!(message::<bool>("1"), "expected a boolean, found a number");
}

#[test]
fn strings_are_unescaped_and_must_be_unicode() {
    assert_eq!(
        from_str::<String>(r#""\b\f\n\r\t\"\\\/\u0000""#).unwrap(),
        "\u{8}\u{c}\n\r\t\"\\/\0"
    );
    assert_eq!(from_str::<String>(r#""\ud83d\ude00""#).unwrap(), "😀");
    for text in [
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83d\u0041""#,
        r#""\x""#,
        r#""\u12""#,
        "\"\n\"",
    ] {
        assert!(from_str::<String>(text).is_err(), "{text}");
    }
    let error = from_slice::<Vec<String>>(b"[\"ok\",\"\xff\"]").unwrap_err();
    assert_eq!((error.path(), error.column()), ("$[1]", 8));
    let text = "\"a\\\"b\\\\c\\n\\u0001é😀\u{2028}\"";
    assert_eq!(to_string(&from_str::<String>(text).unwrap()), text);
}

#[test]
fn uuids_are_read_in_their_forms_and_written_in_one() {
    let written = r#""67e55044-10b1-426f-9247-bb680e5fe0c8""#;
    for text in [
        written,
        r#""67E5504410B1426F9247BB680E5FE0C8""#,
        r#""{67e55044-10b1-426f-9247-bb680e5fe0c8}""#,
        r#""urn:uuid:67e55044-10b1-426f-9247-bb680e5fe0c8""#,
    ] {
        assert_eq!(to_string(&from_str::<rt::Uuid>(text).unwrap()), written);
    }
    assert_eq!(
        message::<rt::Uuid>(r#""x""#),
        "expected a UUID, found a string that is none"
    );
    assert_eq!(message::<rt::Uuid>("1"), "expected a UUID, found a number");
}

#[expect(clippy::too_many_lines, reason = "a table of texts")]
#[test]
fn date_times_are_read_from_what_servers_write() {
    let at = |text: &str| {
        from_str::<rt::DateTime>(&format!("\"{text}\""))
            .map(|when| to_string(&when))
            .ok()
    };
    let noon: rt::DateTime = from_str(r#""2024-01-31T12:00:00Z""#).unwrap();
    for text in [
        "2024-01-31T12:00:00Z",
        "2024-01-31t12:00:00z",
        "2024-01-31 12:00:00",
        "2024-01-31T12:00:00",
        "2024-01-31T12:00Z",
        "2024-01-31 12:00",
        "2024-01-31T12:00:00.000Z",
        "2024-01-31T12:00:00,0",
        "2024-01-31T12:00:00+00:00",
        "2024-01-31T12:00:00+0000",
        "2024-01-31T12:00:00-00",
        "2024-01-31 12:00:00 +0000",
        "2024-01-31 12:00:00 UTC",
        "2024-01-31T14:00:00+02:00",
        "2024-02-01T00:30:00.0000000000001+12:30",
        "2024-01-31T02:15:00-0945",
    ] {
        let json = format!("\"{text}\"");
        assert_eq!(from_str::<rt::DateTime>(&json).unwrap(), noon, "{text}");
        assert_eq!(at(text), Some(json), "it goes back as it came");
    }
    for text in [
        "2024-01-31",
        "0001-01-01T00:00:00Z",
        "2024-01-31T12:00:00.123456789Z",
        "2024-01-31T12:00:00.5Z",
        "2016-12-31T23:59:60Z",
    ] {
        assert_eq!(at(text), Some(format!("\"{text}\"")));
    }
    for text in [
        "",
        "2024",
        "2024-1-31T12:00:00Z",
        "2024-02-30T12:00:00Z",
        "2024-01-31X12:00:00Z",
        "2024-01-31T24:00:00Z",
        "2024-01-31T12:60:00Z",
        "2024-01-31T12:00:61Z",
        "2024-01-31T12",
        "2024-01-31T12:00:00.Z",
        "2024-01-31T12:00:00+1",
        "2024-01-31T12:00:00+25:00",
        "2024-01-31T12:00:00Zjunk",
        "2024-01-31T12:00:00+02:00x",
        "1706702400",
        "２０２４-01-31",
    ] {
        assert_eq!(at(text), None, "{text}");
    }
    assert_eq!(
        message::<rt::DateTime>(r#""soon""#),
        "expected a date-time, found a string that is none"
    );
}

#[test]
fn dates_and_times_of_day() {
    assert_eq!(
        to_string(&from_str::<rt::Date>(r#""2024-02-29""#).unwrap()),
        r#""2024-02-29""#
    );
    let date = from_str::<rt::Date>(r#""2024-02-29T23:00:00-05:00""#).unwrap();
    assert_eq!(date.to_string(), "2024-02-29", "the date as written");
    assert!(from_str::<rt::Date>(r#""2023-02-29""#).is_err());
    assert!(from_str::<rt::Date>(r#""2024-02-29 or so""#).is_err());
    assert_eq!(
        to_string(&from_str::<rt::Time>(r#""10:20""#).unwrap()),
        r#""10:20""#
    );
    assert_eq!(
        to_string(&from_str::<rt::Time>(r#""01:20:30.5+02:00""#).unwrap()),
        r#""01:20:30.5+02:00""#
    );
    assert!(from_str::<rt::Time>(r#""noon""#).is_err());
}

#[test]
fn bytes_are_base64_of_either_alphabet_with_or_without_padding() {
    let bytes = rt::Base64(vec![0xfb, 0xff, 0x01, 0x02]);
    for text in [
        r#""+/8BAg==""#,
        r#""-_8BAg""#,
        r#""+/8BAg""#,
        r#""-_8B\r\nAg==""#,
    ] {
        assert_eq!(from_str::<rt::Base64>(text).unwrap(), bytes, "{text}");
    }
    assert_eq!(to_string(&bytes), r#""+/8BAg==""#);
    assert!(from_str::<rt::Base64>(r#""+_8B""#).is_err());
    assert_eq!(
        message::<rt::Base64>(r#""!""#),
        "expected a Base64 string, found a string that is none"
    );
}

#[test]
fn tuples_are_arrays_with_a_type_per_place() {
    let pair: (i64, String) = from_str(r#"[1,"a",{"more":[2]}]"#).unwrap();
    assert_eq!(pair, (1, "a".to_owned()));
    assert_eq!(to_string(&pair), r#"[1,"a"]"#);
    let error = from_str::<Vec<(i64, i64)>>("[[1,2],[3]]").unwrap_err();
    assert_eq!(error.path(), "$[1]");
    assert_eq!(error.message(), "expected an array of 2 items, found fewer");
    assert_eq!(
        from_str::<(i64, i64)>(r#"[1,"2"]"#).unwrap_err().path(),
        "$[1]"
    );
}

#[test]
fn an_open_enum_keeps_and_returns_what_it_does_not_know() {
    let known: ApiAccessLevelEnum = from_str(r#""READ_ONLY""#).unwrap();
    assert!(matches!(known, ApiAccessLevelEnum::ReadOnly));
    let unknown: ApiAccessLevelEnum = from_str(r#""read_only""#).unwrap();
    assert!(matches!(&unknown, ApiAccessLevelEnum::Unknown(value) if value == "read_only"));
    assert_eq!(to_string(&unknown), r#""read_only""#);
    assert_eq!(
        (known.to_string(), format!("{unknown:?}")),
        ("READ_ONLY".into(), r#""read_only""#.into())
    );
    let by_hand = ApiAccessLevelEnum::Unknown("READ_ONLY".into());
    assert_eq!(by_hand, known, "equal as on the wire");
    assert_ne!(known, unknown);
    assert_eq!(ApiAccessLevelEnum::from("READ_ONLY"), known);
    assert_eq!(known.as_ref(), "READ_ONLY");
    assert_eq!(format!("{known:>10}"), " READ_ONLY");
    assert_eq!(
        std::collections::HashSet::from([known.clone(), known]).len(),
        1
    );
    assert_eq!(
        message::<ApiAccessLevelEnum>("1"),
        "expected a string, found a number"
    );
}

#[derive(Clone)]
enum Priority {
    Low,
    High,
    Unknown(i64),
}
impl rt::OpenIntEnum for Priority {
    const NAME: &'static str = "Priority";
    const VALUES: &'static [i64] = &[1, 9];
    fn as_i64(&self) -> i64 {
        match self {
            Self::Low => 1,
            Self::High => 9,
            Self::Unknown(value) => *value,
        }
    }
    fn from_value(value: i64) -> Self {
        match value {
            1 => Self::Low,
            9 => Self::High,
            other => Self::Unknown(other),
        }
    }
}
rt::impl_open_int_enum!(Priority);

#[test]
fn an_open_integer_enum_keeps_and_returns_what_it_does_not_know() {
    let all: Vec<Priority> = from_str("[1,9.0,5]").unwrap();
    assert!(matches!(
        all[..],
        [Priority::Low, Priority::High, Priority::Unknown(5)]
    ));
    assert_eq!(to_string(&all), "[1,9,5]");
    assert_eq!(format!("{all:?} {}", all[1]), "[1, 9, 5] 9");
    assert_eq!(all[1], Priority::from(9));
    assert_ne!(all[0], all[2]);
    assert_eq!(
        message::<Priority>(r#""1""#),
        "expected an integer, found a string"
    );
}
