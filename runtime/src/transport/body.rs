//! The bytes of a request and of a response, whole or as they come.
//!
//! Both types are `http_body` bodies, which is what a transport of the caller's own needs to
//! know of them. Neither knows its content type.

use std::fmt;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use sync_wrapper::SyncWrapper;

use super::platform;

/// An error of any kind, as `http_body` bodies carry it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A body of any origin. `SyncWrapper`: what only a `&mut` reaches needs no lock to be shared.
type Streaming = SyncWrapper<Pin<Box<dyn HttpBody<Data = Bytes, Error = BoxError> + Send>>>;

enum Inner {
    Whole(Bytes),
    Streaming {
        body: Streaming,
        length: Option<u64>,
    },
    /// Begun when it is first polled, as often as there are clones.
    Repeatable {
        begin: Arc<dyn Fn() -> Inner + Send + Sync>,
        length: Option<u64>,
    },
}

impl Inner {
    fn streaming<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let length = body.size_hint().exact();
        let body = SyncWrapper::new(Box::pin(ErrorsBoxed(Box::pin(body))) as Pin<Box<_>>);
        Self::Streaming { body, length }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self {
            Self::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Streaming { body, .. } => body.get_mut().as_mut().poll_frame(cx),
            Self::Repeatable { begin, .. } => {
                *self = begin();
                self.poll(cx)
            }
        }
    }
}

/// A request's body.
pub struct Body(Inner);

impl Body {
    /// No body.
    #[must_use]
    pub fn empty() -> Self {
        Self(Inner::Whole(Bytes::new()))
    }

    /// A body that is produced while it is sent. It can be sent once only.
    pub fn streaming<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::streaming(body))
    }

    /// A body that is produced while it is sent, anew each time it is sent: a call with it can be
    /// tried again. `length` is what it comes to, where that is known beforehand.
    pub fn repeatable<B>(length: Option<u64>, begin: impl Fn() -> B + Send + Sync + 'static) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::Repeatable {
            begin: Arc::new(move || Inner::streaming(begin())),
            length,
        })
    }

    /// A file, read while it is sent.
    ///
    /// # Errors
    /// When there is no such file; on wasm32-unknown-unknown always, for there are none.
    pub fn file(path: impl AsRef<Path>) -> std::io::Result<Self> {
        let (length, begin) = platform::file(path.as_ref())?;
        Ok(Self::repeatable(Some(length), begin))
    }

    /// The bytes, unless they are produced while they are sent.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes),
            Inner::Streaming { .. } | Inner::Repeatable { .. } => None,
        }
    }

    /// The same body again, unless it can be sent once only.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        match &self.0 {
            Inner::Whole(bytes) => Some(Self(Inner::Whole(bytes.clone()))),
            Inner::Streaming { .. } => None,
            Inner::Repeatable { begin, length } => Some(Self(Inner::Repeatable {
                begin: Arc::clone(begin),
                length: *length,
            })),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self(Inner::Whole(bytes.into()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Inner::Whole(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Inner::Streaming { .. } | Inner::Repeatable { .. } => f.write_str("Body(streaming)"),
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.poll(cx)
    }

    fn is_end_stream(&self) -> bool {
        matches!(&self.0, Inner::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            // Without a length the transport sends chunks.
            Inner::Streaming { length, .. } | Inner::Repeatable { length, .. } => {
                length.map(SizeHint::with_exact).unwrap_or_default()
            }
        }
    }
}

/// A response's body as a transport hands it over, not yet read.
pub struct ResponseBody(Inner);

impl ResponseBody {
    /// A body that comes as it comes.
    pub fn streaming<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::streaming(body))
    }

    /// The next bytes; `None` at the end.
    ///
    /// # Errors
    /// Whatever the transport met while it read on.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BoxError> {
        std::future::poll_fn(|cx| self.poll_chunk(cx)).await
    }

    pub(crate) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<Bytes>, BoxError>> {
        loop {
            return Poll::Ready(match std::task::ready!(self.0.poll(cx)) {
                None => Ok(None),
                Some(Err(error)) => Err(error),
                // Trailers and empty frames are no bytes.
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(bytes) if !bytes.is_empty() => Ok(Some(bytes)),
                    _ => continue,
                },
            });
        }
    }
}

impl<T: Into<Bytes>> From<T> for ResponseBody {
    fn from(bytes: T) -> Self {
        Self(Inner::Whole(bytes.into()))
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody")
    }
}

impl HttpBody for ResponseBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.poll(cx)
    }
}

/// A body whose error is boxed, so that bodies of all origins are one type.
struct ErrorsBoxed<B>(Pin<Box<B>>);

impl<B> HttpBody for ErrorsBoxed<B>
where
    B: HttpBody<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.as_mut().poll_frame(cx).map_err(Into::into)
    }
}
