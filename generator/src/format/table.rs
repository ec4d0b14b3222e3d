//! Tables: macros of the runtime, with an entry on each line.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

/// How long a line of a table may be; prettyplease's own width.
const WIDTH: usize = 89;

/// The text of `path! { … }`; `None` of any other item.
pub(super) fn format(item: &TokenStream) -> Option<String> {
    let mut rest = item.clone().into_iter().peekable();
    let mut text = String::new();
    while let Some(hash) = rest.next_if(|token| is_punct(token, '#')) {
        text.push_str(&flat([hash, rest.next()?]));
        text.push('\n');
    }
    let mut tokens: Vec<TokenTree> = rest.take(6).collect();
    let Some(TokenTree::Group(body)) = tokens.pop() else {
        return None;
    };
    let is_macro = matches!(tokens.as_slice(), [
        TokenTree::Ident(_),
        first,
        second,
        TokenTree::Ident(_),
        bang,
    ] if is_punct(first, ':') && is_punct(second, ':') && is_punct(bang, '!'));
    if !is_macro || body.delimiter() != Delimiter::Brace {
        return None;
    }
    text.push_str(&flat(tokens));
    text.push_str(" {\n");
    for part in parts(body.stream()) {
        text.push_str("    ");
        push(&mut text, &part, 4);
        text.push('\n');
    }
    text.push_str("}\n");
    Some(text)
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// What stands on lines of its own in a macro: up to and with each group in braces or brackets.
fn parts(body: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    for token in body {
        let ends = matches!(&token, TokenTree::Group(group)
            if matches!(group.delimiter(), Delimiter::Brace | Delimiter::Bracket));
        if let Some(last) = parts.last_mut() {
            last.push(token);
        }
        if ends {
            parts.push(Vec::new());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The parts of a list, between its commas.
fn entries(list: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut entries = vec![Vec::new()];
    for token in list {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => entries.push(Vec::new()),
            other => {
                if let Some(last) = entries.last_mut() {
                    last.push(other);
                }
            }
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// Pushes tokens, with a line for each entry of a list that ends them where one line is too short,
/// and always where it is in braces.
fn push(text: &mut String, tokens: &[TokenTree], indent: usize) {
    let one_line = flat(tokens.iter().cloned());
    let Some((TokenTree::Group(list), before)) = tokens.split_last() else {
        text.push_str(&one_line);
        return;
    };
    let entries = entries(list.stream());
    let in_braces = list.delimiter() == Delimiter::Brace;
    let fits = !in_braces && indent + one_line.chars().count() < WIDTH;
    if entries.is_empty() || fits {
        text.push_str(&one_line);
        return;
    }
    text.push_str(&flat(before.iter().cloned()));
    let (open, close) = delimiters(list);
    text.push_str(if in_braces { " {" } else { open });
    text.push('\n');
    for entry in entries {
        text.extend(std::iter::repeat_n(' ', indent + 4));
        push(text, &entry, indent + 4);
        text.push_str(",\n");
    }
    text.extend(std::iter::repeat_n(' ', indent));
    text.push_str(close);
}

fn delimiters(group: &Group) -> (&'static str, &'static str) {
    match group.delimiter() {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::None => ("", ""),
    }
}

/// Tokens on one line.
fn flat(tokens: impl IntoIterator<Item = TokenTree>) -> String {
    let mut text = String::new();
    // Whether a word that follows a word needs a space.
    let mut after_word = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = delimiters(&group);
                if after_word && group.delimiter() == Delimiter::Brace {
                    text.push(' ');
                }
                text.push_str(open);
                text.push_str(&flat(group.stream()));
                text.push_str(close);
                after_word = true;
            }
            TokenTree::Punct(punct) => {
                let is_path = text.ends_with(':');
                if punct.as_char() == '=' {
                    text.push_str(" = ");
                } else {
                    text.push(punct.as_char());
                }
                let ends = punct.spacing() == Spacing::Alone && !is_path;
                if ends && matches!(punct.as_char(), ',' | ':') {
                    text.push(' ');
                }
                after_word = false;
            }
            word => {
                if after_word {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
                after_word = true;
            }
        }
    }
    text
}
