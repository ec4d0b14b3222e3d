//! What callers may give where a generated method takes a value: whatever plainly means it.
//!
//! A method says `impl Into<…>`, `impl IntoIterator<…>` or one of the traits here; these functions
//! make the type of it. Generated code calls them, so that a setter's body is one line.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

use serde_json::{Map, Value};

use super::{Json, Nullable, OpenEnum, OpenIntEnum};

/// A value, or a reference to one, which is cloned: so that lists come from arrays, vectors,
/// slices and iterators of either.
pub trait IntoOwned<T> {
    /// The value.
    fn into_owned(self) -> T;
}

impl<T> IntoOwned<T> for T {
    fn into_owned(self) -> T {
        self
    }
}

impl<T: Clone> IntoOwned<T> for &T {
    fn into_owned(self) -> T {
        self.clone()
    }
}

/// What turns into a `T`, or says that it is null: a value that turns into one, an `Option` of one
/// (`None` is null), or a [`Nullable`].
///
/// `Form` tells the three apart. The compiler finds it; nobody writes it.
pub trait OrNull<T, Form> {
    /// The value, or null.
    fn or_null(self) -> Nullable<T>;
}

/// The forms of [`OrNull`].
#[doc(hidden)]
pub mod form {
    /// What turns into the value.
    #[derive(Debug)]
    pub struct OfValue;
    /// An `Option` of it.
    #[derive(Debug)]
    pub struct OfOption;
    /// A `Nullable` of it.
    #[derive(Debug)]
    pub struct OfNullable;
}

impl<T, V: Into<T>> OrNull<T, form::OfValue> for V {
    fn or_null(self) -> Nullable<T> {
        Nullable::Value(self.into())
    }
}

impl<T> OrNull<T, form::OfOption> for Option<T> {
    fn or_null(self) -> Nullable<T> {
        self.into()
    }
}

impl<T> OrNull<T, form::OfNullable> for Nullable<T> {
    fn or_null(self) -> Nullable<T> {
        self
    }
}

/// An object of free JSON as a body: pairs, a map or JSON, each by value or by reference.
pub trait JsonObject {
    /// The object. JSON that is none is sent as it is.
    fn into_json(self) -> Value;
}

impl JsonObject for Value {
    fn into_json(self) -> Value {
        self
    }
}

impl JsonObject for Map<String, Value> {
    fn into_json(self) -> Value {
        Value::Object(self)
    }
}

impl<K: Into<String>, V: Into<Value>> JsonObject for BTreeMap<K, V> {
    fn into_json(self) -> Value {
        object(self)
    }
}

impl<K: Into<String>, V: Into<Value>, S: BuildHasher> JsonObject for HashMap<K, V, S> {
    fn into_json(self) -> Value {
        object(self)
    }
}

impl<K: Into<String>, V: Into<Value>, const N: usize> JsonObject for [(K, V); N] {
    fn into_json(self) -> Value {
        object(self)
    }
}

impl<T: JsonObject + Clone> JsonObject for &T {
    fn into_json(self) -> Value {
        self.clone().into_json()
    }
}

fn object(entries: impl IntoIterator<Item = (impl Into<String>, impl Into<Value>)>) -> Value {
    let entries = entries.into_iter();
    let entries = entries.map(|(key, value)| (key.into(), value.into()));
    Value::Object(entries.collect())
}

/// Texts as a list.
pub fn text_list(items: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    items
        .into_iter()
        .map(|item| item.as_ref().to_owned())
        .collect()
}

/// What turns into items as a list.
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}

/// Items, or references to them, as a list.
pub fn owned_list<T>(items: impl IntoIterator<Item = impl IntoOwned<T>>) -> Vec<T> {
    items.into_iter().map(IntoOwned::into_owned).collect()
}

/// Keys and texts as a map.
pub fn text_map(
    entries: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
) -> BTreeMap<String, String> {
    map_with(entries, |value| value.as_ref().to_owned())
}

/// Keys and what turns into values as a map.
pub fn map<T>(
    entries: impl IntoIterator<Item = (impl AsRef<str>, impl Into<T>)>,
) -> BTreeMap<String, T> {
    map_with(entries, Into::into)
}

/// Keys and values, or references to them, as a map.
pub fn owned_map<T>(
    entries: impl IntoIterator<Item = (impl AsRef<str>, impl IntoOwned<T>)>,
) -> BTreeMap<String, T> {
    map_with(entries, IntoOwned::into_owned)
}

/// Keys and values as a map.
pub fn exact_map<T>(
    entries: impl IntoIterator<Item = (impl AsRef<str>, T)>,
) -> BTreeMap<String, T> {
    map_with(entries, |value| value)
}

fn map_with<V, T>(
    entries: impl IntoIterator<Item = (impl AsRef<str>, V)>,
    value: impl Fn(V) -> T,
) -> BTreeMap<String, T> {
    let entries = entries.into_iter();
    entries
        .map(|(key, given)| (key.as_ref().to_owned(), value(given)))
        .collect()
}

/// The union's member that a value is, as if it had been read.
#[must_use]
#[expect(
    clippy::needless_pass_by_value,
    reason = "generated code hands over what it has made"
)]
pub fn member<T: Json>(value: Value) -> T {
    // A union takes whatever there is: what is no member is kept as it came.
    super::from_value(&value).unwrap_or_else(|_| T::empty())
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

impl From<&String> for Nullable<String> {
    fn from(value: &String) -> Self {
        Self::Value(value.clone())
    }
}

impl<T: OpenEnum> From<&str> for Nullable<T> {
    fn from(value: &str) -> Self {
        Self::Value(T::from_value(value))
    }
}

impl<T: OpenEnum> From<String> for Nullable<T> {
    fn from(value: String) -> Self {
        Self::Value(T::from_value(&value))
    }
}

impl<T: OpenIntEnum> From<i64> for Nullable<T> {
    fn from(value: i64) -> Self {
        Self::Value(T::from_value(value))
    }
}

macro_rules! free_json {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Nullable<Value> {
            fn from(value: $ty) -> Self {
                Self::Value(value.into())
            }
        }
    )*};
}

free_json!(&str, String, bool, i64, f64, Vec<Value>, Map<String, Value>);

impl<T, const N: usize> From<[T; N]> for Nullable<Vec<T>> {
    fn from(items: [T; N]) -> Self {
        Self::Value(items.into())
    }
}

impl<T: Clone> From<&[T]> for Nullable<Vec<T>> {
    fn from(items: &[T]) -> Self {
        Self::Value(items.to_vec())
    }
}

impl<T: Clone> From<&Vec<T>> for Nullable<Vec<T>> {
    fn from(items: &Vec<T>) -> Self {
        Self::Value(items.clone())
    }
}

impl<const N: usize> From<[&str; N]> for Nullable<Vec<String>> {
    fn from(items: [&str; N]) -> Self {
        Self::Value(text_list(items))
    }
}

impl From<&[&str]> for Nullable<Vec<String>> {
    fn from(items: &[&str]) -> Self {
        Self::Value(text_list(items))
    }
}

impl<const N: usize, T: OpenEnum> From<[&str; N]> for Nullable<Vec<T>> {
    fn from(items: [&str; N]) -> Self {
        Self::Value(items.into_iter().map(T::from_value).collect())
    }
}

impl<K: Into<String>, V: Into<T>, T, const N: usize> From<[(K, V); N]>
    for Nullable<BTreeMap<String, T>>
{
    fn from(entries: [(K, V); N]) -> Self {
        let entries = entries.into_iter();
        let entries = entries.map(|(key, value)| (key.into(), value.into()));
        Self::Value(entries.collect())
    }
}

impl<K: Into<String>, V: Into<T>, T, S: BuildHasher> From<HashMap<K, V, S>>
    for Nullable<BTreeMap<String, T>>
{
    fn from(entries: HashMap<K, V, S>) -> Self {
        let entries = entries.into_iter();
        let entries = entries.map(|(key, value)| (key.into(), value.into()));
        Self::Value(entries.collect())
    }
}

impl From<Map<String, Value>> for Nullable<BTreeMap<String, Value>> {
    fn from(entries: Map<String, Value>) -> Self {
        Self::Value(entries.into_iter().collect())
    }
}

/// An object of free JSON, written like one: `object!({ "name": "x", "tags": [1, 2] })`, a
/// [`Map`]. Of any other JSON [`json!`](serde_json::json) makes a [`Value`].
///
/// ```
/// use clientsmith_runtime as client;
/// let object = client::object!({ "name": "x", "tags": [1, 2] });
/// assert_eq!(client::Value::from(object), client::json!({ "name": "x", "tags": [1, 2] }));
/// ```
#[macro_export]
macro_rules! object {
    ({ $($content:tt)* }) => {
        match $crate::json!({ $($content)* }) {
            $crate::Value::Object(object) => object,
            // Braces make nothing else.
            _ => $crate::Map::new(),
        }
    };
}
