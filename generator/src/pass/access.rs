//! Fields that travel one way only, in types that travel both: they cannot be demanded.
//!
//! A read-only field must not be asked of who builds a request, and a write-only one does not come
//! back. Where a type travels one way alone the document's word stands.

use crate::model::{Access, Api, Presence, TypeId, TypeKind, Usages};

pub(super) fn relax(api: &mut Api, usages: &Usages) {
    for (index, def) in api.types.iter_mut().enumerate() {
        let usage = usages.of(TypeId::new(index));
        let TypeKind::Struct(record) = &mut def.kind else {
            continue;
        };
        for field in &mut record.fields {
            let travels_other_way = match field.access {
                Access::ReadWrite => false,
                Access::ReadOnly => usage.request,
                Access::WriteOnly => usage.response,
            };
            if travels_other_way {
                field.presence = Presence::Optional;
            }
        }
    }
}
