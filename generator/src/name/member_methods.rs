//! What a union's members are asked for by: `as_text` and `into_text` for the variant `Text`.

use super::identifiers::{MethodName, VariantName};
use super::settle::{Candidate, settle};
use super::words::{escape, snake};

/// The methods that give a union's member, by reference and by value.
#[derive(Debug)]
pub struct MemberMethods {
    /// Gives a reference to what the member holds.
    pub borrowed: MethodName,
    /// Gives what the member holds.
    pub owned: MethodName,
}

/// The methods for these variants, in their order.
pub(super) fn member_methods(variants: &[VariantName]) -> Vec<MemberMethods> {
    let words: Vec<Candidate<'_>> = variants
        .iter()
        .map(|variant| Candidate {
            wire: variant.plain(),
            wishes: vec![snake(variant.plain())],
        })
        .collect();
    let settled = settle(&words, &[]).into_iter();
    let names = settled.map(|word| MemberMethods {
        borrowed: MethodName(escape(format!("as_{word}"))),
        owned: MethodName(escape(format!("into_{word}"))),
    });
    names.collect()
}
