//! The invariants, each as the words that break it and the places where they may not stand.

use super::source::Source;

/// How long a file may be, with some room above the 500 lines that are aimed at.
const FILE_LINES: usize = 550;

/// Stages in which a part of the document could get lost.
const NO_LOSS: &[&str] = &["read", "upgrade", "parse", "lower", "pass", "name"];

/// A word, the stages that may use it, and what to say elsewhere.
struct Reserved {
    word: &'static str,
    stages: &'static [&'static str],
    what: &'static str,
}

const RESERVED: &[Reserved] = &[
    Reserved {
        word: "openapiv3",
        stages: &["parse", "lower"],
        what: "`openapiv3` is named only in parse and lower",
    },
    Reserved {
        word: "quote!",
        stages: &["emit", "format"],
        what: "`quote` is named only in emit and format",
    },
    Reserved {
        word: "quote::",
        stages: &["emit", "format"],
        what: "`quote` is named only in emit and format",
    },
    Reserved {
        word: "syn::",
        stages: &["emit", "format"],
        what: "`syn` is named only in emit and format",
    },
    Reserved {
        word: "proc_macro2",
        stages: &["emit", "format", "tokens"],
        what: "`proc_macro2` is named only in emit, format and tokens",
    },
    Reserved {
        word: "fs",
        stages: &["read", "write", "cli"],
        what: "`std::fs` is used only in read, write and the command line",
    },
];

/// Words that make identifiers of texts. Emission takes them as naming has made them, through
/// `context::ident`.
const COMPOSING: &[&str] = &["format_ident!", "Ident::new", "new_raw", "heck::"];

/// Every rule on one file: the lines and what is wrong there.
pub(super) fn check(name: &str, source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    if source.all_lines() > FILE_LINES {
        let what = format!("{} lines; split the file below 500", source.all_lines());
        found.push((1, what));
    }
    if let Some(path) = name.strip_prefix("generator/src/")
        && !is_test(path)
    {
        let stage = path.split(['/', '.']).next().unwrap_or_default();
        for (number, line) in source.code_lines() {
            if stage == "emit" && path != "emit/context.rs" && composes(line) {
                let what = "identifiers are made in `name`; emission takes them as they are";
                found.push((number, what.to_owned()));
            }
            found.extend(
                line_rules(stage, line)
                    .into_iter()
                    .map(|what| (number, what)),
            );
        }
    }
    found.sort();
    found
}

/// Whether a file below `src` holds tests only.
pub(super) fn is_test(path: &str) -> bool {
    path.split('/').any(|name| {
        let name = name.strip_suffix(".rs").unwrap_or(name);
        name == "tests" || name.starts_with("tests_") || name.ends_with("_tests")
    })
}

/// Whether a line of emission makes an identifier: by what makes them of texts, or by giving `ident`
/// a text that is made there.
fn composes(line: &str) -> bool {
    let composing = COMPOSING.iter().any(|word| line.contains(word));
    composing
        || line.match_indices("ident(").any(|(start, word)| {
            let before = line[..start].chars().next_back();
            let is_other = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
            let given = &line[start + word.len()..];
            let is_made = [
                "format!",
                "concat!",
                "replace(",
                "to_uppercase(",
                " + ",
                "push_str(",
            ];
            !is_other && is_made.iter().any(|made| given.contains(made))
        })
}

fn line_rules(stage: &str, line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for reserved in RESERVED {
        if has_word(line, reserved.word) && !reserved.stages.contains(&stage) {
            found.push(reserved.what.to_owned());
        }
    }
    if NO_LOSS.contains(&stage) {
        for word in ["filter_map(Result::ok)", "flat_map(Result::ok)", "let _ ="] {
            if line.contains(word) {
                found.push(format!("`{word}` drops something in silence"));
            }
        }
    }
    found
}

/// Whether the word stands in the line, not as a part of another.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        let inside = |character: Option<char>| {
            character.is_some_and(|character| character.is_alphanumeric() || character == '_')
        };
        !inside(before) && (!word.ends_with(char::is_alphanumeric) || !inside(after))
    })
}

#[cfg(test)]
mod tests {
    use super::{composes, has_word};

    #[test]
    fn identifiers_are_composed() {
        assert!(composes(
            r#"let name = format_ident!("{}_source", method);"#
        ));
        assert!(composes("ident(&format!(\"{a}_{b}\"))"));
        assert!(composes("Ident::new(name, Span::call_site())"));
        assert!(composes("ident(&cx.config.crate_name.replace('-', \"_\"))"));
        assert!(!composes("let name = ident(names.method.as_str());"));
        assert!(!composes("let name = cx.type_ident(id);"));
    }

    #[test]
    fn words() {
        assert!(has_word("use std::fs;", "fs") && has_word("fs::read(x)", "fs"));
        assert!(!has_word("offs.len()", "fs") && !has_word("my_syn::x", "syn::"));
    }
}
