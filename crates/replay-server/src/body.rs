//! The body of a request, kept up to a limit.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;

/// How a body came in.
#[derive(Debug)]
pub(crate) enum Received {
    /// All of it.
    Complete(Bytes),
    /// More than the limit. The rest was read and dropped, so that the caller gets to read the answer.
    TooLarge,
    /// The connection broke or the framing was wrong.
    Broken,
}

/// How many bytes beyond the limit are read before the connection is given up.
const DRAIN_MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Reads a body of any framing. At most `limit_bytes` are kept.
pub(crate) async fn receive(mut body: axum::body::Body, limit_bytes: u64) -> Received {
    use axum::body::HttpBody;
    if body.is_end_stream() {
        return Received::Complete(Bytes::new());
    }
    let mut kept: Option<Bytes> = None;
    let mut longer = BytesMut::new();
    let mut total = 0_u64;
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else { return Received::Broken };
        let Ok(data) = frame.into_data() else { continue };
        total = total.saturating_add(u64::try_from(data.len()).unwrap_or(u64::MAX));
        if total > limit_bytes {
            kept = None;
            longer = BytesMut::new();
            if total > limit_bytes.saturating_add(DRAIN_MAX_BYTES) {
                break;
            }
        } else if let Some(first) = kept.take() {
            longer = BytesMut::from(first);
            longer.extend_from_slice(&data);
        } else if longer.is_empty() {
            kept = Some(data);
        } else {
            longer.extend_from_slice(&data);
        }
    }
    if total > limit_bytes {
        return Received::TooLarge;
    }
    Received::Complete(kept.unwrap_or_else(|| longer.freeze()))
}

#[cfg(test)]
mod tests {
    use std::{
        collections::VecDeque,
        convert::Infallible,
        pin::Pin,
        task::{Context, Poll},
    };

    use axum::body::HttpBody;

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
            match (runtime.block_on(receive(axum::body::Body::new(chunks), limit_bytes)), expected) {
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
