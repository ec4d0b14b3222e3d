//! The kinds of identifiers: a type for each, which only naming makes.

use std::fmt;

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub(super) String);

        impl $name {
            /// The identifier as it stands in code, `r#` included.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The identifier without `r#`, for prose and for parts of other names.
            #[must_use]
            pub fn plain(&self) -> &str {
                self.0.strip_prefix("r#").unwrap_or(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

identifiers! {
    /// A struct, an enum or an alias.
    TypeName;
    /// A field, and what sets it.
    FieldName;
    /// A variant of an enum.
    VariantName;
    /// A method or an argument.
    MethodName;
    /// A module, and its file.
    ModuleName;
    /// A Cargo feature.
    FeatureName;
    /// A static.
    StaticName;
    /// A file that is a program, without its ending.
    FileName;
}

/// A crate as code names it.
#[must_use]
pub fn crate_name(package: &str) -> ModuleName {
    ModuleName(package.replace('-', "_"))
}
