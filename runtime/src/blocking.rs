//! The same calls for callers without an async runtime: `.wait()` in place of `.await`.
//!
//! One thread drives all connections and timers of the process; the caller's thread polls its own
//! call and sleeps in between. So whatever is a future or a stream can be waited for, and nothing
//! is compiled twice.

use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use futures_core::Stream;
use tokio::runtime::Handle;

use crate::error::Error;
use crate::json::Json;
use crate::page::{Items, Pages};
use crate::response::{RawResponse, Response};
use crate::send::{Sending, SendingRaw};
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

/// The runtime's handle, where its thread could be started. Without one a call ends in the error
/// that there is no runtime.
fn driver() -> Option<&'static Handle> {
    static DRIVER: OnceLock<Option<Handle>> = OnceLock::new();
    DRIVER
        .get_or_init(|| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .ok()?;
            let handle = runtime.handle().clone();
            let thread = std::thread::Builder::new().name("clientsmith-blocking".to_owned());
            thread
                .spawn(move || runtime.block_on(std::future::pending::<()>()))
                .ok()?;
            Some(handle)
        })
        .as_ref()
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let _entered = driver().map(Handle::enter);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(outcome) => return outcome,
            Poll::Pending => std::thread::park(),
        }
    }
}
