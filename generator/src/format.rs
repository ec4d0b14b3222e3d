//! Tokens to text: every item on its own, with a blank line between items.
//!
//! Code comes out as prettyplease sets it. What the emitter writes most is set here from the tokens
//! (`code.rs`), since a syntax tree that is only printed took a third of a run; prettyplease sets the
//! rest. Tables (`rt::model! { … }`) are macros, which prettyplease sets like prose: `table.rs` sets
//! those.

mod code;
mod layout;
mod table;
#[cfg(test)]
mod tests;

use proc_macro2::Delimiter;

use crate::tokens::{Kind, Tokens};

/// Formats the items of one file. `header` is its first line, as a comment, unless empty.
///
/// # Errors
///
/// The tokens are no Rust, which is a mistake in the emitter that made them.
pub fn format(header: &str, items: Vec<Tokens>) -> Result<String, syn::Error> {
    let mut text = String::new();
    if !header.is_empty() {
        text.push_str("// ");
        text.push_str(header);
        text.push('\n');
    }
    let mut previous = None;
    for tokens in items {
        let line = line(&tokens);
        let continues = line.is_some() && line == previous;
        if !text.is_empty() && !continues {
            text.push('\n');
        }
        if let Some(table) = table::set(&tokens) {
            text.push_str(&table);
        } else if let Some(code) = code::set(&tokens) {
            push_spaced(&mut text, &code);
        } else {
            push_spaced(&mut text, &pretty(&tokens)?);
        }
        previous = line;
    }
    Ok(text)
}

/// Whether an item is set here, rather than by prettyplease.
#[must_use]
pub fn is_set_here(tokens: &Tokens) -> bool {
    table::set(tokens).is_some() || code::set(tokens).is_some()
}

/// An item as prettyplease sets it.
fn pretty(tokens: &Tokens) -> Result<String, syn::Error> {
    let file = syn::parse_file(&tokens.spaced())?;
    Ok(prettyplease::unparse(&file))
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

fn line(tokens: &Tokens) -> Option<Line> {
    let mut at = 0;
    let mut attributes = 0;
    while let Some(behind) = tokens.behind_attribute(at) {
        at = behind;
        attributes += 1;
    }
    if tokens.is_word(at, "pub") {
        at = match tokens.kind(at + 1) {
            Some(Kind::Open(_, end)) => end + 1,
            _ => at + 1,
        };
    }
    match tokens.text(at) {
        "use" if attributes < 2 => Some(Line::Use),
        "mod" if attributes < 2 => Some(Line::Module),
        "static" if !tokens.is_before_last(Kind::Close(Delimiter::Brace)) => Some(Line::Table),
        _ => None,
    }
}
