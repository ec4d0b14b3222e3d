//! A file as a body: opened when it is sent, read piece by piece.

use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body as HttpBody, Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

const PIECE: u64 = 64 * 1024;

/// A file's length, and how to begin to read it.
pub(crate) fn file(path: &Path) -> io::Result<(u64, impl Fn() -> FileBody + use<>)> {
    let path: Arc<Path> = path.into();
    let length = std::fs::metadata(&path)?.len();
    Ok((length, move || FileBody::new(Arc::clone(&path), length)))
}

type Opening = Pin<Box<dyn Future<Output = io::Result<File>> + Send>>;

/// The first `left` bytes of a file, so that a file that grows meanwhile is no other body than
/// the one that was announced.
pub(crate) struct FileBody {
    state: State,
    left: u64,
}

enum State {
    Opening(Opening),
    Open(File, BytesMut),
}

impl FileBody {
    fn new(path: Arc<Path>, length: u64) -> Self {
        Self {
            state: State::Opening(Box::pin(File::open(path))),
            left: length,
        }
    }
}

impl HttpBody for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let piece = usize::try_from(self.left.min(PIECE)).unwrap_or(usize::MAX);
        loop {
            match &mut self.state {
                State::Opening(opening) => {
                    let file = ready!(opening.as_mut().poll(cx))?;
                    self.state = State::Open(file, BytesMut::new());
                }
                State::Open(file, buffer) => {
                    buffer.resize(piece, 0);
                    let mut read = ReadBuf::new(buffer);
                    ready!(Pin::new(file).poll_read(cx, &mut read))?;
                    let length = read.filled().len();
                    if length == 0 {
                        let reason = "the file is shorter than when the call was made";
                        return Poll::Ready(Some(Err(io::Error::other(reason))));
                    }
                    let bytes = buffer.split_to(length).freeze();
                    self.left -= length as u64;
                    return Poll::Ready(Some(Ok(Frame::data(bytes))));
                }
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}
