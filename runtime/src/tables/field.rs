//! One field of an object.

/// A field of a [`Model`](crate::support::Model), as the wire knows it.
#[derive(Clone, Copy, Debug)]
pub enum Field {
    /// A field without which the object does not decode.
    Required(&'static str),
    /// A field that may be left out.
    Optional(&'static str),
    /// A required field whose value `Debug` hides.
    RequiredSecret(&'static str),
    /// An optional field whose value `Debug` hides.
    OptionalSecret(&'static str),
    /// A field that the server sets: it is read, and may be left out of what is sent
    /// ([`ClientBuilder::send_read_only`](crate::support::ClientBuilder::send_read_only)).
    ReadOnly(&'static str),
    /// The same, and `Debug` hides its value.
    ReadOnlySecret(&'static str),
    /// A field whose members stand in the object itself: `allOf` with a union.
    Flattened,
    /// The map of all keys that are no field's: `additionalProperties`.
    Rest,
}

impl Field {
    /// The name on the wire, of a field that has its own.
    #[inline]
    #[must_use]
    pub const fn name(&self) -> Option<&'static str> {
        match self {
            Self::Required(name)
            | Self::Optional(name)
            | Self::RequiredSecret(name)
            | Self::OptionalSecret(name)
            | Self::ReadOnly(name)
            | Self::ReadOnlySecret(name) => Some(name),
            Self::Flattened | Self::Rest => None,
        }
    }

    /// Whether `Debug` hides the value.
    #[inline]
    pub(crate) const fn is_secret(&self) -> bool {
        matches!(
            self,
            Self::RequiredSecret(_) | Self::OptionalSecret(_) | Self::ReadOnlySecret(_)
        )
    }

    /// Whether the server sets the field.
    #[inline]
    pub(crate) const fn is_read_only(&self) -> bool {
        matches!(self, Self::ReadOnly(_) | Self::ReadOnlySecret(_))
    }

    /// Whether an object without the field does not decode.
    #[inline]
    #[must_use]
    pub const fn is_required(&self) -> bool {
        matches!(self, Self::Required(_) | Self::RequiredSecret(_))
    }
}
