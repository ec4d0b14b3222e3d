//! The kinds of trouble, one line each: the only place where a code is spelled.

use std::fmt;

/// Declares [`Code`] and its names from one table, so that neither can lack an entry.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident => $name:literal,)+) => {
        /// Which kind of trouble a diagnostic is about. The names are stable: scripts match them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in kebab-case, as it is printed.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

codes! {
    // read: the files.
    /// A file does not exist or cannot be read.
    Unreadable => "unreadable",
    /// A file is neither UTF-8 nor marked as UTF-16.
    UnknownEncoding => "unknown-encoding",
    /// A file holds nothing.
    EmptyDocument => "empty-document",
    /// The document is a list or a scalar where an object is needed.
    NotAnObject => "not-an-object",
    /// The text is not YAML.
    InvalidYaml => "invalid-yaml",
    /// The text is not JSON.
    InvalidJson => "invalid-json",
    /// Objects and lists are nested deeper than the reader goes.
    TooDeep => "too-deep",
    /// YAML aliases repeat so much that the document grows out of bounds.
    TooManyAliases => "too-many-aliases",
    // read: the values.
    /// A key stands twice in one object.
    DuplicateKey => "duplicate-key",
    /// A whole number has more than 64 bits.
    BigNumber => "big-number",
    /// A number is infinite or not a number.
    NotANumber => "not-a-number",
    /// A YAML tag that means nothing in JSON.
    UnknownTag => "unknown-tag",
    /// A key that the generator keeps for itself.
    ReservedKey => "reserved-key",
    // read: references between files.
    /// A reference leads out of the document's folder or to the network.
    ForeignRef => "foreign-ref",
    /// A reference names a file that cannot be found.
    MissingFile => "missing-file",
    /// A reference leads to nothing.
    UnresolvedRef => "unresolved-ref",
    // upgrade and lower.
    /// The document states no version, or one that is not known.
    UnknownVersion => "unknown-version",
    /// Two parameters have one name and one place.
    DuplicateParameter => "duplicate-parameter",
    /// The path names a parameter that is not declared, or the reverse.
    MissingPathParameter => "missing-path-parameter",
    /// A schema cannot be read.
    InvalidSchema => "invalid-schema",
    /// A keyword of a schema has a value of the wrong type.
    InvalidKeyword => "invalid-keyword",
    /// A pattern is no regular expression.
    InvalidPattern => "invalid-pattern",
    /// A part of the document is not what the specification says it is.
    InvalidObject => "invalid-object",
    /// A key that the specification demands is missing.
    MissingKey => "missing-key",
    /// Two operations have one id.
    DuplicateOperation => "duplicate-operation",
    /// A part of the document is not generated.
    NotGenerated => "not-generated",
    /// Schemas contradict each other, so that no value fits or the type is lost.
    Contradiction => "contradiction",
    /// An example does not fit what it is an example of.
    ExampleMisfit => "example-misfit",
    /// Nothing tells what a member of a union is, so that it is called by its number.
    UnnamedMember => "unnamed-member",
    /// A credential is demanded that the document does not define.
    UnknownScheme => "unknown-scheme",
    /// Credentials are defined, and no operation says that it takes them.
    UnusedScheme => "unused-scheme",
    /// A parameter repeats a credential, so the caller is not asked for it.
    RepeatedCredential => "repeated-credential",
    /// The vendor's configuration names what the document lacks, or cannot be read.
    InvalidConfig => "invalid-config",
    /// The generator itself is at fault.
    Internal => "internal",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn names_are_kebab_case_and_distinct() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        for name in &names {
            assert!(
                name.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
                "{name}"
            );
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }
}
