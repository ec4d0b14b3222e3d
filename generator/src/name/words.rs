//! Words to identifiers: cases, symbols, digits, keywords.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Words that are never identifiers, and so need `r#`.
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot even be raw identifiers.
const NEVER: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// `UpperCamel`, for types and variants. Empty where the text has no letter and no digit.
pub(super) fn camel(text: &str) -> String {
    let pieces: Vec<String> = split_between_digits(text)
        .iter()
        .map(|piece| piece.to_upper_camel_case())
        .collect();
    let joined = keep_identifier(&pieces.join("_"));
    guard_digit(joined, "V")
}

/// `snake_case`, for fields, methods and modules, `r#` not yet added.
pub(super) fn snake(text: &str) -> String {
    let text = one_word(text).to_snake_case();
    guard_digit(keep_identifier(&text), "_")
}

/// A word whose second letter is a capital is one word all the same.
fn one_word(text: &str) -> String {
    text.replace("OAuth", "Oauth")
}

/// `kebab-case` of ASCII, for features.
pub(super) fn kebab(text: &str) -> String {
    one_word(text)
        .to_kebab_case()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect()
}

/// Makes a keyword an identifier.
pub(super) fn escape(word: String) -> String {
    if NEVER.contains(&word.as_str()) {
        format!("{word}_")
    } else if KEYWORDS.contains(&word.as_str()) {
        format!("r#{word}")
    } else {
        word
    }
}

/// Makes a keyword an identifier without `r#`, which file names cannot have.
pub(super) fn escape_plain(word: String) -> String {
    if NEVER.contains(&word.as_str()) || KEYWORDS.contains(&word.as_str()) {
        format!("{word}_")
    } else {
        word
    }
}

/// The text with its symbols as words, so that `>` and `>=` differ. A sign in front is always
/// spelled: `-name` sorts the other way than `name`.
pub(super) fn spell(text: &str) -> String {
    text.chars()
        .map(|character| match symbol(character) {
            Some(word) => format!(" {word} "),
            None => character.to_string(),
        })
        .collect()
}

/// The text with a sign in front as a word.
pub(super) fn spell_sign(text: &str) -> String {
    match text.chars().next() {
        Some('-') => format!("minus {}", text.get(1..).unwrap_or_default()),
        Some('+') => format!("plus {}", text.get(1..).unwrap_or_default()),
        _ => text.to_owned(),
    }
}

fn symbol(character: char) -> Option<&'static str> {
    Some(match character {
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '^' => "caret",
        '~' => "tilde",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '?' => "question",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '(' => "open",
        ')' => "close",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        '_' => "underscore",
        ' ' => "space",
        _ => return None,
    })
}

/// `1.5` is not `15`: where a separator stands between digits, it stays one.
fn split_between_digits(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut pieces = vec![String::new()];
    for (index, character) in characters.iter().enumerate() {
        let before = index
            .checked_sub(1)
            .and_then(|before| characters.get(before));
        let after = characters.get(index + 1);
        let is_separator = matches!(character, '.' | '-' | '_' | ',' | ':' | '/' | ' ');
        let is_digit = |neighbour: Option<&char>| neighbour.is_some_and(char::is_ascii_digit);
        if is_separator && is_digit(before) && is_digit(after) {
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(*character);
        }
    }
    pieces
}

/// Drops what no identifier holds. `heck` keeps every letter and digit of Unicode.
fn keep_identifier(text: &str) -> String {
    text.chars()
        .filter(|character| unicode_ident::is_xid_continue(*character))
        .collect()
}

/// Puts something in front of what no identifier begins with, such as a digit.
pub(super) fn guard_digit(word: String, prefix: &str) -> String {
    if word.starts_with(|first| first != '_' && !unicode_ident::is_xid_start(first)) {
        format!("{prefix}{word}")
    } else {
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        assert_eq!(camel("PaginatedTokensList"), "PaginatedTokensList");
        assert_eq!(
            camel("CreateRequestInfo_support_ticket"),
            "CreateRequestInfoSupportTicket"
        );
        assert_eq!(camel("READ_ONLY"), "ReadOnly");
        assert_eq!(camel("1.5"), "V1_5");
        assert_eq!(camel("15"), "V15");
        assert_eq!(camel("v1.2.Foo"), "V1_2Foo");
        assert_eq!(camel(">="), "");
        assert_eq!(snake("page[size]"), "page_size");
        assert_eq!(snake("filter[owned_by]"), "filter_owned_by");
        assert_eq!(snake("1st"), "_1st");
        // Alphabetic, and still no part of an identifier.
        assert_eq!(snake("\u{24d0}cat"), "cat");
        assert_eq!(kebab("access rules"), "access-rules");
    }

    #[test]
    fn keywords_are_escaped() {
        assert_eq!(escape("type".to_owned()), "r#type");
        assert_eq!(escape("self".to_owned()), "self_");
        assert_eq!(escape("token".to_owned()), "token");
        assert_eq!(escape_plain("type".to_owned()), "type_");
    }

    #[test]
    fn symbols_are_spelled() {
        assert_eq!(camel(&spell(">=")), "GreaterEqual");
        assert_eq!(camel(&spell_sign("-name")), "MinusName");
    }
}
