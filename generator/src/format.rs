//! Tokens to text: every item on its own by prettyplease, with a blank line between items. Tables
//! (`rt::model! { … }`) are macros, which prettyplease sets like prose: `table.rs` sets those.

mod table;
#[cfg(test)]
mod tests;

use proc_macro2::TokenStream;
use syn::{File, Item};

/// Formats the items of one file. `header` is its first line, as a comment, unless empty.
///
/// # Errors
///
/// The tokens are no Rust, which is a mistake in the emitter that made them.
pub fn format(header: &str, items: Vec<TokenStream>) -> Result<String, syn::Error> {
    let mut text = String::new();
    if !header.is_empty() {
        text.push_str("// ");
        text.push_str(header);
        text.push('\n');
    }
    let mut previous = None;
    for tokens in items {
        if let Some(table) = table::format(&tokens) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&table);
            previous = None;
            continue;
        }
        let file: File = syn::parse2(tokens)?;
        let kind = kind(&file);
        let continues = kind.is_some() && kind == previous;
        if !text.is_empty() && !continues {
            text.push('\n');
        }
        push_spaced(&mut text, &prettyplease::unparse(&file));
        previous = kind;
    }
    Ok(text)
}

/// Pushes an item with a blank line in front of each of its functions but the first: prettyplease
/// sets them without. No literal spans lines here, so a line of code is what it seems.
fn push_spaced(text: &mut String, item: &str) {
    let mut previous = "";
    for line in item.lines() {
        let ends_member = previous.starts_with("    ")
            && !previous.starts_with("     ")
            // Prose may end like code.
            && !previous.starts_with("    //")
            && (previous.ends_with('}') || previous.ends_with(';'));
        let begins_member = [
            "    ///",
            "    #[",
            "    fn ",
            "    pub fn ",
            "    pub(crate) fn ",
        ]
        .iter()
        .any(|start| line.starts_with(start));
        if ends_member && begins_member {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
        previous = line;
    }
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
