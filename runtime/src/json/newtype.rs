//! Named types that are another type on the wire: aliases that refer to themselves, which Rust
//! cannot write as `type`.

use super::Json;
use crate::tables::Rules;

/// A type that wraps one other and reads and writes as that one does.
///
/// [`impl_newtype!`](crate::impl_newtype) turns it into [`Json`], `Debug` and the conversions.
pub trait Newtype: Sized {
    /// What is inside.
    type Inner: Json;

    /// Wraps.
    fn wrap(inner: Self::Inner) -> Self;

    /// Looks inside.
    fn get(&self) -> &Self::Inner;

    /// Looks inside, to change it.
    fn get_mut(&mut self) -> &mut Self::Inner;

    /// What the document demands of its values; nothing where a request cannot break anything.
    #[must_use]
    fn rules() -> Rules {
        &[]
    }
}
