//! Values behind pointers that are no models: fields of structs that would be too large with all of
//! their fields in one piece.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Json, Reader, Result, Writer};
use crate::tables::Rules;

/// Everything that a box does by what is in it.
macro_rules! boxed {
    ($($(for $item:ident)? { $ty:ty })*) => {$(
        impl$(<$item: Json>)? Json for Box<$ty> {
            fn empty() -> Self {
                Self::new(<$ty>::empty())
            }

            fn read(&mut self, json: &mut Reader<'_>) -> Result {
                <$ty>::read(self, json)
            }

            fn write(&self, json: &mut Writer) {
                <$ty>::write(self, json);
            }

            fn is_absent(&self) -> bool {
                <$ty>::is_absent(self)
            }

            fn rules() -> Rules {
                <$ty>::rules()
            }

            fn read_entry(&mut self, key: String, json: &mut Reader<'_>) -> Result {
                <$ty>::read_entry(self, key, json)
            }

            fn write_entries(&self, json: &mut Writer) {
                <$ty>::write_entries(self, json);
            }
        }
    )*};
}

boxed! {
    { i64 }
    { u64 }
    { f64 }
    { String }
    { Value }
    for T { Vec<T> }
    for T { BTreeMap<String, T> }
}
