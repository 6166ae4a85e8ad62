//! The body of a request: read within its time and memory, up to a limit.

use std::{
    error::Error,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::HttpBody;
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Request, Version, header};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use thiserror::Error;
use tokio::time::Sleep;

use crate::{activity::Activity, body_budget::Streams};

/// Longest body that is waited for although its call is refused, in bytes: its connection can then be used again.
const SHORT_MAX_BYTES: u64 = 64 * 1024;

/// How long such a body is waited for, in real time.
const SHORT_WAIT: Duration = Duration::from_millis(100);

/// Why a body cannot be read.
#[derive(Debug, Error)]
pub(crate) enum UploadError {
    /// The connection broke, or the framing is wrong.
    #[error("the body broke off")]
    Broken(#[source] hyper::Error),
    /// It takes too long.
    #[error("the body did not come in in time")]
    TimedOut,
    /// The memory for bodies is used up.
    #[error("the memory for bodies is used up")]
    NoMemory,
}

/// The body of a request. What it has given out counts as held until it is dropped.
#[derive(Debug)]
pub(crate) struct Upload {
    body: Incoming,
    activity: Arc<Activity>,
    streams: Streams,
    expects_continue: bool,
    is_at_end: bool,
    held_bytes: usize,
    /// When it has to be there. Most bodies are, and need no timer.
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Upload {
    /// The body of a request, and the rest of the request.
    pub(crate) fn of(request: Request<Incoming>, activity: Arc<Activity>) -> Request<Self> {
        let streams = if request.version() == Version::HTTP_2 { Streams::Many } else { Streams::One };
        let expects_continue = request.version() == Version::HTTP_11 && expects_continue(request.headers());
        request.map(|body| Self {
            body,
            activity,
            streams,
            expects_continue,
            is_at_end: false,
            held_bytes: 0,
            deadline: None,
        })
    }

    /// Whether all of it was read.
    pub(crate) fn is_done(&self) -> bool {
        self.is_at_end || self.body.is_end_stream()
    }

    /// Whether it is known to be longer than this.
    pub(crate) fn is_longer_than(&self, bytes: u64) -> bool {
        self.body.size_hint().lower() > bytes
    }

    /// Whether its client waits for `100 Continue`, which is sent when the body is read.
    pub(crate) const fn expects_continue(&self) -> bool {
        self.expects_continue
    }

    /// Whether it is worth to wait for it although its call is refused.
    pub(crate) fn is_short(&self) -> bool {
        !self.expects_continue && !self.is_longer_than(SHORT_MAX_BYTES)
    }

    /// Reads and drops it if it is short and there, so that the connection can be used again.
    pub(crate) async fn discard(&mut self) {
        if self.is_done() || !self.is_short() {
            return;
        }
        let rest = async {
            let mut read = 0;
            while let Some(Ok(frame)) = self.frame().await {
                read += frame.data_ref().map_or(0, |data| u64::try_from(data.len()).unwrap_or(u64::MAX));
                if read > SHORT_MAX_BYTES {
                    return;
                }
            }
        };
        drop(tokio::time::timeout(SHORT_WAIT, rest).await);
    }
}

fn expects_continue(headers: &HeaderMap) -> bool {
    headers.get(header::EXPECT).is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// Waits for a body whose call is refused, if it is short.
pub(crate) async fn within_short_wait<T>(receiving: impl Future<Output = T>) -> Option<T> {
    tokio::time::timeout(SHORT_WAIT, receiving).await.ok()
}

impl HttpBody for Upload {
    type Data = Bytes;
    type Error = UploadError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadError>>> {
        let this = self.get_mut();
        let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) else {
            let timeout = this.activity.timeouts.body;
            let deadline = this.deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep(timeout)));
            ready!(deadline.as_mut().poll(context));
            return Poll::Ready(Some(Err(UploadError::TimedOut)));
        };
        Poll::Ready(match frame {
            Some(Ok(frame)) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len);
                // What came with its head is still in the buffer of its connection.
                if this.deadline.is_none() && this.body.is_end_stream() && this.held_bytes == 0 {
                    return Poll::Ready(Some(Ok(frame)));
                }
                if !this.activity.bodies.take(bytes, this.streams) {
                    return Poll::Ready(Some(Err(UploadError::NoMemory)));
                }
                this.held_bytes += bytes;
                Some(Ok(frame))
            }
            Some(Err(error)) => Some(Err(UploadError::Broken(error))),
            None => {
                this.is_at_end = true;
                None
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        self.is_done()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if self.streams == Streams::One && !self.is_done() {
            self.activity.leave_body();
        }
        if self.held_bytes > 0 {
            self.activity.bodies.give_back(self.held_bytes);
        }
    }
}

/// How a body came in.
#[derive(Debug)]
pub(crate) enum Received {
    /// All of it.
    Complete(Bytes),
    /// More than the limit. The rest was not read.
    TooLarge,
    /// The connection broke or the framing was wrong.
    Broken,
    /// It took too long.
    TimedOut,
    /// The memory for bodies is used up.
    NoMemory,
}

impl Received {
    fn failed(error: &(dyn Error + 'static)) -> Self {
        let mut causes = std::iter::successors(Some(error), |cause| (*cause).source());
        match causes.find_map(|cause| cause.downcast_ref::<UploadError>()) {
            Some(UploadError::TimedOut) => Self::TimedOut,
            Some(UploadError::NoMemory) => Self::NoMemory,
            Some(UploadError::Broken(_)) | None => Self::Broken,
        }
    }
}

/// Reads a body of any framing. At most `limit_bytes` are kept.
pub(crate) async fn receive<B>(mut body: B, limit_bytes: u64) -> Received
where
    B: HttpBody<Data = Bytes, Error: Error + 'static> + Unpin,
{
    if body.is_end_stream() {
        return Received::Complete(Bytes::new());
    }
    if body.size_hint().lower() > limit_bytes {
        return Received::TooLarge;
    }
    let mut first = Bytes::new();
    let mut longer = BytesMut::new();
    let mut total = 0_u64;
    while let Some(frame) = body.frame().await {
        let frame = match frame {
            Ok(frame) => frame,
            Err(error) => return Received::failed(&error),
        };
        let Ok(data) = frame.into_data() else { continue };
        total = total.saturating_add(u64::try_from(data.len()).unwrap_or(u64::MAX));
        if total > limit_bytes {
            return Received::TooLarge;
        }
        if first.is_empty() && longer.is_empty() {
            first = data;
        } else {
            longer.extend_from_slice(&first);
            first = Bytes::new();
            longer.extend_from_slice(&data);
        }
        if body.is_end_stream() {
            break;
        }
    }
    Received::Complete(if longer.is_empty() { first } else { longer.freeze() })
}

#[cfg(test)]
mod tests {
    use std::{collections::VecDeque, convert::Infallible};

    use super::*;

    /// A body in chunks, without a length.
    struct Chunks(VecDeque<Bytes>);

    impl HttpBody for Chunks {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
            Poll::Ready(self.0.pop_front().map(|chunk| Ok(http_body::Frame::data(chunk))))
        }
    }

    fn check(limit_bytes: u64, expected: Option<&[u8]>) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for size in [1, 3, 10] {
            let chunks = Chunks(b"0123456789".chunks(size).map(Bytes::from_static).collect());
            match (runtime.block_on(receive(chunks, limit_bytes)), expected) {
                (Received::Complete(bytes), Some(expected)) => assert_eq!(bytes, expected),
                (Received::TooLarge, None) => {}
                (received, expected) => panic!("{received:?} is not {expected:?}"),
            }
        }
    }

    #[test]
    fn bodies_are_kept_up_to_the_limit() {
        check(10, Some(b"0123456789"));
        check(9, None);
    }
}
