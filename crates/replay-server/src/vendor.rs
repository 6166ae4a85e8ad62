//! Calls of the APIs: which session and API a request means, and its answer.

use std::{pin::pin, sync::Arc};

use axum::{body::Body as HttpBody, response::Response};
use bytes::Bytes;
use estoppel_simulator::{Answer, Body, RawCall};
use http::{HeaderValue, StatusCode, header, request::Parts};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::{
    admin, admission,
    body::{Received, Upload, receive, within_short_wait},
    connection::{Answers, Request},
    gate,
    limits::{Limit, Limits},
    real_clock, refusal,
    sessions::{DEFAULT, Sessions},
    shutdown::{Stage, until_stopping},
    untaken,
    usage::Usage,
    world::{State, World},
};

/// The header that names the session on a vendor's host, whose paths have no room for it.
const SESSION: &str = "x-estoppel-session";

/// What answers the requests of a listener.
pub(crate) struct Vendor {
    front: Arc<Front>,
    surface: Surface,
}

/// What a listener serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Surface {
    /// The APIs and the admin API.
    Everything,
    /// The APIs; the admin API has a listener of its own.
    Apis,
    /// The admin API.
    Admin,
}

/// What every listener shares.
struct Front {
    sessions: Arc<Sessions>,
    /// The names of the APIs, in their order.
    names: Vec<&'static str>,
    hosts: Vec<Host>,
    admin: axum::Router,
    limits: Limits,
    usage: Arc<Usage>,
    stage: watch::Receiver<Stage>,
}

/// A host that the documents of an API give.
struct Host {
    name: String,
    /// The path that all operations share there, without a slash at the end.
    base_path: String,
    api: usize,
}

impl Host {
    /// The host of a base URL.
    fn of(url: &str, api: usize) -> Self {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let base_path = path.trim_end_matches('/').to_owned();
        Self { name: without_port(authority).to_owned(), base_path, api }
    }

    /// Whether this path is the base path or below it.
    fn holds(&self, path: &str) -> bool {
        path.strip_prefix(&self.base_path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The session, the API and the length of the prefix that a request's path means.
struct Target {
    world: Arc<World>,
    api: usize,
    prefix_length: usize,
}

impl Target {
    /// Whether the head of a call is enough to refuse it, whatever its body.
    async fn is_refused_by_head(&self, call: &RawCall) -> bool {
        self.world.gate.passed().await;
        self.world.lock().session.is_refused_by_head(self.api, call, real_clock::now())
    }
}

impl Vendor {
    pub(crate) fn new(
        sessions: Arc<Sessions>,
        limits: Limits,
        usage: Arc<Usage>,
        stage: watch::Receiver<Stage>,
    ) -> Self {
        let hosts = sessions.simulations().iter().enumerate().flat_map(|(api, simulation)| {
            simulation.service().servers.iter().map(move |server| Host::of(server.url, api))
        });
        let hosts = hosts.collect();
        let names = sessions.simulations().iter().map(|simulation| simulation.service().name).collect();
        let admin = admin::router(Arc::clone(&sessions));
        let front = Front { sessions, names, hosts, admin, limits, usage, stage };
        Self { front: Arc::new(front), surface: Surface::Everything }
    }

    /// The same, for a listener that serves this.
    pub(crate) fn serving(&self, surface: Surface) -> Self {
        Self { front: Arc::clone(&self.front), surface }
    }
}

impl Front {
    /// What a request means: `/{api}/…`, `/sessions/{name}/{api}/…`, or a path on a vendor's host, of the session that
    /// the header [`SESSION`] names. The path that a vendor's host puts before its operations may stand behind the
    /// API's name too.
    fn target(&self, request: &Parts) -> Result<Target, Box<Response>> {
        let path = request.uri.path();
        if let Some(host) = self.host_of(request)? {
            let (api, prefix_length) = (host.api, host.base_path.len());
            let named = request.headers.get(SESSION).map(|name| name.to_str().unwrap_or_default());
            return Ok(Target { world: self.world(named.unwrap_or(DEFAULT))?, api, prefix_length });
        }
        if let Some(rest) = path.strip_prefix("/sessions/") {
            let (name, tail) = rest.split_once('/').unwrap_or((rest, ""));
            let world = self.world(name)?;
            return match self.api_of_segment(tail) {
                Some((api, length)) => {
                    Ok(Target { world, api, prefix_length: path.len() - tail.len() + length })
                }
                None => Err(Box::new(self.no_such_api())),
            };
        }
        match self.api_of_segment(path.strip_prefix('/').unwrap_or(path)) {
            Some((api, length)) => Ok(Target {
                world: Arc::clone(self.sessions.default_world()),
                api,
                prefix_length: 1 + length,
            }),
            None => Err(Box::new(self.no_such_api())),
        }
    }

    /// The session of this name.
    fn world(&self, name: &str) -> Result<Arc<World>, Box<Response>> {
        self.sessions.world(name).ok_or_else(|| {
            let shown: String = name.chars().take(64).collect();
            Box::new(unmatched(
                &format!("there is no session named `{shown}`"),
                "create it: POST /__admin/sessions {\"name\": \"…\"}",
            ))
        })
    }

    /// The API whose name is the first segment, and the length of the name with the base path behind it, if it is
    /// there.
    fn api_of_segment(&self, path: &str) -> Option<(usize, usize)> {
        let (api, name, rest) = self.names.iter().enumerate().find_map(|(api, name)| {
            let rest = path.strip_prefix(name)?;
            (rest.is_empty() || rest.starts_with('/')).then_some((api, name, rest))
        })?;
        let bases = self.hosts.iter().filter(|host| host.api == api && host.holds(rest));
        let base = bases.map(|host| host.base_path.len()).max().unwrap_or_default();
        Some((api, name.len() + base))
    }

    /// The vendor's host that a request means, if it means one: the one with the longest base path that holds its path.
    fn host_of(&self, request: &Parts) -> Result<Option<&Host>, Box<Response>> {
        // A target that names a host wins over the header (RFC 9112, 3.2.2).
        let header = request.headers.get(header::HOST).and_then(|value| value.to_str().ok());
        let Some(name) = request.uri.host().or(header.map(without_port)) else { return Ok(None) };
        let known = || self.hosts.iter().filter(|host| host.name.eq_ignore_ascii_case(name));
        let Some(first) = known().next() else { return Ok(None) };
        let holding = known().filter(|host| host.holds(request.uri.path()));
        let best = holding.max_by_key(|host| host.base_path.len());
        best.map(Some).ok_or_else(|| {
            let help = format!("its operations are below https://{}{}/", first.name, first.base_path);
            Box::new(unmatched("this host has no such path", &help))
        })
    }

    fn no_such_api(&self) -> Response {
        let names = self.names.iter().map(|name| format!("/{name}/…"));
        unmatched(
            "no API has this path",
            &format!("the APIs are at {}", names.collect::<Vec<_>>().join(", ")),
        )
    }

    /// Answers a request of the admin API. One that still waits when the server stops gets to know that.
    async fn administer(&self, request: Request) -> Response {
        let mut request = request.map(HttpBody::new);
        request.extensions_mut().insert(Arc::clone(&self.usage));
        tokio::select! {
            biased;
            Ok(response) = self.admin.clone().oneshot(request) => response,
            () = until_stopping(self.stage.clone()) => {
                error(StatusCode::SERVICE_UNAVAILABLE, "the server is stopping", "start it again, and repeat this")
            }
        }
    }

    /// Reads the body of a call, as far as the call needs it: one that its head alone refuses is not waited for.
    async fn read_body(
        &self,
        target: &Target,
        head: &RawCall,
        upload: &mut Upload,
    ) -> Result<Body, Box<Response>> {
        let limit_bytes = target.world.body_limit_bytes(target.api);
        if upload.is_longer_than(limit_bytes) {
            return Ok(Body::TooLarge);
        }
        let (is_short, expects_continue) = (upload.is_short(), upload.expects_continue());
        let mut receiving = pin!(receive(upload, limit_bytes));
        if !expects_continue {
            // Most bodies came with their head.
            tokio::select! {
                biased;
                received = receiving.as_mut() => return self.body(received),
                () = std::future::ready(()) => {}
            }
        }
        if !target.is_refused_by_head(head).await {
            return self.body(receiving.await);
        }
        if !is_short {
            return Ok(Body::Unread);
        }
        within_short_wait(receiving).await.map_or(Ok(Body::Unread), |received| self.body(received))
    }

    fn body(&self, received: Received) -> Result<Body, Box<Response>> {
        let refuse =
            |status, limit: Limit, or: &str| refusal::response(status, limit, self.limits.get(limit), or);
        Err(Box::new(match received {
            Received::Complete(bytes) => return Ok(Body::Complete(bytes)),
            Received::TooLarge => return Ok(Body::TooLarge),
            Received::Broken => error(StatusCode::BAD_REQUEST, "the body broke off", "send the whole body"),
            Received::TimedOut => {
                refuse(StatusCode::REQUEST_TIMEOUT, Limit::BodyTimeout, "send the whole body at once")
            }
            Received::NoMemory => {
                refuse(StatusCode::SERVICE_UNAVAILABLE, Limit::BodyMemory, "send fewer large bodies at once")
            }
        }))
    }

    async fn answer(&self, request: Request, surface: Surface) -> Response {
        let below_admin = request.uri().path().strip_prefix("/__admin");
        let is_admin = below_admin.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        match (surface, is_admin) {
            (Surface::Apis, true) => {
                let help = "use the address that the server was given with --admin-listen";
                return unmatched("the admin API is not served here", help);
            }
            (Surface::Admin, false) => {
                let help = "the APIs are at the address that the server was given with --listen";
                return unmatched("only the admin API is served here", help);
            }
            _ => {}
        }
        if is_admin {
            return self.administer(request).await;
        }
        let (parts, mut upload) = request.into_parts();
        let target = match self.target(&parts) {
            Ok(target) => target,
            Err(response) => {
                self.sessions.note_unmatched(format!("{} {}", parts.method, parts.uri.path()));
                upload.discard().await;
                return *response;
            }
        };
        if let Some(refused) = admission::refused(&self.sessions, &parts.method) {
            upload.discard().await;
            return refused;
        }
        let mut call = RawCall {
            method: parts.method,
            uri: parts.uri,
            prefix_length: target.prefix_length,
            headers: parts.headers,
            body: Body::Complete(Bytes::new()),
        };
        if !upload.is_done() {
            call.body = match self.read_body(&target, &call, &mut upload).await {
                Ok(body) => body,
                Err(response) => return *response,
            };
        }
        let Target { world, api, .. } = target;
        let answered = if call.body.is_long() {
            let answered =
                gate::work(&world, move |world, state| answered_by(world, state, api, &call)).await;
            let Ok(answered) = answered else {
                let help = "this is a defect: please report it";
                return error(StatusCode::INTERNAL_SERVER_ERROR, "the call broke off", help);
            };
            answered
        } else {
            world.gate.passed().await;
            let mut state = world.lock();
            answered_by(&world, &mut state, api, &call)
        };
        let Some((answer, date)) = answered else {
            let message = "the session changed while the call came in";
            return error(StatusCode::SERVICE_UNAVAILABLE, message, "send it again");
        };
        let mut response = Response::new(HttpBody::from(answer.body));
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        if let Some(date) = date {
            response.headers_mut().insert(header::DATE, date);
        }
        response
    }
}

impl Answers for Vendor {
    async fn answer(&self, request: Request) -> Response {
        let front = &self.front;
        let response = front.answer(request, self.surface).await;
        untaken::counted(response, &front.usage.responses, &front.limits).await
    }
}

/// Lets a session answer, and gives the date on its clock; `None` where the body that was not read is needed now.
fn answered_by(
    world: &World,
    state: &mut State,
    api: usize,
    call: &RawCall,
) -> Option<(Answer, Option<HeaderValue>)> {
    let real = real_clock::now();
    if call.body == Body::Unread && !state.session.is_refused_by_head(api, call, real) {
        return None;
    }
    let answer = state.session.call(api, call, real)?;
    // What only reads leaves nothing due that the pump does not wait for already.
    if !call.method.is_safe() {
        world.poke(state, real);
    }
    let now = state.session.latest();
    Some((answer, state.date.at(now)))
}

/// A host without the port behind it.
fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    }
}

/// A call that no session or API takes: it fails loudly, and says what there is.
fn unmatched(message: &str, help: &str) -> Response {
    error(StatusCode::NOT_FOUND, message, help)
}

/// An error of the server itself, not of a vendor.
pub(crate) fn error(status: StatusCode, message: &str, help: &str) -> Response {
    let body = serde_json::json!({"error": message, "help": help});
    let mut response = json(status, &body);
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
    }
    response
}

/// A JSON response of the server itself.
pub(crate) fn json(status: StatusCode, body: &serde_json::Value) -> Response {
    let mut response = Response::new(HttpBody::from(Bytes::from(body.to_string())));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, expected: (&str, &str)) {
        let host = Host::of(url, 0);
        assert_eq!((host.name.as_str(), host.base_path.as_str()), expected);
    }

    #[test]
    fn a_base_url_is_a_host_and_a_base_path() {
        check("https://api.example.com", ("api.example.com", ""));
        check("https://api.example.com:8443/", ("api.example.com", ""));
        check("https://api.example.com/public/api/1", ("api.example.com", "/public/api/1"));
        let host = Host::of("https://api.example.com/public/api/1", 0);
        let held = ["/public/api/1", "/public/api/1/boats"].map(|path| host.holds(path));
        let not_held = ["/public/api/10/boats", "/boats", "/"].map(|path| host.holds(path));
        assert_eq!((held, not_held), ([true; 2], [false; 3]));
    }
}
