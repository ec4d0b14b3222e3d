//! JSON with its numbers as they are written: what becomes the text of a parameter or of a form's
//! field. A [`Value`] would round what a [`Decimal`] holds.

use std::fmt;

use jiter::Peek;

use super::{
    Decimal, Json, Reader, Result, Value, Writer, from_slice, to_sent, to_string, to_value, to_vec,
};

/// Any JSON value, its digits all kept.
#[derive(Clone, Debug)]
pub(crate) enum Exact {
    Null,
    Bool(bool),
    Number(Decimal),
    String(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Exact {
    /// What a value is on the wire.
    pub(crate) fn of<T: Json>(value: &T) -> Self {
        Self::parse(&to_vec(value))
    }

    /// What a value is in a request.
    pub(crate) fn sent<T: Json>(value: &T, read_only: bool) -> Self {
        Self::parse(&to_sent(value, read_only))
    }

    fn parse(json: &[u8]) -> Self {
        if let Some(text) = plain_text(json) {
            return Self::String(text.to_owned());
        }
        // What a `Writer` wrote is JSON; only nesting beyond the depth limit is refused here.
        from_slice(json).unwrap_or(Self::Null)
    }

    /// The value as others hold it.
    pub(crate) fn to_value(&self) -> Value {
        to_value(self)
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

/// What a JSON text says, where it is a string without escapes: most parameters are.
fn plain_text(json: &[u8]) -> Option<&str> {
    let inner = json.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let is_plain = !inner.contains(&b'\\');
    is_plain.then(|| std::str::from_utf8(inner).ok()).flatten()
}

impl fmt::Display for Exact {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&to_string(self))
    }
}

impl Json for Exact {
    fn empty() -> Self {
        Self::Null
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        *self = match json.peek()? {
            Peek::Null => {
                Value::Null.read(json)?;
                Self::Null
            }
            Peek::True | Peek::False => Self::Bool(json.boolean()?),
            Peek::String => Self::String(json.text()?.to_owned()),
            Peek::Array => {
                let mut items = Vec::new();
                items.read(json)?;
                Self::Array(items)
            }
            Peek::Object => {
                let mut members = Vec::new();
                json.object(&mut |key, json| {
                    let mut member = Self::Null;
                    member.read(json)?;
                    members.push((key, member));
                    Ok(())
                })?;
                Self::Object(members)
            }
            _ => {
                let mut number = Decimal::empty();
                number.read(json)?;
                Self::Number(number)
            }
        };
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        match self {
            Self::Null => json.null(),
            Self::Bool(value) => value.write(json),
            Self::Number(number) => number.write(json),
            Self::String(text) => json.text(text),
            Self::Array(items) => items.write(json),
            Self::Object(members) => json.object(&mut |json| {
                for (key, member) in members {
                    if json.key(key) {
                        member.write(json);
                    }
                }
            }),
        }
    }
}
