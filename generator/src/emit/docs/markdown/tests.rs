use super::*;

#[test]
fn what_cannot_be_written_as_markdown_is_plain() {
    assert_eq!(
        plain("`GET https://a.example/b`\n\n    run();"),
        "\\`GET <https://a.example/b>\\`\n\nrun();"
    );
}

#[test]
fn a_number_begins_no_list_where_there_is_no_markup() {
    assert_eq!(
        plain("Steps:\n1. One\n2) Two 3. x"),
        "Steps:\n1\\. One\n2\\) Two 3. x"
    );
}

#[test]
fn only_what_begins_a_line_begins_a_list() {
    assert_eq!(markdown("One of *a*: `b`: + c"), "One of *a*: `b`: + c");
    assert_eq!(markdown("A [b]\n\\- c"), "A \\[b\\]\n\\- c");
}

#[test]
fn paragraphs_without_markup_stay() {
    for text in ["A `b-c`: d/e\n\nF (`g`), 50% - h = {i}!", "One\ntwo"] {
        assert!(is_plain(text), "{text}");
        assert_eq!(marked_up(text), text);
    }
    for text in [
        "a\n\n\nb",
        "a  \nb",
        "a\n- b",
        "a `b",
        "a ` b` c",
        "a\n===",
        "see https://a.example",
    ] {
        assert!(!is_plain(text), "{text}");
    }
}

#[test]
fn markup_stays() {
    for text in [
        "x **a** y, *b* and ~~c~~",
        "# T\n\n- **a**: `b`\n- c",
        "|a|b|\n|-|-|\n|*c*|d|",
        "See <https://example.com/a>: **[b](https://example.com/b)**.",
    ] {
        assert_eq!(markdown(text), text);
    }
    assert_eq!(markdown("**See [Token]**"), "**See \\[Token\\]**");
}

#[test]
fn tags_that_markdown_has_words_for_are_markdown() {
    assert_eq!(
        markdown("A <b>bold</b> <code>a_b</code>.<br/>\nNext <i>one <b>c"),
        "A **bold** `a_b`.\\\nNext *one **c***"
    );
    assert_eq!(markdown("# A<br>b"), "# A b");
    assert_eq!(markdown("A<br> **b** <br>"), "A\\\n**b**");
    assert_eq!(
        markdown("**A**, <br> b <br>\n\n<br>\n\nc"),
        "**A**, \\\nb\n\nc"
    );
    assert_eq!(markdown("- a  \n  b\n- c<br>"), "- a\\\n  b\n- c");
    assert_eq!(markdown("a</b><br>"), "a\\</b>");
    assert_eq!(
        markdown("<p>One</p>\n<p class='a'>two <b>c</b></p>\n\n*a*<p>b"),
        "One\n\ntwo **c**\n\n*a*\n\nb"
    );
    assert_eq!(
        markdown("See <a href=\"https://a.example\">a</a> or <a href='/b'>b</a>."),
        "See [a](https://a.example) or b."
    );
    assert_eq!(
        markdown("One of: <ul><li>a</li><li>b</li></ul>"),
        "One of: \\\n• a\\\n• b"
    );
    assert_eq!(
        markdown("x <code>`</code> <code>a *b*</code>"),
        "x `` ` `` \\<code>a *b*\\</code>"
    );
}

#[test]
fn no_tab_is_left() {
    assert_eq!(markdown("- a\tb\n- `c\td`"), "- a    b\n- `c    d`");
}

#[test]
fn plain_text_stays() {
    assert_eq!(
        markdown(" The date (UTC), if any. "),
        "The date (UTC), if any."
    );
}

#[test]
fn nothing_becomes_a_doctest() {
    let written =
        markdown("Example:\n\n    let x = 1;\n\n```rust\nfn main() {}\n```\n```\nraw\n```");
    assert!(!written.contains("rust"), "{written}");
    assert_eq!(written.matches("````text").count(), 3, "{written}");
    assert!(!written.contains("\n    let"), "{written}");
}

#[test]
fn links_that_rustdoc_would_resolve_are_text() {
    assert_eq!(
        markdown("See [Token] and [the guide](/docs)."),
        "See \\[Token\\] and the guide."
    );
    assert_eq!(
        markdown("See [the guide](https://example.com/a)."),
        "See [the guide](https://example.com/a)."
    );
}

#[test]
fn bare_addresses_are_marked() {
    assert_eq!(
        markdown("At https://example.com/a_b, or not."),
        "At <https://example.com/a_b>, or not."
    );
}

#[test]
fn html_is_text() {
    assert_eq!(markdown("a <q>bold</q> `<T>`"), "a \\<q>bold\\</q> `<T>`");
}

#[test]
fn tags_that_do_not_match_lose_nothing() {
    for text in [
        "See <a href='https://a.example'>there",
        "See [x <a href='https://a.example'>y](https://b.example)</a>",
        "**a <b>b** c</b>",
        "<i>a\n\n- b</i> c",
        "a</a></code><code>",
    ] {
        let written = markdown(text);
        for word in ["a", "b", "c", "there", "x", "y"] {
            let count = |text: &str| {
                text.split(|c: char| !c.is_alphanumeric())
                    .any(|w| w == word)
            };
            assert!(!count(text) || count(&written), "{text}: {written}");
        }
    }
}

#[test]
fn whatever_ends_a_line_ends_one_and_control_characters_are_left_out() {
    for end in [
        "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}",
    ] {
        assert_eq!(markdown(&format!("one{end}two")), "one\ntwo", "{end:?}");
        assert_eq!(line(&format!("{end}one{end}two")), "one two", "{end:?}");
    }
    for none in [
        "\0", "\u{1b}", "\u{7f}", "\u{9f}", "\u{feff}", "\u{202e}", "\u{2066}",
    ] {
        assert_eq!(
            markdown(&format!("{none}one{none} two{none}")),
            "one two",
            "{none:?}"
        );
    }
}

#[test]
fn a_text_opens_with_its_first_sentence() {
    for (text, first) in [
        ("# Orders\n\nLists orders. Newest first.", "Lists orders."),
        (
            "Where an order\nis sent to. More.",
            "Where an order is sent to.",
        ),
        ("One of e.g. Two. Three.", "One of e.g. Two."),
        ("See `a. B` first. Then go.", "See `a. B` first."),
        (
            "See [a. B](https://a.example) first. Then go.",
            "See [a. B](https://a.example) first.",
        ),
        ("In version 1. 5 things. Two.", "In version 1."),
        ("Orders:\n- new\n- old", "Orders:"),
        ("| a |\n|---|", ""),
        ("```\ncode\n```", ""),
        ("- an item", ""),
        ("12. twelfth", ""),
        ("12 of them", "12 of them"),
        ("", ""),
    ] {
        assert_eq!(line(text), first, "{text:?}");
    }
}
