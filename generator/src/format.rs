//! Tokens to text: every item on its own by prettyplease, with a blank line between items.

use proc_macro2::TokenStream;
use syn::{File, Item};

/// Formats the items of one file. `header` is its first line, as a comment, unless empty.
///
/// # Errors
///
/// The tokens are no Rust, which is a mistake in the emitter that made them.
pub fn format(header: &str, items: &[TokenStream]) -> Result<String, syn::Error> {
    let mut text = String::new();
    if !header.is_empty() {
        text.push_str("// ");
        text.push_str(header);
        text.push('\n');
    }
    let mut previous = None;
    for tokens in items {
        let file: File = syn::parse2(tokens.clone())?;
        let kind = kind(&file);
        if !text.is_empty() && !(kind.is_some() && kind == previous) {
            text.push('\n');
        }
        text.push_str(&prettyplease::unparse(&file));
        previous = kind;
    }
    Ok(text)
}

/// Items of one kind that stand without blank lines between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Use,
    Module,
    Table,
}

fn kind(file: &File) -> Option<Line> {
    match file.items.as_slice() {
        [Item::Use(item)] if item.attrs.len() < 2 => Some(Line::Use),
        [Item::Mod(item)] if item.attrs.len() < 2 => Some(Line::Module),
        [Item::Static(item)] if !matches!(*item.expr, syn::Expr::Struct(_)) => Some(Line::Table),
        _ => None,
    }
}
