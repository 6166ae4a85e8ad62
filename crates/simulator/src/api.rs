//! The operations of an API with what they do.

use std::{
    borrow::Cow,
    fmt,
    sync::{Arc, OnceLock},
};

use bytes::Bytes;
use estoppel_contract::{
    Auth, Availability, Basis, Contract, Declaration, DecodeFailure, Decoded, Decoder, Encoded, Endpoint,
    Invalid, JsonPointer, Method, Notice, PathMatch, PathTemplate, Protocol, Readings, Refusal, Respond,
    Routes, Segment, Service, Spec, Story, Violation,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Answer, Body, Call, Event, Outcome, RawCall, Verdict, negotiation};

/// What a session gives to the state of an API when it begins.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where all identifiers and invented values come from.
    pub seed: u64,
    /// The readings that were chosen.
    pub readings: Readings,
    /// Where callers reach the API, without a slash at the end.
    pub base_url: Arc<str>,
    /// The session's first instant.
    pub started_at: Timestamp,
}

/// What an API does with members that its contract does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndeclaredMembers {
    /// It ignores them.
    Ignored,
    /// It refuses the request.
    Refused,
}

/// How an API treats every call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The longest body that it takes, in bytes.
    pub body_limit_bytes: u64,
    /// What becomes of members that the contract does not name.
    pub undeclared_members: UndeclaredMembers,
}

/// The state of an API within a session: pure data, moved by calls and by the clock.
pub trait Behaviour: Clone + Send + fmt::Debug + 'static {
    /// The state at the session's first instant.
    fn start(setup: &Setup) -> Self;

    /// Whether this `Authorization` is good now.
    fn authorize(&self, authorization: Option<&str>, now: Timestamp) -> Result<(), Protocol>;

    /// How every call is treated.
    fn policy(&self) -> Policy;

    /// Whether an announced operation is turned on by its reading.
    fn is_on(&self, reading: &str) -> bool;

    /// When the next timer is due.
    fn next_due(&self) -> Option<Timestamp>;

    /// Fires the next timer, at its own time.
    fn fire_next(&mut self) -> Option<Event>;

    /// From here on callers reach the API at this URL, without a slash at the end.
    fn move_to(&mut self, base_url: Arc<str>);
}

/// An API that sessions can run.
pub trait Simulation: Sync + Send {
    /// What is true of the API as a whole.
    fn service(&self) -> &Service;

    /// Its contract. It is made when it is first asked for.
    fn contract(&self) -> &Contract;

    /// Its state in a fresh session.
    fn start(&'static self, setup: &Setup) -> Box<dyn Running>;
}

/// The state of an API in one session.
pub trait Running: Send {
    /// Answers a call.
    fn call(&mut self, call: &RawCall, now: Timestamp) -> Answer;

    /// How every call is treated.
    fn policy(&self) -> Policy;

    /// When the next timer is due.
    fn next_due(&self) -> Option<Timestamp>;

    /// Fires the next timer.
    fn fire_next(&mut self) -> Option<Event>;

    /// A copy that callers reach at another URL.
    fn fork(&self, base_url: Arc<str>) -> Box<dyn Running>;
}

/// The operations of an API with what they do: its table of contents.
pub struct Api<S> {
    service: Service,
    operations: Vec<Operation<S>>,
    routes: OnceLock<Routes>,
    declarations: Vec<fn(&mut Declaration)>,
    stories: fn() -> Vec<Story>,
    contract: OnceLock<Contract>,
}

/// What an operation does: it changes the state and replies, or it refuses.
pub type Handler<S, E> = fn(&mut S, Call<E>) -> Result<<E as Endpoint>::Reply, <E as Endpoint>::Refusal>;

struct Operation<S> {
    spec: Spec,
    source: HeaderValue,
    replies_json: bool,
    serve: Box<Serve<S>>,
}

type Serve<S> =
    dyn Fn(&mut S, &RawCall, &PathMatch<'_, '_>, Timestamp, &Arc<str>) -> Result<Served, Fault> + Send + Sync;

/// A success, encoded.
struct Served {
    encoded: Encoded,
    ignored: Vec<String>,
}

/// A "no".
enum Fault {
    Protocol(Protocol),
    Refused(&'static Notice),
}

impl From<Protocol> for Fault {
    fn from(fault: Protocol) -> Self {
        Self::Protocol(fault)
    }
}

impl<S: Behaviour> Api<S> {
    /// An API without operations.
    pub fn new(service: Service) -> Self {
        Self {
            service,
            operations: Vec::new(),
            routes: OnceLock::new(),
            declarations: Vec::new(),
            stories: Vec::new,
            contract: OnceLock::new(),
        }
    }

    /// Adds an operation and what it does.
    #[must_use]
    pub fn operation<E: Endpoint>(mut self, handler: Handler<S, E>) -> Self {
        self.declarations.push(Declaration::operation::<E>);
        let source = HeaderValue::from_str(&E::SPEC.source.to_string());
        self.operations.push(Operation {
            spec: E::SPEC,
            replies_json: E::Reply::IS_JSON,
            source: source.unwrap_or_else(|_| HeaderValue::from_static("")),
            serve: {
                let decoders = Decoders::<E>::default();
                Box::new(move |state, call, path, now, base_url| {
                    serve::<S, E>(&decoders, state, call, path, now, base_url, handler)
                })
            },
        });
        self
    }

    /// Declares what no operation names: further models.
    #[must_use]
    pub fn declare(mut self, declare: fn(&mut Declaration)) -> Self {
        self.declarations.push(declare);
        self
    }

    /// Sets the stories that the operations tell together.
    #[must_use]
    pub fn stories(mut self, stories: fn() -> Vec<Story>) -> Self {
        self.stories = stories;
        self
    }

    fn routes(&self) -> &Routes {
        self.routes.get_or_init(|| {
            let specs = self.operations.iter().map(|operation| operation.spec);
            Routes::new(specs.map(|spec| (spec.method, PathTemplate::new(spec.path))))
        })
    }

    fn answer(&self, state: &mut S, call: &RawCall, now: Timestamp, base_url: &Arc<str>) -> Answer {
        let method = if call.method == http::Method::HEAD { "GET" } else { call.method.as_str() };
        let found = self.routes().at(call.path());
        let is_served = |index: usize| {
            self.operations.get(index).is_some_and(|operation| match operation.spec.availability {
                Availability::Served => true,
                Availability::Announced { reading } => state.is_on(reading),
            })
        };
        let Some(path) = found else { return self.unmatched(method, call, Protocol::UnknownRoute, &[]) };
        let operation = path.operation(method).filter(|index| is_served(*index));
        let Some(operation) = operation.and_then(|index| self.operations.get(index)) else {
            let allowed = path.methods(is_served);
            let fault = if allowed.is_empty() { Protocol::UnknownRoute } else { Protocol::MethodNotAllowed };
            return self.unmatched(method, call, fault, &allowed);
        };
        match operation.serve(state, call, &path, now, base_url) {
            Ok(served) => operation.reply(served),
            Err(fault) => self.refuse(Some(&operation.spec), &fault),
        }
    }

    /// A call that no operation takes: with the methods that the path allows, if it is known at all.
    fn unmatched(&self, method: &str, call: &RawCall, fault: Protocol, allowed: &[Method]) -> Answer {
        let mut answer = self.refuse(None, &Fault::Protocol(fault));
        let allowed = allowed.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ");
        if let (false, Ok(value)) = (allowed.is_empty(), HeaderValue::from_str(&allowed)) {
            answer.headers.insert(header::ALLOW, value);
        }
        answer.verdict.nearest = self.routes().nearest(method, call.path(), 3);
        answer
    }

    fn refuse(&self, spec: Option<&Spec>, fault: &Fault) -> Answer {
        let (notice, violations, outcome): (Notice, &[Violation], _) = match fault {
            Fault::Refused(notice) => (**notice, &[], Outcome::Refused(notice.id)),
            Fault::Protocol(fault) => {
                let notice = (self.service.protocol)(fault);
                let violations: &[Violation] = match fault {
                    Protocol::Invalid(violations) => violations,
                    _ => &[],
                };
                (notice, violations, Outcome::Faulty(notice.id))
            }
        };
        let body = (self.service.error)(&notice, violations).body.to_string();
        let mut headers = headers("application/json; charset=utf-8", spec.map(|spec| spec.id), notice.basis);
        if let Ok(source) = HeaderValue::from_str(&notice.source.to_string()) {
            headers.insert(SOURCE, source);
        }
        Answer {
            status: StatusCode::from_u16(notice.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            headers,
            body: Bytes::from(body),
            verdict: Verdict {
                operation: spec.map(|spec| spec.id),
                outcome,
                violations: violations.to_vec(),
                ignored: Vec::new(),
                nearest: Vec::new(),
            },
        }
    }
}

/// Names that a header holds at most.
const NAMES_MAX: usize = 20;
/// Longest name that a header shows whole, in characters.
const NAME_LENGTH_MAX: usize = 64;

/// Names as a header can hold them: visible ASCII, and not too many.
fn shown_names(names: &[String]) -> String {
    let shown = names.iter().take(NAMES_MAX).map(|name| {
        let start: String = name.chars().take(NAME_LENGTH_MAX).collect();
        percent_encoding::utf8_percent_encode(&start, percent_encoding::CONTROLS).to_string()
    });
    let mut shown = shown.collect::<Vec<_>>().join(", ");
    if let Some(more) = names.len().checked_sub(NAMES_MAX).filter(|more| *more > 0) {
        shown = format!("{shown}, ... ({more} more)");
    }
    shown
}

const OPERATION: HeaderName = HeaderName::from_static("x-estoppel-operation");
const BASIS: HeaderName = HeaderName::from_static("x-estoppel-basis");
const SOURCE: HeaderName = HeaderName::from_static("x-estoppel-source");
const IGNORED: HeaderName = HeaderName::from_static("x-estoppel-ignored");

fn headers(content_type: &'static str, operation: Option<&'static str>, basis: Basis) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    if let Some(operation) = operation {
        headers.insert(OPERATION, HeaderValue::from_static(operation));
    }
    headers.insert(BASIS, HeaderValue::from_static(basis.as_str()));
    headers
}

impl<S: Behaviour> Operation<S> {
    /// Authorization and negotiation, then the operation itself.
    fn serve(
        &self,
        state: &mut S,
        call: &RawCall,
        path: &PathMatch<'_, '_>,
        now: Timestamp,
        base_url: &Arc<str>,
    ) -> Result<Served, Fault> {
        if self.spec.auth == Auth::Bearer {
            state.authorize(call.header(&header::AUTHORIZATION), now)?;
        }
        if self.replies_json && !negotiation::accepts_json(call.header_lines(&header::ACCEPT)) {
            return Err(Protocol::NotAcceptable.into());
        }
        (self.serve)(state, call, path, now, base_url)
    }

    fn reply(&self, served: Served) -> Answer {
        let mut headers = headers(served.encoded.content_type, Some(self.spec.id), self.spec.basis);
        headers.insert(SOURCE, self.source.clone());
        if !served.ignored.is_empty()
            && let Ok(names) = HeaderValue::from_str(&shown_names(&served.ignored))
        {
            headers.insert(IGNORED, names);
        }
        Answer {
            status: StatusCode::from_u16(self.spec.status).unwrap_or(StatusCode::OK),
            headers,
            body: Bytes::from(served.encoded.body),
            verdict: Verdict::served(self.spec.id, served.ignored),
        }
    }
}

/// What decodes the parts of an operation's calls.
struct Decoders<E: Endpoint> {
    path: Decoder<E::Path>,
    query: Decoder<E::Query>,
    body: Decoder<E::Body>,
}

impl<E: Endpoint> Default for Decoders<E> {
    fn default() -> Self {
        Self { path: Decoder::default(), query: Decoder::default(), body: Decoder::default() }
    }
}

/// Decodes a call, hands it to its operation and encodes what comes back.
fn serve<S: Behaviour, E: Endpoint>(
    decoders: &Decoders<E>,
    state: &mut S,
    call: &RawCall,
    path: &PathMatch<'_, '_>,
    now: Timestamp,
    base_url: &Arc<str>,
    handler: Handler<S, E>,
) -> Result<Served, Fault> {
    let policy = state.policy();
    let Body::Complete(bytes) = &call.body else { return Err(Protocol::BodyTooLarge.into()) };
    let has_body = size_of::<E::Body>() > 0;
    let body = if has_body { body_of(decoders, call, bytes)? } else { empty()? };
    let query =
        if size_of::<E::Query>() > 0 { valid(decoders.query.parameters(call.query()))? } else { empty()? };
    let path = if size_of::<E::Path>() > 0 { path_of(&decoders.path, path)? } else { empty()?.value };
    if policy.undeclared_members == UndeclaredMembers::Refused && !body.ignored.is_empty() {
        let violations = body.ignored.iter().map(|name| {
            let pointer: JsonPointer = name.split('.').map(|key| Segment::Key(key.to_owned())).collect();
            Violation::new(pointer, "additionalProperties", "no such member", &Value::Null)
        });
        return Err(Protocol::Invalid(violations.collect()).into());
    }
    let typed = Call { path, query: query.value, body: body.value, now, base_url: Arc::clone(base_url) };
    match handler(state, typed) {
        Ok(reply) => {
            let encoded = reply.encode().map_err(|_| Protocol::Internal)?;
            Ok(Served { encoded, ignored: body.ignored })
        }
        Err(refusal) => Err(match refusal.reason() {
            Ok(notice) => Fault::Refused(notice),
            Err(Invalid(violations)) => Protocol::Invalid(violations).into(),
        }),
    }
}

fn body_of<E: Endpoint>(
    decoders: &Decoders<E>,
    call: &RawCall,
    bytes: &[u8],
) -> Result<Decoded<E::Body>, Fault> {
    if bytes.is_empty() && E::SPEC.method == Method::Delete {
        let nothing = Violation::new(JsonPointer::root(), "required", "a JSON object", &Value::Null);
        return Err(Protocol::Invalid(vec![nothing]).into());
    }
    if !negotiation::is_json(call.header(&header::CONTENT_TYPE)) {
        return Err(Protocol::UnsupportedMediaType.into());
    }
    valid(decoders.body.body(bytes))
}

fn path_of<P: DeserializeOwned + JsonSchema>(
    decoder: &Decoder<P>,
    path: &PathMatch<'_, '_>,
) -> Result<P, Fault> {
    let plain = path.parameters().all(|(_, value)| !value.contains('%'));
    if plain {
        let pairs = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(path.parameters());
        if let Ok(value) = P::deserialize(pairs) {
            return Ok(value);
        }
    }
    let parameters = path.parameters().map(|(name, value)| {
        (Cow::Borrowed(name), percent_encoding::percent_decode_str(value).decode_utf8_lossy())
    });
    valid(decoder.parameters(parameters)).map(|decoded| decoded.value)
}

fn valid<T>(decoded: Result<Decoded<T>, DecodeFailure>) -> Result<Decoded<T>, Fault> {
    decoded.map_err(|failure| {
        Fault::Protocol(match failure {
            DecodeFailure::Malformed => Protocol::MalformedBody,
            DecodeFailure::Invalid(violations) => Protocol::Invalid(violations),
        })
    })
}

/// The value of a request part that holds nothing.
fn empty<T: DeserializeOwned>() -> Result<Decoded<T>, Fault> {
    let nothing = serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(std::iter::empty::<(
        &str,
        &str,
    )>());
    let value = T::deserialize(nothing).map_err(|_| Protocol::Internal)?;
    Ok(Decoded { value, ignored: Vec::new() })
}

impl<S: Behaviour> Simulation for Api<S> {
    fn service(&self) -> &Service {
        &self.service
    }

    fn contract(&self) -> &Contract {
        self.contract.get_or_init(|| {
            Contract::new(self.service, (self.stories)(), |declaration| {
                self.declarations.iter().for_each(|declare| declare(declaration));
            })
        })
    }

    fn start(&'static self, setup: &Setup) -> Box<dyn Running> {
        Box::new(RunningApi { api: self, base_url: Arc::clone(&setup.base_url), state: S::start(setup) })
    }
}

impl<S> fmt::Debug for Api<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Api({}, {} operations)", self.service.name, self.operations.len())
    }
}

struct RunningApi<S: 'static> {
    api: &'static Api<S>,
    base_url: Arc<str>,
    state: S,
}

impl<S: Behaviour> Running for RunningApi<S> {
    fn call(&mut self, call: &RawCall, now: Timestamp) -> Answer {
        self.api.answer(&mut self.state, call, now, &self.base_url)
    }

    fn policy(&self) -> Policy {
        self.state.policy()
    }

    fn next_due(&self) -> Option<Timestamp> {
        self.state.next_due()
    }

    fn fire_next(&mut self) -> Option<Event> {
        self.state.fire_next()
    }

    fn fork(&self, base_url: Arc<str>) -> Box<dyn Running> {
        let mut state = self.state.clone();
        state.move_to(Arc::clone(&base_url));
        Box::new(Self { api: self.api, base_url, state })
    }
}
