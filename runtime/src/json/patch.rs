//! JSON Patch (RFC 6902): a list of changes to a document, for bodies of
//! `application/json-patch+json` of which a vendor's document says no more than that.

use serde_json::Value;

use super::{Json, Reader, Result, Writer};

/// A list of changes to a JSON document, done in order, all or none.
///
/// ```
/// # use clientsmith_runtime::json as client;
/// let patch = client::JsonPatch::new()
///     .test("/version", 3)
///     .replace("/name", "new name")
///     .remove("/labels/old");
/// assert_eq!(patch.operations().len(), 3);
/// ```
///
/// Places are JSON pointers (RFC 6901): `/labels/0`, with `~1` for `/` and `~0` for `~` in a key.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JsonPatch(Vec<PatchOperation>);

/// One change of a [`JsonPatch`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PatchOperation {
    /// Adds a member, or an item before the one at the place; `-` is behind the last.
    Add {
        /// Where.
        path: String,
        /// What.
        value: Value,
    },
    /// Takes away what is there.
    Remove {
        /// Where.
        path: String,
    },
    /// Puts something else in the place of what is there.
    Replace {
        /// Where.
        path: String,
        /// What.
        value: Value,
    },
    /// Takes something away and adds it elsewhere.
    Move {
        /// Where it is.
        from: String,
        /// Where it is to be.
        path: String,
    },
    /// Adds what is elsewhere too.
    Copy {
        /// Where it is.
        from: String,
        /// Where it is to be as well.
        path: String,
    },
    /// Fails, and the whole patch with it, unless this is there.
    Test {
        /// Where.
        path: String,
        /// What must be there.
        value: Value,
    },
    /// What is none of these, as it came.
    Other(Value),
}

impl JsonPatch {
    /// A patch without changes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a member or an item.
    #[must_use]
    pub fn add(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        let (path, value) = (path.into(), value.into());
        self.with(PatchOperation::Add { path, value })
    }

    /// Takes something away.
    #[must_use]
    pub fn remove(self, path: impl Into<String>) -> Self {
        self.with(PatchOperation::Remove { path: path.into() })
    }

    /// Replaces something.
    #[must_use]
    pub fn replace(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        let (path, value) = (path.into(), value.into());
        self.with(PatchOperation::Replace { path, value })
    }

    /// Moves something.
    #[must_use]
    pub fn move_from(self, from: impl Into<String>, path: impl Into<String>) -> Self {
        let (from, path) = (from.into(), path.into());
        self.with(PatchOperation::Move { from, path })
    }

    /// Copies something.
    #[must_use]
    pub fn copy_from(self, from: impl Into<String>, path: impl Into<String>) -> Self {
        let (from, path) = (from.into(), path.into());
        self.with(PatchOperation::Copy { from, path })
    }

    /// Demands that something is as it was.
    #[must_use]
    pub fn test(self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        let (path, value) = (path.into(), value.into());
        self.with(PatchOperation::Test { path, value })
    }

    /// The changes.
    #[must_use]
    pub fn operations(&self) -> &[PatchOperation] {
        &self.0
    }

    fn with(mut self, operation: PatchOperation) -> Self {
        self.0.push(operation);
        self
    }
}

impl FromIterator<PatchOperation> for JsonPatch {
    fn from_iter<I: IntoIterator<Item = PatchOperation>>(operations: I) -> Self {
        Self(operations.into_iter().collect())
    }
}

impl Json for JsonPatch {
    fn empty() -> Self {
        Self::default()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        self.0.read(json)
    }

    fn write(&self, json: &mut Writer) {
        self.0.write(json);
    }
}

impl Json for PatchOperation {
    fn empty() -> Self {
        Self::Other(Value::Null)
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        let mut value = Value::empty();
        value.read(json)?;
        *self = Self::of(&value).unwrap_or(Self::Other(value));
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        let (op, from, path, value) = match self {
            Self::Add { path, value } => ("add", None, path, Some(value)),
            Self::Remove { path } => ("remove", None, path, None),
            Self::Replace { path, value } => ("replace", None, path, Some(value)),
            Self::Move { from, path } => ("move", Some(from), path, None),
            Self::Copy { from, path } => ("copy", Some(from), path, None),
            Self::Test { path, value } => ("test", None, path, Some(value)),
            Self::Other(value) => return value.write(json),
        };
        json.object(&mut |json| {
            if json.key("op") {
                json.text(op);
            }
            if let Some(from) = from
                && json.key("from")
            {
                json.text(from);
            }
            if json.key("path") {
                json.text(path);
            }
            if let Some(value) = value
                && json.key("value")
            {
                value.write(json);
            }
        });
    }
}

impl PatchOperation {
    fn of(value: &Value) -> Option<Self> {
        let text = |key| Some(value.get(key)?.as_str()?.to_owned());
        let path = text("path")?;
        let of_value = || value.get("value").cloned();
        Some(match value.get("op")?.as_str()? {
            "add" => Self::Add {
                path,
                value: of_value()?,
            },
            "remove" => Self::Remove { path },
            "replace" => Self::Replace {
                path,
                value: of_value()?,
            },
            "move" => Self::Move {
                from: text("from")?,
                path,
            },
            "copy" => Self::Copy {
                from: text("from")?,
                path,
            },
            "test" => Self::Test {
                path,
                value: of_value()?,
            },
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{from_str, to_string};

    #[test]
    fn each_change_is_what_the_rfc_says_and_comes_back() {
        let patch = JsonPatch::new()
            .add("/a", 1)
            .remove("/b")
            .replace("/c", "x")
            .move_from("/d", "/e")
            .copy_from("/f", "/g")
            .test("/h", Value::Null);
        let text = concat!(
            r#"[{"op":"add","path":"/a","value":1},{"op":"remove","path":"/b"},"#,
            r#"{"op":"replace","path":"/c","value":"x"},{"op":"move","from":"/d","path":"/e"},"#,
            r#"{"op":"copy","from":"/f","path":"/g"},{"op":"test","path":"/h","value":null}]"#
        );
        assert_eq!(to_string(&patch), text);
        assert_eq!(from_str::<JsonPatch>(text).unwrap(), patch);
        // What is no operation of the RFC is kept.
        let other = r#"[{"op":"merge","path":"/a"},{"op":"add","path":"/a"},7]"#;
        assert_eq!(to_string(&from_str::<JsonPatch>(other).unwrap()), other);
    }
}
