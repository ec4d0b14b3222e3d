//! The same calls for callers without an async runtime: `.wait()` in place of `.await`.
//!
//! Whatever is a future or a stream can be waited for, and nothing is compiled twice.

use std::fmt;
use std::pin::Pin;

use futures_core::Stream;

use crate::transport::platform::block_on;

native! {
    use crate::error::Error;
    use crate::exchange::{Sending, SendingRaw};
    use crate::json::Json;
    use crate::page::{Items, Pages};
    use crate::response::{RawResponse, Response};
    use crate::stream::{ByteStream, Events, JsonLines, Opening};

    impl<T, E> Sending<T, E> {
        /// Sends the call and waits for its response on this thread.
        ///
        /// # Errors
        /// Whatever the call can end in.
        pub fn wait(self) -> Result<Response<T>, Error<E>> {
            block_on(self)
        }
    }

    impl SendingRaw {
        /// Sends the call and waits for its response on this thread.
        ///
        /// # Errors
        /// Whatever the call can end in before there is a response.
        pub fn wait(self) -> Result<RawResponse, Error> {
            block_on(self)
        }
    }

    impl<E> Opening<E> {
        /// Sends the call and waits for its response's head on this thread.
        ///
        /// # Errors
        /// Whatever the call can end in.
        pub fn wait(self) -> Result<Wait<ByteStream>, Error<E>> {
            block_on(self).map(Wait)
        }
    }

    /// Gives a stream its blocking iterator.
    macro_rules! waits {
        ($($stream:ident <$item:ident $(: $bound:ident)?>),*) => {$(
            impl<$item $(: $bound)?, E> $stream<$item, E> {
                /// An iterator that waits on this thread for each item.
                pub fn wait(self) -> Wait<Self> {
                    Wait(self)
                }
            }
        )*};
    }

    waits!(Items<T: Json>, Pages<T>, Events<T>, JsonLines<T>);
}

/// An iterator over a stream that waits for each item.
pub struct Wait<S>(S);

impl<S: Stream + Unpin> Iterator for Wait<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let stream = &mut self.0;
        block_on(std::future::poll_fn(|cx| {
            Pin::new(&mut *stream).poll_next(cx)
        }))
    }
}

impl<S: fmt::Debug> fmt::Debug for Wait<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Wait").field(&self.0).finish()
    }
}
