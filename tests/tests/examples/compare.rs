//! Whether what came out is what went in, up to what a type may let go.
//!
//! A key may be dropped that no schema of the object names, and one whose value is null where null
//! and absent are the same to whoever receives it: in what requests never send. Numbers, dates and UUIDs may change their form.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};
use clientsmith::diagnostic::Pointer;
use serde_json::{Map, Value};

use super::collect::{Example, reference};

/// What was let go or changed its form, by kind.
pub(crate) type Forms = BTreeMap<&'static str, usize>;

/// Compares; `Err` says where and how the two differ.
pub(crate) fn compare(
    root: &Value,
    example: &Example<'_>,
    after: &Value,
    forms: &mut Forms,
) -> Result<(), String> {
    let sent = example.sent;
    let mut comparison = Comparison { root, sent, forms };
    let schemas = comparison.expand(vec![example.schema.clone()]);
    comparison.values(&schemas, "", example.value, after)
}

struct Comparison<'d, 'f> {
    root: &'d Value,
    sent: bool,
    forms: &'f mut Forms,
}

impl<'d> Comparison<'d, '_> {
    fn values(
        &mut self,
        schemas: &[&'d Value],
        path: &str,
        before: &Value,
        after: &Value,
    ) -> Result<(), String> {
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => {
                self.objects(schemas, path, before, after)
            }
            (Value::Array(first), Value::Array(second)) if first.len() == second.len() => {
                let items = self.within(schemas, |schema| schema.get("items"));
                for (index, (before, after)) in first.iter().zip(second).enumerate() {
                    self.values(&items, &format!("{path}/{index}"), before, after)?;
                }
                Ok(())
            }
            (before, after) if before == after => Ok(()),
            (before, after) => match form(before, after) {
                Some(form) => {
                    *self.forms.entry(form).or_default() += 1;
                    Ok(())
                }
                None => Err(format!(
                    "at `{path}`: {} became {}",
                    short(before),
                    short(after)
                )),
            },
        }
    }

    fn objects(
        &mut self,
        schemas: &[&'d Value],
        path: &str,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) -> Result<(), String> {
        if let Some(key) = after.keys().find(|key| !before.contains_key(*key)) {
            return Err(format!("at `{path}`: the key `{key}` was added"));
        }
        for (key, value) in before {
            let inner = self.member(schemas, key);
            match after.get(key) {
                Some(after) => self.values(&inner, &format!("{path}/{key}"), value, after)?,
                None if inner.is_empty() => *self.forms.entry("unknown keys").or_default() += 1,
                None if value.is_null() && !self.sent => {
                    *self.forms.entry("null keys").or_default() += 1;
                }
                None => return Err(format!("at `{path}`: the key `{key}` was lost")),
            }
        }
        Ok(())
    }

    /// The schemas of a key; none where no schema of the object speaks of it.
    fn member(&self, schemas: &[&'d Value], key: &str) -> Vec<&'d Value> {
        let named = self.within(schemas, |schema| schema.get("properties")?.get(key));
        if !named.is_empty() {
            return named;
        }
        self.within(schemas, |schema| {
            let additional = schema.get("additionalProperties")?;
            (additional != &Value::Bool(false)).then_some(additional)
        })
    }

    fn within(
        &self,
        schemas: &[&'d Value],
        inner: impl Fn(&'d Value) -> Option<&'d Value>,
    ) -> Vec<&'d Value> {
        let mut found = Vec::new();
        for schema in schemas.iter().filter_map(|schema| inner(schema)) {
            self.add(schema, &mut found);
        }
        found
    }

    /// The schemas at these places.
    fn expand(&self, places: Vec<Pointer>) -> Vec<&'d Value> {
        let mut found = Vec::new();
        for place in places {
            if let Some(schema) = self.root.pointer(place.as_str()) {
                self.add(schema, &mut found);
            }
        }
        found
    }

    /// A schema with all that stand for it: what it refers to and what it is composed of.
    fn add(&self, schema: &'d Value, found: &mut Vec<&'d Value>) {
        if found.iter().any(|known| std::ptr::eq(*known, schema)) {
            return;
        }
        found.push(schema);
        if let Some(target) = reference(schema).and_then(|at| self.root.pointer(at.as_str())) {
            self.add(target, found);
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for member in schema
                .get(keyword)
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
            {
                self.add(member, found);
            }
        }
    }
}

/// The form in which two values differ that mean the same.
fn form(before: &Value, after: &Value) -> Option<&'static str> {
    match (before, after) {
        (Value::Number(before), Value::Number(after)) => {
            (before.as_f64() == after.as_f64()).then_some("number form")
        }
        (Value::String(before), Value::String(after)) => {
            let dates = instant(before).zip(instant(after));
            let times = time(before).zip(time(after));
            if dates.is_some_and(|(before, after)| before == after)
                || times.is_some_and(|(before, after)| before == after)
            {
                Some("date form")
            } else {
                let is_uuid = before.len() == 36 && before.to_lowercase() == *after;
                is_uuid.then_some("uuid form")
            }
        }
        _ => None,
    }
}

fn instant(text: &str) -> Option<DateTime<Utc>> {
    let parsed = DateTime::parse_from_rfc3339(text).map(|time| time.to_utc());
    parsed.ok().or_else(|| {
        text.parse::<NaiveDateTime>()
            .ok()
            .map(|time| time.and_utc())
    })
}

fn time(text: &str) -> Option<NaiveTime> {
    text.trim_end_matches('Z').parse().ok()
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
