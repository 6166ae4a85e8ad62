//! Responses on their way to a client: each is known to be taken or not.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::{Body as AxumBody, HttpBody};
use bytes::{Buf, Bytes, BytesMut};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

use crate::activity::OpenCall;

/// The body of a response: one piece.
#[derive(Debug)]
pub(crate) struct ResponseBody(Option<ResponseBytes>);

/// The bytes of a body. The call is over when they are dropped: they are written, or the client is gone.
#[derive(Debug)]
pub(crate) struct ResponseBytes {
    bytes: Bytes,
    call: OpenCall,
}

impl ResponseBody {
    pub(crate) fn new(bytes: Bytes, mut call: OpenCall) -> Self {
        if bytes.is_empty() {
            return Self(None);
        }
        call.answer();
        Self(Some(ResponseBytes { bytes, call }))
    }
}

impl HttpBody for ResponseBody {
    type Data = ResponseBytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<ResponseBytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        let length = self.0.as_ref().map_or(0, |bytes| bytes.bytes.len());
        SizeHint::with_exact(u64::try_from(length).unwrap_or(u64::MAX))
    }
}

impl Buf for ResponseBytes {
    fn remaining(&self) -> usize {
        self.bytes.remaining()
    }

    fn chunk(&self) -> &[u8] {
        self.bytes.chunk()
    }

    fn advance(&mut self, count: usize) {
        self.bytes.advance(count);
        if self.bytes.has_remaining() {
            self.call.note_taken();
        }
    }
}

/// All bytes of a body that is made in memory.
pub(crate) async fn bytes_of(mut body: AxumBody) -> Bytes {
    let mut first = Bytes::new();
    while !body.is_end_stream() {
        let Some(Ok(frame)) = body.frame().await else { break };
        let Ok(data) = frame.into_data() else { continue };
        if first.is_empty() {
            first = data;
        } else {
            let mut longer = BytesMut::from(first);
            longer.extend_from_slice(&data);
            first = longer.freeze();
        }
    }
    first
}
