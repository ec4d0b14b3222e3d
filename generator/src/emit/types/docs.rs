//! What stands at every type.

use crate::emit::context::Context;
use crate::emit::docs::{DocComment, demands, meant_of};
use crate::model::{TypeId, TypeKind};

/// What every type's documentation begins with.
pub(super) fn type_docs(cx: &Context<'_>, id: TypeId) -> DocComment {
    let def = cx.api.type_def(id);
    let name = cx.names.type_name(id).plain();
    let docs = DocComment::new().docs(&def.docs, name);
    match &def.kind {
        TypeKind::Alias(target) | TypeKind::Newtype(target) => {
            docs.constraints(&demands(cx, target, &def.constraints))
        }
        TypeKind::Struct(_) | TypeKind::Enum(_) | TypeKind::Union(_) => {
            docs.constraints(&meant_of(cx, def))
        }
    }
}
