//! Code that the formatter sets itself comes out as prettyplease sets it.
//!
//! The items are those of every fixture's crate. With their names made longer by a few characters
//! at a time, every line that may break does, somewhere.

use std::collections::BTreeMap;
use std::path::Path;

use clientsmith::emit::RuntimeSource;
use clientsmith::format::is_set_here;
use clientsmith_tests::Fixture;
use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens as _;

#[test]
fn items_come_out_as_prettyplease_sets_them() {
    let mut compared = 0;
    for fixture in Fixture::all() {
        for item in items(&fixture) {
            for longer in [0, 1, 7, 19] {
                compared += usize::from(is_as_pretty(&fixture, stretched(item.clone(), longer)));
            }
        }
    }
    // Else the fixtures were not found, or nothing of them was code.
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn items_break_where_prettyplease_breaks_them() {
    let fixture = Fixture::all()
        .into_iter()
        .find(|fixture| fixture.name == "parameters")
        .expect("a fixture with parameters of every kind");
    for item in items(&fixture) {
        for longer in 0..60 {
            is_as_pretty(&fixture, stretched(item.clone(), longer));
        }
    }
}

/// An item with a form that the formatter does not know goes to prettyplease as a whole, which takes ten
/// times as long. What is imported goes there in every crate: some items, whatever its size.
#[test]
fn few_items_fall_back_to_prettyplease() {
    let fallen: BTreeMap<String, usize> = Fixture::all()
        .into_iter()
        .map(|fixture| (fall_back(&fixture), fixture.name))
        .filter_map(|(others, name)| (others > 0).then_some((name, others)))
        .collect();
    insta::assert_debug_snapshot!(fallen, @r#"
    {
        "access": 1,
        "any_of_null": 1,
        "arguments": 4,
        "constraints": 1,
        "either": 1,
        "examples": 1,
        "examples_swagger2": 1,
        "features": 1,
        "forms": 1,
        "mixed_dialects": 1,
        "nullable_3_1": 1,
        "request_bodies": 2,
        "resources": 1,
        "responses": 1,
        "tuples": 1,
    }
    "#);
    for fixture in clientsmith_tests::whole_documents() {
        fall_back(&fixture);
    }
}

/// Counts the items of a crate that fall back, and returns how many of them import nothing.
fn fall_back(fixture: &Fixture) -> usize {
    let items = items(fixture);
    let mut back = items.clone();
    back.retain(|item| !is_set_here(&item.clone().into()));
    let count = back.len();
    back.retain(|item| {
        let item = syn::parse2(item.clone()).expect("an item");
        !matches!(item, syn::Item::Use(_) | syn::Item::Mod(_))
    });
    let imports = count - back.len();
    println!(
        "{}: of {} items {imports} with imports and {} others fall back",
        fixture.name,
        items.len(),
        back.len()
    );
    let most = (items.len() / 50).max(12);
    assert!(imports <= most, "{imports} of `{}`", fixture.name);
    assert!(back.len() <= most, "{} of `{}`", back.len(), fixture.name);
    back.len()
}

/// The items of a crate but for its tables, which prettyplease leaves as they are.
fn items(fixture: &Fixture) -> Vec<TokenStream> {
    let generated = fixture.generate(RuntimeSource::Path("runtime".to_owned()));
    let tree = generated.tree.expect("a crate");
    let code = tree.iter().filter(|(path, _)| {
        Path::new(path.as_str())
            .extension()
            .is_some_and(|end| end == "rs")
    });
    let files = code.map(|(_, text)| syn::parse_file(text).expect("Rust"));
    files
        .flat_map(|file| file.items)
        .filter(|item| !matches!(item, syn::Item::Macro(item) if item.semi_token.is_none()))
        .map(|item| item.to_token_stream())
        .collect()
}

/// Compares an item's two texts, if it still is Rust.
fn is_as_pretty(fixture: &Fixture, item: TokenStream) -> bool {
    let Ok(file) = syn::parse2::<syn::File>(item.clone()) else {
        return false;
    };
    let expected = prettyplease::unparse(&file);
    let set = clientsmith::format::format("", vec![item.into()]).expect("Rust");
    // Members stand apart, which prettyplease does not do.
    let lines: Vec<&str> = set.lines().filter(|line| !line.is_empty()).collect();
    let expected: Vec<&str> = expected.lines().collect();
    assert_eq!(
        lines.join("\n"),
        expected.join("\n"),
        "an item of `{}`",
        fixture.name
    );
    true
}

/// The item with longer names: what are no keywords, and are not read by the compiler.
fn stretched(item: TokenStream, longer: usize) -> TokenStream {
    item.into_iter()
        .map(|tree| match tree {
            TokenTree::Group(group) => {
                let inner = stretched(group.stream(), longer);
                TokenTree::Group(Group::new(group.delimiter(), inner))
            }
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let is_fixed = name == "doc"
                    || name.starts_with("r#")
                    || syn::parse_str::<Ident>(&name).is_err();
                let name = if is_fixed {
                    return TokenTree::Ident(ident);
                } else {
                    format!("{name}{}", "x".repeat(longer))
                };
                TokenTree::Ident(Ident::new(&name, ident.span()))
            }
            other => other,
        })
        .collect()
}
