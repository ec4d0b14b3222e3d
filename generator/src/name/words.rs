//! Words to identifiers: cases, symbols, digits, keywords.

use std::borrow::Cow;

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;

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

/// The most bytes of a type's name: rustdoc writes a file for each.
pub(super) const LONGEST_TYPE: usize = 200;

/// A word, or what stands in for none.
pub(super) fn or(word: String, fallback: &str) -> String {
    if word.is_empty() {
        fallback.to_owned()
    } else {
        word
    }
}

/// `UpperCamel`, for types and variants. Empty where the text has no letter and no digit.
pub(super) fn camel(text: &str) -> String {
    let text = common(text);
    let pieces: Vec<String> = split_between_digits(&text)
        .iter()
        .map(|piece| piece.to_upper_camel_case())
        .collect();
    let joined = keep_identifier(&pieces.join("_"));
    guard_digit(joined, "V")
}

/// `snake_case`, for fields, methods and modules, `r#` not yet added.
pub(super) fn snake(text: &str) -> String {
    let text = one_word(&common(text)).to_snake_case();
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
        .collect::<String>()
        .trim_matches('-')
        .to_owned()
}

/// A word of ASCII in the case that it is in.
pub(super) fn ascii(word: &str) -> String {
    let letters = word.chars().filter(char::is_ascii).collect::<String>();
    guard_digit(letters.trim_matches('_').to_owned(), "_")
}

/// A word of so many bytes at most. What is cut off is told apart by its hash, whatever else there
/// is.
pub(super) fn cut(word: String, most: usize) -> String {
    const MARK: usize = 8;
    if word.len() <= most {
        return word;
    }
    let mut end = most.saturating_sub(MARK + 1);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    let start = word.get(..end).unwrap_or_default().trim_end_matches('_');
    let joint = if word.chars().any(|letter| letter.is_ascii_uppercase()) {
        "X"
    } else {
        "_"
    };
    let digest = Sha256::digest(word.as_bytes());
    let mark = digest
        .iter()
        .take(MARK / 2)
        .fold(0_u32, |mark, byte| mark << 8 | u32::from(*byte));
    format!("{start}{joint}{mark:08x}")
}

/// The text in the form in which two spellings of one letter are one, without the letters that
/// rustc warns of wherever they stand, in callers' code too.
fn common(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().filter(|letter| !is_uncommon(*letter)).collect())
}

fn is_uncommon(letter: char) -> bool {
    unicode_ident::is_xid_continue(letter) && !letter.identifier_allowed()
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

/// Whether a word is an identifier only in disguise.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word) || NEVER.contains(&word)
}

/// The words of a text, in lower case.
pub(super) fn split(text: &str) -> Vec<String> {
    let words = one_word(&common(text)).to_snake_case();
    words
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
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

/// The text with a comparison at its end as a word: `DateSent<` asks for something else than
/// `DateSent` does. Brackets are no comparison.
pub(super) fn spell_comparison(text: &str) -> String {
    let is_sign = |letter| matches!(letter, '<' | '>' | '=' | '!' | '\u{2264}' | '\u{2265}');
    let rest = text.trim_end_matches(is_sign);
    let signs = text.get(rest.len()..).unwrap_or_default();
    match comparison(signs) {
        Some(word) if !rest.contains(['<', '>']) => format!("{rest} {word}"),
        _ => text.to_owned(),
    }
}

fn comparison(signs: &str) -> Option<&'static str> {
    Some(match signs {
        "<" => "lt",
        ">" => "gt",
        "<=" | "=<" | "\u{2264}" => "lte",
        ">=" | "=>" | "\u{2265}" => "gte",
        "!=" | "<>" => "ne",
        "=" | "==" => "eq",
        "!" => "not",
        _ => return None,
    })
}

/// The text with its operators and signs as words, for names that differ by them: not with what only
/// parts words.
pub(super) fn spell_signs(text: &str) -> String {
    let text = spell_sign(&spell_comparison(text));
    let mut spelled = String::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let two = rest.get(..2).and_then(comparison);
        let (word, length) = match two.or_else(|| comparison(rest.get(..1)?)) {
            Some(word) => (Some(word), if two.is_some() { 2 } else { 1 }),
            None if parts_words(first) => (None, first.len_utf8()),
            None => (symbol(first), first.len_utf8()),
        };
        match word {
            Some(word) => spelled.extend([" ", word, " "]),
            None => spelled.push(first),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    spelled
}

/// What stands between words and says nothing itself.
fn parts_words(character: char) -> bool {
    matches!(
        character,
        '-' | '_'
            | ' '
            | '.'
            | ','
            | ':'
            | ';'
            | '/'
            | '\\'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '"'
            | '\''
            | '`'
    )
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
    let kept = text
        .chars()
        .filter(|character| unicode_ident::is_xid_continue(*character));
    if text.is_ascii() {
        return kept.collect();
    }
    // A change of case can take a letter apart, or make one that is uncommon.
    kept.nfkc().filter(|letter| !is_uncommon(*letter)).collect()
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
        // A letter in a circle is that letter.
        assert_eq!(snake("\u{24d0}cat"), "acat");
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
    fn comparisons_and_signs_tell_apart() {
        let named = |text| snake(&spell_comparison(text));
        assert_eq!(named("DateSent"), "date_sent");
        assert_eq!(named("DateSent<"), "date_sent_lt");
        assert_eq!(named("DateSent>="), "date_sent_gte");
        assert_eq!(named("DateSent<="), "date_sent_lte");
        assert_eq!(named("state!="), "state_ne");
        assert_eq!(named(">"), "gt");
        // Brackets, and what no operator is.
        assert_eq!(named("Map<Key>"), "map_key");
        assert_eq!(named("a=>>="), "a");
        let signed = |text| snake(&spell_signs(text));
        assert_eq!(signed("a>=b"), "a_gte_b");
        assert_eq!(signed("-name"), "minus_name");
        assert_eq!(signed("$filter"), "dollar_filter");
        assert_eq!(signed("c++"), "c_plus_plus");
        assert_eq!(signed("a-b_c.d[e]"), "a_b_c_d_e");
        assert_eq!(signed("é≥"), "é_gte");
    }

    #[test]
    fn letters_are_common_ones() {
        // Two spellings of one letter; letters that only look otherwise; one that rustc warns of.
        assert_eq!(snake("cafe\u{301}"), snake("caf\u{e9}"));
        assert_eq!(snake("\u{ff41}\u{2460}"), "a1");
        assert_eq!(camel("\u{2bf}Abd"), "Abd");
        assert_eq!(snake("\u{2bf}"), "");
        assert_eq!(camel("\u{67e5}\u{8be2}"), "\u{67e5}\u{8be2}");
    }

    #[test]
    fn long_words_are_cut_and_told_apart() {
        let long = "name_".repeat(60);
        let cut_one = cut(long.clone() + "a", 100);
        let cut_two = cut(long + "b", 100);
        assert!(cut_one.len() <= 100 && cut_two.len() <= 100);
        assert_ne!(cut_one, cut_two);
        assert_eq!(cut("short".to_owned(), 100), "short");
        assert!(cut("\u{67e5}".repeat(100), 50).len() <= 50);
    }

    #[test]
    fn symbols_are_spelled() {
        assert_eq!(camel(&spell(">=")), "GreaterEqual");
        assert_eq!(camel(&spell_sign("-name")), "MinusName");
    }
}
