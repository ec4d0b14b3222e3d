//! The names of an operation's forms: what a body is sent as, and how a response is taken.
//!
//! They are settled after the names of the operations and of their parameters, so that a further
//! media type renames nothing that was there before.

use super::identifiers::{MethodName, TypeName};
use super::media::suffix;
use super::reserved;
use super::settle::{Candidate, settle};
use super::tables::{BodyNames, GroupNames};
use super::words::{
    LONGEST_TYPE, camel, cut, escape, or, snake, spell, spell_comparison, spell_signs,
};
use crate::model::{Content, Media, Operation, Part, ResponseFormKind};

fn media(operation: &Operation) -> &[Media] {
    operation
        .body
        .as_ref()
        .map_or(&[], |body| body.contents.as_slice())
}

/// The further forms of a body.
fn further(operation: &Operation) -> &[Media] {
    media(operation).get(1..).unwrap_or_default()
}

/// The methods that begin a request with another form of the body than the first, by operation.
pub(super) fn variants(members: &[&Operation], methods: &[String]) -> Vec<Vec<String>> {
    let mut counts = Vec::with_capacity(members.len());
    let mut wishes = Vec::new();
    for (operation, method) in members.iter().zip(methods) {
        let is_required = operation.body.as_ref().is_some_and(|body| body.required);
        let media = if is_required { further(operation) } else { &[] };
        counts.push(media.len());
        wishes.extend(media.iter().map(|media| {
            let suffix = suffix(media);
            [
                format!("{method}_{suffix}"),
                format!("{method}_as_{suffix}"),
            ]
        }));
    }
    let mut taken: Vec<&str> = methods.iter().map(String::as_str).collect();
    taken.extend(reserved::group_methods());
    let mut settled = settle(&candidates(&wishes), &taken).into_iter();
    counts
        .into_iter()
        .map(|count| settled.by_ref().take(count).collect())
        .collect()
}

/// Candidates that are ordered by what they wish for.
pub(super) fn candidates<const N: usize>(wishes: &[[String; N]]) -> Vec<Candidate<'_>> {
    wishes
        .iter()
        .map(|wishes| Candidate {
            wire: wishes.first().map_or("", String::as_str),
            wishes: wishes.to_vec(),
        })
        .collect()
}

/// The types that an operation has beside its builder's: of the headers, and of each form of parts.
pub(super) fn form_types(
    members: &[&Operation],
    methods: &[String],
    builders: &[[String; 3]],
    group: &GroupNames,
) -> Vec<(String, Vec<String>)> {
    let mut wishes = Vec::new();
    for (operation, method) in members.iter().zip(methods) {
        let base = camel(method);
        if !operation.response_headers().is_empty() {
            wishes.push([format!("{base}Headers"), format!("{base}ResponseHeaders")]);
        }
        let forms = media(operation)
            .iter()
            .filter(|media| parts(media).is_some());
        wishes.extend(forms.map(|_| [format!("{base}Form"), format!("{base}FormBody")]));
    }
    let taken = builders.iter().flatten().map(String::as_str);
    let taken: Vec<&str> = taken.chain([group.type_name.as_str()]).collect();
    let wishes: Vec<_> = wishes
        .into_iter()
        .map(|wishes| wishes.map(|name| cut(name, LONGEST_TYPE)))
        .collect();
    let mut settled = settle(&candidates(&wishes), &taken).into_iter().map(escape);
    let types = members.iter().map(|operation| {
        let has_headers = !operation.response_headers().is_empty();
        let headers = if has_headers { settled.next() } else { None };
        let forms = media(operation).iter().map(|media| {
            let name = parts(media).and_then(|_| settled.next());
            name.unwrap_or_default()
        });
        (headers.unwrap_or_default(), forms.collect())
    });
    types.collect()
}

/// The parts of a form that has a type of its own.
fn parts(media: &Media) -> Option<&[Part]> {
    match &media.content {
        Content::Multipart(parts) if !parts.is_empty() => Some(parts),
        _ => None,
    }
}

pub(super) fn bodies(
    operation: &Operation,
    methods: impl Iterator<Item = String>,
    (setters, media_type): (Vec<MethodName>, MethodName),
    forms: Vec<String>,
) -> Vec<BodyNames> {
    let mut methods = methods;
    media(operation)
        .iter()
        .zip(setters)
        .zip(forms)
        .map(|((media, setter), form)| BodyNames {
            method: MethodName(escape(methods.next().unwrap_or_default())),
            setter,
            media_type: media_type.clone(),
            form: TypeName(form),
            parts: part_methods(parts(media).unwrap_or_default()),
        })
        .collect()
}

fn part_methods(parts: &[Part]) -> Vec<MethodName> {
    let wires = parts.iter().map(|part| part.wire.as_str());
    let candidates: Vec<_> = wires.map(|wire| named(wire, "part")).collect();
    let taken = [
        &reserved::FORM[..],
        &reserved::OF_TRAITS,
        &reserved::FORM_VARIABLES,
    ];
    settle(&candidates, &taken.concat())
        .into_iter()
        .map(|name| MethodName(escape(name)))
        .collect()
}

fn named<'a>(wire: &'a str, fallback: &str) -> Candidate<'a> {
    named_in(wire, fallback, fallback)
}

pub(super) fn header_methods(operation: &Operation) -> Vec<MethodName> {
    let headers = operation.response_headers();
    let wires = headers.iter().map(|header| header.wire.as_str());
    let candidates: Vec<_> = wires.map(|wire| named(wire, "header")).collect();
    let taken = [&reserved::HEADERS[..], &reserved::OF_TRAITS].concat();
    settle(&candidates, &taken)
        .into_iter()
        .map(|name| MethodName(escape(name)))
        .collect()
}

/// The methods of a request's builder: of each parameter, each form of the body with the argument that
/// names its media type, and each way to take the response. A required body's forms are arguments of different methods: one name is good
/// for all of them.
pub(super) fn builder_methods(
    operation: &Operation,
) -> (
    Vec<MethodName>,
    (Vec<MethodName>, MethodName),
    Vec<MethodName>,
) {
    let mut settled = first_methods(operation);
    let (media_type, body) = match &operation.body {
        Some(_) => (settled.pop(), settled.pop()),
        None => (None, None),
    };
    let is_required = operation.body.as_ref().is_some_and(|body| body.required);
    let mut taken: Vec<String> = settled.iter().chain(&body).cloned().collect();
    taken.extend(builder_taken().into_iter().map(str::to_owned));
    let mut later = |wishes: Vec<[String; 2]>| -> Vec<String> {
        let names: Vec<&str> = taken.iter().map(String::as_str).collect();
        let settled = settle(&candidates(&wishes), &names);
        taken.extend(settled.iter().cloned());
        settled
    };
    let others = further(operation);
    let setters = match &body {
        Some(body) if is_required => vec![body.clone(); others.len()],
        Some(body) => {
            let wish = |media| {
                let suffix = suffix(media);
                [format!("{body}_{suffix}"), format!("{body}_as_{suffix}")]
            };
            later(others.iter().map(wish).collect())
        }
        None => Vec::new(),
    };
    let forms = operation.response_forms();
    let response_forms = later(
        forms
            .iter()
            .map(|answer| response_form_method(answer.kind, answer.media))
            .collect(),
    );
    let escaped = |names: Vec<String>| -> Vec<MethodName> {
        names
            .into_iter()
            .map(|name| MethodName(escape(name)))
            .collect()
    };
    (
        escaped(settled),
        (
            escaped(body.into_iter().chain(setters).collect()),
            MethodName(escape(media_type.unwrap_or_default())),
        ),
        escaped(response_forms),
    )
}

/// The name of each parameter, and of the body where there is one, last.
fn first_methods(operation: &Operation) -> Vec<String> {
    let mut candidates: Vec<_> = operation
        .parameters
        .iter()
        .map(|parameter| named_in(&parameter.wire, "parameter", parameter.place.as_str()))
        .collect();
    if operation.body.is_some() {
        // Its wire name sorts before all others, so that it keeps its own.
        candidates.push(Candidate {
            wire: "",
            wishes: ["body", "request_body"].map(str::to_owned).to_vec(),
        });
        candidates.push(Candidate {
            wire: "\u{10ffff}",
            wishes: ["content_type", "body_content_type"]
                .map(str::to_owned)
                .to_vec(),
        });
    }
    settle(&candidates, &builder_taken())
}

/// What a request's builder and the methods that make one call something already.
fn builder_taken() -> Vec<&'static str> {
    [
        &reserved::REQUEST_BUILDER[..],
        &reserved::PER_CALL,
        &reserved::OF_TRAITS,
        &reserved::REQUEST_VARIABLES,
    ]
    .concat()
}

/// The names that a wire name would take: its words, those with its signs, with its place, and with
/// all that it is written with.
fn named_in<'a>(wire: &'a str, fallback: &str, place: &str) -> Candidate<'a> {
    let plain = or(snake(&spell_comparison(wire)), fallback);
    let wishes = vec![
        plain.clone(),
        snake(&spell_signs(wire)),
        format!("{plain}_{place}"),
        snake(&spell(wire)),
    ];
    Candidate { wire, wishes }
}

fn response_form_method(kind: ResponseFormKind, media: &Media) -> [String; 2] {
    match kind {
        ResponseFormKind::Whole => {
            let suffix = suffix(media);
            [format!("send_{suffix}"), format!("send_as_{suffix}")]
        }
        ResponseFormKind::Stream => ["send_stream", "send_byte_stream"].map(str::to_owned),
        ResponseFormKind::Events => ["events", "send_events"].map(str::to_owned),
        ResponseFormKind::Lines => ["lines", "send_lines"].map(str::to_owned),
    }
}
