//! Waiting on a thread for what is a future: one thread drives all connections and timers of the
//! process; the caller's thread polls its own future and sleeps in between.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

use tokio::runtime::Handle;

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

/// The outcome of a future, waited for on this thread.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
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
