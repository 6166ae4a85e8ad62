//! A server in front of a session, which can be made to answer wrong.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Router, body::Bytes, extract::Request, response::Response};
use estoppel_contract::Readings;
use estoppel_simulator::{Answer, Body, Clock, RawCall, Session, SessionLimits, SessionOptions, Simulation};
use estoppel_verifier::{ProviderOptions, ProviderReport, verify_provider};
use http_body_util::BodyExt;
use jiff::Timestamp;

/// What a fault may do to a call and its answer.
pub(crate) struct Exchange<'s> {
    pub(crate) session: &'s mut Session,
    pub(crate) call: RawCall,
    pub(crate) now: Timestamp,
}

impl Exchange<'_> {
    /// Answers the call as it now is.
    pub(crate) fn answer(&mut self) -> Answer {
        self.session.call(0, &self.call, self.now).unwrap()
    }

    /// The operation that the call reaches.
    pub(crate) fn operation(&self) -> Option<&'static str> {
        let contract = simulation().contract();
        let found = contract.routes().at(self.call.path())?;
        let index = found.operation(self.call.method.as_str())?;
        Some(contract.operations[index].spec.id)
    }
}

/// Answers a call, faithfully or not.
pub(crate) type Fault = fn(&mut Exchange<'_>) -> Answer;

/// The API that these tests know: the one with payoff requests on claims.
pub(crate) fn simulation() -> &'static dyn Simulation {
    let knows = |api: &&'static dyn Simulation| api.contract().operation("triggerActivity").is_some();
    estoppel_catalog::apis().into_iter().find(knows).unwrap()
}

/// A server on a free port, until it is dropped.
pub(crate) struct Server {
    pub(crate) base_url: String,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts a server of a fresh session on a running clock, with this fault.
pub(crate) async fn serve(fault: Fault) -> Server {
    serve_with(Readings::default(), fault).await
}

/// Starts a server with these readings.
pub(crate) async fn serve_with(readings: Readings, fault: Fault) -> Server {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let session = Arc::new(Mutex::new(session(address, readings)));
    let router = Router::new().fallback(move |request: Request| {
        let session = Arc::clone(&session);
        async move {
            let call = raw_call(request).await;
            let mut session = session.lock().unwrap();
            respond(fault(&mut Exchange { session: &mut session, call, now: real_now() }))
        }
    });
    let task = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    Server { base_url: format!("http://{address}/{}", simulation().service().name), task }
}

/// Verifies a server that has this fault.
pub(crate) async fn verify(fault: Fault) -> ProviderReport {
    let server = serve(fault).await;
    let options = ProviderOptions {
        patience: std::time::Duration::from_millis(2500),
        ..ProviderOptions::new(&server.base_url)
    };
    verify_provider(simulation(), &options, |_| {}).await.unwrap()
}

/// The time on the real clock.
#[expect(clippy::disallowed_methods, reason = "the server under test runs on the real clock")]
pub(crate) fn real_now() -> Timestamp {
    Timestamp::now()
}

fn session(address: SocketAddr, readings: Readings) -> Session {
    let options = SessionOptions {
        webhooks: Vec::new(),
        name: "default".to_owned(),
        seed: 11,
        clock: Clock::Running(jiff::SignedDuration::ZERO),
        readings,
        base_url: format!("http://{address}"),
        limits: SessionLimits::default(),
    };
    Session::new(&[simulation()], options, real_now())
}

async fn raw_call(request: Request) -> RawCall {
    raw_call_below(simulation(), request).await
}

/// A call of an API that stands in the folder of its name.
pub(crate) async fn raw_call_below(simulation: &dyn Simulation, request: Request) -> RawCall {
    let (parts, body) = request.into_parts();
    let bytes: Bytes = body.collect().await.unwrap().to_bytes();
    let mut call = RawCall::new(parts.method, parts.uri);
    call.prefix_length = simulation.service().name.len() + 1;
    call.headers = parts.headers;
    call.body = Body::Complete(bytes);
    call
}

/// The answer over HTTP.
pub(crate) fn respond(answer: Answer) -> Response {
    let mut response = Response::new(axum::body::Body::from(answer.body));
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    response
}

/// No fault.
pub(crate) fn faithful(exchange: &mut Exchange<'_>) -> Answer {
    exchange.answer()
}
