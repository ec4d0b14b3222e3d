//! Values that documents do not show and whose way through the types matters all the same, from
//! `further.json`: nothing may be let go but what an `after` says.

use std::collections::BTreeMap;

use clientsmith::diagnostic::Pointer;
use clientsmith::inspect::SchemaInfo;
use serde::Deserialize;
use serde_json::Value;

use super::collect::Example;

/// A value for a schema of a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Further {
    document: String,
    schema: String,
    /// What it shows.
    why: String,
    before: Value,
    /// Whether a part of it is nothing that the document knows.
    #[serde(default)]
    unknown: bool,
    /// What it becomes, where it does not stay the same.
    after: Option<Value>,
}

/// The values for a document.
pub(crate) fn of(document: &str) -> Vec<Further> {
    let all: Vec<Further> = serde_json::from_str(include_str!("further.json")).unwrap();
    all.into_iter()
        .filter(|case| case.document == document)
        .collect()
}

impl Further {
    pub(crate) fn example(&self, places: &BTreeMap<Pointer, SchemaInfo>) -> Example<'_> {
        let schema = Pointer::parse(&self.schema).unwrap();
        let info = places.get(&schema);
        let info = info.unwrap_or_else(|| panic!("{}: {schema} has no type", self.document));
        Example {
            at: Pointer::root().key("further").key(&self.why),
            ty: info.ty.clone(),
            sent: info.sent,
            schema,
            value: &self.before,
            expected: Some(self.after.as_ref().unwrap_or(&self.before)),
            is_known: !self.unknown,
        }
    }
}

/// Whether two values are the same; the order of keys is the table's.
pub(crate) fn same(expected: &Value, after: &Value) -> Result<(), String> {
    if expected == after {
        Ok(())
    } else {
        Err(format!("expected {expected}, got {after}"))
    }
}
