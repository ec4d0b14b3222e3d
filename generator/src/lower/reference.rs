//! `$ref`s to what is not copied: named schemas, and components of the other kinds.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use super::lowering::Lowering;
use crate::diagnostic::{Code, Pointer};
use crate::read::REFUSED;

/// What a reference to a component names, and its place.
pub(super) fn component<'a, T>(
    components: &'a IndexMap<String, ReferenceOr<T>>,
    reference: &str,
) -> Option<(&'a ReferenceOr<T>, Pointer)> {
    let pointer = Pointer::parse(reference)?;
    let name = pointer.segments().nth(2)?;
    Some((components.get(name.as_ref())?, pointer.clone()))
}

/// Follows references among components to an item; else the one that leads on to nothing.
fn follow<'a, T>(
    components: &'a IndexMap<String, ReferenceOr<T>>,
    mut item: &'a ReferenceOr<T>,
    mut at: Pointer,
) -> Result<(&'a T, Pointer), (&'a str, Pointer)> {
    let mut links = 0;
    loop {
        let reference = match item {
            ReferenceOr::Item(item) => return Ok((item, at)),
            ReferenceOr::Reference { reference } => reference,
        };
        match component(components, reference) {
            // A chain longer than there are components is a cycle.
            Some(found) if links <= components.len() => (item, at) = found,
            _ => return Err((reference, at)),
        }
        links += 1;
    }
}

/// Whether a reference leads to nothing, by whatever way.
pub(super) fn is_lost<T>(
    components: &IndexMap<String, ReferenceOr<T>>,
    item: &ReferenceOr<T>,
) -> bool {
    follow(components, item, Pointer::root()).is_err()
}

impl<'a> Lowering<'a> {
    /// A part of an operation and its place; `None` where it is a reference to nothing, once that
    /// has been said.
    pub(super) fn component<T>(
        &mut self,
        components: &'a IndexMap<String, ReferenceOr<T>>,
        item: &'a ReferenceOr<T>,
        at: Pointer,
    ) -> Option<(&'a T, Pointer)> {
        follow(components, item, at)
            .map_err(|(reference, at)| self.unresolved(reference, &at))
            .ok()
    }

    /// The schema behind a reference, and its place.
    pub(super) fn resolve(&self, reference: &str) -> Option<(&'a Schema, Pointer)> {
        let mut pointer = Pointer::parse(reference)?;
        // A chain longer than there are schemas is a cycle.
        for _ in 0..=self.by_place.len() {
            match self.schema_at(&pointer)? {
                ReferenceOr::Item(schema) => return Some((schema, pointer)),
                ReferenceOr::Reference { reference } => pointer = Pointer::parse(reference)?,
            }
        }
        None
    }

    fn schema_at(&self, pointer: &Pointer) -> Option<&'a ReferenceOr<Schema>> {
        if let Some(schema) = self.parsed.loose_schemas.get(pointer) {
            return Some(schema);
        }
        let mut segments = pointer.segments();
        let is_schema = segments.next().as_deref() == Some("components")
            && segments.next().as_deref() == Some("schemas");
        let name = segments.next().filter(|_| is_schema)?;
        // What stands within a schema is another; where something leads to it, it is a loose one.
        if segments.next().is_some() {
            return None;
        }
        self.parsed
            .openapi
            .components
            .as_ref()?
            .schemas
            .get(name.as_ref())
    }

    pub(super) fn unresolved(&mut self, reference: &str, at: &Pointer) {
        // What a base says is met again in each of its subtypes.
        if reference == REFUSED || !self.lost.insert(at.clone()) {
            return;
        }
        let place = Pointer::parse(reference).map(|place| self.diagnostics.original(place));
        let reference = place.map_or_else(|| reference.to_owned(), |place| place.to_string());
        self.diagnostics
            .error(
                Code::UnresolvedRef,
                at.key("$ref"),
                format!("`{reference}` leads to nothing"),
            )
            .help("define the schema it names, or correct the reference");
    }
}
