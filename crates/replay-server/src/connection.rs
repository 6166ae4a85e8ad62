//! One connection: its protocol, its time limits, and how it ends.

use std::{convert::Infallible, pin::pin, sync::Arc, time::Duration};

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto,
};
use tokio::{
    net::TcpStream,
    sync::{OwnedSemaphorePermit, watch},
    time::{Instant, sleep_until},
};

use crate::{
    activity::{Activity, Finding, OpenCall, Timeouts},
    body::Upload,
    body_budget::BodyBudget,
    client_io::ClientIo,
    limits::{Limit, Limits},
    request_host,
    response::{ResponseBody, bytes_of},
    shutdown::{Stage, Unfinished},
    vendor,
};

/// A request whose body is still to be read.
pub(crate) type Request = http::Request<Upload>;

/// What answers the requests of a server.
pub(crate) trait Answers: Send + Sync + 'static {
    /// Answers a request.
    fn answer(&self, request: Request) -> impl Future<Output = Response> + Send;
}

/// How long a connection that is asked to close may take, in real time.
const CLOSE_MAX: Duration = Duration::from_secs(5);

/// How long a connection without a call may stay open once the server stops, in real time.
const STOP_MAX: Duration = Duration::from_millis(250);

/// Window of an HTTP/2 connection and of each of its streams, in bytes: what a client may send before it is read.
const WINDOW_BYTES: u32 = 64 * 1024;

/// Longest head of an HTTP/2 request, in bytes: a connection has as many as it has streams.
const HTTP2_HEAD_MAX_BYTES: usize = 16 * 1024;

/// What every connection of a server shares.
pub(crate) struct Connections<A> {
    answers: A,
    protocol: auto::Builder<TokioExecutor>,
    timeouts: Timeouts,
    bodies: Arc<BodyBudget>,
}

/// How the protocol is spoken.
fn protocol(limits: &Limits) -> auto::Builder<TokioExecutor> {
    let header_bytes = limits.count(Limit::HeaderBytes);
    let mut protocol = auto::Builder::new(TokioExecutor::new());
    // A connection keeps buffers of this size, so it bounds its memory too.
    protocol.http1().half_close(true).header_read_timeout(None).max_buf_size(header_bytes.max(8 * 1024));
    let list_bytes = u32::try_from(header_bytes.min(HTTP2_HEAD_MAX_BYTES)).unwrap_or(u32::MAX);
    protocol
        .http2()
        .max_concurrent_streams(u32::try_from(limits.get(Limit::Streams)).unwrap_or(u32::MAX))
        .initial_stream_window_size(WINDOW_BYTES)
        .initial_connection_window_size(WINDOW_BYTES)
        .max_header_list_size(list_bytes)
        .max_send_buf_size(header_bytes);
    protocol
}

impl<A: Answers> Connections<A> {
    pub(crate) fn new(answers: A, limits: &Limits, bodies: Arc<BodyBudget>) -> Self {
        Self { answers, protocol: protocol(limits), timeouts: Timeouts::new(limits), bodies }
    }

    /// Serves a connection until it ends. The permit is given back then.
    pub(crate) async fn serve(
        self: Arc<Self>,
        stream: TcpStream,
        mut stage: watch::Receiver<Stage>,
        unfinished: Arc<Unfinished>,
        _permit: OwnedSemaphorePermit,
    ) {
        // A connection that cannot be set so still works, only slower.
        drop(stream.set_nodelay(true));
        let activity = Arc::new(Activity::new(self.timeouts, &self.bodies));
        let io = TokioIo::new(ClientIo::new(stream, Arc::clone(&activity)));
        let service = service_fn(|request| {
            let (connections, activity) = (Arc::clone(&self), Arc::clone(&activity));
            async move { Ok::<_, Infallible>(connections.answer(request, activity).await) }
        });
        let mut connection = pin!(self.protocol.serve_connection(io, service));
        let mut check = pin!(sleep_until(activity.first_check()));
        let mut is_closing = false;
        loop {
            tokio::select! {
                biased;
                _ = connection.as_mut() => return,
                () = check.as_mut() => {
                    let now = Instant::now();
                    let finding = match activity.check(now) {
                        _ if is_closing && activity.open_calls() == 0 => Finding::Unread,
                        Finding::Fine(_) if is_closing => Finding::Fine(now + STOP_MAX),
                        finding => finding,
                    };
                    match finding {
                        Finding::Fine(next) => check.as_mut().reset(next),
                        Finding::SlowHead => {
                            activity.expire();
                            check.as_mut().reset(now + CLOSE_MAX);
                            is_closing = true;
                        }
                        Finding::Idle => {
                            connection.as_mut().graceful_shutdown();
                            check.as_mut().reset(now + CLOSE_MAX);
                            is_closing = true;
                        }
                        Finding::Unread => return activity.abort(),
                    }
                }
                changed = stage.changed() => match (changed, *stage.borrow_and_update()) {
                    (Ok(()), Stage::Serving) => {}
                    (Ok(()), Stage::Stopping) => {
                        connection.as_mut().graceful_shutdown();
                        check.as_mut().reset(Instant::now() + STOP_MAX);
                        is_closing = true;
                    }
                    (Ok(()), Stage::GivingUp) | (Err(_), _) => return unfinished.add_calls(activity.open_calls()),
                },
            }
        }
    }

    async fn answer(
        &self,
        request: http::Request<Incoming>,
        activity: Arc<Activity>,
    ) -> http::Response<ResponseBody> {
        let call = OpenCall::begin(Arc::clone(&activity));
        let checked = request_host::check(&request);
        let request = Upload::of(request, Arc::clone(&activity));
        let response = match checked {
            Ok(()) => self.answers.answer(request).await,
            Err(fault) => {
                let response = vendor::error(StatusCode::BAD_REQUEST, &fault.to_string(), fault.help());
                drop(request);
                response
            }
        };
        let (mut parts, body) = response.into_parts();
        if activity.leaves_body() && !activity.is_http2() {
            parts.headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        http::Response::from_parts(parts, ResponseBody::new(bytes_of(body).await, call))
    }
}
