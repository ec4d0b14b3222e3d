//! Where everything in the model was written.
//!
//! Lowering finds types by their places in the upgraded document; people are shown those of the
//! text. This is the step from the one to the other, after the last stage that looks anything up.

use crate::diagnostic::{Moves, Pointer};
use crate::model::{Api, Content, Media, TypeKind};

/// Turns every place of the upgraded document into that of the document as it was written.
pub fn restore_places(api: &mut Api, moves: &Moves) {
    if moves.is_empty() {
        return;
    }
    let types = api.types.iter_mut().flat_map(|def| {
        let fields = match &mut def.kind {
            TypeKind::Struct(object) => object.fields.as_mut_slice(),
            _ => &mut [],
        };
        fields
            .iter_mut()
            .map(|field| &mut field.origin)
            .chain([&mut def.origin])
    });
    let operations = api.operations.iter_mut().flat_map(|operation| {
        let parameters = operation
            .parameters
            .iter_mut()
            .map(|parameter| &mut parameter.origin);
        let responses = operation.responses.iter_mut().flat_map(|response| {
            let headers = response.headers.iter_mut().map(|header| &mut header.origin);
            let contents = response.contents.iter_mut().flat_map(places_of);
            headers.chain(contents).chain([&mut response.origin])
        });
        let body = operation.body.iter_mut().flat_map(|body| {
            let contents = body.contents.iter_mut().flat_map(places_of);
            contents.chain([&mut body.origin])
        });
        parameters
            .chain(responses)
            .chain(body)
            .chain([&mut operation.origin])
    });
    let schemes = api.schemes.iter_mut().map(|scheme| &mut scheme.origin);
    for origin in types.chain(operations).chain(schemes) {
        *origin = moves.original(std::mem::take(origin));
    }
}

/// The places within one form of a body.
fn places_of(media: &mut Media) -> impl Iterator<Item = &mut Pointer> {
    let parts = match &mut media.content {
        Content::Multipart(parts) => parts.as_mut_slice(),
        _ => &mut [],
    };
    parts
        .iter_mut()
        .map(|part| &mut part.origin)
        .chain([&mut media.origin])
}
