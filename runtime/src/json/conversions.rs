//! What a union is made of without its name being said, and what it gives without a `match`.

/// What turns into a union: each entry is a variant and what makes it. `Value` is a type as it is,
/// or one that turns into what the variant holds; `Text` is `&str` and `String`; `List` and `Map`
/// take the items as they are, `ListOf` and `MapOf` what turns into them.
#[doc(hidden)]
#[macro_export]
macro_rules! union_from {
    ($name:ident { $($variant:ident: $kind:ident $(($ty:ty $(,)?))?,)* }) => {
        $($crate::__union_from!($name $variant $kind $($ty)?);)*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __union_from {
    ($name:ident $variant:ident Value $ty:ty) => {
        impl ::std::convert::From<$ty> for $name {
            #[inline]
            fn from(value: $ty) -> Self {
                Self::$variant(value.into())
            }
        }
    };
    ($name:ident $variant:ident Boxed $ty:ty) => {
        impl ::std::convert::From<$ty> for $name {
            #[inline]
            fn from(value: $ty) -> Self {
                Self::$variant(::std::boxed::Box::new(value.into()))
            }
        }
    };
    // A body by reference.
    ($name:ident $variant:ident Cloned) => {
        impl ::std::convert::From<&$name> for $name {
            #[inline]
            fn from(value: &$name) -> Self {
                value.clone()
            }
        }
    };
    ($name:ident $variant:ident Text) => {
        $crate::__union_from!($name $variant Value &str);
        $crate::__union_from!($name $variant Value ::std::string::String);
    };
    ($name:ident $variant:ident BoxedText) => {
        $crate::__union_from!($name $variant Boxed &str);
        $crate::__union_from!($name $variant Boxed ::std::string::String);
    };
    // Several members are text: the value says which.
    ($name:ident $variant:ident AnyText) => {
        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                $crate::support::take::member(value.into())
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: ::std::string::String) -> Self {
                $crate::support::take::member(value.into())
            }
        }
    };
    // The value says which member it is.
    ($name:ident $variant:ident AnyJson) => {
        impl ::std::convert::From<$crate::Map<::std::string::String, $crate::Value>> for $name {
            #[inline]
            fn from(value: $crate::Map<::std::string::String, $crate::Value>) -> Self {
                $crate::support::take::member($crate::Value::Object(value))
            }
        }
        impl ::std::convert::From<$crate::Value> for $name {
            #[inline]
            fn from(value: $crate::Value) -> Self {
                $crate::support::take::member(value)
            }
        }
    };
    // Beside other lists.
    ($name:ident $variant:ident Texts) => {
        impl<const N: usize> ::std::convert::From<[&str; N]> for $name {
            #[inline]
            fn from(items: [&str; N]) -> Self {
                Self::$variant($crate::support::take::text_list(items))
            }
        }
    };
    ($name:ident $variant:ident List $item:ty) => {
        $crate::__union_from!($name $variant Value ::std::vec::Vec<$item>);
        $crate::__union_from!($name $variant Value &[$item]);
        impl<const N: usize> ::std::convert::From<[$item; N]> for $name {
            #[inline]
            fn from(items: [$item; N]) -> Self {
                Self::$variant(items.into())
            }
        }
    };
    ($name:ident $variant:ident ListOf $item:ty) => {
        impl<T: ::std::convert::Into<$item>> ::std::convert::From<::std::vec::Vec<T>> for $name {
            #[inline]
            fn from(items: ::std::vec::Vec<T>) -> Self {
                Self::$variant($crate::support::take::list(items))
            }
        }
        impl<T, const N: usize> ::std::convert::From<[T; N]> for $name
        where
            T: ::std::convert::Into<$item>,
        {
            #[inline]
            fn from(items: [T; N]) -> Self {
                Self::$variant($crate::support::take::list(items))
            }
        }
        impl<T> ::std::convert::From<&[T]> for $name
        where
            T: ::std::convert::Into<$item> + ::std::clone::Clone,
        {
            #[inline]
            fn from(items: &[T]) -> Self {
                Self::$variant($crate::support::take::list(items.iter().cloned()))
            }
        }
    };
    ($name:ident $variant:ident Map $value:ty) => {
        $crate::__union_from!(
            $name $variant Value ::std::collections::BTreeMap<::std::string::String, $value>
        );
    };
    ($name:ident $variant:ident MapOf $value:ty) => {
        impl<K, V> ::std::convert::From<::std::collections::BTreeMap<K, V>> for $name
        where
            K: ::std::convert::AsRef<str>,
            V: ::std::convert::Into<$value>,
        {
            #[inline]
            fn from(entries: ::std::collections::BTreeMap<K, V>) -> Self {
                Self::$variant($crate::support::take::map(entries))
            }
        }
        impl<K, V, S> ::std::convert::From<::std::collections::HashMap<K, V, S>> for $name
        where
            K: ::std::convert::AsRef<str>,
            V: ::std::convert::Into<$value>,
        {
            #[inline]
            fn from(entries: ::std::collections::HashMap<K, V, S>) -> Self {
                Self::$variant($crate::support::take::map(entries))
            }
        }
        impl<K, V, const N: usize> ::std::convert::From<[(K, V); N]> for $name
        where
            K: ::std::convert::AsRef<str>,
            V: ::std::convert::Into<$value>,
        {
            #[inline]
            fn from(entries: [(K, V); N]) -> Self {
                Self::$variant($crate::support::take::map(entries))
            }
        }
    };
}

/// What gives the members of a union: each entry is a variant, the methods that give what it holds
/// by reference and by value, and what that is. `Value` is a type as it is, `Boxed` is behind a
/// pointer, `Copied` is given by value, `Text` is a string and `List` a vector of such items.
#[doc(hidden)]
#[macro_export]
macro_rules! union_members {
    ($name:ident {
        $($variant:ident $borrowed:ident $owned:ident: $kind:ident $(($ty:ty $(,)?))?,)*
    }) => {
        impl $name {
            $(
                $crate::__union_member!(
                    $variant $kind $(($ty))?
                    #[doc = ::std::concat!("What `", ::std::stringify!($variant), "` holds, if it is that.")]
                    $borrowed $owned
                );
            )*
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __union_member {
    ($variant:ident Value ($ty:ty) $($rest:tt)*) => {
        $crate::__union_member!(($variant) (&$ty) ($ty) [] [] $($rest)*);
    };
    ($variant:ident Boxed ($ty:ty) $($rest:tt)*) => {
        $crate::__union_member!(($variant) (&$ty) ($ty) [] [*] $($rest)*);
    };
    ($variant:ident Copied ($ty:ty) $($rest:tt)*) => {
        $crate::__union_member!(($variant) ($ty) ($ty) [*] [] $($rest)*);
    };
    ($variant:ident Text $($rest:tt)*) => {
        $crate::__union_member!(($variant) (&str) (::std::string::String) [] [] $($rest)*);
    };
    ($variant:ident List ($ty:ty) $($rest:tt)*) => {
        $crate::__union_member!(($variant) (&[$ty]) (::std::vec::Vec<$ty>) [] [] $($rest)*);
    };
    (
        ($variant:ident) ($given:ty) ($held:ty) [$($by_ref:tt)?] [$($by_value:tt)?]
        #[$docs:meta] $borrowed:ident $owned:ident
    ) => {
        #[$docs]
        #[must_use]
        #[inline]
        pub fn $borrowed(&self) -> ::std::option::Option<$given> {
            match self {
                Self::$variant(value) => ::std::option::Option::Some($($by_ref)? value),
                _ => ::std::option::Option::None,
            }
        }

        #[$docs]
        #[must_use]
        #[inline]
        pub fn $owned(self) -> ::std::option::Option<$held> {
            match self {
                Self::$variant(value) => ::std::option::Option::Some($($by_value)? value),
                _ => ::std::option::Option::None,
            }
        }
    };
}
