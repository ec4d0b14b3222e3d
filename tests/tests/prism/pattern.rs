//! A text that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// One of the shortest matches; `None` where the expression cannot be read.
pub(crate) fn shortest(pattern: &str) -> Option<String> {
    // `\d` is an ASCII digit in ECMA 262.
    let mut parser = regex_syntax::ParserBuilder::new().unicode(true).build();
    let hir = parser.parse(&pattern.replace(r"\d", "[0-9]")).ok()?;
    let mut text = String::new();
    write(&hir, &mut text)?;
    Some(text)
}

fn write(hir: &Hir, text: &mut String) -> Option<()> {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            // A letter or a digit, where the class has one.
            let ranges = class.ranges();
            let plain = ('a'..='z').chain('0'..='9').chain('A'..='Z').find(|c| {
                ranges
                    .iter()
                    .any(|range| (range.start()..=range.end()).contains(c))
            });
            text.push(plain.or_else(|| Some(ranges.first()?.start()))?);
        }
        HirKind::Class(Class::Bytes(class)) => {
            text.push(char::from(class.ranges().first()?.start()));
        }
        HirKind::Repetition(repetition) => {
            let times = repetition
                .min
                .max(u32::from(text.is_empty()))
                .min(repetition.max.unwrap_or(u32::MAX));
            for _ in 0..times {
                write(&repetition.sub, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, text))?,
        HirKind::Alternation(parts) => write(parts.first()?, text)?,
    }
    Some(())
}

#[test]
fn matches() {
    for (pattern, text) in [
        (r"^[a-z]+$", "a"),
        (r"^\d{4}-\d{2}$", "aaaa-aa"),
        (r"^(foo|bar)[_-]?x*$", "foo"),
        (r"^$", ""),
    ] {
        let text = text.replace("aaaa-aa", "0000-00");
        assert_eq!(shortest(pattern).as_deref(), Some(&*text), "{pattern}");
    }
    assert_eq!(shortest("(?=a)"), None, "no look-ahead here");
}
