//! JSON kept as it came: [`serde_json::Value`], the type of what no document describes.

use jiter::Peek;
use serde_json::{Map, Number, Value};

use super::{Halt, Json, Reader, Result, Writer};

impl Json for Value {
    #[inline]
    fn empty() -> Self {
        Self::Null
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result {
        match json.peek()? {
            Peek::Object => {
                *self = Self::Object(Map::new());
                match self {
                    Self::Object(map) => map.read(json),
                    _ => Ok(()),
                }
            }
            Peek::Array => {
                *self = Self::Array(Vec::new());
                match self {
                    Self::Array(items) => items.read(json),
                    _ => Ok(()),
                }
            }
            peek => {
                *self = scalar(peek, json)?;
                Ok(())
            }
        }
    }

    fn write(&self, json: &mut Writer) {
        match self {
            Self::Null => json.null(),
            Self::Bool(value) => value.write(json),
            Self::Number(number) => json.number(number),
            Self::String(text) => json.text(text),
            Self::Array(items) => items.write(json),
            Self::Object(map) => map.write(json),
        }
    }
}

fn scalar(peek: Peek, json: &mut Reader<'_>) -> std::result::Result<Value, Halt> {
    match peek {
        Peek::Null => match json.jiter.known_null() {
            Ok(()) => Ok(Value::Null),
            Err(error) => Err(json.note(&error)),
        },
        Peek::True | Peek::False => json.boolean().map(Value::Bool),
        Peek::String => json.text().map(|text| Value::String(text.to_owned())),
        _ => number(json),
    }
}

/// Integers stay integers where 64 bits hold them; the rest is a float.
fn number(json: &mut Reader<'_>) -> std::result::Result<Value, Halt> {
    let place = json.place();
    let integer = match json.jiter.next_number_bytes() {
        Ok(b"-0") => None,
        Ok(bytes) => integer(bytes),
        Err(error) => return Err(json.note(&error)),
    };
    if let Some(number) = integer {
        return Ok(Value::Number(number));
    }
    json.go_back(&place);
    match json.float() {
        Ok(value) => Ok(Number::from_f64(value).map_or(Value::Null, Value::Number)),
        Err(halt) => Err(halt),
    }
}

fn integer(bytes: &[u8]) -> Option<Number> {
    let text = std::str::from_utf8(bytes).ok()?;
    match text.parse::<i64>() {
        Ok(value) => Some(Number::from(value)),
        Err(_) => text.parse::<u64>().ok().map(Number::from),
    }
}
