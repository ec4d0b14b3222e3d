//! What turns a table and its functions into [`Json`](super::Json) and the std traits.
//!
//! Models are [`Json`](super::Json) by a blanket implementation, which costs the compiler less than
//! one each. What only few types are, and what the std traits are, is written out by these macros.

/// A [`Model`](crate::support::Model) by the table of its fields: each has its index, which a macro
/// cannot count, its name in Rust, and what it is on the wire. `rules` says what is demanded.
#[doc(hidden)]
#[macro_export]
macro_rules! model {
    ($name:ident {} $(rules: $rules:tt)?) => {
        impl $crate::support::Model for $name {
            const NAME: &'static str = ::std::stringify!($name);
            const FIELDS: &'static [$crate::support::Field] = &[];
            #[inline]
            fn empty() -> Self {
                Self {}
            }
            #[inline]
            fn field(&self, _: usize) -> ::std::option::Option<&dyn $crate::support::Json> {
                ::std::option::Option::None
            }
            #[inline]
            fn field_mut(
                &mut self,
                _: usize,
            ) -> ::std::option::Option<&mut dyn $crate::support::Json> {
                ::std::option::Option::None
            }
            $(
                fn rules() -> $crate::support::Rules {
                    &$rules
                }
            )?
        }
        $crate::impl_model!($name);
    };
    (
        $name:ident { $($index:literal $field:ident: $kind:ident $(($wire:literal $(,)?))?,)+ }
        $(rules: $rules:tt)?
    ) => {
        impl $crate::support::Model for $name {
            const NAME: &'static str = ::std::stringify!($name);
            const FIELDS: &'static [$crate::support::Field] =
                &[$($crate::support::Field::$kind $(($wire))?,)+];
            #[inline]
            fn empty() -> Self {
                Self { $($field: $crate::support::empty(),)+ }
            }
            #[inline]
            fn field(&self, index: usize) -> ::std::option::Option<&dyn $crate::support::Json> {
                ::std::option::Option::Some(match index {
                    $($index => &self.$field,)+
                    _ => return ::std::option::Option::None,
                })
            }
            #[inline]
            fn field_mut(
                &mut self,
                index: usize,
            ) -> ::std::option::Option<&mut dyn $crate::support::Json> {
                ::std::option::Option::Some(match index {
                    $($index => &mut self.$field,)+
                    _ => return ::std::option::Option::None,
                })
            }
            $(
                fn rules() -> $crate::support::Rules {
                    &$rules
                }
            )?
        }
        $crate::impl_model!($name);
    };
}

/// An [`OpenEnum`](crate::support::OpenEnum) by its variants and what each is on the wire. The enum has
/// a variant `Unknown(String)` besides.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($name:ident { $($variant:ident: $wire:literal,)* }) => {
        impl $crate::support::OpenEnum for $name {
            const NAME: &'static str = ::std::stringify!($name);
            const VALUES: &'static [&'static str] = &[$($wire,)*];
            const VARIANTS: &'static [Self] = &[$(Self::$variant,)*];
            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => value,
                }
            }
            fn unknown(value: ::std::string::String) -> Self {
                Self::Unknown(value)
            }
        }
        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                $crate::support::OpenEnum::as_str(self)
            }
        }
        $crate::impl_open_enum!($name);
    };
}

/// An [`OpenIntEnum`](crate::support::OpenIntEnum) by its variants and what each is on the wire. The
/// enum has a variant `Unknown(i64)` besides.
#[doc(hidden)]
#[macro_export]
macro_rules! open_int_enum {
    ($name:ident { $($variant:ident: $wire:literal,)* }) => {
        impl $crate::support::OpenIntEnum for $name {
            const NAME: &'static str = ::std::stringify!($name);
            const VALUES: &'static [i64] = &[$($wire,)*];
            fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Unknown(value) => *value,
                }
            }
            fn from_value(value: i64) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::Unknown(other),
                }
            }
        }
        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            pub fn as_i64(&self) -> i64 {
                $crate::support::OpenIntEnum::as_i64(self)
            }
        }
        $crate::impl_open_int_enum!($name);
    };
}

/// `Debug` and `PartialEq` for a [`Model`](crate::support::Model), and serde under the feature.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_model {
    ($name:ident) => {
        $crate::__impl_inspect!($name);
    };
}

/// [`Json`](crate::json::Json), `Debug` and `PartialEq` for a [`Union`](crate::support::Union), and
/// serde under the feature.
#[doc(hidden)]
#[macro_export]
macro_rules! impl_union {
    ($name:ident $(, $rules:ident)?) => {
        impl $crate::support::Json for $name {
            #[inline]
            fn empty() -> Self {
                $crate::support::unknown()
            }
            #[inline]
            fn read(&mut self, json: &mut $crate::support::Reader<'_>) -> $crate::support::Result {
                json.union(self)
            }
            #[inline]
            fn write(&self, json: &mut $crate::support::Writer) {
                $crate::support::Union::value(self).write(json);
            }
            $(
                fn $rules() -> $crate::support::Rules {
                    <Self as $crate::support::Union>::$rules()
                }
            )?
        }
        impl $name {
            /// Why the value is `Unknown`: where in it, and what is wrong there by the member that
            /// it comes closest to. Nothing where it is one of the members.
            #[must_use]
            pub fn decode_error(&self) -> ::std::option::Option<$crate::support::DecodeError> {
                match self {
                    Self::Unknown(value) => $crate::support::why::<Self>(value),
                    _ => ::std::option::Option::None,
                }
            }
        }
        $crate::__impl_boxed!($name $(, $rules)?);
        $crate::__impl_inspect!($name);
    };
}

/// [`Json`](crate::json::Json), `Debug`, `PartialEq` and the conversions for a
/// [`Newtype`](crate::support::Newtype).
#[doc(hidden)]
#[macro_export]
macro_rules! impl_newtype {
    ($name:ident $(, $rules:ident)?) => {
        impl $crate::support::Json for $name {
            #[inline]
            fn empty() -> Self {
                <Self as $crate::support::Newtype>::wrap($crate::support::empty())
            }
            #[inline]
            fn read(&mut self, json: &mut $crate::support::Reader<'_>) -> $crate::support::Result {
                json.read(<Self as $crate::support::Newtype>::get_mut(self))
            }
            #[inline]
            fn write(&self, json: &mut $crate::support::Writer) {
                json.value(<Self as $crate::support::Newtype>::get(self));
            }
            $(
                fn $rules() -> $crate::support::Rules {
                    <Self as $crate::support::Newtype>::$rules()
                }
            )?
        }
        impl ::std::convert::From<<$name as $crate::support::Newtype>::Inner> for $name {
            fn from(inner: <$name as $crate::support::Newtype>::Inner) -> Self {
                <Self as $crate::support::Newtype>::wrap(inner)
            }
        }
        impl ::std::ops::Deref for $name {
            type Target = <$name as $crate::support::Newtype>::Inner;
            fn deref(&self) -> &Self::Target {
                <Self as $crate::support::Newtype>::get(self)
            }
        }
        impl ::std::ops::DerefMut for $name {
            fn deref_mut(&mut self) -> &mut Self::Target {
                <Self as $crate::support::Newtype>::get_mut(self)
            }
        }
        $crate::__impl_boxed!($name $(, $rules)?);
        $crate::__impl_inspect!($name);
    };
}

/// [`Json`](crate::json::Json), `Debug`, `Display`, equality (with text too), hash and the
/// conversions from and to text for an [`OpenEnum`](crate::support::OpenEnum).
#[doc(hidden)]
#[macro_export]
macro_rules! impl_open_enum {
    ($name:ident) => {
        impl $crate::support::Json for $name {
            #[inline]
            fn empty() -> Self {
                <Self as $crate::support::OpenEnum>::from_value("")
            }
            #[inline]
            fn read(&mut self, json: &mut $crate::support::Reader<'_>) -> $crate::support::Result {
                json.open_enum(self)
            }
            #[inline]
            fn write(&self, json: &mut $crate::support::Writer) {
                json.text($crate::support::OpenEnum::as_str(self));
            }
        }
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt($crate::support::OpenEnum::as_str(self), formatter)
            }
        }
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt($crate::support::OpenEnum::as_str(self), formatter)
            }
        }
        // With the enum itself, and with text in any form.
        impl<S: ::std::convert::AsRef<str> + ?::std::marker::Sized> ::std::cmp::PartialEq<S>
            for $name
        {
            #[inline]
            fn eq(&self, other: &S) -> bool {
                $crate::support::OpenEnum::as_str(self) == other.as_ref()
            }
        }
        $crate::__impl_hash!($name, $crate::support::OpenEnum::as_str);
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;
            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(<Self as $crate::support::OpenEnum>::from_value(value))
            }
        }
        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                $crate::support::OpenEnum::as_str(self)
            }
        }
        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                <Self as $crate::support::OpenEnum>::from_value(value)
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                <Self as $crate::support::OpenEnum>::from_value(&value)
            }
        }
        $crate::__impl_serde!($name);
    };
}

/// [`Json`](crate::json::Json), `Debug`, `Display`, equality, hash and `From<i64>` for an
/// [`OpenIntEnum`](crate::support::OpenIntEnum).
#[doc(hidden)]
#[macro_export]
macro_rules! impl_open_int_enum {
    ($name:ident) => {
        impl $crate::support::Json for $name {
            #[inline]
            fn empty() -> Self {
                <Self as $crate::support::OpenIntEnum>::from_value(0)
            }
            #[inline]
            fn read(&mut self, json: &mut $crate::support::Reader<'_>) -> $crate::support::Result {
                json.open_int_enum(self)
            }
            #[inline]
            fn write(&self, json: &mut $crate::support::Writer) {
                json.signed($crate::support::OpenIntEnum::as_i64(self));
            }
        }
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&$crate::support::OpenIntEnum::as_i64(self), formatter)
            }
        }
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&$crate::support::OpenIntEnum::as_i64(self), formatter)
            }
        }
        $crate::__impl_equality!($name, $crate::support::OpenIntEnum::as_i64);
        impl ::std::convert::From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                <Self as $crate::support::OpenIntEnum>::from_value(value)
            }
        }
        $crate::__impl_serde!($name);
    };
}

/// [`Json`](crate::json::Json), `Debug` and `PartialEq` for an
/// [`OpenLiteralEnum`](crate::support::OpenLiteralEnum).
#[doc(hidden)]
#[macro_export]
macro_rules! impl_open_literal_enum {
    ($name:ident) => {
        impl $crate::support::Json for $name {
            #[inline]
            fn empty() -> Self {
                <Self as $crate::support::OpenLiteralEnum>::from_literal(
                    usize::MAX,
                    $crate::support::Value::Null,
                )
            }
            #[inline]
            fn read(&mut self, json: &mut $crate::support::Reader<'_>) -> $crate::support::Result {
                json.open_literal_enum(self)
            }
            #[inline]
            fn write(&self, json: &mut $crate::support::Writer) {
                json.open_literal_enum(self);
            }
        }
        $crate::__impl_inspect!($name);
    };
}

/// [`Json`](crate::json::Json) for the box of a type that is no model.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_boxed {
    ($name:ident $(, $rules:ident)?) => {
        impl $crate::support::Json for ::std::boxed::Box<$name> {
            fn empty() -> Self {
                ::std::boxed::Box::new($crate::support::empty())
            }
            #[inline]
            fn read(&mut self, json: &mut $crate::support::Reader<'_>) -> $crate::support::Result {
                <$name as $crate::support::Json>::read(self, json)
            }
            #[inline]
            fn write(&self, json: &mut $crate::support::Writer) {
                <$name as $crate::support::Json>::write(self, json);
            }
            $(
                fn $rules() -> $crate::support::Rules {
                    <$name as $crate::support::Json>::$rules()
                }
            )?
        }
    };
}

/// `Debug`, `PartialEq` and serde through `write` and `read`.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_inspect {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::support::debug(self, formatter)
            }
        }
        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::support::same(self, other)
            }
        }
        $crate::__impl_serde!($name);
    };
}

/// Equality and hash by what is on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_equality {
    ($name:ident, $wire:path) => {
        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $wire(self) == $wire(other)
            }
        }
        $crate::__impl_hash!($name, $wire);
    };
}

/// `Eq` and `Hash` by what is on the wire.
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_hash {
    ($name:ident, $wire:path) => {
        impl ::std::cmp::Eq for $name {}
        impl ::std::hash::Hash for $name {
            #[inline]
            fn hash<H: ::std::hash::Hasher>(&self, state: &mut H) {
                ::std::hash::Hash::hash(&$wire(self), state);
            }
        }
    };
}

/// `Serialize` and `Deserialize`, under the runtime's feature. The feature is this crate's, so it
/// is asked for here and not in the crate where the macro is used.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_serde {
    ($name:ident) => {
        impl $crate::support::serde::serde::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::support::serde::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::support::serde::serialize(self, serializer)
            }
        }
        impl<'de> $crate::support::serde::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::support::serde::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::support::serde::deserialize(deserializer)
            }
        }
    };
}

/// `Serialize` and `Deserialize`, under the runtime's feature: off.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __impl_serde {
    ($name:ident) => {};
}
