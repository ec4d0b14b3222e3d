//! Examples that do not fit what they are examples of. Nothing is generated from them, which is said
//! once at the place of each.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::fit::is_mismatch;
use super::table::Examples;
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::model::{Api, Content, Media, Type, TypeKind};

/// Warns of every place that shows what its type does not take: a parameter, a body, a schema, a
/// property.
pub(crate) fn warn_of_mismatches(api: &Api, examples: &Examples, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeSet<&Pointer> = BTreeSet::new();
    for (place, ty) in typed_places(api) {
        // What several operations refer to is one place.
        if !seen.insert(place) {
            continue;
        }
        let shown = examples.at(place);
        let mismatches = shown.iter().filter(|it| is_mismatch(api, &ty, it));
        let mismatches = mismatches.count();
        if mismatches == 0 {
            continue;
        }
        let what = if shown.len() == 1 {
            "the example does not fit the type of its schema".to_owned()
        } else {
            let all = shown.len();
            format!("{mismatches} of {all} examples do not fit the type of their schema")
        };
        diagnostics
            .warn(Code::ExampleMisfit, place.clone(), what)
            .help("repair the example or the schema; generated tests take another value");
    }
}

/// Every place that may have examples, with the type of what it shows.
fn typed_places(api: &Api) -> impl Iterator<Item = (&Pointer, Cow<'_, Type>)> {
    let parameters = api.operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter();
        parameters.map(|parameter| (&parameter.origin, &parameter.ty))
    });
    let bodies = api.operations.iter().flat_map(|operation| {
        let sent = operation.body.iter().flat_map(|body| &body.contents);
        let answered = operation.responses.iter().flat_map(|it| &it.contents);
        sent.chain(answered).filter_map(json)
    });
    let fields = api.types.iter().flat_map(|def| match &def.kind {
        TypeKind::Struct(record) => record.fields.as_slice(),
        _ => &[],
    });
    let fields = fields.map(|field| (&field.origin, &field.ty));
    let borrowed = parameters.chain(bodies).chain(fields);
    let types = api.types_with_ids();
    let types = types.map(|(id, def)| (&def.origin, Cow::Owned(Type::Named(id))));
    types.chain(borrowed.map(|(place, ty)| (place, Cow::Borrowed(ty))))
}

/// The type of a body whose examples are JSON.
fn json(media: &Media) -> Option<(&Pointer, &Type)> {
    match &media.content {
        Content::Json(ty) => Some((&media.origin, ty)),
        _ => None,
    }
}
