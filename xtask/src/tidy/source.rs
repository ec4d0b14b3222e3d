//! A Rust source as the rules see it: comments, strings and test modules are blank, and every line
//! is where it was.

/// A source without what is not code.
pub(super) struct Source {
    code: String,
    all_lines: usize,
}

impl Source {
    pub(super) fn new(text: &str) -> Self {
        let code = without_tests(without_comments_and_strings(text));
        // A file's tests do not make it harder to read.
        let all_lines = code.trim_end().lines().count();
        Self { code, all_lines }
    }

    /// How many lines the file has up to the last one that is code.
    pub(super) const fn all_lines(&self) -> usize {
        self.all_lines
    }

    /// The lines with their numbers, from 1.
    pub(super) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.code.lines())
    }
}

/// The end of the block that begins at `start`.
fn block(text: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text[start..].char_indices() {
        match character {
            '{' => depth += 1,
            '}' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(start + at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Blanks every module under `#[cfg(test)]`.
fn without_tests(mut code: String) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut from = 0;
    while let Some(start) = code[from..].find(MARK).map(|at| from + at) {
        let rest = &code[start + MARK.len()..];
        let item = rest.find(['{', ';']).map(|at| start + MARK.len() + at);
        let end = item.and_then(|item| match code.as_bytes()[item] {
            b'{' => block(&code, item),
            _ => Some(item + 1),
        });
        let end = end.unwrap_or(code.len());
        let blank = blanked(&code[start..end]);
        code.replace_range(start..end, &blank);
        from = end;
    }
    code
}

fn blanked(text: &str) -> String {
    // Byte for byte, so that no offset moves.
    text.bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect()
}

/// Blanks comments and what is between quotes.
fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some(length) = raw_string(rest, &code) {
            length
        } else if character == '"' {
            quoted(rest, '"')
        } else if character == '\'' && is_character(rest) {
            quoted(rest, '\'')
        } else {
            code.push(character);
            at += character.len_utf8();
            continue;
        };
        code.push_str(&blanked(&rest[..length]));
        at += length;
    }
    code
}

/// The length of a block comment; they nest.
fn comment(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += character.len_utf8();
        }
    }
    text.len()
}

/// The length of a raw string such as `r#"…"#`, unless the `r` ends a longer word.
fn raw_string(text: &str, before: &str) -> Option<usize> {
    let hashes = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let inner = hashes.trim_start_matches('#').strip_prefix('"')?;
    if before.ends_with(|before: char| before.is_alphanumeric() || before == '_') {
        return None;
    }
    let count = hashes.len() - inner.len() - 1;
    let end = format!("\"{}", "#".repeat(count));
    let head = text.len() - inner.len();
    Some(
        inner
            .find(&end)
            .map_or(text.len(), |at| head + at + end.len()),
    )
}

/// The length of a literal between two of `quote`.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            other if other == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether a quote begins a character and not a lifetime.
fn is_character(text: &str) -> bool {
    let mut characters = text.chars().skip(1);
    characters.next() == Some('\\') || characters.next() == Some('\'')
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn only_code_is_left_and_lines_stay() {
        let text = "let a = \"b\\\"[0]\"; // c\n/* d /* e */\n f */ let g = 'h'; let i: &'j str;\n\
                    let k = r#\"l\" m\"#; let n = b\"o\"; let p = '\\'';\nlet q = \"ü\";\n";
        let source = Source::new(text);
        let lines: Vec<_> = source
            .code_lines()
            .map(|(_, line)| line.split_whitespace().collect::<String>())
            .collect();
        assert_eq!(
            lines,
            [
                "leta=;",
                "",
                "letg=;leti:&'jstr;",
                "letk=;letn=b;letp=;",
                "letq=;"
            ]
        );
    }
}
