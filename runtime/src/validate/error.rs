//! What is not as the document demands.

use std::fmt;

use crate::tables::Location;

/// Values that are not as the document demands, found before anything was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct ValidationError {
    // Boxed so that a `Result` stays small.
    violations: Box<[Violation]>,
}

/// One value that is not as the document demands.
#[derive(Clone, PartialEq, Eq)]
pub struct Violation {
    pub(super) parameter: Option<(Location, &'static str)>,
    pub(super) path: String,
    pub(super) constraint: String,
    pub(super) value: Option<String>,
}

impl ValidationError {
    pub(crate) fn of(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() {
            return Ok(());
        }
        Err(Self {
            violations: violations.into(),
        })
    }

    /// All of them: parameters first, then the body, in the order of the values.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl Violation {
    /// The parameter whose value it is; `None` in a body.
    #[must_use]
    pub fn parameter(&self) -> Option<&'static str> {
        self.parameter.map(|(_, name)| name)
    }

    /// Where in the body or in the parameter's value, such as `items[3].name`; empty for the whole
    /// of it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What the document demands, in its words: `maxLength: 5`.
    #[must_use]
    pub fn constraint(&self) -> &str {
        &self.constraint
    }

    /// The value, as JSON and shortened where it is long; of a list or an object, how much it
    /// holds. `None` for secrets.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parameter {
            Some((location, name)) => {
                let location = match location {
                    Location::Path => "path",
                    Location::Query => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                    Location::Body => "body",
                };
                write!(f, "{location} parameter `{name}`")?;
                if !self.path.is_empty() {
                    write!(f, " at `{}`", self.path)?;
                }
            }
            None if self.path.is_empty() => f.write_str("the value")?,
            None => write!(f, "`{}`", self.path)?,
        }
        match &self.value {
            Some(value) => write!(f, " is {value}, which breaks `{}`", self.constraint),
            None => write!(f, " breaks `{}`", self.constraint),
        }
    }
}

/// One line for each violation.
impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, violation) in self.violations.iter().enumerate() {
            if nth > 0 {
                f.write_str("\n")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Violation({self})")
    }
}

impl fmt::Debug for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ValidationError")?;
        f.debug_list().entries(&self.violations).finish()
    }
}

impl std::error::Error for ValidationError {}
