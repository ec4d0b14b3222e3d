//! The typed shells around the engine: a stream of items, a stream of pages.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::engine::Paginator;
use crate::call::Call;
use crate::error::Error;
use crate::exchange::finish;
use crate::json::{self, Json};
use crate::response::{Decode, RawResponse, Response};
use crate::tables::Pagination;

/// The items of all pages, in order. Pages are asked for as they are needed. After an error there
/// is nothing more.
#[must_use = "nothing is sent before an item is asked for"]
pub struct Items<T, E> {
    paginator: Paginator,
    pointer: &'static str,
    decode_error: Decode<Option<E>>,
    page: std::vec::IntoIter<T>,
}

/// All pages, in order. A page is asked for when it is needed. After an error there is nothing
/// more.
#[must_use = "nothing is sent before a page is asked for"]
pub struct Pages<P, E> {
    paginator: Paginator,
    decode: Decode<P>,
    decode_error: Decode<Option<E>>,
}

impl Call {
    /// The items of all pages, one after the other.
    pub fn items<T: Json, E>(
        self,
        pagination: &'static Pagination,
        decode_error: Decode<Option<E>>,
    ) -> Items<T, E> {
        Items {
            paginator: Paginator::new(self, pagination),
            pointer: pagination.items,
            decode_error,
            page: Vec::new().into_iter(),
        }
    }

    /// All pages, one after the other.
    pub fn pages<P, E>(
        self,
        pagination: &'static Pagination,
        decode: Decode<P>,
        decode_error: Decode<Option<E>>,
    ) -> Pages<P, E> {
        Pages {
            paginator: Paginator::new(self, pagination),
            decode,
            decode_error,
        }
    }
}

impl<T: Json, E> Items<T, E> {
    /// The next item; `None` after the last.
    ///
    /// # Errors
    /// Whatever the call for the page that it is on can end in.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error<E>> {
        std::future::poll_fn(|cx| self.poll_item(cx))
            .await
            .transpose()
    }

    /// All items that are left.
    ///
    /// # Errors
    /// Whatever the call for any page can end in. The items before it are lost.
    pub async fn try_collect(mut self) -> Result<Vec<T>, Error<E>> {
        let mut items = Vec::new();
        while let Some(item) = self.try_next().await? {
            items.push(item);
        }
        Ok(items)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let raw = match ready!(self.paginator.poll_page(cx)) {
                None => return Poll::Ready(None),
                Some(Ok(raw)) => raw,
                Some(Err(failure)) => return Poll::Ready(Some(Err(failure.into()))),
            };
            let pointer = self.pointer;
            if !raw.status().is_success() || raw.interrupted.is_some() {
                return Poll::Ready(self.spoilt(raw));
            }
            match json::at::<Vec<T>>(raw.body(), pointer) {
                Ok(items) => self.page = items.unwrap_or_default().into_iter(),
                Err(error) => {
                    self.paginator.stop();
                    return Poll::Ready(Some(Err(Error::decode(raw, error))));
                }
            }
        }
    }

    /// A page that is no success or not whole.
    fn spoilt(&mut self, raw: RawResponse) -> Option<Result<T, Error<E>>> {
        if raw.status().is_success()
            && let Err(error) = json::at::<Vec<T>>(raw.body(), self.pointer)
        {
            return Some(Err(Error::decode(raw, error)));
        }
        finish(raw, |_| Ok(()), self.decode_error).err().map(Err)
    }
}

impl<P, E> Pages<P, E> {
    /// The next page; `None` after the last.
    ///
    /// # Errors
    /// Whatever the call for it can end in.
    pub async fn try_next(&mut self) -> Result<Option<Response<P>>, Error<E>> {
        std::future::poll_fn(|cx| self.poll_page(cx))
            .await
            .transpose()
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Response<P>, Error<E>>>> {
        let page = match ready!(self.paginator.poll_page(cx)) {
            None => return Poll::Ready(None),
            Some(Ok(raw)) => finish(raw, self.decode, self.decode_error),
            Some(Err(failure)) => Err(failure.into()),
        };
        if page.is_err() {
            self.paginator.stop();
        }
        Poll::Ready(Some(page))
    }
}

/// No field is ever pinned.
impl<T, E> Unpin for Items<T, E> {}

impl<T: Json, E> Stream for Items<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<P, E> Stream for Pages<P, E> {
    type Item = Result<Response<P>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx)
    }
}

impl<T, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("left_of_page", &self.page.len())
            .finish_non_exhaustive()
    }
}

impl<P, E> fmt::Debug for Pages<P, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}
