//! serde for generated types, by way of a JSON value, so that any serializer works.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, Serializer};

use super::{Json, Value, from_value, to_value};

pub use serde;

/// Serializes a value as the JSON that it is on the wire.
///
/// # Errors
/// When the serializer fails.
pub fn serialize<T: Json, S: Serializer>(
    value: &T,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    to_value(value).serialize(serializer)
}

/// Deserializes a value from anything that can be JSON.
///
/// # Errors
/// When the deserializer fails, or what it gives does not fit the type.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<T, D::Error> {
    from_value(&Value::deserialize(deserializer)?).map_err(D::Error::custom)
}
