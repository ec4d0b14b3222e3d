//! The bytes of a request and of a response, whole or as they come.
//!
//! Both types are `http_body` bodies, which is what a transport of the caller's own needs to
//! know of them. Neither knows its content type.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use sync_wrapper::SyncWrapper;

/// An error of any kind, as `http_body` bodies carry it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A body of any origin. `SyncWrapper`: what only a `&mut` reaches needs no lock to be shared.
type Streaming = SyncWrapper<Pin<Box<dyn HttpBody<Data = Bytes, Error = BoxError> + Send>>>;

enum Inner {
    Whole(Bytes),
    Streaming(Streaming),
}

impl Inner {
    fn streaming<B>(body: B) -> Self
    where
        B: HttpBody<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::Streaming(SyncWrapper::new(Box::pin(ErrorsBoxed(Box::pin(body)))))
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self {
            Self::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Streaming(body) => body.get_mut().as_mut().poll_frame(cx),
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

    /// The bytes, unless they are produced while they are sent.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Inner::Whole(bytes) => Some(bytes),
            Inner::Streaming(_) => None,
        }
    }

    /// The same body again, unless it is produced while it is sent.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        self.as_bytes()
            .map(|bytes| Self(Inner::Whole(bytes.clone())))
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
            Inner::Streaming(_) => f.write_str("Body(streaming)"),
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
            // Behind the wrapper a hint is out of reach of `&self`: the length is unknown, and
            // the transport sends chunks.
            Inner::Streaming(_) => SizeHint::default(),
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
