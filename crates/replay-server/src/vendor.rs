//! Calls of the APIs: which session and API a request means, and its answer.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{body::Body as HttpBody, extract::Request, response::Response};
use bytes::Bytes;
use estoppel_simulator::{Body, RawCall};
use http::{HeaderValue, StatusCode, header};
use tower::{Service, ServiceExt};

use crate::{
    admin,
    body::{Received, receive},
    real_clock,
    sessions::{Sessions, World},
};

/// The service behind every connection.
#[derive(Clone)]
pub(crate) struct Vendor(Arc<Front>);

/// What every connection shares.
struct Front {
    sessions: Arc<Sessions>,
    hosts: Vec<(String, usize)>,
    admin: axum::Router,
}

/// The session, the API and the length of the prefix that a request's path means.
struct Target {
    world: Arc<World>,
    api: usize,
    prefix_length: usize,
}

impl Vendor {
    pub(crate) fn new(sessions: Arc<Sessions>) -> Self {
        let host = |url: &str| url.split_once("://").map_or(url, |(_, host)| host).to_owned();
        let hosts = sessions.simulations().iter().enumerate().flat_map(|(api, simulation)| {
            simulation.service().servers.iter().map(move |server| (host(server.url), api))
        });
        let hosts = hosts.collect();
        let admin = admin::router(Arc::clone(&sessions));
        Self(Arc::new(Front { sessions, hosts, admin }))
    }
}

impl Front {
    /// What a request means: `/{api}/…`, `/sessions/{name}/{api}/…`, or any path on a vendor's host.
    fn target(&self, request: &Request) -> Result<Target, Box<Response>> {
        let path = request.uri().path();
        if let Some(api) = self.api_of_host(request) {
            return Ok(Target { world: Arc::clone(self.sessions.default_world()), api, prefix_length: 0 });
        }
        if let Some(rest) = path.strip_prefix("/sessions/") {
            let (name, tail) = rest.split_once('/').unwrap_or((rest, ""));
            let Some(world) = self.sessions.world(name) else {
                let shown: String = name.chars().take(64).collect();
                return Err(Box::new(unmatched(
                    &format!("there is no session named `{shown}`"),
                    "create it: POST /__admin/sessions {\"name\": \"…\"}",
                )));
            };
            return match self.api_of_segment(tail) {
                Some((api, name)) => Ok(Target { world, api, prefix_length: path.len() - tail.len() + name }),
                None => Err(Box::new(self.no_such_api())),
            };
        }
        match self.api_of_segment(path.strip_prefix('/').unwrap_or(path)) {
            Some((api, name)) => {
                Ok(Target { world: Arc::clone(self.sessions.default_world()), api, prefix_length: 1 + name })
            }
            None => Err(Box::new(self.no_such_api())),
        }
    }

    /// The API whose name is the first segment, and the length of the name.
    fn api_of_segment(&self, path: &str) -> Option<(usize, usize)> {
        let segment = path.split('/').next().unwrap_or_default();
        let api = self.sessions.simulations().iter().position(|api| api.service().name == segment)?;
        Some((api, segment.len()))
    }

    fn api_of_host(&self, request: &Request) -> Option<usize> {
        let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
        let host = host.or_else(|| request.uri().host())?;
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        self.hosts.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, api)| *api)
    }

    fn no_such_api(&self) -> Response {
        let names = self.sessions.simulations().iter().map(|api| format!("/{}/…", api.service().name));
        unmatched(
            "no API has this path",
            &format!("the APIs are at {}", names.collect::<Vec<_>>().join(", ")),
        )
    }

    async fn answer(&self, request: Request) -> Response {
        if request.uri().path().split('/').nth(1) == Some("__admin") {
            let Ok(response) = self.admin.clone().oneshot(request).await;
            return response;
        }
        let target = match self.target(&request) {
            Ok(target) => target,
            Err(response) => {
                self.sessions.note_unmatched(format!("{} {}", request.method(), request.uri().path()));
                return *response;
            }
        };
        let limit_bytes = target.world.body_limit_bytes(target.api);
        let (parts, body) = request.into_parts();
        let body = match receive(body, limit_bytes).await {
            Received::Complete(bytes) => Body::Complete(bytes),
            Received::TooLarge => Body::TooLarge,
            Received::Broken => {
                return error(StatusCode::BAD_REQUEST, "the body broke off", "send the whole body");
            }
        };
        let call = RawCall {
            method: parts.method,
            uri: parts.uri,
            prefix_length: target.prefix_length,
            headers: parts.headers,
            body,
        };
        let mut state = target.world.lock();
        let real = real_clock::now();
        let Some(answer) = state.session.call(target.api, call, real) else {
            return self.no_such_api();
        };
        let now = state.session.now(real);
        let date = state.date.at(now);
        drop(state);
        let mut response = Response::new(HttpBody::from(answer.body));
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        if let Some(date) = date {
            response.headers_mut().insert(header::DATE, date);
        }
        response
    }
}

impl Service<Request> for Vendor {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let front = Arc::clone(&self.0);
        Box::pin(async move { Ok(front.answer(request).await) })
    }
}

/// A call that no session or API takes: it fails loudly, and says what there is.
fn unmatched(message: &str, help: &str) -> Response {
    error(StatusCode::NOT_FOUND, message, help)
}

/// An error of the server itself, not of a vendor.
pub(crate) fn error(status: StatusCode, message: &str, help: &str) -> Response {
    let body = serde_json::json!({"error": message, "help": help});
    json(status, &body)
}

/// A JSON response of the server itself.
pub(crate) fn json(status: StatusCode, body: &serde_json::Value) -> Response {
    let mut response = Response::new(HttpBody::from(Bytes::from(body.to_string())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
