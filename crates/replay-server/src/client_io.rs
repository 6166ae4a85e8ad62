//! The socket of a client: it notes what comes in, and closes without losing what was sent.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Instant, Sleep},
};

use crate::{activity::Activity, refusal};

/// How long a connection that is being closed waits for more of what nobody reads, in real time.
const LINGER_STEP: Duration = Duration::from_secs(2);

/// Bytes that a connection which is being closed reads and drops at most.
const LINGER_MAX_BYTES: usize = 256 * 1024 * 1024;

/// The socket of a client.
pub(crate) struct ClientIo {
    stream: TcpStream,
    activity: Arc<Activity>,
    closing: Closing,
}

/// How far the socket is closed.
enum Closing {
    /// It is open.
    Open,
    /// Nothing more is written. What the client is still sending is read and dropped: a socket that is closed before
    /// that resets the connection, and the client may lose the response.
    Lingering { until: Instant, step: Pin<Box<Sleep>>, dropped_bytes: usize },
}

impl ClientIo {
    pub(crate) fn new(stream: TcpStream, activity: Arc<Activity>) -> Self {
        Self { stream, activity, closing: Closing::Open }
    }
}

impl AsyncRead for ClientIo {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.activity.is_expired() {
            if this.activity.end_head() {
                // HTTP/1 has nothing to write before a request is there. What the socket does not take at once is of no
                // use to this client.
                drop(this.stream.try_write(&refusal::head_timeout(this.activity.timeouts.header)));
            }
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(context, buffer))?;
        if let Some(received) = buffer.filled().get(before..).filter(|received| !received.is_empty()) {
            this.activity.note_received(received);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for ClientIo {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if matches!(this.closing, Closing::Open) {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            if !this.activity.has_unread() || this.activity.is_expired() {
                return Poll::Ready(Ok(()));
            }
            let until = Instant::now() + this.activity.timeouts.body;
            let step = Box::pin(tokio::time::sleep(LINGER_STEP));
            this.closing = Closing::Lingering { until, step, dropped_bytes: 0 };
        }
        this.poll_linger(context).map(Ok)
    }
}

impl ClientIo {
    /// Reads and drops until the client has ended, sends nothing for a while, or has sent for too long.
    fn poll_linger(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let Closing::Lingering { until, step, dropped_bytes } = &mut self.closing else {
            return Poll::Ready(());
        };
        let mut bytes = [0; 8 * 1024];
        loop {
            let mut buffer = ReadBuf::new(&mut bytes);
            match Pin::new(&mut self.stream).poll_read(context, &mut buffer) {
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => {
                    *dropped_bytes += buffer.filled().len();
                    let now = Instant::now();
                    if *dropped_bytes > LINGER_MAX_BYTES || now >= *until {
                        return Poll::Ready(());
                    }
                    step.as_mut().reset((now + LINGER_STEP).min(*until));
                }
                Poll::Ready(_) => return Poll::Ready(()),
                Poll::Pending => return step.as_mut().poll(context),
            }
        }
    }
}

impl Drop for ClientIo {
    fn drop(&mut self) {
        if self.activity.is_aborted() {
            // What the client did not take is dropped by the system too.
            drop(self.stream.set_zero_linger());
        }
    }
}
