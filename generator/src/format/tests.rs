use quote::quote;

use super::format;

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
