//! Names that every Rust program knows, without the way to them: `Option` for
//! `::std::option::Option`, in every file that defines nothing of that name itself. Emission writes
//! whole paths, for a document may have a schema of any name.

use std::collections::BTreeSet;

use crate::tokens::{Kind, Tokens};

/// What Rust's prelude has of what is emitted, with the modules in which it stands.
const PRELUDE: [(&str, &str); 12] = [
    ("borrow", "ToOwned"),
    ("boxed", "Box"),
    ("clone", "Clone"),
    ("convert", "AsRef"),
    ("convert", "From"),
    ("convert", "Into"),
    ("default", "Default"),
    ("iter", "IntoIterator"),
    ("option", "Option"),
    ("result", "Result"),
    ("string", "String"),
    ("vec", "Vec"),
];

/// The tokens in front of the name in `::std::option::Option`.
const LEAD: usize = 8;

/// Shortens the paths in the items of one file.
pub(super) fn shorten(items: &mut [Tokens]) {
    let mut taken = BTreeSet::new();
    for item in items.iter() {
        taken.extend(defined(item));
    }
    for item in items {
        let mut left_out = BTreeSet::new();
        for at in LEAD..item.len() {
            if is_path(item, at).is_some_and(|name| !taken.contains(name)) {
                left_out.extend(at - LEAD..at);
            }
        }
        if !left_out.is_empty() {
            item.leave_out(|at| left_out.contains(&at));
        }
    }
}

/// The name of the prelude to which a whole path leads that ends here.
fn is_path(item: &Tokens, at: usize) -> Option<&'static str> {
    if item.kind(at) != Some(Kind::Word) {
        return None;
    }
    let start = at - LEAD;
    let is_lead = item.is_operator(start, ':', ':')
        && item.is_word(start + 2, "std")
        && item.is_operator(start + 3, ':', ':')
        && item.is_operator(start + 6, ':', ':');
    let module = item.text(start + 5);
    let mut known = PRELUDE.iter().filter(|_| is_lead);
    known
        .find(|(of, name)| *of == module && *name == item.text(at))
        .map(|(_, name)| *name)
}

/// The names of the prelude that mean something else in the file of an item: what it defines, and what
/// it imports.
fn defined(item: &Tokens) -> BTreeSet<&'static str> {
    let is_import = (0..item.len()).any(|at| item.is_word(at, "use"));
    let defines = |at: usize| {
        let definitions = ["struct", "enum", "union", "type", "trait", "mod"];
        at > 0 && definitions.iter().any(|word| item.is_word(at - 1, word))
    };
    let words = (0..item.len()).filter(|at| is_import || defines(*at));
    let names = words.filter_map(|at| {
        let mut known = PRELUDE.iter();
        known.find(|(_, name)| item.is_word(at, name))
    });
    names.map(|(_, name)| *name).collect()
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::shorten;
    use crate::tokens::Tokens;

    fn shortened(items: Vec<proc_macro2::TokenStream>) -> Vec<String> {
        let mut items: Vec<Tokens> = items.into_iter().map(Tokens::from).collect();
        shorten(&mut items);
        items.iter().map(Tokens::spaced).collect()
    }

    #[test]
    fn a_name_of_the_prelude_needs_no_path() {
        let found = shortened(vec![quote!(
            fn f(a: &::std::option::Option<::std::vec::Vec<u8>>) -> ::std::fmt::Result {
                (a, [1])
            }
        )]);
        let expected = Tokens::from(quote!(
            fn f(a: &Option<Vec<u8>>) -> ::std::fmt::Result {
                (a, [1])
            }
        ));
        assert_eq!(found, [expected.spaced()]);
    }

    #[test]
    fn a_name_that_the_file_has_itself_keeps_its_path() {
        let path = quote!(
            static A: ::std::option::Option<::std::string::String> = x;
        );
        for other in [
            quote!(
                pub struct Option;
            ),
            quote!(
                pub use crate::types::Option;
            ),
        ] {
            let found = shortened(vec![other, path.clone()]);
            let expected = Tokens::from(quote!(
                static A: ::std::option::Option<String> = x;
            ))
            .spaced();
            assert_eq!(found.last(), Some(&expected));
        }
        // Of another module it is, and a variant is no type.
        let other = quote!(
            enum A {
                Option(types::Option),
            }
        );
        let found = shortened(vec![other, path]);
        let expected = Tokens::from(quote!(
            static A: Option<String> = x;
        ))
        .spaced();
        assert_eq!(found.last(), Some(&expected));
    }
}
