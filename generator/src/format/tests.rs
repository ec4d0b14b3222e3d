use quote::quote;

use super::{code, pretty};
use crate::tokens::Tokens;

fn format(header: &str, items: Vec<proc_macro2::TokenStream>) -> Result<String, syn::Error> {
    super::format(header, items.into_iter().map(Tokens::from).collect())
}

#[test]
fn a_table_has_a_line_for_each_entry() {
    let table = quote! {
        rt::model! {
            Pot { 0 glaze: Required("glaze"), 1 r#type: Optional("a, b"), 2 rest: Rest, }
            rules: [
                rt::Rule::Field("glaze", &[rt::Rule::MaxLength(3)]),
                rt::Rule::Field("type", &[rt::Rule::MaxLength(3), rt::Rule::Of(<types::Box as rt::Model>::rules)]),
            ]
        }
    };
    let expected = r#"rt::model! {
    Pot {
        0 glaze: Required("glaze"),
        1 r#type: Optional("a, b"),
        2 rest: Rest,
    }
    rules: [
        rt::Rule::Field("glaze", &[rt::Rule::MaxLength(3)]),
        rt::Rule::Field(
            "type",
            &[rt::Rule::MaxLength(3), rt::Rule::Of(<types::Box as rt::Model>::rules)],
        ),
    ]
}
"#;
    assert_eq!(format("", vec![table]).unwrap(), expected);
    let gated = quote!(
        #[cfg(any(feature = "a", feature = "b"))]
        rt::open_enum! { A { B: "b", } }
    );
    let expected = "#[cfg(any(feature = \"a\", feature = \"b\"))]\n\
        rt::open_enum! {\n    A {\n        B: \"b\",\n    }\n}\n";
    assert_eq!(format("", vec![gated]).unwrap(), expected);
    let empty = quote!(rt::open_int_enum! { Nothing {} });
    let expected = "rt::open_int_enum! {\n    Nothing {}\n}\n";
    assert_eq!(format("", vec![empty]).unwrap(), expected);
    // What only looks like one is Rust.
    let call = quote!(rt::impl_model!(Pot););
    assert_eq!(format("", vec![call]).unwrap(), "rt::impl_model!(Pot);\n");
}

#[test]
fn a_blank_line_stands_between_items() {
    let table = quote!(rt::open_enum! { A { B: "b", } });
    let text = format(
        "h",
        vec![
            quote!(
                use a;
            ),
            table.clone(),
            table,
            quote!(
                use b;
            ),
        ],
    )
    .unwrap();
    let one = "rt::open_enum! {\n    A {\n        B: \"b\",\n    }\n}\n";
    assert_eq!(text, format!("// h\n\nuse a;\n\n{one}\n{one}\nuse b;\n"));
}

/// What the emitter writes, in short.
const CODE: [&str; 12] = [
    r#"#[doc = " A pot, \"glazed\"."] #[doc = r" Raw."] #[derive(Clone, Debug)]
        #[cfg(any(feature = "a_long_feature", feature = "another_long_feature", feature = "b"))]
        pub struct Pot<'a> { #[doc = ""] pub glaze: ::std::option::Option<&'a str>, r#type: (u8,) }"#,
    "#[non_exhaustive] pub enum Kind { A, B(types::Pot), C { of: [u8], and: (A, B) } }",
    "pub struct Handle(pub(crate) rt::Handle, u8);",
    r#"static POT: rt::Operation = rt::Operation {
        id: "pot", path: "/pot/{id}", security: &[&["key"]], order: &[1, 2, 3], more: None,
    };"#,
    r#"pub const GLAZES: &str = include_str!("a/rather/long/path/to/a/file/that/does/not/fit.json");"#,
    "pub use self::pots::*;",
    "pub type Pots = ::std::collections::BTreeMap<::std::string::String, ::std::vec::Vec<types::Pot>>;",
    "rt::impl_union!(Pot, rules);",
    "impl<'a> ::std::convert::From<&'a Pot> for Glaze { type Of = Pot; const N: u8 = -1;
        fn from(pot: &'a Pot) -> Self { Self { pot, glaze: pot.glaze, more: ::std::option::Option::None } } }",
    "impl Pots { #[must_use] pub fn glaze(mut self, glaze: impl ::std::convert::Into<rt::Nullable<types::Glaze>>) -> Self {
        self.call.param(&POTS__GLAZE_PARAM, &glaze.into()); self.0.glaze = Some(glaze); self }
        pub(crate) async fn empty(&self) {} }",
    "fn decode(raw: &rt::RawResponse) -> ::std::result::Result<Self, rt::DecodeError> {
        let value: u8 = raw.value::<::std::vec::Vec<u8>>()?.first();
        match raw.status().as_u16() {
            200 | 201 => raw.typed(Self::Status200), 400..=499 => { let a = 1; Err(a) }
            _ if value => (), Other(_) => match value { _ => &value.first().second().third().fourth().fifth() },
        } }",
    r#"async fn run() -> Result<(), Box<dyn std::error::Error>> { use a::b;
        let pots = pots.iter().map(|pot| pot.glaze.as_deref().unwrap_or_default()).collect::<Vec<_>>().len();
        while let Some(pot) = pots.try_next().await? { println!("{pot:?}"); }
        if let Some(a) = b { c(a); }
        let d = if e { f } else if g { h } else { i };
        check(POTS, "pots", |run| { run.pots() }); Ok(()) }"#,
];

#[test]
fn what_the_emitter_writes_is_set_as_prettyplease_sets_it() {
    for item in CODE {
        let tokens = Tokens::from(item.parse::<proc_macro2::TokenStream>().unwrap());
        let set = code::set(&tokens);
        assert_eq!(set, pretty(&tokens).ok(), "{item}");
        assert!(set.is_some(), "{item}");
    }
}

#[test]
fn what_is_not_known_is_left_to_prettyplease() {
    let sum = quote!(
        const SUM: u8 = 1 + 2 * (3 + 4);
    );
    assert_eq!(code::set(&Tokens::from(sum.clone())), None);
    assert_eq!(
        format("", vec![sum]).unwrap(),
        "const SUM: u8 = 1 + 2 * (3 + 4);\n"
    );
    let no_rust = quote!(const SUM);
    assert!(format("", vec![no_rust]).is_err());
}
