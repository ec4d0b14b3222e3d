//! The `Link` header (RFC 8288), as far as its `next` relation.

use http::HeaderMap;
use http::header::LINK;

/// The target of the link to the next page.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(LINK)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(next_in)
}

fn next_in(value: &str) -> Option<String> {
    let mut rest = value;
    while let Some((_, from)) = rest.split_once('<') {
        let (target, after) = from.split_once('>')?;
        let end = end_of_params(after);
        let (params, others) = after.split_at_checked(end).unwrap_or((after, ""));
        if params.split(';').any(is_next) {
            return Some(target.trim().to_owned());
        }
        rest = others;
    }
    None
}

/// Where the parameters of a link end: at a comma outside quotes.
fn end_of_params(text: &str) -> usize {
    let mut quoted = false;
    for (at, char) in text.char_indices() {
        match char {
            '"' => quoted = !quoted,
            ',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

fn is_next(param: &str) -> bool {
    let Some((name, value)) = param.split_once('=') else {
        return false;
    };
    let relations = value.trim().trim_matches('"');
    name.trim().eq_ignore_ascii_case("rel")
        && relations
            .split_whitespace()
            .any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::next_in;

    #[test]
    fn finds_the_next_relation() {
        let links =
            r#"<https://a/?page=1>; rel="prev", <https://a/?p=2,3>; title="a, b"; rel="next last""#;
        assert_eq!(next_in(links).as_deref(), Some("https://a/?p=2,3"));
        assert_eq!(next_in("</x>; REL=next").as_deref(), Some("/x"));
        for none in ["", "<", "<a", "<a>; rel=prev", "<a>; rel", ", ,"] {
            assert_eq!(next_in(none), None, "{none}");
        }
    }
}
