//! What a document says of an item in prose, and the vendor's page about it.
//!
//! A schema that only wraps another may leave the words to the one within: what stands nearer counts,
//! and what stands nowhere else is not lost.

use openapiv3::{ExternalDocumentation, ReferenceOr, Schema};

use super::keywords::{JsonType, Keywords};
use super::lowering::Lowering;
use super::schema::is_null;
use crate::diagnostic::{Code, Pointer};
use crate::model::{Docs, Link};

/// Words are looked for no deeper than this in schemas that wrap one another.
const DEEPEST: usize = 16;

impl Lowering<'_> {
    /// A schema's documentation.
    pub(super) fn docs(&mut self, keywords: &Keywords<'_>, at: &Pointer) -> Docs {
        Docs {
            summary: title(keywords, DEEPEST),
            description: description(keywords, DEEPEST),
            deprecated: keywords.data.deprecated,
            link: self.link(keywords.data.external_docs.as_ref(), at),
        }
    }

    /// The page about what stands at a place. Documentation leads to the web only: another address
    /// means nothing where the crate's pages lie.
    pub(super) fn link(
        &mut self,
        docs: Option<&ExternalDocumentation>,
        at: &Pointer,
    ) -> Option<Box<Link>> {
        let docs = docs?;
        let address = docs.url.trim();
        if is_on_the_web(address) {
            return Some(Box::new(Link {
                address: address.to_owned(),
                words: docs.description.clone(),
            }));
        }
        let place = at.key("externalDocs").key("url");
        // What stands once may be lowered for each place that it is used in.
        if self.lost.insert(place.clone()) {
            self.diagnostics
                .note(
                    Code::NotGenerated,
                    place,
                    format!("`{address}` is no address of the web; the link is left out"),
                )
                .help("give the whole address, with `https://`");
        }
        None
    }
}

fn title(keywords: &Keywords<'_>, depth: usize) -> Option<String> {
    let own = keywords
        .data
        .title
        .clone()
        .filter(|text| says_something(text));
    own.or_else(|| match within(keywords, depth).as_slice() {
        [only] => title(only, depth - 1),
        _ => None,
    })
}

fn description(keywords: &Keywords<'_>, depth: usize) -> Option<String> {
    let own = &keywords.data.description;
    if let Some(own) = own.clone().filter(|text| says_something(text)) {
        return Some(own);
    }
    let mut words: Vec<String> = Vec::new();
    for inner in within(keywords, depth) {
        let found = description(&inner, depth - 1);
        words.extend(found.filter(|text| !words.contains(text)));
    }
    (!words.is_empty()).then(|| words.join("\n\n"))
}

fn says_something(text: &str) -> bool {
    !text.trim().is_empty()
}

/// The schemas within one that become one type with it, so that what they say is said of the whole.
/// References are not followed: what they lead to has documentation of its own.
fn within<'a>(keywords: &Keywords<'a>, depth: usize) -> Vec<Keywords<'a>> {
    if depth == 0 {
        return Vec::new();
    }
    let union = if keywords.one_of.is_empty() {
        keywords.any_of
    } else {
        keywords.one_of
    };
    let mut members: Vec<Option<Keywords<'a>>> = union.iter().map(written_here).collect();
    members.retain(|member| !member.as_ref().is_some_and(is_null));
    let of_union = is_one_type(&members).then_some(members);
    let of_all = keywords.all_of.iter().map(written_here);
    let all = of_all.chain(of_union.into_iter().flatten());
    all.flatten().collect()
}

fn written_here(member: &ReferenceOr<Schema>) -> Option<Keywords<'_>> {
    member.as_item().map(Keywords::of)
}

/// Whether the members of a union, but for null, are lowered to one type: there is but one, or all
/// are text or numbers and no list of constants, each of which has its own words.
fn is_one_type(members: &[Option<Keywords<'_>>]) -> bool {
    let is_plain = |keywords: &Keywords<'_>| {
        keywords.one_of.is_empty() && keywords.any_of.is_empty() && keywords.all_of.is_empty()
    };
    let are_all = |wanted: &dyn Fn(&Keywords<'_>) -> bool| {
        let mut members = members.iter();
        members.all(|member| {
            member
                .as_ref()
                .is_some_and(|found| is_plain(found) && wanted(found))
        })
    };
    let has_constants = members
        .iter()
        .flatten()
        .any(|found| found.values.len() == 1);
    let is_text = |found: &Keywords<'_>| {
        found.ty == Some(JsonType::String) && (found.format.is_none() || !found.values.is_empty())
    };
    let is_number = |found: &Keywords<'_>| {
        matches!(found.ty, Some(JsonType::Number | JsonType::Integer)) && found.values.is_empty()
    };
    members.len() == 1 || (!has_constants && (are_all(&is_text) || are_all(&is_number)))
}

/// Whether an address begins with a scheme of the web and a host.
fn is_on_the_web(address: &str) -> bool {
    let scheme_ends = address.find("://");
    let (scheme, rest) = match scheme_ends {
        Some(end) => (
            address.get(..end).unwrap_or_default(),
            address.get(end + 3..).unwrap_or_default(),
        ),
        None => return false,
    };
    let is_web = ["http", "https"]
        .iter()
        .any(|known| scheme.eq_ignore_ascii_case(known));
    is_web && rest.starts_with(char::is_alphanumeric) && !rest.contains(char::is_control)
}
