//! A list that is looked up by the ids of another.

use std::fmt;
use std::marker::PhantomData;

use super::{GroupId, OperationId, SchemeId, TypeId};

/// An id that is an index.
pub trait Id: Copy {
    /// The index.
    fn position(self) -> usize;
}

macro_rules! ids {
    ($($name:ident),*) => {$(
        impl Id for $name {
            fn position(self) -> usize {
                self.index()
            }
        }
    )*};
}

ids!(TypeId, OperationId, GroupId, SchemeId);

/// One item for each item of an [`Api`](super::Api)'s list, in the same order: a side table.
pub struct Table<I, T> {
    items: Vec<T>,
    ids: PhantomData<fn(I)>,
}

impl<I: Id, T> Table<I, T> {
    /// The item of an id.
    ///
    /// # Panics
    ///
    /// The table was made for another model than the id.
    #[must_use]
    pub fn of(&self, id: I) -> &T {
        &self.items[id.position()]
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    fn from(items: Vec<T>) -> Self {
        Self {
            items,
            ids: PhantomData,
        }
    }
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self::from(Vec::new())
    }
}

impl<I, T: fmt::Debug> fmt::Debug for Table<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.items.fmt(f)
    }
}
